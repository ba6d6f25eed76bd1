"""`niemyet import` makes drafts of national records, or compares them with what is published."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from niemyet.cli.options import CLEAN, FOUND, add_dated, day_of
from niemyet.cli.report import progress_bar, render_text
from niemyet.cli.sentences import say
from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Severity, in_order
from niemyet.values.vietnamese import quote

_SUFFIXES = (".txt", ".json")


def add(commands: Any, lang: str) -> None:
    add = commands.add_parser("import", help=say("help_import", lang))
    add_dated(add, lang)
    add.add_argument(
        "paths", nargs="+", metavar=say("name_paths", lang), help=say("help_paths", lang)
    )
    add.add_argument("--dry-run", action="store_true", help=say("help_import_dry", lang))
    add.add_argument("--as-draft", action="store_true", help=say("help_as_draft", lang))
    add.add_argument("--update", action="store_true", help=say("help_update", lang))
    add.add_argument("--compare", action="store_true", help=say("help_compare", lang))
    formats = ("text", "json", "markdown")
    add.add_argument("--format", choices=formats, default="text", help=say("help_output", lang))
    add.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from niemyet.cli.import_report import render_comparison, render_outcome
    from niemyet.importing.run import compare_records, import_records
    from niemyet.source.loader import load_tree, write_files
    from niemyet.source.schema import check_source

    lang, named = options.lang, options.paths
    paths = _files(named[1:] if named[0] == "national" and len(named) > 1 else named)
    sources, findings = load_tree(options.root)
    faults = [*findings, *(fault for source in sources for fault in check_source(source))]
    if any(fault.severity is Severity.ERROR for fault in faults):
        print(render_text(in_order(faults), lang, {source.path: source for source in sources}))
        print(say("import_broken", lang))
        return FOUND
    files, today = _read(paths), day_of(options)
    if options.compare:
        found = compare_records(files, sources, today)
        if found.unread:
            print(render_text(found.unread, lang, {}), file=sys.stderr)
        print(render_comparison(found, options))
        return FOUND if found.drift or found.deleted else CLEAN
    status = "draft" if options.as_draft else "active"
    outcome = import_records(files, sources, today, status, options.update)
    if not options.dry_run:
        write_files(options.root, outcome.planned, {source.path for source in sources})
    print(render_outcome(outcome, options))
    return FOUND if outcome.refused or outcome.differ else CLEAN


def _files(named: Sequence[str]) -> list[str]:
    """Every file to read, in order. Raises: NiemyetError for a name that leads nowhere, and where
    there is no file."""
    found: list[str] = []
    for name in map(Path, named):
        if name.is_dir():
            found += sorted(
                str(p)
                for p in name.rglob("*")
                if p.suffix.lower() in _SUFFIXES and p.is_file() and p.name[0] != "."
            )
        elif name.is_file():
            found.append(str(name))
        else:
            raise NiemyetError("no_such_file", path=quote(str(name), 200))
    if not found:
        raise NiemyetError("nothing_to_import")
    return list(dict.fromkeys(found))


def _read(paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each file with its content, as far as it may be read, and a bar meanwhile."""
    from niemyet.importing.national_text import MAX_BYTES

    show = progress_bar(sys.stderr)
    for number, path in enumerate(paths, 1):
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        yield path, content
        show(number, len(paths))
