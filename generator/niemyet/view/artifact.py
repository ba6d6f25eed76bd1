"""What is published. Each module yields artifacts; nothing here reads or writes a disk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file of the site: its path from the root, its bytes, and the source it came from (empty:
    many)."""

    path: str
    content: bytes
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it gets its frame. `path` is a folder from the language's home, with a slash at
    its end.

    `body` is finished HTML in which `rendering.ROOT` stands for the way to the root. `langs` are
    the languages in which the same page exists. `nav` names the item of the main navigation it
    belongs to, `card` the sector whose picture stands for it when it is shared (empty: the picture
    of the site).
    """

    path: str
    lang: str
    title: str
    description: str
    body: str
    langs: tuple[str, ...]
    nav: str = ""
    source: str = ""
    modified: dt.date | None = None
    is_indexed: bool = True
    card: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page that sheets lead to: the name in their code, the page from the home of a language, and
    their versions."""

    short: str
    page: str
    lang: str
    title: str
    versions: tuple[str, ...]


FOLDER = "in"


WIDTH, HEIGHT = 1200, 630


def address_of(id: str) -> str:
    """Where the site has a picture, from its root."""
    return f"{FOLDER}/{id}.png"
