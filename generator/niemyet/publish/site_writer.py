"""The only module that writes a site: files inside their folder, and the whole site at once or not
at all.

A site that was built here before is brought up to date: what did not change is not written again.
New files are made ready beside it and moved into place when all are there; moving needs no space,
so a full disk leaves the previous site whole.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from niemyet.findings.errors import NiemyetError
from niemyet.values.digest import digest
from niemyet.view.artifact import Artifact

MARKER = ".niemyet"
"""A file that says "this folder was made by us and may be replaced"."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)

Held = dict[str, tuple[str, str, int, int]]
"""What a site holds: by path, the key of what it was made from, the digest and the size in bytes of
its content, and the time it was written (ns)."""


class NotOurs(NiemyetError):
    """The output folder holds something that was not built by this program."""


def write(folder: Path, artifact: Artifact) -> None:
    """Writes one artifact below a folder. Raises ValueError when its path would leave the
    folder."""
    parts = artifact.path.split("/")
    if ".." in parts or "" in parts or "\\" in artifact.path:
        raise ValueError(f"{artifact.path} leaves the output folder")
    file = f"{folder}/{artifact.path}"
    if parts[-1] == "index.html":  # nearly always alone in a folder that is not there yet
        _make_folders(file.rpartition("/")[0])
    try:
        out = os.open(file, _NEW, 0o666)
    except FileNotFoundError:
        _make_folders(file.rpartition("/")[0])
        out = os.open(file, _NEW, 0o666)
    try:
        written = os.write(out, artifact.content)
        while written < len(artifact.content):
            written += os.write(out, memoryview(artifact.content)[written:])
    finally:
        os.close(out)


def _make_folders(folder: str) -> None:
    """Makes a folder and what lacks above it; another process may do the same. Nearly always only
    the last one lacks."""
    try:
        os.mkdir(folder)  # noqa: PTH102  (a thousand Path objects cost more than the writing)
    except FileExistsError:
        return
    except FileNotFoundError:
        _make_folders(folder.rpartition("/")[0])
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)  # noqa: PTH102


class SiteWriter:
    """Collects the files of a new site; `finish` puts them in place.

    `before` tells what an earlier build wrote into `out`; where a file is still as it was written
    then and its key is the same, it is kept. Without it, or with a folder that is not as it was
    left, everything is written afresh.

    Raises: NotOurs, OSError.
    """

    def __init__(self, out: Path, before: Held | None = None) -> None:
        if out.exists() and not _is_ours(out):
            raise NotOurs("not_ours", place=str(out))
        self.out = out
        self.before: Held = before if before and out.is_dir() else {}
        self._strangers, self._bare, altered = _look(out, self.before) if before else ([], [], [])
        self._altered = frozenset(altered)
        self._keys: dict[str, str] = {}
        self._kept: set[str] = set()
        self.contents: dict[str, tuple[str, int]] = {}
        """By path, the digest and the size of every file so far."""
        out.parent.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        """Where new files are made ready."""

    def has(self, path: str, key: str) -> bool:
        """Whether the site holds a file made from the same; if so, it will be kept."""
        known = self.before.get(path)
        if known is None or known[0] != key or path in self._altered:
            return False
        self._keys[path] = key
        self._kept.add(path)
        self.contents[path] = known[1], known[2]
        return True

    def has_content(self, artifact: Artifact) -> bool:
        """Whether the site holds this very file; if so, it will be kept."""
        return self.has(artifact.path, digest(artifact.content))

    def put(self, artifact: Artifact) -> None:
        """Adds a file, unless the site holds it already."""
        key = digest(artifact.content)
        if not self.has(artifact.path, key):
            write(self.folder, artifact)
            self.was_written(artifact.path, key, key, len(artifact.content))

    def was_written(self, path: str, key: str, content_digest: str, size: int) -> None:
        """Says that somebody wrote a file into `folder`."""
        self._keys[path] = key
        self.contents[path] = content_digest, size

    def finish(self) -> Held:
        """Puts everything in place and says what the site now holds. Raises: OSError."""
        (self.folder / MARKER).write_text("niemyet\n", "utf-8")
        if self._kept:
            self._update()
        else:
            _replace(self.folder, self.out)
        return self._held()

    def drop(self) -> None:
        """Takes away what was made ready and is not in place."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _update(self) -> None:
        # First what is not ours: a link in the place of a folder must not lead a file elsewhere.
        self._clear(self._strangers)
        for path in (*(path for path in self._keys if path not in self._kept), MARKER):
            new, file = f"{self.folder}/{path}", f"{self.out}/{path}"
            try:
                os.replace(new, file)  # noqa: PTH105  (Path objects cost more than the moving)
            except OSError:
                self._make_way(path)
                os.replace(new, file)  # noqa: PTH105
        self._clear(self.before)
        for path in self._bare:
            _take_folders(self.out, path)

    def _clear(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self._keys:
                _take_away(self.out, path)

    def _make_way(self, path: str) -> None:
        """For a file: folders down to it, and no folder in its place."""
        folder = self.out
        for name in path.split("/")[:-1]:
            folder /= name
            _make_folder(folder)
        file = self.out / path
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)

    def _held(self) -> Held:
        held: Held = {}
        for path, key in self._keys.items():
            if path in self._kept:
                held[path] = self.before[path]
            else:
                written = os.lstat(f"{self.out}/{path}").st_mtime_ns
                held[path] = (key, *self.contents[path], written)
        return held


def replace_site(out: Path, make: Callable[[Path], None]) -> None:
    """Lets `make` fill a new folder and puts it in the place of `out` only when it is complete.

    Whatever goes wrong inside `make`, the previous site stays as it was. Raises: NotOurs, OSError,
    and what `make` raises.
    """
    site = SiteWriter(out)
    try:
        make(site.folder)
        site.finish()
    finally:
        site.drop()


def _replace(new: Path, out: Path) -> None:
    new.chmod(0o755)
    previous = new.with_name(f"{new.name}-previous")
    if out.exists():
        out.rename(previous)
    try:
        new.rename(out)
    except OSError:
        if previous.exists():
            previous.rename(out)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _look(out: Path, before: Held) -> tuple[list[str], list[str], list[str]]:
    """What is in a site that an earlier build wrote: files that are not of it, empty folders, and
    files that are not as they were written. Raises: OSError."""
    strangers: list[str] = []
    bare: list[str] = []
    left = set(before)
    folders = [""]
    while folders:
        below = folders.pop()
        with os.scandir(f"{out}/{below}") as found:
            entries = list(found)
        if not entries and below:
            bare.append(below.rstrip("/"))
        for entry in entries:
            path = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{path}/")
            elif path in before:
                status = entry.stat(follow_symlinks=False)
                if (status.st_size, status.st_mtime_ns) == before[path][2:] and stat.S_ISREG(
                    status.st_mode
                ):
                    left.discard(path)
            elif path != MARKER:
                strangers.append(path)
    return strangers, bare, sorted(left)


def _take_away(out: Path, path: str) -> None:
    """Takes away a file that may be gone, or a folder by now, and the folders that hold nothing
    more."""
    file = out / path
    if file.is_dir() and not file.is_symlink():
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        file.unlink()
    _take_folders(out, path.rpartition("/")[0])


def _take_folders(out: Path, path: str) -> None:
    with contextlib.suppress(OSError):
        while path:
            os.rmdir(f"{out}/{path}")  # noqa: PTH106
            path = path.rpartition("/")[0]


def _make_folder(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    folder.mkdir(exist_ok=True)


def _is_ours(out: Path) -> bool:
    return out.is_dir() and ((out / MARKER).is_file() or not any(out.iterdir()))
