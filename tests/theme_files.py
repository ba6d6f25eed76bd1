"""Files of the theme in a project's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from niemyet.source.overrides import OWN_THEME, THEME


def own_file_of_theme(root: Path, name: str, change: Callable[[str], str]) -> Path:
    """Puts a changed copy of a file of the program's theme into a project; gives its place."""
    file = root / OWN_THEME / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (THEME / name).read_text("utf-8")
    assert change(text) != text
    file.write_text(change(text), "utf-8")
    return file
