"""A letter as a Word file that staff can edit: the same lines, sizes and margins as the PDF, and
the same bytes each time.

A blank is a content control: a click marks all its dots and typing takes their place; pointing at
it shows what goes there.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from niemyet.letters.letter import Line, Piece, Written

FONT = "Times New Roman"
"""By name: the decree asks for it and every office has it. The PDF is set in its twin of the same
widths."""

OFFICIAL_MARGINS_MM = (20, 20, 30, 15)
CARD_MARGINS_MM = (34, 30, 30, 30)
"""Top, bottom, left, right."""

LINE_PITCH, CARD_PITCH = 1.1, 1.3
"""Of the font's own single spacing."""

_STAMP = (1980, 1, 1, 0, 0, 0)
_NOON = dt.time(12)


def docx_of(written: Written) -> bytes:
    """The letter as DOCX; the same letter gives the same bytes."""
    return _Page(written).bytes()


class _Page:
    def __init__(self, written: Written) -> None:
        self.written = written
        self.controls = 0
        self.size = 14 if written.is_official else 15
        self.document: Any = Document()
        self._set_up()
        if written.is_official:
            self._official_head()
        else:
            self._card_head()
        if written.to:
            self._paragraph(self.document, written.to, size=self.size, align=ALIGN.CENTER, after=14)
        for line in written.paragraphs:
            paragraph = self._paragraph(
                self.document, line, size=self.size, align=ALIGN.JUSTIFY, after=6, first=True
            )
            paragraph.paragraph_format.line_spacing = (
                LINE_PITCH if written.is_official else CARD_PITCH
            )
        self._foot()

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return _normalised(out.getvalue())

    def _set_up(self) -> None:
        written, document = self.written, self.document
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        edges = OFFICIAL_MARGINS_MM if written.is_official else CARD_MARGINS_MM
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(
            Mm, edges
        )
        section.header_distance, section.footer_distance = (
            Mm(10),
            Mm(11 if written.is_official else 16),
        )
        if not written.is_official:
            _frame(section, written.accent)
        lang = "vi-VN" if written.lang == "vi" else {"en": "en-US"}.get(written.lang, written.lang)
        defaults = document.styles.element.find(qn("w:docDefaults")).find(
            f"{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )
        _set_font(defaults)
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_element("w:lang", val=lang, eastAsia=lang, bidi="ar-SA"))
        normal = document.styles["Normal"]
        normal.font.size = Pt(14)
        _set_font(normal.element.get_or_add_rPr())
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = LINE_PITCH
        normal.paragraph_format.widow_control = True
        heading = document.styles["Heading 1"]
        for part in ("w:rPr", "w:pPr"):
            old = heading.element.find(qn(part))
            if old is not None:
                heading.element.remove(old)
        _set_font(heading.element.get_or_add_rPr())
        heading.paragraph_format.keep_with_next = True
        heading.element.get_or_add_pPr().append(
            _element("w:outlineLvl", val="0")
        )  # last of its kind
        core = document.core_properties
        core.title, core.author, core.last_modified_by = (
            written.title,
            written.author,
            written.author,
        )
        core.language, core.comments, core.keywords, core.subject, core.revision = (
            lang,
            "",
            "",
            " ".join(written.about),
            1,
        )
        core.created = core.modified = dt.datetime.combine(written.day, _NOON)
        compat = document.settings.element.find(qn("w:compat"))
        mode = next(e for e in compat if e.get(qn("w:name")) == "compatibilityMode")
        mode.set(qn("w:val"), "15")  # else Word opens it as a file of an older Word
        package = document.part.package
        for key, relation in list(package.rels.items()):
            if (
                relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL
            ):  # a picture of an empty page of somebody else's
                package.rels.pop(key)
        section.different_first_page_header_footer = True
        for footer in (section.footer, section.first_page_footer):
            self._paragraph(
                footer,
                (" " if written.is_official else "\n").join(written.mark),
                size=9,
                italic=True,
                align=ALIGN.CENTER,
            )
        self._paragraph(section.first_page_header, "", size=13)
        number = self._paragraph(section.header, "", size=13, align=ALIGN.CENTER)
        _add_page_number(number)

    def _official_head(self) -> None:
        written = self.written
        (left, right), (below_left, below_right) = self._table(((64, 101), (64, 101)))
        self._issuer(left)
        self._paragraph(right, written.country, size=13, bold=True, align=ALIGN.CENTER)
        self._paragraph(right, written.motto, size=14, bold=True, align=ALIGN.CENTER)
        _rule(right, 101, 58)
        self._paragraph(below_left, written.number, size=13, align=ALIGN.CENTER, before=6)
        about = self._paragraph(
            below_left, "\n".join(written.about), size=12, align=ALIGN.CENTER, before=3
        )
        about.style = self.document.styles["Heading 1"]
        self._paragraph(
            below_right, written.place_date, size=14, italic=True, align=ALIGN.CENTER, before=6
        )
        _spacer(self.document, 20)

    def _card_head(self) -> None:
        written = self.written
        self._issuer(self.document)
        self._paragraph(
            self.document,
            written.place_date,
            size=14,
            italic=True,
            align=ALIGN.RIGHT,
            before=34,
            after=36,
        )
        heading = self._paragraph(
            self.document, written.heading, size=22, bold=True, align=ALIGN.CENTER, after=24
        )
        for run in heading.runs:
            run.font.color.rgb = RGBColor.from_string(written.accent.upper())
            run._r.rPr.find(qn("w:sz")).addprevious(_element("w:spacing", val="10"))
        heading.style = self.document.styles["Heading 1"]

    def _issuer(self, place: Any) -> None:
        written = self.written
        if written.superior:
            self._paragraph(place, "\n".join(written.superior), size=13, align=ALIGN.CENTER)
        self._paragraph(place, "\n".join(written.issuer), size=13, bold=True, align=ALIGN.CENTER)
        _rule(
            place, 64 if written.is_official else 150, 0.42 * 2.85 * max(map(len, written.issuer))
        )

    def _foot(self) -> None:
        written = self.written
        _spacer(self.document, 8 if written.is_official else 20)
        ((left, right),) = self._table(((75, 90) if written.is_official else (60, 90),))
        if written.recipients:
            self._paragraph(left, written.recipients_label, size=12, bold=True, italic=True)
            for line in written.recipients:
                item = self._paragraph(left, f"- {line}", size=11)
                item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = (
                    Mm(2.2),
                    Mm(-2.2),
                )
        title = self._paragraph(
            right, "\n".join(written.signature), size=14, bold=True, align=ALIGN.CENTER, after=68
        )
        title.paragraph_format.keep_with_next = True
        self._paragraph(right, written.signer, size=14, bold=True, align=ALIGN.CENTER)
        _spacer(self.document, 1)  # a table must be followed by a paragraph

    def _table(self, rows: Sequence[Sequence[float]]) -> list[Any]:
        """A table without lines, only there to put things side by side, whose rows stay whole."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        table.autofit = False
        margins = _element("w:tblCellMar")
        margins.extend(_element(f"w:{side}", w="0", type="dxa") for side in ("left", "right"))
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
        for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), rows[0], strict=True):
            column.set(qn("w:w"), str(round(width * 56.6929)))
        for row, widths in zip(table.rows, rows, strict=True):
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        return [row.cells for row in table.rows]

    def _paragraph(
        self,
        place: Any,
        words: str | Line,
        *,
        size: float = 14,
        bold: bool = False,
        italic: bool = False,
        align: ALIGN | None = None,
        before: float = 0,
        after: float = 0,
        first: bool = False,
    ) -> Any:
        present = [] if place is self.document else place.paragraphs
        is_fresh = (
            len(present) == 1 and present[0]._p.find(qn("w:r")) is None
        )  # a cell or a header is made with one
        paragraph = present[0] if is_fresh else place.add_paragraph()
        shape = paragraph.paragraph_format
        shape.alignment = align
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        if first:
            shape.first_line_indent = Cm(1.27)
        for piece in (Piece(words),) if isinstance(words, str) else words:
            run = paragraph.add_run(piece.text)
            run.font.size, run.bold, run.italic = Pt(size), bold, italic
            if piece.blank and not (
                bold or italic
            ):  # some programs show a control's placeholder upright and light
                self._enclose(run._r, piece)
        return paragraph

    def _enclose(self, run: Any, piece: Piece) -> None:
        """Puts a run into a content control that shows its words as a placeholder."""
        self.controls += 1
        control, properties, content = (
            _element("w:sdt"),
            _element("w:sdtPr"),
            _element("w:sdtContent"),
        )
        properties.extend(
            (
                copy.deepcopy(run.rPr),
                _element("w:alias", val=piece.label[:60]),
                _element("w:tag", val=piece.blank),
                _element("w:id", val=str(self.controls)),
                _element("w:showingPlcHdr"),
                _element("w:text"),
            )
        )
        control.extend((properties, content))
        run.addprevious(control)
        content.append(run)


def _element(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _set_font(properties: Any) -> None:
    """Names the font for every script, and takes away the theme's, which would win."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))


def _rule(place: Any, width_mm: float, length_mm: float) -> None:
    """A short line in the middle: an empty paragraph with a border, drawn in from both sides."""
    paragraph = place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((width_mm - length_mm) / 2)
    shape.line_spacing = Pt(3)
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="6", space="0", color="000000"))
    paragraph._p.pPr.find(qn("w:spacing")).addprevious(borders)


def _frame(section: Any, colour: str) -> None:
    """Two thin lines around the page."""
    borders = _element("w:pgBorders", offsetFrom="page")
    sides = ("top", "left", "bottom", "right")
    borders.extend(
        _element(f"w:{side}", val="double", sz="6", space="31", color=colour) for side in sides
    )
    section._sectPr.find(qn("w:cols")).addprevious(borders)


def _spacer(place: Any, points: float) -> None:
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(points)


def _add_page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(13)
    instruction = _element("w:instrText")
    instruction.text = "PAGE"
    for part in (
        _element("w:fldChar", fldCharType="begin"),
        instruction,
        _element("w:fldChar", fldCharType="end"),
    ):
        run._r.append(part)


def _normalised(raw: bytes) -> bytes:
    """The same package with fixed times and order, so that nothing tells when it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names: Iterable[str] = sorted(
            package.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        )
        for name in names:
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type, entry.external_attr, entry.create_system = (
                zipfile.ZIP_DEFLATED,
                0o600 << 16,
                3,
            )
            target.writestr(entry, package.read(name))
    return out.getvalue()
