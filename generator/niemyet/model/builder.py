"""Valid sources become the catalogue of a date.

A file that is broken is simply not in it; what it would have defined is remembered as `unresolved`,
so that one fault never shows up as a hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from niemyet.findings.finding import Diagnostic
from niemyet.model import reader
from niemyet.model.base import Item
from niemyet.model.catalogue import Catalogue, Unresolved
from niemyet.model.content import Notice, OfficialForm, Standard
from niemyet.model.field_readers import Node, read
from niemyet.model.forms_and_letters import Letter
from niemyet.model.office import Calendar, Office
from niemyet.model.posters import PrintedSheet, Wall
from niemyet.model.vocabulary import Term, Unit
from niemyet.source.loader import Source, parse_source
from niemyet.source.schema import check_source
from niemyet.source.ui_strings import with_shipped

T = TypeVar("T")
Named = TypeVar("Named", bound=Item)
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
    broken: list[Source] = []
    for source in sources:
        problems = check_source(source)
        findings.extend(problems)
        if problems:
            broken.append(source)
        else:
            valid.setdefault(source.kind, []).append(source)
    stand_ins = {kind: [_stand_in(kind)] for kind in _STAND_INS if kind not in valid}
    unresolved = Unresolved(
        names=frozenset(name for source in broken for name in names_in(source)),
        kinds=frozenset((*unread, *stand_ins)),
        faulty=frozenset(source.kind for source in broken),
    )
    read_from = tuple(source for group in valid.values() for source in group)
    catalogue = _Builder({**valid, **stand_ins}, on, findings).build()
    return replace(catalogue, sources=read_from, unresolved=unresolved), findings


class _Builder:
    """Reads valid files kind by kind, and notes what is defined twice."""

    def __init__(
        self, files: Mapping[str, list[Source]], on: dt.date, findings: list[Diagnostic]
    ) -> None:
        self.files = files
        self.on = on
        self.findings = findings
        self.duplicates: list[tuple[str, Item, Item]] = []
        self.lang = files["settings"][0].data["languages"][0]["id"]

    def build(self) -> Catalogue:
        fee_groups = [reader.read_fee_group(node, self.on) for node in self.nodes("fees")]
        hotline_groups = [reader.read_hotline_group(node) for node in self.nodes("hotlines")]
        shelves = [reader.read_shelf(node) for node in self.nodes("legal")]
        office = read(Office, self.node("office"))
        self.by_id("counter", office.counters)
        return Catalogue(
            on=self.on,
            office=office,
            calendar=read(Calendar, self.node("calendar")),
            settings=reader.read_settings(self.node("settings")),
            sectors=self.terms("sectors"),
            applicants=self.terms("applicants"),
            bodies=self.terms("bodies"),
            actors=self.terms("actors"),
            units=self.by_id("units", self.rows("vocabulary", "units", Unit)),
            life_events=self.by_id(
                "life_events",
                map(reader.read_life_event, self.node("vocabulary").each("life_events")),
            ),
            procedures=self.by_id(
                "procedure",
                (reader.read_procedure(node, self.on) for node in self.nodes("procedure")),
                key="code",
            ),
            fee_groups=tuple(group for group, _ in fee_groups),
            fees=self.by_id("fee", (fee for _, fees in fee_groups for fee in fees)),
            steps=self.in_order("step", reader.read_shared_step),
            hotline_groups=tuple(sorted((g for g, _ in hotline_groups), key=lambda g: g.order)),
            hotlines=self.by_id("hotline", (h for _, hotlines in hotline_groups for h in hotlines)),
            shelves=tuple(sorted((s for s, _ in shelves), key=lambda s: s.order)),
            legal=self.by_id("legal", (d for _, documents in shelves for d in documents)),
            official_forms=self.by_id(
                "official_form", self.rows("official_forms", "forms", OfficialForm)
            ),
            forms=self.in_order("form", reader.read_form),
            letters=self.in_order("letter", partial(reader.read_file, Letter)),
            standards=self.in_order("standard", partial(reader.read_file, Standard)),
            notices=self.in_order("notice", partial(reader.read_file, Notice)),
            handlings=self.in_order("handling", reader.read_handling),
            queries=tuple(
                reader.read_search_query(row)
                for node in self.nodes("search_queries")
                for row in node.each("queries")
            ),
            walls=self.by_id("wall", self.rows("posters", "walls", Wall)),
            printed=tuple(self.rows("print_register", "printed", PrintedSheet)),
            strings=with_shipped({s.stem: s.data for s in self.files.get("strings", ())}),
            duplicates=tuple(self.duplicates),
        )

    def nodes(self, kind: str) -> Iterator[Node]:
        """The files of a kind."""
        for source in self.files.get(kind, ()):
            yield Node(source, (), source.data, self.lang, self.findings)

    def node(self, kind: str) -> Node:
        """The file of a kind of which every project has one."""
        return next(self.nodes(kind))

    def rows(self, kind: str, key: str, record: type[T]) -> Iterator[T]:
        """The records of a list that is in every file of a kind."""
        return (read(record, row) for node in self.nodes(kind) for row in node.each(key))

    def terms(self, key: str) -> Mapping[str, Term]:
        return self.by_id(key, self.rows("vocabulary", key, Term))

    def by_id(self, kind: str, items: Iterable[Named], key: str = "id") -> Mapping[str, Named]:
        """The items by their id; the first of a name counts."""
        found: dict[str, Named] = {}
        for item in items:
            name = getattr(item, key)
            if name in found:
                self.duplicates.append((kind, item, found[name]))
            else:
                found[name] = item
        return MappingProxyType(found)

    def in_order(self, kind: str, read_one: Callable[[Node], Named]) -> Mapping[str, Named]:
        """What the files of a kind hold, in the order that they ask for, then by id."""
        return self.by_id(kind, sorted(map(read_one, self.nodes(kind)), key=_order_and_id))


def _order_and_id(item: Any) -> tuple[int, str]:
    return getattr(item, "order", None) or 99, item.id


def _stand_in(kind: str) -> Source:
    source, _ = parse_source(f"site_config/{kind}.yml", kind, _STAND_INS[kind])
    assert source is not None
    return source


def names_in(source: Source) -> Iterable[str]:
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
