"""The strings of the frame as the program brings them, one file per language below `i18n/`.

A project overrides single ones in its own `site_config/i18n/`, or brings a language whole.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from niemyet.source.loader import parse_source

FOLDER = Path(__file__).parents[1] / "i18n"


@cache
def shipped() -> Mapping[str, Mapping[str, str]]:
    """The strings of every language the program knows."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(FOLDER.glob("*.yml")):
        source, findings = parse_source(file.name, "strings", file.read_text("utf-8"))
        assert source is not None, findings
        found[file.stem] = MappingProxyType(source.data)
    return MappingProxyType(found)


def with_shipped(own: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    """The strings of every language, those of a project before those of the program."""
    theirs = shipped()
    return MappingProxyType(
        {
            lang: MappingProxyType({**theirs.get(lang, {}), **own.get(lang, {})})
            for lang in sorted({*theirs, *own})
        }
    )


@cache
def placeholders_by_string() -> Mapping[str, frozenset[str]]:
    """Every string the program asks for by its key, with the names of what is filled in."""
    return MappingProxyType(
        {key: frozenset(placeholders_in(text)) for key, text in shipped()["vi"].items()}
    )


def placeholders_in(text: str) -> list[str]:
    """The names of the placeholders of a string in their order; what is no plain `{name}` stands as
    it is written. Raises ValueError."""
    found = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None:
            found.append(
                name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            )
    return found


def unknown_placeholders(text: str, known: Collection[str]) -> list[str]:
    """The placeholders of a string that nothing is filled into; `…` where its braces are not in
    pairs."""
    try:
        return [name or "…" for name in placeholders_in(text) if name not in known]
    except ValueError:
        return ["…"]
