"""One process treats the files of a small project; two share those of a large one.

The second process is a fork of the first, so it starts with everything read; it must not be started
once the PDF engine has run. Files are handed out in small lots through a pipe, so that neither
process waits long for the other.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from niemyet.publish.background import can_share
from niemyet.publish.pipeline import Line, Outcome, ReadFile, filled
from niemyet.publish.site_writer import write
from niemyet.view.artifact import Artifact

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST_PAGES = 1_000
"""From this many pages on a second process is worth its start."""
PAGES_EACH = 3
"""A procedure has its page and two printed addresses, and more where it is translated."""

_LOT = 8
_NUMBER = 4

Order = tuple[str, str, str, bytes]
"""A page to write: the file it comes from, its language, its path in the site, its related
procedures."""

SmallFile = tuple[str, bytes]
"""A file to write: its path in the site and its content."""

T = TypeVar("T")


def is_large(procedures: int) -> bool:
    """Whether the pages of so many procedures are work for two processes."""
    return procedures * PAGES_EACH >= FEWEST_PAGES


class Crew:
    """Treats files and later writes the pages that are wanted. Use as a context: at its end the
    second process is gone.

    `outcomes` has what is kept of each file, in no particular order.
    """

    def __init__(self, line: Line, paths: Sequence[str], read: list[ReadFile]) -> None:
        """`read` are files that this process has read already, besides the `paths`; none is left
        when they are treated."""
        self.line = line
        self._mate: Any = None
        self._theirs: set[str] = set()
        if is_large(len(paths) + len(read)) and can_share():
            self.outcomes = self._share(paths, read)
        else:
            self.outcomes = [*self._finished(read), *map(line.treat, paths)]

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._mate is not None:
            self._small.close()
            self._pipe.close()
            self._mate.join()
        self.line.spool.close()

    def _finished(self, read: list[ReadFile]) -> Iterator[Outcome]:
        while read:
            yield self.line.finish(read.pop())

    def _share(self, paths: Sequence[str], read: list[ReadFile]) -> list[Outcome]:
        import multiprocessing  # most projects need no second process

        lots, self._small = _Lots(), _Lots()
        lots.give(len(paths))
        context: Any = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._mate = context.Process(
            target=_work,
            args=(theirs, self._pipe, self.line, paths, lots, self._small),
            daemon=True,
        )
        self._mate.start()
        theirs.close()
        mine = [*self._finished(read), *map(self.line.treat, lots.of(paths))]
        lots.close()
        received = [
            Outcome.of_plain(marshal.loads(plain)) for plain in marshal.loads(self._answer())
        ]
        self._theirs = {outcome.path for outcome in received}
        return mine + received

    @contextlib.contextmanager
    def writing(
        self, folder: Path, orders: Sequence[Order], small: Callable[[], Sequence[SmallFile]]
    ) -> Iterator[None]:
        """Writes pages into a folder, each by the process that holds it, and small files by
        whichever has time.

        What is done in the context is done beside it; at its end everything is written. `small` is
        asked as late as may be.
        Raises: OSError.
        """
        theirs = [order for order in orders if order[0] in self._theirs]
        shared: Sequence[SmallFile] = ()
        if self._mate is not None:
            shared = small()
            self._small.give(len(shared))
            self._pipe.send_bytes(marshal.dumps((str(folder), theirs, list(shared))))
        _write(self.line, folder, [order for order in orders if order[0] not in self._theirs])
        yield
        _write_small(folder, small() if self._mate is None else self._small.of(shared))
        if self._mate is not None:
            refusal = marshal.loads(self._answer())
            if refusal:
                raise OSError(*refusal)

    def _answer(self) -> bytes:
        try:
            answer: bytes = self._pipe.recv_bytes()
        except EOFError:
            raise RuntimeError("the second process ended before its work was done") from None
        return answer


class _Lots:
    """The numbers of lots in a pipe, from which both processes take them. One gives, once; each
    takes until there are no more."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()

    def give(self, count: int) -> None:
        """Puts in the lots of so many things."""
        for number in range(0, count, _LOT):
            os.write(self.writing, number.to_bytes(_NUMBER, "little"))
        self.only_take()

    def only_take(self) -> None:
        """This process gives none: an empty pipe is an end, where the other has given."""
        if self.writing >= 0:
            os.close(self.writing)
        self.writing = -1

    def of(self, things: Sequence[T]) -> Iterator[T]:
        """Those of the things that this process is to treat."""
        while number := os.read(self.reading, _NUMBER):
            start = int.from_bytes(number, "little")
            yield from things[start : start + _LOT]

    def close(self) -> None:
        self.only_take()
        os.close(self.reading)


def _work(
    pipe: Connection,
    other_end: Connection,
    line: Line,
    paths: Sequence[str],
    lots: _Lots,
    small_lots: _Lots,
) -> None:
    """What the second process does."""
    other_end.close()
    small_lots.only_take()
    with contextlib.suppress(
        EOFError, BrokenPipeError, KeyboardInterrupt
    ):  # the first process has gone
        pipe.send_bytes(
            marshal.dumps([marshal.dumps(line.treat(path).plain()) for path in lots.of(paths)])
        )
        folder, orders, small = marshal.loads(pipe.recv_bytes())
        refusal: tuple[Any, ...] = ()
        try:
            _write(line, Path(folder), orders)
            _write_small(Path(folder), small_lots.of(small))
        except OSError as error:
            refusal = (error.errno, error.strerror, error.filename)
        pipe.send_bytes(marshal.dumps(refusal))


def _write(line: Line, folder: Path, orders: Sequence[Order]) -> None:
    for path, lang, target, related in orders:
        if not line.spool.holds(path, lang):
            line.treat(path)
        write(
            folder,
            Artifact(path=target, content=filled(line.spool.get(path, lang), related), source=path),
        )


def _write_small(folder: Path, files: Iterable[SmallFile]) -> None:
    for path, content in files:
        write(folder, Artifact(path=path, content=content))
