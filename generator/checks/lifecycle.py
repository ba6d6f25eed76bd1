"""Procedures and laws that are in force.

What it checks: procedures past their end (L001) or before their start (L002), repealed or future legal documents used as a
basis (L003, L004), no legal basis (L005), procedures out of use that are still offered (L006), laws that end soon (L007).
Why it matters to citizens: a repealed procedure on the wall is forbidden and useless.
Wrong: `status: active` with `effective_to: "2025-07-01"`.
Right: `status: repealed`.
Source: Circular 02/2017/TT-VPCP: no repealed procedure stays posted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator import model as m
from generator.catalogue import Catalogue
from generator.checks.values import IN_USE
from generator.diagnostics import Diagnostic

SOON_DAYS = 180


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings L001 to L007."""
    used: set[str] = set()
    for p in catalogue.procedures.values():
        if p.status not in IN_USE:
            continue
        if p.effective_to and p.effective_to < today:
            yield p.origin.finding("L001", "effective_to", date=p.effective_to.isoformat())
        if p.effective_from and p.effective_from > today:
            yield p.origin.finding("L002", "effective_from", date=p.effective_from.isoformat())
        if not p.legal:
            yield p.origin.finding("L005", "legal", key=True)
        for i, id in enumerate(p.legal):
            document = catalogue.legal.get(id)
            if document is not None:
                used.add(id)
                yield from _basis(catalogue, p, i, document, today)
        for i, code in enumerate(p.related):
            yield from _offered(catalogue, p, ("related", i), code)
    for event in catalogue.life_events.values():
        for i, code in enumerate(event.procedures):
            yield from _offered(catalogue, event, ("procedures", i), code)
    if catalogue.unsure.is_whole("settings"):
        for i, code in enumerate(catalogue.settings.most_used):
            yield from _offered(catalogue, catalogue.settings, ("most_used", i), code)
    for id in sorted(used):
        document = catalogue.legal[id]
        if document.effective_to and today < document.effective_to <= today + dt.timedelta(days=SOON_DAYS):
            yield document.origin.finding("L007", "effective_to", number=document.number, date=document.effective_to.isoformat())


def _basis(catalogue: Catalogue, p: m.Procedure, i: int, document: m.LegalDocument, today: dt.date) -> Iterator[Diagnostic]:
    if document.status == "repealed" or (document.effective_to and document.effective_to <= today):
        successor = catalogue.legal.get(document.replaced_by)
        yield p.origin.finding("L003", "legal", i, number=document.number, successor=successor.number if successor else "?")
    elif document.status == "future" or (document.effective_from and document.effective_from > today):
        yield p.origin.finding("L004", "legal", i, number=document.number)


def _offered(catalogue: Catalogue, item: m.Item, below: tuple[str | int, ...], code: str) -> Iterator[Diagnostic]:
    p = catalogue.procedures.get(code)
    if p is not None and p.status not in IN_USE:
        yield item.origin.finding("L006", *below, code=code)
