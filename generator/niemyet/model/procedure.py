"""Administrative procedures: what a citizen hands in, where, and what happens then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from niemyet.model.base import Code, Item, Limit, Text

Channel = Literal["counter", "online", "post"]
CHANNELS: tuple[Channel, ...] = ("counter", "online", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Item):
    """A situation (trường hợp) in which papers, limit or fee differ."""

    id: str
    name: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow(Item):
    """One way to hand in (cách thức thực hiện) and its limit, for some cases or for all (no cases
    named)."""

    channel: Channel
    cases: tuple[str, ...] = ()
    limit: Limit
    online_level: str = ""
    url: str = ""
    note: Text | None = None
    why_different: Text | None = None
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None

    def is_in_force(self, day: dt.date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Item):
    """A paper of the file (thành phần hồ sơ): handed in, shown, or filled in online."""

    id: str
    name: Text
    nature: Literal["submit", "present", "online_form"]
    originals: int = 0
    copies: int = 0
    cases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    when: Text | None = None
    alternatives: tuple[Text, ...] = ()
    where: Text | None = None
    office_can_look_up: bool = False
    form: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeUse(Item):
    """A fee as a procedure uses it; the amount itself lives in the fee schedule."""

    fee: str
    cases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    when: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Item):
    """A process step (bước), shared or the procedure's own. `extra` is what a procedure adds to a
    shared step."""

    id: str
    title: Text | None = None
    text: Text | None = None
    extra: Text | None = None
    actor: str = ""
    limit: Limit | None = None
    order: int | None = None
    receipt: Text | None = None
    legal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    question: Text
    answer: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision that published a procedure (quyết định công bố)."""

    number: str
    issuer: Text | None = None
    date: dt.date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Item):
    """An administrative procedure (thủ tục hành chính). The code is its key; the slug never
    changes."""

    code: Code
    written_code: str
    slug: str
    previous_codes: tuple[str, ...] = ()
    name: Text
    short_name: Text | None = None
    summary: Text
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sector: str
    status: Literal["active", "suspended", "repealed", "draft"]
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    decision: Decision | None = None
    body: str
    counter: str
    receiving_note: Text | None
    authority: Text | None = None
    cooperating: tuple[Text, ...] = ()
    applicants: tuple[str, ...] = ()
    applicants_note: Text | None = None
    conditions: tuple[Text, ...] = ()
    cases: tuple[Case, ...] = ()
    channels: tuple[ChannelRow, ...]
    former_channels: tuple[ChannelRow, ...]
    papers: tuple[Paper, ...] = ()
    papers_note: Text | None = None
    fees: tuple[FeeUse, ...]
    steps: tuple[Step, ...] = ()
    results: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    questions: tuple[Question, ...] = ()
    related: tuple[Code, ...] = ()
    legal: tuple[str, ...]
    verification: str
    verified_on: dt.date
    verified_against: Text | None = None
    review_by: dt.date
    owner: Text | None = None

    @property
    def title(self) -> Text:
        """The short name where there is one, else the official name."""
        return self.short_name or self.name

    def is_public(self, day: dt.date) -> bool:
        """Whether citizens may use it on a day: not a draft, not repealed, not ended, already in
        effect."""
        started = self.effective_from is None or self.effective_from <= day
        ended = self.effective_to is not None and self.effective_to < day
        return self.status in ("active", "suspended") and started and not ended

    def is_gone(self, day: dt.date) -> bool:
        """Whether it could be used once and cannot any more on a day."""
        return self.status == "repealed" or (
            self.status != "draft" and self.effective_to is not None and self.effective_to < day
        )
