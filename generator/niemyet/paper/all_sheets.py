"""Every sheet the centre can print, in the order of the print room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from niemyet.letters.letter import Written
from niemyet.model.catalogue import Catalogue
from niemyet.paper import form_sheets, letter_sheets, list_sheets, procedure_sheets
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_posters import wall_sheets
from niemyet.paper.wall_sheet import data_day, sector_address, short_addresses
from niemyet.web.data_files import PrintedPage
from niemyet.web.html import Words
from niemyet.web.listing import Listing
from niemyet.web.procedure_page import ProcedureView

Listings = Mapping[str, Mapping[str, Listing]]

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


def versions_of_pages(catalogue: Catalogue, listings: Listings) -> dict[str, str]:
    """The version of every sheet that is not about one procedure, by its id."""
    found = {sheet.id: sheet.version for sheet in page_sheets(catalogue)}
    for lang in catalogue.languages:
        home = Words(catalogue, lang).home
        for sector, version in list_sheets.versions(catalogue, lang, listings[lang]).items():
            found[f"{home}danh-muc/{sector}"] = version
    return found


def printed_pages(catalogue: Catalogue, listings: Listings) -> list[PrintedPage]:
    """The pages that sheets lead to, in every language, with the versions that are current."""
    pages = short_addresses(catalogue)
    versions: dict[tuple[str, str], list[str]] = {}
    sheets = list(page_sheets(catalogue))
    for sheet in sheets:
        if "url" in sheet.data:
            versions.setdefault((sheet.page, sheet.lang), []).append(sheet.version)
    for lang in catalogue.languages:
        for sector, version in list_sheets.versions(catalogue, lang, listings[lang]).items():
            versions.setdefault((pages[sector_address(sector)], lang), []).append(version)
    titles = {sheet.page: sheet.title for sheet in sheets}
    return [
        PrintedPage(
            short,
            page,
            lang,
            titles.get(page, short),
            tuple(dict.fromkeys(versions.get((page, lang), ()))),
        )
        for short, page in pages.items()
        for lang in catalogue.languages
    ]
