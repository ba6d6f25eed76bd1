"""What the whole model is made of: human texts, limits, and where a value was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any

from niemyet.findings.finding import Diagnostic
from niemyet.source.loader import Path_, Source
from niemyet.values.time_limits import TimeLimit

Code = Annotated[str, "code of a procedure"]
"""Eight characters; what a file writes behind them, the suffix of an agency, is left away."""


@dataclass(frozen=True, slots=True)
class Text:
    """A human text in one or more languages."""

    by_lang: Mapping[str, str]

    def get(self, lang: str) -> str | None:
        return self.by_lang.get(lang)

    def __str__(self) -> str:
        return next(iter(self.by_lang.values()), "")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written, so that a finding about it can point there."""

    source: Source
    at: Path_ = ()

    @property
    def path(self) -> str:
        return self.source.path

    def finding(self, code: str, *below: str | int, key: bool = False, **values: str) -> Diagnostic:
        return self.source.finding(code, (*self.at, *below), key=key, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Anything written in a file. `origin` is left out of comparisons."""

    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit (thời hạn giải quyết) with the words that belong to it."""

    value: TimeLimit
    text: Text | None = None
    note: Text | None = None


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
