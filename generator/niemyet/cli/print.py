"""`niemyet print` makes the sheets, of the office or of one wall, and says what to print again."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niemyet.cli.options import CLEAN, FOUND, add_dated, day_of
from niemyet.cli.report import progress_bar, render_text
from niemyet.cli.sentences import say
from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Diagnostic, Severity, in_order
from niemyet.publish.project import Project, load_project
from niemyet.values.vietnamese import closest, quote

if TYPE_CHECKING:
    from niemyet.model.catalogue import Catalogue
    from niemyet.model.posters import HungSheet
    from niemyet.paper.posters import Reprint
    from niemyet.paper.print_run import PrintRun
    from niemyet.paper.sheet import Sheet
    from niemyet.view.words import Words

REPRINT_LIST = "can-in-lai.md"


def add(commands: Any, lang: str) -> None:
    add = commands.add_parser("print", help=say("help_print", lang))
    add_dated(add, lang)
    several: dict[str, Any] = {"action": "append", "default": []}
    place, sheet = say("name_wall", lang), say("name_sheet", lang)
    add.add_argument("--wall", metavar=place, help=say("help_wall", lang), **several)
    add.add_argument("--only", metavar=sheet, help=say("help_only", lang), **several)
    add.add_argument("--changed", action="store_true", help=say("help_changed", lang))
    add.add_argument("--low-ink", action="store_true", help=say("help_low_ink", lang))
    add.add_argument("--tile", action="store_true", help=say("help_tile", lang))
    add.add_argument("--list", action="store_true", help=say("help_print_list", lang))
    add.add_argument("--dry-run", action="store_true", help=say("help_print_dry", lang))
    add.add_argument("--out", type=Path, help=say("help_print_out", lang))
    add.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from niemyet.paper.all_sheets import all_sheets
    from niemyet.paper.posters import check_walls
    from niemyet.publish.print_job import LastRun

    lang, today, out = options.lang, day_of(options), _out(options)
    last = LastRun(root=options.root, out=out, today=today, on=options.on)
    if _is_plain(options) and (count := last.count()) is not None:
        print(say("print_same", lang, count=count, folder=out))
        return CLEAN
    project = load_project(options.root, today, options.on)
    errors = [f for f in project.findings if f.severity is Severity.ERROR]
    if errors:
        _print(project, errors, lang)
        print(say("not_printed", lang))
        return FOUND
    sheets = {sheet.id: sheet for sheet in all_sheets(project.catalogue)}
    if options.list:
        _print_list(sheets.values())
        return CLEAN
    problems = list(check_walls(project.catalogue, sheets))
    _print(project, problems, lang)
    unknown = next((id for id in options.wall if id not in project.catalogue.walls), None)
    if unknown is not None:
        raise _no_such_wall(unknown, project.catalogue)
    if options.changed:
        code = _reprint(sheets, project, options, today)
    elif options.wall:
        code = _hang(sheets, project, options, today)
    else:
        chosen = _chosen(sheets, options)
        is_whole = not options.only and not options.low_ink
        _, code = _press(chosen, project, options, is_whole=is_whole)
        if _is_plain(options) and code == CLEAN and not problems:
            last.keep()
    return FOUND if problems and code == CLEAN else code


def _is_plain(options: argparse.Namespace) -> bool:
    """Whether simply everything is to be printed."""
    narrowed = (options.wall, options.only, options.changed, options.low_ink)
    return not any((*narrowed, options.tile, options.list, options.dry_run))


def _no_such_wall(wall: str, catalogue: Catalogue) -> NiemyetError:
    if not catalogue.walls:
        return NiemyetError("no_walls", wall=quote(wall))
    near, known = closest(wall, catalogue.walls), ", ".join(catalogue.walls)
    if near:
        return NiemyetError("no_such_wall_near", wall=quote(wall), near=near[0], known=known)
    return NiemyetError("no_such_wall", wall=quote(wall), known=known)


def _chosen(sheets: Mapping[str, Sheet], options: argparse.Namespace) -> list[Sheet]:
    """The sheets that `--only` names, or all. Raises: NiemyetError where it names none."""
    from niemyet.paper.posters import low_ink, matching

    chosen = matching(sheets.values(), options.only) if options.only else list(sheets.values())
    if not chosen and options.only:
        sheet, near = quote(options.only[0]), closest(options.only[0], sheets)
        if near:
            raise NiemyetError("no_such_sheet_near", sheet=sheet, near=near[0])
        raise NiemyetError("no_such_sheet", sheet=sheet)
    return [low_ink(sheet) for sheet in chosen] if options.low_ink else chosen


def _press(
    chosen: Sequence[Sheet], project: Project, options: argparse.Namespace, *, is_whole: bool
) -> tuple[PrintRun, int]:
    from niemyet.paper.print_run import PrintRun
    from niemyet.publish.print_job import press

    lang, out = options.lang, _out(options)
    if options.dry_run:
        _print_list(chosen)
        print(say("print_dry", lang, count=len(chosen)))
        return PrintRun(), CLEAN
    began = time.perf_counter()
    show = progress_bar(sys.stderr)
    run = press(project, chosen, out, is_whole=is_whole, with_tiles=options.tile, show=show)
    _print(project, in_order(run.findings), lang)
    print(
        say(
            "print_total",
            lang,
            made=len(run.made),
            kept=len(run.kept),
            failed=len(run.findings),
            pages=sum(made.pages for made in run.sheets),
            megabytes=sum(made.size for made in run.sheets) / 1e6,
        )
    )
    print(say("print_done", lang, seconds=time.perf_counter() - began, folder=out))
    return run, FOUND if run.findings else CLEAN


def _hang(
    sheets: Mapping[str, Sheet], project: Project, options: argparse.Namespace, today: dt.date
) -> int:
    from niemyet.paper.posters import REGISTER, record, sheets_of
    from niemyet.view.words import Words

    catalogue = project.catalogue
    hung: list[tuple[str, HungSheet, Sheet]] = []
    for id in options.wall:
        wall = catalogue.walls[id]
        items = [item for item in wall.sheets if item.sheet in sheets]
        printed = sheets_of(wall, sheets)
        hung += [(id, item, sheet) for item, sheet in zip(items, printed, strict=True)]
    run, code = _press([sheet for *_, sheet in hung], project, options, is_whole=False)
    words = Words(catalogue, catalogue.settings.default_language)
    for id, item, sheet in hung:
        wall_name, paper = words.text(catalogue.walls[id].name), sheet.paper.upper()
        values = {"wall": wall_name, "sheet": sheet.id, "paper": paper, "copies": item.copies}
        print(say("print_hung", options.lang, **values))
    if not options.dry_run:
        made = {sheet.id for sheet in run.sheets}
        record(options.root, catalogue, [one for one in hung if one[2].id in made], today)
        print(say("print_recorded", options.lang, register=REGISTER))
    return code


def _reprint(
    sheets: Mapping[str, Sheet], project: Project, options: argparse.Namespace, today: dt.date
) -> int:
    from niemyet.paper.posters import for_wall, record, reprints
    from niemyet.source.loader import atomic_write
    from niemyet.source.print_index import WALLS
    from niemyet.view.words import Words

    lang, catalogue = options.lang, project.catalogue
    found = reprints(catalogue, sheets)
    if not found:
        print(say("reprint_none", lang))
        return CLEAN
    words = Words(catalogue, catalogue.settings.default_language)
    heads = say("reprint_columns", lang).split(" | ")
    text = _table([heads, *(_row(item, words, lang) for item in found)])
    print(text)
    jobs = []
    for number, item in enumerate(found, 1):
        if item.sheet is not None:
            name = f"{number:02}-{item.line.wall}-{item.line.sheet.replace('/', '-')}"
            jobs.append((item.line, for_wall(item.sheet, item.line, f"{WALLS}/in-lai/{name}")))
    run, code = _press([sheet for _, sheet in jobs], project, options, is_whole=False)
    if not options.dry_run:
        title = say("reprint_title", lang, day=words.date(today))
        atomic_write(_out(options) / REPRINT_LIST, f"# {title}\n\n{text}".encode())
        made = {sheet.id for sheet in run.sheets}
        printed = [(line.wall, line, sheet) for line, sheet in jobs if sheet.id in made]
        record(options.root, catalogue, printed, today)
    return code


def _row(item: Reprint, words: Words, lang: str) -> tuple[str, ...]:
    """What a line of the reprint list says, in the order of its columns."""
    line, walls = item.line, words.catalogue.walls
    parts = ", ".join(words.ui(f"part_{part}") for part in item.parts) or words.ui("part_all")
    return (
        words.text(walls[line.wall].name) if line.wall in walls else line.wall,
        line.sheet,
        line.size.upper(),
        str(line.copies),
        words.date(line.printed),
        say("reprint_gone", lang) if item.sheet is None else parts,
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table of Markdown, the first as its head."""
    heads, *others = ([cell.replace("|", r"\|") for cell in row] for row in rows)
    lines = [heads, ["---"] * len(heads), *others]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _print_list(sheets: Iterable[Sheet]) -> None:
    for sheet in sheets:
        print(f"{sheet.id}\t{sheet.paper.upper()}\t{sheet.title}")


def _out(options: argparse.Namespace) -> Path:
    out: Path = options.out or options.root / "print"
    return out.resolve()


def _print(project: Project, findings: Sequence[Diagnostic], lang: str) -> None:
    if findings:
        print(render_text(findings, lang, project.texts))
