"""Boxes of a printed form become boxes that can be ticked on a screen; what is tagged, archival and
accessible stays so.

In the printed PDF a box is a picture whose words are the question and the answer. Here the
picture's place in the structure goes to a form field, in the same place of the reading order, and
the picture itself becomes decoration. Boxes of which one is to be chosen share a field, so that
ticking one unticks the others and each can be unticked again (browsers never untick a radio
button); where several may be chosen each is a field of its own. Text is not made fillable: see
decision 0017.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from niemyet.paper.form_sheets import reader_map
from niemyet.paper.line_breaks import MAY_BREAK
from niemyet.paper.pdf_fixes import without_doubt
from niemyet.paper.sheet import PressError, Sheet
from niemyet.paper.typst import Pressed
from niemyet.view.brand import colours

MM = 72 / 25.4
PRINTED = 1 << 2
INDENT = 3.2
"""How far the cross stays inside its box, in points."""


class LostBox(PressError):
    """The PDF and its marks disagree about the boxes."""


def make_fillable(pdf: bytes, marks: Sequence[Mapping[str, Any]]) -> bytes:
    """The PDF with a form field on every mark of the kind `box`; the same bytes every time.

    `marks` are those of `press`: `question`, `text`, `option`, `label`, `answers` (`one` or
    `many`), `page`, and `x`, `y`, `w`, `h` in millimetres. Raises: LostBox.
    """
    boxes = [mark for mark in marks if mark["kind"] == "box"]
    if not boxes:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _Fields(document).add(boxes)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return without_doubt(out.getvalue())


def finish_form(sheet: Sheet, pressed: Pressed) -> tuple[bytes, dict[str, bytes]]:
    """What follows the press for a form: boxes to tick on a screen, and beside it the map for a
    reader. Raises: LostBox, LostMark."""
    return make_fillable(pressed.pdf, pressed.marks), {
        "json": reader_map(sheet, pressed.marks, pressed.pages)
    }


class _Fields:
    """The fields of one document."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.document = document
        self.drawings: dict[tuple[float, float], tuple[Any, Any]] = {}
        self.fields = Array()
        self.groups: dict[str, Any] = {}

    def add(self, boxes: Sequence[Mapping[str, Any]]) -> None:
        tree = self.document.Root.StructTreeRoot
        pictures = [element for element in _elements(tree) if element.get("/S") == Name.Figure]
        freed: dict[int, set[int]] = {}
        key = int(tree.get("/ParentTreeNextKey", 0))
        parents = pikepdf.NumberTree(tree.ParentTree)
        for mark, element in zip(
            boxes, _matching(pictures, [_name(mark) for mark in boxes]), strict=True
        ):
            page = self.document.pages[mark["page"] - 1]
            widget = self._widget(page, mark)
            widget.StructParent = key
            self._join(widget, mark)
            if "/Annots" not in page.obj:
                page.obj.Annots = Array()
            page.obj.Annots.append(widget)
            page.obj.Tabs = Name.S
            freed.setdefault(mark["page"] - 1, set()).update(_contents(element))
            _become_field(element, page, widget)
            parents[key] = element
            key += 1
        for index, ids in freed.items():
            page = self.document.pages[index]
            self._make_decoration(page, ids)
            for id in ids:
                parents[int(page.obj.StructParents)][id] = None
        tree.ParentTreeNextKey = key
        self.document.Root.AcroForm = self.document.make_indirect(
            Dictionary(Fields=self.fields, DA=String(""))
        )

    def _join(self, widget: Any, mark: Mapping[str, Any]) -> None:
        """Makes the widget one of a field of which one box at most is on, or a field of its own."""
        if mark["answers"] == "many":
            widget.FT, widget.V, widget.T = (
                Name.Btn,
                Name.Off,
                String(_plain(f"{mark['question']}-{mark['option'] + 1}")),
            )
            self.fields.append(widget)
            return
        group = self.groups.get(mark["question"])
        if group is None:
            values = Dictionary(
                FT=Name.Btn,
                T=String(_plain(mark["question"])),
                TU=String(_plain(mark["text"])),
                V=Name.Off,
                Kids=Array(),
            )
            group = self.groups[mark["question"]] = self.document.make_indirect(values)
            self.fields.append(group)
        widget.Parent = group
        group.Kids.append(widget)

    def _widget(self, page: pikepdf.Page, mark: Mapping[str, Any]) -> Any:
        left, foot = mark["x"] * MM, float(page.mediabox[3]) - (mark["y"] + mark["h"]) * MM
        width, height = mark["w"] * MM, mark["h"] * MM
        cross, blank = self._drawn(round(width, 2), round(height, 2))
        return self.document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array(
                    [round(value, 2) for value in (left, foot, left + width, foot + height)]
                ),
                F=PRINTED,
                P=page.obj,
                TU=String(_name(mark)),
                AS=Name.Off,
                AP=Dictionary(N=Dictionary({f"/{mark['option'] + 1}": cross, "/Off": blank})),
                MK=Dictionary(),
                Border=Array([0, 0, 0]),
            )
        )

    def _drawn(self, width: float, height: float) -> tuple[Any, Any]:
        """A box with its cross and one without, drawn inside the printed frame."""
        if (width, height) not in self.drawings:
            right, top = width - INDENT, height - INDENT
            red, green, blue = (part / 255 for part in bytes.fromhex(colours()["ink"][1:]))
            cross = (
                f"q 1.5 w 1 J {red:.3f} {green:.3f} {blue:.3f} RG"
                f" {INDENT} {INDENT} m {right:.2f} {top:.2f} l"
                f" {INDENT} {top:.2f} m {right:.2f} {INDENT} l S Q"
            )
            self.drawings[width, height] = (
                self._drawing(width, height, cross),
                self._drawing(width, height, "q Q"),
            )
        return self.drawings[width, height]

    def _drawing(self, width: float, height: float, content: str) -> Any:
        stream = self.document.make_stream(content.encode())
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox, stream.Resources = Array([0, 0, width, height]), Dictionary()
        return stream

    def _make_decoration(self, page: pikepdf.Page, ids: set[int]) -> None:
        """Takes the pictures of boxes out of what is read: their marked content becomes an
        artifact."""
        commands: list[Any] = []
        for command in pikepdf.parse_content_stream(page):
            tag = command.operands[1] if str(command.operator) == "BDC" else None
            if isinstance(tag, Dictionary) and int(tag.get("/MCID", -1)) in ids:
                commands.append(([Name.Artifact], pikepdf.Operator("BMC")))
            else:
                commands.append(command)
        page.obj.Contents = self.document.make_stream(pikepdf.unparse_content_stream(commands))


def _name(mark: Mapping[str, Any]) -> str:
    """What a screen reader says of a box; the template gives the box's picture the same words."""
    return _plain(f"{mark['text']}: {mark['label']}")


def _plain(words: str) -> str:
    return words.replace(MAY_BREAK, "")


def _elements(element: Any) -> Iterator[Any]:
    """All structure elements below one, in reading order."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else () if kids is None else (kids,):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _matching(pictures: Sequence[Any], labels: Sequence[str]) -> list[Any]:
    """The picture of each label; the same words may be printed on several boxes, then in the order
    they are read."""
    by_words: dict[str, list[Any]] = {}
    for picture in pictures:
        by_words.setdefault(_plain(str(picture.get("/Alt", ""))), []).append(picture)
    found = []
    for label in labels:
        if not by_words.get(label):
            raise LostBox("sheet_not_made", reason=f"BOX: {label}", word=label)
        found.append(by_words[label].pop(0))
    return found


def _contents(element: Any) -> Iterator[int]:
    """The numbers of the marked content of an element."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, Dictionary):
            if "/MCID" in kid:
                yield int(kid.MCID)
        elif kid is not None:
            yield int(kid)


def _become_field(element: Any, page: pikepdf.Page, widget: Any) -> None:
    element.S, element.Pg = Name.Form, page.obj
    element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
    for key in ("/Alt", "/A"):
        if key in element:
            del element[key]
