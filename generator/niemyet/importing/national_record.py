"""One national record as plain values, whatever form it was read from. Lines count from 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from niemyet.values.vietnamese import fold, normalise

_CODE = re.compile(r"([0-9]\.[0-9]{6})(\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.H[0-9]{2})?")
_TO_SPACE = dict.fromkeys(map(ord, "\t\x0b\x0c\x85\u2028\u2029"), " ")
_CONTROLS = (*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
_GONE = dict.fromkeys(
    (*_CONTROLS, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF), None
)
_BULLETS = re.compile("[\ue000-\uf8ff\u2022\u25aa\u25cf\u25cb\u25a0]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One way to hand in, as written: `channel` is DIRECT, ONLINE or POSTAL in a tidy record."""

    line: int
    channel: str
    limit: str
    fee: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One row of the list of papers; a row with no original and no copy is a note."""

    line: int
    text: str
    originals: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGroup:
    """Papers under one heading; rows before any heading have an empty name."""

    line: int
    name: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRow:
    """One legal document: its title and its number, both as written."""

    line: int
    title: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of the procedure's steps; a heading opens a group of steps."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as the national database publishes it. Empty text where it says nothing; `lines` by
    field."""

    path: str
    form: str
    sha256: str
    code: str = ""
    decision: str = ""
    name: str = ""
    level: str = ""
    kind: str = ""
    sector: str = ""
    steps: tuple[StepLine, ...] = ()
    channels: tuple[ChannelRow, ...] = ()
    papers: tuple[PaperGroup, ...] = ()
    applicants: str = ""
    executing: str = ""
    authority: str = ""
    address: str = ""
    delegated: str = ""
    cooperating: str = ""
    results: str = ""
    legal: tuple[LegalRow, ...] = ()
    conditions: str = ""
    keywords: str = ""
    description: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)


def code_of(record: Record) -> str:
    """The record's code in its present form, or nothing where there is none that can be used."""
    found = _CODE.fullmatch(record.code.strip())
    return found[1] if found else ""


def clean(text: str) -> str:
    """A line without what cannot be seen: one spelling, plain spaces, a dash for a private
    bullet."""
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATES.sub("", text.translate(_TO_SPACE).translate(_GONE))
    return _BULLETS.sub("-", normalise(text))


def said(text: str) -> str:
    """The text, or nothing where the database writes that it has no information."""
    text = text.strip()
    return "" if len(text) < 60 and fold(text).startswith("khong co thong tin") else text
