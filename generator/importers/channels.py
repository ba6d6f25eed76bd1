"""The ways to hand in: each row of the record is a row of the draft, told apart by cases where a way comes twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.importers.limits import read_limit
from generator.importers.phrases import LONGEST_TEXT, capitalised, one_line, pieces, short_name, short_slug, unique, without_bullet
from generator.importers.record import ChannelRow
from generator.text import fold

LONGEST_CASE = 110

_CHANNELS = {
    "direct": "counter", "truc tiep": "counter", "online": "online", "truc tuyen": "online",
    "postal": "post", "buu chinh": "post", "dich vu buu chinh": "post", "qua dich vu buu chinh": "post",
}  # fmt: skip

_CLAUSE_END = re.compile(r"[.;]\s*-\s|[.;:]\s|\s-\s")
_CASE = re.compile(r"\b(?:trường hợp|đối với)\b", re.IGNORECASE)

Problem = tuple[str, str, str]


@dataclass(slots=True)
class Channels:
    """Rows of the draft beside the rows they come from, the cases they needed, and what to look at."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_channels(written: Sequence[ChannelRow]) -> Channels:
    """One row for each row of the record, in its order; one that says nothing where the record has none."""
    made = Channels()
    if not written:
        made.rows.append({"channel": "counter", "limit": {"kind": "not_specified"}})
        made.problems.append(("channels[0]", "Nguồn không ghi cách nộp nào; hãy bổ sung.", ""))
        return made
    channels = [_channel(made, i, row) for i, row in enumerate(written)]
    cases = _cases(made, channels, written)
    for i, row in enumerate(written):
        made.rows.append(_row(made, i, row, channels[i], cases[i]))
    return made


def _channel(made: Channels, i: int, row: ChannelRow) -> str:
    found = _CHANNELS.get(fold(row.channel))
    if found is None:
        made.problems.append((f"channels[{i}].channel", "Nguồn ghi cách nộp mà hệ thống không biết; hãy chọn lại.", row.channel))
    return found or "counter"


def _row(made: Channels, i: int, row: ChannelRow, channel: str, case: str) -> dict[str, Any]:
    limit = read_limit(row.limit, row.note)
    if limit.problem:
        made.problems.append((f"channels[{i}].limit", limit.problem, one_line(f"{row.limit} {row.note}")))
    data: dict[str, Any] = {"channel": channel}
    if case:
        data["cases"] = [case]
    data["limit"] = limit.data
    if row.note and not limit.used_note:
        first, *others = pieces(row.note, LONGEST_TEXT)
        data["note"] = first
        made.notes += [part for part in others if part not in made.notes]
    return data


def _cases(made: Channels, channels: Sequence[str], written: Sequence[ChannelRow]) -> list[str]:
    """The case of each row; none where every way comes once."""
    if len(set(channels)) == len(channels):
        return [""] * len(channels)
    keys = _keys(channels, written)
    names = _names(keys, written)
    taken: set[str] = set()
    ids: dict[object, str] = {}
    for key, name in names.items():
        ids[key] = unique(short_slug(name), taken)
        made.cases.append({"id": ids[key], "name": name})
    made.problems.append(("cases", "Các trường hợp lấy từ phần mô tả của nguồn; hãy đặt lại tên ngắn, dễ hiểu.", ""))
    return [ids[key] for key in keys]


def _keys(channels: Sequence[str], written: Sequence[ChannelRow]) -> list[object]:
    """What tells the rows of one way apart: their notes, else also limit and fee, else only their order."""
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


def _names(keys: Sequence[object], written: Sequence[ChannelRow]) -> dict[object, str]:
    """A name for each case: its note without the clauses, else the words, that all notes begin with; without repeats."""
    first: dict[object, ChannelRow] = {}
    for key, row in zip(keys, written, strict=True):
        first.setdefault(key, row)
    notes = [one_line(row.note).replace(".-", ". - ") for row in first.values()]
    words = _shared_start(set(notes))
    clauses = max((found.end() for found in _CLAUSE_END.finditer(notes[0], 0, words)), default=0)
    short = max(_cut(notes, clauses), _cut(notes, words), key=lambda made: len(set(made)))  # the first, where both part as many
    names: dict[object, str] = {}
    taken: set[str] = set()
    for number, ((key, row), name) in enumerate(zip(first.items(), short, strict=True), 1):
        told = _told_by_limit(row, number)
        name = name or told
        if name in taken:
            name = f"{name} ({told})"
        base, count = name, 2
        while name in taken:
            name, count = f"{base} ({count})", count + 1
        taken.add(name)
        names[key] = name
    return names


def _cut(notes: Sequence[str], at: int) -> list[str]:
    """The notes from a place on, as names; from `Trường hợp` or `Đối với` on where these stand near it."""
    names = []
    for note in notes:
        rest = without_bullet(note[at:]) or note
        case = _CASE.search(rest, 0, 40)
        names.append(capitalised(short_name(rest[case.start() :] if case else rest, LONGEST_CASE)))
    return names


def _shared_start(texts: Collection[str]) -> int:
    """How many characters all texts begin with, in whole words; none where there is one text."""
    low, high = min(texts), max(texts)
    if low == high:
        return 0
    same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low.rfind(" ", 0, same) + 1


def _told_by_limit(row: ChannelRow, number: int) -> str:
    limit = read_limit(row.limit).data
    words = {"working_days": "ngày làm việc", "calendar_days": "ngày", "hours": "giờ", "months": "tháng"}.get(limit["kind"])
    return f"Thời hạn {str(limit['value']).replace('.', ',')} {words}" if words else f"Trường hợp {number}"
