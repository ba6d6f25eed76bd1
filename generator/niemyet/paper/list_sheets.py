"""The procedures of a sector, each with a code to scan at the counter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.model.procedure import Procedure
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_sheet import sector_address, wall_sheet
from niemyet.values.vietnamese import capitalised, uncapitalised
from niemyet.view.procedure_view import ProcedureView
from niemyet.view.words import Words


def sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    by_sector: dict[str, list[Procedure]] = {}
    for procedure in catalogue.public_procedures:
        if catalogue.is_complete(procedure, words.lang):
            by_sector.setdefault(procedure.sector, []).append(procedure)
    for sector in catalogue.sectors.values():
        procedures = by_sector.get(sector.id, [])
        if not procedures or not words.has(sector):
            continue
        name = uncapitalised(words.text(sector.name))
        yield wall_sheet(
            words,
            id=f"danh-muc/{sector.id}",
            kind="list",
            paper="a3",
            title=capitalised(words.ui("print_sector_list", sector=name)),
            short=sector_address(sector.id),
            day=max(procedure.verified_on for procedure in procedures),
            parts=version_parts(
                _row(ProcedureView(catalogue, words, procedure)) for procedure in procedures
            ),
            content={
                "count": words.ui("procedures_count", n=len(procedures)),
                "counters": [
                    words.counter(c)
                    for c in catalogue.office.counters
                    if sector.id in c.sectors and words.has(c.name)
                ],
                "procedures": [_procedure(catalogue, words, procedure) for procedure in procedures],
            },
            source=sector.origin.path,
            icons=("clock-outline", "cash", "format-list-bulleted"),
        )


def _row(view: ProcedureView) -> tuple[str, ...]:
    return (
        view.procedure.code,
        view.words.text(view.procedure.title),
        view.time.value,
        view.fee.value,
    )


def version_parts(rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [repr(list(rows))]


def _procedure(catalogue: Catalogue, words: Words, procedure: Procedure) -> dict[str, Any]:
    view = ProcedureView(catalogue, words, procedure)
    return {
        "code": procedure.code,
        "name": words.text(procedure.title),
        "time": _fact(words, *view.time),
        "fee": _fact(words, *view.fee),
        "suspended": words.ui("status_suspended") if procedure.status == "suspended" else "",
        "qr": f"{words.site_url}q/{procedure.code}/",
    }


def _fact(words: Words, value: str, note: str) -> str:
    """A time limit or a fee as lists print it; where it is one of several, or too long, the code
    tells the rest."""
    if value == words.ui("limit_see_below"):
        return words.ui("print_see_code")
    open_ended = {words.ui(key) for key in ("fee_by_province", "fee_not_stated", "limit_unknown")}
    several = (
        words.ui("limits_differ"),
        words.ui("fees_differ"),
        words.ui("fees_see_below"),
        words.ui("fee_first_of_many", name=""),
    )
    return (
        words.ui("print_one_of_several", value=value)
        if value not in open_ended and note.endswith(several)
        else value
    )
