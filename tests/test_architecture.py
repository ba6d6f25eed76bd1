"""The house keeps its plan: packages import one way, files stay small, only the doors touch the
outside. The plan itself, with its table, is `generator/architecture.md`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "generator" / "niemyet"
PLAN = PROJECT / "generator" / "architecture.md"

GROUND = {"values", "findings"}
SEEN = GROUND | {"source", "model"}
MAY_IMPORT: dict[str, set[str]] = {
    "values": set(),
    "findings": {"values"},
    "i18n": set(),
    "source": GROUND,
    "model": GROUND | {"source"},
    "checks": SEEN,
    "importing": GROUND | {"source"},
    "view": SEEN,
    "letters": SEEN | {"view"},
    "web": SEEN | {"view", "letters"},
    "paper": SEEN | {"view", "letters"},
    "publish": SEEN | {"view", "letters", "web", "paper", "checks"},
    "cli": SEEN | {"view", "letters", "web", "paper", "checks", "importing", "publish"},
}
"""What a package may import; nothing else, and never in a circle."""
DOORS = {"__init__.py", "__main__.py", "mkdocs_plugin.py"}
"""The only modules outside the packages; a door may import every package."""

MOST_PACKAGES, MOST_FILES, MOST_LINES, MOST_COLUMNS, MOST_LINES_OF_A_FUNCTION = 13, 20, 400, 100, 60
MOST_LINES_IN_ALL = 19_400
NAMES_TOOLS_SKIP = {"build", "dist", "data", "site", "lib", "env", "bin"}

MKDOCS_DOORS = {"web/mkdocs.py", "mkdocs_plugin.py"}
TYPST_DOORS = {"paper/typst.py"}
DISK_DOORS = re.compile(
    r"source/loader\.py|publish/\w+\.py|paper/print_run\.py|cli/\w+\.py|mkdocs_plugin\.py"
)
CLOCK_DOORS = {"cli/clock.py"}
PRINTING_DOORS = re.compile(r"cli/\w+\.py|mkdocs_plugin\.py")

CLOCK = re.compile(
    r"(?:dt\.|datetime\.)*(?:date|datetime)\.(?:today|now|utcnow)|time\.(?:time|localtime|gmtime|strftime)"
)
PRINTING = re.compile(r"print|sys\.std(?:out|err)\.(?:write|writelines)")
CHANGING_THE_DISK = re.compile(
    r".*\.(?:write_text|write_bytes|mkdir|rmdir|unlink|rename|touch|chmod|symlink_to|hardlink_to)"
    r"|(?:os|shutil)\.(?:open|write|replace|rename|renames|remove|removedirs|rmdir|mkdir|makedirs|unlink|rmtree|copy\w*|move)"
    r"|tempfile\.\w+"
)


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def package_of(path: Path) -> str:
    """The package of a module; a door is its own."""
    return path.relative_to(PACKAGE).parts[0]


def imported(path: Path) -> Iterator[str]:
    """Our own modules that a module imports, inside functions too, as `package.module`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: a relative import hides where it leads"
            if node.module == "niemyet":
                yield from (alias.name for alias in node.names)
            elif (node.module or "").startswith("niemyet."):
                whole = (node.module or "").removeprefix("niemyet.")
                if "." in whole:
                    yield whole
                else:
                    yield from (f"{whole}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (
                a.name.removeprefix("niemyet.") for a in node.names if a.name.startswith("niemyet.")
            )


def external(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def calls(path: Path) -> set[str]:
    return {ast.unparse(n.func) for n in ast.walk(tree_of(path)) if isinstance(n, ast.Call)}


def packages() -> set[str]:
    return {
        path.name
        for path in PACKAGE.iterdir()
        if path.is_dir() and any(path.rglob("*.*")) and path.name != "__pycache__"
    }


def test_the_packages_are_those_of_the_plan() -> None:
    assert packages() == set(MAY_IMPORT)
    assert len(packages()) <= MOST_PACKAGES
    assert not packages() & NAMES_TOOLS_SKIP, "half the tools of the field skip such a folder"
    assert {path.name for path in PACKAGE.glob("*.py")} <= DOORS


def test_the_plan_allows_no_circle() -> None:
    placed: list[str] = []
    while len(placed) < len(MAY_IMPORT):
        ready = [p for p in MAY_IMPORT if p not in placed and MAY_IMPORT[p] <= set(placed)]
        assert ready, f"a circle among {sorted(set(MAY_IMPORT) - set(placed))}"
        placed += ready


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_packages_import_one_way(path: Path) -> None:
    own = package_of(path)
    if own in DOORS:
        return
    foreign = {name for name in imported(path) if name.split(".")[0] not in MAY_IMPORT[own] | {own}}
    assert not foreign, f"{name_of(path)} imports {sorted(foreign)}, which {own} may not see"


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_files_of_a_package_import_one_way(package: str) -> None:
    arrows = {
        path.stem: {n.split(".")[1] for n in imported(path) if n.startswith(f"{package}.")}
        - {path.stem}
        for path in (PACKAGE / package).glob("*.py")
    }
    placed: set[str] = set()
    while len(placed) < len(arrows):
        ready = {
            name for name in arrows if name not in placed and arrows[name] & arrows.keys() <= placed
        }
        assert ready, f"{package}: a circle among {sorted(arrows.keys() - placed)}"
        placed |= ready


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_holds_no_more_files_than_one_can_know(package: str) -> None:
    assert (
        len([p for p in (PACKAGE / package).glob("*.py") if p.name != "__init__.py"]) <= MOST_FILES
    )


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_file_and_its_functions_are_no_longer_than_a_reader_can_hold(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert [n for n, line in enumerate(lines, 1) if len(line) > MOST_COLUMNS] == []
    functions = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef)]
    long = {
        f.name: length
        for f in functions
        if (length := (f.end_lineno or 0) - f.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert not long


def test_the_whole_is_no_longer_than_it_was_agreed() -> None:
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files()) <= MOST_LINES_IN_ALL


def test_only_their_doors_know_mkdocs_and_typst() -> None:
    assert {name_of(p) for p in files() if "mkdocs" in external(p)} == MKDOCS_DOORS
    assert {name_of(p) for p in files() if "typst" in external(p)} == TYPST_DOORS


def test_only_the_doors_change_the_disk() -> None:
    changing = {
        name_of(p) for p in files() if any(CHANGING_THE_DISK.fullmatch(c) for c in calls(p))
    }
    assert {name for name in changing if not DISK_DOORS.fullmatch(name)} == set()
    assert "publish/site_writer.py" in changing, "the pattern no longer finds what it looks for"


def test_one_clock() -> None:
    assert {name_of(p) for p in files() if any(CLOCK.fullmatch(c) for c in calls(p))} == CLOCK_DOORS


def test_only_the_doors_print() -> None:
    printing = {name_of(p) for p in files() if any(PRINTING.fullmatch(c) for c in calls(p))}
    assert {name for name in printing if not PRINTING_DOORS.fullmatch(name)} == set()
    assert "cli/check.py" in printing, "the pattern no longer finds what it looks for"


# The plan in words

ROW = re.compile(r"^\| `(\w+)/` \| (.+) \| (.+) \|$", re.MULTILINE)


def test_the_table_of_the_plan_is_that_of_the_tree() -> None:
    rows = {found[1]: found for found in ROW.finditer(PLAN.read_text("utf-8"))}
    assert rows.keys() == set(MAY_IMPORT)
    for package, row in rows.items():
        named = set(re.findall(r"`(\w+)`", row[3]))
        there = {p.stem for p in (PACKAGE / package).glob("*.py") if p.name != "__init__.py"}
        assert named == there, f"architecture.md, {package}/: {sorted(named ^ there)}"


def test_the_drawing_shows_every_package_below_those_that_import_it() -> None:
    drawing = PLAN.read_text("utf-8").split("```")[1]
    at = {
        name: n for n, line in enumerate(drawing.splitlines()) for name in re.findall(r"\w+", line)
    }
    for package, below in MAY_IMPORT.items():
        assert package in at, f"the drawing lacks {package}"
        assert all(at[package] <= at[name] for name in below), (
            f"{package} stands below what it imports"
        )
