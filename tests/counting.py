"""What the scripts of the pages count, counted in Python too: promised days and sums of fees.

The pages count in the browser, so the program itself needs none of this; the tests hold both to
each other on thousands of cases.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from niemyet.model.fees import Amount
from niemyet.values.dates import ONE_DAY, parse_clock
from niemyet.values.time_limits import LimitUnit, TimeLimit, longest, unit_of
from niemyet.values.work_calendar import Skipped, WorkCalendar

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
    unit = unit_of(limit)
    if unit == "hours":
        return Due(date=None, reason="hours")
    if received < calendar.first_known_day:
        return Due(date=None, reason="before_calendar")
    if received > calendar.last_known_day:
        return Due(date=None, reason="beyond_calendar")
    receipt, skipped = receipt_of(calendar, received, minute)
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
        due, passed = _last_day(unit, longest(limit), receipt, calendar)
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


def receives_until(calendar: WorkCalendar, day: dt.date) -> int | None:
    """The minute until which files are received; a day worked instead has the first weekday's,
    one without counters None."""
    if not calendar.closing:
        return 24 * 60 if calendar.is_working(day) else None
    if day not in calendar.work and day in calendar.off:
        return None
    weekday = min(calendar.weekly) if day in calendar.work else day.weekday()
    return parse_clock(calendar.closing[weekday]) if weekday in calendar.closing else None


def receipt_of(calendar: WorkCalendar, day: dt.date, minute: int) -> tuple[dt.date, Skipped]:
    """The day a file handed in at a minute of `day` counts as received, and the named days off
    before it."""
    skipped: list[tuple[dt.date, str]] = []
    while (until := receives_until(calendar, day)) is None or minute > until:
        if (
            day in calendar.off
            and not calendar.is_working(day)
            and day.weekday() in calendar.weekly | calendar.closing.keys()
        ):
            skipped.append((day, calendar.off[day]))
        day, minute = day + ONE_DAY, 0
    return day, tuple(skipped)


def total(amount: Amount, count: int) -> int | None:
    """What `count` units cost, each at the price of its tier and together at most the cap; None
    where nobody can say."""
    if amount.status == "free":
        return 0
    if amount.status == "fixed" and amount.amount_vnd is not None:
        sum_vnd = count * amount.amount_vnd
    elif amount.status == "tiered" and (
        amount.tiers[-1].last is None or count <= amount.tiers[-1].last
    ):
        sum_vnd = sum(
            t.amount_vnd * max(0, (count if t.last is None else min(count, t.last)) - t.first + 1)
            for t in amount.tiers
        )
    else:
        return None
    return sum_vnd if amount.cap_vnd is None else min(sum_vnd, amount.cap_vnd)
