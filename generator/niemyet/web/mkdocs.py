"""The one place that knows MkDocs: hand-written pages become HTML, and one frame a language is
made.

MkDocs is loaded only where frames are made anew; a rebuild that has them needs none of it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Any

from niemyet.findings.errors import NiemyetError
from niemyet.model.catalogue import Catalogue
from niemyet.source.overrides import TEMPLATES
from niemyet.web.shell import Frames

PLUGIN = "niemyet"
SHELL = "_shell"
"""The folder of the shells among MkDocs' pages."""
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class BadTheme(NiemyetError):
    """MkDocs refuses its settings, or a template cannot be used."""


def make_frames(
    config_file: Path, catalogue: Catalogue, folder: Path, *, csp: bool = True
) -> Frames:
    """One MkDocs run, into an empty folder that nobody needs afterwards.

    Raises: BadTheme, OSError.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        config = load_config(str(config_file), site_dir=str(folder))
        plugin: Any = config.plugins.get(PLUGIN)
        if plugin is None:
            raise BadTheme("plugin_missing")
        plugin.use(catalogue, csp=csp)
        build(config)
        made: Frames = plugin.frames(folder)
    except MkDocsException as error:
        raise BadTheme("bad_theme", reason=str(error)) from error
    return made


@contextmanager
def template_faults() -> Iterator[None]:
    """What is wrong in a template of the project is told with its place. Raises: BadTheme."""
    try:
        yield
    except Exception as error:
        at = [f for f in extract_tb(error.__traceback__) if f.filename.endswith(".html")]
        if not at or Path(at[-1].filename).is_relative_to(TEMPLATES):
            raise
        place = f"{at[-1].filename}:{at[-1].lineno}"
        raise BadTheme("bad_template", place=place, reason=str(error)) from error


def assets_in(out: Path) -> dict[str, bytes]:
    """The files of the theme by path, as MkDocs has left them in a folder."""
    found = sorted(
        file
        for file in out.rglob("*")
        if file.is_file() and not file.name.startswith("sitemap.xml")
    )
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in found}


def serve(
    site: Path,
    mount_path: str,
    rebuild: Callable[[], None],
    watched: Iterable[Path],
    host: str,
    port: int,
) -> None:
    """Serves a folder and reloads the browser after each `rebuild`, until interrupted.

    Raises: OSError when the port is taken.
    """
    from mkdocs.livereload import LiveReloadServer

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    server: Any = LiveReloadServer(
        builder=rebuild, host=host, port=port, root=str(site), mount_path=mount_path
    )
    not_found = site / "404.html"
    server.error_handler = lambda code: (
        not_found.read_bytes() if code == 404 and not_found.is_file() else None
    )
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()
    except KeyboardInterrupt:
        server.shutdown()
