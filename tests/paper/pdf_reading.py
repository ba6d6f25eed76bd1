"""What a PDF shows, as an eye, a printer and a validator find it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import page
import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import zxingcpp
from PIL import Image

MM = 72 / 25.4


def text_of(pdf: bytes) -> str:
    return squeezed("".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)))


def squeezed(text: str) -> str:
    """Letters only as they are drawn: no spaces, no places to break, hyphens as the reader finds
    them."""
    return re.sub(
        r"[\s\u200b\u2060\ufffe\u00ad\u0002\x00-]+", "", unicodedata.normalize("NFC", text)
    )


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]+", "", unicodedata.normalize("NFC", text))


def strings_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in (
                "icon",
                "icons",
                "qr",
                "url",
                "version",
                "lang",
                "ink",
                "paper",
                "t",
                "keywords",
                "office",
                "date",
                "updated",
            ):
                yield from strings_in(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from strings_in(value)


def missing_from(text: str, value: str, breaks: int) -> list[str]:
    """The parts of a value that a sheet lacks. A long text may be broken by as many columns and
    pages as there are."""
    if squeezed(value) in text or squeezed(value.upper()) in text:
        return []
    words = value.split()
    parts = [" ".join(words[at : at + 6]) for at in range(0, len(words), 6)]
    missing = [part for part in parts if squeezed(part) not in text]
    return missing if len(parts) < 8 or len(missing) > breaks else []


def sizes_in(pdf: bytes) -> list[tuple[float, str]]:
    """The size of every letter in points, with the letter."""
    found = []
    for one in pypdfium2.PdfDocument(pdf):
        text = one.get_textpage()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text.raw, index)
            if code > 32:
                matrix = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(text.raw, index, matrix)
                found.append(
                    (round(raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d), 2), chr(code))
                )
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
            if right > left and (
                left < edge or bottom < edge or right > width - edge or top > height - edge
            ):
                found.append(text.get_text_range(index, 1))
    return found


def overlaps(pdf: bytes) -> int:
    """Pairs of letters that are drawn over each other, which happens where a word runs into the
    next column."""
    count = 0
    for one in pypdfium2.PdfDocument(pdf):
        text = one.get_textpage()
        # Letters of one ligature, and a place to break, have the same box.
        boxes = sorted(
            {
                text.get_charbox(index)
                for index in range(text.count_chars())
                if text.get_text_range(index, 1).strip()
            }
        )
        for number, (left, bottom, right, top) in enumerate(boxes):
            for other in boxes[number + 1 : number + 12]:
                across = min(right, other[2]) - max(left, other[0])
                along = min(top, other[3]) - max(bottom, other[1])
                if across > 0.6 * min(right - left, other[2] - other[0]) and along > 0.6 * min(
                    top - bottom, other[3] - other[1]
                ):
                    count += (
                        min(right - left, top - bottom, other[2] - other[0], other[3] - other[1])
                        > 2
                    )
    return count


PROFILES = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)


def faults(pdf: bytes) -> list[str]:
    """What an independent validator has against a PDF as an archive and as an accessible
    document."""
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in PROFILES]
    return [
        failure.message
        for report in reports
        for failure in report.failures
        if not report.is_compliant
    ]


def structure_of(pdf: bytes) -> dict[str, int]:
    """How often each kind of element stands in the structure tree."""
    counts: dict[str, int] = {}

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for part in node:
                walk(part)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                name = str(node.S)
                counts[name] = counts.get(name, 0) + 1
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot.K)
    return counts


def pictures(pdf: bytes, dpi: float) -> list[Image.Image]:
    """Every page in shades of grey."""
    return [
        one.render(scale=dpi / 72, grayscale=True).to_pil() for one in pypdfium2.PdfDocument(pdf)
    ]


def codes_in(picture: Image.Image) -> list[str]:
    """What the codes of a page lead to."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]
