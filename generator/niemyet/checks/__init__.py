"""Rules beyond the schemas, one module per topic. Each module's docstring is its manual.

A module has one or more of these, which yield findings; `today` is an argument so that a check can
be repeated: `check_procedure(catalogue, procedure, today)` about one procedure, for which the
catalogue need hold no other; `check_source(catalogue, source)` about the texts of one file;
`check(catalogue, today)` about everything else, which knows procedures by their cards.
"""

from __future__ import annotations

import datetime as dt
from types import ModuleType

from niemyet.checks import (
    calendars,
    deadlines,
    fees,
    form,
    hours,
    identity,
    imports,
    letters,
    lifecycle,
    posting,
    references,
    reviews,
    translations,
    wording,
)
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Catalogue
from niemyet.source.loader import Source

ALL: tuple[ModuleType, ...] = (
    references,
    identity,
    fees,
    deadlines,
    calendars,
    reviews,
    lifecycle,
    hours,
    posting,
    wording,
    translations,
    form,
    imports,
    letters,
)

ACROSS = tuple(module for module in ALL if hasattr(module, "check"))
BY_PROCEDURE = tuple(module for module in ALL if hasattr(module, "check_procedure"))
BY_FILE = tuple(module for module in ALL if hasattr(module, "check_source"))


def check_all(catalogue: Catalogue, today: dt.date) -> list[Diagnostic]:
    """The findings of every module about everything in the catalogue."""
    findings = check_across(catalogue, today)
    for procedure in catalogue.procedures.values():
        findings.extend(check_one(catalogue, procedure, today))
    for source in catalogue.sources:
        if source.kind == "procedure":
            findings.extend(check_file(catalogue, source))
    return findings


def check_across(catalogue: Catalogue, today: dt.date) -> list[Diagnostic]:
    """The findings about all that is no single procedure: the other files, and how procedures fit
    together."""
    findings = [finding for module in ACROSS for finding in module.check(catalogue, today)]
    for source in catalogue.sources:
        if source.kind != "procedure":
            findings.extend(check_file(catalogue, source))
    return findings


def check_one(catalogue: Catalogue, procedure: Procedure, today: dt.date) -> list[Diagnostic]:
    """The findings about one procedure that need no other procedure."""
    return [
        finding
        for module in BY_PROCEDURE
        for finding in module.check_procedure(catalogue, procedure, today)
    ]


def check_file(catalogue: Catalogue, source: Source) -> list[Diagnostic]:
    """The findings about the texts and the form of one file."""
    return [finding for module in BY_FILE for finding in module.check_source(catalogue, source)]
