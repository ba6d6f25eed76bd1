"""From a folder to a checked catalogue: load, build, check, and every finding in order."""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from niemyet.checks import Context, check_all
from niemyet.findings.finding import Diagnostic, in_order
from niemyet.model.catalogue import Catalogue, build_catalogue
from niemyet.source.loader import MAX_BYTES, Source, kind_of, load_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that is known about a project on one day. `sources` has each file by path, for showing
    lines.

    A file that could not be used is there as its text alone.
    """

    catalogue: Catalogue
    findings: Sequence[Diagnostic]
    sources: Mapping[str, Source | str]


def gather(root: Path, today: dt.date, on: dt.date | None = None) -> Gathered:
    """Loads, builds and checks the project at `root`; the catalogue shows what is in force `on` a
    day (default: today)."""
    sources, findings = load_tree(root)
    catalogue, found = examine(sources, findings, today, on)
    by_path: dict[str, Source | str] = {source.path: source for source in sources}
    for path in sorted({f.position.path for f in found} - by_path.keys()):
        text = _text_of_unusable(root / path)
        if text is not None:
            by_path[path] = text
    return Gathered(catalogue=catalogue, findings=found, sources=by_path)


def examine(
    sources: Sequence[Source],
    problems: Iterable[Diagnostic],
    today: dt.date,
    on: dt.date | None = None,
) -> tuple[Catalogue, list[Diagnostic]]:
    """Builds and checks what was loaded; `problems` are the findings made while loading."""
    problems = list(problems)
    usable = {source.path for source in sources}
    unread = {kind_of(f.position.path) for f in problems if f.position.path not in usable} - {None}
    catalogue, findings = build_catalogue(sources, on or today, (kind for kind in unread if kind))
    return catalogue, in_order([*problems, *findings, *check_all(Context(catalogue, today))])


def _text_of_unusable(file: Path) -> str | None:
    """The text of a file that could not be used, to show the line at fault; None when it is no
    small file of text."""
    try:
        status = file.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
            return file.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        pass
    return None
