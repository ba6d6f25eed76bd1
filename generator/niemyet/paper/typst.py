"""The only place that knows the PDF engine: a template and plain data in, the bytes of a sheet out.

Every PDF is archival and accessible at once (PDF/A-2a and PDF/UA-1); under these the engine refuses
a letter it cannot draw, a picture without words and a heading out of order. Fonts come from the
project alone. Nothing may fork after a `Press` has worked: the engine's threads do not live on in a
child.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import typst

from niemyet.findings.errors import NiemyetError
from niemyet.paper.pdf_fixes import without_doubt
from niemyet.paper.qr import with_codes
from niemyet.paper.sheet import PressError
from niemyet.source.loader import digest_of_folder
from niemyet.values.digest import digest_of_parts
from niemyet.view.brand import colours

TEMPLATES = Path(__file__).with_name("templates")
TYPEFACES = Path(__file__).with_name("typefaces")
SANS, SERIF = "Be Vietnam Pro", "TeX Gyre Termes"
SANS_WEIGHTS = (400, 500, 600, 700, 800)
STANDARDS: list[Any] = ["a-2a", "ua-1"]
MARKS = "<mark>"
"""Templates label with this what a later program must find on the sheet: boxes of a form, with
place and size in millimetres."""


class MissingFont(NiemyetError):
    """A font the sheets are set in is not where the project keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A sheet as PDF, with its number of pages and its marks (empty unless asked for)."""

    pdf: bytes
    pages: int
    marks: Sequence[Mapping[str, Any]] = ()


class Press:
    """Makes sheets, one after another, with one engine.

    Raises: MissingFont.
    """

    def __init__(self, templates: Path = TEMPLATES) -> None:
        self.templates = templates
        folders = sorted({str(file.parent) for file in font_files()})
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
        )
        for family in (SANS, SERIF):
            if family not in fonts.families():
                raise MissingFont("font_broken", font=family)
        self._engine = typst.Compiler(
            root=str(templates), font_paths=fonts, ignore_system_fonts=True
        )

    @cached_property
    def key(self) -> str:
        """A key of all that a sheet is made from besides its data: templates, colours, fonts,
        engine."""
        templates, engine = digest_of_folder(self.templates), importlib.metadata.version("typst")
        fonts = [file.read_bytes() for file in font_files()]
        return digest_of_parts(engine, templates, json.dumps(colours()), *fonts)

    def make(self, template: str, data: Mapping[str, Any], *, marks: bool = False) -> Pressed:
        """Sets `template` (a name without `.typ`) with `data` (JSON values). Raises: PressError."""
        inputs = self._inputs(data)
        file = str(self.templates / f"{template}.typ")
        try:
            pdf, warnings = self._engine.compile_with_warnings(
                file, format="pdf", pdf_standards=STANDARDS, sys_inputs=inputs
            )
            found = self._engine.query(MARKS, field="value") if marks else "[]"
        except typst.TypstError as error:
            raise PressError("sheet_not_made", reason=_reason(error)) from error
        if (
            warnings
        ):  # a font or a setting the engine does not know would change the sheet without a word
            raise PressError("sheet_not_made", reason=" ".join(str(warnings[0]).split()))
        assert isinstance(pdf, bytes)
        pdf = without_doubt(pdf)
        return Pressed(pdf=pdf, pages=count_pages(pdf), marks=json.loads(found))

    def preview(self, template: str, data: Mapping[str, Any], ppi: float) -> bytes:
        """The first page as PNG. Raises: PressError."""
        try:
            made = self._engine.compile(
                str(self.templates / f"{template}.typ"),
                format="png",
                ppi=ppi,
                sys_inputs=self._inputs(data),
            )
        except typst.TypstError as error:
            raise PressError("sheet_not_made", reason=_reason(error)) from error
        return made[0] if isinstance(made, list) else made or b""

    def _inputs(self, data: Mapping[str, Any]) -> dict[str, str]:
        drawn = with_codes(data)
        return {
            "data": json.dumps(drawn, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            "colours": json.dumps(colours()),
        }


def font_files() -> list[Path]:
    """The fonts of sheets (from their package) and of letters (beside the program). Raises:
    MissingFont."""
    import fontpkg

    try:
        files = [Path(fontpkg.path(SANS, weight=weight)) for weight in SANS_WEIGHTS]
    except LookupError as error:
        raise MissingFont("font_missing", font=SANS) from error
    files += (
        TYPEFACES / f"texgyretermes-{style}.otf"
        for style in ("regular", "bold", "italic", "bolditalic")
    )
    for file in files:
        if not file.is_file():
            raise MissingFont("font_missing", font=file.name)
    return files


def letters_drawn() -> frozenset[int]:
    """Every character that letters can be set in."""
    ranges = (TYPEFACES / "letters.txt").read_text("ascii").split()
    ends = ([int(end, 16) for end in part.split("-")] for part in ranges)
    return frozenset(letter for first, last in ends for letter in range(first, last + 1))


def count_pages(pdf: bytes) -> int:
    """The number of pages of a PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _reason(error: typst.TypstError) -> str:
    words = [error.message, *(error.hints or ())]
    return " ".join(" ".join(words).split()).removeprefix("panicked with: ").strip('"')
