"""A preview that rebuilds and reloads the browser on any change of data, pages, templates, styles
or scripts.

MkDocs' live-reload server does the watching. Where the data have errors the terminal says so and
the last good site stays: a rebuild that finds errors ends quietly instead of leaving the browser
waiting.
"""

from __future__ import annotations

import datetime as dt
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from niemyet.findings.errors import NiemyetError
from niemyet.publish.build import Built, build
from niemyet.source.overrides import TEMPLATES, THEME
from niemyet.web import mkdocs

WATCHED = ("procedures", "content", "site_config", "mkdocs.yml")


def serve(
    root: Path,
    today: Callable[[], dt.date],
    show: Callable[[Built], None],
    refuse: Callable[[NiemyetError | OSError], object],
    host: str,
    port: int,
) -> None:
    """Builds, serves on `host:port` and rebuilds until interrupted or asked to end; `show` prints
    the findings of each build.

    A rebuild that meets a bad theme or a disk that refuses is told to `refuse`, and the last site
    stays.

    Raises: OSError when the port is taken, NiemyetError where the first build meets one.
    """
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # who asks it to end leaves no site behind either
    folder = Path(tempfile.mkdtemp(prefix="niemyet-"))
    site = folder / "site"
    mount: list[str] = []

    def rebuild() -> None:
        built = build(root, site, today(), csp=False)
        show(built)
        mount[:] = [urlsplit(built.catalogue.settings.site_url).path or "/"]

    def rebuild_if_possible() -> None:
        try:
            rebuild()
        except (NiemyetError, OSError) as error:
            refuse(error)

    try:
        rebuild()
        watched = [*(root / name for name in WATCHED), THEME, TEMPLATES]
        mkdocs.serve(site, mount[0], rebuild_if_possible, watched, host, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
