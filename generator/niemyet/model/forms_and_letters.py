"""Survey and suggestion forms, and the templates of letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from niemyet.model.base import Item, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion(Item):
    id: str
    text: Text
    type: Literal["scale", "choice", "multi", "lines", "field"]
    scale: str = ""
    options: tuple[Text, ...] = ()
    lines: int = 2
    is_optional: bool = field(default=False, metadata={"key": "optional"})
    help: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    title: Text
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Item):
    """A survey or suggestion form (phiếu khảo sát, phiếu góp ý)."""

    id: str
    kind: Literal["survey", "suggestion"]
    title: Text
    intro: Text | None = None
    order: int = 99
    revised_on: dt.date
    scales: Mapping[str, tuple[Text, ...]]
    sections: tuple[FormSection, ...]
    return_to: Text
    privacy: Text | None = None
    source_note: Text | None = field(default=None, metadata={"key": "source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank(Item):
    """A named place in a letter that staff fill. `days` is the key under which a new date is given
    in working days."""

    id: str
    label: Text
    kind: str = "text"
    role: str = ""
    is_required: bool = field(default=False, metadata={"key": "required"})
    width: int = 24
    days: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Item):
    """A template of a letter (mẫu thư). Its texts hold the blanks as `{id}`."""

    id: str
    command: str = ""
    kind: str
    layout: str = "official"
    issuer: str = "office"
    title: Text
    order: int = 99
    purpose: Text
    when: Text
    signer: Text | None = None
    signature: tuple[Text, ...] = ()
    subject: Text | None = None
    to: Text | None = None
    must_contain: tuple[Text, ...]
    blanks: tuple[Blank, ...] = ()
    paragraphs: tuple[Text, ...] = ()
    recipients: tuple[Text, ...] = ()
    source_note: Text = field(metadata={"key": "source"})

    def blank_with(self, role: str) -> Blank | None:
        return next((blank for blank in self.blanks if blank.role == role), None)
