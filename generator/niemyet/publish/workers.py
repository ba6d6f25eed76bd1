"""The methods of one object, called by two processes for a large project, by this one for a small.

Figures and reasons: decision record 0027.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import repeat
from typing import Any, TypeVar

from niemyet.findings.errors import NiemyetError

FEWEST = 334
"""From this many procedures on, a thousand pages, a second process is worth its start."""
PROCESSES = 2
BATCH = 16

T = TypeVar("T")


class Workers:
    """Calls methods of an `employer` batch by batch; use as a context.

    The processes are forks, so they know the employer as it is when the first batch is given out;
    none may be made once the PDF engine has run in this process.
    """

    def __init__(self, employer: object, things: int) -> None:
        self._employer = employer
        self._pool: ProcessPoolExecutor | None = None
        if things >= FEWEST and can_fork():
            self._pool = ProcessPoolExecutor(
                PROCESSES,
                multiprocessing.get_context("fork"),
                initializer=_begin,
                initargs=(employer,),
            )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, method: str, batches: Iterable[Any]) -> Iterator[Any]:
        """What a method of the employer answers to each batch, in their order.

        Other processes begin at once; without them a batch is treated when its answer is asked for.
        Raises: NiemyetError where a process ends before its work is done, what the method raises.
        """
        if self._pool is None:
            return map(getattr(self._employer, method), batches)
        return _answers(self._pool.map(_call, repeat(method), batches))


def in_batches(things: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]


def can_fork() -> bool:
    """Whether a fork is safe here and has a processor to run on."""
    methods = multiprocessing.get_all_start_methods()
    return (
        methods[0] == "fork"
        and threading.active_count() == 1
        and (os.cpu_count() or 1) >= PROCESSES
    )


def _answers(answers: Iterator[T]) -> Iterator[T]:
    try:
        yield from answers
    except BrokenProcessPool as error:
        raise NiemyetError("worker_ended") from error


_employer: object = None


def _begin(employer: object) -> None:
    global _employer
    _employer = employer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told, and ends this one


def _call(method: str, batch: Any) -> Any:
    return getattr(_employer, method)(batch)
