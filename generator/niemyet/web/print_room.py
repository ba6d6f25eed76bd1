"""The printed sheets as the site shows them: beside the page they belong to, and all of them in the
print room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import jinja2

from niemyet.source.print_index import Made
from niemyet.view.artifact import FOLDER, Page
from niemyet.web.renderer import Renderer

DOWNLOADS = ("docx",)
"""Files beside a sheet that citizens and staff may want; others serve programs."""
KINDS = (
    "hours", "contacts", "fees", "process", "standards", "feedback", "camera", "sign", "box",
    "list", "form", "letter", "poster", "leaflet",
)  # fmt: skip
"""The order of the print room."""


@dataclass(frozen=True, slots=True)
class Print:
    """A finished sheet on the site: addresses from the root, sizes in bytes."""

    made: Made

    @property
    def address(self) -> str:
        return f"{FOLDER}/{self.made.id}.pdf"

    @property
    def preview(self) -> str:
        return f"{FOLDER}/{self.made.id}.png"

    @property
    def others(self) -> list[tuple[str, str, int]]:
        """The files beside it that are for people: ending, address, size."""
        beside = sorted(self.made.beside.items())
        return [(e, f"{FOLDER}/{self.made.id}.{e}", size) for e, size in beside if e in DOWNLOADS]


class Prints:
    """The sheets that may be shown, by the page they belong to."""

    def __init__(
        self, by_page: Mapping[tuple[str, str], tuple[Print, ...]] = MappingProxyType({})
    ) -> None:
        self._by_page = by_page

    def of(self, page: str, lang: str) -> tuple[Print, ...]:
        return self._by_page.get((page, lang), ())

    def files(self) -> Iterator[str]:
        """The address of every file of every sheet."""
        for prints in self._by_page.values():
            for one in prints:
                yield from (one.address, one.preview, *(address for _, address, _ in one.others))

    def all(self, lang: str) -> Iterator[Print]:
        """Every sheet of a language."""
        for (_, of_lang), prints in self._by_page.items():
            if of_lang == lang:
                yield from prints


def block(env: jinja2.Environment, prints: Iterable[Print], *, is_wide: bool = False) -> str:
    """The sheets of a page, as it offers them for printing; empty for none. A wide one stands below
    the page, not beside it."""
    found = list(prints)
    return (
        env.get_template("prints.html").render(prints=found, is_wide=is_wide) + "\n"
        if found
        else ""
    )


def room(renderer: Renderer, prints: Prints) -> Page:
    """The print room: every sheet, form and letter with its picture, pages and size."""
    groups: dict[str, list[Print]] = {}
    for one in prints.all(renderer.words.lang):
        groups.setdefault(one.made.kind, []).append(one)
    ordered = [
        (kind, sorted(groups[kind], key=lambda one: one.made.id))
        for kind in KINDS
        if kind in groups
    ]
    total = sum(len(items) for _, items in ordered)
    return renderer.named_page("print_room", groups=ordered, total=total)
