"""A print run: valid sheets, the same bytes twice, only what changed, and bad input that harms nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import page
import pypdfium2
import pytest

from generator.catalogue import Catalogue
from generator.outputs.procedures import ProcedureView
from generator.outputs.sheets import Sheet, procedures
from generator.press import Press
from generator.rendering import Words

MM = 72 / 25.4
A3_FLOOR, A3_NOTES, LEAFLET_FLOOR = 16, 13, 11


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture(scope="module")
def words(catalogue: Catalogue) -> Words:
    return Words(catalogue, "vi")


@pytest.fixture(scope="module")
def sheets(catalogue: Catalogue, words: Words) -> list[Sheet]:
    """Poster and leaflet of the most used procedures."""
    wanted = catalogue.settings.most_used[:5]
    return [s for code in wanted for s in procedures.sheets(ProcedureView(catalogue, words, catalogue.procedures[code]))]


def text_of(pdf: bytes) -> str:
    return squeezed("".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)))


def squeezed(text: str) -> str:
    """Letters only as they are drawn: no spaces, no places to break, hyphens as the reader finds them."""
    return re.sub(r"[\s\u200b\u2060\ufffe\u00ad\u0002\x00-]+", "", unicodedata.normalize("NFC", text))


def strings_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ("icon", "icons", "qr", "url", "version", "lang", "ink", "paper", "t", "keywords", "office", "date", "updated"):
                yield from strings_in(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from strings_in(value)


def sizes_in(pdf: bytes) -> list[tuple[float, str]]:
    """The size of every letter in points, with the letter."""
    import pypdfium2.raw as raw

    found = []
    for one in pypdfium2.PdfDocument(pdf):
        text = one.get_textpage()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text.raw, index)
            if code > 32:
                matrix = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(text.raw, index, matrix)
                found.append((round(raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d), 2), chr(code)))
    return found


def outside(pdf: bytes, margin_mm: float = 5) -> list[str]:
    """Letters nearer to the edge than a printer can reach."""
    found = []
    for one in pypdfium2.PdfDocument(pdf):
        width, height = one.get_size()
        text = one.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            edge = margin_mm * MM - 0.5
            if right > left and (left < edge or bottom < edge or right > width - edge or top > height - edge):
                found.append(text.get_text_range(index, 1))
    return found


def overlaps(pdf: bytes) -> int:
    """Pairs of letters that are drawn over each other, which happens where a word runs into the next column."""
    count = 0
    for one in pypdfium2.PdfDocument(pdf):
        text = one.get_textpage()
        boxes = sorted(text.get_charbox(index) for index in range(text.count_chars()) if text.get_text_range(index, 1).strip())
        for number, (left, bottom, right, top) in enumerate(boxes):
            for other in boxes[number + 1 : number + 12]:
                across = min(right, other[2]) - max(left, other[0])
                along = min(top, other[3]) - max(bottom, other[1])
                if across > 0.6 * min(right - left, other[2] - other[0]) and along > 0.6 * min(top - bottom, other[3] - other[1]):
                    count += min(right - left, top - bottom, other[2] - other[0], other[3] - other[1]) > 2
    return count


def valid(pdf: bytes) -> dict[str, bool]:
    return {profile: page.validate(pdf, profile).compliant for profile in ("2a", "ua1")}
