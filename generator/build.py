"""Gather, check, build: the whole job in the order it happens."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Severity, count
from generator.gather import Gathered, gather
from generator.site import build_with_mkdocs
from generator.writer import replace_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did. `is_built` is False when errors stood in the way and the previous site was left alone."""

    gathered: Gathered
    is_built: bool
    seconds: dict[str, float]


def build(
    root: Path,
    out: Path,
    today: dt.date,
    on: dt.date | None = None,
    say: Callable[[str], None] = lambda line: None,
    *,
    csp: bool = True,
) -> Built:
    """Builds the site of the project at `root` into `out`; `say` gets a line of progress per stage.

    Without `csp` the pages carry no security policy, as a preview that injects its own reload script needs.

    Raises: writer.NotOurs when `out` holds something else, OSError when the disk refuses, MkDocsException for the theme.
    """
    seconds: dict[str, float] = {}
    started = time.perf_counter()
    say("Đọc và kiểm tra dữ liệu …")
    gathered = gather(root, today, on)
    seconds["check"] = time.perf_counter() - started
    if count(gathered.findings)[Severity.ERROR]:
        return Built(gathered=gathered, is_built=False, seconds=seconds)
    catalogue = gathered.catalogue
    say(f"Dựng trang cho {len(catalogue.public_procedures)} thủ tục, {len(catalogue.languages)} ngôn ngữ …")
    started = time.perf_counter()
    replace_site(out, lambda folder: build_with_mkdocs(root / "mkdocs.yml", folder, catalogue, root / ".cache", csp=csp))
    seconds["site"] = time.perf_counter() - started
    return Built(gathered=gathered, is_built=True, seconds=seconds)
