"""Rules across files. Each module has one `check(catalogue, today)`; its docstring says what and why."""

from __future__ import annotations

import datetime as dt

from generator.catalogue import Catalogue
from generator.checks import calendars, deadlines, fees, hours, identity, lifecycle, posting, references, reviews, translations, wording
from generator.diagnostics import Diagnostic

ALL = (references, identity, fees, deadlines, calendars, reviews, lifecycle, hours, posting, wording, translations)


def check_all(catalogue: Catalogue, today: dt.date) -> list[Diagnostic]:
    """The findings of every rule, module by module."""
    return [finding for module in ALL for finding in module.check(catalogue, today)]
