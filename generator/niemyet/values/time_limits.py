"""Time limits (thời hạn giải quyết): what they are, how they are said, which is longer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from niemyet.values.dates import parse_clock
from niemyet.values.limit_words import LIMIT_WORDS
from niemyet.values.vietnamese import quote

LimitUnit = Literal["working_days", "calendar_days", "hours", "months"]
LimitKind = LimitUnit | Literal["same_day", "range", "not_specified", "text"]
_DECIMAL = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
_UNITS: tuple[LimitUnit, ...] = ("working_days", "calendar_days", "hours", "months")
_HOURS: Mapping[LimitUnit, Decimal] = {
    "hours": Decimal(1),
    "calendar_days": Decimal(24),
    "working_days": Decimal("33.6"),
    "months": Decimal(720),
}
"""About how long one unit keeps a citizen waiting; five working days fill a week of 168 hours."""
_SAME_DAY_HOURS = Decimal(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """How long an office may take; `kind` says which of the other values count.

    `value` for days, hours and months; `minimum`, `maximum`, `unit` for a range; `cutoff` (HH:MM)
    for the same day. Raises: ValueError when a value the kind needs is missing, or a range runs
    backwards.
    """

    kind: LimitKind
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: LimitUnit | None = None
    cutoff: str | None = None

    def __post_init__(self) -> None:
        if self.kind in _UNITS and self.value is None:
            raise ValueError("Thời hạn này cần có value: bao nhiêu ngày, giờ hoặc tháng.")
        if self.kind == "range":
            if self.minimum is None or self.maximum is None or self.unit is None:
                raise ValueError("Thời hạn kiểu range cần có đủ minimum, maximum và unit.")
            if self.minimum > self.maximum:
                raise ValueError("Thời hạn kiểu range có minimum lớn hơn maximum.")
        if self.cutoff is not None:
            parse_clock(self.cutoff)


def parse_decimal(text: str | int) -> Decimal:
    """The exact number of `3`, `"7.5"` or `"7,5"`, below 10,000. Raises: ValueError for anything
    else."""
    if not _DECIMAL.fullmatch(str(text)):
        raise ValueError(f'Số "{quote(text)}" không đúng, ví dụ 3 hoặc "7.5".')
    return Decimal(str(text).replace(",", "."))


def format_limit(
    limit: TimeLimit,
    lang: str = "vi",
    text: str | None = None,
    words: Mapping[str, str] | None = None,
) -> str:
    """`Trong ngày`, `7,5 ngày làm việc`, `1 đến 3 ngày`, `Chưa quy định`; a limit of kind text is
    its `text`.

    `words` are the strings of the site's language, by the keys of `LIMIT_WORDS`.

    Raises: ValueError for a limit of kind text without one.
    """
    words = words or LIMIT_WORDS["vi" if lang == "vi" else "en"]
    if limit.kind == "text":
        if not text:
            raise ValueError("Thời hạn kiểu text cần có lời diễn giải.")
        return text
    if limit.kind == "same_day":
        return words["limit_same_day"]
    unit = unit_of(limit)
    if unit is None:
        return words["limit_unknown"]
    numbers = [limit.minimum, limit.maximum] if limit.kind == "range" else [limit.value]
    shown = [f"{number.normalize():f}" for number in numbers if number is not None]
    text = (
        shown[0]
        if len(shown) == 1
        else words["limit_from_to"].format(first=shown[0], last=shown[1])
    )
    if lang == "vi":
        text = text.replace(".", ",")
    return words[f"limit_one_{unit}" if shown[-1] == "1" else f"limit_{unit}"].format(n=text)


def limit_key(limit: TimeLimit) -> tuple[Decimal, Decimal]:
    """Sorting by this key puts the fastest first: hours at most, then hours at least; unknown
    limits last."""
    if limit.kind in ("text", "not_specified"):
        return Decimal("Infinity"), Decimal(limit.kind == "not_specified")
    unit = unit_of(limit)
    if unit is None:
        return _SAME_DAY_HOURS, _SAME_DAY_HOURS
    shortest = limit.minimum if limit.kind == "range" else limit.value
    return longest(limit) * _HOURS[unit], (shortest or Decimal(0)) * _HOURS[unit]


def unit_of(limit: TimeLimit) -> LimitUnit | None:
    """What a limit is counted in; None when it is not a number of anything."""
    match limit.kind:
        case "range":
            return limit.unit
        case "same_day" | "not_specified" | "text":
            return None
        case unit:
            return unit


def longest(limit: TimeLimit) -> Decimal:
    return (limit.maximum if limit.kind == "range" else limit.value) or Decimal(0)
