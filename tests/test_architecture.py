"""The house keeps its shape: imports run one way, rooms stay small, and only the doors touch the outside."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).resolve().parents[1] / "generator"

# From the ground up: a module imports only from those named before it.
SPINE = (
    "text",
    "diagnostics",
    "quantities",
    "source",
    "schema",
    "manual",
    "model",
    "entries",
    "settings_entries",
    "catalogue",
    "checks",
    "rendering",
    "outputs",
    "fonts",
    "writer",
    "gather",
    "report",
    "site",
    "mkdocs_plugin",
    "build",
    "serve",
    "cli",
    "__main__",
)
MOST_LINES = 400
# Declarations only: the glossary in code, and one reader for each of its entries.
LONGER = {"model.py": 620, "entries.py": 480}


def modules() -> list[Path]:
    return sorted(p for p in GENERATOR.rglob("*.py") if p.name != "__init__.py" or p.parent != GENERATOR)


def floor(module: str) -> int:
    return SPINE.index(module)


def imported(path: Path) -> set[str]:
    """The top-level names of our own modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            names.add((node.module or "").split(".")[1])
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(GENERATOR)))
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(GENERATOR).parts[0].removesuffix(".py")
    higher = {name for name in imported(path) if floor(name) > floor(own)}
    assert not higher, f"{own} imports {sorted(higher)}, which stand above it"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(GENERATOR)))
def test_a_module_is_no_longer_than_a_reader_can_hold(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGER.get(path.name, MOST_LINES)


def test_only_the_site_adapter_knows_mkdocs() -> None:
    doors = {"site.py", "mkdocs_plugin.py", "serve.py", "cli.py"}
    strangers = {p.name for p in modules() if "mkdocs" in _external(p) and p.name not in doors}
    assert not strangers


def _external(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_only_the_doors_ask_the_clock_or_print() -> None:
    clocks, printers = {"cli.py", "mkdocs_plugin.py"}, {"cli.py", "mkdocs_plugin.py", "manual.py"}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow") and ast.unparse(node.value).startswith("dt"):
                assert path.name in clocks, f"{path.name} asks the clock"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                assert path.name in printers, f"{path.name} prints"
