"""Rules that look across files, one module per topic. Each module's docstring is its manual.

A module has `check(catalogue, today)`, which yields findings; `today` is an argument so that a check can be repeated.
"""

from __future__ import annotations

import datetime as dt
from types import ModuleType

from generator.catalogue import Catalogue
from generator.checks import (
    calendars,
    deadlines,
    fees,
    form,
    hours,
    identity,
    lifecycle,
    posting,
    references,
    reviews,
    translations,
    wording,
)
from generator.diagnostics import Diagnostic

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
)


def check_all(catalogue: Catalogue, today: dt.date) -> list[Diagnostic]:
    """The findings of every module, in the order of `ALL`."""
    return [finding for module in ALL for finding in module.check(catalogue, today)]
