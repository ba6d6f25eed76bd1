"""What an import left for a person to look at: I010."""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.checks.context import Context
from niemyet.checks.values import written
from niemyet.findings.finding import Diagnostic
from niemyet.model.procedure import Procedure
from niemyet.values.vietnamese import quote


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    left = written(procedure).get("to_review")
    if left:
        yield procedure.origin.finding(
            "I010", "to_review", key=True, count=str(len(left)), first=quote(left[0]["at"])
        )
