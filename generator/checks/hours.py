"""Hours, meetings and numbers that hold.

What it checks: overlapping hours (H002), times that run backwards (H003), meetings outside the office's own rule (H004),
the contact for feedback on regulations (H005), a leader's number (H006), the main number (H007), desk, box and shelf (H009).
Why it matters to citizens: they come when it says open, and call when something is wrong.
Wrong: a meeting from 14:00 where the rule says mornings.
Right: `start: "07:30"`.
Source: Decree 63/2010/NĐ-CP and Circular 02/2017/TT-VPCP: the feedback contact is posted with the procedures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator import model as m
from generator.catalogue import Catalogue
from generator.checks.values import text_in_both
from generator.diagnostics import Diagnostic

EXPECTED = ("guidance", "suggestion_box", "law_bookcase")


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings H002 to H007 and H009."""
    office = catalogue.office
    if catalogue.unsure.is_whole("office"):
        yield from _spans(office.hours)
        for counter in office.counters:
            yield from _spans(counter.hours)
        for item in (*office.meetings, *office.reception, *((office.meeting_rule,) if office.meeting_rule else ())):
            yield from _backwards(item)
        yield from _meetings(office)
        kinds = {counter.kind for counter in office.counters}
        for kind in EXPECTED:
            if kind not in kinds:
                yield office.origin.finding("H009", "counters", key=True, kind=kind)
    if catalogue.unsure.is_whole("hotlines", "office"):
        yield from _contacts(catalogue)


def _backwards(item: m.Hours | m.Meeting | m.Reception | m.MeetingRule) -> Iterator[Diagnostic]:
    if item.start >= item.end:
        yield item.origin.finding("H003", "end", start=item.start, end=item.end)


def _spans(hours: tuple[m.Hours, ...]) -> Iterator[Diagnostic]:
    seen: dict[str, list[m.Hours]] = {}
    for span in hours:
        yield from _backwards(span)
        for day in span.days:
            if any(span.start < other.end and other.start < span.end for other in seen.get(day, ())):
                yield span.origin.finding("H002", "start", start=span.start, end=span.end, day=day)
                break
        for day in span.days:
            seen.setdefault(day, []).append(span)


def _meetings(office: m.Office) -> Iterator[Diagnostic]:
    rule = office.meeting_rule
    for meeting in office.meetings if rule else ():
        assert rule is not None
        if meeting.start < rule.start or meeting.end > rule.end:
            yield meeting.origin.finding("H004", "start", **text_in_both("name", meeting.name), start=rule.start, end=rule.end)


def _contacts(catalogue: Catalogue) -> Iterator[Diagnostic]:
    roles = {hotline.role for hotline in catalogue.hotlines.values()}
    if "regulation_feedback" not in roles:
        yield catalogue.office.origin.finding("H005", "main_hotline", key=True)
    if "leader" not in roles:
        yield catalogue.office.origin.finding("H006", "main_hotline", key=True)
    main = catalogue.hotlines.get(catalogue.office.main_hotline)
    if main is not None and main.phone is None:
        yield catalogue.office.origin.finding("H007", "main_hotline", id=main.id)
