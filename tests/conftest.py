"""What the tests share: the shipped site built once and served once, its sheets, a browser, and
copies of the data to change.

Tests run in several processes. What takes long to make is made by the first that asks and used by
all (`made_once`). Marks are given by what a test asks for and where it lies, not by hand.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from shipped import CHROMIUM_FLAGS, DATA, PROJECT, TODAY

if TYPE_CHECKING:
    from niemyet.model.catalogue import Catalogue

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

MadeOnce = Callable[[str, Callable[[Path], None]], Path]


MARKS = {"letters": "paper", "paper": "paper", "publish": "build"}
"""Folders of tests whose tests make PDFs or whole sites, with the mark they get."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LONGEST_FIRST = ("browser", "paper", "build")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test, and lets those that take longest begin."""
    places = []
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "browser" in asked:
            mark = "browser"
        elif "full_site" in asked or "printed" in asked:
            mark = "paper"
        else:
            mark = MARKS.get(item.path.parent.name, "")
        if mark:
            item.add_marker(mark)
        places.append(LONGEST_FIRST.index(mark) if mark else len(LONGEST_FIRST))
    order = sorted(range(len(items)), key=places.__getitem__)
    items[:] = [items[at] for at in order]


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def today() -> dt.date:
    return TODAY


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A folder of a name, filled by the first process that asks for it; the others wait for it."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder, is_whole = root / name, root / f"{name}.whole"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_whole.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                is_whole.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def built_site(project: Path, today: dt.date, made_once: MadeOnce) -> Path:
    """The folder of the shipped site, without sheets."""
    from niemyet.findings.finding import Severity
    from niemyet.publish.build import build

    def fill(folder: Path) -> None:
        built = build(project, folder / "site", today, print_folder=folder / "print")
        errors = [
            f"{f.code} {f.position} {f.message('en')}"
            for f in built.findings
            if f.severity is Severity.ERROR
        ]
        assert not errors, "the shipped data have errors:\n" + "\n".join(errors)
        assert built.is_built

    return made_once("built", fill) / "site"


@pytest.fixture(scope="session")
def catalogue(project: Path, today: dt.date) -> Catalogue:
    """What the shipped site is built from."""
    from niemyet.publish.project import load_project

    return load_project(project, today).catalogue


class _Quiet(SimpleHTTPRequestHandler):
    """A static host: its own 404 page, right types, no log."""

    extensions_map = {  # noqa: RUF012  (the base class declares it so)
        "": "application/octet-stream",
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a page early is no error of the server."""


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on a free port of this machine and gives its address, with a slash at its
    end."""
    running: list[tuple[_Server, Thread]] = []

    def serve(folder: Path) -> str:
        server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def site_url(built_site: Path, serve_folder: Callable[[Path], str]) -> str:
    """The address of the shipped site on this machine."""
    return serve_folder(built_site)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; the variable CHROMIUM names another one."""
    names = (os.environ.get("CHROMIUM"), *BROWSERS)
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium found: run tests/install-browser, or set CHROMIUM", pytrace=False)
    return {**browser_type_launch_args, "executable_path": found, "args": list(CHROMIUM_FLAGS)}


@pytest.fixture(scope="session")
def printed(catalogue: Catalogue, made_once: MadeOnce) -> Path:
    """A folder with the posters and leaflets of all shipped procedures."""
    from niemyet.paper import procedure_sheets
    from niemyet.paper.line_breaks import with_breaks
    from niemyet.paper.typst import Press
    from niemyet.view.procedure_view import ProcedureView
    from niemyet.view.words import Words

    def fill(folder: Path) -> None:
        press, words = Press(), Words(catalogue, "vi")
        for procedure in catalogue.public_procedures:
            for sheet in procedure_sheets.sheets(ProcedureView(catalogue, words, procedure)):
                file = folder / f"{sheet.id}.pdf"
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(press.make(sheet.kind, with_breaks(dict(sheet.data))).pdf)

    return made_once("printed", fill)


@pytest.fixture(scope="session")
def shared_data(project: Path) -> Path:
    """Real records and queries that are not part of the project; tests that need them are skipped
    elsewhere."""
    folder = project.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the acceptance data are not here ({folder})")
    return folder


@pytest.fixture(scope="session")
def copy_data(project: Path) -> Callable[..., Path]:
    """Copies the project's data to a new folder."""

    def copy(target: Path) -> Path:
        for part in DATA:
            shutil.copytree(project / part, target / part)
        shutil.copy(project / "mkdocs.yml", target)
        return target

    return copy


@pytest.fixture
def copy_project(copy_data: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Copies the project's data to a folder below `tmp_path`."""

    def copy(name: str = "project") -> Path:
        return copy_data(tmp_path / name)

    return copy
