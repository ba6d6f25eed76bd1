"""Streams of a PDF that end in a carriage return, which readers take for part of the line end after
it.

The letters `endstream` stand on a line of their own. Where the compressed bytes before it end in
CR, that CR and the LF look like one line end, and a strict reader finds the stream a byte shorter
than it says it is. A compressed stream ends in a sum of its data, so one in 256 ends so by chance;
a line end more in the data, which changes nothing that is drawn, gives another sum.

Source: ISO 32000-1, 7.3.8.1; ISO 19005-2, 6.1.7.1.
"""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf

from niemyet.paper.sheet import PressError

_DOUBTFUL = b"\r\nendstream"
_MOST_LINES = 8


class DoubtfulStream(PressError):
    """A stream ends in CR whatever is done about it."""


def without_doubt(pdf: bytes) -> bytes:
    """The same PDF with no stream ending in CR. Same input, same bytes. Raises:
    DoubtfulStream."""
    if _DOUBTFUL not in pdf:
        return pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream) and item.read_raw_bytes().endswith(b"\r"):
                data = item.read_bytes()
                tries = (zlib.compress(data + b"\n" * lines, 9) for lines in range(1, _MOST_LINES))
                packed = next((packed for packed in tries if not packed.endswith(b"\r")), None)
                if packed is not None:
                    item.write(packed, filter=pikepdf.Name.FlateDecode)
        for mode in (
            pikepdf.ObjectStreamMode.preserve,
            pikepdf.ObjectStreamMode.generate,
            pikepdf.ObjectStreamMode.disable,
        ):
            out = BytesIO()
            document.save(
                out,
                deterministic_id=True,
                object_stream_mode=mode,
                compress_streams=True,
                recompress_flate=False,
            )
            if _DOUBTFUL not in out.getvalue():
                return out.getvalue()
    raise DoubtfulStream("sheet_not_made", reason="a stream still ends in a carriage return")
