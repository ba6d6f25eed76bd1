"""Languages that are complete or honestly absent.

What it checks: missing texts per partly translated file (T001), most used procedures that are incomplete in a language
(T002), interface strings (T003), office files that a language of the site cannot do without (T004).
Why it matters to citizens: a page half in another language helps nobody.
Wrong: `name: {vi: Đăng ký khai sinh}` in a file whose other texts have `en`.
Right: `name: {vi: Đăng ký khai sinh, en: Birth registration}`.
Source: the project's own promise never to mix languages on a page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.texts import texts_in
from generator.diagnostics import Diagnostic

OFFICE_KINDS = ("office", "vocabulary", "settings")


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings T001 to T004."""
    if not catalogue.unsure.is_whole("settings"):
        return
    default, *others = catalogue.languages
    most_used = set(catalogue.settings.most_used)
    for source in catalogue.sources:
        texts = list(texts_in(source, default))
        for lang in others:
            missing = [text for text in texts if lang not in text.by_lang]
            if not missing:
                continue
            place = missing[0].at
            if source.kind in OFFICE_KINDS:
                yield source.finding("T004", place, lang=lang, count=str(len(missing)))
            elif source.kind == "procedure" and source.data["code"][:8] in most_used:
                yield source.finding("T002", place, lang=lang, count=str(len(missing)))
            elif len(missing) < len(texts) and source.kind != "legal":
                yield source.finding("T001", place, lang=lang, count=str(len(missing)), all=str(len(texts)))
    yield from _strings(catalogue, default)


def _strings(catalogue: Catalogue, default: str) -> Iterator[Diagnostic]:
    if not catalogue.unsure.is_whole("strings"):
        return
    wanted = catalogue.strings.get(default, {})
    for lang in catalogue.languages:
        if lang not in catalogue.strings:
            yield catalogue.settings.origin.finding("T003", "languages", key=True, lang=lang, key_name="*")
            continue
        source = next(s for s in catalogue.sources if s.kind == "strings" and s.stem == lang)
        for key in sorted(wanted.keys() - catalogue.strings[lang].keys()):
            yield source.finding("T003", lang=lang, key_name=key)
        for key in sorted(catalogue.strings[lang].keys() - wanted.keys()):
            yield source.finding("T003", (key,), key=True, lang=lang, key_name=key)
