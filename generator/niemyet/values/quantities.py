"""Money, dates, hours, phones and time limits are read and written in one way; deadlines follow one
calendar.

Parsers raise `ValueError` with a sentence a clerk can read. Formatters take `lang`: "vi" is
Vietnamese, "en" English; any other language gets a form that needs no words, such as 2026-11-24,
15:00 or VND 8,000. Nothing here reads the clock: every day is an argument.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from niemyet.values.limit_words import LIMIT_WORDS
from niemyet.values.vietnamese import normalise, quote

PhoneKind = Literal["landline", "mobile", "short", "freephone", "premium"]
LimitUnit = Literal["working_days", "calendar_days", "hours", "months"]
LimitKind = LimitUnit | Literal["same_day", "range", "not_specified", "text"]
Reason = Literal[
    "counted",
    "same_day",
    "after_cutoff",
    "reception_only",
    "hours",
    "not_specified",
    "text",
    "before_calendar",
    "beyond_calendar",
]
Skipped = tuple[tuple[dt.date, str], ...]

ONE_DAY = dt.timedelta(days=1)

_VND = re.compile(
    r"(0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}) ?(?i:đồng|đ|vnđ|vnd|₫)?"
)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_DECIMAL = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
_PHONES: Mapping[PhoneKind, re.Pattern[str]] = {
    "landline": re.compile(r"02[0-9]{9}"),
    "mobile": re.compile(r"0[35789][0-9]{8}"),
    "freephone": re.compile(r"1800[0-9]{4,6}"),
    "premium": re.compile(r"1900[0-9]{4,6}"),
    "short": re.compile(r"1(?![89]00)[0-9]{2,3}"),
}
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNITS: tuple[LimitUnit, ...] = ("working_days", "calendar_days", "hours", "months")
_HOURS: Mapping[LimitUnit, Decimal] = {
    "hours": Decimal(1),
    "calendar_days": Decimal(24),
    "working_days": Decimal("33.6"),
    "months": Decimal(720),
}
"""About how long one unit keeps a citizen waiting; five working days fill a week of 168 hours."""
_SAME_DAY_HOURS = Decimal(8)


def parse_vnd(text: str) -> int:
    """Whole dong written as `8000`, `8.000`, `8.000 đồng`, `8.000đ` or `8.000 VNĐ`.

    Raises: ValueError for anything else, such as a fraction, a comma, a unit (`/bản`) or misplaced
        dots.
    """
    found = _VND.fullmatch(normalise(text).strip())
    if not found:
        raise ValueError(
            f'Số tiền "{quote(text)}" phải là số đồng tròn, ví dụ 8.000 đồng hoặc 8000.'
        )
    return int(found[1].replace(".", ""))


def format_vnd(amount_vnd: int, lang: str = "vi") -> str:
    """`8.000 đồng`, in English `VND 8,000`. Raises: ValueError for a float, so that no fraction
    slips in."""
    grouped = f"{amount_vnd:,d}"
    return f"{grouped.replace(',', '.')} đồng" if lang == "vi" else f"VND {grouped}"


def parse_date(text: str) -> dt.date:
    """A real day written as ISO `2026-11-24` in ASCII digits. Raises: ValueError for anything
    else."""
    found = _DATE.fullmatch(text)
    try:
        if found:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError(f'Ngày "{quote(text)}" không có trên lịch.') from None
    raise ValueError(f'Ngày "{quote(text)}" phải viết theo dạng năm-tháng-ngày, ví dụ 2026-11-24.')


def format_date(day: dt.date | str, lang: str = "vi") -> str:
    """`24/11/2026`, in English `24 November 2026`; ISO text is parsed. Raises: ValueError as
    `parse_date`."""
    day = parse_date(day) if isinstance(day, str) else day
    if lang == "vi":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}" if lang == "en" else day.isoformat()


def format_long_date(day: dt.date | str, lang: str = "vi") -> str:
    """`ngày 05 tháng 3 năm 2026`: days 1–9 and months 1–2 get a leading zero, as in official
    letters."""
    day = parse_date(day) if isinstance(day, str) else day
    if lang != "vi":
        return format_date(day, lang)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_clock(text: str) -> int:
    """Minutes since midnight of `HH:MM`, from 00:00 to 24:00. Raises: ValueError for anything
    else."""
    if not _CLOCK.fullmatch(text):
        raise ValueError(
            f'Giờ "{quote(text)}" phải viết theo dạng HH:MM từ 00:00 đến 24:00, ví dụ 07:30.'
        )
    return int(text[:2]) * 60 + int(text[3:])


def format_clock(text: str, lang: str = "vi") -> str:
    """`7:30` for `07:30`, in English `7:30 am`, `midday`, `midnight`. Raises: ValueError as
    `parse_clock`."""
    hour, minute = divmod(parse_clock(text), 60)
    return _clock_en(hour, minute, f":{minute:02d}") if lang == "en" else f"{hour}:{minute:02d}"


def format_hour_words(text: str, lang: str = "vi") -> str:
    """`15 giờ` or `7 giờ 30` as in a sentence, in English `3 pm`. Raises: ValueError as
    `parse_clock`."""
    hour, minute = divmod(parse_clock(text), 60)
    if lang == "vi":
        return f"{hour} giờ {minute:02d}" if minute else f"{hour} giờ"
    if lang != "en":
        return f"{hour}:{minute:02d}"
    return _clock_en(hour, minute, f":{minute:02d}" if minute else "")


def _clock_en(hour: int, minute: int, minutes: str) -> str:
    if minute == 0 and hour % 12 == 0:
        return "midday" if hour == 12 else "midnight"
    return f"{(hour + 11) % 12 + 1}{minutes} {'am' if hour < 12 else 'pm'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as dialled in Vietnam; a call to `freephone` (1800) is free, to `premium` (1900) it
    is not."""

    digits: str
    kind: PhoneKind


def parse_phone(text: str) -> Phone:
    """A number with any spaces, dots, hyphens or brackets, national or with +84.

    Landlines have 11 digits from 02, mobiles 10 from 03 05 07 08 09, short numbers 3 or 4 from 1;
    1800 and 1900 are followed by 4 to 6. Raises: ValueError for anything else.
    """
    bare = re.sub(r"[ .()\-]", "", normalise(text))
    digits = re.sub(r"\A(?:\+|00)840?", "0", bare)
    for kind, pattern in _PHONES.items():
        if pattern.fullmatch(digits):
            return Phone(digits=digits, kind=kind)
    raise ValueError(
        f'Số điện thoại "{quote(text)}" không đúng: kiểm tra lại mã vùng và số chữ số.'
    )


def format_phone(phone: Phone) -> str:
    """Digits grouped for reading: `0236 3 123 456`, `024 3825 1234`, `0903 343 439`, `1800 1096`,
    `1022`."""
    digits = phone.digits
    if phone.kind == "short":
        return digits
    if phone.kind == "landline" and digits[:3] in ("024", "028"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if phone.kind == "landline":
        return f"{digits[:4]} {digits[4]} {digits[5:8]} {digits[8:]}"
    return (
        f"{digits[:4]} {digits[4:7]} {digits[7:]}"
        if len(digits) == 10
        else f"{digits[:4]} {digits[4:]}"
    )


def tel_uri(phone: Phone) -> str:
    """`tel:+842363123456`, which works from abroad too; a number without area code stays:
    `tel:1022`.

    Source: RFC 3966.
    """
    return f"tel:+84{phone.digits[1:]}" if phone.digits.startswith("0") else f"tel:{phone.digits}"


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
    unit = _unit(limit)
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
    unit = _unit(limit)
    if unit is None:
        return _SAME_DAY_HOURS, _SAME_DAY_HOURS
    shortest = limit.minimum if limit.kind == "range" else limit.value
    return _longest(limit) * _HOURS[unit], (shortest or Decimal(0)) * _HOURS[unit]


def _unit(limit: TimeLimit) -> LimitUnit | None:
    """What a limit is counted in; None when it is not a number of anything."""
    match limit.kind:
        case "range":
            return limit.unit
        case "same_day" | "not_specified" | "text":
            return None
        case unit:
            return unit


def _longest(limit: TimeLimit) -> Decimal:
    return (limit.maximum if limit.kind == "range" else limit.value) or Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The days an office works: its weekdays, less the named days off, plus the named days worked
    instead.

    `weekly` holds weekdays, Monday being 0. Before `first_known_day` and after `last_known_day` the
    days off are not known. `closing` says when the last counter closes on a weekday (HH:MM), be it
    a Saturday; without it files are received on working days, at any hour. Raises: ValueError when
    no weekday is worked or a closing is not a time.
    """

    last_known_day: dt.date
    first_known_day: dt.date = dt.date.min
    weekly: frozenset[int] = frozenset(range(5))
    off: Mapping[dt.date, str] = field(default_factory=dict)
    work: Mapping[dt.date, str] = field(default_factory=dict)
    closing: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for time in self.closing.values():
            parse_clock(time)
        if not self.weekly or not self.weekly <= frozenset(range(7)):
            raise ValueError("Lịch làm việc cần có ít nhất một ngày trong tuần.")

    def is_working(self, day: dt.date) -> bool:
        """A day worked instead counts even where it is also named as a day off."""
        return day in self.work or (day.weekday() in self.weekly and day not in self.off)

    def receives_until(self, day: dt.date) -> int | None:
        """The minute until which files are received; a day worked instead has the first weekday's,
        one without counters None."""
        if not self.closing:
            return 24 * 60 if self.is_working(day) else None
        if day not in self.work and day in self.off:
            return None
        weekday = min(self.weekly) if day in self.work else day.weekday()
        return parse_clock(self.closing[weekday]) if weekday in self.closing else None

    def receipt(self, day: dt.date, minute: int) -> tuple[dt.date, Skipped]:
        """The day a file handed in at a minute of `day` counts as received, and the named days off
        before it."""
        skipped: list[tuple[dt.date, str]] = []
        while (until := self.receives_until(day)) is None or minute > until:
            if (
                day in self.off
                and not self.is_working(day)
                and day.weekday() in self.weekly | self.closing.keys()
            ):
                skipped.append((day, self.off[day]))
            day, minute = day + ONE_DAY, 0
        return day, tuple(skipped)

    def next_working(self, day: dt.date) -> dt.date:
        """The first working day after `day`, which itself does not count."""
        return self.add_working_days(day, 1)[0]

    def add_working_days(self, start: dt.date, count: int) -> tuple[dt.date, Skipped]:
        """The working day number `count` after `start`, which does not count, and the named days
        off between.

        Ordinary weekly rest is not named: only a holiday on what would be a working day moves the
        date.
        """
        day = start
        skipped: list[tuple[dt.date, str]] = []
        while count > 0:
            day += ONE_DAY
            if self.is_working(day):
                count -= 1
            elif day.weekday() in self.weekly:
                skipped.append((day, self.off[day]))
        return day, tuple(skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The day a result is due, or None and why no day can be promised; `skipped` explains a moved
    date.

    `receipt` is the day the file counts as received, `earliest` the first day of a range.
    """

    date: dt.date | None
    reason: Reason
    skipped: Skipped = ()
    receipt: dt.date | None = None
    earliest: dt.date | None = None


def due_date(limit: TimeLimit, received: dt.date, received_at: str, calendar: WorkCalendar) -> Due:
    """The last day for the answer to a complete file handed in on the day `received` at
    `received_at` (HH:MM).

    The law: the day of receipt does not count; a limit that ends on a day off ends on the next
    working day. Ours (decision 0018): a file handed in while counters are closed counts as received
    when they open again; a Saturday with open counters receives files but is no working day, so a
    same-day file is due on the next (`reception_only`), as it is after the cut-off, not at it; part
    of a day is the whole day, half a month 15 days; a range ends at its maximum. Hours are not
    counted in days, so none is promised, nor where the limit has no number (`not_specified`,
    `text`) or the days off are not listed any more (`before_calendar`) or not decided yet
    (`beyond_calendar`).

    Source: Bộ luật Dân sự 91/2015/QH13, Điều 145 to 148. Raises: ValueError when `received_at` is
        not a time.
    """
    minute = parse_clock(received_at)
    if limit.kind in ("text", "not_specified"):
        return Due(date=None, reason=limit.kind)
    unit = _unit(limit)
    if unit == "hours":
        return Due(date=None, reason="hours")
    if received < calendar.first_known_day:
        return Due(date=None, reason="before_calendar")
    if received > calendar.last_known_day:
        return Due(date=None, reason="beyond_calendar")
    receipt, skipped = calendar.receipt(received, minute)
    reason: Reason = "counted"
    earliest = None
    if unit is None:
        is_late = (
            limit.cutoff is not None and receipt == received and minute > parse_clock(limit.cutoff)
        )
        is_rest = not calendar.is_working(receipt)
        reason = "reception_only" if is_rest else "after_cutoff" if is_late else "same_day"
        due, passed = calendar.add_working_days(receipt, int(is_late or is_rest))
    else:
        due, passed = _last_day(unit, _longest(limit), receipt, calendar)
        if limit.kind == "range" and limit.minimum is not None:
            earliest = _last_day(unit, limit.minimum, receipt, calendar)[0]
    if due > calendar.last_known_day:
        return Due(date=None, reason="beyond_calendar")
    return Due(
        date=due, reason=reason, skipped=skipped + passed, receipt=receipt, earliest=earliest
    )


def _last_day(
    unit: LimitUnit, count: Decimal, receipt: dt.date, calendar: WorkCalendar
) -> tuple[dt.date, Skipped]:
    if unit == "working_days":
        return calendar.add_working_days(receipt, math.ceil(count))
    last = _add_months(receipt, count) if unit == "months" else _add_days(receipt, count)
    return calendar.add_working_days(last - ONE_DAY, 1)


def _add_days(day: dt.date, count: Decimal) -> dt.date:
    return day + math.ceil(count) * ONE_DAY


def _add_months(day: dt.date, count: Decimal) -> dt.date:
    """The same day of a later month, or that month's last day; part of a month is that part of 30
    days."""
    year, month = divmod(day.year * 12 + day.month - 1 + int(count), 12)
    last = monthrange(year, month + 1)[1]
    return _add_days(dt.date(year, month + 1, min(day.day, last)), count % 1 * 30)


def format_bytes(size: int, lang: str = "vi") -> str:
    """The size of a file as people read it: `85 KB`, `1,2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0KB"
    text = f"{size / 1e6:.1f}"
    return f"{text.replace('.', ',') if lang == 'vi' else text}\u00a0MB"
