"""What the wall sheets share: where their codes lead, as of which day they speak, and how one is
put together."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.paper.sheet import Sheet, frame
from niemyet.view.words import Words

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "phi-le-phi": "phi-le-phi/",
        "lien-he": "lien-he/",
        "quy-trinh": "quy-trinh/",
        "chuan-muc": "chuan-muc/",
        "gio-lam-viec": "gio-lam-viec/",
        "thong-bao": "thong-bao/",
        "ban-huong-dan": "ban-huong-dan/",
        "cach-xu-ly": "cach-xu-ly/",
        "tu-sach-phap-luat": "tu-sach-phap-luat/",
        "phieu": "phieu/",
    }
)
"""The pages behind the codes of wall sheets, by what follows `/q/`. What is printed never dies: a
line is never taken away."""


_SHORT_NUMBER = re.compile(r"(?<=[^\W\d]) (?=\d{1,2}\b(?![.:/–]))")


def short_addresses(catalogue: Catalogue) -> dict[str, str]:
    """Every short address that wall sheets may carry, with its page from the home of a language."""
    sectors = {sector_address(id): f"linh-vuc/{id}/" for id in catalogue.sectors}
    forms = {id: f"phieu/{id}/" for id in catalogue.forms}
    return {**PAGES, **sectors, **forms}


def sector_address(sector: str) -> str:
    return f"linh-vuc-{sector}"


def data_day(catalogue: Catalogue) -> dt.date:
    """The newest day on which a procedure was checked: as of then the office answers for what it
    posts.

    It comes from the data, so that a sheet made again tomorrow is the same sheet.
    """
    return catalogue.newest_day or dt.date(2020, 1, 1)


def wall_sheet(
    words: Words,
    *,
    id: str,
    kind: str,
    paper: str,
    title: str,
    short: str,
    content: Mapping[str, Any],
    source: str,
    day: dt.date | None = None,
    parts: Sequence[str] = (),
    icons: Iterable[str] = (),
    labels: Iterable[str] = (),
) -> Sheet:
    """A sheet whose template has the name of its kind and whose code leads to a page of
    `short_addresses`.

    Its version is made from `parts`, or from all of its content.
    """
    data = frame(
        words,
        title=title,
        short_address=short,
        day=day or data_day(words.catalogue),
        parts=parts or (json.dumps([title, content], ensure_ascii=False, sort_keys=True),),
        icons=icons,
        labels=labels,
    )
    return Sheet(
        id=id if words.is_default else f"{words.lang}/{id}",
        kind=kind,
        template=kind,
        paper=paper,
        lang=words.lang,
        title=title,
        page=short_addresses(words.catalogue)[short],
        version=data["version"],
        source=source,
        data={**data, **_held_together(dict(content)), "paper": paper},
    )


def _held_together(value: Any) -> Any:
    """The same values, where a short number stays on the line of the word before it: `tầng 1`,
    `Quầy 3`."""
    if isinstance(value, str):
        return _SHORT_NUMBER.sub("\u00a0", value)
    if isinstance(value, dict):
        return {key: _held_together(part) for key, part in value.items()}
    return [_held_together(part) for part in value] if isinstance(value, list) else value


def legal_line(words: Words, ids: Iterable[str]) -> str:
    """Legal documents by kind and number, each once (`Căn cứ pháp lý: …`), or nothing."""
    known = words.catalogue.legal
    named = "; ".join(dict.fromkeys(words.law(known[id]) for id in ids if id in known))
    return f"{words.ui('legal_basis')}: {named}" if named else ""
