"""The life of procedures and of the law they rest on: L001 to L007."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from niemyet.checks.context import Context
from niemyet.checks.values import IN_USE, both, date_in_both, text_in_both
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Item, Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.content import LegalDocument
from niemyet.model.procedure import Procedure

ENDING_DAYS = 180
"""How long before its end a legal document in use is mentioned."""

_GONE = {"repealed": ("đã bãi bỏ", "repealed"), "draft": ("còn là bản nháp", "still a draft")}


@dataclass(frozen=True, slots=True)
class _Use:
    """An item that rests on legal documents, from a day on (None: already)."""

    item: Item
    legal: tuple[str, ...]
    since: dt.date | None = None


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue, today = context.catalogue, context.today
    uses: dict[str, int] = {}
    for card in catalogue.summaries.values():
        if card.status in IN_USE:
            for name in card.legal:
                if name in catalogue.legal:
                    uses[name] = uses.get(name, 0) + 1
    for use in _uses(catalogue):
        for i, name in enumerate(use.legal):
            document = catalogue.legal.get(name)
            if document is not None:
                uses[name] = uses.get(name, 0) + 1
                yield from _basis(catalogue, use, i, document, today)
    for name, count in uses.items():
        document = catalogue.legal[name]
        end = document.effective_to
        if end is not None and today <= end <= today + dt.timedelta(days=ENDING_DAYS):
            words = {"number": document.number, "count": str(count), **date_in_both("date", end)}
            yield document.origin.finding("L007", "effective_to", **words)
    yield from _leads_nowhere(catalogue)


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    yield from _life(procedure, context.today)
    if procedure.status not in IN_USE:
        return
    if not procedure.legal:
        yield procedure.origin.finding("L005", "legal", key=True)
    use = _Use(procedure, procedure.legal, procedure.effective_from)
    for i, name in enumerate(procedure.legal):
        document = context.catalogue.legal.get(name)
        if document is not None:
            yield from _basis(context.catalogue, use, i, document, context.today)


def _life(p: Procedure, today: dt.date) -> Iterator[Diagnostic]:
    if p.status != "active":
        return
    if p.effective_to is not None and p.effective_to < today:
        yield p.origin.finding("L001", "effective_to", **date_in_both("date", p.effective_to))
    if p.effective_from is not None and p.effective_from > today:
        yield p.origin.finding("L002", "effective_from", **date_in_both("date", p.effective_from))


def _uses(catalogue: Catalogue) -> Iterator[_Use]:
    """Everything in use that rests on law. Past amounts may rest on past law."""
    for fee in catalogue.fees.values():
        for value in (fee.current, fee.upcoming):
            if value is not None:
                yield _Use(value, value.legal, value.from_date)
    for step in catalogue.steps.values():
        yield _Use(step, step.legal)
    for form in catalogue.official_forms.values():
        yield _Use(form, form.legal)
    for notice in catalogue.notices.values():
        yield _Use(notice, notice.legal, notice.from_date)
    for handling in catalogue.handlings.values():
        yield _Use(handling, handling.legal)


def _basis(
    catalogue: Catalogue, use: _Use, i: int, document: LegalDocument, today: dt.date
) -> Iterator[Diagnostic]:
    day = max(today, use.since or today)
    if document.status == "repealed" or (
        document.effective_to is not None and document.effective_to < today
    ):
        new = catalogue.legal.get(document.replaced_by)
        vi, en = "tìm văn bản thay thế rồi sửa lại", "find the document that replaces it"
        if new is not None:
            vi = f"thay bằng {new.number}, id là {new.id}"
            en = f"use {new.number} instead; its id is {new.id}"
        words = both("advice", vi, en)
        yield use.item.origin.finding("L003", "legal", i, number=document.number, **words)
    elif document.effective_from is not None:
        if document.effective_from > day:
            when = date_in_both("date", document.effective_from)
            yield use.item.origin.finding("L004", "legal", i, number=document.number, **when)
    elif document.status == "future" and day == today:
        when = both("date", "một ngày chưa rõ", "a day not yet known")
        yield use.item.origin.finding("L004", "legal", i, number=document.number, **when)


def _leads_nowhere(catalogue: Catalogue) -> Iterator[Diagnostic]:
    gone = {card.code: card for card in catalogue.summaries.values() if card.status not in IN_USE}

    def one(item: Item, code: str, *below: str | int) -> Iterator[Diagnostic]:
        if code in gone:
            names = text_in_both("name", Text(gone[code].titles))
            state = both("state", *_GONE[gone[code].status])
            yield item.origin.finding("L006", *below, procedure=code, **names, **state)

    for i, code in enumerate(catalogue.settings.most_used):
        yield from one(catalogue.settings, code, "most_used", i)
    for event in catalogue.life_events.values():
        for part in event.procedures:
            yield from one(part, part.code)
    for card in catalogue.summaries.values():
        if card.status in IN_USE and not gone.keys().isdisjoint(card.related):
            procedure = catalogue.procedure(card)
            for i, code in enumerate(card.related):
                yield from one(procedure, code, "related", i)
