"""The bad inputs of `tests/bad_input/`: each folder is laid over `_base`, a small project without a
fault that has the strings of the project's own interface.

`expected.txt` has one finding per line, as `path:line:column CODE`; `removed.txt` names files to
take away.
"""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from niemyet import checks
from niemyet.findings.finding import Diagnostic, Severity
from niemyet.model.catalogue import Catalogue
from niemyet.publish.project import (
    CheckedFile,
    base_of,
    check_procedure,
    complete,
    load_project,
)
from niemyet.source.canonical_form import format_source
from niemyet.source.loader import Source, kind_of, load_tree, parse_source

ROOT = Path(__file__).with_name("bad_input")
INTERFACE = ROOT.parents[1] / "site_config/i18n"


def _base() -> Path:
    folder = tempfile.mkdtemp(prefix="niemyet-base-")
    atexit.register(shutil.rmtree, folder)
    base = Path(folder) / "_base"
    shutil.copytree(ROOT / base.name, base)
    shutil.copytree(INTERFACE, base / "site_config/i18n")
    return base


BASE = _base()
TODAY = dt.date(2026, 11, 24)
CASES = sorted(path.name for path in ROOT.iterdir() if path.name != BASE.name)
NOT_DATA = ("expected.txt", "removed.txt")

FIRST = "procedures/ho-tich/dang-ky-khai-sinh.yml"
SECOND = "procedures/ho-tich/cap-ban-sao-trich-luc.yml"
FEES = "content/fees/ho-tich.yml"
LEGAL = "content/legal/ho-tich.yml"
HOTLINES = "content/hotlines/trung-tam.yml"
NOTICE = "content/notices/camera.yml"
OFFICE = "site_config/office.yml"
CALENDAR = "site_config/calendar.yml"
SETTINGS = "site_config/settings.yml"
VOCABULARY = "site_config/vocabulary.yml"

Change = str | None | tuple[tuple[str, str], ...]


def files_of(case: str) -> list[str]:
    """The data files a case brings, as paths in the project."""
    folder = BASE if case == BASE.name else ROOT / case
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path not in NOT_DATA)


def removed_by(case: str) -> list[str]:
    """The files of the base that a case takes away."""
    listed = ROOT / case / "removed.txt"
    return listed.read_text("utf-8").split() if listed.exists() else []


def lay_over(root: Path, case: str) -> None:
    """Puts a case on top of the project at `root`."""
    for path in files_of(case):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / case / path, root / path)
    for path in removed_by(case):
        (root / path).unlink()


def project_of(case: str, folder: Path) -> Path:
    """The base with one case on top, in a folder of its own."""
    root = folder / "project"
    shutil.copytree(BASE, root)
    lay_over(root, case)
    return root


def tidy_project_of(case: str, folder: Path) -> Path:
    """The same with the base in the one form, so that only the case has findings; places in the
    base differ."""
    root = copy_base(folder / "project")
    lay_over(root, case)
    return root


def copy_base(root: Path) -> Path:
    """The project without a fault, on the disk and in the one form (the base itself is written
    compactly)."""
    for path, text in formatted_base().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@cache
def formatted_base() -> Mapping[str, str]:
    sources, _ = load_tree(BASE)
    return {source.path: format_source(source) for source in sources}


def expected_of(case: str) -> list[tuple[str, str]]:
    """(place, code) of every finding a case is there to show, in order."""
    lines = (ROOT / case / "expected.txt").read_text("utf-8").splitlines()
    return sorted((line.rsplit(" ", 1)[0], line.rsplit(" ", 1)[1]) for line in lines)


def place_of(finding: Diagnostic) -> str:
    position = finding.position
    return f"{position.path}:{position.line}:{position.column}"


def weighty(findings: list[Diagnostic], *codes: str) -> list[tuple[str, str]]:
    """(place, code) of errors and warnings, and of notes with one of the codes."""
    return sorted(
        (place_of(f), f.code)
        for f in findings
        if f.severity is not Severity.NOTE or f.code in codes
    )


def said_of(root: Path, own: Collection[str] = ()) -> list[Diagnostic]:
    """What the whole check says about a project; of the form (Y018) only what concerns the `own`
    files of a case."""
    return [
        f for f in load_project(root, TODAY).findings if f.code != "Y018" or f.position.path in own
    ]


@cache
def every_finding_of(case: str) -> tuple[Diagnostic, ...]:
    """What the whole check says about a case."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(said_of(project_of(case, Path(folder))))


@cache
def base_texts() -> Mapping[str, str]:
    return {path: (BASE / path).read_text("utf-8") for path in files_of(BASE.name)}


def changed(changes: Mapping[str, Change]) -> dict[str, str]:
    """The texts of the base after changes: a new text, replacements `(old, new)`, or None to take
    the file away."""
    texts = dict(base_texts())
    for path, change in changes.items():
        if change is None:
            del texts[path]
        elif isinstance(change, str):
            texts[path] = change
        else:
            for old, new in change:
                assert texts[path].count(old) >= 1, f"{old!r} is not in {path}"
                texts[path] = texts[path].replace(old, new, 1)
    return texts


def findings_after(
    changes: Mapping[str, Change], today: dt.date = TODAY, on: dt.date | None = None
) -> list[Diagnostic]:
    """What the whole check says about the base after some changes, without touching the disk."""
    sources: list[Source] = []
    problems: list[Diagnostic] = []
    for path, text in sorted(changed(changes).items()):
        kind = kind_of(path)
        assert kind is not None
        source, found = parse_source(path, kind, text)
        problems.extend(found)
        if source is not None:
            sources.append(source)
    procedures = [source for source in sources if source.kind == "procedure"]
    others = [source for source in sources if source.kind != "procedure"]
    base = base_of(BASE, others, problems, today, on)
    read = {source.path for source in procedures}
    unread = [
        CheckedFile(f.position.path, "", (), None, None, None)
        for f in problems
        if kind_of(f.position.path) == "procedure" and f.position.path not in read
    ]
    files = [check_procedure(base, source) for source in procedures]
    held = {file.path: file.procedure for file in files if file.procedure}
    findings = complete(base, [*files, *unread], held.__getitem__)[1]
    return [f for f in findings if f.code != "Y018"]


def every_rule_about(catalogue: Catalogue, today: dt.date = TODAY) -> Iterator[Diagnostic]:
    """What all rules say about a catalogue that holds its procedures."""
    context = checks.Context(catalogue, today)
    yield from checks.check_across(context)
    for procedure in catalogue.procedures.values():
        yield from checks.check_procedure(context, procedure)
    for source in catalogue.sources:
        if source.kind == "procedure":
            yield from checks.check_file(context, source)


def codes_after(
    changes: Mapping[str, Change], today: dt.date = TODAY, on: dt.date | None = None
) -> list[str]:
    """The codes of what the whole check says after some changes, in order of place."""
    return [finding.code for finding in findings_after(changes, today, on)]
