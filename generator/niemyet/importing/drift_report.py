"""Where what is published no longer agrees with a folder of national records.

Only what a record states can be compared: a limit without a unit or a fee of `0 VNĐ ()` says
nothing. What the staff publish beyond the record, such as another case with its own limit, is no
difference.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from niemyet.importing.amounts import in_force, read_amounts
from niemyet.importing.draft import Draft
from niemyet.importing.known_names import Entry, Ledger
from niemyet.importing.laws import number_key
from niemyet.importing.phrases import without_numbering
from niemyet.source.loader import Source
from niemyet.values.vietnamese import fold

_DELETED = re.compile(r"([0-9]\.[0-9]{6})\W*xo[aá]", re.IGNORECASE)
_CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "post": "bưu chính"}
_UNITS = {
    "working_days": "ngày làm việc",
    "calendar_days": "ngày",
    "hours": "giờ",
    "months": "tháng",
}
LIMIT, FEE, PAPERS, DECISION, NAME = range(5)
FREE = "miễn"
_STATUS = {
    "free": FREE,
    "by_province": "do HĐND cấp tỉnh quyết định",
    "tiered": "theo bậc",
    "not_stated": "chưa nêu",
}
_UNSURE = {_STATUS["by_province"], _STATUS["not_stated"]}
_BASIS = re.compile(r"\b(?:theo|tại|quy định|phụ lục|mẫu số)\b", re.IGNORECASE)
_NO_PAPER = re.compile(r"(?:tùy |ngoài )?.{0,20}\btrường hợp|ngoài|một trong", re.IGNORECASE)
_MARKUP = {ord(mark): f"\\{mark}" for mark in "\\|`*_[]{}#!~$"} | {
    ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("@"): "@\u200b",
}  # fmt: skip
_ALIKE, _SAID = 0.6, 0.9
"""How many of a paper's words a paper of ours has where it is the same, and all of ours where it is
told in another place."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One value that differs: of which procedure, what, here and there."""

    code: str
    name: str
    path: str
    weight: int
    what: str
    ours: str
    theirs: str


def deleted_code(written: str) -> str:
    """The code inside one that the database marks as deleted (`1.014955-Xoa`), or nothing."""
    found = _DELETED.match(written.strip())
    return found[1] if found else ""


def compare(source: Source, draft: Draft, ledger: Ledger, today: dt.date) -> Iterator[Drift]:
    """Every value of a published procedure that its national record states otherwise, the heaviest
    first."""
    ours, theirs = source.data, draft.data
    name = _vi(ours["name"])

    drift = partial(Drift, theirs["code"], name, source.path)
    for channel, vi in _CHANNELS.items():
        mine, other = _limits(ours, channel), _limits(theirs, channel)
        if not set(other) <= set(mine):
            yield drift(LIMIT, f"Thời hạn, {vi}", "; ".join(mine) or "—", "; ".join(other))
    paid, asked = _paid(ours["fees"], ledger.fees, today), _asked(draft, today)
    if asked - paid - ({FREE} if paid <= _UNSURE else set()):
        here = "; ".join(sorted(paid - _UNSURE) or sorted(paid)) or "chưa nêu"
        yield drift(FEE, "Phí, lệ phí", here, "; ".join(sorted(asked)))
    for have, want in _papers(ours, theirs):
        yield drift(PAPERS, "Giấy tờ", have, want)
    here, there = (data.get("decision", {}).get("number", "") for data in (ours, theirs))
    if there and number_key(here) != number_key(there):
        yield drift(DECISION, "Số quyết định", here or "—", there)
    if _bare(name) != _bare(theirs["name"]):
        yield drift(NAME, "Tên", name, theirs["name"])


def _bare(name: str) -> str:
    return fold(name).removeprefix("thu tuc ")


def _vi(text: Any) -> str:
    return text if isinstance(text, str) else text.get("vi") or next(iter(text.values()))


def _limits(data: Mapping[str, Any], channel: str) -> list[str]:
    """The limits of one way that are a number with a unit or the same day, in words."""
    words = []
    for row in data["channels"]:
        limit = row["limit"]
        if row["channel"] != channel or "effective_to" in row:
            continue
        if limit["kind"] in _UNITS:
            words.append(f"{str(limit['value']).replace('.', ',')} {_UNITS[limit['kind']]}")
        elif limit["kind"] == "same_day":
            words.append("trong ngày")
        elif limit["kind"] == "range":
            words.append(f"{limit['minimum']} đến {limit['maximum']} {_UNITS[limit['unit']]}")
    return sorted(set(words))


def _paid(uses: Sequence[Mapping[str, Any]], fees: Mapping[str, Entry], today: dt.date) -> set[str]:
    """What the published fees are, today and later, in words."""
    words = set()
    for use in uses:
        values = fees.get(use["fee"], {}).get("values", ())
        past = [value for value in values if value["from"] <= today.isoformat()]
        for value in (*past[-1:], *values[len(past) :]):
            for row in (value, *value.get("by_channel", ())):
                words |= {_dong(tier["amount_vnd"]) for tier in row.get("tiers", ())}
                is_fixed = row["status"] == "fixed"
                words.add(_dong(row["amount_vnd"]) if is_fixed else _STATUS[row["status"]])
    return words


def _asked(draft: Draft, today: dt.date) -> set[str]:
    """The amounts that a record states; nothing where it leaves them to the province or says `0
    VNĐ`."""
    words = set()
    for row in draft.record.channels:
        for amount in in_force(read_amounts(row.fee, row.note), today):
            words |= {_dong(each) for _, _, each in amount.tiers}
            if amount.status == "fixed":
                words.add(_dong(amount.amount_vnd))
            elif amount.status == "free":
                words.add(FREE)
    return words


def _dong(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


def _papers(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Papers of a record that are not here, and those here with other copies. Forms filled in
    online have no copies.

    The staff write papers in plain words, so a paper is here where most words of either name stand
    in the other.
    """
    have = [
        (_words(paper), set(fold(_vi(paper["name"])).split()), paper)
        for paper in ours.get("papers", ())
    ]
    told = ("papers_note", "conditions", "notes", "cases", "steps")
    said = set(fold(" ".join(_texts([ours.get(key, "") for key in told]))).split())
    missing: dict[str, str] = {}
    for paper in theirs.get("papers", ()):
        name, whole = fold(paper["name"]), _words(paper)
        words = set(fold(_BASIS.split(paper["name"])[0]).split())
        is_no_paper = _NO_PAPER.match(without_numbering(paper["name"]))
        if paper["nature"] == "online_form" or not words or is_no_paper:
            continue
        likeness = [
            max(len(words & mine) / len(words), len(short & whole) / max(1, len(short)))
            for mine, short, _ in have
        ]
        if max(likeness, default=0) < _ALIKE:
            if len(words & said) / len(words) < _SAID:
                missing.setdefault(name, paper["name"])
            continue
        same = next((mine for _, _, mine in have if fold(_vi(mine["name"])) == name), None)
        if same is not None and same["nature"] != "online_form" and _copies(same) != _copies(paper):
            yield f"{_vi(same['name'])}: {_copies(same)}", f"{paper['name']}: {_copies(paper)}"
    if missing:
        yield "không thấy giấy tờ này", "; ".join(missing.values())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [value["vi"]] if "vi" in value else list(value.values())
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _words(paper: Mapping[str, Any]) -> set[str]:
    said = (_vi(paper[key]) for key in ("name", "note", "when") if key in paper)
    return set(fold(" ".join(said)).split())


def _copies(paper: Mapping[str, Any]) -> str:
    return f"{paper.get('originals', 0)} bản chính, {paper.get('copies', 0)} bản sao"


def render_markdown(found: Sequence[Drift], absent: Iterable[str], deleted: Iterable[str]) -> str:
    """A table for a pull request; nothing in the data can break out of its cell or call anybody."""
    lines = [
        "| Mã | Thủ tục | Mục | Đang đăng | Cơ sở dữ liệu quốc gia |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {' | '.join(cell(part) for part in (d.code, d.name, d.what, d.ours, d.theirs))} |"
        for d in found
    ]
    if not found:
        lines = ["Không có giá trị nào khác nhau."]
    for title, codes in (
        ("Không có trong thư mục", absent),
        ("Cơ sở dữ liệu quốc gia đã đánh dấu xóa", deleted),
    ):
        listed = ", ".join(cell(code) for code in codes)
        if listed:
            lines += ["", f"{title}: {listed}"]
    return "\n".join(lines)


def cell(text: str, longest: int = 200) -> str:
    """Text safe inside a table of GitHub Markdown: one line, no markup, no mention, no link."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    line = line if len(line) <= longest else f"{line[: longest - 1]}…"
    return line.translate(_MARKUP).replace("://", ":\u200b//")
