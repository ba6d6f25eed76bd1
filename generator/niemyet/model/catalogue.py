"""Valid sources become one immutable catalogue: values in force on a date chosen, indexes built
once.

A file that is broken is simply not in it; what it would have defined is remembered as `unsure`, so
that one fault never shows up as a hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from niemyet.findings.finding import Diagnostic
from niemyet.model import base as m
from niemyet.model import reader, settings_reader
from niemyet.source.loader import Source, parse_source
from niemyet.source.schema import check_source
from niemyet.source.ui_strings import with_shipped
from niemyet.values.vietnamese import sort_key
from niemyet.values.work_calendar import WorkCalendar

T = TypeVar("T")
_WORD = '[{id: khong, name: "…"}]'
_STAND_INS = {
    "office": (
        "{sample: true, name: …, ward: …, province: …, authority: …, responsible: …, address: …,"
        " email: a@b.example, main_hotline: khong, time_zone: Asia/Ho_Chi_Minh, hours: [{days:"
        " [mon], start: '07:30', end: '11:30'}], counters: []}"
    ),
    "calendar": "{known_until: '9999-12-31', days_off: [], source: …}",
    "vocabulary": (
        f"{{sectors: [], life_events: [], applicants: {_WORD}, bodies: {_WORD}, actors: {_WORD},"
        f" units: {_WORD}}}"
    ),
    "settings": (
        "{site_url: 'https://a.example/', languages: [{id: vi, name: Tiếng Việt}], most_used: [],"
        " report_email: a@b.example, online_portal: {name: …, url: 'https://a.example'},"
        " law_portal: {name: …, url: 'https://a.example'}, licence: {name: …, url:"
        " 'https://a.example'}}"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Unsure:
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


class Card(NamedTuple):
    """What the other procedures, the lists and the checks across files need to know of a procedure.

    Plain values, so that ten thousand of them stay small and can be kept from one build to the
    next. `titles` are the titles by language, `order` the sort key of the first, `languages` those
    in which its page is complete.
    """

    code: str
    path: str
    slug: str
    sector: str
    status: str
    counter: str
    is_public: bool
    is_gone: bool
    has_aliases: bool
    titles: dict[str, str]
    order: str
    languages: tuple[str, ...]
    previous_codes: tuple[str, ...]
    related: tuple[str, ...]
    fees: tuple[str, ...]
    legal: tuple[str, ...]
    verified_on: str

    @property
    def title(self) -> str:
        """The title in the default language, or in the first there is."""
        return next(iter(self.titles.values()), "")


def card_of(catalogue: Catalogue, procedure: m.Procedure) -> Card:
    """The card of a procedure on the catalogue's date."""
    return Card(
        code=procedure.code,
        path=procedure.origin.path,
        slug=procedure.slug,
        sector=procedure.sector,
        status=procedure.status,
        counter=procedure.counter,
        is_public=procedure.is_public(catalogue.on),
        is_gone=procedure.is_gone(catalogue.on),
        has_aliases=any(procedure.aliases.values()),
        titles=dict(procedure.title.by_lang),
        order=sort_key(str(procedure.title)),
        languages=tuple(
            lang for lang in catalogue.languages if catalogue.is_complete(procedure, lang)
        ),
        previous_codes=procedure.previous_codes,
        related=procedure.related,
        fees=tuple(dict.fromkeys(use.fee for use in procedure.fees)),
        legal=procedure.legal,
        verified_on=procedure.verified_on.isoformat(),
    )


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything the centre publishes, on one date. Mappings keep the order of the files."""

    on: dt.date
    office: m.Office
    calendar: m.Calendar
    settings: m.Settings
    sectors: Mapping[str, m.Term]
    life_events: Mapping[str, m.LifeEvent]
    applicants: Mapping[str, m.Term]
    bodies: Mapping[str, m.Term]
    actors: Mapping[str, m.Term]
    units: Mapping[str, m.Unit]
    procedures: Mapping[str, m.Procedure]
    fee_groups: tuple[m.FeeGroup, ...]
    fees: Mapping[str, m.Fee]
    steps: Mapping[str, m.Step]
    hotline_groups: tuple[m.HotlineGroup, ...]
    hotlines: Mapping[str, m.Hotline]
    shelves: tuple[m.Shelf, ...]
    legal: Mapping[str, m.LegalDocument]
    official_forms: Mapping[str, m.OfficialForm]
    forms: Mapping[str, m.Form]
    letters: Mapping[str, m.Letter]
    standards: Mapping[str, m.Standard]
    notices: Mapping[str, m.Notice]
    handlings: Mapping[str, m.Handling]
    queries: tuple[m.SearchQuery, ...]
    walls: Mapping[str, m.Wall]
    printed: tuple[m.PrintedSheet, ...]
    strings: Mapping[str, Mapping[str, str]]
    duplicates: tuple[tuple[str, m.Item, m.Item], ...]
    sources: tuple[Source, ...] = field(default=(), repr=False)
    unsure: Unsure = field(default_factory=lambda: Unsure(), repr=False)
    templates: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The page templates that the project has in place of the program's, by name."""
    given_cards: Mapping[str, Card] | None = field(default=None, repr=False)
    find: Callable[[str], m.Procedure] | None = field(default=None, repr=False)
    """When procedures are not held in memory: their cards, and how to read the whole of one by its
    path."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language.id for language in self.settings.languages)

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """A card for every procedure, by code, in the order of the files."""
        if self.given_cards is not None:
            return self.given_cards
        return MappingProxyType(
            {code: card_of(self, procedure) for code, procedure in self.procedures.items()}
        )

    def procedure(self, card: Card) -> m.Procedure:
        """The whole procedure behind a card."""
        return self.find(card.path) if self.find else self.procedures[card.code]

    @cached_property
    def public_cards(self) -> tuple[Card, ...]:
        """What citizens may use on the date, in Vietnamese alphabetical order of the title."""
        return tuple(
            sorted((c for c in self.cards.values() if c.is_public), key=lambda c: (c.order, c.code))
        )

    @cached_property
    def newest_day(self) -> dt.date | None:
        """The last day on which a public procedure was checked."""
        day = max((card.verified_on for card in self.public_cards), default="")
        return dt.date.fromisoformat(day) if day else None

    @cached_property
    def public_procedures(self) -> tuple[m.Procedure, ...]:
        return tuple(self.procedure(card) for card in self.public_cards)

    @cached_property
    def completeness(self) -> dict[tuple[str, str], bool]:
        """Whether a procedure (by path) is complete in a language, filled in as it is asked for."""
        return {}

    def is_complete(self, procedure: m.Procedure, lang: str) -> bool:
        """Whether every text its page would show exists in the language."""
        if lang == self.settings.default_language:
            return True
        key = (procedure.origin.path, lang)
        if key not in self.completeness:
            self.completeness[key] = self._has_every_text(procedure, lang)
        return self.completeness[key]

    def _has_every_text(self, procedure: m.Procedure, lang: str) -> bool:
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
        return all(lang in text.by_lang for text in m.texts_of(shown))

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
    def fee_uses(self) -> Mapping[str, tuple[Card, ...]]:
        """Which procedures use a fee."""
        uses: dict[str, list[Card]] = {}
        for card in self.cards.values():
            for fee in card.fees:
                uses.setdefault(fee, []).append(card)
        return MappingProxyType({k: tuple(v) for k, v in uses.items()})

    def step(self, step: m.Step) -> m.Step:
        """A procedure's step with what the shared step fills in; its own text stands beside the
        shared one."""
        shared = self.steps.get(step.id)
        if shared is None:
            return step
        return m.Step(
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


def closing_of(hours: Iterable[m.Hours]) -> dict[int, str]:
    """When the last of some hours ends on each weekday, Monday being 0."""
    closing: dict[int, str] = {}
    for span in hours:
        for day in span.days:
            closing[m.DAYS.index(day)] = max(span.end, closing.get(m.DAYS.index(day), ""))
    return closing


def build_catalogue(
    sources: Iterable[Source], on: dt.date, unread: Iterable[str] = ()
) -> tuple[Catalogue, list[Diagnostic]]:
    """Checks each source against its schema and builds the catalogue from those that pass.

    `unread` are the kinds of the files that could not even be parsed. A missing or broken office
    file is stood in for by an empty one, so that the other files can still be checked; its finding
    keeps anything from being published.
    """
    findings: list[Diagnostic] = []
    valid: dict[str, list[Source]] = {}
    names: set[str] = set()
    kinds = set(unread)
    faulty: set[str] = set()
    for source in sources:
        problems = check_source(source)
        findings.extend(problems)
        if problems:
            names.update(_names_in(source))
            faulty.add(source.kind)
        else:
            valid.setdefault(source.kind, []).append(source)
    read = tuple(source for group in valid.values() for source in group)
    for kind, text in _STAND_INS.items():
        if not valid.get(kind):
            stand_in, _ = parse_source(f"site_config/{kind}.yml", kind, text)
            assert stand_in is not None
            valid[kind] = [stand_in]
            kinds.add(kind)
    unsure = Unsure(names=frozenset(names), kinds=frozenset(kinds), faulty=frozenset(faulty))
    return _Gathering(valid, on, findings).catalogue(read, unsure), findings


class _Gathering:
    def __init__(
        self, valid: Mapping[str, list[Source]], on: dt.date, findings: list[Diagnostic]
    ) -> None:
        self.valid = valid
        self.on = on
        self.findings = findings
        self.duplicates: list[tuple[str, m.Item, m.Item]] = []
        self.lang = valid["settings"][0].data["languages"][0]["id"]

    def nodes(self, kind: str) -> list[reader.Node]:
        return [
            reader.Node(s, (), s.data, self.lang, self.findings) for s in self.valid.get(kind, ())
        ]

    def by_id(self, kind: str, items: Iterable[Any], key: str = "id") -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for item in items:
            name = getattr(item, key)
            if name in found:
                self.duplicates.append((kind, item, found[name]))
            else:
                found[name] = item
        return MappingProxyType(found)

    def ordered(self, kind: str, read: Any) -> Mapping[str, Any]:
        items = [read(node) for node in self.nodes(kind)]
        return self.by_id(
            kind, sorted(items, key=lambda item: (getattr(item, "order", 0), item.id))
        )

    def catalogue(self, sources: tuple[Source, ...], unsure: Unsure) -> Catalogue:
        words = self.nodes("vocabulary")[0]
        fee_groups = [reader.fee_group(node, self.on) for node in self.nodes("fees")]
        hotline_groups = [reader.hotline_group(node) for node in self.nodes("hotlines")]
        shelves = [reader.shelf(node) for node in self.nodes("legal")]
        office = settings_reader.office(self.nodes("office")[0])
        self.by_id("counter", office.counters)
        terms: dict[str, Any] = {
            key: self.by_id(key, settings_reader.terms(words, key))
            for key in ("sectors", "applicants", "bodies", "actors")
        }
        return Catalogue(
            on=self.on,
            office=office,
            calendar=settings_reader.calendar(self.nodes("calendar")[0]),
            settings=settings_reader.settings(self.nodes("settings")[0]),
            **terms,
            units=self.by_id("units", settings_reader.units(words)),
            life_events=self.by_id("life_events", settings_reader.life_events(words)),
            procedures=self.by_id(
                "procedure",
                (reader.procedure(node, self.on) for node in self.nodes("procedure")),
                "code",
            ),
            fee_groups=tuple(group for group, _ in fee_groups),
            fees=self.by_id("fee", (fee for _, fees in fee_groups for fee in fees)),
            steps=self.ordered_steps(),
            hotline_groups=tuple(
                sorted((group for group, _ in hotline_groups), key=lambda g: g.order)
            ),
            hotlines=self.by_id("hotline", (h for _, hotlines in hotline_groups for h in hotlines)),
            shelves=tuple(sorted((s for s, _ in shelves), key=lambda s: s.order)),
            legal=self.by_id("legal", (d for _, documents in shelves for d in documents)),
            official_forms=self.by_id(
                "official_form",
                (f for node in self.nodes("official_forms") for f in reader.official_forms(node)),
            ),
            forms=self.ordered("form", reader.form),
            letters=self.ordered("letter", reader.letter),
            standards=self.ordered("standard", reader.standard),
            notices=self.ordered("notice", reader.notice),
            handlings=self.ordered("handling", reader.handling),
            queries=tuple(
                query
                for node in self.nodes("search_queries")
                for query in settings_reader.search_queries(node)
            ),
            walls=self.by_id(
                "wall",
                (wall for node in self.nodes("posters") for wall in settings_reader.walls(node)),
            ),
            printed=tuple(
                line
                for node in self.nodes("print_register")
                for line in settings_reader.printed_sheets(node)
            ),
            strings=with_shipped({s.stem: s.data for s in self.valid.get("strings", ())}),
            duplicates=tuple(self.duplicates),
            sources=sources,
            unsure=unsure,
        )

    def ordered_steps(self) -> Mapping[str, m.Step]:
        steps = (reader.shared_step(node) for node in self.nodes("step"))
        return self.by_id("step", sorted(steps, key=lambda s: (s.order or 99, s.id)))


def _names_in(source: Source) -> Iterable[str]:
    """Every id and code a broken file would have defined."""
    yield source.stem
    stack: list[Any] = [source.data]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            for key, part in value.items():
                if key in ("id", "code") and isinstance(part, str):
                    yield part[:8] if key == "code" else part
                stack.append(part)
        elif isinstance(value, list):
            stack.extend(value)
