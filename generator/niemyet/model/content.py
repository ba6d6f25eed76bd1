"""Laws, official forms, hotlines, service standards, notices, and how faults are handled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from niemyet.model.base import Item, Limit, Text
from niemyet.values.phones import Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDocument(Item):
    id: str
    number: str
    kind: str
    title: Text
    issuer: Text | None = None
    date: dt.date | None = None
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    status: str
    replaced_by: str = ""
    amends: tuple[str, ...] = ()
    url: str = ""
    on_shelf: bool = False
    note: Text | None = None
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Item):
    """One shelf of the law bookcase."""

    name: Text
    order: int = 99
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialForm(Item):
    id: str
    number: str = ""
    title: Text
    available: tuple[str, ...]
    url: str = ""
    legal: tuple[str, ...] = ()
    note: Text | None = None
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline(Item):
    id: str
    title: Text
    role: str
    phone: Phone | None = None
    written_phone: str
    email: str = ""
    url: str = ""
    address: Text | None = None
    hours: Text | None = None
    purpose: Text = field(metadata={"key": "for"})
    person: Text | None = None
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineGroup(Item):
    name: Text
    order: int = 99
    hotlines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    title: Text
    meaning: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard(Item):
    id: str
    title: Text
    order: int = 99
    intro: Text | None = None
    items: tuple[StandardItem, ...]
    source_note: Text = field(metadata={"key": "source"})
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Item):
    id: str
    kind: Literal["camera", "closure", "alert", "information"]
    title: Text
    paragraphs: tuple[Text, ...]
    from_date: dt.date = field(metadata={"key": "from"})
    until: dt.date | None = None
    on_home: bool = False
    contact: str = ""
    legal: tuple[str, ...] = ()

    def is_shown(self, day: dt.date) -> bool:
        return self.from_date <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling(Item):
    """How the office handles a file, a mistake or a complaint: what it does, who answers, by
    when."""

    id: str
    title: Text
    order: int = 99
    group: Literal["file", "mistake", "complaint"]
    promise: Text
    steps: tuple[Text, ...]
    answered_by: str
    limit: Limit
    letter: str = ""
    form: str = ""
    legal: tuple[str, ...] = ()
    source_note: Text | None = field(default=None, metadata={"key": "source"})
