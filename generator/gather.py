"""Everything that can be known about a project: its catalogue and what is wrong with its files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import Catalogue, build_catalogue
from generator.checks import check_all
from generator.diagnostics import Diagnostic, in_order
from generator.source import Source, kind_of, load_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The catalogue, the findings in reading order, and the sources by path for showing lines."""

    catalogue: Catalogue
    findings: list[Diagnostic]
    sources: dict[str, Source]


def gather(root: Path, today: dt.date, on: dt.date | None = None) -> Gathered:
    """Reads all files, then checks each, then all together. `on` (else today) chooses the values in force."""
    sources, findings = load_tree(root)
    read = {source.path for source in sources}
    unread = {kind for f in findings if f.position.path not in read and (kind := kind_of(f.position.path))}
    catalogue, problems = build_catalogue(sources, on or today, unread)
    findings = in_order([*findings, *problems, *check_all(catalogue, today)])
    return Gathered(catalogue=catalogue, findings=findings, sources={source.path: source for source in sources})
