"""Money of a record becomes entries of the fee schedule and the procedure's uses of them, per way and case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.importers.amounts import NOT_STATED, ReadAmount, read_amounts
from generator.importers.laws import number_key
from generator.importers.ledger import NOT_STATED_FEE, SHARED_FEES, Additions, Ledger
from generator.importers.phrases import LONGEST_TEXT, one_line, short_name, short_slug
from generator.importers.record import ChannelRow
from generator.text import fold

_ABOUT_FEES = re.compile(r"(?<!chi )\bphi\b|\bmuc thu\b")

Problem = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the fees of one procedure are made with; `documents` has the procedure's legal documents by id."""

    code: str
    name: str
    sector: str
    today: dt.date
    ledger: Ledger
    documents: Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Fees:
    uses: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_fees(written: Sequence[ChannelRow], rows: Sequence[Mapping[str, Any]], context: Context, additions: Additions) -> Fees:
    """The fees of a procedure. `rows` are the draft's channel rows beside the `written` ones (which may be none)."""
    made = Fees()
    read = [read_amounts(row.fee) for row in written] or [(NOT_STATED,)]
    distinct = list(dict.fromkeys(amount for amounts in read for amount in amounts))
    several = any(len(amounts) > 1 for amounts in read)
    for amount in distinct:
        where = [rows[i] for i, amounts in enumerate(read) if amount in amounts]
        fee = _fee(made, amount, context, additions, len(distinct) > 1)
        for use in _uses(rows, where):
            made.uses.append({"fee": fee, **use, **_when(amount, several)})
    if several:
        words = one_line(next(row.fee for row, amounts in zip(written, read, strict=True) if len(amounts) > 1))
        made.problems.append(("fees", "Nguồn ghi nhiều mức trong một dòng; hãy xem mức nào dùng khi nào.", words))
    return made


def _when(amount: ReadAmount, several: bool) -> dict[str, str]:
    return {"when": amount.note} if several and amount.status == "fixed" and amount.note else {}


def _uses(rows: Sequence[Mapping[str, Any]], where: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows a fee belongs to, said as shortly as is exact: all, some channels, some cases, or both."""
    if len(where) == len(rows):
        return [{}]
    channels = list(dict.fromkeys(row["channel"] for row in where))
    cases = list(dict.fromkeys(case for row in where for case in row.get("cases", ())))

    def covered(use: Mapping[str, Any]) -> int:
        return sum(_meets(row, use) for row in rows)

    tries: list[dict[str, Any]] = [{"channels": channels}]
    if cases:
        tries += [{"cases": cases}, {"channels": channels, "cases": cases}]
    for use in tries:
        if covered(use) == len(where):
            return [use]
    return [
        {"channels": [channel], "cases": [case for row in where if row["channel"] == channel for case in row.get("cases", ())]}
        for channel in channels
    ]


def _meets(row: Mapping[str, Any], use: Mapping[str, Any]) -> bool:
    cases = row.get("cases", ())
    return row["channel"] in use.get("channels", [row["channel"]]) and set(cases) <= set(use.get("cases", cases))


def _fee(made: Fees, amount: ReadAmount, context: Context, additions: Additions, is_one_of_many: bool) -> str:
    at = f"fees[{len(made.uses)}]"
    if amount == NOT_STATED:
        made.problems.append((at, "Nguồn không ghi mức thu; điều này không có nghĩa là miễn. Hãy tra lại.", ""))
        _shared_fee(context, additions)
        return NOT_STATED_FEE
    legal: list[str] = []
    if amount.status != "not_stated":
        legal, is_sure = _legal_basis(amount, context)
        if not legal:
            amount = replace(amount, status="not_stated", amount_vnd=0, note=amount.note or amount.original or _stated(amount))
            made.problems.append((at, "Nguồn ghi mức thu nhưng không ghi văn bản nào làm căn cứ; hãy bổ sung.", _stated(amount)))
        elif not is_sure:
            made.problems.append((at, "Chưa rõ văn bản nào quy định mức thu; đang ghi mọi căn cứ của thủ tục.", ""))
    if amount.problem:
        made.problems.append((at, amount.problem, amount.original))
    entry = _entry(amount, legal, context, additions, is_one_of_many)
    additions.add(f"content/fees/csdl-{context.sector}.yml", entry)
    return str(entry["id"])


def _stated(amount: ReadAmount) -> str:
    return f"{amount.amount_vnd} VNĐ{f' / {amount.unit}' if amount.unit else ''}" if amount.amount_vnd else amount.note


def _entry(amount: ReadAmount, legal: list[str], context: Context, additions: Additions, is_one_of_many: bool) -> dict[str, Any]:
    word = "Lệ phí" if amount.kind == "charge" else "Phí, lệ phí"
    name = f"{word}: {short_name(context.name)}"
    if is_one_of_many and amount.note:
        name = f"{name} – {short_name(amount.note, 60)}"
    taken = {entry["id"] for entries in additions.entries.values() for entry in entries} | context.ledger.fees.keys()
    base = f"{'le-phi' if amount.kind == 'charge' else 'phi'}-{context.code.replace('.', '-')}-{short_slug(context.name, 50)}"
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    value: dict[str, Any] = {"from": context.today.isoformat(), "from_is": "observed", "status": amount.status}
    if amount.status == "fixed":
        value["amount_vnd"] = amount.amount_vnd
    note, unit = amount.note, context.ledger.units.get(fold(amount.unit)) if amount.unit else None
    if amount.unit and unit is None and amount.status == "fixed":
        note = note or f"Tính theo {amount.unit}."
    if note:
        value["note"] = note[:LONGEST_TEXT]
    if legal:
        value["legal"] = legal
    entry: dict[str, Any] = {"id": found, "name": name, "kind": amount.kind}
    if unit and amount.status == "fixed":
        entry["unit"] = unit
    return {**entry, "values": [value], "verification": "national_base"}


def _legal_basis(amount: ReadAmount, context: Context) -> tuple[list[str], bool]:
    """The documents that the words name, else those about fees, else all; and whether they are surely the right ones."""
    words = f" {number_key(f'{amount.note} {amount.original}')} "
    named = [id for id, document in context.documents.items() if f" {number_key(document['number'])} " in words]
    if named:
        return named, True
    about = [id for id, document in context.documents.items() if _is_about_fees(fold(str(document["title"])))]
    return (about, True) if about else (list(context.documents), False)


def _is_about_fees(title: str) -> bool:
    return _ABOUT_FEES.search(title) is not None


def _shared_fee(context: Context, additions: Additions) -> None:
    """The shared entry for amounts that no source states, made where the project has none."""
    if NOT_STATED_FEE in context.ledger.fees or any(e["id"] == NOT_STATED_FEE for e in additions.entries.get(SHARED_FEES, ())):
        return
    note = "Nguồn không ghi rõ có thu tiền hay không. Hãy hỏi quầy tiếp nhận trước khi nộp."
    value = {"from": context.today.isoformat(), "from_is": "observed", "status": "not_stated", "note": note}
    entry = {"id": NOT_STATED_FEE, "name": "Mức thu chưa được nêu", "kind": "fee", "values": [value], "verification": "national_base"}
    additions.add(SHARED_FEES, entry)
