"""Work that a second process does beside this one, which goes on meanwhile."""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import signal
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


def can_share() -> bool:
    """Whether a fork is safe and has a processor to run on. It must not be made once the PDF engine
    has run.

    macOS can fork, but its libraries do not bear it; like Windows, it does not say which processors
    are ours either.
    """
    return (
        hasattr(os, "sched_getaffinity")
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


class Beside(Generic[T]):
    """A value of plain data that a fork works out if it is `worth` one; else, or should the fork
    end early, it is made when asked for."""

    _value: T

    def __init__(self, work: Callable[[], T], *, worth: bool) -> None:
        self._work = work
        self._fork = 0
        if worth and can_share():
            self._pipe, writing = os.pipe()
            self._fork = os.fork()
            if not self._fork:
                _answer(work, writing)
            os.close(writing)

    def is_ready(self) -> bool:
        """Whether asking for the value waits for no fork."""
        return not self._fork or bool(select.select([self._pipe], [], [], 0)[0])

    def value(self) -> T:
        """Waits for the value. Raises what the work raises."""
        if not hasattr(self, "_value"):
            self._value = self._received()
        return self._value

    def _received(self) -> T:
        if self._fork:
            with os.fdopen(self._pipe, "rb") as answer:
                body = answer.read()
            _, status = os.waitpid(self._fork, 0)
            self._fork = 0
            if status == 0 and body:
                return cast(T, marshal.loads(body))
        return self._work()

    def drop(self, *, at_once: bool = True) -> None:
        """Nobody asks any more. A fork that has something to clear away is let come to its end, not
        ended `at_once`."""
        if self._fork:
            os.close(self._pipe)
            if at_once:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._fork, signal.SIGKILL)
            os.waitpid(self._fork, 0)
            self._fork = 0


def _answer(work: Callable[[], Any], writing: int) -> None:
    """All that the fork does. Whatever goes wrong, the first process will find out by itself, and
    say so."""
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(writing, "wb") as out:
            out.write(marshal.dumps(work()))
        status = 0
    finally:
        os._exit(status)
