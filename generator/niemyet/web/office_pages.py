"""What the centre says about itself: process, contacts, hours, guidance, handling, standards, laws,
notices, forms, letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from niemyet.letters.letter import shown_blank
from niemyet.model.catalogue import Catalogue
from niemyet.model.content import LegalDocument
from niemyet.model.forms_and_letters import Letter
from niemyet.values.vietnamese import slug
from niemyet.view.artifact import Page
from niemyet.view.office_view import blocks_of, day_spans
from niemyet.view.pages import form_page
from niemyet.view.words import Words
from niemyet.web.renderer import Renderer

Context = dict[str, Any]


def pages(renderer: Renderer) -> Iterator[Page]:
    catalogue, words = renderer.catalogue, renderer.words
    contexts: dict[str, Context] = {
        "process": _process(words),
        "contacts": _contacts(words),
        "hours": _hours(words),
        "guidance": _guidance(words),
        "handling": _handling(words),
        "standards": {"standards": _all(words, catalogue.standards.values())},
        "law": _law(words),
        "notices": _notices(words),
        "forms": _forms(words),
        "letters": {"letters": _letters(words)},
        "report": {"report_email": catalogue.settings.report_email},
    }
    for name, context in contexts.items():
        yield renderer.named_page(name, office=catalogue.office, **context)
    for form in _all(words, catalogue.forms.values()):
        yield renderer.page(
            "form.html",
            path=form_page(form.id),
            title=words.text(form.title),
            description=words.text(form.intro) or words.ui("forms_lead"),
            langs=tuple(lang for lang in catalogue.languages if Words(catalogue, lang).has(form)),
            source=form.origin.path,
            office=catalogue.office,
            form=form,
            sections=blocks_of(form),
        )


def _letters(words: Words) -> list[tuple[Letter, list[str]]]:
    """Each letter with its paragraphs for reading, blanks shown as dots."""
    found = []
    for letter in _all(words, words.catalogue.letters.values()):
        dates = frozenset(blank.id for blank in letter.blanks if blank.kind == "date")
        texts = [
            shown_blank(words.text(text), words.ui("letter_date_short"), dates)
            for text in letter.paragraphs
        ]
        found.append((letter, texts))
    return found


def _all(words: Words, items: Iterable[Any]) -> list[Any]:
    """The items that are complete in the language."""
    return [item for item in items if words.has(item)]


def _laws(catalogue: Catalogue, ids: tuple[str, ...]) -> list[LegalDocument]:
    return [catalogue.legal[id] for id in ids if id in catalogue.legal]


def _process(words: Words) -> Context:
    catalogue = words.catalogue
    steps = [s for s in _all(words, catalogue.steps.values()) if s.order is not None]
    return {
        "steps": [
            (s, catalogue.actors.get(s.actor), words.step_limit(s), _laws(catalogue, s.legal))
            for s in steps
        ]
    }


def _contacts(words: Words) -> Context:
    catalogue = words.catalogue
    groups = [
        (g, _all(words, (catalogue.hotlines[id] for id in g.hotlines if id in catalogue.hotlines)))
        for g in catalogue.hotline_groups
    ]
    return {"groups": [(g, items) for g, items in groups if items and words.has(g)]}


def _hours(words: Words) -> Context:
    catalogue = words.catalogue
    office, calendar = catalogue.office, catalogue.calendar
    receptions = [
        (item, catalogue.hotlines[item.who])
        for item in office.reception
        if item.who in catalogue.hotlines
    ]
    return {
        "hours": day_spans(words, office.hours),
        "receptions": receptions,
        "calendar": calendar,
        "days_off": [d for d in sorted(calendar.off, key=lambda d: d.day) if d.day >= catalogue.on],
        "days_worked": [
            d for d in sorted(calendar.work, key=lambda d: d.day) if d.day >= catalogue.on
        ],
        "counters": [
            (c, day_spans(words, c.hours))
            for c in office.counters
            if c.kind in ("counter", "cashier", "results", "guidance")
        ],
    }


def _guidance(words: Words) -> Context:
    catalogue = words.catalogue
    counters = catalogue.office.counters
    hotlines = [h for h in catalogue.hotlines.values() if h.role == "guidance" and h.phone]
    return {
        "desks": [
            (c, day_spans(words, c.hours or catalogue.office.hours))
            for c in counters
            if c.kind == "guidance"
        ],
        "others": [
            c
            for c in counters
            if c.kind in ("suggestion_box", "law_bookcase", "waiting", "self_service")
        ],
        "hotline": hotlines[0] if hotlines else words.main_hotline,
    }


def _handling(words: Words) -> Context:
    catalogue = words.catalogue
    groups: dict[str, list[Any]] = {"file": [], "mistake": [], "complaint": []}
    for item in _all(words, catalogue.handlings.values()):
        hotline = catalogue.hotlines.get(item.answered_by)
        letter, form = catalogue.letters.get(item.letter), catalogue.forms.get(item.form)
        groups[item.group].append((item, hotline, letter, form, _laws(catalogue, item.legal)))
    return {"groups": [(key, items) for key, items in groups.items() if items]}


def _law(words: Words) -> Context:
    catalogue = words.catalogue
    uses: dict[str, int] = {}
    for card in catalogue.public_summaries:
        for id in card.legal:
            uses[id] = uses.get(id, 0) + 1
    shelves = []
    for shelf in catalogue.shelves:
        documents = [
            (
                catalogue.legal[id],
                catalogue.legal.get(catalogue.legal[id].replaced_by),
                uses.get(id, 0),
            )
            for id in shelf.documents
            if id in catalogue.legal
        ]
        if documents and words.lang in shelf.name.by_lang:
            shelves.append(
                (words.text(shelf.name), f"ngan-{slug(shelf.origin.source.stem)}", documents)
            )
    bookcase = next((c for c in catalogue.office.counters if c.kind == "law_bookcase"), None)
    return {"shelves": shelves, "law_portal": catalogue.settings.law_portal, "shelf": bookcase}


def _notices(words: Words) -> Context:
    catalogue = words.catalogue
    shown = [n for n in _all(words, catalogue.notices.values()) if n.is_shown(catalogue.on)]
    return {
        "notices": [
            (n, catalogue.hotlines.get(n.contact), _laws(catalogue, n.legal)) for n in shown
        ]
    }


def _forms(words: Words) -> Context:
    catalogue = words.catalogue
    roles = ("staff_feedback", "regulation_feedback", "hotline")
    return {
        "forms": _all(words, catalogue.forms.values()),
        "feedback": [h for h in _all(words, catalogue.hotlines.values()) if h.role in roles],
    }
