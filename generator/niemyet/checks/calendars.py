"""The working calendar: D005, D007, D010."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator

from niemyet.checks.context import Context
from niemyet.checks.values import both, date_in_both
from niemyet.findings.finding import Diagnostic
from niemyet.model.office import CalendarDay

_SATURDAY = 5


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    if not catalogue.unresolved.is_whole("calendar"):
        return
    calendar = catalogue.calendar
    wanted = _months_later(context.today, catalogue.settings.calendar_months_ahead)
    if calendar.known_until < wanted:
        words = {**date_in_both("date", calendar.known_until), **date_in_both("wanted", wanted)}
        yield calendar.origin.finding(
            "D005", "known_until", months=str(catalogue.settings.calendar_months_ahead), **words
        )
    off: dict[dt.date, CalendarDay] = {}
    worked: dict[dt.date, CalendarDay] = {}
    for day in calendar.off:
        if off.setdefault(day.day, day) is not day:
            yield _twice(day, "đã ghi là ngày nghỉ", "already listed as a day off")
    for day in calendar.work:
        if worked.setdefault(day.day, day) is not day:
            yield _twice(day, "đã ghi là ngày làm bù", "already listed as a make-up day")
        elif day.day in off:
            yield _twice(day, "vừa nghỉ vừa làm bù", "both off and worked")
        elif day.day.weekday() < _SATURDAY:
            yield day.origin.finding("D010", "date", **date_in_both("date", day.day))


def _twice(day: CalendarDay, vi: str, en: str) -> Diagnostic:
    return day.origin.finding(
        "D007", "date", **date_in_both("date", day.day), **both("problem", vi, en)
    )


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
