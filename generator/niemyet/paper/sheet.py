"""What hangs on the wall, lies on the counter or is signed: a template and the values it prints."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from niemyet.findings.errors import NiemyetError
from niemyet.values.sheet_version import label_of
from niemyet.view.icons import ICONS
from niemyet.view.words import Words

TEMPLATES = Path(__file__).with_name("templates")
PAPERS = {
    "a5": (148, 210), "a4": (210, 297), "a3": (297, 420),
    "a2": (420, 594), "a1": (594, 841), "a0": (841, 1189),
}  # fmt: skip
"""Width and height of papers standing upright, in millimetres."""
FRAME_ICONS = ("phone",)
_LABEL = re.compile(r"\bdata\.t\.([a-z0-9_]+)")
_IMPORT = re.compile(r'^#import "(\w+)\.typ"', re.MULTILINE)


class PressError(NiemyetError):
    """A sheet that could not be made. `reason` is the engine's or the template's own, in one line;
    `word` a text of the data that it is about, where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet before it is printed.

    `id` is its path below `print/` without an ending, and its name in the print register. `kind` is
    also the name of its template. `page` is the page of the site it belongs to, from the home of
    its language. `data` holds JSON values only.
    """

    id: str
    kind: str
    paper: str
    lang: str
    title: str
    page: str
    version: str
    source: str
    data: Mapping[str, Any] = field(repr=False)


def make_sheet(
    words: Words,
    *,
    id: str,
    kind: str,
    paper: str,
    title: str,
    page: str,
    short_address: str,
    day: dt.date,
    version: str,
    content: Mapping[str, Any],
    source: str,
    icons: Iterable[str] = (),
    hotline: str | None = None,
) -> Sheet:
    """A sheet with what every sheet says: who posts it, as of when, in which version, and the code
    that leads to its page.

    `id` is that in the default language; `short_address` is what follows `/q/`; `hotline` is whom
    to call instead of the office's main hotline.
    """
    office, main = words.catalogue.office, words.main_hotline
    lang = "" if words.is_default else f"&l={words.lang}"
    url = f"{words.site_url}q/{short_address}/"
    phone = words.phone(main) if main else ""
    named = ("name", "ward", "province", "authority", "address")
    data = {
        "lang": words.lang,
        "title": title,
        "paper": paper,
        "paper_sizes": PAPERS,
        "office": {
            **{key: words.text(getattr(office, key)) for key in named},
            "hotline": phone if hotline is None else hotline,
        },
        "sample": words.ui("sample_notice") if office.is_sample else "",
        "date": [day.year, day.month, day.day],
        "version_label": label_of(version, words.date(day)),
        "url": url,
        "qr": f"{url}?v={version}{lang}",
        "icons": {name: icon(name) for name in sorted({*icons, *FRAME_ICONS})},
        "t": {key: words.ui(key) for key in sorted(labels_of(kind))},
        "ink": "full",
        **content,
    }
    return Sheet(
        id=f"{words.home}{id}",
        kind=kind,
        paper=paper,
        lang=words.lang,
        title=title,
        page=page,
        version=version,
        source=source,
        data=data,
    )


@functools.cache
def labels_of(template: str) -> frozenset[str]:
    """The strings of the language that a template prints (`data.t.print_scan`), itself or through
    what it imports."""
    text = (TEMPLATES / f"{template}.typ").read_text("utf-8")
    imported = (labels_of(name) for name in _IMPORT.findall(text))
    return frozenset(_LABEL.findall(text)).union(*imported)


@functools.cache
def icon(name: str) -> str:
    """A Material icon as SVG."""
    return (ICONS / f"{name}.svg").read_text("utf-8")
