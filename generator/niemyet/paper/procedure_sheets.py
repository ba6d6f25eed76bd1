"""The wall poster and the leaflet of every procedure: what to bring, how long, how much, where,
step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from niemyet.model.procedure import Paper, Step
from niemyet.model.vocabulary import Term
from niemyet.paper.sheet import Sheet, make_sheet
from niemyet.view.facts import FeeRow
from niemyet.view.procedure_view import ProcedureView, address
from niemyet.view.words import Words

PAPERS = {"poster": "a3", "leaflet": "a4"}
ICONS = ("clock-outline", "cash", "map-marker", "file-document-outline", "check-circle")
MOST_LAWS = 4
"""Legal documents named on a sheet; the page behind the code names all."""


def sheets(view: ProcedureView) -> Iterator[Sheet]:
    """The poster (A3) and the leaflet (A4) of a procedure that is complete in the language of the
    view."""
    procedure, words = view.procedure, view.words
    content = _content(view)
    for kind, paper in PAPERS.items():
        yield make_sheet(
            words,
            id=f"thu-tuc/{procedure.code}-{paper}",
            kind=kind,
            paper=paper,
            title=words.text(procedure.title),
            page=address(procedure),
            short_address=procedure.code,
            day=procedure.verified_on,
            version=view.version,
            content=content,
            source=procedure.origin.path,
            icons=ICONS,
            hotline=words.phone(view.hotline) if view.hotline else "",
        )


def _content(view: ProcedureView) -> dict[str, Any]:
    words, procedure = view.words, view.procedure
    sector = words.text(view.sector.name) if view.sector else ""
    facts = (
        ("clock-outline", words.ui("time_limit"), view.time),
        ("cash", words.ui("fee"), view.fee),
        ("map-marker", words.ui("where"), view.where),
    )
    shown_fees = view.fees if _needs_fees(view) else []
    untitled = words.ui("all_cases") if len(view.paper_groups) > 1 else ""
    return {
        "code_line": words.ui("print_code_line", code=procedure.code, sector=sector),
        "summary": words.text(procedure.summary),
        "facts": [
            {"icon": icon, "label": label, "value": value, "note": note}
            for icon, label, (value, note) in facts
        ],
        "papers": [
            {"title": title or untitled, "items": [_paper(view, *line) for line in papers]}
            for title, _, papers in view.paper_groups
        ],
        "papers_note": words.text(procedure.papers_note),
        "steps": [_step(view, *line) for line in view.steps],
        "limits": _limits(view),
        "fees": [line for row in shown_fees for line in _fee_lines(words, row)],
        "results": [words.text(result) for result in procedure.results],
        "foot_notes": _foot_notes(view),
        "keywords": [procedure.code],
    }


def _paper(view: ProcedureView, paper: Paper, line: str, only: str, form: Any) -> dict[str, Any]:
    words, text = view.words, view.words.text
    notes = [" · ".join(filter(None, (line, only)))]
    if form and form.number:
        notes.append(words.ui("print_form_number", number=form.number))
    if paper.when:
        notes.append(f"{words.ui('only_when')}: {text(paper.when)}")
    if paper.alternatives:
        notes.append(f"{words.ui('or_instead')}: {words.texts(paper.alternatives, '; ')}")
    if paper.office_can_look_up:
        notes.append(words.ui("print_can_look_up"))
    more = (
        text(paper.note),
        f"{words.ui('where_to_get')}: {text(paper.where)}" if paper.where else "",
    )
    return {"name": text(paper.name), "notes": notes, "more": [*filter(None, more)]}


def _step(view: ProcedureView, step: Step, actor: Term | None, limit: str) -> dict[str, str]:
    words = view.words
    meta = " · ".join(filter(None, (words.text(actor.name) if actor else "", limit)))
    title, text = words.text(step.title), words.text(step.text)
    if not title:
        title, text = text, ""
    return {"name": title, "text": words.text(step.extra) or text, "meta": meta}


def _limits(view: ProcedureView) -> list[dict[str, Any]]:
    """One row for each way and case, where they differ or are too long for the top."""
    words = view.words
    first = view.procedure.channels[0].limit
    if not view.has_different_limits and view.time.value == words.limit(first):
        return []
    return [
        {
            "name": " · ".join(filter(None, (words.ui(f"channel_{row.channel}"), cases))),
            "value": words.limit(row.limit),
            "notes": [words.text(row.limit.note)] if row.limit.note else [],
        }
        for row, cases, _ in view.limits
    ]


def _needs_fees(view: ProcedureView) -> bool:
    return len(view.fees) > 1 or any(
        len(row.amounts) > 1 or row.amounts[0].details or row.exemptions or row.when
        for row in view.fees
    )


def _fee_lines(words: Words, row: FeeRow) -> list[dict[str, Any]]:
    """A line for each amount: the first says what for and when, the last who is exempt."""
    lines: list[dict[str, Any]] = [
        {"name": amount.channel_name, "value": amount.value, "notes": [*amount.details]}
        for amount in row.amounts
    ]
    first, last = lines[0], lines[-1]
    first["name"] = " · ".join(filter(None, (row.name, first["name"])))
    first["notes"] = [*row.when, *first["notes"]]
    if row.exemptions:
        last["notes"].append(f"{words.ui('exemptions')}: {'; '.join(row.exemptions)}")
    return lines


def _foot_notes(view: ProcedureView) -> list[str]:
    words = view.words
    named = [words.law(document) for document in view.legal[:MOST_LAWS]]
    more = len(view.legal) - len(named)
    laws = "; ".join(named)
    if more > 0:
        laws = words.ui("print_laws_more", laws=laws, n=more)
    return [f"{words.ui('legal_basis')}: {laws}"] if laws else []
