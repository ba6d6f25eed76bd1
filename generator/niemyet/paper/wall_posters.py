"""The sheets for walls and counters that need no procedure; `lists` has those that do."""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.model.catalogue import Catalogue
from niemyet.paper import centre_sheets, contact_sheets, fee_sheets, sign_sheets
from niemyet.paper.sheet import Sheet
from niemyet.web.html import Words

MODULES = (fee_sheets, contact_sheets, centre_sheets, sign_sheets)


def wall_sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    """Every wall sheet whose texts are all there in the language."""
    for module in MODULES:
        yield from module.sheets(catalogue, words)
