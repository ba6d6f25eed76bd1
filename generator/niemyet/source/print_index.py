"""What a print run left in `print/`, as the site and the next run need to know it. Nothing here
knows the PDF engine."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

INDEX = "index.json"
WALLS = "tuong"
LOW_INK = "it-muc"
_VARIANTS = (f"{WALLS}/", f"{LOW_INK}/")
"""Below these lie sheets made for one wall or one printer. They are copies of others and not shown
on the site."""
PICTURES = "the/index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What the index holds of a sheet. `beside` are the endings of files next to the PDF, with
    their sizes in bytes."""

    id: str
    kind: str
    title: str
    lang: str
    paper: str
    page: str
    version: str
    key: str
    pages: int
    size: int
    beside: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_variant(self) -> bool:
        return self.id.startswith(_VARIANTS)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def read_index(out: Path) -> dict[str, Made]:
    """The sheets a former run left; none when there was no run or its index is damaged."""
    try:
        entries = json.loads((out / INDEX).read_text("utf-8"))
        return {entry["id"]: Made(**entry) for entry in entries if _is_safe(entry["id"])}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def read_pictures(out: Path) -> dict[str, tuple[str, str]]:
    """The sharing pictures a former run left whole: by id, their version and the key they were
    drawn under."""
    try:
        entries = json.loads((out / PICTURES).read_text("utf-8"))
        return {
            id: (str(version), str(key))
            for id, (version, key, size) in entries.items()
            if _is_safe(id) and (out / f"{id}.png").stat().st_size == size
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def is_there(out: Path, made: Made) -> bool:
    """Whether every file of a sheet is where the run left it, in its size."""
    files = {"pdf": made.size, **made.beside}
    try:
        return all(
            (out / f"{made.id}.{ending}").stat().st_size == size for ending, size in files.items()
        )
    except OSError:
        return False


def _is_safe(id: str) -> bool:
    return isinstance(id, str) and all(
        re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", part) for part in id.split("/")
    )
