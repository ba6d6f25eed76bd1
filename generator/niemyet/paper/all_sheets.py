"""Every sheet the centre can print, in the order of the print room."""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.letters.letter import Written
from niemyet.model.catalogue import Catalogue
from niemyet.paper import (
    centre_sheets,
    contact_sheets,
    fee_sheets,
    form_sheets,
    letter_sheets,
    list_sheets,
    procedure_sheets,
    sign_sheets,
)
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_sheet import data_day
from niemyet.view.procedure_view import ProcedureView
from niemyet.view.words import Words

WALL_SHEETS = (fee_sheets, contact_sheets, centre_sheets, sign_sheets)
"""The modules of the sheets for walls and counters that need no procedure."""

FIXED_PAPER = frozenset(("leaflet", "form", "letter"))
"""Kinds that are laid out for one paper; the others are drawn for any size."""


def all_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
    """All sheets in all languages. Posters hang in the first language; what is taken home comes in
    each."""
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        for procedure in catalogue.public_procedures:
            if catalogue.is_complete(procedure, lang):
                for sheet in procedure_sheets.sheets(ProcedureView(catalogue, words, procedure)):
                    if words.is_default or sheet.kind != "poster":
                        yield sheet
        yield from list_sheets.sheets(catalogue, words)
    yield from page_sheets(catalogue)


def page_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
    """The sheets that need no procedure, so that a build can tell their versions at once."""
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        yield from wall_sheets(catalogue, words)
        yield from form_sheets.sheets(catalogue, words)
        yield from letter_sheets.letter_sheets(words, data_day(catalogue))


def written_letters(catalogue: Catalogue) -> dict[str, Written]:
    """Every blank letter by the id of its sheet, for the Word file beside the PDF."""
    day = data_day(catalogue)
    every = (Words(catalogue, lang) for lang in catalogue.languages)
    return {
        f"{words.home}mau-thu/{written.id}": written
        for words in every
        for written in letter_sheets.blank_letters(words, day)
    }


def wall_sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    """Every wall sheet whose texts are all there in the language."""
    for module in WALL_SHEETS:
        yield from module.sheets(catalogue, words)
