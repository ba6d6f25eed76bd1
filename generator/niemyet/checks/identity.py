"""How a procedure is known: its code, file name, address and languages: R004 to R009."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from niemyet.checks.context import Context
from niemyet.checks.texts import Written
from niemyet.checks.values import IN_USE
from niemyet.findings.finding import Diagnostic
from niemyet.model.catalogue import Catalogue
from niemyet.model.procedure import Procedure
from niemyet.model.summary import Summary
from niemyet.source.loader import Source
from niemyet.values.vietnamese import quote, slug

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_across(context: Context) -> Iterator[Diagnostic]:
    yield from _unreachable(context.catalogue)
    yield from _same_address(context.catalogue)


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    yield from _code_and_folder(procedure)


def check_file(context: Context, source: Source, texts: Sequence[Written]) -> Iterator[Diagnostic]:
    yield from _file_name(source)
    yield from _languages(context.catalogue, source, texts)


def _code_and_folder(p: Procedure) -> Iterator[Diagnostic]:
    if p.written_code != p.code:
        yield p.origin.finding("R004", "code", written=quote(p.written_code), procedure=p.code)
    folder = p.origin.path.split("/")[1]
    if folder != p.sector:
        yield p.origin.finding("R005", "sector", sector=quote(p.sector), folder=quote(folder))


def _unreachable(catalogue: Catalogue) -> Iterator[Diagnostic]:
    if not catalogue.unresolved.is_whole("vocabulary", "settings"):
        return
    reached = set(catalogue.settings.most_used)
    for event in catalogue.life_events.values():
        reached.update(part.code for part in event.procedures)
    for card in catalogue.summaries.values():
        if card.status in IN_USE and card.code not in reached and not card.has_aliases:
            p = catalogue.procedure(card)
            yield p.origin.finding("R006", "name", key=True, name=quote(p.title, 70))


def _same_address(catalogue: Catalogue) -> Iterator[Diagnostic]:
    first: dict[str, Summary] = {}
    for card in catalogue.summaries.values():
        other = first.setdefault(card.slug, card)
        if other is not card:
            yield catalogue.procedure(card).origin.finding(
                "R009", slug=quote(card.slug), first=other.path
            )


def _file_name(source: Source) -> Iterator[Diagnostic]:
    if not source.path.startswith("site_config/") and not _SLUG.fullmatch(source.stem):
        name, wanted = quote(source.path.rsplit("/", 1)[-1]), slug(source.stem) or "ten-tep"
        yield source.finding("R008", name=name, wanted=f"{wanted}.yml")


def _languages(
    catalogue: Catalogue, source: Source, texts: Sequence[Written]
) -> Iterator[Diagnostic]:
    """Once per file and language, at the first text in it; a file of interface strings is one
    language."""
    if not catalogue.unresolved.is_whole("settings"):
        return
    known = set(catalogue.languages)
    listed = ", ".join(catalogue.languages)
    if source.kind == "strings" and source.stem not in known:
        yield source.finding("R007", lang=source.stem, languages=listed)
    seen: set[str] = set()
    for text in texts:
        for lang in text.by_lang:
            if lang not in known and lang not in seen:
                seen.add(lang)
                yield source.finding(
                    "R007", (*text.at, lang), key=True, lang=lang, languages=listed
                )
