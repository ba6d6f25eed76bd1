"""Every sheet the centre can print, in the order of the print room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.letters import Written
from generator.outputs.files import PrintedPage
from generator.outputs.procedures import ProcedureView
from generator.outputs.sheets import Sheet, forms, letters, procedures
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
    yield from page_sheets(catalogue)


def page_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
    """The sheets that are not about one procedure."""
    day = day_of(catalogue)
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        yield from forms.sheets(catalogue, words)
        yield from letters.letter_sheets(words, day)


def day_of(catalogue: Catalogue) -> dt.date:
    """The day of the data: when a procedure was last verified. A run on another day prints the same."""
    return max((dt.date.fromisoformat(card.verified_on) for card in catalogue.public_cards), default=catalogue.on)


def written_letters(catalogue: Catalogue) -> dict[str, Written]:
    """Every blank letter by the id of its sheet, for the Word file beside the PDF."""
    day = day_of(catalogue)
    every = (Words(catalogue, lang) for lang in catalogue.languages)
    return {f"{words.home}mau-thu/{written.id}": written for words in every for written in letters.blank_letters(words, day)}


def versions_of_pages(catalogue: Catalogue) -> dict[str, str]:
    """The version of every sheet that is not about one procedure, by its id."""
    return {sheet.id: sheet.version for sheet in page_sheets(catalogue)}


def printed_pages(catalogue: Catalogue) -> list[PrintedPage]:
    """The pages those sheets lead to, in every language."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for sheet in page_sheets(catalogue):
        if "url" in sheet.data:
            short = sheet.data["url"].rstrip("/").rpartition("/q/")[2]
            _, versions = found.setdefault((short, sheet.page), (sheet.title, []))
            versions.append(sheet.version)
    return [
        PrintedPage(short, page, lang, title, tuple(dict.fromkeys(versions)))
        for (short, page), (title, versions) in found.items()
        for lang in catalogue.languages
    ]
