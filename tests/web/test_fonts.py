"""The typefaces come with the program as `make fonts` makes them."""

from __future__ import annotations

import runpy
from pathlib import Path

MAKER = Path(__file__).resolve().parents[2] / "generator" / "cut_fonts.py"


def test_what_is_shipped_is_what_make_fonts_makes() -> None:
    made: dict[Path, bytes] = runpy.run_path(str(MAKER))["files"]()
    assert {file.suffix for file in made} == {".woff2", ".md", ".txt"}
    assert [file.name for file, content in made.items() if file.read_bytes() != content] == []
    fonts = next(file.parent for file in made if file.suffix == ".woff2")
    assert {file for file in made if file.parent == fonts} == set(fonts.iterdir())
