"""When a procedure was last compared with its source: D004, D012, D013."""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.checks.context import Context
from niemyet.checks.values import date_in_both
from niemyet.findings.finding import Diagnostic
from niemyet.model.procedure import Procedure


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    p, today = procedure, context.today
    if p.review_by < today and p.status != "repealed":
        days = (today - p.review_by).days
        yield p.origin.finding(
            "D004", "review_by", days=str(days), **date_in_both("date", p.review_by)
        )
    if p.verified_on > today:
        yield p.origin.finding("D012", "verified_on", **date_in_both("date", p.verified_on))
    if p.review_by < p.verified_on:
        words = {**date_in_both("date", p.review_by), **date_in_both("verified", p.verified_on)}
        yield p.origin.finding("D013", "review_by", **words)
