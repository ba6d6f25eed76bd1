"""The version of a printed sheet: short enough for a QR code, and it alone tells a page what has
changed since.

A version is the day of the data and, for each part of the content, a few letters made from its
words. The page holds the same letters for what is true today; where two differ, that part of the
paper is out of date. Nothing has to be remembered anywhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

PARTS = ("time", "fee", "papers", "steps", "where", "rest")
"""What a procedure's sheet is compared by, in the order of the letters in its version."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_FIRST_DAY = dt.date(2020, 1, 1)
DAY_LETTERS = 3
PART_LETTERS = 3


def version_of(day: dt.date, parts: Iterable[str]) -> str:
    """The version of a content as it was on a day: three letters for the day, three for each
    part."""
    return _number(max(0, (day - _FIRST_DAY).days), DAY_LETTERS) + "".join(
        _letters(part) for part in parts
    )


def day_of(version: str) -> dt.date:
    """The day in a version. Raises ValueError for what is no version."""
    return _FIRST_DAY + dt.timedelta(days=int(version[:DAY_LETTERS], _BASE))


def label_of(version: str, day: str) -> str:
    """A version for people to read out over the phone: the day as written, and four letters for the
    whole."""
    return f"{day} · {mark_of(version)}"


def mark_of(version: str) -> str:
    """Four capital letters and digits for the whole of a version."""
    return _number(_hash(version), 4).upper()


def changed_parts(old: str, new: str) -> list[int]:
    """Which parts differ between two versions, counted from 0; the day alone is no change of
    content."""
    pairs = zip(_split(old), _split(new), strict=False)
    changed = [number for number, (before, after) in enumerate(pairs) if before != after]
    return changed or ([] if len(old) == len(new) else [min(len(old), len(new))])


def _letters(part: str) -> str:
    first, last = divmod(_hash(part) % _BASE**PART_LETTERS, _BASE)
    return _DIGITS[first // _BASE] + _DIGITS[first % _BASE] + _DIGITS[last]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _number(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, rest = divmod(number, _BASE)
        digits.append(_DIGITS[rest])
    return "".join(reversed(digits))


def _split(version: str) -> list[str]:
    rest = version[DAY_LETTERS:]
    return [rest[at : at + PART_LETTERS] for at in range(0, len(rest), PART_LETTERS)]
