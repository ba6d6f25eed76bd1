"""Codes, file names and addresses: how a procedure is known.

What it checks: codes are in their present form (R004); the folder is the sector (R005); every
procedure can be found by a citizen (R006); languages are those of the settings (R007); file names
make good addresses (R008) and no two procedures share one (R009).
Why it matters to citizens: the file name becomes the address on the page and on printed sheets, and
it must last.
Wrong: `procedures/ho-tich/Khai sinh.yml`.
Right: `procedures/ho-tich/dang-ky-khai-sinh.yml`.
Source: the national database knows a procedure by its code, such as 1.001193; older codes carried a
    suffix.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from niemyet.checks.texts import texts_in
from niemyet.checks.values import IN_USE
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Card, Catalogue
from niemyet.source.loader import Source
from niemyet.values.vietnamese import quote, slug

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings R004 to R009."""
    yield from _unreachable(catalogue)
    yield from _same_address(catalogue)


def check_procedure(
    catalogue: Catalogue, procedure: Procedure, today: dt.date
) -> Iterator[Diagnostic]:
    """Findings R004 and R005 of one procedure."""
    yield from _code_and_folder(procedure)


def check_source(catalogue: Catalogue, source: Source) -> Iterator[Diagnostic]:
    """Findings R007 and R008 of one file."""
    yield from _file_name(source)
    yield from _languages(catalogue, source)


def _code_and_folder(p: Procedure) -> Iterator[Diagnostic]:
    if p.written_code != p.code:
        yield p.origin.finding("R004", "code", written=quote(p.written_code), procedure=p.code)
    folder = p.origin.path.split("/")[1]
    if folder != p.sector:
        yield p.origin.finding("R005", "sector", sector=quote(p.sector), folder=quote(folder))


def _unreachable(catalogue: Catalogue) -> Iterator[Diagnostic]:
    if not catalogue.unsure.is_whole("vocabulary", "settings"):
        return
    reached = set(catalogue.settings.most_used)
    for event in catalogue.life_events.values():
        reached.update(part.code for part in event.procedures)
    for card in catalogue.cards.values():
        if card.status in IN_USE and card.code not in reached and not card.has_aliases:
            p = catalogue.procedure(card)
            yield p.origin.finding("R006", "name", key=True, name=quote(p.title, 70))


def _same_address(catalogue: Catalogue) -> Iterator[Diagnostic]:
    first: dict[str, Card] = {}
    for card in catalogue.cards.values():
        other = first.setdefault(card.slug, card)
        if other is not card:
            yield catalogue.procedure(card).origin.finding(
                "R009", slug=quote(card.slug), first=other.path
            )


def _file_name(source: Source) -> Iterator[Diagnostic]:
    if not source.path.startswith("site_config/") and not _SLUG.fullmatch(source.stem):
        yield source.finding(
            "R008",
            name=quote(source.path.rsplit("/", 1)[-1]),
            wanted=f"{slug(source.stem) or 'ten-tep'}.yml",
        )


def _languages(catalogue: Catalogue, source: Source) -> Iterator[Diagnostic]:
    """Once per file and language, at the first text in it; a file of interface strings is one
    language."""
    if not catalogue.unsure.is_whole("settings"):
        return
    known = set(catalogue.languages)
    listed = ", ".join(catalogue.languages)
    if source.kind == "strings" and source.stem not in known:
        yield source.finding("R007", lang=source.stem, languages=listed)
    seen: set[str] = set()
    for text in texts_in(source, catalogue.settings.default_language):
        for lang in text.by_lang:
            if lang not in known and lang not in seen:
                seen.add(lang)
                yield source.finding(
                    "R007", (*text.at, lang), key=True, lang=lang, languages=listed
                )
