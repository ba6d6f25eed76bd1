"""The sheets for walls and counters that need no procedure; `lists` has those that do."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.outputs.sheets import Sheet, centre, contacts, fees, signs
from generator.rendering import Words

MODULES = (fees, contacts, centre, signs)


def wall_sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    """Every wall sheet whose texts are all there in the language."""
    for module in MODULES:
        yield from module.sheets(catalogue, words)
