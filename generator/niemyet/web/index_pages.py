"""The ways in: home, the A–Z list, sectors, life events, and the table of all fees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from niemyet.model.procedure import CHANNELS
from niemyet.model.vocabulary import Term
from niemyet.values.vietnamese import slug
from niemyet.view.artifact import Page
from niemyet.view.facts import FeeRow, describe_fee
from niemyet.view.office_view import day_spans
from niemyet.view.pages import PAGES, address_of, sector_page
from niemyet.view.procedure_view import address
from niemyet.web import life_events
from niemyet.web.listing import Listing
from niemyet.web.renderer import Renderer

PROMISES = {
    "fees": "cash",
    "process": "clipboard-check-outline",
    "contacts": "phone",
    "handling": "message-text-outline",
    "standards": "account-heart-outline",
    "law": "scale-balance",
    "forms": "file-document-edit-outline",
    "letters": "email-outline",
}
"""The pages by which the centre lets itself be held to its word, as the home page names them, with
their icons."""
MAX_USES = 6
"""How many procedures a fee names in the fee table before it says "and n more"."""


def pages(renderer: Renderer, listings: Mapping[str, Listing]) -> Iterator[Page]:
    """The index pages of one language. `listings` has, by code, the public procedures that are
    complete in it."""
    catalogue, words = renderer.catalogue, renderer.words
    by_sector: dict[str, list[Listing]] = {sector: [] for sector in catalogue.sectors}
    for card in catalogue.public_summaries:
        if card.code in listings:
            by_sector.setdefault(card.sector, []).append(listings[card.code])
    sizes = [(sector, len(by_sector[sector.id])) for sector in catalogue.sectors.values()]
    counts = [(sector, size) for sector, size in sizes if size]
    yield _home(renderer, listings, counts)
    yield _list(renderer, listings, counts)
    for sector in catalogue.sectors.values():
        listed = sorted(by_sector[sector.id], key=_order)
        yield renderer.page(
            "group.html",
            path=sector_page(sector.id),
            title=words.text(sector.name),
            description=words.text(sector.summary),
            nav="procedures",
            source=sector.origin.path,
            card=sector.id,
            count=len(listed),
            rows=_rows(listed),
            counters=[c for c in catalogue.office.counters if sector.id in c.sectors],
        )
    yield from life_events.pages(renderer, listings)
    yield _fees(renderer, listings)


def _order(listing: Listing) -> tuple[str, str]:
    return listing.order, listing.code


def _rows(listings: Iterable[Listing]) -> Markup:
    """Finished list items, one after another."""
    return Markup(b"".join([listing.row for listing in listings]).decode())


def _home(
    renderer: Renderer, listings: Mapping[str, Listing], counts: list[tuple[Term, int]]
) -> Page:
    catalogue, words = renderer.catalogue, renderer.words
    office, settings = catalogue.office, catalogue.settings
    notices = [
        n
        for n in catalogue.notices.values()
        if n.on_home and n.is_shown(catalogue.on) and words.has(n)
    ]
    return renderer.page(
        "home.html",
        path="",
        title=words.ui("home"),
        description=words.ui(
            "site_description", office=words.text(office.name), ward=words.text(office.ward)
        ),
        nav="home",
        office=office,
        notices=sorted(notices, key=lambda n: (n.kind != "alert", n.from_date, n.id)),
        events=list(catalogue.life_events.values()),
        popular=settings.popular_searches.get(words.lang, ()),
        most_used=_rows(listings[code] for code in settings.most_used if code in listings),
        total=len(listings),
        hours=day_spans(words, office.hours),
        sectors=counts,
        promises=[
            (address_of(page), icon, words.ui(f"{page}_title"), words.ui(f"{page}_lead"))
            for page, icon in PROMISES.items()
        ],
    )


def _list(
    renderer: Renderer, listings: Mapping[str, Listing], counts: list[tuple[Term, int]]
) -> Page:
    words = renderer.words
    letters: dict[str, list[Listing]] = {}
    for listing in sorted(listings.values(), key=_order):
        letters.setdefault(listing.letter, []).append(listing)
    applicants = renderer.catalogue.applicants.values()
    return renderer.page(
        "list.html",
        path=PAGES.procedures,
        title=words.ui("all_procedures"),
        description=words.ui("all_procedures_lead", n=len(listings)),
        nav="procedures",
        total=len(listings),
        letters=[
            (letter, f"chu-{_letter_id(letter)}", _rows(listed))
            for letter, listed in letters.items()
        ],
        sectors=counts,
        sector_names=[(sector.id, words.text(sector.name)) for sector, _ in counts],
        applicants=[(term.id, words.text(term.name)) for term in applicants],
        channels=[(channel, words.ui(f"channel_{channel}")) for channel in CHANNELS],
    )


def _letter_id(letter: str) -> str:
    plain = slug(letter)
    return plain if letter.lower() == plain else f"{plain}-{ord(letter[0]):x}"


def _fees(renderer: Renderer, listings: Mapping[str, Listing]) -> Page:
    catalogue, words = renderer.catalogue, renderer.words
    groups = []
    for group in catalogue.fee_groups:
        lines = []
        for fee in (catalogue.fees[id] for id in group.fees if id in catalogue.fees):
            texts = (group.name, fee.name, fee.current, fee.previous, fee.upcoming)
            if fee.current is None or not words.has(*texts):
                continue
            links = [
                (address(card), listings[card.code].title)
                for card in catalogue.fee_uses.get(fee.id, ())
                if card.code in listings
            ]
            more = max(0, len(links) - MAX_USES)
            lines.append(_FeeLine(describe_fee(words, fee), links[:MAX_USES], more))
        if lines:
            groups.append((group, lines))
    return renderer.named_page("fees", groups=groups)


class _FeeLine(NamedTuple):
    """A fee with the procedures that use it, as links, and how many more there are."""

    row: FeeRow
    uses: list[tuple[str, str]]
    more: int
