"""Every check module is listed, documented and pure."""

from __future__ import annotations

import pkgutil
from types import ModuleType

import pytest

from niemyet import checks

HEADINGS = ("What it checks:", "Why it matters to citizens:", "Wrong:", "Right:", "Source:")
WITHOUT_RULES = {"texts", "values"}


def test_every_module_with_rules_is_run() -> None:
    found = {module.name for module in pkgutil.iter_modules(checks.__path__)}
    assert {module.__name__.rsplit(".", 1)[-1] for module in checks.ALL} == found - WITHOUT_RULES


@pytest.mark.parametrize("module", checks.ALL, ids=lambda module: module.__name__)
def test_the_docstring_of_a_module_is_its_manual(module: ModuleType) -> None:
    places = [(module.__doc__ or "").find(f"\n{heading} ") for heading in HEADINGS]
    assert -1 not in places and places == sorted(places)
