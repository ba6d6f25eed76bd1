"""Every check module is run, names its codes, and leaves their manual to `messages.yml`."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from niemyet import checks
from niemyet.findings.finding import rules

WITHOUT_HOOKS = {"context", "names", "texts", "values"}
HOOKS = ("check_procedure", "check_file", "check_across")
YIELDED = re.compile(r'"([A-Z][0-9]{3})"')
NAMED = re.compile(r"\b([A-Z])([0-9]{3})(?: to [A-Z]([0-9]{3}))?\b")
MANUAL = re.compile(r"^(?:What it checks|Why it matters|Wrong|Right|Source)\b.*:", re.MULTILINE)


def yielded() -> dict[str, set[str]]:
    """The codes that each module of the package yields."""
    files = Path(checks.__path__[0]).glob("*.py")
    return {file.stem: set(YIELDED.findall(file.read_text("utf-8"))) for file in files}


def named(doc: str) -> Iterator[str]:
    for letter, first, last in NAMED.findall(doc):
        yield from (f"{letter}{n:03}" for n in range(int(first), int(last or first) + 1))


def test_every_module_with_a_hook_is_run() -> None:
    found = {module.name for module in pkgutil.iter_modules(checks.__path__)}
    assert {module.__name__.rsplit(".", 1)[-1] for module in checks.ALL} == found - WITHOUT_HOOKS
    assert all(any(hasattr(module, hook) for hook in HOOKS) for module in checks.ALL)


@pytest.mark.parametrize("module", checks.ALL, ids=lambda module: module.__name__)
def test_a_module_names_the_codes_it_yields_and_explains_none(module: ModuleType) -> None:
    name = module.__name__.rsplit(".", 1)[-1]
    own = yielded()[name] | (yielded()["names"] if name == "references" else set())
    assert set(named(module.__doc__ or "")) == own
    assert own <= set(rules())
    text = Path(module.__file__ or "").read_text("utf-8")
    assert not MANUAL.search(text), "this belongs into messages.yml"


def test_no_code_is_yielded_by_two_modules() -> None:
    codes = [code for found in yielded().values() for code in found]
    assert len(codes) == len(set(codes))
