"""How public texts read: W001 to W005."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence

from niemyet.checks.context import Context
from niemyet.checks.texts import Written
from niemyet.findings.finding import Diagnostic
from niemyet.model.procedure import Procedure
from niemyet.source.loader import Source
from niemyet.values.vietnamese import normalise, quote

LONGEST_NAME = 70

_PREFIX = re.compile(r"thủ\s+tục\s", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)|(?<=[^\W_]) (?:[,;:!?]|\.(?!\.))(?=\s|\Z)")
_UNFILLED = re.compile(
    r"\bx{3,}\b|\bX{4,}\b|\b(?:TODO|TBD|FIXME)\b|(?i:\blorem ipsum\b)|\A\W*(?:…|\.{3,}|\?{2,})\W*\Z"
)

# One look at all texts of a file costs a tenth of the patterns on each, and nearly every file has
# none of these marks. Capitals count as small letters there and all marks as commas.
_ALIKE = bytes.maketrans(
    b";:!?." + string.ascii_uppercase.encode(), b",,,,," + string.ascii_lowercase.encode()
)
_MARKS = tuple("  | ,|,,|xxx|todo|tbd|fixme|orem|…".encode().split(b"|"))


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    yield from _names(procedure, context.catalogue.settings.default_language)


def check_file(context: Context, source: Source, texts: Sequence[Written]) -> Iterator[Diagnostic]:
    joined = "\n".join(words for text in texts for words in _sentences(text).values())
    plain = normalise(joined).encode().translate(_ALIKE)
    if any(mark in plain for mark in _MARKS):
        for text in texts:
            yield from _text(source, text)


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


def _sentences(text: Written) -> Mapping[str, str]:
    return {} if text.is_words else text.by_lang


def _text(source: Source, text: Written) -> Iterator[Diagnostic]:
    for lang, raw in _sentences(text).items():
        words = normalise(raw).strip()
        spaces = _SPACES.search(words)
        if spaces:
            near = words[max(0, spaces.start() - 12) : spaces.end() + 12]
            yield source.finding("W004", text.place(lang, source.data), near=quote(near))
        unfilled = _UNFILLED.search(words)
        if unfilled:
            marker = quote(unfilled.group())
            yield source.finding("W005", text.place(lang, source.data), marker=marker)
