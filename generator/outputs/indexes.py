"""The ways in: home, the A–Z list, sectors, life events, and the table of all fees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jinja2

from generator import model as m
from generator.catalogue import Catalogue
from generator.outputs import Page
from generator.outputs.office import day_spans
from generator.outputs.procedures import address, describe_fee, is_complete, list_row
from generator.rendering import Words
from generator.text import first_letter, slug

MAX_USES = 6
"""How many procedures a fee names in the fee table before it says "and n more"."""


def pages(catalogue: Catalogue, words: Words, env: jinja2.Environment) -> Iterator[Page]:
    shown = [p for p in catalogue.public_procedures if is_complete(catalogue, words, p)]
    by_code = {p.code: p for p in shown}
    rows = {p.code: list_row(catalogue, words, p) for p in shown}
    sectors = [(s, [rows[p.code] for p in catalogue.procedures_by_sector[s.id] if p.code in rows]) for s in catalogue.sectors.values()]
    counts = [(sector, len(items)) for sector, items in sectors if items]
    yield _home(catalogue, words, env, rows, counts)
    yield _list(catalogue, words, env, shown, rows, counts)
    for sector, items in sectors:
        yield Page(
            path=f"linh-vuc/{sector.id}/",
            lang=words.lang,
            title=words.text(sector.name),
            description=words.text(sector.summary),
            body=env.get_template("group.html").render(
                title=words.text(sector.name),
                lead=words.text(sector.summary),
                crumb=("thu-tuc/", words.ui("all_procedures")),
                list_title=words.ui("procedures_count", n=len(items)),
                rows=items,
                ordered=False,
                counters=[c for c in catalogue.office.counters if sector.id in c.sectors],
            ),
            langs=catalogue.languages,
            nav="thu-tuc",
            source=sector.origin.path,
        )
    for event in catalogue.life_events.values():
        items = [rows[code] for code in event.procedures if code in rows]
        counters = {by_code[code].counter for code in event.procedures if code in by_code}
        yield Page(
            path=f"viec/{event.id}/",
            lang=words.lang,
            title=words.text(event.name),
            description=words.text(event.summary),
            body=env.get_template("group.html").render(
                title=words.text(event.name),
                lead=words.text(event.summary),
                crumb=None,
                list_title=words.ui("in_this_order"),
                rows=items,
                ordered=True,
                counters=[c for c in catalogue.office.counters if c.id in counters],
            ),
            langs=catalogue.languages,
            nav="thu-tuc",
            source=event.origin.path,
        )
    yield _fees(catalogue, words, env, by_code)


def _home(catalogue: Catalogue, words: Words, env: jinja2.Environment, rows: dict[str, Any], counts: list[Any]) -> Page:
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
    notices = [n for n in catalogue.notices.values() if n.on_home and n.is_shown(catalogue.on) and words.has(n)]
    return Page(
        path="",
        lang=words.lang,
        title=words.ui("home"),
        description=words.ui("site_description", office=words.text(catalogue.office.name), ward=words.text(catalogue.office.ward)),
        body=env.get_template("home.html").render(
            office=catalogue.office,
            notices=sorted(notices, key=lambda n: (n.kind != "alert", n.from_date, n.id)),
            events=list(catalogue.life_events.values()),
            popular=catalogue.settings.popular_searches.get(words.lang, ()),
            most_used=[rows[code] for code in catalogue.settings.most_used if code in rows],
            total=len(rows),
            hours=day_spans(words, catalogue.office.hours),
            sectors=counts,
            promises=promises,
        ),
        langs=catalogue.languages,
        nav="home",
    )


def _list(
    catalogue: Catalogue, words: Words, env: jinja2.Environment, shown: list[m.Procedure], rows: dict[str, Any], counts: list[Any]
) -> Page:
    letters: dict[str, list[Any]] = {}
    for procedure in shown:
        letters.setdefault(first_letter(words.text(procedure.title)), []).append(rows[procedure.code])
    return Page(
        path="thu-tuc/",
        lang=words.lang,
        title=words.ui("all_procedures"),
        description=words.ui("all_procedures_lead", n=len(shown)),
        body=env.get_template("list.html").render(
            total=len(shown),
            letters=[(letter, f"chu-{_letter_id(letter)}", items) for letter, items in letters.items()],
            sectors=counts,
        ),
        langs=catalogue.languages,
        nav="thu-tuc",
    )


def _letter_id(letter: str) -> str:
    plain = slug(letter)
    return plain if letter.lower() == plain else f"{plain}-{ord(letter[0]):x}"


def _fees(catalogue: Catalogue, words: Words, env: jinja2.Environment, by_code: dict[str, m.Procedure]) -> Page:
    groups = []
    for group in catalogue.fee_groups:
        lines = []
        for id in group.fees:
            fee = catalogue.fees.get(id)
            if fee is None or fee.current is None or not words.has(group.name, fee.name, fee.current, fee.previous, fee.upcoming):
                continue
            channels = ("counter", *fee.current.by_channel)
            row = describe_fee(catalogue, words, fee, fee.current, channels)
            uses = [by_code[p.code] for p in catalogue.fee_uses.get(id, ()) if p.code in by_code]
            links = [(address(p), words.text(p.title)) for p in uses]
            lines.append(_FeeLine(row, links[:MAX_USES], max(0, len(links) - MAX_USES)))
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


class _FeeLine:
    """A fee row with the procedures that use it; what it lacks it takes from the row."""

    def __init__(self, row: Any, uses: list[tuple[str, str]], more: int) -> None:
        self.row = row
        self.uses = uses
        self.more = more

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)
