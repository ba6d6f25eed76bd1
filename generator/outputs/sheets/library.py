"""Every sheet the centre can print, in the order of the print room."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.outputs.procedures import ProcedureView
from generator.outputs.sheets import Sheet, procedures
from generator.rendering import Words

FIXED_PAPER = frozenset(("leaflet", "form", "letter"))
"""Kinds that are laid out for one paper; the others are drawn for any size."""


def all_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
    """All sheets in all languages. Posters hang in the first language; what is taken home comes in each."""
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        for procedure in catalogue.public_procedures:
            if catalogue.is_complete(procedure, lang):
                for sheet in procedures.sheets(ProcedureView(catalogue, words, procedure)):
                    if words.is_default or sheet.kind != "poster":
                        yield sheet
