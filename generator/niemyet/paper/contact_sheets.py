"""Whom to call: the board of hotlines and leaders, and the notice that says where feedback goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.model.content import Handling, Hotline
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_sheet import legal_notes, wall_sheet
from niemyet.values.vietnamese import uncapitalised
from niemyet.view.pages import name_of
from niemyet.view.words import Words

FEEDBACK_SIDES = (
    ("regulation_feedback", "scale-balance"),
    ("staff_feedback", "account-alert-outline"),
)
REACH_ICONS = ("email-outline", "web", "map-marker", "clock-outline")


def sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    yield from _board(catalogue, words)
    yield from _feedback(catalogue, words)


def _board(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    groups = []
    for group in catalogue.hotline_groups:
        found = [catalogue.hotlines[id] for id in group.hotlines if id in catalogue.hotlines]
        lines = [hotline for hotline in found if words.has(hotline)]
        if lines and words.has(group):
            groups.append((group, lines))
    if not groups:
        return
    hours = {words.text(hotline.hours) for _, lines in groups for hotline in lines} - {""}
    content = {
        "lead": words.ui("print_answered", hours=uncapitalised(hours.pop()))
        if len(hours) == 1
        else "",
        "groups": [
            {"name": words.text(group.name), "rows": [_line(words, h, bool(hours)) for h in lines]}
            for group, lines in groups
        ],
    }
    for paper in ("a1", "a3"):
        yield wall_sheet(
            words,
            id=f"duong-day-nong/{paper}",
            kind="contacts",
            paper=paper,
            title=words.ui("contacts_title"),
            short=name_of("contacts"),
            content=content,
            source=groups[0][0].origin.path,
            icons=("phone-in-talk",),
        )


def _line(words: Words, hotline: Hotline, say_hours: bool) -> dict[str, Any]:
    """A hotline on the board; its hours only where they are not those of all."""
    hours = words.text(hotline.hours) if say_hours else ""
    unsure = words.ui("verification_unverified") if hotline.verification == "unverified" else ""
    reach = (hotline.email or hotline.url.removeprefix("https://"), hours, unsure)
    return {
        "title": words.text(hotline.title),
        "person": words.text(hotline.person),
        "phone": words.phone(hotline),
        "for": words.text(hotline.purpose),
        "reach": "  ·  ".join(filter(None, reach)),
    }


def _feedback(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    sides = []
    for role, icon in FEEDBACK_SIDES:
        known = (h for h in catalogue.hotlines.values() if h.role == role and words.has(h))
        hotline = next(known, None)
        if hotline is None:
            return
        sides.append((role, icon, hotline, _handling(catalogue, words, hotline)))
    content = {
        "sides": [_side(words, *side) for side in sides],
        "foot_notes": legal_notes(words, [id for *_, item in sides if item for id in item.legal]),
    }
    yield wall_sheet(
        words,
        id="phan-anh/a3",
        kind="feedback",
        paper="a3",
        title=words.ui("print_feedback_title"),
        short=name_of("handling"),
        content=content,
        source=sides[0][2].origin.path,
        icons=("bullhorn", *REACH_ICONS, *(icon for _, icon in FEEDBACK_SIDES)),
    )


def _handling(catalogue: Catalogue, words: Words, hotline: Hotline) -> Handling | None:
    """How the office handles what comes to a hotline; a complaint before all else."""
    answered = (i for i in catalogue.handlings.values() if i.answered_by == hotline.id)
    found = [item for item in answered if words.has(item)]
    return min(found, key=lambda item: item.group != "complaint", default=None)


def _side(
    words: Words, role: str, icon: str, hotline: Hotline, item: Handling | None
) -> dict[str, Any]:
    reach = (
        hotline.email,
        hotline.url.removeprefix("https://"),
        words.text(hotline.address),
        words.text(hotline.hours),
    )
    return {
        "icon": icon,
        "name": words.ui(f"print_side_{role}"),
        "title": words.text(hotline.title),
        "for": words.text(hotline.purpose),
        "phone": words.phone(hotline),
        "reach": [
            {"icon": name, "text": text}
            for name, text in zip(REACH_ICONS, reach, strict=True)
            if text
        ],
        "promise": words.text(item.promise) if item else "",
        "steps": [words.text(step) for step in item.steps] if item else [],
        "limit": words.limit(item.limit) if item else "",
    }
