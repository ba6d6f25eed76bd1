"""A record is a value of named fields that nobody changes once it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(*, kw_only: bool) -> Callable[[type[T]], type[T]]:
    """Makes a class of records.

    The type checker holds that they are not changed. Python holding it too would double the time to
    make one, and reading ten thousand procedures makes a million. Comparing is written once for all
    of them: writing it for each class would be a tenth of the start of the program.
    """

    def made(cls: type[T]) -> type[T]:
        new = dataclass(slots=True, kw_only=kw_only, eq=False, repr=False)(cls)
        for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _shown)):
            if name not in cls.__dict__:
                setattr(new, name, method)
        return new

    return made


def _values(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, field.name) for field in fields(record) if field.compare)


def _equal(self: object, other: object) -> bool:
    return _values(self) == _values(other) if self.__class__ is other.__class__ else NotImplemented


def _hash(self: object) -> int:
    return hash((self.__class__, _values(self)))


def _shown(self: Any) -> str:
    shown = ", ".join(
        f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr
    )
    return f"{self.__class__.__qualname__}({shown})"
