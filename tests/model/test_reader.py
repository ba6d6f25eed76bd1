"""What a file may hold and what the model reads of it are the same."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

import niemyet.model
from niemyet.model import builder, field_readers, reader
from niemyet.model.base import Item, Origin, Text
from niemyet.model.catalogue import Catalogue, Unresolved
from niemyet.model.field_readers import Node, derive
from niemyet.model.procedure import Step
from niemyet.source.loader import load_tree, parse_source
from niemyet.source.schema import kinds, schema

Place = tuple[str, ...]
"""A kind of file and the keys that lead to a mapping in it."""

FOR_STAFF = {"note_internal", "to_review", "imported", "national_names"}
UNREAD = {("official_forms", "name")}
NOT_WRITTEN = {(Step, "extra")}
NOT_READ = {Catalogue, Unresolved, Node, Item, Origin, Text}


MORE = (
    ("site_config/calendar.yml", "calendar", """
known_until: "2027-12-31"
days_off: [{date: "2027-01-01", name: Tết Dương lịch}]
make_up_days: [{date: "2026-08-22", name: Làm bù}]
source: Thông báo
"""),
    ("content/steps/cho.yml", "step", """
title: Chờ
text: Chờ kết quả.
actor: can-bo
limit: {kind: same_day}
"""),
    ("content/fees/dieu.yml", "fees", """
name: Phí thả diều
fees:
  - id: tha-dieu
    name: Thả diều
    kind: fee
    values:
      - from: "2026-01-01"
        status: by_province
        by_channel:
          - {channel: online, status: tiered, tiers: [{first: 1, amount_vnd: 1000}]}
    verification: sample
"""),
)  # fmt: skip
"""What the schemas allow and the shipped data do without."""


class Watched(dict[str, Any]):
    """A mapping of a file that notes which keys it is asked for."""

    def __init__(self, data: dict[str, Any], place: Place, asked: dict[Place, set[str]]) -> None:
        super().__init__({key: watched(part, (*place, key), asked) for key, part in data.items()})
        self.asked = asked[place]

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def watched(value: Any, place: Place, asked: dict[Place, set[str]]) -> Any:
    if isinstance(value, list):
        return [watched(part, place, asked) for part in value]
    return Watched(value, place, asked) if isinstance(value, dict) else value


class Reading:
    """The shipped data read once: the keys asked for, and the records made, by place."""

    def __init__(self, project: Path) -> None:
        self.asked: dict[Place, set[str]] = defaultdict(set)
        self.records: dict[type, set[Place]] = defaultdict(set)
        self.derived: dict[tuple[type, Place], dict[str, str]] = {}
        sources = [source for file in MORE if (source := parse_source(*file)[0])]
        sources += load_tree(project)[0]
        for source in sources:
            source.data = watched(source.data, (source.kind,), self.asked)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builder, "check_source", lambda source: [])
            for module in (field_readers, reader, builder):
                patch.setattr(module, "read", self.read)
            builder.build_catalogue(sources, TODAY)

    def read(self, kind: type, node: Node, **given: Any) -> Any:
        place = (node.source.kind, *(part for part in node.at if isinstance(part, str)))
        derived = {key: name for key, (name, _) in derive(kind, tuple(given)).items()}
        self.asked[place].update(derived)
        self.records[kind].add(place)
        self.derived[kind, place] = derived
        return READ(kind, node, **given)


READ = field_readers.read


@pytest.fixture(scope="module")
def reading(project: Path) -> Reading:
    return Reading(project)


def objects(
    node: dict[str, Any], place: Place, defs: dict[str, Any]
) -> Iterator[tuple[Place, Any]]:
    """Every mapping with named keys below a schema node."""
    if "$ref" in node:
        node = {**node, **defs[node["$ref"].removeprefix("#/$defs/")]}
    if "items" in node:
        yield from objects(node["items"], place, defs)
    if "properties" in node:
        yield place, node
        for key, part in node["properties"].items():
            if key not in FOR_STAFF:
                yield from objects(part, (*place, key), defs)


MAPPINGS = {
    place: node
    for kind in kinds()
    for place, node in objects(schema(kind), (kind,), schema(kind)["$defs"])
}


def records() -> list[type]:
    modules = (
        importlib.import_module(f"niemyet.model.{module.name}")
        for module in pkgutil.iter_modules(niemyet.model.__path__)
    )
    return [
        value
        for module in modules
        for value in vars(module).values()
        if is_dataclass(value) and value.__module__ == module.__name__ and value not in NOT_READ
    ]


@pytest.mark.parametrize("place", MAPPINGS, ids="/".join)
def test_every_key_that_a_schema_allows_is_read(reading: Reading, place: Place) -> None:
    unread = MAPPINGS[place]["properties"].keys() - reading.asked[place] - FOR_STAFF
    assert {key for key in unread if (*place, key) not in UNREAD} == set()


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_every_field_can_be_written(reading: Reading, kind: type) -> None:
    places = {
        (record, place)
        for record, all_of_it in reading.records.items()
        for place in all_of_it
        if issubclass(record, kind)
    }
    assert places, "nothing of this kind is read from the shipped data"
    own = {name for name in kind.__annotations__ if (kind, name) not in NOT_WRITTEN}
    derived = {(key, name) for at in places for key, name in reading.derived[at].items()}
    written = {key for _, place in places for key in MAPPINGS[place]["properties"]}
    assert {name for key, name in derived if name in own and key not in written} == set()


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_a_field_whose_key_may_be_absent_has_a_default(reading: Reading, kind: type) -> None:
    by_name: dict[str, Field[Any]] = {field.name: field for field in fields(kind)}
    for place in reading.records[kind]:
        required = MAPPINGS[place].get("required", ())
        for key, name in reading.derived[kind, place].items():
            field = by_name[name]
            has_default = field.default is not MISSING or field.default_factory is not MISSING
            assert has_default or key in required, (place, key)


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_a_record_does_not_change(kind: Any) -> None:
    assert kind.__dataclass_params__.frozen


@dataclass(frozen=True)
class Weighed:
    weight: Decimal


def test_an_annotation_from_which_no_reader_follows_is_refused() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        derive(Weighed)
    assert derive(Weighed, ("weight",)) == {}
