"""A preview that rebuilds and reloads the browser on any change of data, pages, templates, styles
or scripts.

MkDocs' live-reload server does the watching. Where the data have errors the terminal says so and
the last good site stays: a rebuild that finds errors ends quietly instead of leaving the browser
waiting.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from niemyet.publish.build import Built, build
from niemyet.web.shell import BadTheme

WATCHED = ("procedures", "content", "site_config", "mkdocs.yml")


def serve(
    root: Path,
    today: Callable[[], dt.date],
    show: Callable[[Built], None],
    refuse: Callable[[Exception], object],
    host: str,
    port: int,
) -> None:
    """Builds, serves on `host:port` and rebuilds until interrupted or asked to end; `show` prints
    the findings of each build.

    A rebuild that meets a bad theme or a disk that refuses is told to `refuse`, and the last site
    stays.

    Raises: OSError when the port is taken, site.BadTheme where the first build meets one.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.livereload import LiveReloadServer

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
        except (BadTheme, OSError) as error:
            refuse(error)

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        rebuild()
        server: Any = LiveReloadServer(
            builder=rebuild_if_possible, host=host, port=port, root=str(site), mount_path=mount[0]
        )
        server.error_handler = lambda code: (
            (site / "404.html").read_bytes()
            if code == 404 and (site / "404.html").is_file()
            else None
        )
        for name in WATCHED:
            server.watch(str(root / name))
        server.watch(str(Path(__file__).parents[1] / "web" / "templates"))
        try:
            server.serve()
        except KeyboardInterrupt:
            server.shutdown()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
