"""Pages that were looked at lately.

What it checks: reviews that are overdue (D004), check dates in the future (D012), reviews due before the last check (D013).
Why it matters to citizens: stale pages send them home with the wrong papers.
Wrong: `review_by: "2025-01-01"`.
Right: check the page against its source, then move `verified_on` and `review_by`.
Source: complaints about out-of-date postings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.values import IN_USE
from generator.diagnostics import Diagnostic


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings D004, D012 and D013."""
    for p in catalogue.procedures.values():
        if p.status in IN_USE and p.review_by < today:
            yield p.origin.finding("D004", "review_by", date=p.review_by.isoformat())
        if p.verified_on > today:
            yield p.origin.finding("D012", "verified_on", date=p.verified_on.isoformat())
        if p.review_by < p.verified_on:
            yield p.origin.finding("D013", "review_by", date=p.review_by.isoformat(), checked=p.verified_on.isoformat())
