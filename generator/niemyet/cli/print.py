"""The command `niemyet print`: chooses sheets, has them pressed, says what was made. Exit codes as
for the other commands."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from niemyet.cli.report import render_text
from niemyet.findings.finding import Diagnostic, Severity, count, in_order
from niemyet.letters.docx import docx_of
from niemyet.model.base import HungSheet
from niemyet.model.catalogue import Catalogue
from niemyet.paper import posters
from niemyet.paper.all_sheets import all_sheets, written_letters
from niemyet.paper.pdf_forms import finish_form
from niemyet.paper.pdf_tiles import cut
from niemyet.paper.print_run import Finish, PrintRun, print_pictures, print_sheets
from niemyet.paper.sharing_pictures import pictures
from niemyet.paper.sheet import Sheet
from niemyet.paper.typst import MissingFont, Press, Pressed, font_files
from niemyet.publish.build_cache import BuildCache, program
from niemyet.publish.project import Project, load_project
from niemyet.source.loader import atomic_write, find_files, read_text
from niemyet.source.print_index import LOW_INK, WALLS, is_there, read_index, read_pictures
from niemyet.values.digest import digest_of_parts
from niemyet.values.vietnamese import closest, quote
from niemyet.view.words import Words

CLEAN, FOUND, REFUSED = 0, 1, 2
REPRINT_LIST = "can-in-lai.md"
_BAR = 30
_TILED = "ghep-a4"


def run(options: argparse.Namespace, today: dt.date) -> int:
    """Prints what the options name and returns the exit code."""
    if _is_plain(options) and _is_done(options, today):
        return CLEAN
    project = load_project(options.root, today, options.on)
    if count(project.findings)[Severity.ERROR]:
        _print(project, [f for f in project.findings if f.severity is Severity.ERROR], options.lang)
        print("Chưa in tờ nào: còn lỗi ở trên. Các tờ cũ được giữ nguyên.")
        return FOUND
    sheets = {sheet.id: sheet for sheet in all_sheets(project.catalogue)}
    if options.list:
        for sheet in sheets.values():
            print(f"{sheet.id}\t{sheet.paper.upper()}\t{sheet.title}")
        return CLEAN
    problems = list(posters.check_walls(project.catalogue, sheets))
    _print(project, problems, options.lang)
    job = _choose(options, project.catalogue, sheets)
    if job is None:
        return REFUSED
    try:
        code = job(project, options, today)
    except MissingFont as error:
        print(
            f"niemyet print: {error}; cài lại các thư viện (make site) rồi in lại.", file=sys.stderr
        )
        return REFUSED
    return FOUND if problems and code == CLEAN else code


def _is_plain(options: argparse.Namespace) -> bool:
    """Whether simply everything is to be printed."""
    return not (
        options.wall
        or options.only
        or options.changed
        or options.low_ink
        or options.tile
        or options.list
        or options.dry_run
    )


def _is_done(options: argparse.Namespace, today: dt.date) -> bool:
    """Whether the last run printed all of this, from the same data and with the same program, and
    it is still there."""
    out = _out(options)
    index = read_index(out)
    held = BuildCache(options.root / ".cache").get(_name(out), _key(options, today))
    if held != [*sorted(index), *sorted(read_pictures(out))] or not all(
        is_there(out, made) for made in index.values()
    ):
        return False
    print(f"Không có gì đổi từ lần in trước: {len(index)} tờ còn nguyên. Thư mục: {out}")
    return True


def _keep(options: argparse.Namespace, today: dt.date) -> None:
    out = _out(options)
    BuildCache(options.root / ".cache").put(
        _name(out), _key(options, today), [*sorted(read_index(out)), *sorted(read_pictures(out))]
    )


def _name(out: Path) -> str:
    return f"print-{digest_of_parts(str(out))}"


def _key(options: argparse.Namespace, today: dt.date) -> str:
    """A key of everything a whole run is made from."""
    parts = [read_text(options.root, path, [])[1] for path, _ in find_files(options.root)[0]]
    fonts = [str(file.stat().st_size) for file in font_files()]
    return digest_of_parts(
        program(),
        importlib.metadata.version("typst"),
        today.isoformat(),
        str(options.on),
        *fonts,
        *parts,
    )


Job = Callable[[Project, argparse.Namespace, dt.date], int]


def _choose(
    options: argparse.Namespace, catalogue: Catalogue, sheets: Mapping[str, Sheet]
) -> Job | None:
    unknown = [id for id in options.wall if id not in catalogue.walls]
    if unknown:
        near = closest(unknown[0], catalogue.walls)
        advice = f"; có phải là “{near[0]}”?" if near else ""
        known = ", ".join(catalogue.walls) or "chưa có vị trí nào"
        where = "site_config/posters.yml"
        print(
            f"niemyet print: {where}: không có vị trí “{quote(unknown[0])}”{advice} Các vị trí:"
            f" {known}.",
            file=sys.stderr,
        )
        return None
    if options.changed:
        return lambda *given: _reprint(sheets, *given)
    if options.wall:
        return lambda *given: _hang(sheets, *given)
    chosen = (
        posters.matching(sheets.values(), options.only) if options.only else list(sheets.values())
    )
    if options.only and not chosen:
        near = closest(options.only[0], sheets)
        advice = f"; có phải là “{near[0]}”?" if near else ""
        print(
            f"niemyet print: không có tờ “{quote(options.only[0])}”{advice} Xem mọi mã: niemyet"
            " print --list",
            file=sys.stderr,
        )
        return None
    if options.low_ink:
        chosen = [posters.low_ink(sheet) for sheet in chosen]
    return lambda *given: _print_all(chosen, *given)


def _print_all(
    chosen: Sequence[Sheet], project: Project, options: argparse.Namespace, today: dt.date
) -> int:
    _, code = _press(chosen, project, options, is_whole=not options.only and not options.low_ink)
    if (
        _is_plain(options)
        and code == CLEAN
        and not list(posters.check_walls(project.catalogue, {sheet.id: sheet for sheet in chosen}))
    ):
        _keep(options, today)
    return code


def _press(
    chosen: Sequence[Sheet], project: Project, options: argparse.Namespace, *, is_whole: bool
) -> tuple[PrintRun, int]:
    out = _out(options)
    if options.dry_run:
        for sheet in chosen:
            print(f"{sheet.id}\t{sheet.paper.upper()}\t{sheet.title}")
        print(f"{len(chosen)} tờ (chạy thử, chưa in).")
        return PrintRun(), CLEAN
    began = time.perf_counter()
    finish = _finishers(project.catalogue)
    press = Press()
    run = print_sheets(
        chosen,
        out,
        project.texts,
        finish=finish,
        press=press,
        show=_bar(sys.stderr),
        is_whole=is_whole,
    )
    if is_whole:
        run.findings += print_pictures(pictures(project.catalogue), out, press)
    if options.tile:
        papers = {sheet.id: sheet.paper for sheet in chosen}
        for made in run.sheets:
            if papers[made.id] not in ("a4", "a5"):
                atomic_write(
                    out / f"{made.id}-{_TILED}.pdf", cut((out / f"{made.id}.pdf").read_bytes())
                )
    _print(project, in_order(run.findings), options.lang)
    pages, size = sum(made.pages for made in run.sheets), sum(made.size for made in run.sheets)
    seconds = time.perf_counter() - began
    print(
        f"{len(run.made)} tờ mới in, {len(run.kept)} tờ không đổi, {len(run.findings)} tờ hỏng;"
        f" {pages} trang, {size / 1e6:.1f} MB."
    )
    print(f"Xong trong {seconds:.1f} giây. Thư mục: {out}")
    return run, FOUND if run.findings else CLEAN


def _finishers(catalogue: Catalogue) -> Mapping[str, Finish]:
    """What follows the press for some kinds: a form gets boxes to tick on screen, a letter a Word
    file beside it."""
    written = written_letters(catalogue)

    def letter(sheet: Sheet, pressed: Pressed) -> tuple[bytes, Mapping[str, bytes]]:
        return pressed.pdf, {"docx": docx_of(written[sheet.id.removeprefix(f"{LOW_INK}/")])}

    return {"form": finish_form, "letter": letter}


def _hang(
    sheets: Mapping[str, Sheet], project: Project, options: argparse.Namespace, today: dt.date
) -> int:
    catalogue = project.catalogue
    words = Words(catalogue, catalogue.settings.default_language)
    chosen: list[Sheet] = []
    hung: list[tuple[str, HungSheet, Sheet]] = []
    lines = []
    for id in options.wall:
        wall = catalogue.walls[id]
        there = posters.sheets_of(wall, sheets)
        items = [item for item in wall.sheets if item.sheet in sheets]
        chosen += there
        hung += [(id, item, sheet) for item, sheet in zip(items, there, strict=True)]
        lines += [
            f"{words.text(wall.name)}: {s.id}.pdf, khổ {s.paper.upper()}, {i.copies} bản"
            for i, s in zip(items, there, strict=True)
        ]
    run, code = _press(chosen, project, options, is_whole=False)
    print("\n".join(lines))
    if not options.dry_run:
        made = {sheet.id for sheet in run.sheets}
        posters.record(
            options.root, catalogue, [item for item in hung if item[2].id in made], today
        )
        print(f"Đã ghi vào sổ in: {posters.REGISTER}")
    return code


def _reprint(
    sheets: Mapping[str, Sheet], project: Project, options: argparse.Namespace, today: dt.date
) -> int:
    catalogue = project.catalogue
    words = Words(catalogue, catalogue.settings.default_language)
    found = posters.reprints(catalogue, sheets)
    names = {id: words.text(wall.name) for id, wall in catalogue.walls.items()}
    rows = []
    jobs: list[tuple[posters.Reprint, Sheet]] = []
    for number, item in enumerate(found, 1):
        line = item.line
        if item.sheet is None:
            what = "tờ này không còn; gỡ xuống"
        else:
            id = f"{WALLS}/in-lai/{number:02}-{line.wall}-{line.sheet.replace('/', '-')}"
            jobs.append((item, posters.for_wall(item.sheet, line, id)))
            what = ", ".join(words.ui(f"part_{part}") for part in item.parts) or words.ui(
                "part_all"
            )
        rows.append(
            (
                names.get(line.wall, line.wall),
                line.sheet,
                line.size.upper(),
                str(line.copies),
                words.date(line.printed),
                what,
            )
        )
    text = _table(("Vị trí", "Tờ", "Khổ", "Số bản", "Đang treo bản in ngày", "Đã đổi"), rows)
    if not found:
        print("Mọi tờ trong sổ in đều còn đúng.")
        return CLEAN
    print(text)
    run, code = _press([sheet for _, sheet in jobs], project, options, is_whole=False)
    if not options.dry_run:
        atomic_write(
            _out(options) / REPRINT_LIST,
            f"# Các tờ cần in lại, ngày {words.date(today)}\n\n{text}".encode(),
        )
        made = {sheet.id for sheet in run.sheets}
        posters.record(
            options.root,
            catalogue,
            [(i.line.wall, i.line, sheet) for i, sheet in jobs if sheet.id in made],
            today,
        )
    return code


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = [heads, ["---"] * len(heads), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in cells
    )


def _out(options: argparse.Namespace) -> Path:
    out: Path = options.out or options.root / "print"
    return out.resolve()


def _bar(to: TextIO) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if to.isatty():
            full = done * _BAR // total
            to.write(
                f"\r{'█' * full}{'·' * (_BAR - full)}"
                f" {done}/{total}{chr(10) if done == total else ''}"
            )
            to.flush()

    return show


def _print(project: Project, findings: Sequence[Diagnostic], lang: str) -> None:
    if findings:
        print(render_text(findings, lang, project.texts))
