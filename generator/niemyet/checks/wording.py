"""How public texts read.

What it checks: names are short enough to print large (W001), do not begin with "Thủ tục" (W002) and
do not shout (W003); texts have no stray spaces (W004) and nothing left to fill in (W005).
Why it matters to citizens: a name of three lines is not read on a wall, and "xxx" makes people
doubt the rest.
Wrong: `name: THỦ TỤC ĐĂNG KÝ KHAI SINH`.
Right: `name: Đăng ký khai sinh`.
Source: national records have a median name of 89 characters; a heading on an A4 sheet holds about
    70.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from niemyet.checks.texts import texts_in
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Catalogue
from niemyet.source.loader import Source
from niemyet.values.vietnamese import normalise, quote

LONGEST_NAME = 70

_PREFIX = re.compile(r"thủ\s+tục\s", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)|(?<=[^\W_]) (?:[,;:!?]|\.(?!\.))(?=\s|\Z)")
_UNFILLED = re.compile(
    r"\bx{3,}\b|\bX{4,}\b|\b(?:TODO|TBD|FIXME)\b|(?i:\blorem ipsum\b)|\A\W*(?:…|\.{3,}|\?{2,})\W*\Z"
)


def check_procedure(
    catalogue: Catalogue, procedure: Procedure, today: dt.date
) -> Iterator[Diagnostic]:
    """Findings W001, W002 and W003 of one procedure."""
    yield from _names(procedure, catalogue.settings.default_language)


def check_source(catalogue: Catalogue, source: Source) -> Iterator[Diagnostic]:
    """Findings W004 and W005 of one file."""
    yield from _texts(source, catalogue.settings.default_language)


def _names(p: Procedure, lang: str) -> Iterator[Diagnostic]:
    name = p.name.get(lang) or str(p.name)
    if len(name) > LONGEST_NAME and p.short_name is None:
        yield p.origin.finding("W001", "name", lang, length=str(len(name)), limit=str(LONGEST_NAME))
    for key, text in (("name", p.name), ("short_name", p.short_name)):
        written = text.get("vi") if text else None
        if written and _PREFIX.match(written):
            yield p.origin.finding("W002", key, "vi", name=quote(written, 70))
        if written and len(written.split()) > 1 and written.isupper():
            yield p.origin.finding("W003", key, "vi", name=quote(written, 70))


def _texts(source: Source, default: str) -> Iterator[Diagnostic]:
    for written in texts_in(source, default):
        if written.is_words:
            continue
        for lang, raw in written.by_lang.items():
            words = normalise(raw).strip()
            spaces = _SPACES.search(words)
            if spaces:
                near = words[max(0, spaces.start() - 12) : spaces.end() + 12]
                yield source.finding("W004", written.place(lang, source.data), near=quote(near))
            unfilled = _UNFILLED.search(words)
            if unfilled:
                yield source.finding(
                    "W005", written.place(lang, source.data), marker=quote(unfilled.group())
                )
