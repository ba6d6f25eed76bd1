"""Time limits and the ways to hand in: D001, D002, D008, D009, D011."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from niemyet.checks.context import Context
from niemyet.checks.values import IN_USE, both, date_in_both, text_in_both, written
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Item, Limit
from niemyet.model.procedure import ChannelRow, Procedure
from niemyet.values.time_limits import format_limit

_CHANNELS = {
    "counter": ("nộp tại quầy", "at the counter"),
    "online": ("nộp trực tuyến", "online"),
    "post": ("gửi bưu chính", "by post"),
}


def check_across(context: Context) -> Iterator[Diagnostic]:
    for handling in context.catalogue.handlings.values():
        if handling.limit.value.kind == "same_day" and handling.limit.value.cutoff is None:
            yield handling.origin.finding("D001", "limit", "kind")
    for document in context.catalogue.legal.values():
        yield from _order(document, document.effective_from, document.effective_to)


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    yield from _cutoffs(procedure)
    yield from _backwards(procedure)
    if procedure.status in IN_USE:
        yield from _different_limits(procedure)
        yield from _twice(procedure)
    if procedure.is_public(context.catalogue.on):
        yield from _no_way_in(procedure)


def _cutoffs(p: Procedure) -> Iterator[Diagnostic]:
    for row in p.channels:
        if row.limit.value.kind == "same_day" and row.limit.value.cutoff is None:
            yield row.origin.finding("D001", "limit", "kind")


def _backwards(p: Procedure) -> Iterator[Diagnostic]:
    yield from _order(p, p.effective_from, p.effective_to)
    for i, row in enumerate(written(p)["channels"]):
        start, end = row.get("effective_from"), row.get("effective_to")
        if start and end:
            span = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
            yield from _order(p, *span, "channels", i)


def _order(
    item: Item, start: dt.date | None, end: dt.date | None, *below: str | int
) -> Iterator[Diagnostic]:
    if start and end and end < start:
        words = {**date_in_both("start", start), **date_in_both("end", end)}
        yield item.origin.finding("D008", *below, "effective_to", **words)


def _different_limits(p: Procedure) -> Iterator[Diagnostic]:
    """Each row whose limit differs from the first row of the same case, unless one of the two says
    why."""
    said: set[int] = set()
    for case in [case.id for case in p.cases] or [""]:
        rows = [(i, row) for i, row in enumerate(p.channels) if not row.cases or case in row.cases]
        for i, row in rows[1:]:
            first = rows[0][1]
            explained = row.why_different or first.why_different
            if (
                i not in said
                and row.channel != first.channel
                and not explained
                and _compared(row) != _compared(first)
            ):
                said.add(i)
                words = {
                    **both("channel", *_CHANNELS[row.channel]),
                    **both("other", *_CHANNELS[first.channel]),
                    **both("limit", _shown(row.limit, "vi"), _shown(row.limit, "en")),
                    **both("other_limit", _shown(first.limit, "vi"), _shown(first.limit, "en")),
                }
                yield row.origin.finding("D002", "limit", "kind", **words)


def _compared(row: ChannelRow) -> tuple[object, str]:
    """What makes two limits the same promise; the cut-off hour of a channel may be its own."""
    return replace(row.limit.value, cutoff=None), str(row.limit.text or "")


def _shown(limit: Limit, lang: str) -> str:
    text = limit.text.get(lang) or str(limit.text) if limit.text else "…"
    return format_limit(limit.value, lang, text)


def _no_way_in(p: Procedure) -> Iterator[Diagnostic]:
    if not p.channels:
        vi = "Thủ tục này chưa có cách nộp nào đang áp dụng"
        en = "This procedure has no way to hand in that is in force"
        yield p.origin.finding("D009", "channels", key=True, **both("problem", vi, en))
        return
    for case in p.cases:
        if not any(not row.cases or case.id in row.cases for row in p.channels):
            name = text_in_both("case", case.name)
            vi = f"Trường hợp “{name['case_vi']}” chưa có cách nộp nào đang áp dụng"
            en = f"The case “{name['case_en']}” has no way to hand in that is in force"
            yield case.origin.finding("D009", "id", **both("problem", vi, en))


def _twice(p: Procedure) -> Iterator[Diagnostic]:
    every_case = [case.id for case in p.cases] or [""]
    first: dict[tuple[str, str], ChannelRow] = {}
    for row in p.channels:
        places = [(row.channel, case) for case in row.cases or every_case]
        taken = next((first[place] for place in places if place in first), None)
        if taken is not None:
            line = taken.origin.source.position(taken.origin.at).line
            yield row.origin.finding(
                "D011", "channel", first=str(line), **both("channel", *_CHANNELS[row.channel])
            )
        for place in places:
            first.setdefault(place, row)
