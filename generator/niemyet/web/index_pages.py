"""The ways in: home, the A–Z list, sectors, life events, and the table of all fees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from niemyet.model import base as m
from niemyet.model.catalogue import Card, Catalogue
from niemyet.values.vietnamese import slug
from niemyet.view.artifact import Page
from niemyet.view.facts import FeeRow, describe_fee
from niemyet.view.office_view import day_spans
from niemyet.view.procedure_view import address
from niemyet.view.words import Words
from niemyet.web import life_events
from niemyet.web.listing import Listing

MAX_USES = 6
"""How many procedures a fee names in the fee table before it says "and n more"."""


def pages(
    catalogue: Catalogue, words: Words, env: jinja2.Environment, listings: Mapping[str, Listing]
) -> Iterator[Page]:
    """The index pages of one language. `listings` has, by code, the public procedures that are
    complete in it."""
    cards = [card for card in catalogue.public_cards if card.code in listings]
    by_sector: dict[str, list[Card]] = {sector: [] for sector in catalogue.sectors}
    for card in cards:
        by_sector.setdefault(card.sector, []).append(card)
    counts = [
        (sector, len(by_sector[sector.id]))
        for sector in catalogue.sectors.values()
        if by_sector[sector.id]
    ]
    yield _home(catalogue, words, env, listings, counts)
    yield _list(catalogue, words, env, listings, counts)
    for sector in catalogue.sectors.values():
        listed = sorted((listings[card.code] for card in by_sector[sector.id]), key=_order)
        title, lead = words.text(sector.name), words.text(sector.summary)
        body = env.get_template("group.html").render(
            title=title,
            lead=lead,
            count=len(listed),
            rows=_rows(listed),
            counters=[c for c in catalogue.office.counters if sector.id in c.sectors],
        )
        yield Page(
            path=f"linh-vuc/{sector.id}/",
            lang=words.lang,
            title=title,
            description=lead,
            body=body,
            langs=catalogue.languages,
            nav="thu-tuc",
            source=sector.origin.path,
            card=sector.id,
        )
    yield from life_events.pages(catalogue, words, env, listings)
    yield _fees(catalogue, words, env, listings)


def _order(listing: Listing) -> tuple[str, str]:
    return listing.order, listing.code


def _rows(listings: Iterable[Listing]) -> Markup:
    """Finished list items, one after another."""
    return Markup(b"".join([listing.row for listing in listings]).decode())


def _home(
    catalogue: Catalogue,
    words: Words,
    env: jinja2.Environment,
    listings: Mapping[str, Listing],
    counts: list[Any],
) -> Page:
    promises = [
        (href, name, (words.ui(f"{key}_title"), words.ui(f"{key}_lead")))
        for href, name, key in (
            ("phi-le-phi/", "cash", "fees"),
            ("quy-trinh/", "clipboard-check-outline", "process"),
            ("lien-he/", "phone", "contacts"),
            ("cach-xu-ly/", "message-text-outline", "handling"),
            ("chuan-muc/", "account-heart-outline", "standards"),
            ("tu-sach-phap-luat/", "scale-balance", "law"),
            ("phieu/", "file-document-edit-outline", "forms"),
            ("mau-thu/", "email-outline", "letters"),
        )
    ]
    notices = [
        n
        for n in catalogue.notices.values()
        if n.on_home and n.is_shown(catalogue.on) and words.has(n)
    ]
    return Page(
        path="",
        lang=words.lang,
        title=words.ui("home"),
        description=words.ui(
            "site_description",
            office=words.text(catalogue.office.name),
            ward=words.text(catalogue.office.ward),
        ),
        body=env.get_template("home.html").render(
            office=catalogue.office,
            notices=sorted(notices, key=lambda n: (n.kind != "alert", n.from_date, n.id)),
            events=list(catalogue.life_events.values()),
            popular=catalogue.settings.popular_searches.get(words.lang, ()),
            most_used=_rows(
                listings[code] for code in catalogue.settings.most_used if code in listings
            ),
            total=len(listings),
            hours=day_spans(words, catalogue.office.hours),
            sectors=counts,
            promises=promises,
        ),
        langs=catalogue.languages,
        nav="home",
    )


def _list(
    catalogue: Catalogue,
    words: Words,
    env: jinja2.Environment,
    listings: Mapping[str, Listing],
    counts: list[Any],
) -> Page:
    letters: dict[str, list[Listing]] = {}
    for listing in sorted(listings.values(), key=_order):
        letters.setdefault(listing.letter, []).append(listing)
    return Page(
        path="thu-tuc/",
        lang=words.lang,
        title=words.ui("all_procedures"),
        description=words.ui("all_procedures_lead", n=len(listings)),
        body=env.get_template("list.html").render(
            total=len(listings),
            letters=[
                (letter, f"chu-{_letter_id(letter)}", _rows(listed))
                for letter, listed in letters.items()
            ],
            sectors=counts,
            sector_names=[(sector.id, words.text(sector.name)) for sector, _ in counts],
            applicants=[(term.id, words.text(term.name)) for term in catalogue.applicants.values()],
            channels=[(channel, words.ui(f"channel_{channel}")) for channel in m.CHANNELS],
        ),
        langs=catalogue.languages,
        nav="thu-tuc",
    )


def _letter_id(letter: str) -> str:
    plain = slug(letter)
    return plain if letter.lower() == plain else f"{plain}-{ord(letter[0]):x}"


def _fees(
    catalogue: Catalogue, words: Words, env: jinja2.Environment, listings: Mapping[str, Listing]
) -> Page:
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
    return Page(
        path="phi-le-phi/",
        lang=words.lang,
        title=words.ui("fees_title"),
        description=words.ui("fees_lead"),
        body=env.get_template("fees.html").render(groups=groups),
        langs=catalogue.languages,
        nav="phi-le-phi",
    )


class _FeeLine(NamedTuple):
    """A fee with the procedures that use it, as links, and how many more there are."""

    row: FeeRow
    uses: list[tuple[str, str]]
    more: int
