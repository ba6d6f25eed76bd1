"""Workers answer what the employer itself would, in the same order, or say why they cannot."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest

from niemyet.findings.errors import NiemyetError
from niemyet.publish import workers
from niemyet.publish.workers import FEWEST, Workers, in_batches

NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="two processes need fork")


class Employer:
    def __init__(self) -> None:
        self.seen: list[int] = []

    def doubled(self, batch: list[int]) -> list[int]:
        self.seen += batch
        return [number * 2 for number in batch]

    def process(self, batch: list[int]) -> int:
        time.sleep(0.05)
        return os.getpid()

    def refuse(self, batch: list[int]) -> None:
        raise OSError(28, "No space left on device")

    def die(self, batch: list[int]) -> None:
        os._exit(3)


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: True)


BATCHES = [[1, 2], [3], [4, 5, 6]]


def test_few_things_are_treated_here_and_only_when_asked() -> None:
    employer = Employer()
    with Workers(employer, FEWEST - 1) as few:
        answers = few.map("doubled", BATCHES)
        assert employer.seen == []
        assert list(answers) == [[2, 4], [6], [8, 10, 12]]
        assert set(few.map("process", BATCHES)) == {os.getpid()}


@NEEDS_FORK
def test_many_things_are_treated_by_two_processes_in_order(forking: None) -> None:
    employer = Employer()
    with Workers(employer, FEWEST) as many:
        assert list(many.map("doubled", BATCHES)) == [[2, 4], [6], [8, 10, 12]]
        processes = set(many.map("process", [[n] for n in range(12)]))
    assert employer.seen == [] and os.getpid() not in processes and len(processes) == 2


@NEEDS_FORK
def test_an_error_is_raised_here(forking: None) -> None:
    with Workers(Employer(), FEWEST) as many, pytest.raises(OSError, match="No space left"):
        list(many.map("refuse", BATCHES))


@NEEDS_FORK
def test_a_process_that_ends_early_is_an_error_with_words(forking: None) -> None:
    with Workers(Employer(), FEWEST) as many, pytest.raises(NiemyetError) as stopped:
        list(many.map("die", BATCHES))
    assert stopped.value.sentence("en") == "a worker process ended before its work was done"


def test_no_process_is_made_where_none_can_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert not workers.can_fork()
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert not workers.can_fork()
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn", "fork"])
    assert not workers.can_fork(), "macOS has a fork that is not safe, and names it second"


def test_batches_hold_everything_once() -> None:
    assert [list(batch) for batch in in_batches(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(in_batches([], 2)) == []
