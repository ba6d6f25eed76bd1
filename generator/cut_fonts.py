"""`make fonts`: what the program ships of the typefaces, always the same bytes.

Be Vietnam Pro is cut down to the letters of Vietnamese and English for the site; of TeX Gyre Termes
it is noted which letters all its styles draw. Needs the extra `fonts`; the program needs neither
this file nor what it imports.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import fontpkg
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PROGRAM = Path(__file__).with_name("niemyet")
SITE = PROGRAM / "web/theme/assets/fonts"
TYPEFACES = PROGRAM / "paper/typefaces"
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


def files() -> dict[Path, bytes]:
    """The files by their place in the program."""
    made = {}
    for weight in WEIGHTS:
        source = Path(fontpkg.path("Be Vietnam Pro", weight=weight))
        made[SITE / f"be-vietnam-pro-{weight}.woff2"] = cut(source.read_bytes())
        made[SITE / "OFL.md"] = (source.parents[1] / "LICENSE").read_bytes()
    drawn = []
    for file in sorted(TYPEFACES.glob("*.otf")):
        with TTFont(file, lazy=True) as font:
            drawn.append(set(font.getBestCmap()))
    made[TYPEFACES / "letters.txt"] = _as_ranges(set.intersection(*drawn)).encode()
    return made


def letters() -> frozenset[int]:
    """Every code point the site can draw: Latin-1, all Vietnamese letters, marks for NFD text,
    punctuation."""
    return frozenset(c for low, high in _RANGES for c in range(low, high + 1)) | frozenset(
        map(ord, _SINGLE)
    )


def cut(source: bytes) -> bytes:
    """A font with no more than our letters, as WOFF2."""
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


def _as_ranges(letters: Iterable[int]) -> str:
    """A range of code points a line, as `0020-007E`."""
    ranges: list[list[int]] = []
    for letter in sorted(letters):
        if ranges and letter == ranges[-1][1] + 1:
            ranges[-1][1] = letter
        else:
            ranges.append([letter, letter])
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in ranges)


if __name__ == "__main__":
    for file, content in files().items():
        file.write_bytes(content)
