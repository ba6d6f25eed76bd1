"""The ways to hand in: each row of the record is a row of the draft, told apart by cases where a
way comes twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niemyet.importing.cases import LONGEST_NAMES, case_name
from niemyet.importing.limits import read_limit
from niemyet.importing.national_record import ChannelRow
from niemyet.importing.phrases import one_line, pieces, short_slug, unique
from niemyet.importing.sentences import Problem, sentence
from niemyet.values.vietnamese import fold

_CHANNELS = {
    "direct": "counter", "truc tiep": "counter", "online": "online", "truc tuyen": "online",
    "postal": "post", "buu chinh": "post", "dich vu buu chinh": "post",
    "qua dich vu buu chinh": "post",
}  # fmt: skip

_CLAUSE_END = re.compile(r"[.;]\s*-\s|[.;:]\s|\s-\s")
_CASE = re.compile(r"\b(?:trường hợp|đối với)\b", re.IGNORECASE)


@dataclass(slots=True)
class Channels:
    """Rows of the draft beside the rows they come from, the cases they needed, and what to look
    at."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_channels(written: Sequence[ChannelRow], after_three: str = "") -> Channels:
    """One row for each row of the record, in its order; one that says nothing where the record has
    none.

    `after_three` is the line of the steps that sets the rule of 15:00, if any.
    """
    made = Channels()
    if not written:
        made.rows.append({"channel": "counter", "limit": {"kind": "not_specified"}})
        made.problems.append(("channels[0]", sentence("no_channel"), ""))
        return made
    channels = [_channel(made, i, row) for i, row in enumerate(written)]
    cases = _cases(made, channels, written)
    for i, row in enumerate(written):
        made.rows.append(_row(made, i, row, channels[i], cases[i], after_three))
    return made


def _channel(made: Channels, i: int, row: ChannelRow) -> str:
    found = _CHANNELS.get(fold(row.channel))
    if found is None:
        made.problems.append((f"channels[{i}].channel", sentence("unknown_channel"), row.channel))
    return found or "counter"


def _row(
    made: Channels, i: int, row: ChannelRow, channel: str, case: str, after_three: str
) -> dict[str, Any]:
    limit = read_limit(row.limit, row.note, after_three)
    if limit.problem:
        original = limit.original or one_line(f"{row.limit} {row.note}")
        made.problems.append((f"channels[{i}].limit", limit.problem, original))
    data: dict[str, Any] = {"channel": channel}
    if case:
        data["cases"] = [case]
    data["limit"] = limit.data
    if row.note and not limit.used_note:
        parts = list(pieces(row.note))
        data["note"] = parts[0]
        made.notes += [part for part in parts[1:] if part not in made.notes]
    return data


def _cases(made: Channels, channels: Sequence[str], written: Sequence[ChannelRow]) -> list[str]:
    """The case of each row; none where every way comes once."""
    if len(set(channels)) == len(channels):
        return [""] * len(channels)
    keys = _keys(channels, written)
    ways: dict[object, set[str]] = {}
    for key, channel in zip(keys, channels, strict=True):
        ways.setdefault(key, set()).add(channel)
    taken: set[str] = set()
    ids: dict[str, str] = {}
    names = _names(keys, ways, written)
    for name in dict.fromkeys(names.values()):
        ids[name] = unique(short_slug(name), taken)
        made.cases.append({"id": ids[name], "name": name})
    made.problems.append(("cases", sentence("cases_from_words"), ""))
    return [ids[names[key]] for key in keys]


def _keys(channels: Sequence[str], written: Sequence[ChannelRow]) -> list[object]:
    """What tells the rows of one way apart: their notes, else also limit and fee, else only their
    order."""
    makers: tuple[Callable[[ChannelRow], object], ...] = (
        lambda row: fold(row.note),
        lambda row: (fold(row.note), fold(row.limit)),
        lambda row: (fold(row.note), fold(row.limit), fold(row.fee)),
    )
    for make in makers:
        keys = [make(row) for row in written]
        if len(set(zip(channels, keys, strict=True))) == len(written):
            return keys
    seen: dict[object, int] = {}
    ordered: list[object] = []
    for channel, row in zip(channels, written, strict=True):
        place = (channel, makers[-1](row))
        seen[place] = seen.get(place, 0) + 1
        ordered.append((makers[-1](row), seen[place]))
    return ordered


def _names(
    keys: Sequence[object], ways: Mapping[object, set[str]], written: Sequence[ChannelRow]
) -> dict[object, str]:
    """A name for each case: what its note says beyond what all notes begin with; numbers where the
    words are the same.

    Notes of one name that stand for different ways are one case, written differently.
    """
    first: dict[object, ChannelRow] = {}
    for key, row in zip(keys, written, strict=True):
        first.setdefault(key, row)
    notes = [one_line(row.note).replace(".-", ". - ") for row in first.values()]
    words = _shared_start(set(notes))
    clauses = max((found.end() for found in _CLAUSE_END.finditer(notes[0], 0, words)), default=0)
    case = max((found.start() for found in _CASE.finditer(notes[0], 0, words)), default=-1)
    starts = (
        (clauses, case)
        if case > clauses
        else (clauses, words)
        if case < 0 and not clauses
        else (clauses,)
    )
    at = max(
        starts, key=lambda at: len(set(_cut(notes, at)))
    )  # the first, where several part as many
    short = _cut(notes, at)
    names: dict[object, str] = {}
    taken: dict[str, set[str]] = {}
    for number, (key, name) in enumerate(zip(first, short, strict=True), 1):
        base = name or f"Trường hợp {number}"
        name, count = base, 2
        while taken.get(name, set()) & ways[key]:
            name, count = f"{base} ({count})", count + 1
        taken.setdefault(name, set()).update(ways[key])
        names[key] = name
    return names


def _cut(notes: Sequence[str], at: int) -> list[str]:
    """The notes from a place on, as names: each as short as tells it apart, where any length
    does."""
    tries = [[case_name(note[at:] or note, longest) for note in notes] for longest in LONGEST_NAMES]
    counts = [Counter(names) for names in tries]
    alone = (
        [names[i] for names, count in zip(tries, counts, strict=True) if count[names[i]] == 1]
        for i in range(len(notes))
    )
    return [next(iter(names), tries[0][i]) for i, names in enumerate(alone)]


def _shared_start(texts: Collection[str]) -> int:
    """How many characters all texts begin with, in whole words; none where there is one text."""
    low, high = min(texts), max(texts)
    if low == high:
        return 0
    same = next(
        (i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b),
        min(len(low), len(high)),
    )
    return low.rfind(" ", 0, same) + 1
