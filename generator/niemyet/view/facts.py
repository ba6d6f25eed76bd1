"""The facts that pages, lists and sheets state alike: how long, how much, and a fee as a line of a
table."""

from __future__ import annotations

from dataclasses import dataclass

from niemyet.model import base as m
from niemyet.model.catalogue import Catalogue
from niemyet.values.dates import format_hour_words
from niemyet.values.time_limits import TimeLimit, limit_key
from niemyet.view.machine_words import amount_words
from niemyet.view.words import Words


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One line of the fee table: what for, when, and the amount per channel (one entry when all are
    alike).

    `amounts` holds the channel's name, the amount, its details; `data` for each the channel's id
    and the amount for scripts. `asks` is how many units there are to be asked for, and of the unit
    they are counted in.
    """

    id: str
    name: str
    kind: str
    when: tuple[str, ...]
    amounts: tuple[tuple[str, str, tuple[str, ...]], ...]
    exemptions: tuple[str, ...]
    legal: tuple[m.LegalDocument, ...]
    since: str
    before: str
    coming: str
    verification: str
    data: tuple[tuple[str, str], ...] = ()
    cases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_optional: bool = False


def shown_limit(procedure: m.Procedure) -> m.Limit | None:
    """The time limit that stands for all: the counter's, else the shortest."""
    rows = sorted(
        procedure.channels, key=lambda r: (r.channel != "counter", limit_key(r.limit.value))
    )
    return rows[0].limit if rows else None


def time_fact(words: Words, procedure: m.Procedure) -> tuple[str, str]:
    """The time limit for the top of a page or a list, and a note when the limits differ."""
    first = shown_limit(procedure)
    if first is None:
        return words.ui("limit_unknown"), ""
    note = words.text(first.note)
    if first.value.kind == "same_day" and first.value.cutoff:
        cutoff = words.ui("cutoff_note", time=format_hour_words(first.value.cutoff, words.lang))
        note = f"{cutoff} {note}".strip()
    if len({r.limit.value for r in procedure.channels}) > 1:
        note = words.ui("limits_differ")
    label = words.limit(first)
    if len(label) > 40:
        return words.ui("limit_see_below"), label if len(label) < 120 else ""
    return label, note


def fee_fact(catalogue: Catalogue, words: Words, procedure: m.Procedure) -> tuple[str, str]:
    """What is paid, for the top of a page or a list: a single true amount, or a range, never a
    false zero."""
    uses = [use for use in procedure.fees if use.when is None] or list(procedure.fees)
    channels = tuple(dict.fromkeys(r.channel for r in procedure.channels)) or ("counter",)
    known = [
        (use, fee)
        for use in uses
        if (fee := catalogue.fees.get(use.fee)) is not None and fee.current is not None
    ]
    labels: dict[str, tuple[str, list[str]]] = {}
    for use, fee in known:
        assert fee.current is not None
        for channel in use.channels or channels:
            amount = fee.current.amount_for(channel)
            labels.setdefault(
                words.amount(amount, fee.unit),
                (words.text(fee.name), words.amount_details(amount, fee.unit)),
            )
    if not labels:
        return words.ui("fee_not_stated"), ""
    label, (name, details) = next(iter(labels.items()))
    if len(labels) > 1:
        return label, words.ui("fee_first_of_many", name=name) if len(
            {fee.id for _, fee in known}
        ) > 1 else words.ui("fees_differ")
    if len(details) == 1 and len(details[0]) < 90:
        return label, details[0]
    if details:
        return label, words.ui("fees_see_below")
    return label, words.ui("fee_optional_more") if len(uses) < len(procedure.fees) else ""


def is_countable(limit: TimeLimit) -> bool:
    return limit.kind not in ("hours", "text", "not_specified") and limit.unit != "hours"


def describe_fee(
    catalogue: Catalogue,
    words: Words,
    fee: m.Fee,
    value: m.FeeValue,
    channels: tuple[str, ...],
    when: tuple[str, ...] = (),
    *,
    use: m.FeeUse | None = None,
    asks: tuple[str, ...] = (),
) -> FeeRow:
    """A fee as a line of a table. Where its use names channels, they are said even where all cost
    the same."""
    amounts = {
        c: (
            words.amount(value.amount_for(c), fee.unit),
            tuple(words.amount_details(value.amount_for(c), fee.unit)),
        )
        for c in channels
    }
    if len(set(amounts.values())) == 1 and not (use and use.channels):
        label, details = next(iter(amounts.values()))
        lines: tuple[tuple[str, str, tuple[str, ...]], ...] = (("", label, details),)
    else:
        lines = tuple(
            (words.ui(f"channel_{c}"), label, details) for c, (label, details) in amounts.items()
        )
    data = tuple(
        (c if len(lines) > 1 else "", amount_words(value.amount_for(c)))
        for c in channels[: len(lines)]
    )
    before, upcoming = fee.previous, fee.upcoming
    return FeeRow(
        id=fee.id,
        name=words.text(fee.name),
        kind=words.ui(f"kind_{fee.kind}"),
        when=when,
        amounts=lines,
        exemptions=tuple(words.text(e) for e in value.exemptions),
        legal=tuple(catalogue.legal[id] for id in value.legal if id in catalogue.legal),
        since=""
        if value.amount.status == "not_stated"
        else words.ui(
            "observed_on" if value.is_observed else "in_force_from",
            date=words.date(value.from_date),
        ),
        before=words.ui(
            "was_before",
            value=words.amount(before.amount, fee.unit),
            date=words.date(value.from_date),
        )
        if before
        else "",
        coming=words.ui(
            "coming_from",
            value=words.amount(upcoming.amount, fee.unit),
            date=words.date(upcoming.from_date),
        )
        if upcoming
        else "",
        verification=fee.verification,
        data=data,
        cases=use.cases if use else (),
        channels=use.channels if use else (),
        asks=asks if any(text.startswith(("fixed", "tiered")) for _, text in data) else (),
        is_optional=use is not None and use.when is not None,
    )
