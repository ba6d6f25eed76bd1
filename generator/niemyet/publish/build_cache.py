"""What one build leaves for the next, in one SQLite file below `.cache`.

Everything is kept under a key of all it was made from, so that a change makes it worthless instead
of wrong. What is missing, damaged or of another version is as good as none, and a disk that refuses
only makes the next build slower.
"""

from __future__ import annotations

import contextlib
import marshal
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from niemyet.values.digest import digest, digest_of_parts

FILE = "build.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS kept
(name TEXT, part TEXT, key TEXT, digest TEXT, value BLOB, PRIMARY KEY (name, part))"""


@cache
def program() -> str:
    """A key of the program itself: its files, the libraries beside it, and Python."""
    here = Path(__file__).parents[1]
    parts = [
        part
        for file in sorted(here.rglob("*"))
        if file.suffix in (".py", ".html", ".typ", ".json", ".yml")
        for part in (file.relative_to(here).as_posix(), file.read_bytes())
    ]
    return digest_of_parts(sys.version, *_libraries(), *parts)


def _libraries() -> list[str]:
    """Every installed library with its version, by the names of the folders in which installers
    note them."""
    folders = [Path(entry) for entry in sys.path if Path(entry).is_dir()]
    return sorted({note.name for folder in folders for note in folder.glob("*.dist-info")})


class BuildCache:
    """Values of plain data by name and part, each with the key that it is good for."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE

    def get(self, name: str, key: str, part: str = "") -> Any:
        """The value kept if it is good for the key, else None."""
        return self.parts(name, key, part).get(part)

    def parts(self, name: str, key: str, part: str | None = None) -> dict[str, Any]:
        """All values (or that of one part) kept under a name that are good for the key."""
        if not self.file.is_file():
            return {}
        which = "" if part is None else " AND part = ?"
        asked = (name, key) if part is None else (name, key, part)
        found: dict[str, Any] = {}
        with contextlib.suppress(sqlite3.Error), self._open() as database:
            rows = database.execute(
                f"SELECT part, digest, value FROM kept WHERE name = ? AND key = ?{which}", asked
            )
            for at, expected, value in rows:
                if digest(value) == expected:
                    found[at] = marshal.loads(value)
        return found

    def put(self, name: str, key: str, value: Any, part: str = "") -> None:
        """Keeps a value."""
        self.put_parts(name, key, {part: value})

    def put_parts(self, name: str, key: str, values: Mapping[str, Any]) -> None:
        """Keeps values, and of the name nothing that is good for another key."""
        rows = []
        for part, value in values.items():
            body = marshal.dumps(value)
            rows.append((name, part, key, digest(body), body))
        self._change(
            ("DELETE FROM kept WHERE name = ? AND key != ?", [(name, key)]),
            ("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", rows),
        )

    def forget(self, name: str, part: str = "") -> None:
        self._change(("DELETE FROM kept WHERE name = ? AND part = ?", [(name, part)]))

    def prune(self, name: str, most: int) -> None:
        """Keeps the newest parts of a name."""
        newest = "SELECT rowid FROM kept WHERE name = ?1 ORDER BY rowid DESC LIMIT ?2"
        self._change(
            (f"DELETE FROM kept WHERE name = ?1 AND rowid NOT IN ({newest})", [(name, most)])
        )

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            database.execute("PRAGMA synchronous = OFF")  # each value has its digest
            yield database

    def _change(self, *statements: tuple[str, Sequence[tuple[Any, ...]]]) -> None:
        """All of the statements or none; a file that is no database any more is made anew."""
        with contextlib.suppress(OSError, sqlite3.Error):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if not self._is_sound():
                self.file.unlink(missing_ok=True)
            with self._open() as database, database:
                database.execute(_TABLE)
                for statement, rows in statements:
                    database.executemany(statement, rows)

    def _is_sound(self) -> bool:
        try:
            with self._open() as database:
                database.execute("SELECT name FROM sqlite_master").fetchall()
            return True
        except sqlite3.Error:
            return False
