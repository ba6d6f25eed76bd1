"""One process treats the files of a small project; two share those of a large one.

The second process is a fork of the first, so it starts with everything read; it must not be started once the PDF engine has
run. Files are handed out in small lots through a pipe, so that neither process waits long for the other.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.assembly import Line, Outcome, filled
from generator.outputs import Artifact
from generator.writer import write

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST_PAGES = 1_000
"""From this many pages on a second process is worth its start."""

_LOT = 16
_NUMBER = 4

Order = tuple[str, str, str, bytes]
"""A page to write: the file it comes from, its language, its path in the site, its related procedures."""


class Crew:
    """Treats files and later writes the pages that are wanted. Use as a context: at its end the second process is gone.

    `outcomes` has what is kept of each file, in no particular order.
    """

    def __init__(self, line: Line, paths: Sequence[str]) -> None:
        self.line = line
        self._mate: Any = None
        self._theirs: set[str] = set()
        if len(paths) < FEWEST_PAGES or not _can_share():
            self.outcomes = [line.treat(path) for path in paths]
        else:
            self.outcomes = self._share(paths)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._mate is not None:
            self._pipe.close()
            self._mate.join()
        self.line.spool.close()

    def _share(self, paths: Sequence[str]) -> list[Outcome]:
        import multiprocessing  # most projects need no second process

        reading, writing = os.pipe()
        for number in range(0, len(paths), _LOT):
            os.write(writing, number.to_bytes(_NUMBER, "little"))
        os.close(writing)
        context: Any = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._mate = context.Process(target=_work, args=(theirs, self._pipe, self.line, paths, reading), daemon=True)
        self._mate.start()
        theirs.close()
        mine = [self.line.treat(path) for path in _lots(paths, reading)]
        os.close(reading)
        received = [Outcome.of_plain(marshal.loads(plain)) for plain in marshal.loads(self._answer())]
        self._theirs = {outcome.path for outcome in received}
        return mine + received

    def write(self, folder: Path, orders: Sequence[Order]) -> None:
        """Writes pages into a folder, each by the process that holds it. Raises: OSError."""
        theirs = [order for order in orders if order[0] in self._theirs]
        if theirs:
            self._pipe.send_bytes(marshal.dumps((str(folder), theirs)))
        _write(self.line, folder, [order for order in orders if order[0] not in self._theirs])
        if theirs:
            refusal = marshal.loads(self._answer())
            if refusal:
                raise OSError(*refusal)

    def _answer(self) -> bytes:
        try:
            answer: bytes = self._pipe.recv_bytes()
        except EOFError:
            raise RuntimeError("the second process ended before its work was done") from None
        return answer


def _can_share() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _work(pipe: Connection, other_end: Connection, line: Line, paths: Sequence[str], reading: int) -> None:
    """What the second process does."""
    other_end.close()
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):  # the first process has gone
        pipe.send_bytes(marshal.dumps([marshal.dumps(line.treat(path).plain()) for path in _lots(paths, reading)]))
        while True:
            folder, orders = marshal.loads(pipe.recv_bytes())
            refusal: tuple[Any, ...] = ()
            try:
                _write(line, Path(folder), orders)
            except OSError as error:
                refusal = (error.errno, error.strerror, error.filename)
            pipe.send_bytes(marshal.dumps(refusal))


def _lots(paths: Sequence[str], reading: int) -> Iterator[str]:
    while number := os.read(reading, _NUMBER):
        start = int.from_bytes(number, "little")
        yield from paths[start : start + _LOT]


def _write(line: Line, folder: Path, orders: Sequence[Order]) -> None:
    for path, lang, target, related in orders:
        if not line.spool.holds(path, lang):
            line.treat(path)
        write(folder, Artifact(path=target, content=filled(line.spool.get(path, lang), related), source=path))
