"""Fees that say exactly what is paid, since when and by which law.

What it checks: a legal basis (F001), amounts that agree with their status (F002), tiers without gap or overlap (F003), a
value in force today (F004), values in order of date (F005), fees nobody uses (F006), one row per channel (F007), changes
that are close (F010).
Why it matters to citizens: a wrong or unexplained amount costs them money or a second trip.
Wrong: `status: fixed` without `amount_vnd`.
Right: `status: fixed` and `amount_vnd: 8000` with `legal: [tt-281-2016-tt-btc]`.
Source: Circular 02/2017/TT-VPCP on posting fees with their legal basis.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator import model as m
from generator.catalogue import Catalogue
from generator.checks.values import date_in_both, text_in_both
from generator.diagnostics import Diagnostic

CLOSE_DAYS = 60
"""A change nearer than this is announced, so that posters can be printed in time."""


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings F001 to F007 and F010."""
    for fee in catalogue.fees.values():
        name = text_in_both("name", fee.name)
        yield from _order(fee)
        for value in fee.values:
            yield from _value(value, name)
        if fee.current is None:
            yield fee.origin.finding("F004", "values", key=True, **name)
        if fee.upcoming is not None and (fee.upcoming.from_date - today).days <= CLOSE_DAYS:
            yield fee.upcoming.origin.finding("F010", "from", **name, **date_in_both("date", fee.upcoming.from_date))
        if fee.id not in catalogue.fee_uses and catalogue.unsure.is_whole("procedure"):
            yield fee.origin.finding("F006", "id", **name)


def _order(fee: m.Fee) -> Iterator[Diagnostic]:
    written = fee.origin.source.data
    for part in fee.origin.at:
        written = written[part]
    dates = [value["from"] for value in written["values"]]
    for i in range(1, len(dates)):
        if dates[i] <= dates[i - 1]:
            yield fee.origin.finding("F005", "values", i, "from", date=dates[i], before=dates[i - 1])


def _value(value: m.FeeValue, name: dict[str, str]) -> Iterator[Diagnostic]:
    if value.amount.status != "not_stated" and not value.legal:
        yield value.origin.finding("F001", "status", key=True, **name)
    yield from _amount(value, value.amount, ())
    data = value.origin.source.data
    for part in value.origin.at:
        data = data[part]
    seen: set[str] = set()
    for i, row in enumerate(data.get("by_channel", ())):
        if row["channel"] in seen:
            yield value.origin.finding("F007", "by_channel", i, "channel", channel=row["channel"])
        elif row["channel"] in value.by_channel:
            yield from _amount(value, value.by_channel[row["channel"]], ("by_channel", i))
        seen.add(row["channel"])


def _amount(value: m.FeeValue, amount: m.Amount, below: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    fixed, tiered = amount.status == "fixed", amount.status == "tiered"
    if fixed != (amount.amount_vnd is not None) or tiered != bool(amount.tiers) or (amount.cap_vnd is not None and not (fixed or tiered)):
        yield value.origin.finding("F002", *below, "status", status=amount.status)
    expected = 1
    for i, tier in enumerate(amount.tiers):
        is_last = i == len(amount.tiers) - 1
        if tier.first != expected or (tier.last is None) != is_last and not (is_last and tier.last is not None) or (tier.last or tier.first) < tier.first:
            yield value.origin.finding("F003", *below, "tiers", i, "first", first=str(tier.first), expected=str(expected))
            return
        expected = (tier.last or tier.first) + 1
