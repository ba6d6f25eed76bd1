"""`niemyet serve`: an edit is on the page at once; a fault is said, and the last good site stays
until it is mended."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROCEDURE = "procedures/ho-tich/dang-ky-khai-tu.yml"
PAGE = "thu-tuc/dang-ky-khai-tu/"
PATIENCE = 90
"""Seconds to wait for a slow machine."""
TOUCH = 10
"""Seconds after which an edited file is touched again."""


class Server:
    """A running preview and what it has said so far."""

    def __init__(self, root: Path, today: dt.date) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = root / "serve.log"
        self.room = root.with_name("room")
        self.room.mkdir()
        command = [
            sys.executable,
            "-m",
            "niemyet",
            "serve",
            "--root",
            str(root),
            "--port",
            str(self.port),
            "--today",
            today.isoformat(),
        ]
        here, environment = Path(__file__).parents[2], {**os.environ, "TMPDIR": str(self.room)}
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, cwd=here, env=environment
            )

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def page(self) -> str:
        """The page as it is now, without the script that reloads it; empty while nothing
        answers."""
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{PAGE}", timeout=5) as answer,
        ):
            return re.sub(r"livereload\([0-9, ]+\)", "", answer.read().decode())
        return ""

    def wait(self, for_what: Callable[[], bool], edited: Path | None = None) -> None:
        """Waits for what an edited file leads to; the file is touched now and then, lest it was
        edited before anybody watched."""
        start = touched = time.monotonic()
        while not for_what():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < start + PATIENCE, self.said
            time.sleep(0.1)
            if edited and time.monotonic() > touched + TOUCH:
                edited.touch()
                touched = time.monotonic()


@pytest.fixture
def root(copy_project: Callable[..., Path]) -> Path:
    return copy_project()


@pytest.fixture
def server(root: Path, today: dt.date) -> Iterator[Server]:
    started = Server(root, today)
    try:
        started.wait(lambda: "Đăng ký khai tử" in started.page)
        yield started
    finally:
        started.process.terminate()
        try:
            started.process.wait(PATIENCE)
        finally:
            started.process.kill()
            started.process.wait()
    assert not list(started.room.iterdir()), "nothing is left behind"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_an_edit_is_on_the_page(server: Server, root: Path) -> None:
    replace(root / PROCEDURE, "vi: Đăng ký khai tử", "vi: Khai báo người mất")
    server.wait(lambda: "Khai báo người mất" in server.page, root / PROCEDURE)


def test_a_fault_in_the_data_is_said_and_the_last_good_site_stays(
    server: Server, root: Path
) -> None:
    before = server.page
    replace(root / PROCEDURE, "sector: ho-tich", "sector: ho-tic")
    server.wait(lambda: "Còn lỗi: giữ trang cũ." in server.said, root / PROCEDURE)
    assert f"{PROCEDURE}:" in server.said and "R001" in server.said
    assert server.page == before
    replace(root / PROCEDURE, "sector: ho-tic\n", "sector: ho-tich\n")
    server.wait(lambda: server.said.count("Đã dựng lại.") > 1, root / PROCEDURE)
    assert server.page == before


def test_a_fault_in_the_theme_is_said_and_the_preview_goes_on(server: Server, root: Path) -> None:
    replace(root / "mkdocs.yml", "- niemyet", "- nosuch")
    server.wait(lambda: "mkdocs.yml hoặc giao diện có lỗi" in server.said, root / "mkdocs.yml")
    replace(root / "mkdocs.yml", "- nosuch", "- niemyet")
    replace(root / PROCEDURE, "vi: Đăng ký khai tử", "vi: Khai báo người mất")
    server.wait(lambda: "Khai báo người mất" in server.page, root / PROCEDURE)
    assert "Traceback" not in server.said


@pytest.mark.parametrize("fault", ["- nosuch", "[]"])
@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_theme_that_never_worked_is_refused(root: Path, command: str, fault: str) -> None:
    replace(
        root / "mkdocs.yml",
        "plugins:\n  - niemyet",
        "plugins: []" if fault == "[]" else f"plugins:\n  {fault}",
    )
    done = subprocess.run(
        [sys.executable, "-m", "niemyet", command, "--root", str(root)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert (
        "mkdocs.yml hoặc giao diện có lỗi" in said and "niemyet" in said and "Traceback" not in said
    )
