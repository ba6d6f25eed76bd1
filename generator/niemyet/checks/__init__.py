"""Rules beyond the schemas, one module per topic; `messages.yml` is their manual.

A module has one or more of these hooks, which yield findings. Functions of the same names here run
that hook of every module:

- `check_procedure(context, procedure)`: one procedure; the catalogue need hold no other;
- `check_file(context, source, texts)`: the name and the texts of one file;
- `check_across(context)`: everything else, and how procedures fit together.
"""

from __future__ import annotations

from types import ModuleType

from niemyet.checks import (
    calendars,
    deadlines,
    fees,
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
from niemyet.checks.context import Context as Context
from niemyet.checks.texts import texts_in
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Procedure
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
    imports,
    letters,
)

_ACROSS = tuple(module for module in ALL if hasattr(module, "check_across"))
_BY_PROCEDURE = tuple(module for module in ALL if hasattr(module, "check_procedure"))
_BY_FILE = tuple(module for module in ALL if hasattr(module, "check_file"))


def check_procedure(context: Context, procedure: Procedure) -> list[Diagnostic]:
    return [f for module in _BY_PROCEDURE for f in module.check_procedure(context, procedure)]


def check_file(context: Context, source: Source) -> list[Diagnostic]:
    texts = texts_in(source, context.catalogue.settings.default_language)
    return [f for module in _BY_FILE for f in module.check_file(context, source, texts)]


def check_across(context: Context) -> list[Diagnostic]:
    """The findings about all that is no single procedure, the other files among it."""
    findings = [finding for module in _ACROSS for finding in module.check_across(context)]
    for source in context.catalogue.sources:
        if source.kind != "procedure":
            findings += check_file(context, source)
    return findings
