"""The site of one catalogue: which files it has, what of it must be made, and its writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from niemyet.model.catalogue import Catalogue
from niemyet.publish import printed
from niemyet.publish.procedure_pages import Outcome, PageBatch, PageOrder, ProcedurePages
from niemyet.publish.sheet_versions import printed_pages
from niemyet.publish.site_writer import SiteWriter
from niemyet.publish.workers import BATCH, Workers, in_batches
from niemyet.values.digest import digest_of_parts
from niemyet.view.artifact import Artifact
from niemyet.view.procedure_view import address
from niemyet.web import offline, print_room
from niemyet.web.data_files import redirects, search_indexes
from niemyet.web.listing import Listing
from niemyet.web.procedure_page import related_links
from niemyet.web.shell import Frames, Stamp
from niemyet.web.site_files import artifacts_of

SMALL_FILES = 200
"""Printed addresses that are written at a time."""


class Site:
    """What a site holds. `outcomes` are those of every file of a procedure, by path."""

    def __init__(
        self,
        pages: ProcedurePages,
        catalogue: Catalogue,
        outcomes: Mapping[str, Outcome],
        frames: Frames,
        print_folder: Path,
    ) -> None:
        self.pages = pages
        self.catalogue = catalogue
        self.outcomes = outcomes
        self.frames = frames
        self.print_folder = print_folder
        self.listings = self._listings()
        self.prints = printed.current_sheets(catalogue, self.listings, print_folder)
        self.pictures = printed.current_pictures(catalogue, print_folder)
        self.leading = printed_pages(catalogue, self.listings)

    def _listings(self) -> dict[str, dict[str, Listing]]:
        found: dict[str, dict[str, Listing]] = {lang: {} for lang in self.catalogue.languages}
        for summary in self.catalogue.public_summaries:
            for lang, listing in self.outcomes[summary.path].listings.items():
                found[lang][summary.code] = listing
        return found

    def write(self, writer: SiteWriter, workers: Workers, waiting: Mapping[str, str]) -> None:
        """Gives every file of the site to the writer; pages of procedures, and the many small
        files, are written by the workers. `waiting`: in which file the pages of a procedure wait.

        Raises: OSError.
        """
        orders = [
            order for order in self._orders(waiting) if not writer.has(order.target, order.key)
        ]
        batches = [
            PageBatch(writer.folder, self.frames.shells, self.pictures, tuple(batch))
            for batch in in_batches(orders, BATCH)
        ]
        written = workers.map("write_pages", batches)
        small = [
            (file.path, file.content)
            for file in redirects(self.catalogue, self.leading)
            if not writer.has_content(file)
        ]
        done = workers.map(
            "write_files", [(writer.folder, b) for b in in_batches(small, SMALL_FILES)]
        )
        for artifact in self._shared_files():
            writer.put(artifact)
        for batch in chain(written, done):
            for file in batch:
                writer.was_written(*file)
        for artifact in offline.artifacts(self.catalogue, offline.Contents(writer.contents)):
            writer.put(artifact)
        for artifact in printed.picture_files(self.pictures, self.print_folder):
            writer.put(artifact)

    def _shared_files(self) -> Iterator[Artifact]:
        stamp = Stamp(self.catalogue, self.frames.shells, self.pictures)
        yield from search_indexes(self.catalogue, self.listings)
        yield from artifacts_of(
            self.catalogue, self.frames, stamp, self.listings, self.prints, self.leading
        )
        yield from printed.sheet_files(self.prints, self.print_folder)

    def _orders(self, waiting: Mapping[str, str]) -> list[PageOrder]:
        """Every page of a procedure; those that wait together stand together."""
        made_of = digest_of_parts(
            self.pages.base.digest,
            *(part for item in sorted(self.frames.shells.items()) for part in item),
            repr(sorted(self.pictures.items())),
        )
        orders = []
        for summary in self.catalogue.public_summaries:
            outcome = self.outcomes[summary.path]
            for lang in outcome.listings:
                env = self.pages.env(lang)
                words = self.pages.words[lang]
                related = related_links(self.catalogue, words, env, summary) + print_room.block(
                    env, self.prints.of(address(summary), lang)
                )
                orders.append(
                    PageOrder(
                        waits_in=waiting.get(summary.path, ""),
                        path=summary.path,
                        lang=lang,
                        target=f"{words.home}{address(summary)}index.html",
                        key=digest_of_parts(made_of, outcome.digest, lang, related),
                        related=related,
                    )
                )
        return sorted(orders, key=lambda order: (order.waits_in, order.path, order.lang))
