"""Names a person can read.

What it checks: long names without a short one (W001), names that begin with "Thủ tục" (W002), capitals (W003), spaces
(W004), words left to be filled in (W005).
Why it matters to citizens: half of the official names are longer than a phone's line.
Wrong: `name: THỦ TỤC ĐĂNG KÝ  KHAI SINH`.
Right: `name: Đăng ký khai sinh`.
Source: the national database has names of up to 1,094 characters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.texts import texts_in
from generator.diagnostics import Diagnostic
from generator.text import quote

LONG_NAME = 70
_SPACES = re.compile(r"\S {2,}\S|\S [,.;:!?](?:\s|$)")
_UNFILLED = re.compile(r"\b(?:xxx+|todo|tbd|lorem ipsum)\b|\?\?\?", re.IGNORECASE)


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings W001 to W005."""
    default = catalogue.settings.default_language
    for p in catalogue.procedures.values():
        name = p.name.get(default) or ""
        if len(name) > LONG_NAME and p.short_name is None:
            yield p.origin.finding("W001", "name", length=str(len(name)), limit=str(LONG_NAME))
        for key, text in (("name", p.name), ("short_name", p.short_name)):
            vietnamese = (text.get("vi") if text else None) or ""
            if vietnamese.lower().startswith("thủ tục "):
                yield p.origin.finding("W002", key, name=quote(vietnamese))
            if len(vietnamese) > 8 and vietnamese.isupper():
                yield p.origin.finding("W003", key, name=quote(vietnamese))
    for source in catalogue.sources:
        for text in texts_in(source, default):
            if text.is_words:
                continue
            for lang, words in text.by_lang.items():
                if isinstance(words, str) and _SPACES.search(words):
                    yield source.finding("W004", text.place(lang, source.data), value=quote(words))
                if isinstance(words, str) and _UNFILLED.search(words):
                    yield source.finding("W005", text.place(lang, source.data), value=quote(words))
