"""The computed parts of a procedure, as its page and its sheets say them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

from niemyet.model.catalogue import Catalogue
from niemyet.model.content import Hotline, OfficialForm
from niemyet.model.procedure import CHANNELS, Channel, ChannelRow, FeeUse, Paper, Procedure, Step
from niemyet.model.summary import Summary
from niemyet.model.vocabulary import Term
from niemyet.values.sheet_version import version_of
from niemyet.values.vietnamese import capitalised
from niemyet.view.facts import Fact, FeeRow, describe_fee, fee_fact, is_countable, time_fact
from niemyet.view.machine_words import limit_words
from niemyet.view.pages import PAGES
from niemyet.view.words import Words


class LimitLine(NamedTuple):
    """A way to hand in with its limit: the names of the cases it is for, and the limit for
    scripts."""

    row: ChannelRow
    cases: str
    data: str


class PaperLine(NamedTuple):
    """A paper, its nature and copies in one line (`Nộp · 1 bản chính`), the channels it is for, and
    its form."""

    paper: Paper
    line: str
    only: str
    form: OfficialForm | None


class PaperGroup(NamedTuple):
    """The papers of some cases; those of all have no title."""

    title: str
    note: str
    papers: list[PaperLine]


class StepLine(NamedTuple):
    step: Step
    actor: Term | None
    limit: str


class Since(NamedTuple):
    """From which day something is as it is now (ISO; empty where it is not known)."""

    limits: str
    fees: str


def address(procedure: Procedure | Summary) -> str:
    return f"{PAGES.procedures}{procedure.slug}/"


class ProcedureView:
    """The computed parts of a procedure's page. Templates only print them."""

    def __init__(self, catalogue: Catalogue, words: Words, procedure: Procedure) -> None:
        self.catalogue = catalogue
        self.words = words
        self.procedure = procedure
        self.sector = catalogue.sectors.get(procedure.sector)
        self.body = catalogue.bodies.get(procedure.body)
        self.counter = catalogue.office.counter(procedure.counter)
        self.legal = tuple(catalogue.legal[id] for id in procedure.legal if id in catalogue.legal)
        self.applicants = tuple(
            catalogue.applicants[id] for id in procedure.applicants if id in catalogue.applicants
        )

    @cached_property
    def hotline(self) -> Hotline | None:
        """Who to call about it: the receiving body's own number, else the centre's."""
        own = self.catalogue.hotlines.get(self.body.hotline) if self.body else None
        return own or self.catalogue.hotlines.get(self.catalogue.office.main_hotline)

    @cached_property
    def unit(self) -> str:
        """Who receives and handles the file: the body, at the centre where it has a counter
        there."""
        office = self.catalogue.office
        centre = f"{self.words.text(office.name)}, {self.words.text(office.ward)}"
        body = self.words.text(self.body.name) if self.body else ""
        return " · ".join(filter(None, (body, centre if self.counter or not body else "")))

    @cached_property
    def address(self) -> str:
        """Where to go: the body's own place when it has no counter at the centre."""
        own = self.words.text(self.body.place) if self.body and self.counter is None else ""
        return own or self.words.text(self.catalogue.office.address)

    @cached_property
    def is_overdue(self) -> bool:
        return self.procedure.review_by < self.catalogue.on

    @cached_property
    def online(self) -> ChannelRow | None:
        rows = (row for row in self.procedure.channels if row.channel == "online")
        return next((row for row in rows if row.online_level != "information"), None)

    @cached_property
    def online_url(self) -> str:
        return (self.online and self.online.url) or self.catalogue.settings.online_portal.url

    @cached_property
    def filing_channels(self) -> tuple[str, ...]:
        """The ways to hand it in; a page of the portal that only informs is none."""
        rows = (row for row in self.procedure.channels if row.online_level != "information")
        present = {row.channel for row in rows}
        return tuple(channel for channel in CHANNELS if channel in present)

    @cached_property
    def channel_names(self) -> str:
        names = (self.words.ui(f"short_{channel}") for channel in self.channels)
        return capitalised(", ".join(names))

    @cached_property
    def time(self) -> Fact:
        return time_fact(self.words, self.procedure)

    @cached_property
    def fee(self) -> Fact:
        return fee_fact(self.catalogue, self.words, self.procedure)

    @cached_property
    def where(self) -> Fact:
        text = self.words.text
        if self.counter is None:
            body = self.body
            return Fact(text(body.name), text(body.place)) if body else Fact("", "")
        name = text(self.counter.name) if self.counter.number else ""
        place = text(self.counter.place)
        return Fact(self.words.counter(self.counter), " · ".join(filter(None, (name, place))))

    @cached_property
    def limits(self) -> list[LimitLine]:
        return [
            LimitLine(row, self.case_names(row.cases), limit_words(row.limit.value))
            for row in self.procedure.channels
        ]

    @cached_property
    def channels(self) -> list[Channel]:
        """The ways to hand in that can be chosen, in the usual order."""
        present = {row.channel for row in self.procedure.channels}
        return [channel for channel in CHANNELS if channel in present]

    @cached_property
    def has_choice(self) -> bool:
        return len(self.procedure.cases) > 1 or len(self.channels) > 1

    @cached_property
    def has_countable_limit(self) -> bool:
        """Whether any limit can be counted to a day."""
        return any(is_countable(row.limit.value) for row in self.procedure.channels)

    @cached_property
    def has_total(self) -> bool:
        """Whether there is something to add up, or a sum that only the province knows."""
        return any(
            amount.data.startswith(("fixed", "tiered", "by_province"))
            for row in self.fees
            for amount in row.amounts
        )

    @cached_property
    def has_different_limits(self) -> bool:
        return len({row.limit.value for row in self.procedure.channels}) > 1 or any(
            row.cases for row in self.procedure.channels
        )

    def case_names(self, cases: tuple[str, ...]) -> str:
        names = {case.id: self.words.text(case.name) for case in self.procedure.cases}
        return "; ".join(names[id] for id in cases if id in names)

    @cached_property
    def paper_groups(self) -> list[PaperGroup]:
        """Papers everyone needs first, then those of each set of cases."""
        groups: dict[tuple[str, ...], list[PaperLine]] = {}
        for paper in sorted(self.procedure.papers, key=lambda paper: bool(paper.cases)):
            groups.setdefault(paper.cases, []).append(self._paper_line(paper))
        notes = {case.id: self.words.text(case.note) for case in self.procedure.cases}
        return [
            PaperGroup(
                self.case_names(cases), notes.get(cases[0], "") if len(cases) == 1 else "", papers
            )
            for cases, papers in groups.items()
        ]

    def _paper_line(self, paper: Paper) -> PaperLine:
        words = self.words
        counts = (("originals_count", paper.originals), ("copies_count", paper.copies))
        line = [words.ui(f"nature_{paper.nature}"), *(words.ui(key, n=n) for key, n in counts if n)]
        channels = ", ".join(words.ui(f"short_{channel}") for channel in paper.channels)
        only = words.ui("only_channel", what=channels) if channels else ""
        form = self.catalogue.official_forms.get(paper.form)
        return PaperLine(paper, " · ".join(line), only, form)

    @cached_property
    def steps(self) -> list[StepLine]:
        steps = [self.catalogue.step(own) for own in self.procedure.steps]
        actors = self.catalogue.actors
        return [StepLine(s, actors.get(s.actor), self.words.step_limit(s)) for s in steps]

    @cached_property
    def fees(self) -> list[FeeRow]:
        rows = (self._fee_row(use) for use in self.procedure.fees)
        return [row for row in rows if row is not None]

    def _fee_row(self, use: FeeUse) -> FeeRow | None:
        fee = self.catalogue.fees.get(use.fee)
        if fee is None or fee.current is None:
            return None
        channels = use.channels or tuple(dict.fromkeys(r.channel for r in self.procedure.channels))
        when = filter(None, (self.case_names(use.cases), self.words.text(use.when)))
        asks = self._asks(fee.unit)
        return describe_fee(self.words, fee, channels, tuple(when), use=use, asks=asks)

    def _asks(self, unit: str) -> tuple[str, ...]:
        """What to ask to know how many units are paid: of the unit itself, then of the one it is
        counted in."""
        asks: list[str] = []
        found = self.catalogue.units.get(unit)
        while found is not None and found.ask and len(asks) < 2:
            asks.append(self.words.text(found.ask))
            found = self.catalogue.units.get(found.for_each)
        return tuple(asks)

    @cached_property
    def history(self) -> list[tuple[str, str]]:
        """What the value was before: (what, until when and how much)."""
        words = self.words
        rows = []
        for row in self.procedure.former_channels:
            if row.effective_to:
                until, limit = words.date(row.effective_to), words.limit(row.limit)
                channel = words.ui(f"channel_{row.channel}")
                rows.append((channel, words.ui("was_until", value=limit, date=until)))
        for use in self.procedure.fees:
            fee = self.catalogue.fees.get(use.fee)
            if fee and fee.current and fee.previous:
                value = words.amount(fee.previous.amount, fee.unit)
                start = words.date(fee.current.from_date)
                before = words.ui("was_before", value=value, date=start)
                rows.append((words.text(fee.name), before))
        return rows

    @cached_property
    def version(self) -> str:
        """The version of what a sheet of this procedure says, the same in every language."""
        words = self.words
        view = (
            self
            if words.is_default
            else ProcedureView(self.catalogue, words.in_default_language, self.procedure)
        )
        return version_of(self.procedure.verified_on, map(repr, view._parts()))

    @cached_property
    def since(self) -> Since:
        limits = [row.effective_from for row in self.procedure.channels if row.effective_from]
        fees = (self.catalogue.fees.get(use.fee) for use in self.procedure.fees)
        dates = [
            fee.current.from_date
            for fee in fees
            if fee and fee.current and not fee.current.is_observed
        ]
        newest = (max(days).isoformat() if days else "" for days in (limits, dates))
        return Since(*newest)

    def _parts(self) -> Iterator[tuple[Any, ...]]:
        """What the parts of a version are made from, in the order of `sheet_version.PARTS`: plain
        values, since a version is made of how they are written."""
        text, p = self.words.text, self.procedure
        limits = [
            (row.channel, cases, self.words.limit(row.limit), text(row.limit.note))
            for row, cases, _ in self.limits
        ]
        yield tuple(self.time), limits
        fees = []
        for fee in self.fees:
            amounts = tuple((a.channel_name, a.value, a.details) for a in fee.amounts)
            fees.append((fee.name, fee.when, amounts, fee.exemptions))
        yield tuple(self.fee), fees
        papers = []
        for title, _, lines in self.paper_groups:
            for paper, line, only, form in lines:
                others = [text(other) for other in paper.alternatives]
                number = form.number if form else ""
                papers.append(
                    (title, text(paper.name), line, only, text(paper.when), others, number)
                )
        yield papers, text(p.papers_note)
        yield tuple(
            (text(s.title), text(s.text), text(s.extra), actor.id if actor else "", limit)
            for s, actor, limit in self.steps
        )
        yield tuple(self.where), self.words.phone(self.hotline) if self.hotline else ""
        yield text(p.title), [text(result) for result in p.results], p.legal, p.sector

    @cached_property
    def report_href(self) -> str:
        subject = self.words.ui("report_subject", code=self.procedure.code)
        return f"mailto:{self.catalogue.settings.report_email}?subject={quote(subject)}"

    @cached_property
    def edit_href(self) -> str:
        base = self.catalogue.settings.edit_url
        return f"{base.rstrip('/')}/{quote(self.procedure.origin.path)}" if base else ""
