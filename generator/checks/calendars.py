"""A working calendar that reaches far enough and does not contradict itself.

What it checks: days known for some months ahead (D005), no day twice or both off and worked (D007), make-up days that are
not ordinary working days (D010).
Why it matters to citizens: promised dates are counted with it.
Wrong: `known_until: "2026-12-01"` in November 2026.
Right: `known_until: "2027-12-31"`.
Source: the yearly schedule of public holidays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.diagnostics import Diagnostic


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings D005, D007 and D010."""
    if not catalogue.unsure.is_whole("calendar"):
        return
    calendar, months = catalogue.calendar, catalogue.settings.calendar_months_ahead
    if (calendar.known_until - today).days < months * 30:
        yield calendar.origin.finding("D005", "known_until", date=calendar.known_until.isoformat(), months=str(months))
    seen: set[dt.date] = set()
    for item in (*calendar.off, *calendar.work):
        if item.day in seen:
            yield item.origin.finding("D007", "date", date=item.day.isoformat())
        seen.add(item.day)
    for item in calendar.work:
        if item.day.weekday() < 5:
            yield item.origin.finding("D010", "date", date=item.day.isoformat())
