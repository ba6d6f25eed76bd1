"""When the content of a procedure was last compared with its source.

What it checks: the review is not overdue (D004), was not done in the future (D012), and the next
one comes after it (D013).
Why it matters to citizens: out-of-date postings are the first complaint; an overdue page tells its
readers so.
Wrong: `verified_on: "2027-11-24"`, a year ahead by a slip of the hand.
Right: the day on which somebody really compared the page with its source.
Source: Circular 02/2017/TT-VPCP: posted procedures are kept up to date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from niemyet.checks.values import date_in_both
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Catalogue


def check_procedure(
    catalogue: Catalogue, procedure: Procedure, today: dt.date
) -> Iterator[Diagnostic]:
    """Findings D004, D012 and D013 of one procedure."""
    p = procedure
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
