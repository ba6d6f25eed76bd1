"""Everything the centre publishes on one date, as one immutable value with indexes built once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from niemyet.model.base import Item, texts_of
from niemyet.model.content import (
    Handling,
    Hotline,
    HotlineGroup,
    LegalDocument,
    Notice,
    OfficialForm,
    Shelf,
    Standard,
)
from niemyet.model.fees import Fee, FeeGroup
from niemyet.model.forms_and_letters import Form, Letter
from niemyet.model.office import Calendar, Office, closing_of
from niemyet.model.posters import PrintedSheet, Wall
from niemyet.model.procedure import Procedure, Step
from niemyet.model.settings import Settings
from niemyet.model.summary import Summary
from niemyet.model.vocabulary import LifeEvent, SearchQuery, Term, Unit
from niemyet.source.loader import Source
from niemyet.values.vietnamese import sort_key
from niemyet.values.work_calendar import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Unresolved:
    """What broken files may have defined: names seen in them, and kinds of file that could not be
    read at all.

    `faulty` kinds have a file that breaks its schema.
    """

    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    faulty: frozenset[str] = frozenset()

    def may_define(self, kind: str, name: str) -> bool:
        return name in self.names or kind in self.kinds

    def is_whole(self, *kinds: str) -> bool:
        """Whether every file of these kinds could be used, so that what is not there is truly
        missing."""
        return not any(kind in self.kinds or kind in self.faulty for kind in kinds)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything the centre publishes, on one date. Mappings keep the order of the files."""

    on: dt.date
    office: Office
    calendar: Calendar
    settings: Settings
    sectors: Mapping[str, Term]
    life_events: Mapping[str, LifeEvent]
    applicants: Mapping[str, Term]
    bodies: Mapping[str, Term]
    actors: Mapping[str, Term]
    units: Mapping[str, Unit]
    procedures: Mapping[str, Procedure]
    fee_groups: tuple[FeeGroup, ...]
    fees: Mapping[str, Fee]
    steps: Mapping[str, Step]
    hotline_groups: tuple[HotlineGroup, ...]
    hotlines: Mapping[str, Hotline]
    shelves: tuple[Shelf, ...]
    legal: Mapping[str, LegalDocument]
    official_forms: Mapping[str, OfficialForm]
    forms: Mapping[str, Form]
    letters: Mapping[str, Letter]
    standards: Mapping[str, Standard]
    notices: Mapping[str, Notice]
    handlings: Mapping[str, Handling]
    queries: tuple[SearchQuery, ...]
    walls: Mapping[str, Wall]
    printed: tuple[PrintedSheet, ...]
    strings: Mapping[str, Mapping[str, str]]
    duplicates: tuple[tuple[str, Item, Item], ...]
    sources: tuple[Source, ...] = field(default=(), repr=False)
    unresolved: Unresolved = field(default_factory=Unresolved, repr=False)
    templates: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The page templates that the project has in place of the program's, by name."""
    given_summaries: Mapping[str, Summary] | None = field(default=None, repr=False)
    find: Callable[[str], Procedure] | None = field(default=None, repr=False)
    """When procedures are not held in memory: their summaries, and how to read the whole of one by
    its path."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language.id for language in self.settings.languages)

    @cached_property
    def summaries(self) -> Mapping[str, Summary]:
        """A summary of every procedure, by code, in the order of the files."""
        if self.given_summaries is not None:
            return self.given_summaries
        return MappingProxyType(
            {code: self.summary_of(procedure) for code, procedure in self.procedures.items()}
        )

    def summary_of(self, procedure: Procedure) -> Summary:
        """The summary of a procedure on the catalogue's date."""
        return Summary(
            code=procedure.code,
            path=procedure.origin.path,
            slug=procedure.slug,
            sector=procedure.sector,
            status=procedure.status,
            counter=procedure.counter,
            is_public=procedure.is_public(self.on),
            is_gone=procedure.is_gone(self.on),
            has_aliases=any(procedure.aliases.values()),
            titles=dict(procedure.title.by_lang),
            order=sort_key(str(procedure.title)),
            languages=tuple(lang for lang in self.languages if self.is_complete(procedure, lang)),
            previous_codes=procedure.previous_codes,
            related=procedure.related,
            fees=tuple(dict.fromkeys(use.fee for use in procedure.fees)),
            legal=procedure.legal,
            verified_on=procedure.verified_on.isoformat(),
        )

    def procedure(self, summary: Summary) -> Procedure:
        """The whole procedure of a summary."""
        return self.find(summary.path) if self.find else self.procedures[summary.code]

    @cached_property
    def public_summaries(self) -> tuple[Summary, ...]:
        """What citizens may use on the date, in Vietnamese alphabetical order of the title."""
        return tuple(
            sorted(
                (s for s in self.summaries.values() if s.is_public), key=lambda s: (s.order, s.code)
            )
        )

    @cached_property
    def newest_day(self) -> dt.date | None:
        """The last day on which a public procedure was checked."""
        day = max((summary.verified_on for summary in self.public_summaries), default="")
        return dt.date.fromisoformat(day) if day else None

    @cached_property
    def public_procedures(self) -> tuple[Procedure, ...]:
        return tuple(self.procedure(summary) for summary in self.public_summaries)

    @cached_property
    def completeness(self) -> dict[tuple[str, str], bool]:
        """Whether a procedure (by path) is complete in a language, filled in as it is asked for."""
        return {}

    def is_complete(self, procedure: Procedure, lang: str) -> bool:
        """Whether every text its page would show exists in the language."""
        if lang == self.settings.default_language:
            return True
        key = (procedure.origin.path, lang)
        if key not in self.completeness:
            self.completeness[key] = self._has_every_text(procedure, lang)
        return self.completeness[key]

    def _has_every_text(self, procedure: Procedure, lang: str) -> bool:
        if (
            lang not in procedure.aliases
            or lang not in procedure.name.by_lang
            or lang not in procedure.summary.by_lang
        ):
            return False
        uses = (self.fees.get(use.fee) for use in procedure.fees)
        forms = (self.official_forms.get(paper.form) for paper in procedure.papers)
        shown = (
            procedure,
            tuple(self.step(step) for step in procedure.steps),
            tuple((fee.name, fee.current, fee.previous) for fee in uses if fee is not None),
            tuple((form.title, form.note) for form in forms if form),
        )
        return all(lang in text.by_lang for text in texts_of(shown))

    @cached_property
    def work_calendar(self) -> WorkCalendar:
        """The working days that count for time limits: Monday to Friday, less days off, plus
        make-up days.

        The office's hours say until when files are received on a day, Saturdays included.
        """
        return WorkCalendar(
            first_known_day=min(
                [self.on, *(d.day for d in (*self.calendar.off, *self.calendar.work))]
            ),
            last_known_day=self.calendar.known_until,
            closing=closing_of(self.office.hours),
            off={d.day: str(d.name) for d in self.calendar.off},
            work={d.day: str(d.name) for d in self.calendar.work},
        )

    def work_calendar_at(self, counter: str) -> WorkCalendar:
        """The same for files handed in at a counter: one with hours of its own receives until it
        closes itself."""
        own = self.office.counter(counter)
        return (
            replace(self.work_calendar, closing=closing_of(own.hours))
            if own and own.hours
            else self.work_calendar
        )

    @cached_property
    def in_journeys(self) -> frozenset[str]:
        """The codes of the procedures that a life event leads to."""
        return frozenset(
            part.code for event in self.life_events.values() for part in event.procedures
        )

    @cached_property
    def fee_uses(self) -> Mapping[str, tuple[Summary, ...]]:
        """Which procedures use a fee."""
        uses: dict[str, list[Summary]] = {}
        for summary in self.summaries.values():
            for fee in summary.fees:
                uses.setdefault(fee, []).append(summary)
        return MappingProxyType({k: tuple(v) for k, v in uses.items()})

    def step(self, step: Step) -> Step:
        """A procedure's step with what the shared step fills in; its own text stands beside the
        shared one."""
        shared = self.steps.get(step.id)
        if shared is None:
            return step
        return Step(
            origin=step.origin,
            id=step.id,
            title=step.title or shared.title,
            text=shared.text,
            extra=step.text,
            actor=step.actor or shared.actor,
            limit=step.limit or shared.limit,
            receipt=step.receipt or shared.receipt,
            legal=step.legal or shared.legal,
        )
