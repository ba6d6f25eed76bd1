"""A large sheet cut into A4 pages, for offices whose printer takes nothing larger.

The pages overlap; corner marks show where to cut and where the next page is glued on.
"""

from __future__ import annotations

import math
from io import BytesIO

import pikepdf

MARGIN_MM = 8
OVERLAP_MM = 10
_MARK_MM = 4
_A4_MM = (210, 297)
_MM = 72 / 25.4


def cut(pdf: bytes) -> bytes:
    """The pages of a PDF, each cut into as few A4 pages as hold it, row by row from the top. Same
    input, same bytes."""
    made = pikepdf.new()
    with pikepdf.open(BytesIO(pdf)) as whole:
        for page in whole.pages:
            _cut_page(made, page)
        if "/Lang" in whole.Root:
            made.Root.Lang = whole.Root.Lang
        title = whole.docinfo.get("/Title")
    if title is not None:
        made.docinfo["/Title"] = title
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def count_tiles(width_mm: float, height_mm: float) -> tuple[int, int, bool]:
    """Columns and rows of A4 pages that hold a sheet, and whether the pages lie on their side."""
    best: tuple[int, int, int, bool] | None = None
    for lying in (False, True):
        width, height = _printable(lying)
        across = max(1, math.ceil((width_mm - OVERLAP_MM) / (width - OVERLAP_MM)))
        down = max(1, math.ceil((height_mm - OVERLAP_MM) / (height - OVERLAP_MM)))
        if best is None or across * down < best[0]:
            best = (across * down, across, down, lying)
    assert best is not None
    return best[1], best[2], best[3]


def _printable(lying: bool) -> tuple[float, float]:
    width, height = reversed(_A4_MM) if lying else _A4_MM
    return width - 2 * MARGIN_MM, height - 2 * MARGIN_MM


def _cut_page(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    left, bottom, right, top = (float(edge) / _MM for edge in page.mediabox)
    whole_width, whole_height = right - left, top - bottom
    across, down, lying = count_tiles(whole_width, whole_height)
    width, height = _printable(lying)
    drawing = made.copy_foreign(page.as_form_xobject())
    for row in range(down):
        for column in range(across):
            x = column * (width - OVERLAP_MM)
            y = whole_height - height - row * (height - OVERLAP_MM)
            tile = made.add_blank_page(
                page_size=((width + 2 * MARGIN_MM) * _MM, (height + 2 * MARGIN_MM) * _MM)
            )
            window = (
                f"q {MARGIN_MM * _MM:.3f} {MARGIN_MM * _MM:.3f} {width * _MM:.3f}"
                f" {height * _MM:.3f} re W n"
            )
            moved = (
                f"1 0 0 1 {(MARGIN_MM - x) * _MM:.3f} {(MARGIN_MM - y) * _MM:.3f} cm /Sheet Do Q"
            )
            tile.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Sheet=drawing))
            tile.Contents = made.make_stream(
                f"{window} {moved} 0.3 w 0.5 G {_marks(width, height)}\n".encode()
            )


def _marks(width: float, height: float) -> str:
    lines = []
    for x in (MARGIN_MM, MARGIN_MM + width):
        for y in (MARGIN_MM, MARGIN_MM + height):
            lines.append(
                f"{(x - _MARK_MM) * _MM:.3f} {y * _MM:.3f} m {(x + _MARK_MM) * _MM:.3f}"
                f" {y * _MM:.3f} l S"
            )
            lines.append(
                f"{x * _MM:.3f} {(y - _MARK_MM) * _MM:.3f} m {x * _MM:.3f}"
                f" {(y + _MARK_MM) * _MM:.3f} l S"
            )
    return " ".join(lines)
