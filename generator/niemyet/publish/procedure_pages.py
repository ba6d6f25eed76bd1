"""The pages of procedures, file by file: read, checked, rendered; framed and written at the end.

A page is framed only when all files are read, since it names related procedures, which may stand in
any of them. Until then it waits on the disk; what lists and search need of it is its listing.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Diagnostic, Position
from niemyet.model.summary import Summary
from niemyet.publish.project import Base, CheckedFile, check_file, has_errors
from niemyet.publish.site_writer import write
from niemyet.values.digest import digest
from niemyet.view.artifact import Artifact, Page
from niemyet.view.procedure_view import ProcedureView
from niemyet.view.words import Words
from niemyet.web.html import environment
from niemyet.web.listing import Listing, listing_of
from niemyet.web.mkdocs import template_faults
from niemyet.web.procedure_page import RELATED, page_of
from niemyet.web.shell import Pictures, Stamp


class Outcome(NamedTuple):
    """What is kept of a file of a procedure: what was found, its summary (None where it cannot be
    used), and its line in the lists of each language."""

    path: str
    digest: str
    findings: tuple[Diagnostic, ...]
    summary: Summary | None
    names: tuple[str, ...] | None
    listings: Mapping[str, Listing]

    def to_plain(self) -> tuple[Any, ...]:
        """The same in tuples, texts and numbers, to be kept from one build to the next."""
        found = [
            (f.code, f.position.path, f.position.line, f.position.column, dict(f.values), f.width)
            for f in self.findings
        ]
        summary = tuple(self.summary) if self.summary else None
        listings = {lang: tuple(listing) for lang, listing in self.listings.items()}
        return self.path, self.digest, found, summary, self.names, listings

    @staticmethod
    def from_plain(plain: tuple[Any, ...]) -> Outcome:
        path, digest_, found, summary, names, listings = plain
        return Outcome(
            path=path,
            digest=digest_,
            findings=tuple(
                Diagnostic(code=code, position=Position(*at), values=values, width=width)
                for code, *at, values, width in found
            ),
            summary=Summary._make(summary) if summary else None,
            names=names,
            listings={lang: Listing._make(values) for lang, values in listings.items()},
        )


class PageOrder(NamedTuple):
    """A page to write: in which file it waits (empty: nowhere), the file it is made from, its
    language, its address in the site, the key of all that it is made from, and the HTML of its
    related procedures and printed sheets."""

    waits_in: str
    path: str
    lang: str
    target: str
    key: str
    related: str


class PageBatch(NamedTuple):
    """Pages to write into a folder, in the given frames."""

    folder: Path
    shells: Mapping[str, str]
    pictures: Pictures
    orders: tuple[PageOrder, ...]


class WrittenFile(NamedTuple):
    """A file that was written: its path in the site, the key of what it was made from, the digest
    and the size of its content."""

    path: str
    key: str
    digest: str
    size: int


class ProcedurePages:
    """Makes and writes the pages of the procedures of a project; pages wait in the folder
    `waiting`. `is_checked_only`: no page is made."""

    def __init__(self, base: Base, waiting: Path, *, is_checked_only: bool) -> None:
        self.base = base
        self.waiting = waiting
        self.is_checked_only = is_checked_only
        catalogue = base.catalogue
        self.words = {lang: Words(catalogue, lang) for lang in catalogue.languages}
        self._stamp: tuple[tuple[Mapping[str, str], Pictures], Stamp] | None = None
        self._envs: dict[str, jinja2.Environment] = {}

    @template_faults()
    def check_and_render(self, paths: list[str]) -> list[Outcome]:
        """Treats some files; the pages of all of them wait in one file, named after the first."""
        outcomes = []
        pages: dict[tuple[str, str], Page] = {}
        for path in paths:
            file = check_file(self.base, path)
            listings = {} if self.is_checked_only else self._render(file, pages)
            outcomes.append(Outcome(*file[:3], file.summary, file.names, listings))
        self._waiting_file(paths[0]).write_bytes(pickle.dumps(pages))
        return outcomes

    @template_faults()
    def write_pages(self, batch: PageBatch) -> list[WrittenFile]:
        """Writes pages. Those that do not wait, since their file had not changed, are made anew.

        Raises: OSError.
        """
        stamp = self._stamp_of(batch.shells, batch.pictures)
        pages: dict[tuple[str, str], Page] = {}
        written = []
        for order in batch.orders:
            if (order.path, order.lang) not in pages:
                pages = self._pages_for(order)
            page = pages[order.path, order.lang]
            whole = replace(page, body=page.body.replace(RELATED, order.related))
            content = stamp.page(whole).content
            write(batch.folder, Artifact(path=order.target, content=content))
            written.append(WrittenFile(order.target, order.key, digest(content), len(content)))
        return written

    def write_files(self, batch: tuple[Path, list[tuple[str, bytes]]]) -> list[WrittenFile]:
        """Writes finished files into a folder. Raises: OSError."""
        folder, files = batch
        written = []
        for path, content in files:
            write(folder, Artifact(path=path, content=content))
            key = digest(content)
            written.append(WrittenFile(path, key, key, len(content)))
        return written

    def _render(self, file: CheckedFile, pages: dict[tuple[str, str], Page]) -> dict[str, Listing]:
        procedure, summary = file.procedure, file.summary
        listings: dict[str, Listing] = {}
        if procedure and summary and summary.is_public and not has_errors(file.findings):
            for lang in summary.languages:
                env = self.env(lang)
                view = ProcedureView(self.base.catalogue, self.words[lang], procedure)
                listings[lang] = listing_of(env, view, summary)
                pages[file.path, lang] = page_of(env, view, summary.languages)
        return listings

    def env(self, lang: str) -> jinja2.Environment:
        if lang not in self._envs:
            self._envs[lang] = environment(self.words[lang])
        return self._envs[lang]

    def _pages_for(self, order: PageOrder) -> dict[tuple[str, str], Page]:
        pages: dict[tuple[str, str], Page] = {}
        if order.waits_in:
            pages = pickle.loads(self._waiting_file(order.waits_in).read_bytes())
        else:
            self._render(check_file(self.base, order.path), pages)
        if (order.path, order.lang) not in pages:
            raise NiemyetError("file_changed", path=order.path)
        return pages

    def _stamp_of(self, shells: Mapping[str, str], pictures: Pictures) -> Stamp:
        if self._stamp is None or self._stamp[0] != (shells, pictures):
            self._stamp = (shells, pictures), Stamp(self.base.catalogue, shells, pictures)
        return self._stamp[1]

    def _waiting_file(self, first: str) -> Path:
        return self.waiting / digest(first.encode())
