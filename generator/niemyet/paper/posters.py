"""Which sheet hangs where, in which version, and which must be printed again."""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from niemyet.findings.finding import Diagnostic
from niemyet.model.catalogue import Catalogue
from niemyet.model.posters import HungSheet, PrintedSheet, Wall
from niemyet.paper.all_sheets import FIXED_PAPER
from niemyet.paper.sheet import Sheet
from niemyet.source.canonical_form import render
from niemyet.source.loader import atomic_write
from niemyet.source.print_index import LOW_INK, WALLS
from niemyet.values.sheet_version import PARTS, changed_parts
from niemyet.values.vietnamese import closest

REGISTER = "site_config/print_register.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A line of the register whose sheet is no longer what hangs. `sheet` is None when the sheet
    does not exist any more.

    `parts` are the parts of a procedure that changed; empty when it cannot be told apart.
    """

    line: PrintedSheet
    sheet: Sheet | None
    parts: tuple[str, ...]


def check_walls(catalogue: Catalogue, sheets: Mapping[str, Sheet]) -> Iterator[Diagnostic]:
    """P009 for a sheet nobody makes, P010 for a paper it cannot have."""
    for wall in catalogue.walls.values():
        for hung in wall.sheets:
            sheet = sheets.get(hung.sheet)
            if sheet is None:
                near = closest(hung.sheet, sheets)
                yield hung.origin.finding(
                    "P009", "sheet", sheet=hung.sheet, near=near[0] if near else "–"
                )
            elif hung.size and hung.size != sheet.paper and sheet.kind in FIXED_PAPER:
                yield hung.origin.finding(
                    "P010",
                    "size",
                    sheet=hung.sheet,
                    size=hung.size.upper(),
                    paper=sheet.paper.upper(),
                )


def sheets_of(wall: Wall, sheets: Mapping[str, Sheet]) -> list[Sheet]:
    """The sheets of a wall as they are printed for it, numbered in the order they hang."""
    found = [(hung, sheets[hung.sheet]) for hung in wall.sheets if hung.sheet in sheets]
    return [
        for_wall(sheet, hung, f"{WALLS}/{wall.id}/{number:02}-{_flat(sheet.id)}")
        for number, (hung, sheet) in enumerate(found, 1)
    ]


def for_wall(sheet: Sheet, hung: HungSheet, id: str) -> Sheet:
    """A sheet on the paper and with the ink a wall asks for."""
    paper = hung.size or sheet.paper
    return replace(sheet, id=id, paper=paper, data={**sheet.data, "paper": paper, "ink": hung.ink})


def low_ink(sheet: Sheet) -> Sheet:
    """A sheet for office printers: no solid colours."""
    return replace(sheet, id=f"{LOW_INK}/{sheet.id}", data={**sheet.data, "ink": "low"})


def matching(sheets: Iterable[Sheet], patterns: Sequence[str]) -> list[Sheet]:
    """The sheets whose id is a pattern or fits one (`thu-tuc/*-a3`)."""
    return [
        sheet
        for sheet in sheets
        if any(fnmatch.fnmatchcase(sheet.id, pattern) for pattern in patterns)
    ]


def reprints(catalogue: Catalogue, sheets: Mapping[str, Sheet]) -> list[Reprint]:
    """What hangs and is no longer true, in the order of the register."""
    found = []
    for line in catalogue.printed:
        sheet = sheets.get(line.sheet)
        if sheet is None:
            found.append(Reprint(line=line, sheet=None, parts=()))
        elif changed := changed_parts(line.version, sheet.version):
            parts = (
                tuple(PARTS[n] for n in changed)
                if sheet.kind in ("poster", "leaflet") and max(changed) < len(PARTS)
                else ()
            )
            found.append(Reprint(line=line, sheet=sheet, parts=parts))
    return found


def record(
    root: Path, catalogue: Catalogue, hung: Iterable[tuple[str, HungSheet, Sheet]], today: dt.date
) -> None:
    """Writes into the register that sheets were printed for walls today. Lines of other sheets
    stay. Raises: OSError."""
    lines = {
        (line.wall, line.sheet): _line(line, line.wall, line.version, line.printed)
        for line in catalogue.printed
    }
    for wall, item, sheet in hung:
        lines[wall, item.sheet] = _line(item, wall, sheet.version, today, sheet.paper)
    data = {"printed": [lines[key] for key in sorted(lines)]}
    atomic_write(root / REGISTER, render("print_register", data).encode())


def _line(
    item: HungSheet, wall: str, version: str, printed: dt.date, paper: str = ""
) -> dict[str, Any]:
    return {
        "wall": wall,
        "sheet": item.sheet,
        "size": item.size or paper,
        "copies": item.copies,
        "ink": item.ink,
        "version": version,
        "printed": printed.isoformat(),
    }


def _flat(id: str) -> str:
    return id.replace("/", "-")
