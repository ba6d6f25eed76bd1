"""Where a long word may break on paper, and which words cannot.

Vietnamese breaks at every space, but long addresses of mail and web pages do not. They may break
after punctuation; what is longer than `MOST_LETTERS` even then would run out of its column, so its
sheet is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

MOST_LETTERS = 22
"""As many letters as the narrowest column of a sheet holds in its smallest type."""

MAY_BREAK = "\u200b"
_LONG = re.compile(rf"\S{{{MOST_LETTERS + 1},}}")
_AFTER = re.compile(r"(?<=[^\W_])([/._\-@:?&=+]+)(?=\w)")
_UNBROKEN = re.compile(rf"[^\s{MAY_BREAK}\-]{{{MOST_LETTERS + 1},}}")
_NOT_TEXT = frozenset(("qr", "icon", "icons", "url", "version", "codes", "corners"))


def with_breaks(data: Any) -> Any:
    """The same values with places to break inside long words."""
    if isinstance(data, str):
        return _LONG.sub(lambda word: _AFTER.sub(rf"\1{MAY_BREAK}", word[0]), data)
    if isinstance(data, Mapping):
        return {
            key: value if key in _NOT_TEXT else with_breaks(value) for key, value in data.items()
        }
    if isinstance(data, (list, tuple)):
        return [with_breaks(value) for value in data]
    return data


def unbreakable(data: Any) -> Iterator[str]:
    """The words that no column can hold, after `with_breaks`."""
    if isinstance(data, str):
        yield from _UNBROKEN.findall(data)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if key not in _NOT_TEXT:
                yield from unbreakable(value)
    elif isinstance(data, list):
        for value in data:
            yield from unbreakable(value)
