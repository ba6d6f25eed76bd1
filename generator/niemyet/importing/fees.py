"""Money of a record becomes entries of the fee schedule and the procedure's uses of them, per way
and case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from niemyet.importing.amounts import NOT_STATED, ReadAmount, in_force, read_amounts
from niemyet.importing.cases import cut_at_clause
from niemyet.importing.known_names import NOT_STATED_FEE, SHARED_FEES, Additions, Ledger
from niemyet.importing.laws import number_key, numbers_in
from niemyet.importing.national_record import ChannelRow
from niemyet.importing.phrases import LONGEST_TEXT, first_free, one_line, short_slug
from niemyet.importing.sentences import Problem, sentence
from niemyet.values.vietnamese import fold

_ABOUT_FEES = re.compile(
    r"(?<!chi )(?<!kinh )(?<!học )(?<!viện )\bphí\b|\bmức thu\b(?! nhập)", re.IGNORECASE
)
_LONGEST_SUBJECT = 80

Amounts = tuple[ReadAmount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the fees of one procedure are made with; `documents` has the procedure's legal documents
    by id."""

    code: str
    name: str
    sector: str
    today: dt.date
    ledger: Ledger
    documents: Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Fees:
    uses: list[dict[str, Any]] = field(default_factory=list)
    names: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_fees(
    written: Sequence[ChannelRow],
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    additions: Additions,
) -> Fees:
    """The fees of a procedure. `rows` are the draft's channel rows beside the `written` ones (which
    may be none)."""
    made = Fees()
    stated = [read_amounts(row.fee, row.note) for row in written] or [(NOT_STATED,)]
    current = [in_force(amounts, context.today) for amounts in stated]
    keys = [{amount.key for amount in amounts} for amounts in current]
    several = next((i for i, found in enumerate(keys) if len(found) > 1), None)
    first: dict[object, ReadAmount] = {}
    for amount in chain.from_iterable(current):
        first.setdefault(amount.key, amount)
    for key, amount in first.items():
        tells_apart = several is not None and amount.is_sum and amount.note
        when = {"when": amount.note} if tells_apart else {}
        where = [row for row, found in zip(rows, keys, strict=True) if key in found]
        uses = [{**use, **when} for use in _uses(rows, where)]
        made.problems += [
            (f"fees[{len(made.uses)}]", other.problem, other.original)
            for other in chain.from_iterable(current)
            if other.key == key and other.problem and other.original != amount.original
        ]
        fee = _fee(made, amount, context, additions, uses)
        made.uses += [{"fee": fee, **use} for use in uses]
    if several is not None:
        words = one_line(written[several].fee)
        made.problems.append(("fees", sentence("several_amounts"), words))
    made.problems += [
        ("fees", sentence("amount_expired"), amount.original)
        for amount in _expired(stated, current, context.today)
    ]
    return made


def _expired(
    stated: Sequence[Amounts], current: Sequence[Amounts], today: dt.date
) -> dict[ReadAmount, None]:
    """Amounts that were left out because their time is over."""
    return dict.fromkeys(
        amount
        for old, new in zip(stated, current, strict=True)
        for amount in old
        if old != new and amount.until is not None and amount.until < today
    )


def _uses(
    rows: Sequence[Mapping[str, Any]], where: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The rows a fee belongs to, said as shortly as is exact: all, some channels, some cases, or
    both."""
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
    by_channel: dict[str, list[str]] = {channel: [] for channel in channels}
    for row in where:
        by_channel[row["channel"]] += row.get("cases", ())
    return [{"channels": [channel], "cases": cases} for channel, cases in by_channel.items()]


def _meets(row: Mapping[str, Any], use: Mapping[str, Any]) -> bool:
    cases = row.get("cases", ())
    return row["channel"] in use.get("channels", [row["channel"]]) and set(cases) <= set(
        use.get("cases", cases)
    )


def _fee(
    made: Fees,
    amount: ReadAmount,
    context: Context,
    additions: Additions,
    uses: Sequence[dict[str, Any]],
) -> str:
    at = f"fees[{len(made.uses)}]"
    if amount == NOT_STATED:
        made.problems.append((at, sentence("no_fee"), ""))
        _shared_fee(context, additions)
        return NOT_STATED_FEE
    legal = [] if amount.status == "not_stated" else _legal_basis(amount, context)
    if amount.status != "not_stated" and not legal:
        made.problems.append((at, sentence("no_legal_basis"), _stated(amount)))
        amount = replace(
            amount,
            status="not_stated",
            amount_vnd=0,
            tiers=(),
            cap_vnd=0,
            later=None,
            note=_in_note(amount),
        )
    if amount.problem:
        made.problems.append((at, amount.problem, amount.original))
    name = _name(made, amount, context, uses)
    values = [_value(amount, legal, context.today, context)]
    if amount.later is not None and amount.until is not None:
        after, basis = amount.later, _legal_basis(amount.later, context, only_named=True)
        day = amount.until + dt.timedelta(days=1)
        problem = sentence("later_amount", amount=_stated(after), day=f"{day:%d/%m/%Y}")
        made.problems.append((at, problem, after.original))
        if basis:
            values.append({**_value(after, basis, day, context), "from_is": "effective"})
    entry = _entry(amount, name, values, context, additions)
    additions.add(f"content/fees/csdl-{context.sector}.yml", entry)
    return str(entry["id"])


def _stated(amount: ReadAmount) -> str:
    """The amount in words, as a citizen reads it."""
    sums = [
        f"{sum_:,} đồng".replace(",", ".")
        for sum_ in (amount.amount_vnd, *(tier[2] for tier in amount.tiers), amount.cap_vnd)
        if sum_
    ]
    return f"{', '.join(sums)}{f'/{amount.unit}' if amount.unit else ''}" if sums else amount.note


def _in_note(amount: ReadAmount) -> str:
    """The words that keep an amount which cannot be an amount of ours."""
    if amount.status == "by_province":
        return amount.note
    if amount.status == "free":
        return f"Nguồn ghi: “{amount.note}”."
    stated = _stated(amount)
    if amount.note and fold(stated.partition(" ")[0]) in fold(amount.note):
        return amount.note.strip()
    return f"Nguồn ghi: {stated}. {amount.note}".strip()


def _name(made: Fees, amount: ReadAmount, context: Context, uses: Sequence[dict[str, Any]]) -> str:
    """`Lệ phí đăng ký kết hôn`; a number behind it where another fee of the same name is for the
    same people."""
    subject = cut_at_clause(context.name, _LONGEST_SUBJECT)
    subject = subject if subject[1:2].isupper() else subject[:1].lower() + subject[1:]
    name = first_free(
        f"{'Lệ phí' if amount.kind == 'charge' else 'Phí'} {subject}",
        lambda name: any(
            name == other and any(_overlap(use, place) for use in uses)
            for other, place in made.names
        ),
    )
    made.names += [(name, use) for use in uses]
    return name


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two uses can meet on a page with nothing to tell them apart."""
    if one.get("when") != other.get("when"):
        return False
    return all(
        key not in one or key not in other or set(one[key]) & set(other[key])
        for key in ("channels", "cases")
    )


def _value(amount: ReadAmount, legal: list[str], day: dt.date, context: Context) -> dict[str, Any]:
    value: dict[str, Any] = {
        "from": day.isoformat(),
        "from_is": "observed",
        "status": amount.status,
    }
    if amount.status == "fixed":
        value["amount_vnd"] = amount.amount_vnd
    if amount.tiers:
        value["tiers"] = [
            {"first": first, **({"last": last} if last else {}), "amount_vnd": each}
            for first, last, each in amount.tiers
        ]
        value["cap_vnd"] = amount.cap_vnd
    note = amount.note
    has_own_unit = amount.is_sum and amount.unit and not _unit(amount, context)
    if has_own_unit and fold(amount.unit) not in fold(note):
        note = f"Tính theo {amount.unit}. {note}".strip()
    if note:
        value["note"] = note[:LONGEST_TEXT]
    if legal:
        value["legal"] = legal
    return value


def _unit(amount: ReadAmount, context: Context) -> str:
    return context.ledger.units.get(fold(amount.unit), "") if amount.is_sum and amount.unit else ""


def _entry(
    amount: ReadAmount,
    name: str,
    values: list[dict[str, Any]],
    context: Context,
    additions: Additions,
) -> dict[str, Any]:
    taken = {entry["id"] for entries in additions.entries.values() for entry in entries}
    kind = "le-phi" if amount.kind == "charge" else "phi"
    base = f"{kind}-{context.code.replace('.', '-')}-{short_slug(context.name, 50)}"
    id = first_free(base, lambda id: id in taken or id in context.ledger.fees, "-{}")
    unit = _unit(amount, context)
    entry: dict[str, Any] = {"id": id, "name": name, "kind": amount.kind}
    if unit:
        entry["unit"] = unit
    return {**entry, "values": values, "verification": "national_base"}


def _legal_basis(amount: ReadAmount, context: Context, only_named: bool = False) -> list[str]:
    """The documents that the words name, else those of the procedure about fees; never its whole
    list."""
    keys = {number_key(number) for number in numbers_in(f"{amount.note} {amount.original}")}
    named = [
        id for id, document in context.documents.items() if number_key(document["number"]) in keys
    ]
    others = (context.ledger.legal_keys.get(key, "") for key in sorted(keys))
    named += [id for id in others if id and id not in named]
    if named or only_named:
        return named
    return [
        id
        for id, document in context.documents.items()
        if _ABOUT_FEES.search(str(document["title"]))
    ]


def _shared_fee(context: Context, additions: Additions) -> None:
    """The shared entry for amounts that no source states, made where the project has none."""
    if NOT_STATED_FEE in context.ledger.fees or any(
        e["id"] == NOT_STATED_FEE for e in additions.entries.get(SHARED_FEES, ())
    ):
        return
    value = {
        "from": context.today.isoformat(),
        "from_is": "observed",
        "status": "not_stated",
        "note": sentence("fee_not_stated_note"),
    }
    entry = {
        "id": NOT_STATED_FEE,
        "name": "Mức thu chưa được nêu",
        "kind": "fee",
        "values": [value],
        "verification": "national_base",
    }
    additions.add(SHARED_FEES, entry)
