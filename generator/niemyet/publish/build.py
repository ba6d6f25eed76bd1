"""Read, check, make, put in place: the whole job in the order it happens.

Files of procedures go through `assembly` one by one; the rest, a few dozen files, is held in
memory. Whatever was made before from exactly the same is not made again.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from niemyet.checks import Context, check_across
from niemyet.findings.finding import Diagnostic, Position, Severity, count, in_order
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Card, Catalogue, build_catalogue
from niemyet.publish import build_cache
from niemyet.publish.background import Beside
from niemyet.publish.pipeline import (
    Line,
    Maker,
    Outcome,
    ReadFile,
    note_page,
    picture_files,
    print_files,
    read_procedure,
    shown_pictures,
    shown_prints,
)
from niemyet.publish.project import Gathered, gather
from niemyet.publish.sheet_versions import printed_pages
from niemyet.publish.site_writer import Seen, SiteWriter, Written, look
from niemyet.publish.workers import Crew, Order, SmallFile, is_large
from niemyet.source.loader import digest_of, digest_of_folder, find_files, load_files
from niemyet.values.digest import digest, digest_of_parts
from niemyet.view.artifact import PrintedPage
from niemyet.web.data_files import redirects, search_indexes
from niemyet.web.hand_written import Prose
from niemyet.web.listing import Listing
from niemyet.web.mkdocs import make_frames
from niemyet.web.offline import Contents
from niemyet.web.offline import artifacts as offline_artifacts
from niemyet.web.shell import Frames, Pictures, Stamp
from niemyet.web.site_files import Listings, artifacts_of

PRINT = "print"
"""Where a print run leaves its sheets, below the project."""

SideFile = tuple[str, str, int, bytes]
"""A file that is made beside the pages: its path, key and size, and its content where the site
lacks it."""

PlainFrames = tuple[dict[str, str], list[tuple[str, ...]], dict[str, bytes]]
"""Frames as plain data."""

MOST_READ = 200
"""How many files are read, and held, while the frames are made; never more than half of them."""

FEW = 0.02
"""A share of the files of a project that is written at little cost."""

MOST_SITES = 8
"""How many output folders of one project are remembered."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build did. `is_built` is False when errors stood in the way and the previous site was
    left alone."""

    root: Path
    today: dt.date
    on: dt.date | None
    findings: Sequence[Diagnostic]
    catalogue: Catalogue
    is_built: bool
    seconds: Mapping[str, float]

    @cached_property
    def gathered(self) -> Gathered:
        """Everything at once, with the texts of all files; read when somebody asks."""
        return gather(self.root, self.today, self.on)


def build(
    root: Path,
    out: Path,
    today: dt.date,
    on: dt.date | None = None,
    say: Callable[[str], None] = lambda line: None,
    *,
    csp: bool = True,
    printed: Path | None = None,
) -> Built:
    """Builds the site of the project at `root` into `out`; `say` gets a line of progress per stage.

    The sheets in `printed` (by default `print/` of the project) that are current are shown. Without
    `csp` the pages carry no security policy, as a preview that injects its own reload script needs.

    Raises: writer.NotOurs when `out` holds something else, OSError when the disk refuses,
        site.BadTheme.
    """
    started = time.perf_counter()
    say("Đọc và kiểm tra dữ liệu …")
    with closing(_Job(root, out, today, on, csp, printed or root / PRINT)) as job:
        if not job.has_errors(job.base_findings):
            with job.crew() as crew:
                findings = job.findings(crew.outcomes)
                if not job.has_errors(findings):
                    checked = time.perf_counter()
                    catalogue = job.catalogue
                    say(
                        f"Dựng trang cho {len(catalogue.public_cards)} thủ tục,"
                        f" {len(catalogue.languages)} ngôn ngữ …"
                    )
                    job.publish(crew)
                    seconds = {"check": checked - started, "site": time.perf_counter() - checked}
                    return Built(
                        root=root,
                        today=today,
                        on=on,
                        findings=findings,
                        catalogue=catalogue,
                        is_built=True,
                        seconds=seconds,
                    )
    # Where there are errors, everything is looked at together: one fault must not show up as many.
    gathered = gather(root, today, on)
    assert count(gathered.findings)[Severity.ERROR], "the two ways of checking disagree"
    seconds = {"check": time.perf_counter() - started}
    return Built(
        root=root,
        today=today,
        on=on,
        findings=gathered.findings,
        catalogue=gathered.catalogue,
        is_built=False,
        seconds=seconds,
    )


class _Job:
    """One build: what it read and what it knows so far."""

    def __init__(
        self, root: Path, out: Path, today: dt.date, on: dt.date | None, csp: bool, printed: Path
    ) -> None:
        self.root, self.out, self.today, self.csp, self.printed = root, out, today, csp, printed
        self.cache = root / ".cache"
        self.shelf = build_cache.Shelf(self.cache)
        files, problems = find_files(root)
        self.paths = [path for path, kind in files if kind == "procedure"]
        self.seen  # noqa: B018  (begun early, it is ready when it is needed)
        sources, unread = load_files(root, (file for file in files if file[1] != "procedure"))
        self.base, found = build_catalogue(sources, on or today)
        self.base_findings = [*problems, *unread, *found]
        texts = [part for source in sources for part in (source.path, source.text)]
        self.data_key = digest_of_parts(
            build_cache.program(), today.isoformat(), (on or today).isoformat(), *texts
        )
        self.outcomes: dict[str, Outcome] = {}
        self.plain: dict[str, tuple[Any, ...]] = {}
        self.later: dict[str, tuple[Any, ...]] = {}
        self.most = 0
        self.fresh: set[str] = set()

    @staticmethod
    def has_errors(findings: Sequence[Diagnostic]) -> bool:
        return any(finding.severity is Severity.ERROR for finding in findings)

    @cached_property
    def frame_key(self) -> str:
        config = (self.root / "mkdocs.yml").read_bytes()
        theme = digest_of_folder(self.root / "site_config" / "theme")
        pages = digest_of_folder(self.root / "content" / "pages")
        return digest_of_parts(self.data_key, config, theme, pages, str(self.csp))

    @cached_property
    def plain_frames(self) -> Beside[PlainFrames]:
        """The frames as plain data; those of a large site are made beside the reading of files."""
        held: PlainFrames | None = self.shelf.get("frames", self.frame_key)
        return Beside(
            lambda: held or self._make_frames(), worth=held is None and is_large(len(self.fresh))
        )

    def _make_frames(self) -> PlainFrames:
        frames = make_frames(self.root / "mkdocs.yml", self.base, self.cache, csp=self.csp)
        plain = dict(frames.shells), [tuple(prose) for prose in frames.prose], dict(frames.assets)
        self.shelf.put("frames", self.frame_key, plain)
        return plain

    @cached_property
    def frames(self) -> Frames:
        shells, prose, assets = self.plain_frames.value()
        return Frames(shells=shells, prose=tuple(map(Prose._make, prose)), assets=assets)

    @cached_property
    def stamp(self) -> Stamp:
        return Stamp(self.base, self.frames, self.pictures)

    @cached_property
    def pictures(self) -> Pictures:
        return shown_pictures(self.base, self.printed)

    @cached_property
    def maker(self) -> Maker:
        return Maker(self.base, self.stamp)

    @property
    def site_name(self) -> str:
        return f"site-{digest_of_parts(str(self.out.resolve()))}"

    @cached_property
    def before(self) -> Written:
        """What the site holds as it was left by the last build; nothing when that was another
        program."""
        held: Written | None = self.shelf.get(self.site_name, build_cache.program())
        return held if held and self.out.is_dir() else {}

    @cached_property
    def seen(self) -> Beside[Seen]:
        """What is in the site; where it is large, it is looked at beside the reading of files."""
        return Beside(
            lambda: look(self.out, self.before),
            worth=bool(self.before) and is_large(len(self.paths)),
        )

    def looked(self) -> Seen | None:
        """What is in the site; None where nothing is known of it."""
        return self.seen.value() if self.before else None

    def close(self) -> None:
        self.seen.drop()
        if "plain_frames" in self.__dict__:
            self.plain_frames.drop(at_once=False)

    def crew(self) -> Crew:
        """Treats the files that are new or changed, or whose pages are not in the site any more."""
        if self.before:  # else every page is made, and its outcome with it
            self._recall()
        todo = [path for path in self.paths if path not in self.outcomes]
        self.fresh = set(todo)
        line = Line(self.root, self.base, self.today, lambda: self.maker)
        read: list[ReadFile] = []
        if is_large(len(todo)):
            self.looked()  # never more than two processes
            while len(read) < min(len(todo) // 2, MOST_READ) and not self.plain_frames.is_ready():
                read.append(line.read(todo[len(read)]))
            self.frames  # noqa: B018
        return Crew(line, todo[len(read) :], read)

    def _recall(self) -> None:
        held = self.shelf.get("outcomes", self.data_key) or ()
        self.most = len(held)
        self.later = self.shelf.get("outcomes-later", self.data_key) or {}
        present = set(self.paths)
        for plain in chain(held, self.later.values()):
            path, digest = plain[0], plain[1]
            if path in present and digest == digest_of(self.root, path):
                self.outcomes[path] = Outcome.of_plain(plain)
                self.plain[path] = plain

    def findings(self, outcomes: Sequence[Outcome]) -> list[Diagnostic]:
        """All findings in order; makes the catalogue whole."""
        self.outcomes.update((outcome.path, outcome) for outcome in outcomes)
        kept_in_order = [self.outcomes[path] for path in self.paths]
        found = [
            *self.base_findings,
            *(finding for outcome in kept_in_order for finding in outcome.findings),
        ]
        cards: dict[str, Card] = {}
        for outcome in kept_in_order:
            if outcome.card is not None:
                if outcome.card.code in cards:
                    found.append(_twice(outcome.card))
                cards.setdefault(outcome.card.code, outcome.card)
        self.catalogue = replace(self.base, given_cards=MappingProxyType(cards), find=self._find)
        if not self.has_errors(found):
            found += check_across(Context(self.catalogue, self.today))
        return in_order(found)

    def _find(self, path: str) -> Procedure:
        procedure, _, _ = read_procedure(self.root, path, self.base)
        if procedure is None:
            raise OSError(5, "tệp vừa bị đổi trong lúc dựng trang", path)
        return procedure

    def publish(self, crew: Crew) -> None:
        """Makes the site and puts it in place. Raises: OSError, writer.NotOurs."""
        site = SiteWriter(self.out, self.before, self.looked())
        try:
            listings: dict[str, dict[str, Listing]] = {lang: {} for lang in self.base.languages}
            for card in self.catalogue.public_cards:
                for lang, listing in self.outcomes[card.path].listings.items():
                    listings[lang][card.code] = listing
            shown = shown_prints(self.catalogue, listings, self.printed)
            self.maker.prints = shown
            contents = Contents()
            leading = printed_pages(self.catalogue, listings)
            aside = cache(partial(self._aside, site, listings, leading))
            with crew.writing(
                site.folder, self._orders(site, contents), lambda: self._wanted(site, aside())
            ):
                for artifact in artifacts_of(
                    self.catalogue, self.frames, self.stamp, listings, shown, leading
                ):
                    site.put(contents.seen(artifact))
                for artifact in print_files(shown, self.printed):
                    site.put(contents.seen(artifact))
                for path, key, size, _ in aside():
                    contents.add(path, key, size)
                for artifact in offline_artifacts(self.catalogue, contents):
                    site.put(artifact)
                for artifact in picture_files(self.pictures, self.printed):
                    site.put(artifact)
            self.shelf.forget(self.site_name)
            self.shelf.put(self.site_name, build_cache.program(), site.finish())
            self.shelf.prune("site-", MOST_SITES)
        finally:
            site.drop()

    def _aside(
        self, site: SiteWriter, listings: Listings, leading: Sequence[PrintedPage]
    ) -> list[SideFile]:
        """What needs no page: keeps the outcomes, and makes the printed addresses and what the
        search reads."""
        self._remember()
        found = []
        content, key = b"", ""
        for artifact in chain(
            redirects(self.catalogue, leading), search_indexes(self.catalogue, listings)
        ):
            if artifact.content is not content:  # two addresses in a row have the same
                content = artifact.content
                key = digest(content)
            found.append(
                (
                    artifact.path,
                    key,
                    len(content),
                    b"" if site.holds(artifact.path, key) else content,
                )
            )
        return found

    def _remember(self) -> None:
        """Keeps the outcomes; a few that are new are kept by themselves, as writing all takes
        longer than making one."""
        later = self.later | {path: self.outcomes[path].plain() for path in self.fresh}
        if len(later) < self.most * FEW:
            if self.fresh:
                self.shelf.put("outcomes-later", self.data_key, later)
            return
        self.shelf.put(
            "outcomes",
            self.data_key,
            [self.plain.get(path) or self.outcomes[path].plain() for path in self.paths],
        )
        self.shelf.forget("outcomes-later")

    @staticmethod
    def _wanted(site: SiteWriter, files: Sequence[SideFile]) -> list[SmallFile]:
        """Those of the files that the site does not hold already."""
        wanted = []
        for path, key, _, content in files:
            if not site.has(path, key):
                site.was_put(path, key)
                wanted.append((path, content))
        return wanted

    def _orders(self, site: SiteWriter, contents: Contents) -> list[Order]:
        orders = []
        shared = digest_of_parts(self.frame_key, repr(sorted(self.pictures.items())))
        for card in self.catalogue.public_cards:
            outcome = self.outcomes[card.path]
            for lang in outcome.listings:
                target = self.maker.address(card, lang)
                related = self.maker.related(self.catalogue, card, lang)
                note_page(contents, target, outcome.pages[lang], related)
                key = digest(f"{shared} {outcome.digest} {lang}\n".encode() + related)
                if not site.has(target, key):
                    orders.append((card.path, lang, target, related))
                    site.was_put(target, key)
        return orders


def _twice(card: Card) -> Diagnostic:
    return Diagnostic(
        code="R003", position=Position(card.path), values={"procedure": card.code, "first": ""}
    )
