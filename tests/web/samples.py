"""Pages that together show everything the pages of a built site can show, found in the site
itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import html

TOLD_APART = ("role", "type", "aria-current", "dir")
"""Attributes whose values make a difference to how an element looks or is read."""


def kind_of(path: str) -> tuple[str, str]:
    """Language and template of an HTML file: a page beside others in a folder is of the folder's
    kind, any other is of its own."""
    lang, below = ("en", path.removeprefix("en/")) if path.startswith("en/") else ("vi", path)
    folder, _, rest = below.removesuffix("index.html").partition("/")
    return lang, f"{folder}/*" if rest else folder


def parts_of(file: Path) -> frozenset[str]:
    """The elements, classes and attributes that occur in a page."""
    found: set[str] = set()
    for element in html.document_fromstring(
        file.read_bytes(), parser=html.HTMLParser(encoding="utf-8")
    ).iter():
        if isinstance(element.tag, str):
            found.add(f"<{element.tag}>")
            found.update(f".{name}" for name in (element.get("class") or "").split())
            found.update(
                f"[{name}={value if name in TOLD_APART else ''}]" for name, value in element.items()
            )
    return frozenset(found)


def samples(site: Path) -> Iterator[str]:
    """Paths of few HTML files: of each kind in each language enough that no element, class or
    attribute of the kind is left out.

    Pages of their own kind made of the very same parts are one template. Short addresses in
    capitals are the small ones again.
    """
    kinds: dict[tuple[str, str], dict[str, tuple[frozenset[str], int]]] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if not path.startswith("Q/"):
            kinds.setdefault(kind_of(path), {})[path] = (parts_of(file), file.stat().st_size)
    seen: set[tuple[str, frozenset[str]]] = set()
    for (lang, _), pages in kinds.items():
        left = set().union(*(parts for parts, _ in pages.values()))
        while left:
            best = max(pages, key=lambda path: (len(pages[path][0] & left), pages[path][1], path))
            left -= pages[best][0]
            if len(pages) > 1 or (lang, pages[best][0]) not in seen:
                seen.add((lang, pages[best][0]))
                yield best
