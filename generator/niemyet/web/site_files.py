"""Every file of a site but the pages of procedures: lists, office pages, hand-written pages,
data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import jinja2

from niemyet.model.catalogue import Catalogue
from niemyet.view.artifact import Artifact, Page, PrintedPage
from niemyet.view.procedure_view import address
from niemyet.view.words import Words
from niemyet.web import data_files, index_pages, office_pages, offline, print_room
from niemyet.web.colours import STYLES, custom_properties
from niemyet.web.hand_written import Prose, prose_pages
from niemyet.web.html import environment
from niemyet.web.listing import Listing
from niemyet.web.renderer import Renderer
from niemyet.web.shell import Frames, Stamp

Listings = Mapping[str, Mapping[str, Listing]]
"""By language and by code: the public procedures that are complete in the language."""


def every_index_page(
    catalogue: Catalogue, prose: Iterable[Prose], listings: Listings, printed: print_room.Prints
) -> Iterator[Page]:
    """Every page that is no procedure, in every language, without frames."""
    written = list(prose)
    for lang in catalogue.languages:
        renderer = Renderer.of(catalogue, lang)
        yield from index_pages.pages(renderer, listings[lang])
        yield from office_pages.pages(renderer)
        yield print_room.room(renderer, printed)
        yield renderer.named_page("keep")
        yield from prose_pages(renderer.words, renderer.env, written)


def artifacts_of(
    catalogue: Catalogue,
    frames: Frames,
    stamp: Stamp,
    listings: Listings,
    printed: print_room.Prints,
    leading: Iterable[PrintedPage],
) -> Iterator[Artifact]:
    """Every file of the site but the pages of procedures, the printed addresses and what the search
    reads.

    `listings` has the procedures of each language by code; `leading` are the pages that sheets lead
    to.
    """
    pages = []
    envs = {lang: environment(Words(catalogue, lang)) for lang in catalogue.languages}
    for page in every_index_page(catalogue, frames.prose, listings, printed):
        offered = print_room.block(envs[page.lang], printed.of(page.path, page.lang), is_wide=True)
        yield stamp.page(replace(page, body=page.body + offered) if offered else page)
        if page.is_indexed:
            pages.append(
                data_files.Address(
                    page.path,
                    page.lang,
                    page.langs,
                    page.modified.isoformat() if page.modified else "",
                )
            )
    yield from _gone_pages(catalogue, stamp, envs[catalogue.settings.default_language])
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        yield stamp.not_found(words)
        yield from data_files.artifacts(
            catalogue, words, [page for page in leading if page.lang == lang]
        )
        pages += [
            data_files.Address(address(card), lang, card.languages, card.verified_on)
            for card in catalogue.public_summaries
            if lang in card.languages
        ]
    yield from data_files.shared_artifacts(catalogue, pages)
    yield offline.manifest(catalogue)
    for path, content in frames.assets.items():
        head = custom_properties().encode() if path == STYLES else b""
        yield Artifact(path=path, content=head + content)


def _gone_pages(catalogue: Catalogue, stamp: Stamp, env: jinja2.Environment) -> Iterator[Artifact]:
    """A printed address never dies: what is no longer in force says so, where it was and where
    sheets lead to."""
    taken = {
        code for card in catalogue.public_summaries for code in (card.code, *card.previous_codes)
    }
    slugs = {card.slug for card in catalogue.public_summaries}
    words = Words(catalogue, catalogue.settings.default_language)
    for card in catalogue.summaries.values():
        if not card.is_gone:
            continue
        title = words.ui("gone_title", code=card.code)
        lead = words.ui("gone_lead", name=card.title)
        places = [f"{folder}/{card.code}/" for folder in ("q", "Q") if card.code not in taken]
        if card.slug not in slugs:
            places.append(address(card))
        for path in places:
            body = env.get_template("gone.html").render(title=title, lead=lead)
            page = Page(
                path=path,
                lang=words.lang,
                title=title,
                description=lead,
                body=body,
                langs=(words.lang,),
                is_indexed=False,
            )
            yield stamp.page(page)
