"""Every sheet the centre can print, in the order of the print room."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.outputs.files import PrintedPage
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


def page_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
    """The sheets that are not about one procedure."""
    yield from ()


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
