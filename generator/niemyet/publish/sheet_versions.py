"""Which version of each sheet is current: the site tells who scans a sheet whether it still
holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from niemyet.model.catalogue import Catalogue
from niemyet.paper.all_sheets import page_sheets
from niemyet.paper.list_sheets import version_parts
from niemyet.paper.wall_sheet import sector_address, short_addresses
from niemyet.values.sheet_version import version_of
from niemyet.view.artifact import PrintedPage
from niemyet.view.words import Words
from niemyet.web.listing import Listing

Listings = Mapping[str, Mapping[str, Listing]]


def versions_of_pages(catalogue: Catalogue, listings: Listings) -> dict[str, str]:
    """The version of every sheet that is not about one procedure, by its id."""
    found = {sheet.id: sheet.version for sheet in page_sheets(catalogue)}
    for lang in catalogue.languages:
        home = Words(catalogue, lang).home
        for sector, version in list_versions(catalogue, lang, listings[lang]).items():
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
        for sector, version in list_versions(catalogue, lang, listings[lang]).items():
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


def list_versions(
    catalogue: Catalogue, lang: str, listings: Mapping[str, Listing]
) -> dict[str, str]:
    """The versions of the lists of a language by sector, made from what the site's own lists say of
    each procedure."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    days: dict[str, str] = {}
    for card in catalogue.public_summaries:
        if card.code in listings:
            listing = listings[card.code]
            rows.setdefault(card.sector, []).append(
                (listing.code, listing.title, listing.time, listing.fee)
            )
            days[card.sector] = max(days.get(card.sector, ""), card.verified_on)
    return {
        sector: version_of(dt.date.fromisoformat(days[sector]), version_parts(found))
        for sector, found in rows.items()
    }
