"""QR codes as drawings."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from typing import Any


def with_codes(data: Any) -> Any:
    """The same values with every `qr` and `corner_qr`, which say what is in the code, drawn as SVG.
    Drawing takes a while."""
    if isinstance(data, Mapping):
        return {
            key: _DRAWN[key](value)
            if key in _DRAWN and isinstance(value, str)
            else with_codes(value)
            for key, value in data.items()
        }
    return [with_codes(value) for value in data] if isinstance(data, (list, tuple)) else data


@functools.lru_cache(maxsize=512)
def qr_svg(text: str) -> str:
    """A QR code as SVG without colours of its own, with the highest error correction that costs no
    larger code."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", boost_error=True, micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, dark="#000"
    )
    return out.getvalue().decode()


@functools.lru_cache(maxsize=512)
def corner_svg(text: str) -> str:
    """The smallest QR code with the highest error correction, without a margin: a mark for a
    program that reads photographs."""
    import segno

    out = io.BytesIO()
    code = segno.make(text, version=1, error="h", boost_error=False, micro=False)
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, dark="#000")
    return out.getvalue().decode()


_DRAWN = {"qr": qr_svg, "corner_qr": corner_svg}
