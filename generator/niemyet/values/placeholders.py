"""A letter's text holds named blanks such as `{ho_ten}`. They are found here and nowhere evaluated:
a name is only a name.

A brace that is meant as a brace is written twice, `{{` or `}}`; any other brace is a fault that
`faults_in` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<name>[a-z][a-z0-9_]*)\}|\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class Hole:
    """A place for the value of a blank."""

    name: str


def split_text(text: str) -> Iterator[str | Hole]:
    """The parts of a text in order: words and holes. A faulty brace stays as it is written."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        end = found.end()
        yield (
            Hole(found["name"])
            if found["name"]
            else found[0][:1]
            if found[0] in ("{{", "}}")
            else found[0]
        )
    if end < len(text):
        yield text[end:]


def names_in(text: str) -> set[str]:
    """The names of the blanks in a text."""
    return {part.name for part in split_text(text) if isinstance(part, Hole)}


def faults_in(text: str) -> list[str]:
    """What stands in braces and is no name, and braces without a partner."""
    return [
        found[0]
        for found in _TOKEN.finditer(text)
        if not found["name"] and found[0] not in ("{{", "}}")
    ]


RESERVED = ("so", "ngay", "nguoi_ky")
"""What every letter lets staff give besides its own blanks."""
