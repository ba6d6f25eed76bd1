"""Time limits that can be kept and counted.

What it checks: a same-day limit has its cut-off hour (D001), channels of one case agree or say why not (D002), dates run
forward (D008), each case has a way in (D009) and only one limit per channel (D011).
Why it matters to citizens: the date they are promised depends on it.
Wrong: `limit: {kind: same_day}`.
Right: `limit: {kind: same_day, cutoff: "15:00"}`.
Source: the national database gives different limits for the same case in some records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator import model as m
from generator.catalogue import Catalogue
from generator.checks.values import text_in_both
from generator.diagnostics import Diagnostic


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings D001, D002, D008, D009 and D011."""
    for procedure in catalogue.procedures.values():
        yield from _procedure(procedure)
    for document in catalogue.legal.values():
        yield from _dates(document, document.effective_from, document.effective_to)


def _dates(item: m.Item, start: dt.date | None, end: dt.date | None) -> Iterator[Diagnostic]:
    if start and end and end < start:
        yield item.origin.finding("D008", "effective_to", start=start.isoformat(), end=end.isoformat())


def _procedure(p: m.Procedure) -> Iterator[Diagnostic]:
    yield from _dates(p, p.effective_from, p.effective_to)
    for row in (*p.channels, *p.former_channels):
        yield from _dates(row, row.effective_from, row.effective_to)
        if row.limit.value.kind == "same_day" and row.limit.value.cutoff is None:
            yield row.origin.finding("D001", "limit", "kind")
    if not p.channels:
        yield p.origin.finding("D009", "channels", key=True, case_vi="mọi trường hợp", case_en="every case")
        return
    everyone = [case.id for case in p.cases] or [""]
    seen: dict[tuple[str, str], m.ChannelRow] = {}
    by_case: dict[str, list[m.ChannelRow]] = {case: [] for case in everyone}
    for row in p.channels:
        for case in row.cases or everyone:
            if (case, row.channel) in seen:
                yield row.origin.finding("D011", "channel", channel=row.channel)
                break
            seen[case, row.channel] = row
            by_case.setdefault(case, []).append(row)
    reported: set[int] = set()
    for case, rows in by_case.items():
        if not rows:
            index = next(i for i, c in enumerate(p.cases) if c.id == case)
            yield p.cases[index].origin.finding("D009", "id", **text_in_both("case", p.cases[index].name))
        for row in rows[1:]:
            is_told = any(r.why_different for r in rows)
            if row.limit.value != rows[0].limit.value and not is_told and id(row) not in reported:
                reported.add(id(row))
                yield row.origin.finding("D002", "limit", key=True, channel=row.channel, other=rows[0].channel)
