"""What is paid, since when, and by which law: F001 to F007, F009, F010."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from niemyet.checks.context import Context
from niemyet.checks.values import IN_USE, both, date_in_both, text_in_both, written
from niemyet.findings.finding import Diagnostic
from niemyet.model.fees import Fee, FeeValue
from niemyet.model.procedure import FeeUse, Procedure

NOTICE_DAYS = 60
"""How long before a change of amount the office is told to reprint its sheets."""

Below = tuple[str | int, ...]

_BELONGS_TO: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("amount_vnd", "an amount_vnd", ("fixed",)),
    ("tiers", "tiers", ("tiered",)),
    ("cap_vnd", "a cap_vnd", ("fixed", "tiered")),
)
"""A key, the key in an English sentence, and the statuses it may stand beside."""


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    uses_are_known = catalogue.unresolved.is_whole("procedure")
    for fee in catalogue.fees.values():
        yield from _history(fee, context.today)
        for value in fee.values:
            yield from _value(value)
        if uses_are_known and fee.id not in catalogue.fee_uses:
            yield fee.origin.finding("F006", "id", fee=fee.id)


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    if procedure.status in IN_USE and procedure.channels:
        for use in procedure.fees:
            yield from _never_shown(procedure, use)


def _value(value: FeeValue) -> Iterator[Diagnostic]:
    if value.amount.status != "not_stated" and not value.legal:
        yield value.origin.finding("F001", "status", status=value.amount.status)
    data = written(value)
    yield from _contradictions(value, data, ())
    yield from _tiers(value, data, ())
    seen: dict[str, int] = {}
    for i, row in enumerate(data.get("by_channel", ())):
        yield from _contradictions(value, row, ("by_channel", i))
        yield from _tiers(value, row, ("by_channel", i))
        if seen.setdefault(row["channel"], i) != i:
            yield value.origin.finding("F007", "by_channel", i, "channel", channel=row["channel"])


def _contradictions(value: FeeValue, row: dict[str, Any], below: Below) -> Iterator[Diagnostic]:
    status = row["status"]

    def say(key: str, vi: str, en: str) -> Diagnostic:
        return value.origin.finding(
            "F002", *below, key, key=key != "status", status=status, **both("problem", vi, en)
        )

    for key, english, statuses in _BELONGS_TO:
        if key in row and status not in statuses:
            yield say(
                key, f"ghi {status} nhưng lại có {key}", f"it says {status} but has {english}"
            )
        elif key not in row and statuses == (status,):
            vi, en = f"ghi {status} nhưng chưa có {key}", f"it says {status} but has no {key}"
            yield say("status", vi, en)
    if row.get("cap_vnd", 0) and row["cap_vnd"] < row.get("amount_vnd", 0):
        vi, en = "cap_vnd nhỏ hơn amount_vnd", "its cap_vnd is less than its amount_vnd"
        yield say("cap_vnd", vi, en)


def _tiers(value: FeeValue, row: dict[str, Any], below: Below) -> Iterator[Diagnostic]:
    def say(i: int, key: str, vi: str, en: str) -> Diagnostic:
        return value.origin.finding(
            "F003", *below, "tiers", i, key, number=str(i + 1), **both("problem", vi, en)
        )

    expected: int | None = 1
    for i, tier in enumerate(row.get("tiers", ())):
        first, last = tier["first"], tier.get("last")
        vi = en = ""
        if expected is None:
            vi = "bậc trước không có điểm cuối (last) nên trùm lên bậc này"
            en = "the tier before it has no end (last), so it covers this one"
        elif first < expected:
            vi, en = "chồng lên bậc trước", "it overlaps the tier before it"
        elif first > expected:
            vi = f"bỏ trống các đơn vị từ {expected} đến {first - 1}"
            en = f"units {expected} to {first - 1} have no price"
        if vi:
            yield say(i, "first", vi, en)
        if last is not None and last < first:
            vi = "điểm cuối (last) nhỏ hơn điểm đầu (first)"
            yield say(i, "last", vi, "its end (last) is before its start (first)")
        expected = None if last is None else max(first, last) + 1


def _history(fee: Fee, today: dt.date) -> Iterator[Diagnostic]:
    rows = written(fee)["values"]
    if fee.current is None:
        yield fee.origin.finding(
            "F004", "values", 0, "from", fee=fee.id, **date_in_both("date", fee.values[0].from_date)
        )
    for i in range(1, len(rows)):
        day, before = rows[i]["from"], rows[i - 1]["from"]
        if day <= before:
            vi, en = (
                ("trùng ngày với mức trước", "it has the date of the one before it")
                if day == before
                else ("sớm hơn mức đứng trên nó", "it is earlier than the one above it")
            )
            yield fee.origin.finding("F005", "values", i, "from", **both("problem", vi, en))
    for value in fee.values:
        days = (value.from_date - today).days
        if 0 < days <= NOTICE_DAYS:
            words = {**text_in_both("name", fee.name), **date_in_both("date", value.from_date)}
            yield value.origin.finding("F010", "from", fee=fee.id, days=str(days), **words)


def _never_shown(p: Procedure, use: FeeUse) -> Iterator[Diagnostic]:
    """A fee bound to channels and cases that no channel row in force offers together."""
    if not set(use.cases) <= {case.id for case in p.cases}:
        return  # a case that does not exist is a finding of its own
    for row in p.channels:
        meets_channel = not use.channels or row.channel in use.channels
        meets_case = not use.cases or not row.cases or bool(set(use.cases) & set(row.cases))
        if meets_channel and meets_case:
            return
    yield use.origin.finding("F009", "fee", fee=use.fee)
