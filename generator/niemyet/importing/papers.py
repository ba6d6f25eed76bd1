"""The list of papers of a record: rows with copies are papers, rows without are notes, headings are
cases or natures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from niemyet.importing.cases import LONGEST_NAMES, case_name
from niemyet.importing.national_record import PaperGroup, PaperRow
from niemyet.importing.phrases import (
    LONGEST_TEXT,
    bare_end,
    capitalised,
    first_free,
    first_piece,
    one_line,
    pieces,
    short_name,
    short_slug,
    unique,
    without_bullet,
    without_numbering,
)
from niemyet.importing.sentences import Problem, sentence
from niemyet.values.vietnamese import fold

MOST_COPIES = 20

_SUBMIT = ("giay to phai nop", "cac giay to phai nop", "thanh phan ho so phai nop")
_PRESENT = (
    "giay to phai xuat trinh",
    "cac giay to phai xuat trinh",
    "xuat trinh",
    "phai xuat trinh",
)
_NOTES = ("luu y", "ghi chu", "chu y")
_CASES = ("truong hop", "doi voi", "neu ", "khi ")
_ONLINE = (
    "mau ho tich dien tu tuong tac",
    "bieu mau dien tu tuong tac",
    "to khai dien tu",
    "mau dien tu tuong tac",
)


@dataclass(slots=True)
class Papers:
    """What the list became: cases named by its headings, papers, notes, and what to look at."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    papers: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """What a heading means for the rows below it."""

    role: str  # submit, present, notes, case, other
    name: str = ""
    words: str = ""
    case: str = ""


def read_papers(groups: tuple[PaperGroup, ...], other_cases: bool) -> Papers:
    """Papers in the order of the source. With `other_cases` (by channel) a heading becomes a
    paper's `when`."""
    made = Papers()
    headings = [_heading(group.name) for group in groups]
    as_cases = not other_cases and sum(h.role == "case" for h in headings) > 1
    taken_cases: set[str] = set()
    taken: set[str] = set()
    for group, heading in zip(groups, headings, strict=True):
        if as_cases and heading.role == "case":
            heading = _with_case(made, heading, taken_cases)
        if heading.role == "other" and not any(row.originals or row.copies for row in group.rows):
            _note(made, heading.words)
        for row in group.rows:
            text = without_bullet(one_line(row.text))
            if row.originals or row.copies:
                _paper(made, row, text or "Giấy tờ nguồn không ghi tên", heading, taken)
            elif text:
                _note(made, f"{heading.name}: {text}" if heading.role == "case" else text)
    return made


def _heading(written: str) -> _Heading:
    words = bare_end(without_bullet(one_line(written)))
    name = without_numbering(words)
    plain = fold(name)
    if not plain:
        return _Heading(role="submit")
    if any(plain.startswith(start) for start in _NOTES) and len(plain) < 20:
        return _Heading(role="notes")
    for role, starts in (("submit", _SUBMIT), ("present", _PRESENT)):
        if any(plain.startswith(start) for start in starts):
            return _Heading(role=role, words="" if plain in starts else words)
    if (
        any(plain.startswith(start) for start in _CASES)
        or " doi voi " in plain
        or " truong hop " in plain
    ):
        return _Heading(role="case", name=capitalised(name), words=words)
    return _Heading(role="present" if "phai xuat trinh" in plain else "other", words=words)


def _with_case(made: Papers, heading: _Heading, taken: set[str]) -> _Heading:
    known = {case["name"] for case in made.cases}
    names = [
        case_name(heading.name, longest) or short_name(heading.name) for longest in LONGEST_NAMES
    ]
    name = next((name for name in names if name not in known), names[0])
    unique_name = first_free(name, known.__contains__)
    case: dict[str, Any] = {"id": unique(short_slug(name), taken), "name": unique_name}
    if name != bare_end(heading.words):
        case["note"] = first_piece(heading.words)
    made.cases.append(case)
    return _Heading(role="case", name=unique_name, words=heading.words, case=case["id"])


def _paper(made: Papers, row: PaperRow, text: str, heading: _Heading, taken: set[str]) -> None:
    name = short_name(text)
    at = f"papers[{len(made.papers)}]"
    paper: dict[str, Any] = {
        "id": unique(short_slug(name), taken),
        "name": name,
        "nature": _nature(text, heading),
    }
    for key, count in (("originals", row.originals), ("copies", row.copies)):
        if count <= MOST_COPIES:
            paper[key] = count
        else:
            made.problems.append((f"{at}.{key}", sentence("many_copies"), str(count)))
    if heading.case:
        paper["cases"] = [heading.case]
    elif heading.role == "case":
        paper["when"] = first_piece(heading.words)
    notes = [] if name == bare_end(text) else [text]
    if heading.words and heading.role != "case":
        notes.append(f"Thuộc mục “{heading.words}”.")
    parts = list(pieces("\n".join(notes))) if notes else []
    if parts:
        paper["note"] = parts[0]
        for part in parts[1:]:
            _note(made, part)
    if len(parts) > 1:
        made.problems.append((f"{at}.note", sentence("long_paper"), text))
    made.papers.append(paper)


def _nature(text: str, heading: _Heading) -> str:
    plain = fold(text[:200])
    if any(start in plain[:60] for start in _ONLINE):
        return "online_form"
    if heading.role == "present" or plain.startswith("xuat trinh"):
        return "present"
    return "submit"


def _note(made: Papers, text: str) -> None:
    for part in pieces(text, LONGEST_TEXT):
        if part not in made.notes:
            made.notes.append(part)
