"""The table of fees and charges by sector, for a wall (A1) and for a counter (A3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.model.fees import Fee, FeeGroup
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_sheet import data_day, legal_notes, wall_sheet
from niemyet.view.facts import FeeRow, describe_fee
from niemyet.view.pages import name_of
from niemyet.view.words import Words

SHARED_BY = 3
"""A note said in so many rows is printed once, below the table, and the rows point to it."""
SHARED_LETTERS = 40
MOST_SHARED = 4


def sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    groups = list(_groups(catalogue, words))
    if not groups:
        return
    fees = [fee for _, lines in groups for fee, _ in lines]
    rows = [row for _, lines in groups for _, row in lines]
    shared = _shared(rows, words)
    since = {row.since for row in rows if row.since}
    content = {
        "free": words.ui("fee_free"),
        "groups": [
            _group(words, group, lines, shared, say_since=len(since) > 1) for group, lines in groups
        ],
        "notes": [f"({number}) {note}" for note, number in shared.items()],
        "foot_notes": [*since] if len(since) == 1 else [],
    }
    day = max(data_day(catalogue), *(fee.current.from_date for fee in fees if fee.current))
    for paper in ("a1", "a3"):
        yield wall_sheet(
            words,
            id=f"bang-phi/{paper}",
            kind="fees",
            paper=paper,
            title=words.ui("fees_title"),
            short=name_of("fees"),
            day=day,
            content=content,
            source=groups[0][0].origin.path,
            icons=("cash-multiple",),
        )


Line = tuple[Fee, FeeRow]


def _groups(catalogue: Catalogue, words: Words) -> Iterator[tuple[FeeGroup, list[Line]]]:
    """The fees in force, by sector in the order of the sectors; what belongs to none comes last."""
    places = {id: place for place, id in enumerate(catalogue.sectors)}
    for group in sorted(catalogue.fee_groups, key=lambda g: places.get(g.sector, len(places))):
        fees = (catalogue.fees[id] for id in group.fees if id in catalogue.fees)
        lines = [
            (fee, describe_fee(words, fee))
            for fee in fees
            if fee.current and words.has(group.name, fee.name, fee.current, fee.upcoming)
        ]
        if lines:
            yield group, lines


def _notes(words: Words, row: FeeRow) -> list[str]:
    """What stands below the name of a fee: how it is counted, who is exempt, what is coming, how
    sure it is."""
    notes = [
        f"{amount.channel_name}: {detail}" if amount.channel_name else detail
        for amount in row.amounts
        for detail in amount.details
    ]
    if row.exemptions:
        notes.append(f"{words.ui('exemptions')}: {'; '.join(row.exemptions)}")
    if row.coming:
        notes.append(row.coming)
    if row.verification == "unverified":
        notes.append(words.ui("verification_unverified"))
    return notes


def _shared(rows: list[FeeRow], words: Words) -> dict[str, int]:
    """Long notes that many rows share, with the number they are given."""
    uses = Counter(
        note for row in rows for note in _notes(words, row) if len(note) >= SHARED_LETTERS
    )
    found = [note for note, times in uses.items() if times >= SHARED_BY]
    kept = set(sorted(found, key=lambda note: -uses[note])[:MOST_SHARED])
    return {note: number for number, note in enumerate((note for note in found if note in kept), 1)}


def _group(
    words: Words, group: FeeGroup, lines: list[Line], shared: dict[str, int], *, say_since: bool
) -> dict[str, Any]:
    return {
        "name": words.text(group.name),
        "about": "".join(legal_notes(words, (law.id for _, row in lines for law in row.legal))),
        "rows": [_row(words, row, shared, say_since=say_since) for _, row in lines],
    }


def _row(words: Words, row: FeeRow, shared: dict[str, int], *, say_since: bool) -> dict[str, Any]:
    notes = _notes(words, row)
    own = [note for note in notes if note not in shared]
    numbers = sorted(shared[note] for note in notes if note in shared)
    if say_since and row.since:
        own.append(row.since)
    return {
        "name": row.name,
        "notes": own,
        "see": " ".join(f"({number})" for number in numbers),
        "amounts": [{"channel": a.channel_name, "value": a.value} for a in row.amounts],
    }
