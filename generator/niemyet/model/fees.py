"""Fees and charges with their amounts over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from niemyet.model.base import Item, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """From the `first` to the `last` unit (both included, None: no end) each costs `amount_vnd`
    dong."""

    first: int
    last: int | None = None
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is paid, or why no amount can be named. Money is whole dong."""

    status: Literal["free", "fixed", "tiered", "by_province", "not_stated"]
    amount_vnd: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap_vnd: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeValue(Item):
    """The amount of a fee from a date on; `observed` dates tell when it was seen, not when it took
    effect."""

    from_date: dt.date = field(metadata={"key": "from"})
    is_observed: bool
    amount: Amount
    by_channel: Mapping[str, Amount]
    exemptions: tuple[Text, ...] = ()
    legal: tuple[str, ...] = ()

    def amount_for(self, channel: str | None) -> Amount:
        return self.by_channel.get(channel or "", self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(Item):
    """A fee (phí) or charge (lệ phí) with all its values, oldest first, and the one in force on the
    catalogue's date."""

    id: str
    name: Text
    kind: Literal["fee", "charge"]
    unit: str = ""
    group: str
    values: tuple[FeeValue, ...]
    current: FeeValue | None
    previous: FeeValue | None
    upcoming: FeeValue | None
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeGroup(Item):
    """One fee schedule file: the fees of a sector, or of all."""

    id: str
    name: Text
    sector: str = ""
    fees: tuple[str, ...]


def value_in_force(
    values: tuple[FeeValue, ...], on: dt.date
) -> tuple[FeeValue | None, FeeValue | None, FeeValue | None]:
    """The value in force on a date, the one before it, and the next to come. `values` are oldest
    first.

    A first value whose date is only when it was seen also holds before that date: nobody saw
    anything else.
    """
    started = [i for i, value in enumerate(values) if value.from_date <= on]
    if started:
        now = started[-1]
    elif values and values[0].is_observed:
        now = 0
    else:
        return None, None, values[0] if values else None
    return (
        values[now],
        values[now - 1] if now else None,
        values[now + 1] if now + 1 < len(values) else None,
    )
