"""Read, check, make, put in place: a build from its beginning to its end."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Diagnostic
from niemyet.model.catalogue import Catalogue
from niemyet.model.procedure import Procedure
from niemyet.publish.build_cache import BuildCache, program
from niemyet.publish.procedure_pages import Outcome, ProcedurePages
from niemyet.publish.project import (
    Base,
    Project,
    check_file,
    complete,
    has_errors,
    load_base,
    load_project,
)
from niemyet.publish.site import Site
from niemyet.publish.site_writer import SiteWriter
from niemyet.publish.workers import Workers, in_batches
from niemyet.source.loader import digest_of, digest_of_folder
from niemyet.source.overrides import OWN_THEME, THEME
from niemyet.values.digest import digest, digest_of_parts
from niemyet.web.hand_written import Prose
from niemyet.web.mkdocs import make_frames, template_faults
from niemyet.web.shell import Frames

PRINT = "print"
"""Where a print run leaves its sheets, below the project."""
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
    def project(self) -> Project:
        """Everything at once, procedures included; read when somebody asks."""
        return load_project(self.root, self.today, self.on)


@template_faults()
def build(
    root: Path,
    out: Path,
    today: dt.date,
    on: dt.date | None = None,
    progress: Callable[..., None] = lambda stage, **numbers: None,
    *,
    csp: bool = True,
    print_folder: Path | None = None,
    frames: Frames | None = None,
) -> Built:
    """Builds the site of the project at `root` into `out`; `progress` gets the name and the
    numbers of each stage as it begins.

    The sheets in `print_folder` (by default `print/` of the project) that are current are shown.
    Without `csp` the pages carry no security policy, as a preview that injects its own reload
    script needs. `frames` are made unless they are given.

    Raises: site_writer.NotOurs when `out` holds something else, OSError when the disk refuses,
    mkdocs.BadTheme.
    """
    started = time.perf_counter()
    progress("reading")
    base = load_base(root, today, on)
    cache = BuildCache(root / ".cache")
    outcomes = _unchanged_outcomes(base, cache)
    fresh = list(in_batches([path for path in base.procedure_paths if path not in outcomes]))
    is_broken = has_errors(base.findings)
    with TemporaryDirectory(prefix="niemyet-") as waiting:
        pages = ProcedurePages(base, Path(waiting), is_checked_only=is_broken)
        with Workers(pages, sum(map(len, fresh))) as workers:
            treated = workers.map("check_and_render", fresh)
            if not is_broken:  # made while others treat files
                frames = frames or _frames(base, cache, csp=csp)
            outcomes |= {outcome.path: outcome for batch in treated for outcome in batch}
            in_order = [outcomes[path] for path in base.procedure_paths]
            catalogue, findings = complete(base, in_order, lambda path: _procedure(base, path))
            is_built = frames is not None and not has_errors(findings)
            checked = time.perf_counter()
            if is_built and frames is not None:
                numbers = {"procedures": len(catalogue.public_summaries)}
                progress("rendering", **numbers, languages=len(catalogue.languages))
                _keep_outcomes(base, cache, outcomes, fresh)
                site = Site(pages, catalogue, outcomes, frames, print_folder or root / PRINT)
                _publish(site, out, cache, workers, {p: b[0] for b in fresh for p in b})
    return Built(
        root=root,
        today=today,
        on=on,
        findings=findings,
        catalogue=catalogue,
        is_built=is_built,
        seconds={"check": checked - started, "site": time.perf_counter() - checked},
    )


def _publish(
    site: Site, out: Path, cache: BuildCache, workers: Workers, waiting: Mapping[str, str]
) -> None:
    """Writes the site beside `out` and puts it in place; what is there already is kept."""
    part = digest(str(out.resolve()).encode())
    writer = SiteWriter(out, cache.get("site", program(), part))
    try:
        site.write(writer, workers, waiting)
        cache.forget("site", part)
        cache.put("site", program(), writer.finish(), part)
        cache.prune("site", MOST_SITES)
    finally:
        writer.drop()


def _unchanged_outcomes(base: Base, cache: BuildCache) -> dict[str, Outcome]:
    """What is kept of the files of procedures that are as they were."""
    kept = cache.parts("outcomes", _key(base))
    return {
        path: Outcome.from_plain(kept[path])
        for path in base.procedure_paths
        if path in kept and kept[path][1] == digest_of(base.root, path)
    }


def _keep_outcomes(
    base: Base,
    cache: BuildCache,
    outcomes: Mapping[str, Outcome],
    fresh: Sequence[Sequence[str]],
) -> None:
    made = {path: outcomes[path].to_plain() for batch in fresh for path in batch}
    if made:
        cache.put_parts("outcomes", _key(base), made)


def _key(base: Base) -> str:
    return digest_of_parts(program(), base.digest)


def _frames(base: Base, cache: BuildCache, *, csp: bool) -> Frames:
    """The frames as they were made before from exactly the same, or made anew."""
    root = base.root
    key = digest_of_parts(
        _key(base),
        (root / "mkdocs.yml").read_bytes(),
        digest_of_folder(THEME),
        digest_of_folder(root / OWN_THEME),
        digest_of_folder(root / "content" / "pages"),
        str(csp),
    )
    kept = cache.get("frames", key)
    if kept is not None:
        shells, prose, assets = kept
        return Frames(shells=shells, prose=tuple(map(Prose._make, prose)), assets=assets)
    with TemporaryDirectory(prefix="niemyet-") as folder:
        frames = make_frames(root / "mkdocs.yml", base.catalogue, Path(folder), csp=csp)
    plain = dict(frames.shells), [tuple(page) for page in frames.prose], dict(frames.assets)
    cache.put("frames", key, plain)
    return frames


def _procedure(base: Base, path: str) -> Procedure:
    procedure = check_file(base, path).procedure
    if procedure is None:
        raise NiemyetError("file_changed", path=path)
    return procedure
