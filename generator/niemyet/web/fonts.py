"""The web fonts: Be Vietnam Pro from its package, cut down to the letters Vietnamese and English
need.

Cutting takes most of a second a weight, so the result is kept in a cache under a name made of
everything it depends on.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from niemyet.view.artifact import Artifact

WEIGHTS = (400, 600)
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x0300, 0x0309),
)
_SINGLE = "ĂăĐđĨĩŨũƠơƯư\u0323\u02d8•…‰′″€₫™−×√≤≥"


def letters() -> frozenset[int]:
    """Every code point the site can draw: Latin-1, all Vietnamese letters, marks for NFD text,
    punctuation."""
    return frozenset(c for low, high in _RANGES for c in range(low, high + 1)) | frozenset(
        map(ord, _SINGLE)
    )


def artifacts(cache: Path) -> Iterator[Artifact]:
    """One WOFF2 file per weight; a font already cut is taken from the cache."""
    import fontpkg  # the list of all its fonts; only what makes a site needs it
    import fontTools

    for weight in WEIGHTS:
        source = Path(fontpkg.path("Be Vietnam Pro", weight=weight)).read_bytes()
        parts = (fontTools.version, str(sorted(letters())))
        key = hashlib.blake2b(source + "\n".join(parts).encode(), digest_size=16).hexdigest()
        file = cache / "fonts" / f"{key}.woff2"
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_bytes(_subset(source))
            draft.replace(file)
        yield Artifact(
            path=f"assets/fonts/be-vietnam-pro-{weight}.woff2", content=file.read_bytes()
        )


def _subset(source: bytes) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters())
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()
