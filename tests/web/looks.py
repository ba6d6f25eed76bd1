"""Two pictures of a page compared as an eye compares them, and where their difference is drawn.

Tolerance: of both pictures the mean of every four by four pixels is taken, and two means differ
when a channel differs by more than STEP. Letters that another browser draws a little softer or half
a pixel aside keep their mean. Pages differ when more than WHOLE of all means do, or more than PATCH
of those of any square of 16 by 16 pixels: a block that moved, went or changed colour fills squares;
so do other words. Measured on three pages: soft or shifted letters fill at most 6 % of any square,
the smallest of the disturbances that are tested 63 %.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

STEP, WHOLE, PATCH = 28, 0.004, 0.3
RENEW = os.environ.get("LOOKS") == "renew"
"""`make looks` sets it: pictures are written, not compared."""


@dataclass(frozen=True)
class Difference:
    """`whole`: the part of the page that differs; `worst`: that of the worst square; `mask`: white
    where it does, at a quarter."""

    whole: float
    worst: float
    mask: Image.Image

    @property
    def is_seen(self) -> bool:
        return self.whole > WHOLE or self.worst > PATCH


def difference(before: Image.Image, after: Image.Image) -> Difference:
    """Raises: ValueError when the sizes differ."""
    if before.size != after.size:
        raise ValueError(f"{before.size} is not {after.size}")
    means = [image.convert("RGB").reduce(4) for image in (before, after)]
    channels = ImageChops.difference(*means).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    mask = most.point(lambda value: 255 if value > STEP else 0)
    squares = mask.resize((max(1, mask.width // 4), max(1, mask.height // 4)), Image.Resampling.BOX)
    whole = sum(mask.histogram()[128:]) / (mask.width * mask.height)
    return Difference(whole=whole, worst=squares.getextrema()[1] / 255, mask=mask)  # type: ignore[operator]


def keep(image: Image.Image, path: Path) -> None:
    """A small file: 256 colours that cover all of the picture, so that no mean is more than a few
    shades off."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.convert("RGB").quantize(
        256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    ).save(path, optimize=True)


def complaint(name: str, kept: Path, actual: Image.Image, folder: Path) -> str:
    """What is wrong with a picture, in words that say where it can be looked at; "" when nothing is
    to be seen."""
    if not kept.is_file():
        return f"{name}: there is no {kept}; `make looks` makes it"
    with Image.open(kept) as opened:
        before = opened.convert("RGB")
    if before.size != actual.size:
        actual.save(folder / f"{name}.actual.png")
        return (
            f"{name}: {actual.size} instead of {before.size}, see {folder / f'{name}.actual.png'}"
        )
    found = difference(before, actual)
    if not found.is_seen:
        return ""
    actual.save(folder / f"{name}.actual.png")
    red = Image.new("RGB", actual.size, (220, 0, 60))
    faded = Image.blend(actual.convert("RGB"), Image.new("RGB", actual.size, (255, 255, 255)), 0.6)
    Image.composite(red, faded, found.mask.resize(actual.size)).save(
        folder / f"{name}.difference.png"
    )
    return (
        f"{name} looks different: {found.whole:.2%} of the page, {found.worst:.0%} of the worst"
        f" square.\n  before:     {kept}\n  now:        {folder / f'{name}.actual.png'}\n "
        f" difference: {folder / f'{name}.difference.png'}\nIf it is meant to look so, `make looks`"
        " keeps the new picture; look at every picture that changed."
    )
