"""What hangs on the wall, lies on the counter or is signed. Each module yields sheets;
`printing.py` has them pressed."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niemyet.values.sheet_version import label_of, version_of
from niemyet.view.icons import ICONS
from niemyet.view.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet before it is pressed: a template and the plain values it prints.

    `id` is its path below `print/` without an ending, and its name in the print register. `page` is
    the page of the site it belongs to, from the home of its language. `data` holds JSON values
    only.
    """

    id: str
    kind: str
    template: str
    paper: str
    lang: str
    title: str
    page: str
    version: str
    source: str
    data: Mapping[str, Any] = field(repr=False)


def frame(
    words: Words,
    *,
    title: str,
    short_address: str,
    day: dt.date,
    parts: Sequence[str] = (),
    version: str = "",
    icons: Iterable[str] = (),
    labels: Iterable[str] = (),
) -> dict[str, Any]:
    """The values every sheet has: who posts it, as of when, in which version, and the code that
    leads to its page.

    `short_address` is what follows `/q/`; `labels` are keys of the language file whose words the
    template prints. The version is given, or made from the day and `parts`, the words of the
    content.
    """
    office = words.catalogue.office
    hotline = words.main_hotline
    version = version or version_of(day, parts)
    lang = "" if words.is_default else f"&l={words.lang}"
    url = f"{words.site_url}q/{short_address}/"
    return {
        "lang": words.lang,
        "title": title,
        "office": {
            "name": words.text(office.name),
            "ward": words.text(office.ward),
            "province": words.text(office.province),
            "authority": words.text(office.authority),
            "address": words.text(office.address),
            "hotline": words.phone(hotline) if hotline else "",
        },
        "sample": words.ui("sample_notice") if office.is_sample else "",
        "date": [day.year, day.month, day.day],
        "updated": words.date(day),
        "version": version,
        "version_label": label_of(version, words.date(day)),
        "url": url,
        "qr": f"{url}?v={version}{lang}",
        "icons": {name: icon(name) for name in sorted({*icons, *FRAME_ICONS})},
        "t": {key: words.ui(key) for key in sorted({*labels, *FRAME_LABELS})},
        "ink": "full",
    }


FRAME_ICONS = ("phone",)
FRAME_LABELS = (
    "print_hotline",
    "print_scan",
    "print_updated",
    "print_version",
    "print_sheet_of",
    "sample_label",
)


@functools.cache
def icon(name: str) -> str:
    """A Material icon as SVG."""
    return (ICONS / f"{name}.svg").read_text("utf-8")
