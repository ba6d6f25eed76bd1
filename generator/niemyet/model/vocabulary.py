"""The words of the vocabulary, the journeys of life events, and the queries search must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from niemyet.model.base import Code, Item, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Item):
    """A word of the vocabulary: a sector, an applicant, a receiving body, an actor, a unit."""

    id: str
    name: Text
    summary: Text | None = None
    icon: str = ""
    place: Text | None = None
    hotline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Term):
    """What a fee is counted by. `ask` is how a citizen is asked how many (none: there is one);
    `for_each` names the unit within which it is counted, as pages are for each copy."""

    ask: Text | None = None
    for_each: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyProcedure(Item):
    """A procedure of a step, and when it is the one to do."""

    code: Code
    when: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent(Term):
    """A citizen's situation and the steps it leads to, in the order they are best done."""

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    steps: tuple[JourneyStep, ...]
    note: Text | None = None

    @property
    def procedures(self) -> tuple[JourneyProcedure, ...]:
        """The procedures of all steps in their order; one may stand in several steps."""
        return tuple(part for step in self.steps for part in step.procedures)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery(Item):
    """What people type, and the procedures or life events of which one must be among the first
    results."""

    query: str
    lang: str
    expect: tuple[str, ...]
