"""What the rules read besides the model, and the words of their findings in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from niemyet.model.base import Item, Text
from niemyet.values.dates import format_date
from niemyet.values.vietnamese import quote

IN_USE = ("active", "suspended")
"""The states of a procedure whose page citizens see; drafts and repealed ones may be unfinished."""


Words = dict[str, Any]
"""Strings by name; `Any` only so that they can be spread into a call beside other keywords."""


def written(item: Item) -> Any:
    """The data of an item as it stands in its file, before anything was sorted, joined or left
    out."""
    data: Any = item.origin.source.data
    for part in item.origin.at:
        data = data[part]
    return data


def both(name: str, vi: str, en: str) -> Words:
    """A value of a finding in both languages: `{name}_vi` and `{name}_en`."""
    return {f"{name}_vi": vi, f"{name}_en": en}


def date_in_both(name: str, day: dt.date) -> Words:
    """A day as each language writes it."""
    return both(name, format_date(day, "vi"), format_date(day, "en"))


def text_in_both(name: str, text: Text, width: int = 70) -> Words:
    """A human text, in the default language where there is no translation."""
    first = str(text)
    return both(name, quote(text.get("vi") or first, width), quote(text.get("en") or first, width))


def place(item: Item) -> str:
    """Where an item is written, as `path:line`."""
    position = item.origin.source.position(item.origin.at)
    return f"{position.path}:{position.line}"
