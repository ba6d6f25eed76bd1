"""The office, its counters and hours, and its calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from niemyet.model.base import Item, Text

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Item):
    """A span of opening on some weekdays; clock times are HH:MM."""

    days: tuple[Day, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter(Item):
    id: str
    kind: str
    number: str = ""
    name: Text
    place: Text | None = None
    sectors: tuple[str, ...] = ()
    help: Text | None = None
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Item):
    name: Text
    day: Day
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRule(Item):
    """When meetings may be held; the rest of the day serves people."""

    text: Text
    start: str
    end: str
    exceptions: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception(Item):
    """A leader's day for receiving citizens (lịch tiếp công dân); `weeks` of the month, empty:
    every week."""

    who: str
    day: Day
    weeks: tuple[int, ...] = ()
    start: str
    end: str
    place: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Item):
    is_sample: bool = field(metadata={"key": "sample"})
    name: Text
    short_name: Text | None = None
    ward: Text
    province: Text
    authority: Text
    responsible: Text
    letter_symbol: str = ""
    address: Text
    directions: Text | None = None
    map_url: str = ""
    email: str
    main_hotline: str
    time_zone: str
    hours: tuple[Hours, ...]
    hours_note: Text | None = None
    meeting_rule: MeetingRule | None = None
    meetings: tuple[Meeting, ...] = ()
    counters: tuple[Counter, ...]
    reception: tuple[Reception, ...] = ()
    accessibility: tuple[Text, ...] = ()

    def counter(self, id: str) -> Counter | None:
        return next((c for c in self.counters if c.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay(Item):
    day: dt.date = field(metadata={"key": "date"})
    name: Text
    verification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Item):
    """Days off and make-up working days, known until a date."""

    known_until: dt.date
    off: tuple[CalendarDay, ...] = field(metadata={"key": "days_off"})
    work: tuple[CalendarDay, ...] = field(default=(), metadata={"key": "make_up_days"})
    source_note: Text = field(metadata={"key": "source"})


def closing_of(hours: Iterable[Hours]) -> dict[int, str]:
    """When the last of some hours ends on each weekday, Monday being 0."""
    closing: dict[int, str] = {}
    for span in hours:
        for day in span.days:
            closing[DAYS.index(day)] = max(span.end, closing.get(DAYS.index(day), ""))
    return closing
