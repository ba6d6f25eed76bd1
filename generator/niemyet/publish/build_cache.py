"""What one build leaves for the next, below `.cache`: outcomes of files, frames, and what the site
holds.

Everything is kept under a key of all it was made from, so that a change makes it worthless instead
of wrong. A file that is missing, damaged or of another version is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import mmap
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from niemyet.values.digest import digest_of_parts

FOLDER = "build"
_SUM = 16


@cache
def program() -> str:
    """A key of the program itself: its files, the libraries beside it, and Python."""
    here = Path(__file__).parents[1]
    own = (
        file
        for file in sorted(here.rglob("*"))
        if file.suffix in (".py", ".html", ".typ", ".json", ".yml")
    )
    parts = [
        part for file in own for part in (file.relative_to(here).as_posix(), file.read_bytes())
    ]
    return digest_of_parts(sys.version, *_libraries(), *parts)


def _libraries() -> list[str]:
    """Every installed library with its version, by the names of the folders in which installers
    note them."""
    folders = [Path(entry) for entry in sys.path if Path(entry).is_dir()]
    return sorted({note.name for folder in folders for note in folder.glob("*.dist-info")})


def _sum(body: bytes | memoryview) -> bytes:
    return hashlib.sha256(body).digest()[
        :_SUM
    ]  # where processors have it built in, twice as fast as others


class Shelf:
    """Kept values below a cache folder, each with the key it is good for."""

    def __init__(self, cache: Path) -> None:
        self.folder = cache / FOLDER

    def get(self, name: str, key: str) -> Any:
        """The value kept under a name if it is good for the key, else None."""
        try:
            with (
                (self.folder / name).open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw,
                memoryview(raw) as whole,
                whole[_SUM:] as body,
            ):
                if _sum(body) != whole[:_SUM]:
                    return None
                kept_key, value = marshal.loads(body)
        except (OSError, ValueError, TypeError, EOFError):
            return None
        return value if kept_key == key else None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keeps a value of plain data. A disk that refuses only makes the next build slower."""
        body = marshal.dumps((key, value))
        draft = self.folder / f"{name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as out:
                out.write(_sum(body))
                out.write(body)
            draft.replace(self.folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)

    def prune(self, start: str, most: int) -> None:
        """Keeps the newest of the values whose names start alike."""
        try:
            found = sorted(self.folder.glob(f"{start}*"), key=lambda file: file.stat().st_mtime_ns)
            for file in found[: max(0, len(found) - most)]:
                file.unlink()
        except OSError:
            return

    def forget(self, name: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / name).unlink(missing_ok=True)
