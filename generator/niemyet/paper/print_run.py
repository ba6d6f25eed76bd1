"""The print run: every sheet pressed when its inputs changed, written whole or not at all, and
listed.

One process does it all, since nothing may fork after the engine has worked. `print/` is a product,
as `site/` is: it can be thrown away and made again, byte for byte.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from niemyet.findings.finding import Diagnostic, Position
from niemyet.paper.line_breaks import unbreakable, with_breaks
from niemyet.paper.sharing_pictures import Picture
from niemyet.paper.sheet import PAPERS, PressError, Sheet
from niemyet.paper.typst import Press
from niemyet.source.loader import Source, atomic_write
from niemyet.source.print_index import INDEX, PICTURES, Made, is_there, read_index, read_pictures
from niemyet.values.digest import digest_of_parts

PREVIEW_WIDTH = 420
_PREVIEW_COLOURS = 64
_PICTURE, _PICTURE_PPI = "card", 144
_INCH = 25.4

_QUOTED = re.compile(r'text `"(.+?)"`|WORD: (?P<word>\S+)')
"""How the engine names a text it cannot draw, and a template a word that is too long."""

Finish = Callable[[Sheet, Any], tuple[bytes, Mapping[str, bytes]]]
"""What is done to a sheet of some kind after the press: the finished PDF, and files that go beside
it, by ending."""


@dataclass(slots=True)
class PrintRun:
    """What came of a run: sheets made now, kept from before, and findings about those that could
    not be made."""

    made: list[Made] = field(default_factory=list)
    kept: list[Made] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def sheets(self) -> list[Made]:
        return sorted([*self.made, *self.kept], key=lambda made: made.id)


def print_sheets(
    sheets: Sequence[Sheet],
    out: Path,
    sources: Mapping[str, Source | str],
    *,
    finish: Mapping[str, Finish] | None = None,
    press: Press | None = None,
    show: Callable[[int, int], None] = lambda done, total: None,
    is_whole: bool = True,
) -> PrintRun:
    """Makes the sheets below `out` that are not there already as they should be. With `is_whole`,
    others are taken away.

    Raises: OSError (what was there before is whole), MissingFont.
    """
    press = press or Press()
    finish = finish or {}
    before = read_index(out)
    run = PrintRun()
    wanted = {sheet.id for sheet in sheets}
    try:
        for number, sheet in enumerate(sheets):
            data = with_breaks(dict(sheet.data))
            key = _key(press, data, sheet.kind)
            old = before.get(sheet.id)
            if old and old.key == key and is_there(out, old):
                run.kept.append(
                    replace(old, title=sheet.title, page=sheet.page, version=sheet.version)
                )
            else:
                made = _print(press, sheet, data, key, out, sources, finish.get(sheet.kind))
                if isinstance(made, Made):
                    run.made.append(made)
                else:
                    run.findings.append(made)
            show(number + 1, len(sheets))
        if is_whole:
            gone = [m for id, m in before.items() if id not in wanted and not m.is_variant]
            _take_away(out, gone)
    finally:
        # A run that was stopped half way still knows what it made, and what an earlier one made.
        failed = {finding.values["sheet"] for finding in run.findings}
        index = {
            id: made
            for id, made in before.items()
            if id not in failed and (id in wanted or not is_whole or made.is_variant)
        }
        index.update((made.id, made) for made in run.sheets)
        _write_index(out, index)
    return run


def print_pictures(wanted: Iterable[Picture], out: Path, press: Press) -> list[Diagnostic]:
    """Draws the sharing pictures that are not there already as they should be; says which could not
    be drawn. Raises: OSError."""
    before, findings = read_pictures(out), []
    index: dict[str, tuple[str, str, int]] = {}
    for picture in wanted:
        file = out / f"{picture.id}.png"
        key = _key(press, picture.data)
        if before.get(picture.id) != (picture.version, key):
            try:
                drawn = press.preview(_PICTURE, picture.data, _PICTURE_PPI)
                atomic_write(file, small_picture(drawn))
            except PressError as error:
                values = {"sheet": picture.id, "reason": error.values["reason"][:300]}
                place = Position(picture.source)
                findings.append(Diagnostic(code="P007", position=place, values=values))
                continue
        index[picture.id] = (picture.version, key, file.stat().st_size)
    for id in before.keys() - index.keys():
        (out / f"{id}.png").unlink(missing_ok=True)
    atomic_write(out / PICTURES, (json.dumps(index, indent=1, sort_keys=True) + "\n").encode())
    return findings


def _print(
    press: Press,
    sheet: Sheet,
    data: dict[str, Any],
    key: str,
    out: Path,
    sources: Mapping[str, Source | str],
    finish: Finish | None,
) -> Made | Diagnostic:
    """A sheet made and written, or why it cannot be."""
    values = {"sheet": sheet.id}
    long = sorted(set(unbreakable(data)))
    if long:
        position, width = _place_of(long[0], sheet.source, sources)
        values |= {"word": long[0][:60], "length": str(len(long[0]))}
        return Diagnostic(code="P008", position=position, width=width, values=values)
    try:
        pressed = press.make(sheet.kind, data, marks=sheet.kind == "form")
        pdf, beside = finish(sheet, pressed) if finish else (pressed.pdf, {})
        ppi = PREVIEW_WIDTH / (PAPERS[sheet.paper][0] / _INCH)
        preview = small_picture(press.preview(sheet.kind, data, ppi))
    except PressError as error:
        reason = error.values["reason"]
        found = _QUOTED.search(reason)
        word = error.values.get("word") or (found and (found[1] or found["word"]))
        place = _place_of(word, sheet.source, sources) if word else (Position(sheet.source), 1)
        values["reason"] = reason[:300]
        return Diagnostic(code="P007", position=place[0], width=place[1], values=values)
    files = {"png": preview, **beside}
    for ending, content in {"pdf": pdf, **files}.items():
        atomic_write(out / f"{sheet.id}.{ending}", content)
    return Made(
        id=sheet.id,
        kind=sheet.kind,
        title=sheet.title,
        lang=sheet.lang,
        paper=sheet.paper,
        page=sheet.page,
        version=sheet.version,
        key=key,
        pages=pressed.pages,
        size=len(pdf),
        beside={ending: len(content) for ending, content in sorted(files.items())},
    )


def small_picture(png: bytes) -> bytes:
    """A PNG with few colours: a third of the size, and alike to the eye."""
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(
            _PREVIEW_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        flat.save(out, "PNG", optimize=True)
    return out.getvalue()


def _key(press: Press, data: Mapping[str, Any], *parts: str) -> str:
    return digest_of_parts(press.key, *parts, json.dumps(data, sort_keys=True, ensure_ascii=False))


def _take_away(out: Path, gone: Iterable[Made]) -> None:
    for made in gone:
        for ending in ("pdf", *made.beside):
            with contextlib.suppress(OSError):
                (out / f"{made.id}.{ending}").unlink(missing_ok=True)


def _write_index(out: Path, sheets: Mapping[str, Made]) -> None:
    entries = [sheets[id].as_json() for id in sorted(sheets)]
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    atomic_write(out / INDEX, text.encode())


def _place_of(word: str, path: str, sources: Mapping[str, Source | str]) -> tuple[Position, int]:
    """Where a word of a sheet was written: in its own file, else in the first that has it."""
    plain = word.replace("\u200b", "")
    for candidate in (path, *sorted(sources.keys() - {path})):
        source = sources.get(candidate)
        text = source.text if isinstance(source, Source) else source or ""
        at = text.find(plain)
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            return Position(candidate, line, at - text.rfind("\n", 0, at)), len(plain)
    return Position(path), 1
