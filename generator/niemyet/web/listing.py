"""A procedure as one line: in lists and in search results."""

from __future__ import annotations

from typing import Any, NamedTuple

import jinja2

from niemyet.model.procedure import Procedure
from niemyet.model.summary import Summary
from niemyet.values.vietnamese import letter_of, sort_key
from niemyet.view.facts import shown_limit
from niemyet.view.procedure_view import ProcedureView, address
from niemyet.web import search_index
from niemyet.web.search_index import Found


class Listing(NamedTuple):
    """A procedure in the lists of one language. Plain values, kept from one build to the next.

    `row` is the finished item of a list, as bytes, which wait in half the room; `found` what the
    search index holds of it. Lists are sorted by `order` and have a heading for each `letter`.
    `version` is that of its printed sheets. `papers` are there only for procedures that a life
    event leads to: each as its name, nature, how many, when, and whether the office can look it up.
    """

    code: str
    title: str
    order: str
    letter: str
    time: str
    fee: str
    row: bytes
    found: Found
    version: str
    channels: tuple[str, ...]
    is_same_day: bool
    papers: tuple[tuple[str, str, str, str, bool], ...]


OFFICE_DAY_HOURS = 8
"""A limit of so many hours or fewer ends on the day it begins."""


def is_done_same_day(procedure: Procedure) -> bool:
    """Whether the time limit that is shown first ends on the day it begins."""
    limit = shown_limit(procedure)
    if limit is None:
        return False
    return limit.value.kind == "same_day" or (
        limit.value.kind == "hours" and (limit.value.value or 0) <= OFFICE_DAY_HOURS
    )


def listing_of(env: jinja2.Environment, view: ProcedureView, card: Summary) -> Listing:
    """The listing of a procedure that is complete in the language; `card` is its card."""
    catalogue, words, procedure = view.catalogue, view.words, view.procedure
    title = words.text(procedure.title)
    order = card.order if words.is_default else sort_key(title)
    time, fee = view.time.value, view.fee.value
    channels, is_same_day = view.filing_channels, is_done_same_day(procedure)
    # What the list can be filtered by: sector, applicants, channels, whether it is free, whether it
    # is done the same day.
    flags = ("1" if fee == words.ui("fee_free") else "", "1" if is_same_day else "")
    named = (procedure.sector, " ".join(procedure.applicants), " ".join(channels))
    facets = "|".join((*named, *flags))
    macros: Any = env.get_template("macros.html").module
    suspended = procedure.status == "suspended"
    item = macros.row(procedure.code, address(procedure), title, time, fee, suspended, facets)
    row = str(item).rstrip("\n") + "\n"
    sector = catalogue.sectors.get(procedure.sector)
    forms = (catalogue.official_forms.get(paper.form) for paper in procedure.papers)
    found = search_index.found(
        title,
        words.home + address(procedure),
        f"{time} · {fee}",
        "procedure",
        aliases=procedure.aliases.get(words.lang, ()),
        official=words.text(procedure.name) if procedure.short_name else "",
        sector=words.text(sector.name) if sector else "",
        codes=(procedure.code, *sorted({form.number for form in forms if form and form.number})),
    )
    return Listing(
        code=procedure.code,
        title=title,
        order=order,
        letter=letter_of(order),
        time=time,
        fee=fee,
        row=row.encode(),
        found=found,
        version=view.version,
        channels=channels,
        is_same_day=is_same_day,
        papers=_papers(view) if procedure.code in catalogue.in_journeys else (),
    )


def _papers(view: ProcedureView) -> tuple[tuple[str, str, str, str, bool], ...]:
    """What to take along to the counter."""
    text = view.words.text
    return tuple(
        (
            text(paper.name),
            paper.nature,
            line,
            "; ".join(filter(None, (case, text(paper.when)))),
            paper.office_can_look_up,
        )
        for case, _, lines in view.paper_groups
        for paper, line, _, _ in lines
        if paper.nature != "online_form" and (not paper.channels or "counter" in paper.channels)
    )
