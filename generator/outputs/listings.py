"""A procedure as one line: in lists and in search results."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import jinja2

from generator.catalogue import Card
from generator.outputs.procedures import ProcedureView, address
from generator.text import letter_of, sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A procedure in the lists of one language. Plain values, kept from one build to the next.

    `row` is the finished item of a list; `found` what the search index holds of it, as JSON. Lists are sorted by `order`
    and have a heading for each `letter`. `version` is that of its printed sheets.
    """

    code: str
    title: str
    order: str
    letter: str
    time: str
    fee: str
    row: str
    found: str
    version: str


def listing_of(env: jinja2.Environment, view: ProcedureView, card: Card) -> Listing:
    """The listing of a procedure that is complete in the language; `card` is its card."""
    catalogue, words, procedure = view.catalogue, view.words, view.procedure
    title = words.text(procedure.title)
    order = card.order if words.is_default else sort_key(title)
    time, fee = view.time[0], view.fee[0]
    macros: Any = env.get_template("macros.html").module
    row = str(macros.row(procedure.code, address(procedure), title, time, fee, procedure.status == "suspended")).rstrip("\n")
    sector = catalogue.sectors.get(procedure.sector)
    forms = (catalogue.official_forms.get(paper.form) for paper in procedure.papers)
    found = {
        "c": procedure.code,
        "t": title,
        "n": words.text(procedure.name) if procedure.short_name else "",
        "a": list(procedure.aliases.get(words.lang, ())),
        "k": words.text(sector.name) if sector else "",
        "x": sorted({form.number for form in forms if form and form.number}),
        "u": words.home + address(procedure),
        "m": f"{time} · {fee}",
        "p": "procedure",
    }
    return Listing(
        code=procedure.code,
        title=title,
        order=order,
        letter=letter_of(order),
        time=time,
        fee=fee,
        row=row,
        found=json.dumps(found, ensure_ascii=False, separators=(",", ":")),
        version=view.version,
    )
