"""The picture that stands for a page when somebody shares it: one for the site and one for each
sector, in every language.

A print run draws them, since only it knows the engine; the site names those that say what the data
say now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.paper.sheet import icon
from niemyet.view.icons import ICONS
from niemyet.view.words import Words

SITE = "trang"
_SITE_ICON = "bank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A sharing picture before it is drawn. `id` is its path below `print/` without an ending,
    `card` its sector (empty: the site)."""

    id: str
    lang: str
    card: str
    source: str
    data: Mapping[str, Any] = field(repr=False)

    @property
    def version(self) -> str:
        """Another word on the picture makes another version."""
        return hashlib.blake2b(
            json.dumps(self.data, sort_keys=True).encode(), digest_size=8
        ).hexdigest()


def pictures(catalogue: Catalogue) -> Iterator[Picture]:
    """Every sharing picture; the catalogue need hold no procedure."""
    office = catalogue.office
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        shared = {
            "lang": lang,
            "office": words.text(office.name),
            "ward": f"{words.text(office.ward)}, {words.text(office.province)}",
            "address": words.site_url.removeprefix("https://").removeprefix("http://").rstrip("/"),
            "sample": words.ui("sample_notice") if office.is_sample else "",
        }
        site, path = words.ui("hero_title"), office.origin.path
        cards = [("", SITE, site, _SITE_ICON, path)]
        for sector in catalogue.sectors.values():
            icon_name = sector.icon if (ICONS / f"{sector.icon}.svg").is_file() else _SITE_ICON
            title, path = words.text(sector.name), sector.origin.path
            cards.append((sector.id, f"linh-vuc-{sector.id}", title, icon_name, path))
        for card, name, title, icon_name, source in cards:
            own = {"title": title, "lead": words.ui("share_lead"), "icon": icon(icon_name)}
            yield Picture(
                id=f"the/{lang}/{name}", lang=lang, card=card, source=source, data={**shared, **own}
            )
