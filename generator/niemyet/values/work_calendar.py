"""The days an office works, by which limits and new dates are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from niemyet.values.dates import ONE_DAY, parse_clock

Skipped = tuple[tuple[dt.date, str], ...]


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
