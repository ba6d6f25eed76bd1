"""What an import left for a person to look at.

What it checks: a procedure whose import listed places to look at still has some (I010).
Why it matters to citizens: the program does not guess; a place nobody looked at may lack a fee or a
time limit.
Wrong: `to_review` with a line on `channels[0].limit`, months after the import.
Right: the limit looked up and written, the line deleted.
Source: Circular 02/2017/TT-VPCP: what is posted is to be correct and complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from niemyet.checks.values import written
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Catalogue
from niemyet.values.vietnamese import quote


def check_procedure(
    catalogue: Catalogue, procedure: Procedure, today: dt.date
) -> Iterator[Diagnostic]:
    """Finding I010 of one procedure."""
    left = written(procedure).get("to_review")
    if left:
        yield procedure.origin.finding(
            "I010", "to_review", key=True, count=str(len(left)), first=quote(left[0]["at"])
        )
