"""Opening hours, meetings, and whom to call: H002 to H007, H009."""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.checks.context import Context
from niemyet.checks.values import Words, both, text_in_both
from niemyet.findings.finding import Diagnostic, Position
from niemyet.model.base import Item
from niemyet.model.catalogue import Catalogue
from niemyet.model.office import DAYS, Day, Hours
from niemyet.values.dates import WEEKDAYS
from niemyet.values.vietnamese import capitalised

HOTLINES_FOLDER = "content/hotlines"
_EXPECTED_PLACES = {
    "guidance": ("bàn hướng dẫn", "guidance desk"),
    "suggestion_box": ("hòm thư góp ý", "suggestion box"),
    "law_bookcase": ("tủ sách pháp luật", "law bookcase"),
}


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    yield from _contacts(catalogue)
    if not catalogue.unresolved.is_whole("office"):
        return
    office = catalogue.office
    for hours in (office.hours, *(counter.hours for counter in office.counters)):
        yield from _overlaps(hours)
    yield from _spans(catalogue)
    rule = office.meeting_rule
    for meeting in office.meetings if rule else ():
        assert rule is not None
        if meeting.start < rule.start or meeting.end > rule.end:
            words: Words = {
                "start": meeting.start,
                "end": meeting.end,
                "rule": f"{rule.start}–{rule.end}",
            }
            name = text_in_both("name", meeting.name)
            yield meeting.origin.finding("H004", "start", **name, **words)
    present = {counter.kind for counter in office.counters}
    for kind, names in _EXPECTED_PLACES.items():
        if kind not in present:
            yield office.origin.finding(
                "H009", "counters", key=True, kind=kind, **both("place", *names)
            )


def _overlaps(spans: tuple[Hours, ...]) -> Iterator[Diagnostic]:
    by_day: dict[Day, list[Hours]] = {}
    for hours in spans:
        for day in hours.days:
            by_day.setdefault(day, []).append(hours)
    said: set[int] = set()
    for day in DAYS:
        previous: Hours | None = None
        for hours in sorted(by_day.get(day, ()), key=lambda h: (h.start, h.end)):
            if previous is not None and hours.start < previous.end and id(hours) not in said:
                said.add(id(hours))
                other = f"{previous.start}–{previous.end}"
                words: Words = {"start": hours.start, "end": hours.end, "other": other}
                yield hours.origin.finding("H002", "start", **words, **both("day", *_day_name(day)))
            if previous is None or hours.end > previous.end:
                previous = hours


def _day_name(day: Day) -> tuple[str, str]:
    """The name of a day at the start of a sentence, in both languages."""
    vi, en = (WEEKDAYS[lang][DAYS.index(day)] for lang in ("vi", "en"))
    return capitalised(vi), en


def _spans(catalogue: Catalogue) -> Iterator[Diagnostic]:
    office = catalogue.office
    spans: list[tuple[Item, str, str]] = [(h, h.start, h.end) for h in office.hours]
    spans += [(h, h.start, h.end) for counter in office.counters for h in counter.hours]
    spans += [(meeting, meeting.start, meeting.end) for meeting in office.meetings]
    spans += [(reception, reception.start, reception.end) for reception in office.reception]
    if office.meeting_rule:
        spans.append((office.meeting_rule, office.meeting_rule.start, office.meeting_rule.end))
    for item, start, end in spans:
        if start >= end:
            yield item.origin.finding("H003", "end", start=start, end=end)


def _contacts(catalogue: Catalogue) -> Iterator[Diagnostic]:
    main = catalogue.hotlines.get(catalogue.office.main_hotline)
    if main is not None and not main.written_phone:
        yield catalogue.office.origin.finding(
            "H007", "main_hotline", **text_in_both("title", main.title), id=main.id
        )
    if catalogue.unresolved.is_whole("hotlines"):
        roles = {hotline.role for hotline in catalogue.hotlines.values()}
        for code, role in (("H005", "regulation_feedback"), ("H006", "leader")):
            if role not in roles:
                yield Diagnostic(code=code, position=Position(HOTLINES_FOLDER))
