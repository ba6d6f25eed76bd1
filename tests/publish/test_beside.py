"""What a fork works out comes back, or is worked out here when the fork fails."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import niemyet.publish.background
from niemyet.publish.background import Beside, can_share

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(niemyet.publish.background, "can_share", lambda: True)


def test_a_fork_works_it_out() -> None:
    big = Beside(lambda: [os.getpid(), "ấ" * 300_000], worth=True)
    pid, text = big.value()
    assert pid != os.getpid() and text == "ấ" * 300_000
    assert big.value() == [pid, text], "asked again it is the same"


def test_a_system_that_does_not_say_which_processors_are_ours_makes_no_fork(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    assert not can_share()


def test_what_is_not_worth_it_is_worked_out_here_and_only_when_asked() -> None:
    seen: list[int] = []
    here = Beside(lambda: seen.append(1) or os.getpid(), worth=False)
    assert (
        seen == [] and here.value() == os.getpid() and here.value() == os.getpid() and seen == [1]
    )


def test_a_value_is_ready_when_nobody_has_to_wait() -> None:
    reading, writing = os.pipe()
    beside = Beside(lambda: os.read(reading, 1), worth=True)
    assert not beside.is_ready()
    os.write(writing, b"x")
    end = time.monotonic() + 30
    while not beside.is_ready():
        assert time.monotonic() < end
    assert beside.value() == b"x" and beside.is_ready()
    assert Beside(os.getpid, worth=False).is_ready()


def raising() -> int:
    raise OSError(28, "No space left on device")


def test_an_error_is_raised_here() -> None:
    with pytest.raises(OSError, match="No space left"):
        Beside(raising, worth=True).value()


@pytest.mark.parametrize(
    "end", [lambda: os.kill(os.getpid(), 9), lambda: os._exit(0), lambda: object()]
)
def test_a_fork_that_ends_early_does_no_harm(end: Callable[[], object]) -> None:
    first = os.getpid()
    assert Beside(lambda: "here" if os.getpid() == first else end(), worth=True).value() == "here"


def test_a_fork_that_is_not_hurried_clears_away(tmp_path: Path) -> None:
    def work() -> int:
        with tempfile.TemporaryDirectory(dir=tmp_path):
            time.sleep(0.3)
        return 1

    slow = Beside(work, worth=True)
    while not list(tmp_path.iterdir()):
        assert slow._fork
    slow.drop(at_once=False)
    assert not list(tmp_path.iterdir())


def test_a_fork_that_nobody_asks_is_gone() -> None:
    slow = Beside(lambda: time.sleep(60), worth=True)
    fork, start = slow._fork, time.monotonic()
    assert fork
    slow.drop()
    slow.drop()
    assert time.monotonic() - start < 30
    with pytest.raises(ChildProcessError):
        os.waitpid(fork, os.WNOHANG)
