"""Legal documents of a record find their place in the law bookcase: by number, however it is
written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from niemyet.importing.national_record import LegalRow
from niemyet.importing.phrases import bare_end, first_piece, one_line, short_slug
from niemyet.importing.sentences import sentence
from niemyet.values.vietnamese import fold, normalise

LONGEST_NUMBER = 80

_LETTERS = r"[A-ZĐ][A-ZĐa-z0-9]*"
_NUMBER = re.compile(
    r"[0-9]{1,5}(?:\.?[0-9a-zđ]{1,3})?\s?(?:/+\s?[0-9]{4})?\s?"
    rf"/+\s?{_LETTERS}(?:\s?[-–/]\s?{_LETTERS})*"
)
_SPACES = re.compile(r"\s*([-–/])\s*")
_SLASHES = re.compile("/+")
_DIGITS = re.compile(r"[0-9]+")
_PREFIX = {
    "constitution": "hp", "code": "boluat", "law": "luat", "ordinance": "pl", "resolution": "nq",
    "decree": "nd", "decision": "qd", "circular": "tt", "joint_circular": "ttlt",
    "directive": "ct", "plan": "kh", "other": "vb",
}  # fmt: skip
_BY_NUMBER: tuple[tuple[str, str], ...] = (
    (r"\bttlt\b|ttlt", "joint_circular"), (r"\bnq\b", "resolution"), (r"\bnd c", "decree"),
    (r"\btt\b", "circular"), (r"\bqd\b|\bqdcb\b", "decision"), (r"\bct\b", "directive"),
    (r"\bkh\b", "plan"), (r"\b(?:pl )?ubtvqh", "ordinance"),
)  # fmt: skip
_BY_TITLE: tuple[tuple[str, str], ...] = (
    ("hien phap", "constitution"), ("bo luat", "code"), ("luat", "law"),
    ("phap lenh", "ordinance"), ("nghi quyet", "resolution"), ("nghi dinh", "decree"),
    ("quyet dinh", "decision"), ("thong tu lien tich", "joint_circular"),
    ("thong tu", "circular"), ("chi thi", "directive"), ("ke hoach", "plan"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A legal row in our model; `key` is the same for every way of writing the number."""

    key: str
    data: Mapping[str, Any]
    problem: str = ""


def number_in(text: str) -> str:
    """The number of a legal document inside some words, without needless spaces; empty where there
    is none."""
    return next(iter(numbers_in(text)), "")


def _tidy(number: str) -> str:
    return _SLASHES.sub("/", _SPACES.sub(r"\1", number)).replace("–", "-")


def numbers_in(text: str) -> list[str]:
    """Every number of a legal document inside some words; the first twenty."""
    return [_tidy(found.group()) for found in islice(_NUMBER.finditer(text), 20)]


def number_key(number: str) -> str:
    """Equal for `7/2025/NĐ-CP`, `07/2025/NĐ-CP` and `07/2025/nđ-cp`."""
    return _DIGITS.sub(
        lambda digits: digits.group().lstrip("0") or "0",
        fold(number.replace(".", " ").replace("/", " ")),
    )


def read_document(row: LegalRow) -> Document:
    """A row of the legal basis as an entry of the law bookcase."""
    title = bare_end(one_line(row.title))
    number = number_in(row.number) or number_in(title)
    problem = ""
    if not number:
        number = bare_end(one_line(row.number)) or title or "…"
        problem = sentence("no_document_number")
    if len(number) > LONGEST_NUMBER:
        number = f"{number[: LONGEST_NUMBER - 1]}…"
    kind = _kind(number, title)
    data: dict[str, Any] = {
        "id": short_slug(f"{_PREFIX[kind]} {number}", 80),
        "number": number,
        "kind": kind,
        "title": first_piece(title) or number,
        "status": "not_checked",
        "verification": "national_base",
    }
    return Document(key=number_key(number), data=data, problem=problem)


def _kind(number: str, title: str) -> str:
    """By the letters of the number, which are exact; by the first words of the title where the
    number has none."""
    plain, words = fold(normalise(number).replace("/", " ").replace("-", " ")), fold(title)
    for pattern, kind in _BY_NUMBER:
        if re.search(pattern, plain):
            return "resolution" if kind == "ordinance" and words.startswith("nghi quyet") else kind
    if re.search(r"\bqh[0-9]+\b", plain):
        return (
            "resolution"
            if words.startswith("nghi quyet")
            else "code"
            if words.startswith("bo luat")
            else "law"
        )
    return next((kind for start, kind in _BY_TITLE if words.startswith(start)), "other")
