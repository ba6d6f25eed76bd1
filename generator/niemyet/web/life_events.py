"""The page of a life event: what to do in order, what can be done in one visit, and all papers as
one list.

Time, fee, place and papers come from the procedures; how often people must come follows from the
counters and from which steps wait for a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from niemyet.model.office import Counter
from niemyet.model.vocabulary import JourneyProcedure, JourneyStep, LifeEvent
from niemyet.values.vietnamese import fold
from niemyet.view.artifact import Page
from niemyet.view.pages import event_page
from niemyet.view.procedure_view import address
from niemyet.view.words import Words
from niemyet.web.listing import Listing
from niemyet.web.renderer import Renderer

NATURES = ("present", "submit")
LETTERS = "abcdefghijkl"


def pages(renderer: Renderer, listings: Mapping[str, Listing]) -> Iterator[Page]:
    """A page for every life event. `listings` has, by code, the public procedures that are complete
    in the language."""
    words = renderer.words
    for event in renderer.catalogue.life_events.values():
        yield renderer.page(
            "journey.html",
            path=event_page(event.id),
            title=words.text(event.name),
            description=words.text(event.summary),
            nav="procedures",
            source=event.origin.path,
            j=Journey(words, event, listings),
            note=words.text(event.note),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A procedure as a step shows it. `mark` tells it from others of the step (1a, 1b), or is the
    number of the step.

    `lang` is set where it can only be read in another language, without its values.
    """

    mark: str
    title: str
    href: str
    when: str
    lang: str
    place: str
    counter: Counter | None
    listing: Listing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A step with its number. It has no title where its one procedure says it."""

    number: int
    step: JourneyStep
    is_choice: bool
    options: tuple[Option, ...]

    @property
    def counters(self) -> dict[str, Counter]:
        """Where it is done at this office, by id."""
        return {o.counter.id: o.counter for o in self.options if o.counter}

    @property
    def is_same_day(self) -> bool:
        return all(option.listing and option.listing.is_same_day for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Steps whose files can be handed in when coming once, by counter: (counter, numbers of steps).

    `is_soon`: the visit before ends with all results the same day. `is_optional`: every step is for
    some people only.
    """

    counters: tuple[tuple[Counter, str], ...]
    is_soon: bool
    is_optional: bool


@dataclass(slots=True, kw_only=True)
class Paper:
    """A paper with all its uses: (steps, how many, when)."""

    name: str
    nature: str
    can_be_looked_up: bool
    is_always: bool = False
    uses: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    needed_by: list[str] = field(default_factory=list)

    def lines(self) -> list[tuple[str, str, str]]:
        """(how many, when, the steps it is for)"""
        return [(amount, when, ", ".join(steps)) for (amount, when), steps in self.uses.items()]


class Journey:
    """A life event as its page shows it."""

    def __init__(self, words: Words, event: LifeEvent, listings: Mapping[str, Listing]) -> None:
        self.event = event
        self.catalogue = words.catalogue
        self.words = words
        self.listings = listings
        self.stops = tuple(self._stop(number, step) for number, step in enumerate(event.steps, 1))

    def _stop(self, number: int, step: JourneyStep) -> Stop:
        summaries = self.catalogue.summaries
        known = [part for part in step.procedures if part.code in summaries]
        shown = [part for part in known if summaries[part.code].is_public]
        letters = LETTERS[: len(shown)] if len(shown) > 1 else [""]
        parts = zip(shown, letters, strict=False)
        options = tuple(self._option(part, f"{number}{letter}") for part, letter in parts)
        is_choice = step.choose == "any" and len(options) > 1
        return Stop(number=number, step=step, is_choice=is_choice, options=options)

    def _option(self, part: JourneyProcedure, mark: str) -> Option:
        card = self.catalogue.summaries[part.code]
        listing = self.listings.get(part.code)
        counter = self.catalogue.office.counter(card.counter)
        if listing is not None and "counter" not in listing.channels:
            counter = None
        default = self.catalogue.settings.default_language
        is_online = listing is not None and "online" in listing.channels
        only_online = self.words.ui("only_online") if is_online else ""
        return Option(
            mark=mark,
            title=listing.title if listing else card.title,
            href=("" if listing is None else self.words.home) + address(card),
            when=self.words.text(part.when),
            lang="" if listing else default,
            place=self.words.counter(counter) if counter else only_online,
            counter=counter,
            listing=listing,
        )

    @cached_property
    def counters(self) -> tuple[Counter, ...]:
        """The counters of the whole journey, in the order they are needed."""
        found: dict[str, Counter] = {}
        for stop in self.stops:
            found |= stop.counters
        return tuple(found.values())

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Steps that need nothing but what people have are handed in together; one that waits for a
        result begins a new visit."""
        groups: list[list[Stop]] = []
        for stop in self.stops:
            if stop.counters:
                if not groups or stop.step.after_result:
                    groups.append([])
                groups[-1].append(stop)
        return tuple(map(self._visit, groups, [[], *groups]))

    @staticmethod
    def _visit(group: list[Stop], before: list[Stop]) -> Visit:
        steps: dict[str, tuple[Counter, list[str]]] = {}
        for stop in group:
            for id, counter in stop.counters.items():
                steps.setdefault(id, (counter, []))[1].append(str(stop.number))
        return Visit(
            counters=tuple((counter, ", ".join(numbers)) for counter, numbers in steps.values()),
            is_soon=bool(before) and all(stop.is_same_day for stop in before),
            is_optional=all(stop.step.when for stop in group),
        )

    @property
    def visits_range(self) -> str:
        """How often people come: `2`, or `1–3` when some visits are for some people only."""
        most = len(self.visits)
        least = max(1, sum(not visit.is_optional for visit in self.visits))
        return str(most) if least == most else f"{least}–{most}"

    @cached_property
    def untold(self) -> bool:
        """Whether a procedure can only be read in another language, so that its papers are not in
        the list."""
        return any(option.listing is None for stop in self.stops for option in stop.options)

    @cached_property
    def papers(self) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
        """What to bring for the whole journey, each paper once: (heading, papers)."""
        found: dict[tuple[str, str], Paper] = {}
        for stop in self.stops:
            for option in stop.options:
                self._add_papers(found, stop, option)
        papers = sorted(found.values(), key=lambda paper: NATURES.index(paper.nature))
        always = tuple(paper for paper in papers if paper.is_always)
        sometimes = tuple(paper for paper in papers if not paper.is_always)
        return tuple(
            (self.words.ui(key), group)
            for key, group in (("papers_always", always), ("papers_sometimes", sometimes))
            if group
        )

    def _add_papers(self, found: dict[tuple[str, str], Paper], stop: Stop, option: Option) -> None:
        if option.listing is None or option.counter is None:
            return
        for name, nature, line, when, can_be_looked_up in option.listing.papers:
            paper = found.setdefault(
                (fold(name), nature),
                Paper(name=name, nature=nature, can_be_looked_up=can_be_looked_up),
            )
            paper.uses.setdefault((line, when), []).append(option.mark)
            if not when and not stop.step.when:
                paper.needed_by.append(option.mark)
                marks = {other.mark for other in stop.options}
                paper.is_always = (
                    paper.is_always or not stop.is_choice or marks <= set(paper.needed_by)
                )
