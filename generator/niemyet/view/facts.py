"""The facts that pages, lists and sheets state alike: how long, how much, and a fee as a line of a
table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from niemyet.model.base import Limit
from niemyet.model.catalogue import Catalogue
from niemyet.model.content import LegalDocument
from niemyet.model.fees import Fee, FeeValue
from niemyet.model.procedure import FeeUse, Procedure
from niemyet.values.dates import format_hour_words
from niemyet.values.time_limits import TimeLimit, limit_key
from niemyet.view.machine_words import amount_words
from niemyet.view.words import Words


class Fact(NamedTuple):
    """What stands at the top of a page or in a list, and a note on it."""

    value: str
    note: str


class FeeAmount(NamedTuple):
    """What is paid in one way of handing in, or (without a channel) in all; `data` is for
    scripts."""

    channel: str
    channel_name: str
    value: str
    details: tuple[str, ...]
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """One line of the fee table: what for, when, and the amount per channel (one entry when all are
    alike).

    `asks` is how many units there are to be asked for, and of the unit they are counted in.
    """

    id: str
    name: str
    kind: str
    when: tuple[str, ...]
    amounts: tuple[FeeAmount, ...]
    exemptions: tuple[str, ...]
    legal: tuple[LegalDocument, ...]
    since: str
    before: str
    coming: str
    verification: str
    cases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_optional: bool = False


def shown_limit(procedure: Procedure) -> Limit | None:
    """The time limit that stands for all: the counter's, else the shortest."""
    rows = sorted(
        procedure.channels, key=lambda r: (r.channel != "counter", limit_key(r.limit.value))
    )
    return rows[0].limit if rows else None


def time_fact(words: Words, procedure: Procedure) -> Fact:
    """The time limit for the top of a page or a list, and a note when the limits differ."""
    first = shown_limit(procedure)
    if first is None:
        return Fact(words.ui("limit_unknown"), "")
    note = words.text(first.note)
    if first.value.kind == "same_day" and first.value.cutoff:
        cutoff = words.ui("cutoff_note", time=format_hour_words(first.value.cutoff, words.lang))
        note = f"{cutoff} {note}".strip()
    if len({r.limit.value for r in procedure.channels}) > 1:
        note = words.ui("limits_differ")
    label = words.limit(first)
    if len(label) > 40:
        return Fact(words.ui("limit_see_below"), label if len(label) < 120 else "")
    return Fact(label, note)


def fee_fact(catalogue: Catalogue, words: Words, procedure: Procedure) -> Fact:
    """What is paid, for the top of a page or a list: a single true amount, or a range, never a
    false zero."""
    uses = [use for use in procedure.fees if use.when is None] or list(procedure.fees)
    channels = tuple(dict.fromkeys(r.channel for r in procedure.channels)) or ("counter",)
    known: set[str] = set()
    labels: dict[str, tuple[str, list[str]]] = {}
    for use in uses:
        fee = catalogue.fees.get(use.fee)
        if fee is None or fee.current is None:
            continue
        known.add(fee.id)
        for channel in use.channels or channels:
            amount = fee.current.amount_for(channel)
            told = words.text(fee.name), words.amount_details(amount, fee.unit)
            labels.setdefault(words.amount(amount, fee.unit), told)
    if not labels:
        return Fact(words.ui("fee_not_stated"), "")
    label, (name, details) = next(iter(labels.items()))
    if len(labels) > 1:
        several = words.ui("fee_first_of_many", name=name)
        return Fact(label, several if len(known) > 1 else words.ui("fees_differ"))
    if len(details) == 1 and len(details[0]) < 90:
        return Fact(label, details[0])
    if details:
        return Fact(label, words.ui("fees_see_below"))
    return Fact(label, words.ui("fee_optional_more") if len(uses) < len(procedure.fees) else "")


def is_countable(limit: TimeLimit) -> bool:
    return limit.kind not in ("hours", "text", "not_specified") and limit.unit != "hours"


def describe_fee(
    words: Words,
    fee: Fee,
    channels: tuple[str, ...] | None = None,
    when: tuple[str, ...] = (),
    *,
    use: FeeUse | None = None,
    asks: tuple[str, ...] = (),
) -> FeeRow:
    """A fee in force as a line of a table; without `channels`, for the counter and those that cost
    something else."""
    value, before, upcoming = fee.current, fee.previous, fee.upcoming
    assert value is not None
    channels = ("counter", *value.by_channel) if channels is None else channels
    amounts = _amounts(words, fee, value, channels, use)
    start, legal = words.date(value.from_date), words.catalogue.legal
    since = words.ui("observed_on" if value.is_observed else "in_force_from", date=start)

    def change(key: str, other: FeeValue, date: str) -> str:
        return words.ui(key, value=words.amount(other.amount, fee.unit), date=date)

    return FeeRow(
        id=fee.id,
        name=words.text(fee.name),
        kind=words.ui(f"kind_{fee.kind}"),
        when=when,
        amounts=amounts,
        exemptions=tuple(words.text(e) for e in value.exemptions),
        legal=tuple(legal[id] for id in value.legal if id in legal),
        since="" if value.amount.status == "not_stated" else since,
        before=change("was_before", before, start) if before else "",
        coming=change("coming_from", upcoming, words.date(upcoming.from_date)) if upcoming else "",
        verification=fee.verification,
        cases=use.cases if use else (),
        channels=use.channels if use else (),
        asks=asks if any(a.data.startswith(("fixed", "tiered")) for a in amounts) else (),
        is_optional=use is not None and use.when is not None,
    )


def _amounts(
    words: Words, fee: Fee, value: FeeValue, channels: Iterable[str], use: FeeUse | None
) -> tuple[FeeAmount, ...]:
    """Where its use names channels, they are said even where all cost the same."""
    found = []
    for channel in dict.fromkeys(channels):
        amount = value.amount_for(channel)
        said = words.amount(amount, fee.unit), tuple(words.amount_details(amount, fee.unit))
        name = words.ui(f"channel_{channel}")
        found.append(FeeAmount(channel, name, *said, amount_words(amount)))
    are_alike = len({(one.value, one.details) for one in found}) == 1
    if are_alike and not (use and use.channels):
        return (found[0]._replace(channel="", channel_name=""),)
    return tuple(found) if len(found) != 1 else (found[0]._replace(channel=""),)
