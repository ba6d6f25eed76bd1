"""A mapping of a valid file becomes a record; how a field is read follows from its annotation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Code, Item, Origin, Text
from niemyet.source.loader import Path_, Source
from niemyet.values.vietnamese import normalise

T = TypeVar("T")
Words = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Node:
    """A mapping of a source with its place; `lang` is the language of texts that name none."""

    source: Source
    at: Path_
    data: Mapping[str, Any]
    lang: str
    findings: list[Diagnostic]

    def below(self, *path: str | int, data: Mapping[str, Any]) -> Node:
        return Node(self.source, self.at + path, data, self.lang, self.findings)

    def each(self, key: str) -> Iterator[Node]:
        """The mappings of a list; none where the key is absent."""
        for i, data in enumerate(self.data.get(key, ())):
            yield self.below(key, i, data=data)

    def clean(self, value: str | Mapping[str, str]) -> Text:
        """A human text in one spelling."""
        if isinstance(value, str):
            return Text({self.lang: normalise(value).strip()})
        return Text({lang: normalise(words).strip() for lang, words in value.items()})

    def words(self, value: list[str] | Mapping[str, list[str]]) -> Words:
        """Search words by language."""
        if isinstance(value, list):
            value = {self.lang: value}
        return {lang: tuple(map(normalise, words)) for lang, words in value.items()}

    def say(self, code: str, *below: str | int, key: bool = False, **values: str) -> None:
        self.findings.append(self.source.finding(code, (*self.at, *below), key=key, **values))


Convert = Callable[[Node, str, Any], Any]
"""Makes the value of a field from a mapping, a key of it, and what is written under the key."""


def read(kind: type[T], node: Node, **given: Any) -> T:
    """A record of a mapping. Fields that are not `given` are derived; where the key of one is
    absent, its default holds."""
    derived = derive(kind, tuple(given))  # type: ignore[arg-type]  # every class can be hashed
    for key, value in node.data.items():
        if key in derived:
            name, convert = derived[key]
            given[name] = convert(node, key, value) if convert else value
    if "origin" not in given and issubclass(kind, Item):
        given["origin"] = Origin(node.source, node.at)
    return kind(**given)


@cache
def derive(kind: Any, given: tuple[str, ...] = ()) -> Mapping[str, tuple[str, Convert | None]]:
    """For each key from which a field of a record class is read, the field and what converts it
    (None: nothing needs to); without the fields that are `given`.

    The key is the name of the field unless its metadata name another. Raises: TypeError for an
    annotation from which nothing follows.
    """
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.metadata.get("key", field.name): (field.name, _converter(hints[field.name]))
        for field in fields(kind)
        if field.name not in ("origin", *given)
    }


def _converter(hint: Any) -> Convert | None:
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if hint in _CONVERTERS:
        return _CONVERTERS[hint]
    if hint in (str, int, bool) or get_origin(hint) is Literal:
        return None
    if get_origin(hint) is tuple:
        return _list_converter(get_args(hint)[0])
    if isinstance(hint, type) and is_dataclass(hint):
        record: type[Any] = hint
        return lambda node, key, value: read(record, node.below(key, data=value))
    raise TypeError(f"no reader follows from {hint!r}")


def _list_converter(hint: Any) -> Convert:
    if is_dataclass(hint) and hint is not Text:
        record: type[Any] = hint  # type: ignore[assignment]  # annotations name classes
        return lambda node, key, value: tuple(
            read(record, node.below(key, i, data=data)) for i, data in enumerate(value)
        )
    convert = _converter(hint)
    if convert is None:
        return lambda node, key, value: tuple(value)
    return lambda node, key, value: tuple(convert(node, key, part) for part in value)


_CONVERTERS: Mapping[Any, Convert] = {
    Code: lambda node, key, value: value[:8],
    Text: lambda node, key, value: node.clean(value),
    Words: lambda node, key, value: node.words(value),
    dt.date: lambda node, key, value: dt.date.fromisoformat(value),
}
