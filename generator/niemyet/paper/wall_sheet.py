"""What the wall sheets share: where their codes lead, as of which day they speak, and how one is
put together."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.paper.sheet import Sheet, make_sheet
from niemyet.values.sheet_version import version_of
from niemyet.view.pages import PRINTED, address_of, form_page, name_of, sector_page
from niemyet.view.words import Words

_SHORT_NUMBER = re.compile(r"(?<=[^\W\d]) (?=\d{1,2}\b(?![.:/–]))")


def short_addresses(catalogue: Catalogue) -> dict[str, str]:
    """Every short address that wall sheets may carry, with its page from the home of a language."""
    fixed = {name_of(page): address_of(page) for page in PRINTED}
    sectors = {sector_address(id): sector_page(id) for id in catalogue.sectors}
    return {**fixed, **sectors, **{id: form_page(id) for id in catalogue.forms}}


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
) -> Sheet:
    """A sheet whose code leads to a page of `short_addresses`. Its version is made from `parts`, or
    from all of its content."""
    day = day or data_day(words.catalogue)
    whole = json.dumps([title, content], ensure_ascii=False, sort_keys=True)
    return make_sheet(
        words,
        id=id,
        kind=kind,
        paper=paper,
        title=title,
        page=short_addresses(words.catalogue)[short],
        short_address=short,
        day=day,
        version=version_of(day, parts or [whole]),
        content=_held_together(dict(content)),
        source=source,
        icons=icons,
    )


def _held_together(value: Any) -> Any:
    """The same values, where a short number stays on the line of the word before it: `tầng 1`,
    `Quầy 3`."""
    if isinstance(value, str):
        return _SHORT_NUMBER.sub("\u00a0", value)
    if isinstance(value, dict):
        return {key: _held_together(part) for key, part in value.items()}
    return [_held_together(part) for part in value] if isinstance(value, list) else value


def legal_notes(words: Words, ids: Iterable[str]) -> list[str]:
    """Legal documents by kind and number, each once, as a note (`Căn cứ pháp lý: …`), or none."""
    known = words.catalogue.legal
    named = "; ".join(dict.fromkeys(words.law(known[id]) for id in ids if id in known))
    return [f"{words.ui('legal_basis')}: {named}"] if named else []
