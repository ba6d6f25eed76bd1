"""Material's icons as inline drawings: one symbol a page for each, referred to where it stands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import material
from markupsafe import Markup

ICONS = Path(material.__file__).with_name("templates") / ".icons" / "material"
_ICON_ID = "i_"
"""How the ids of drawings begin; no id in the data holds a low line."""
_ICON_USE = f'<use href="#{_ICON_ID}'


@cache
def icon(name: str) -> Markup:
    """An icon, hidden from screen readers: its label stands beside it. It is drawn once a page, by
    `sprite`. Unknown names give a dot."""
    if not drawing(name):
        return Markup(
            '<svg class="ny-ic" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12"'
            ' r="6"/></svg>'
        )
    return Markup(f'<svg class="ny-ic" aria-hidden="true">{_ICON_USE}{name}"/></svg>')


@cache
def sprite(names: frozenset[bytes]) -> bytes:
    """The drawings that the icons of a page refer to, each once."""
    drawings = "".join(drawing(name.decode()) for name in sorted(names))
    return f"<div hidden><svg>{drawings}</svg></div>".encode()


def icons_in(html: bytes) -> frozenset[bytes]:
    """The names of the icons that a piece of HTML refers to."""
    return frozenset([part[: part.index(b'"')] for part in html.split(_ICON_USE.encode())[1:]])


@cache
def drawing(name: str) -> str:
    """A Material icon as a symbol; empty for a name there is none of."""
    file = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        return ""
    svg = file.read_text("utf-8").strip().replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return svg.replace("<svg ", f'<symbol id="{_ICON_ID}{name}" ', 1).replace("</svg>", "</symbol>")
