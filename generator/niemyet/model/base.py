"""What the centre publishes, as frozen values. No parsing and no reading here; the glossary of the
design, in code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from functools import cache
from typing import Any, Literal

from niemyet.findings.finding import Diagnostic
from niemyet.model.record import record
from niemyet.source.loader import Path_, Source
from niemyet.values.phones import Phone
from niemyet.values.time_limits import TimeLimit

Channel = Literal["counter", "online", "post"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHANNELS: tuple[Channel, ...] = ("counter", "online", "post")


@record(kw_only=False)
class Text:
    """A human text in one or more languages."""

    by_lang: Mapping[str, str]

    def get(self, lang: str) -> str | None:
        return self.by_lang.get(lang)

    def __str__(self) -> str:
        return next(iter(self.by_lang.values()), "")


@record(kw_only=False)
class Origin:
    """Where a value was written, so that a finding about it can point there."""

    source: Source
    at: Path_ = ()

    @property
    def path(self) -> str:
        return self.source.path

    def finding(self, code: str, *below: str | int, key: bool = False, **values: str) -> Diagnostic:
        return self.source.finding(code, (*self.at, *below), key=key, **values)


@record(kw_only=True)
class Item:
    """Anything written in a file. `origin` is left out of comparisons."""

    origin: Origin = field(compare=False, repr=False)


@record(kw_only=True)
class Term(Item):
    """A word of the vocabulary: a sector, an applicant, a receiving body, an actor, a unit."""

    id: str
    name: Text
    summary: Text | None = None
    icon: str = ""
    place: Text | None = None
    hotline: str = ""


@record(kw_only=True)
class Unit(Term):
    """What a fee is counted by. `ask` is how a citizen is asked how many (none: there is one);
    `for_each` names the unit within which it is counted, as pages are for each copy."""

    ask: Text | None = None
    for_each: str = ""


@record(kw_only=True)
class JourneyProcedure(Item):
    """A procedure of a step, and when it is the one to do."""

    code: str
    when: Text | None = None


@record(kw_only=True)
class JourneyStep(Item):
    """What is done next: all of some procedures, or any one of them, or something that is done
    `elsewhere`.

    Without a title it is called as its procedure is. `after_result`: it can only be handed in with
    the result of a step before.
    """

    title: Text | None = None
    when: Text | None = None
    choose: Literal["all", "any"] = "all"
    procedures: tuple[JourneyProcedure, ...] = ()
    elsewhere: Text | None = None
    after_result: bool = False
    note: Text | None = None


@record(kw_only=True)
class LifeEvent(Term):
    """A citizen's situation and the steps it leads to, in the order they are best done."""

    aliases: Mapping[str, tuple[str, ...]]
    steps: tuple[JourneyStep, ...]
    note: Text | None = None

    @property
    def procedures(self) -> tuple[JourneyProcedure, ...]:
        """The procedures of all steps in their order; one may stand in several steps."""
        return tuple(part for step in self.steps for part in step.procedures)


@record(kw_only=True)
class SearchQuery(Item):
    """What people type, and the procedures or life events of which one must be among the first
    results."""

    query: str
    lang: str
    expect: tuple[str, ...]


@record(kw_only=True)
class Limit:
    """A time limit (thời hạn giải quyết) with the words that belong to it."""

    value: TimeLimit
    text: Text | None = None
    note: Text | None = None


@record(kw_only=True)
class Tier:
    """From the `first` to the `last` unit (both included, None: no end) each costs `amount_vnd`
    dong."""

    first: int
    last: int | None
    amount_vnd: int


@record(kw_only=True)
class Amount:
    """What is paid, or why no amount can be named. Money is whole dong."""

    status: Literal["free", "fixed", "tiered", "by_province", "not_stated"]
    amount_vnd: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap_vnd: int | None = None
    note: Text | None = None

    def total(self, count: int) -> int | None:
        """What `count` units cost, each at the price of its tier and together at most the cap; None
        where nobody can say."""
        if self.status == "free":
            return 0
        if self.status == "fixed" and self.amount_vnd is not None:
            total = count * self.amount_vnd
        elif self.status == "tiered" and (
            self.tiers[-1].last is None or count <= self.tiers[-1].last
        ):
            total = sum(
                t.amount_vnd
                * max(0, (count if t.last is None else min(count, t.last)) - t.first + 1)
                for t in self.tiers
            )
        else:
            return None
        return total if self.cap_vnd is None else min(total, self.cap_vnd)


@record(kw_only=True)
class FeeValue(Item):
    """The amount of a fee from a date on; `observed` dates tell when it was seen, not when it took
    effect."""

    from_date: dt.date
    is_observed: bool
    amount: Amount
    by_channel: Mapping[str, Amount]
    exemptions: tuple[Text, ...]
    legal: tuple[str, ...]

    def amount_for(self, channel: str | None) -> Amount:
        return self.by_channel.get(channel or "", self.amount)


@record(kw_only=True)
class Fee(Item):
    """A fee (phí) or charge (lệ phí) with all its values, oldest first, and the one in force on the
    catalogue's date."""

    id: str
    name: Text
    kind: Literal["fee", "charge"]
    unit: str
    group: str
    values: tuple[FeeValue, ...]
    current: FeeValue | None
    previous: FeeValue | None
    upcoming: FeeValue | None
    verification: str


@record(kw_only=True)
class FeeGroup(Item):
    """One fee schedule file: the fees of a sector, or of all."""

    id: str
    name: Text
    sector: str
    fees: tuple[str, ...]


@record(kw_only=True)
class Case(Item):
    """A situation (trường hợp) in which papers, limit or fee differ."""

    id: str
    name: Text
    note: Text | None = None


@record(kw_only=True)
class ChannelRow(Item):
    """One way to hand in (cách thức thực hiện) and its limit, for some cases or for all (no cases
    named)."""

    channel: Channel
    cases: tuple[str, ...]
    limit: Limit
    online_level: str
    url: str
    note: Text | None
    why_different: Text | None
    effective_from: dt.date | None
    effective_to: dt.date | None

    def is_in_force(self, day: dt.date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@record(kw_only=True)
class Paper(Item):
    """A paper of the file (thành phần hồ sơ): handed in, shown, or filled in online."""

    id: str
    name: Text
    nature: Literal["submit", "present", "online_form"]
    originals: int
    copies: int
    cases: tuple[str, ...]
    channels: tuple[str, ...]
    when: Text | None
    alternatives: tuple[Text, ...]
    where: Text | None
    office_can_look_up: bool
    form: str
    note: Text | None


@record(kw_only=True)
class FeeUse(Item):
    """A fee as a procedure uses it; the amount itself lives in the fee schedule."""

    fee: str
    cases: tuple[str, ...]
    channels: tuple[str, ...]
    when: Text | None


@record(kw_only=True)
class Step(Item):
    """A process step (bước), shared or the procedure's own. `extra` is what a procedure adds to a
    shared step."""

    id: str
    title: Text | None
    text: Text | None
    extra: Text | None = None
    actor: str
    limit: Limit | None
    order: int | None = None
    receipt: Text | None = None
    legal: tuple[str, ...] = ()


@record(kw_only=True)
class Question:
    question: Text
    answer: Text


@record(kw_only=True)
class Decision:
    """The decision that published a procedure (quyết định công bố)."""

    number: str
    issuer: Text | None = None
    date: dt.date | None = None
    url: str = ""


@record(kw_only=True)
class Procedure(Item):
    """An administrative procedure (thủ tục hành chính). The code is its key; the slug never
    changes."""

    code: str
    written_code: str
    slug: str
    previous_codes: tuple[str, ...]
    name: Text
    short_name: Text | None
    summary: Text
    aliases: Mapping[str, tuple[str, ...]]
    sector: str
    status: Literal["active", "suspended", "repealed", "draft"]
    effective_from: dt.date | None
    effective_to: dt.date | None
    decision: Decision | None
    body: str
    counter: str
    receiving_note: Text | None
    authority: Text | None
    cooperating: tuple[Text, ...]
    applicants: tuple[str, ...]
    applicants_note: Text | None
    conditions: tuple[Text, ...]
    cases: tuple[Case, ...]
    channels: tuple[ChannelRow, ...]
    former_channels: tuple[ChannelRow, ...]
    papers: tuple[Paper, ...]
    papers_note: Text | None
    fees: tuple[FeeUse, ...]
    steps: tuple[Step, ...]
    results: tuple[Text, ...]
    notes: tuple[Text, ...]
    questions: tuple[Question, ...]
    related: tuple[str, ...]
    legal: tuple[str, ...]
    verification: str
    verified_on: dt.date
    verified_against: Text | None
    review_by: dt.date
    owner: Text | None

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


@record(kw_only=True)
class LegalDocument(Item):
    id: str
    number: str
    kind: str
    title: Text
    issuer: Text | None
    date: dt.date | None
    effective_from: dt.date | None
    effective_to: dt.date | None
    status: str
    replaced_by: str
    amends: tuple[str, ...]
    url: str
    on_shelf: bool
    note: Text | None
    verification: str


@record(kw_only=True)
class Shelf(Item):
    """One shelf of the law bookcase."""

    name: Text
    order: int
    documents: tuple[str, ...]


@record(kw_only=True)
class OfficialForm(Item):
    id: str
    number: str
    title: Text
    available: tuple[str, ...]
    url: str
    legal: tuple[str, ...]
    note: Text | None
    verification: str


@record(kw_only=True)
class Hotline(Item):
    id: str
    title: Text
    role: str
    phone: Phone | None
    written_phone: str
    email: str
    url: str
    address: Text | None
    hours: Text | None
    purpose: Text
    person: Text | None
    verification: str


@record(kw_only=True)
class HotlineGroup(Item):
    name: Text
    order: int
    hotlines: tuple[str, ...]


@record(kw_only=True)
class FormQuestion(Item):
    id: str
    text: Text
    type: Literal["scale", "choice", "multi", "lines", "field"]
    scale: str
    options: tuple[Text, ...]
    lines: int
    is_optional: bool
    help: Text | None


@record(kw_only=True)
class FormSection:
    title: Text
    questions: tuple[FormQuestion, ...]


@record(kw_only=True)
class Form(Item):
    """A survey or suggestion form (phiếu khảo sát, phiếu góp ý)."""

    id: str
    kind: Literal["survey", "suggestion"]
    title: Text
    intro: Text | None
    order: int
    revised_on: dt.date
    scales: Mapping[str, tuple[Text, ...]]
    sections: tuple[FormSection, ...]
    return_to: Text
    privacy: Text | None
    source_note: Text | None


@record(kw_only=True)
class Blank(Item):
    """A named place in a letter that staff fill. `days` is the key under which a new date is given
    in working days."""

    id: str
    label: Text
    kind: str
    role: str
    is_required: bool
    width: int
    days: str
    example: str


@record(kw_only=True)
class Letter(Item):
    """A template of a letter (mẫu thư). Its texts hold the blanks as `{id}`."""

    id: str
    command: str
    kind: str
    layout: str
    issuer: str
    title: Text
    order: int
    purpose: Text
    when: Text
    signer: Text | None
    signature: tuple[Text, ...]
    subject: Text | None
    to: Text | None
    must_contain: tuple[Text, ...]
    blanks: tuple[Blank, ...]
    paragraphs: tuple[Text, ...]
    recipients: tuple[Text, ...]
    source_note: Text

    def blank_with(self, role: str) -> Blank | None:
        return next((blank for blank in self.blanks if blank.role == role), None)


@record(kw_only=True)
class StandardItem:
    title: Text
    meaning: Text | None


@record(kw_only=True)
class Standard(Item):
    id: str
    title: Text
    order: int
    intro: Text | None
    items: tuple[StandardItem, ...]
    source_note: Text
    verification: str


@record(kw_only=True)
class Notice(Item):
    id: str
    kind: Literal["camera", "closure", "alert", "information"]
    title: Text
    paragraphs: tuple[Text, ...]
    from_date: dt.date
    until: dt.date | None
    on_home: bool
    contact: str
    legal: tuple[str, ...]

    def is_shown(self, day: dt.date) -> bool:
        return self.from_date <= day and (self.until is None or day <= self.until)


@record(kw_only=True)
class Handling(Item):
    """How the office handles a file, a mistake or a complaint: what it does, who answers, by
    when."""

    id: str
    title: Text
    order: int
    group: Literal["file", "mistake", "complaint"]
    promise: Text
    steps: tuple[Text, ...]
    answered_by: str
    limit: Limit
    letter: str
    form: str
    legal: tuple[str, ...]
    source_note: Text | None


@record(kw_only=True)
class Hours(Item):
    """A span of opening on some weekdays; clock times are HH:MM."""

    days: tuple[Day, ...]
    start: str
    end: str


@record(kw_only=True)
class Counter(Item):
    id: str
    kind: str
    number: str
    name: Text
    place: Text | None
    sectors: tuple[str, ...]
    help: Text | None
    hours: tuple[Hours, ...]


@record(kw_only=True)
class Meeting(Item):
    name: Text
    day: Day
    start: str
    end: str


@record(kw_only=True)
class MeetingRule(Item):
    """When meetings may be held; the rest of the day serves people."""

    text: Text
    start: str
    end: str
    exceptions: Text | None


@record(kw_only=True)
class Reception(Item):
    """A leader's day for receiving citizens (lịch tiếp công dân); `weeks` of the month, empty:
    every week."""

    who: str
    day: Day
    weeks: tuple[int, ...]
    start: str
    end: str
    place: Text | None
    note: Text | None


@record(kw_only=True)
class Office(Item):
    is_sample: bool
    name: Text
    short_name: Text | None
    ward: Text
    province: Text
    authority: Text
    responsible: Text
    letter_symbol: str
    address: Text
    directions: Text | None
    map_url: str
    email: str
    main_hotline: str
    time_zone: str
    hours: tuple[Hours, ...]
    hours_note: Text | None
    meeting_rule: MeetingRule | None
    meetings: tuple[Meeting, ...]
    counters: tuple[Counter, ...]
    reception: tuple[Reception, ...]
    accessibility: tuple[Text, ...]

    def counter(self, id: str) -> Counter | None:
        return next((c for c in self.counters if c.id == id), None)


@record(kw_only=True)
class CalendarDay(Item):
    day: dt.date
    name: Text
    verification: str


@record(kw_only=True)
class Calendar(Item):
    """Days off and make-up working days, known until a date."""

    known_until: dt.date
    off: tuple[CalendarDay, ...]
    work: tuple[CalendarDay, ...]
    source_note: Text


@record(kw_only=True)
class HungSheet(Item):
    """A sheet on a wall: its id, the paper it is printed on (empty: its own), how many, and in full
    colour or with low ink."""

    sheet: str
    size: str
    copies: int
    ink: Literal["full", "low"]


@record(kw_only=True)
class Wall(Item):
    """A place where sheets hang or lie (vị trí niêm yết)."""

    id: str
    name: Text
    sheets: tuple[HungSheet, ...]


@record(kw_only=True)
class PrintedSheet(HungSheet):
    """A line of the print register: which version hangs on which wall since when."""

    wall: str
    version: str
    printed: dt.date


@record(kw_only=True)
class Language:
    id: str
    name: str


@record(kw_only=True)
class Portal:
    name: Text
    url: str


@record(kw_only=True)
class Settings(Item):
    site_url: str
    languages: tuple[Language, ...]
    most_used: tuple[str, ...]
    popular_searches: Mapping[str, tuple[str, ...]]
    online_portal: Portal
    law_portal: Portal
    edit_url: str
    report_email: str
    licence_name: str
    licence_url: str
    calendar_months_ahead: int
    kiosk_idle_seconds: int
    kiosk_print: bool

    @property
    def default_language(self) -> str:
        return self.languages[0].id


def texts_of(value: Any) -> Iterator[Text]:
    """Every human text inside a value, in the order of its fields."""
    if isinstance(value, Text):
        yield value
    elif value is None or isinstance(value, str):
        return
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_of(part)
    else:
        for name in _parts(type(value)):  # type: ignore[arg-type]  # every class can be hashed
            yield from texts_of(getattr(value, name))


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields of a record that may hold texts."""
    if not is_dataclass(kind) or issubclass(kind, (Source, Origin)):
        return ()
    return tuple(f.name for f in fields(kind) if f.name != "origin")
