"""What a command costs: its wall time, the CPU time of it and of the processes it started, its
memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of one whole process. `cpu` is user and system time together with that of its
    children."""

    wall: float
    cpu: float
    output: str = ""

    def seconds(self) -> dict[str, float]:
        return {"wall": round(self.wall, 3), "cpu": round(self.cpu, 3)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The most memory all processes of a command held at one moment.

    `rss_kib` counts a page shared by two processes twice, `pss_kib` half in each.
    """

    rss_kib: int
    pss_kib: int


class Failed(Exception):
    """A measured command ended with an error; what it cost says nothing."""


def run(command: Sequence[str], environment: Mapping[str, str], cwd: Path | None = None) -> Cost:
    """Runs a command to its end. Raises: Failed when its exit code is not 0.

    What the command before it has not yet put on the disk is waited for first, lest it slow this
    one.
    """
    os.sync()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, cwd=cwd, stdout=out, stderr=errors, stdin=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
        if process.returncode:
            errors.seek(0)
            said = (output + errors.read().decode("utf-8", "replace"))[-2000:]
            raise Failed(f"{' '.join(command[:6])} … ended with {process.returncode}:\n{said}")
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, output=output)


def run_and_sample_memory(command: Sequence[str], environment: Mapping[str, str]) -> Peak:
    """Runs a command and looks at it and its children in /proc. Raises: Failed when its exit code
    is not 0."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    rss = pss = 0
    while process.poll() is None:
        family = list(_family(process.pid))
        rss = max(rss, sum(_kib(pid, "status", "VmRSS:") for pid in family))
        pss = max(pss, sum(_kib(pid, "smaps_rollup", "Pss:") for pid in family))
        time.sleep(SAMPLE_SECONDS)
    if process.returncode:
        raise Failed(f"{' '.join(command[:6])} … ended with {process.returncode}")
    return Peak(rss_kib=rss, pss_kib=pss)


def _family(pid: int) -> Iterator[int]:
    """A process and all below it; one that ends meanwhile is left out."""
    yield pid
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def _kib(pid: int, file: str, key: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)
