"""Where what is published no longer agrees with a folder of national records.

Only what a record states can be compared: a limit without a unit or a fee of `0 VNĐ ()` says nothing. What the staff
publish beyond the record, such as another case with its own limit, is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.importers.drafts import Draft
from generator.importers.ledger import Entry, Ledger
from generator.source import Source
from generator.text import fold

_DELETED = re.compile(r"([0-9]\.[0-9]{6})\W*xo[aá]", re.IGNORECASE)
_CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "post": "bưu chính"}
_UNITS = {"working_days": "ngày làm việc", "calendar_days": "ngày", "hours": "giờ", "months": "tháng"}
_STATUS = {"free": "miễn", "by_province": "do HĐND cấp tỉnh quyết định", "tiered": "theo bậc", "not_stated": "chưa nêu"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One value that differs: of which procedure, what, here and there."""

    code: str
    name: str
    path: str
    what: str
    ours: str
    theirs: str


def deleted_code(written: str) -> str:
    """The code inside one that the database marks as deleted (`1.014955-Xoa`), or nothing."""
    found = _DELETED.match(written.strip())
    return found[1] if found else ""


def compare(source: Source, draft: Draft, ledger: Ledger) -> Iterator[Drift]:
    """Every value of a published procedure that its national record states otherwise."""
    ours, theirs = source.data, draft.data
    name = _vi(ours["name"])

    def drift(what: str, here: str, there: str) -> Drift:
        return Drift(code=theirs["code"], name=name, path=source.path, what=what, ours=here, theirs=there)

    if fold(name) != fold(theirs["name"]):
        yield drift("Tên", name, theirs["name"])
    here, there = (data.get("decision", {}).get("number", "") for data in (ours, theirs))
    if there and fold(here) != fold(there):
        yield drift("Số quyết định", here or "—", there)
    for channel, vi in _CHANNELS.items():
        mine, other = _limits(ours, channel), _limits(theirs, channel)
        if not set(other) <= set(mine):
            yield drift(f"Thời hạn, {vi}", "; ".join(mine) or "—", "; ".join(other))
    fees = {**ledger.fees, **{e["id"]: e for p, entries in draft.additions.entries.items() if "/fees/" in p for e in entries}}
    paid, asked = _fees(ours["fees"], fees), _fees(theirs["fees"], fees)
    if not set(asked) <= set(paid):
        yield drift("Phí, lệ phí", "; ".join(paid) or "chưa nêu", "; ".join(asked))
    have, want = _papers(ours), _papers(theirs)
    if theirs.get("papers") and have != want:
        yield drift("Giấy tờ", have, want)


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


def _fees(uses: Sequence[Mapping[str, Any]], fees: Mapping[str, Entry]) -> list[str]:
    """What is stated about money, in words; what is not stated is left out."""
    words = set()
    for use in uses:
        values = fees.get(use["fee"], {}).get("values", ())
        for value in values[-1:]:
            for row in (value, *value.get("by_channel", ())):
                if row["status"] == "fixed":
                    words.add(f"{row['amount_vnd']:,} đồng".replace(",", "."))
                elif row["status"] != "not_stated":
                    words.add(_STATUS[row["status"]])
    return sorted(words)


def _papers(data: Mapping[str, Any]) -> str:
    papers = data.get("papers", ())
    originals, copies = (sum(paper.get(key, 0) for paper in papers) for key in ("originals", "copies"))
    return f"{len(papers)} giấy tờ, {originals} bản chính, {copies} bản sao"


def render_markdown(found: Sequence[Drift], absent: Iterable[str], deleted: Iterable[str]) -> str:
    """A table for a pull request; nothing in the data can break out of its cell or call anybody."""
    lines = ["| Mã | Thủ tục | Mục | Đang đăng | Cơ sở dữ liệu quốc gia |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(cell(part) for part in (d.code, d.name, d.what, d.ours, d.theirs))} |" for d in found]
    if not found:
        lines = ["Không có giá trị nào khác nhau."]
    for title, codes in (("Không có trong thư mục", absent), ("Cơ sở dữ liệu quốc gia đã đánh dấu xóa", deleted)):
        listed = ", ".join(cell(code) for code in codes)
        if listed:
            lines += ["", f"{title}: {listed}"]
    return "\n".join(lines)


def cell(text: str, longest: int = 200) -> str:
    """Text safe inside a table of GitHub Markdown: one line, no markup, no mention, no link."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    line = line if len(line) <= longest else f"{line[: longest - 1]}…"
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "@\u200b").replace("://", ":\u200b//")
    return re.sub(r"([\\|`*_\[\]{}#!~$])", r"\\\1", line)
