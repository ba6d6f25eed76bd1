"""Procedures go through one by one: read, checked, made into pages, forgotten. What the rest needs
stays as plain values.

So memory stays flat, the work can be shared by two processes, and what did not change need not be
done again.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from niemyet.checks import Context, check_file, check_procedure
from niemyet.findings.finding import Diagnostic, Position, Severity
from niemyet.model import reader
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Card, Catalogue, card_of
from niemyet.paper.sharing_pictures import pictures
from niemyet.publish.sheet_versions import printed_pages, versions_of_pages
from niemyet.source.loader import parse_source, read_text
from niemyet.source.print_index import is_there, read_index, read_pictures
from niemyet.source.schema import check_source
from niemyet.values.digest import digest
from niemyet.values.digest import digest as digest_of
from niemyet.view.artifact import FOLDER, Artifact, address_of
from niemyet.view.procedure_view import ProcedureView, address
from niemyet.view.words import ROOT, Words
from niemyet.web import offline, print_room
from niemyet.web.data_files import redirects, search_indexes
from niemyet.web.html import environment
from niemyet.web.listing import Listing, listing_of
from niemyet.web.procedure_page import RELATED, page_of, related_links
from niemyet.web.shell import Frames, Pictures, Stamp
from niemyet.web.site_files import artifacts_of

_RELATED = RELATED.encode()
MOST_IN_MEMORY = 16_000_000
"""Bytes of finished pages above which they wait on the disk."""


class Outcome(NamedTuple):
    """What is kept of one procedure file: its digest, what was found, its card, and its line in the
    lists of each language."""

    path: str
    digest: str
    findings: tuple[Diagnostic, ...]
    card: Card | None
    listings: Mapping[str, Listing]
    pages: Mapping[str, tuple[str, int]]
    """By language, the key and the size of the page without its related procedures."""

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def plain(self) -> tuple[Any, ...]:
        """Tuples, texts and numbers only."""
        found = [
            (f.code, f.position.path, f.position.line, f.position.column, dict(f.values), f.width)
            for f in self.findings
        ]
        card = tuple(self.card) if self.card else None
        listings = {lang: tuple(listing) for lang, listing in self.listings.items()}
        return self.path, self.digest, found, card, listings, dict(self.pages)

    @staticmethod
    def of_plain(plain: tuple[Any, ...]) -> Outcome:
        path, digest, found, card, listings, pages = plain
        return Outcome(
            path=path,
            digest=digest,
            findings=tuple(
                Diagnostic(
                    code=code, position=Position(where, line, column), values=values, width=width
                )
                for code, where, line, column, values, width in found
            ),
            card=Card._make(card) if card else None,
            listings={lang: Listing._make(values) for lang, values in listings.items()},
            pages=pages,
        )


class Maker:
    """Makes pages and listings of procedures for one catalogue, which need hold no procedure."""

    def __init__(self, catalogue: Catalogue, stamp: Stamp) -> None:
        self.catalogue = catalogue
        self.stamp = stamp
        self.words = {lang: Words(catalogue, lang) for lang in catalogue.languages}
        self.envs = {lang: environment(words) for lang, words in self.words.items()}
        self.macros: dict[str, Any] = {
            lang: env.get_template("macros.html").module for lang, env in self.envs.items()
        }
        self.prints = print_room.Prints()

    def make(self, procedure: Procedure, card: Card, lang: str) -> tuple[Listing, bytes]:
        """The listing, and the page in its frame, still without its related procedures."""
        view = ProcedureView(self.catalogue, self.words[lang], procedure)
        env = self.envs[lang]
        return listing_of(env, view, card), self.stamp.page(
            page_of(env, view, card.languages)
        ).content

    def related(self, catalogue: Catalogue, card: Card, lang: str) -> bytes:
        """What belongs in the place of related procedures, and the printed sheets; `catalogue`
        knows all cards."""
        html = (
            related_links(catalogue, self.words[lang], self.macros[lang].related, card)
            if card.related
            else ""
        )
        html += print_room.block(self.envs[lang], self.prints.of(address(card), lang))
        return html.replace(ROOT, self.stamp.root(lang, address(card))).encode()

    def address(self, card: Card, lang: str) -> str:
        """The path of the page from the root of the site."""
        return f"{self.words[lang].home}{address(card)}index.html"


def filled(page: bytes, related: bytes) -> bytes:
    """A page with its related procedures."""
    before, _, after = page.partition(_RELATED)
    return before + related + after


def note_page(contents: offline.Contents, path: str, page: tuple[str, int], related: bytes) -> None:
    """Notes a page among the contents of a site by what it is made of; `page` is its key and size
    without the related ones."""
    key, size = page
    contents.add(path, digest(key.encode() + related), size - len(_RELATED) + len(related))


def read_procedure(
    root: Path, path: str, catalogue: Catalogue
) -> tuple[Procedure | None, list[Diagnostic], str]:
    """One file as a procedure (None where it cannot be used), its findings, and its digest."""
    findings: list[Diagnostic] = []
    text, digest = read_text(root, path, findings)
    if text is None:
        return None, findings, digest
    source, found = parse_source(path, "procedure", text)
    findings += found
    if source is None or (faults := check_source(source)):
        findings += faults if source else ()
        return None, findings, digest
    node = reader.Node(source, (), source.data, catalogue.settings.default_language, findings)
    return reader.procedure(node, catalogue.on), findings, digest


class Spool:
    """Finished pages on their way to the site: in memory while they are few, then in a nameless
    file."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], bytes] = {}
        self._room = MOST_IN_MEMORY
        self._file: IO[bytes] | None = None
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        self._end = 0

    def put(self, path: str, lang: str, page: bytes) -> None:
        """Keeps a page. Raises: OSError."""
        if len(page) <= self._room:
            self._held[path, lang] = page
            self._room -= len(page)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  (lives as long as the spool)
        self._file.seek(self._end)
        rest = memoryview(page)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._places[path, lang] = (self._end, len(page))
        self._end += len(page)

    def close(self) -> None:
        self._held.clear()
        if self._file is not None:
            self._file.close()

    def holds(self, path: str, lang: str) -> bool:
        return (path, lang) in self._held or (path, lang) in self._places

    def get(self, path: str, lang: str) -> bytes:
        """A page that is held. Raises: OSError."""
        if (path, lang) in self._held:
            return self._held[path, lang]
        assert self._file is not None
        start, length = self._places[path, lang]
        self._file.seek(start)
        return self._file.read(length)


class ReadFile(NamedTuple):
    """A file that was read and checked. The procedure and its card are None where it cannot be
    used."""

    path: str
    digest: str
    findings: tuple[Diagnostic, ...]
    procedure: Procedure | None
    card: Card | None


class Line:
    """The way of a file from the disk to what is kept of it. `maker` is asked for when the first
    page is made."""

    def __init__(
        self, root: Path, catalogue: Catalogue, today: dt.date, maker: Callable[[], Maker]
    ) -> None:
        self.root = root
        self.catalogue = catalogue
        self.context = Context(catalogue, today)
        self.spool = Spool()
        self._maker = maker

    def treat(self, path: str) -> Outcome:
        """Reads, checks and renders one file; its pages wait in the spool."""
        return self.finish(self.read(path))

    def read(self, path: str) -> ReadFile:
        """Reads and checks one file."""
        procedure, findings, digest = read_procedure(self.root, path, self.catalogue)
        card = None
        if procedure is not None:
            findings += check_procedure(self.context, procedure)
            findings += check_file(self.context, procedure.origin.source)
            card = card_of(self.catalogue, procedure)
            self.catalogue.completeness.clear()
        return ReadFile(path, digest, tuple(findings), procedure, card)

    def finish(self, file: ReadFile) -> Outcome:
        """Renders a file that was read; its pages wait in the spool."""
        path, digest, findings, procedure, card = file
        listings, pages = {}, {}
        if (
            procedure
            and card
            and card.is_public
            and not any(f.severity is Severity.ERROR for f in findings)
        ):
            maker = self._maker()
            for lang in card.languages:
                listings[lang], page = maker.make(procedure, card, lang)
                self.spool.put(path, lang, page)
                pages[lang] = (digest_of(page), len(page))
        return Outcome(
            path=path, digest=digest, findings=findings, card=card, listings=listings, pages=pages
        )


def shown_prints(
    catalogue: Catalogue, listings: Mapping[str, Mapping[str, Listing]], folder: Path
) -> print_room.Prints:
    """The sheets in a print folder that say what the site says; what is older is not shown until it
    is printed again.

    `listings` are those of each language, by code.
    """
    printed = read_index(folder)
    if not printed:
        return print_room.Prints()
    own = listings[catalogue.settings.default_language]
    current = {address(card): own[card.code].version for card in catalogue.public_cards}
    current.update(versions_of_pages(catalogue, listings))
    found: dict[tuple[str, str], list[print_room.Print]] = {}
    for made in printed.values():
        if (
            not made.is_variant
            and made.version in (current.get(made.page), current.get(made.id))
            and is_there(folder, made)
        ):
            found.setdefault((made.page, made.lang), []).append(print_room.print_of(made))
    return print_room.Prints({key: tuple(of_page) for key, of_page in found.items()})


def shown_pictures(catalogue: Catalogue, folder: Path) -> Pictures:
    """The sharing pictures in a print folder that say what the data say; the catalogue need hold no
    procedure."""
    drawn = read_pictures(folder)
    return {
        (picture.lang, picture.card): picture.id
        for picture in (pictures(catalogue) if drawn else ())
        if drawn.get(picture.id, ("",))[0] == picture.version
    }


def picture_files(shown: Pictures, folder: Path) -> Iterator[Artifact]:
    """The sharing pictures as they stand in the site. Raises: OSError."""
    for id in shown.values():
        yield Artifact(path=address_of(id), content=(folder / f"{id}.png").read_bytes())


def print_files(shown: print_room.Prints, folder: Path) -> Iterator[Artifact]:
    """The files of the sheets as they stand in the site. Raises: OSError."""
    for path in shown.files():
        yield Artifact(path=path, content=(folder / path.removeprefix(f"{FOLDER}/")).read_bytes())


def whole_site(catalogue: Catalogue, frames: Frames, printed: Path) -> Iterator[Artifact]:
    """Every file of the site of a catalogue that holds its procedures; `printed` is the folder of a
    print run."""
    shared = shown_pictures(catalogue, printed)
    stamp = Stamp(catalogue, frames, shared)
    maker = Maker(catalogue, stamp)
    made = []
    listings: dict[str, dict[str, Listing]] = {lang: {} for lang in catalogue.languages}
    for card in catalogue.public_cards:
        procedure = catalogue.procedure(card)
        for lang in card.languages:
            listings[lang][card.code], page = maker.make(procedure, card, lang)
            made.append((card, lang, page))
    maker.prints = shown_prints(catalogue, listings, printed)
    contents = offline.Contents()
    for card, lang, page in made:
        related = maker.related(catalogue, card, lang)
        note_page(contents, maker.address(card, lang), (digest(page), len(page)), related)
        yield Artifact(
            path=maker.address(card, lang), content=filled(page, related), source=card.path
        )
    leading = printed_pages(catalogue, listings)
    yield from map(contents.seen, redirects(catalogue, leading))
    yield from map(contents.seen, search_indexes(catalogue, listings))
    yield from map(
        contents.seen, artifacts_of(catalogue, frames, stamp, listings, maker.prints, leading)
    )
    yield from map(contents.seen, print_files(maker.prints, printed))
    yield from picture_files(shared, printed)
    yield from offline.artifacts(catalogue, contents)
