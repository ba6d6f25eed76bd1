"""What the centre says of itself on its walls: its process, its standards, its hours, its
cameras."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.model.content import Hotline
from niemyet.model.office import DAYS, Hours, Meeting, MeetingRule, Reception
from niemyet.model.procedure import Step
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_sheet import legal_notes, wall_sheet
from niemyet.values.vietnamese import capitalised
from niemyet.view.office_view import day_spans
from niemyet.view.pages import name_of
from niemyet.view.words import Words


def sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    yield from _process(catalogue, words)
    yield from _standards(catalogue, words)
    yield from _hours(catalogue, words)
    yield from _cameras(catalogue, words)


def _process(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    steps = [step for step in catalogue.steps.values() if step.order is not None]
    if not steps or not words.has(steps):
        return
    shown = [_step(catalogue, words, step) for step in steps]
    basis = legal_notes(words, [id for step in steps for id in step.legal])
    content = {
        "lead": words.ui("process_lead"),
        "steps": shown,
        "foot_notes": [words.ui("print_process_time"), *basis],
    }
    icons = {
        "clipboard-check-outline",
        "file-check-outline",
        "clock-outline",
        *(step["icon"] for step in shown),
    }
    for paper in ("a1", "a3"):
        yield wall_sheet(
            words,
            id=f"quy-trinh/{paper}",
            kind="process",
            paper=paper,
            title=words.ui("process_title"),
            short=name_of("process"),
            content=content,
            source=steps[0].origin.path,
            icons=icons,
        )


def _step(catalogue: Catalogue, words: Words, step: Step) -> dict[str, str]:
    actor = catalogue.actors.get(step.actor)
    return {
        "name": words.text(step.title),
        "text": words.text(step.text),
        "who": words.text(actor.name) if actor else "",
        "icon": (actor.icon if actor else "") or "account-outline",
        "limit": words.step_limit(step),
        "receipt": words.text(step.receipt),
    }


def _standards(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    standards = [standard for standard in catalogue.standards.values() if words.has(standard)]
    if not standards:
        return
    is_sure = all(standard.verification == "verified" for standard in standards)
    content = {
        "lead": words.ui("standards_lead"),
        "standards": [
            {
                "title": words.text(standard.title),
                "intro": words.text(standard.intro),
                "items": [
                    {"name": words.text(item.title), "text": words.text(item.meaning)}
                    for item in standard.items
                ],
            }
            for standard in standards
        ],
        "foot_notes": [] if is_sure else [words.ui("print_standards_unverified")],
    }
    for paper in ("a1", "a3"):
        yield wall_sheet(
            words,
            id=f"chuan-muc/{paper}",
            kind="standards",
            paper=paper,
            title=words.ui("standards_title"),
            short=name_of("standards"),
            content=content,
            source=standards[0].origin.path,
            icons=("account-heart-outline",),
        )


def _hours(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    office = catalogue.office
    rule = office.meeting_rule
    hotlines = catalogue.hotlines
    receptions = [(r, hotlines[r.who]) for r in office.reception if r.who in hotlines]
    titles = [(item, who.title) for item, who in receptions]
    if not words.has(office.hours_note, rule, office.meetings, titles):
        return
    content = {
        "hours": _week(words, office.hours),
        "note": words.text(office.hours_note),
        "rule": rule and _rule(words, rule, office.meetings),
        "receptions": [_reception(words, item, who) for item, who in receptions],
    }
    yield wall_sheet(
        words,
        id="gio-lam-viec/a3",
        kind="hours",
        paper="a3",
        title=words.ui("opening_hours"),
        short=name_of("hours"),
        content=content,
        source=office.origin.path,
        icons=("calendar-clock", "clock-outline", "account-group", "account-tie"),
    )


def _rule(words: Words, rule: MeetingRule, meetings: Iterable[Meeting]) -> dict[str, Any]:
    rows = []
    for meeting in meetings:
        day, span = words.day(meeting.day), words.span(meeting.start, meeting.end)
        rows.append({"name": words.text(meeting.name), "when": f"{capitalised(day)}, {span}"})
    return {
        "text": words.text(rule.text),
        "span": words.span(rule.start, rule.end),
        "exceptions": words.text(rule.exceptions),
        "meetings": rows,
    }


def _week(words: Words, hours: tuple[Hours, ...]) -> list[dict[str, Any]]:
    """Days that are alike in one line, Monday first; days without hours say so."""
    open_days = day_spans(words, hours)
    seen = {day for days, _ in open_days for day in days}
    closed = tuple(day for day in DAYS if day not in seen)
    lines = [{"days": words.days(days), "spans": spans} for days, spans in open_days]
    return [*lines, {"days": words.days(closed), "spans": []}] if closed else lines


def _reception(words: Words, item: Reception, who: Hotline) -> dict[str, str]:
    numbers = ", ".join(map(str, item.weeks))
    weeks = f" ({words.ui('weeks_of_month', weeks=numbers)})" if numbers else ""
    return {
        "who": words.text(who.title),
        "day": f"{capitalised(words.day(item.day))}{weeks}",
        "time": words.span(item.start, item.end),
        "place": words.text(item.place),
        "note": words.text(item.note),
    }


def _cameras(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    for notice in catalogue.notices.values():
        if notice.kind != "camera" or not notice.is_shown(catalogue.on) or not words.has(notice):
            continue
        contact = catalogue.hotlines.get(notice.contact)
        content = {
            "rows": [_labelled(words.text(paragraph)) for paragraph in notice.paragraphs],
            "contact": words.phone(contact) if contact else "",
            "contact_title": (
                words.text(contact.title) if contact and words.has(contact.title) else ""
            ),
            "responsible": (
                f"{words.text(catalogue.office.name)} {words.text(catalogue.office.ward)}"
            ),
            "foot_notes": legal_notes(words, notice.legal),
        }
        yield wall_sheet(
            words,
            id=f"{notice.id}/a3",
            kind="camera",
            paper="a3",
            title=words.text(notice.title),
            short=name_of("notices"),
            day=notice.from_date,
            content=content,
            source=notice.origin.path,
            icons=("cctv",),
        )


def _labelled(paragraph: str) -> dict[str, str]:
    """`Ghi gì: hình ảnh …` as a label and its text; a paragraph without a short beginning has no
    label."""
    label, colon, text = paragraph.partition(": ")
    if not colon or len(label) > 30:
        return {"label": "", "text": paragraph}
    return {"label": label, "text": capitalised(text)}
