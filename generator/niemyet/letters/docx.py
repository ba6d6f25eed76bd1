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
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from niemyet.letters.layout import LAYOUTS
from niemyet.letters.letter import Line, Piece, Written

FONT = "Times New Roman"
"""By name: the decree asks for it and every office has it. The PDF is set in its twin of the same
widths."""

LINE_PITCH, CARD_PITCH = 1.1, 1.3
"""Between lines, of the font's own single spacing."""

_STAMP = (1980, 1, 1, 0, 0, 0)
_NOON = dt.time(12)


def docx_of(written: Written) -> bytes:
    """The letter as DOCX; the same letter gives the same bytes."""
    return _Page(written).bytes()


class _Page:
    def __init__(self, written: Written) -> None:
        self.written = written
        self.controls = 0
        self.layout = LAYOUTS[written.layout]
        self.lang = {"vi": "vi-VN", "en": "en-US"}.get(written.lang, written.lang)
        self.document: Any = Document()
        self._set_properties()
        self._set_up_styles()
        self._set_up_page()
        if written.is_official:
            self._official_head()
        else:
            self._card_head()
        size, pitch = self.layout.body, LINE_PITCH if written.is_official else CARD_PITCH
        if written.to:
            self._paragraph(self.document, written.to, size=size, align=ALIGN.CENTER, after=14)
        for line in written.paragraphs:
            paragraph = self._paragraph(
                self.document, line, size=size, align=ALIGN.JUSTIFY, after=6, first=True
            )
            paragraph.paragraph_format.line_spacing = pitch
        self._foot()

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return _normalised(out.getvalue())

    def _set_up_page(self) -> None:
        written, document, layout = self.written, self.document, self.layout
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
        section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
        section.header_distance = Mm(10)
        section.footer_distance = Mm(11 if written.is_official else 16)
        if not written.is_official:
            _frame(section, written.accent.lstrip("#"))
        section.different_first_page_header_footer = True
        mark = (" " if written.is_official else "\n").join(written.mark)
        for footer in (section.footer, section.first_page_footer):
            self._paragraph(footer, mark, size=layout.mark, italic=True, align=ALIGN.CENTER)
        self._paragraph(section.first_page_header, "", size=layout.head)
        number = self._paragraph(section.header, "", size=layout.head, align=ALIGN.CENTER)
        _add_page_number(number, layout.head)

    def _set_up_styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(
            f"{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )
        _set_font(defaults)
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_element("w:lang", val=self.lang, eastAsia=self.lang, bidi="ar-SA"))
        normal = styles["Normal"]
        normal.font.size = Pt(14)
        _set_font(normal.element.get_or_add_rPr())
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = LINE_PITCH
        normal.paragraph_format.widow_control = True
        heading = styles["Heading 1"]
        for part in ("w:rPr", "w:pPr"):
            old = heading.element.find(qn(part))
            if old is not None:
                heading.element.remove(old)
        _set_font(heading.element.get_or_add_rPr())
        heading.paragraph_format.keep_with_next = True
        level = _element("w:outlineLvl", val="0")
        heading.element.get_or_add_pPr().append(level)  # last of its kind

    def _set_properties(self) -> None:
        written, document = self.written, self.document
        core = document.core_properties
        core.title, core.subject = written.title, " ".join(written.about)
        core.author = core.last_modified_by = written.author
        core.language, core.revision = self.lang, 1
        core.comments = core.keywords = ""
        core.created = core.modified = dt.datetime.combine(written.day, _NOON)
        compat = document.settings.element.find(qn("w:compat"))
        mode = next(e for e in compat if e.get(qn("w:name")) == "compatibilityMode")
        mode.set(qn("w:val"), "15")  # else Word opens it as a file of an older Word
        rels = document.part.package.rels
        for key, relation in list(rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of somebody else's empty page
                rels.pop(key)

    def _official_head(self) -> None:
        written, layout = self.written, self.layout
        columns = layout.head_columns
        (left, right), (below_left, below_right) = self._table((columns, columns))
        self._issuer(left, columns[0])
        self._centred(right, written.country, layout.head, bold=True)
        self._centred(right, written.motto, layout.motto, bold=True)
        _rule(right, columns[1], 58)
        self._centred(below_left, written.number, layout.head, before=6)
        about = self._centred(below_left, "\n".join(written.about), layout.about, before=3)
        about.style = self.document.styles["Heading 1"]
        self._centred(below_right, written.place_date, layout.place_date, italic=True, before=6)
        _spacer(self.document, 20)

    def _card_head(self) -> None:
        written, layout, document = self.written, self.layout, self.document
        self._issuer(document, layout.width)
        self._paragraph(
            document,
            written.place_date,
            size=layout.place_date,
            italic=True,
            align=ALIGN.RIGHT,
            before=34,
            after=36,
        )
        heading = self._centred(document, written.heading, layout.heading, bold=True, after=24)
        for run in heading.runs:
            run.font.color.rgb = RGBColor.from_string(written.accent.lstrip("#").upper())
            run._r.rPr.find(qn("w:sz")).addprevious(_element("w:spacing", val="10"))
        heading.style = document.styles["Heading 1"]

    def _issuer(self, place: Any, width_mm: float) -> None:
        written, size = self.written, self.layout.head
        if written.superior:
            self._centred(place, "\n".join(written.superior), size)
        self._centred(place, "\n".join(written.issuer), size, bold=True)
        _rule(place, width_mm, 0.42 * 2.85 * max(map(len, written.issuer)))

    def _foot(self) -> None:
        written, layout = self.written, self.layout
        _spacer(self.document, 8 if written.is_official else 20)
        ((left, right),) = self._table((layout.foot_columns,))
        if written.recipients:
            label, size = written.recipients_label, layout.recipients_label
            self._paragraph(left, label, size=size, bold=True, italic=True)
            for line in written.recipients:
                item = self._paragraph(left, f"- {line}", size=layout.recipients)
                item.paragraph_format.left_indent = Mm(2.2)
                item.paragraph_format.first_line_indent = Mm(-2.2)
        lines = "\n".join(written.signature)
        title = self._centred(right, lines, layout.signature, bold=True, after=68)
        title.paragraph_format.keep_with_next = True
        self._centred(right, written.signer, layout.signature, bold=True)
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

    def _centred(self, place: Any, words: str | Line, size: float, **style: Any) -> Any:
        return self._paragraph(place, words, size=size, align=ALIGN.CENTER, **style)

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
        # A cell or a header is made with one.
        is_fresh = len(present) == 1 and present[0]._p.find(qn("w:r")) is None
        paragraph = present[0] if is_fresh else place.add_paragraph()
        shape = paragraph.paragraph_format
        shape.alignment = align
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        if first:
            shape.first_line_indent = Cm(1.27)
        for piece in (Piece(words),) if isinstance(words, str) else words:
            run = paragraph.add_run(piece.text)
            run.font.size, run.bold, run.italic = Pt(size), bold, italic
            # Some programs show a control's placeholder upright and light.
            if piece.blank and not (bold or italic):
                self._enclose(run._r, piece)
        return paragraph

    def _enclose(self, run: Any, piece: Piece) -> None:
        """Puts a run into a content control that shows its words as a placeholder."""
        self.controls += 1
        control, content = _element("w:sdt"), _element("w:sdtContent")
        properties = _element("w:sdtPr")
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


def _add_page_number(paragraph: Any, size: float) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(size)
    instruction = _element("w:instrText")
    instruction.text = "PAGE"
    run._r.append(_element("w:fldChar", fldCharType="begin"))
    run._r.append(instruction)
    run._r.append(_element("w:fldChar", fldCharType="end"))


def _normalised(raw: bytes) -> bytes:
    """The same package with fixed times and order, so that nothing tells when it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(package.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = 0o600 << 16, 3
            target.writestr(entry, package.read(name))
    return out.getvalue()
