"""The computed parts of a procedure, as its page and its sheets say them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import quote

from niemyet.model import base as m
from niemyet.model.catalogue import Card, Catalogue
from niemyet.values.sheet_version import version_of
from niemyet.view.facts import FeeRow, describe_fee, fee_fact, is_countable, time_fact
from niemyet.view.machine_words import limit_words
from niemyet.view.words import Words

_PaperLine = tuple[m.Paper, str, str, m.OfficialForm | None]


def address(procedure: m.Procedure | Card) -> str:
    return f"thu-tuc/{procedure.slug}/"


class ProcedureView:
    """The computed parts of a procedure's page. Templates only print them."""

    def __init__(self, catalogue: Catalogue, words: Words, procedure: m.Procedure) -> None:
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
    def hotline(self) -> m.Hotline | None:
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
    def online(self) -> m.ChannelRow | None:
        rows = [
            r
            for r in self.procedure.channels
            if r.channel == "online" and r.online_level != "information"
        ]
        return rows[0] if rows else None

    @cached_property
    def online_url(self) -> str:
        return (self.online and self.online.url) or self.catalogue.settings.online_portal.url

    @cached_property
    def filing_channels(self) -> tuple[str, ...]:
        """The ways to hand it in; a page of the portal that only informs is none."""
        present = {
            row.channel for row in self.procedure.channels if row.online_level != "information"
        }
        return tuple(channel for channel in m.CHANNELS if channel in present)

    @cached_property
    def channel_names(self) -> str:
        present = {row.channel for row in self.procedure.channels}
        names = ", ".join(self.words.ui(f"short_{c}") for c in m.CHANNELS if c in present)
        return names[:1].upper() + names[1:]

    @cached_property
    def time(self) -> tuple[str, str]:
        return time_fact(self.words, self.procedure)

    @cached_property
    def fee(self) -> tuple[str, str]:
        return fee_fact(self.catalogue, self.words, self.procedure)

    @cached_property
    def where(self) -> tuple[str, str]:
        if self.counter is not None:
            number = (
                self.words.ui("counter_number", number=self.counter.number)
                if self.counter.number
                else ""
            )
            name = self.words.text(self.counter.name)
            place = self.words.text(self.counter.place)
            return (number or name), " · ".join(filter(None, (name if number else "", place)))
        return (
            (self.words.text(self.body.name), self.words.text(self.body.place))
            if self.body
            else ("", "")
        )

    @cached_property
    def limits(self) -> list[tuple[m.ChannelRow, str]]:
        return [(row, self.case_names(row.cases)) for row in self.procedure.channels]

    @cached_property
    def limit_words(self) -> list[str]:
        """The limit of each of `limits` for scripts."""
        return [limit_words(row.limit.value) for row in self.procedure.channels]

    @cached_property
    def channels(self) -> list[m.Channel]:
        """The ways to hand in that can be chosen, in the usual order."""
        present = {row.channel for row in self.procedure.channels}
        return [channel for channel in m.CHANNELS if channel in present]

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
            data.startswith(("fixed", "tiered", "by_province"))
            for row in self.fees
            for _, data in row.data
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
    def paper_groups(self) -> list[tuple[str, str, list[_PaperLine]]]:
        """Papers everyone needs first, then those of each set of cases: (title, note, papers)."""
        groups: dict[tuple[str, ...], list[_PaperLine]] = {}
        for paper in sorted(self.procedure.papers, key=lambda paper: bool(paper.cases)):
            groups.setdefault(paper.cases, []).append(self._paper_line(paper))
        notes = {case.id: self.words.text(case.note) for case in self.procedure.cases}
        return [
            (
                self.case_names(cases) if cases else "",
                notes.get(cases[0], "") if len(cases) == 1 else "",
                papers,
            )
            for cases, papers in groups.items()
        ]

    def _paper_line(self, paper: m.Paper) -> _PaperLine:
        """The paper, its nature and copies in one line (`Nộp · 1 bản chính`), the channels it is
        for, and its form."""
        words = self.words
        copies = [
            words.ui(key, n=n)
            for key, n in (("originals_count", paper.originals), ("copies_count", paper.copies))
            if n
        ]
        only = (
            words.ui("only_channel", what=", ".join(words.ui(f"short_{c}") for c in paper.channels))
            if paper.channels
            else ""
        )
        return (
            paper,
            " · ".join([words.ui(f"nature_{paper.nature}"), *copies]),
            only,
            self.catalogue.official_forms.get(paper.form),
        )

    @cached_property
    def steps(self) -> list[tuple[m.Step, m.Term | None, str]]:
        result = []
        for own in self.procedure.steps:
            step = self.catalogue.step(own)
            limit = (
                self.words.limit(step.limit)
                if step.limit and step.limit.value.kind != "not_specified"
                else ""
            )
            result.append((step, self.catalogue.actors.get(step.actor), limit))
        return result

    @cached_property
    def fees(self) -> list[FeeRow]:
        return [row for use in self.procedure.fees if (row := fee_row(self, use)) is not None]

    @cached_property
    def history(self) -> list[tuple[str, str]]:
        """What the value was before: (what, until when and how much)."""
        words = self.words
        rows = [
            (
                words.ui(f"channel_{row.channel}"),
                words.ui(
                    "was_until", value=words.limit(row.limit), date=words.date(row.effective_to)
                ),
            )
            for row in self.procedure.former_channels
            if row.effective_to
        ]
        for use in self.procedure.fees:
            fee = self.catalogue.fees.get(use.fee)
            if fee and fee.current and fee.previous:
                value = words.amount(fee.previous.amount, fee.unit)
                rows.append(
                    (
                        words.text(fee.name),
                        words.ui("was_before", value=value, date=words.date(fee.current.from_date)),
                    )
                )
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
    def since(self) -> tuple[str, str]:
        """From which day the time limits and the fees are as they are now (ISO; empty where it is
        not known)."""
        limits = [row.effective_from for row in self.procedure.channels if row.effective_from]
        fees = (self.catalogue.fees.get(use.fee) for use in self.procedure.fees)
        dates = [
            fee.current.from_date
            for fee in fees
            if fee and fee.current and not fee.current.is_observed
        ]
        return (max(limits).isoformat() if limits else "", max(dates).isoformat() if dates else "")

    def _parts(self) -> Iterator[tuple[Any, ...]]:
        """What the parts of a version are made from, in the order of `versions.PARTS`."""
        text, p = self.words.text, self.procedure
        yield (
            self.time,
            [
                (row.channel, cases, self.words.limit(row.limit), text(row.limit.note))
                for row, cases in self.limits
            ],
        )
        yield self.fee, [(row.name, row.when, row.amounts, row.exemptions) for row in self.fees]
        papers = []
        for title, _, lines in self.paper_groups:
            for paper, line, only, form in lines:
                others = [text(other) for other in paper.alternatives]
                papers.append(
                    (
                        title,
                        text(paper.name),
                        line,
                        only,
                        text(paper.when),
                        others,
                        form.number if form else "",
                    )
                )
        yield papers, text(p.papers_note)
        yield tuple(
            (text(s.title), text(s.text), text(s.extra), actor.id if actor else "", limit)
            for s, actor, limit in self.steps
        )
        yield self.where, self.words.phone(self.hotline) if self.hotline else ""
        yield text(p.title), [text(result) for result in p.results], p.legal, p.sector

    @cached_property
    def report_href(self) -> str:
        subject = self.words.ui("report_subject", code=self.procedure.code)
        return f"mailto:{self.catalogue.settings.report_email}?subject={quote(subject)}"

    @cached_property
    def edit_href(self) -> str:
        base = self.catalogue.settings.edit_url
        return f"{base.rstrip('/')}/{quote(self.procedure.origin.path)}" if base else ""


def fee_row(view: ProcedureView, use: m.FeeUse) -> FeeRow | None:
    fee = view.catalogue.fees.get(use.fee)
    if fee is None or fee.current is None:
        return None
    channels = use.channels or tuple(dict.fromkeys(r.channel for r in view.procedure.channels))
    when = (view.case_names(use.cases), view.words.text(use.when))
    asks = _asks(view, fee.unit)
    return describe_fee(
        view.catalogue,
        view.words,
        fee,
        fee.current,
        channels,
        tuple(filter(None, when)),
        use=use,
        asks=asks,
    )


def _asks(view: ProcedureView, unit: str) -> tuple[str, ...]:
    """What to ask to know how many units are paid: of the unit itself, then of the one it is
    counted in."""
    asks: list[str] = []
    found = view.catalogue.units.get(unit)
    while found is not None and found.ask and len(asks) < 2:
        asks.append(view.words.text(found.ask))
        found = view.catalogue.units.get(found.for_each)
    return tuple(asks)
