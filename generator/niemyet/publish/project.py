"""From a folder to checked data, one way for every command.

All that is no procedure, a few dozen files, is read at once. Procedures are read one by one, each
held against that; what the rest needs to know of one is its summary. So a project of ten thousand
needs no more memory than one of a hundred, and files can be read by several processes.
"""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from niemyet import checks
from niemyet.checks import Context
from niemyet.findings.finding import Diagnostic, Severity, in_order
from niemyet.model.builder import build_catalogue, names_in
from niemyet.model.catalogue import Catalogue, Unresolved
from niemyet.model.field_readers import Node
from niemyet.model.procedure import Procedure
from niemyet.model.reader import read_procedure
from niemyet.model.summary import Summary
from niemyet.source import schema
from niemyet.source.canonical_form import is_canonical
from niemyet.source.loader import (
    MAX_BYTES,
    Source,
    find_files,
    kind_of,
    load_files,
    parse_source,
    read_text,
)
from niemyet.source.overrides import OWN_TEMPLATES
from niemyet.values.digest import digest_of_parts


@dataclass(frozen=True, kw_only=True)
class Base:
    """All of a project that is no procedure, on one day. `digest` stands for exactly that."""

    root: Path
    today: dt.date
    catalogue: Catalogue
    findings: Sequence[Diagnostic]
    procedure_paths: Sequence[str]
    digest: str

    @cached_property
    def context(self) -> Context:
        return Context(self.catalogue, self.today)


class CheckedFile(NamedTuple):
    """A file of a procedure that was read and checked. Where it cannot be used, there is no
    procedure; `names` are what it may have defined, None where it could not even be parsed."""

    path: str
    digest: str
    findings: tuple[Diagnostic, ...]
    procedure: Procedure | None
    summary: Summary | None
    names: tuple[str, ...] | None = ()


class Checked(Protocol):
    """What is known of a file of a procedure, whether it was read now or is remembered."""

    @property
    def path(self) -> str: ...
    @property
    def findings(self) -> tuple[Diagnostic, ...]: ...
    @property
    def summary(self) -> Summary | None: ...
    @property
    def names(self) -> tuple[str, ...] | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """All that is known about a project on one day, procedures included."""

    root: Path
    catalogue: Catalogue
    findings: Sequence[Diagnostic]

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of the files that findings point at."""
        return texts_of_findings(self.root, self.findings)


def load_project(root: Path, today: dt.date, on: dt.date | None = None) -> Project:
    """Reads and checks the project at `root`, also whether its files are as `niemyet fmt` writes
    them; the catalogue holds what is in force `on` a day (default: today)."""
    base = load_base(root, today, on)
    files = [check_file(base, path) for path in base.procedure_paths]
    held = {file.path: file.procedure for file in files if file.procedure}
    catalogue, findings = complete(base, files, held.__getitem__)
    sources = [*catalogue.sources, *(procedure.origin.source for procedure in held.values())]
    findings += (source.finding("Y018") for source in sources if not is_canonical(source))
    procedures = {code: held[summary.path] for code, summary in catalogue.summaries.items()}
    whole = replace(catalogue, procedures=MappingProxyType(procedures))
    return Project(root=root, catalogue=whole, findings=in_order(findings))


def load_base(root: Path, today: dt.date, on: dt.date | None = None) -> Base:
    """Reads and checks everything below `root` but procedures."""
    files, problems = find_files(root)
    sources, unread = load_files(root, (file for file in files if file[1] != "procedure"))
    templates, unused = _own_templates(root)
    problems = [*problems, *unread, *unused]
    paths = [path for path, kind in files if kind == "procedure"]
    base = base_of(root, sources, problems, today, on, paths)
    return replace(
        base,
        catalogue=replace(base.catalogue, templates=templates),
        digest=digest_of_parts(base.digest, *(p for pair in templates.items() for p in pair)),
    )


def _own_templates(root: Path) -> tuple[dict[str, str], list[Diagnostic]]:
    """The page templates that a project has in place of the program's, by name, and the findings
    about those that cannot be read."""
    texts: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for file in sorted((root / OWN_TEMPLATES).glob("*.html")):
        text, _ = read_text(root, f"{OWN_TEMPLATES}/{file.name}", findings)
        if text is not None:
            texts[file.name] = text
    return texts, findings


def base_of(
    root: Path,
    sources: Sequence[Source],
    problems: Sequence[Diagnostic],
    today: dt.date,
    on: dt.date | None = None,
    procedure_paths: Sequence[str] = (),
) -> Base:
    """The same of files that have been read; `problems` are the findings of reading them."""
    usable = {source.path for source in sources}
    unread = {kind_of(f.position.path) for f in problems if f.position.path not in usable}
    catalogue, found = build_catalogue(
        sources, on or today, (k for k in unread - {"procedure"} if k)
    )
    texts = [part for source in sources for part in (source.path, source.text)]
    return Base(
        root=root,
        today=today,
        catalogue=catalogue,
        findings=[*problems, *found],
        procedure_paths=procedure_paths,
        digest=digest_of_parts(today.isoformat(), (on or today).isoformat(), *texts),
    )


def check_file(base: Base, path: str) -> CheckedFile:
    """Reads and checks one file of a procedure."""
    findings: list[Diagnostic] = []
    text, digest = read_text(base.root, path, findings)
    source = None
    if text is not None:
        source, found = parse_source(path, "procedure", text)
        findings += found
    if source is None:
        return CheckedFile(path, digest, tuple(findings), None, None, None)
    return check_procedure(base, source, digest, findings)


def check_procedure(
    base: Base, source: Source, digest: str = "", findings: Sequence[Diagnostic] = ()
) -> CheckedFile:
    """Checks a procedure that has been parsed; `findings` are those of parsing it."""
    faults = schema.check_source(source)
    if faults:
        names = tuple(names_in(source))
        return CheckedFile(source.path, digest, (*findings, *faults), None, None, names)
    found = list(findings)
    catalogue = base.catalogue
    node = Node(source, (), source.data, catalogue.settings.default_language, found)
    procedure = read_procedure(node, catalogue.on)
    found += checks.check_procedure(base.context, procedure)
    found += checks.check_file(base.context, source)
    summary = catalogue.summary_of(procedure)
    catalogue.completeness.clear()
    return CheckedFile(source.path, digest, tuple(found), procedure, summary)


def complete(
    base: Base, files: Iterable[Checked], find: Callable[[str], Procedure]
) -> tuple[Catalogue, list[Diagnostic]]:
    """The catalogue that knows the summaries of all procedures, and every finding in order.

    `find` gives the whole procedure of a file that can be used.
    """
    findings = list(base.findings)
    summaries: dict[str, Summary] = {}
    twice: list[tuple[str, Procedure, Procedure]] = []
    names: set[str] = set()
    unread, faulty = set(base.catalogue.unresolved.kinds), set(base.catalogue.unresolved.faulty)
    for file in files:
        findings.extend(file.findings)
        if file.names is None:
            unread.add("procedure")
        elif file.summary is None:
            faulty.add("procedure")
            names.update(file.names)
        elif first := summaries.get(file.summary.code):
            twice.append(("procedure", find(file.path), find(first.path)))
        else:
            summaries[file.summary.code] = file.summary
    catalogue = replace(
        base.catalogue,
        given_summaries=MappingProxyType(summaries),
        find=find,
        duplicates=(*base.catalogue.duplicates, *twice),
        unresolved=Unresolved(
            names=base.catalogue.unresolved.names | names,
            kinds=frozenset(unread),
            faulty=frozenset(faulty),
        ),
    )
    return catalogue, in_order([*findings, *checks.check_across(Context(catalogue, base.today))])


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def texts_of_findings(root: Path, findings: Iterable[Diagnostic]) -> dict[str, str]:
    """The texts of the files that findings point at, to show the lines at fault; a file that is no
    small file of text is left out."""
    texts: dict[str, str] = {}
    for path in sorted({finding.position.path for finding in findings}):
        try:
            status = (root / path).lstat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
                texts[path] = (root / path).read_bytes().decode("utf-8-sig", "replace")
        except (OSError, ValueError):
            continue
    return texts
