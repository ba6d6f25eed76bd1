"""A record is a value of named fields that nobody changes once it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(*, kw_only: bool) -> Callable[[type[T]], type[T]]:
    """Makes a class of records.

    The type checker holds that they are not changed. Python holding it too would double the time to make one, and reading ten
    thousand procedures makes a million.
    """
    return dataclass(slots=True, kw_only=kw_only, unsafe_hash=True)
