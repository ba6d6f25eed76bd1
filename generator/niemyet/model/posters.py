"""What hangs on which wall, and what of it has been printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from niemyet.model.base import Item, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HungSheet(Item):
    """A sheet on a wall: its id, the paper it is printed on (empty: its own), how many, and in full
    colour or with low ink."""

    sheet: str
    size: str = ""
    copies: int = 1
    ink: Literal["full", "low"] = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall(Item):
    """A place where sheets hang or lie (vị trí niêm yết)."""

    id: str
    name: Text
    sheets: tuple[HungSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet(HungSheet):
    """A line of the print register: which version hangs on which wall since when."""

    wall: str
    version: str
    printed: dt.date
