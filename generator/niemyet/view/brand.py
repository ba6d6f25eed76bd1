"""The colours that the site, sheets, letters and shared pictures have in common: `brand.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("brand.yml")
Colours = Mapping[str, str]


@cache
def schemes() -> Mapping[str, Colours]:
    """Every scheme with its colours as `#rrggbb`; what a scheme does not name is as in `light`."""
    found: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def colours() -> Colours:
    """The colours on a light ground, as on paper."""
    return schemes()["light"]
