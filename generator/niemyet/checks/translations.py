"""Texts and interface strings in the languages of the site: T001 to T005.

A page exists in a language only when every text on it does (decision 0012).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from niemyet.checks.context import Context
from niemyet.checks.texts import Written
from niemyet.checks.values import Words, both
from niemyet.findings.finding import Diagnostic, Position
from niemyet.model.catalogue import Catalogue
from niemyet.source import ui_strings
from niemyet.source.loader import Source
from niemyet.values.vietnamese import closest, quote

FRAME_KINDS = ("office", "vocabulary", "settings")
"""What these files say is on every page."""

STRINGS_FOLDER = "site_config/i18n"
MOST_NAMED = 5


def check_across(context: Context) -> Iterator[Diagnostic]:
    if context.catalogue.unresolved.is_whole("settings"):
        yield from _strings(context.catalogue)


def check_file(context: Context, source: Source, texts: Sequence[Written]) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    if catalogue.unresolved.is_whole("settings"):
        code = source.data["code"][:8] if source.kind == "procedure" else ""
        most_used = code if code in catalogue.settings.most_used else ""
        yield from _texts(catalogue, source, texts, most_used)


def _texts(
    catalogue: Catalogue, source: Source, texts: Sequence[Written], code: str
) -> Iterator[Diagnostic]:
    # A page needs the other names of its procedure too; elsewhere words for searching may differ by
    # language.
    texts = [t for t in texts if not t.is_words or source.kind == "procedure"]
    for language in catalogue.settings.languages[1:]:
        missing = [t for t in texts if language.id not in t.by_lang]
        if not missing:
            continue
        counts = {"missing": str(len(missing)), "total": str(len(texts))}
        values: Words = {"lang": language.id, **counts}
        place = missing[0].place(catalogue.settings.default_language, source.data)
        if source.kind in FRAME_KINDS:
            yield source.finding("T004", place, **values)
        elif code:
            yield source.finding("T002", place, procedure=code, **values)
        elif len(missing) < len(texts):
            yield source.finding("T001", place, **values)


def _strings(catalogue: Catalogue) -> Iterator[Diagnostic]:
    files = {source.stem: source for source in catalogue.sources if source.kind == "strings"}
    for lang in catalogue.languages:
        source = files.get(lang)
        if catalogue.unresolved.is_whole("strings"):
            yield from _missing_strings(lang, catalogue.strings.get(lang, {}), source)
        if source is not None:
            yield from _file_of_strings(lang, source)


def _missing_strings(
    lang: str, held: Mapping[str, str], source: Source | None
) -> Iterator[Diagnostic]:
    missing = [key for key in ui_strings.placeholders_by_string() if key not in held]
    if missing and source is None:
        vi = "Chưa có tệp chữ giao diện cho ngôn ngữ này"
        en = "There is no file of interface strings for this language"
        at = Position(f"{STRINGS_FOLDER}/{lang}.yml")
        values = {"lang": lang, **both("problem", vi, en)}
        yield Diagnostic(code="T003", position=at, values=values)
    elif missing and source is not None:
        some = ", ".join(missing[:MOST_NAMED]) + (", …" if len(missing) > MOST_NAMED else "")
        vi = f"Thiếu {len(missing)} chữ của giao diện: {some}"
        en = f"Texts of the frame missing ({len(missing)}): {some}"
        yield source.finding("T003", lang=lang, **both("problem", vi, en))


def _file_of_strings(lang: str, source: Source) -> Iterator[Diagnostic]:
    known = ui_strings.placeholders_by_string()
    for key, text in source.data.items():
        if key not in known:
            near = closest(key, known)
            vi = f"Chương trình không có chữ “{quote(key)}”"
            en = f"The program has no text “{quote(key)}”"
            if near:
                vi, en = f"{vi}, gần nhất là “{near[0]}”", f"{en}; did you mean “{near[0]}”"
            yield source.finding("T003", (key,), key=True, lang=lang, **both("problem", vi, en))
            continue
        strange = ui_strings.unknown_placeholders(text, known[key])
        if strange:
            names = ", ".join(sorted(known[key]))
            words = both("known", names or "không có", names or "none")
            yield source.finding("T005", (key,), blank=quote(strange[0]), **words)
