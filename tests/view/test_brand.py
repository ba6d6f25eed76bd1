"""One table has the colours of the site, of sheets, letters and pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import PROJECT

from niemyet.view.brand import colours, schemes
from niemyet.web.colours import custom_properties

PACKAGE = PROJECT / "generator" / "niemyet"
THEME = PACKAGE / "web" / "theme"
OFFICIAL = {"letter.typ"}
"""An official letter is black and grey."""


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_scheme_changes_colours_that_there_are() -> None:
    assert list(schemes()) == ["light", "dark", "light_contrast", "dark_contrast"]
    for name, scheme in schemes().items():
        assert scheme.keys() <= colours().keys(), name
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in scheme.values()), name


@pytest.mark.parametrize(
    ("name", "least"), [("brand", 9.3), ("brand_dark", 11), ("mute", 7.3), ("ok", 7.2)]
)
def test_print_is_read_on_white(name: str, least: float) -> None:
    assert contrast(colours()[name], "#ffffff") >= least


def test_the_style_sheet_uses_no_property_that_nobody_sets() -> None:
    css = custom_properties() + (THEME / "assets/css/niemyet.css").read_text("utf-8")
    asked = set(re.findall(r"var\((--[a-z-]+)\)", css))
    assert asked - set(re.findall(r"(--[a-z-]+):", css)) == set()


def test_a_reader_and_a_system_get_the_same_dark_colours() -> None:
    _, dark_by_system, dark, _, _ = custom_properties().splitlines()
    chosen = dark.removeprefix(":root[data-scheme=dark]")
    assert chosen in dark_by_system and "--ground:#12161b;" in chosen


def test_the_logo_has_the_colour_of_the_brand() -> None:
    logo = (THEME / "assets/logo.svg").read_text("utf-8")
    assert f'rx="10" fill="{colours()["brand"]}"' in logo


@pytest.mark.parametrize("file", sorted((PACKAGE / "paper/templates").glob("*.typ")), ids=str)
def test_a_sheet_takes_its_colours_from_the_table(file: Path) -> None:
    assert file.name in OFFICIAL or not re.search(r'rgb\("', file.read_text("utf-8"))
