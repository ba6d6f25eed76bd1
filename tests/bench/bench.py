"""Measures, never judges: our build against stock mkdocs-material on the same pages, and where our own time goes.

All figures of one run come from one machine in one sitting; only their ratios mean something elsewhere.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from markdown_twin import write_twin

from generator.catalogue import build_catalogue
from generator.checks import check_all
from generator.outputs import Page
from generator.site import pages_of
from generator.source import load_tree

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 24)
ROUNDS = 5
GOALS = {"shipped": 0.8, "400": 0.3}


def main() -> None:
    report = {}
    with tempfile.TemporaryDirectory(prefix="niemyet-bench-") as folder:
        for name, count in (("shipped", 0), ("400", 400)):
            project = copy_project(Path(folder) / name)
            if count:
                repeat_procedures(project, count)
            report[name] = measure(name, project)
    print(json.dumps(report, ensure_ascii=False, indent=1))


def copy_project(target: Path) -> Path:
    for part in ("procedures", "content", "site_config"):
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "mkdocs.yml", target)
    shutil.copytree(ROOT / ".cache", target / ".cache", dirs_exist_ok=True) if (ROOT / ".cache").is_dir() else None
    return target


def repeat_procedures(project: Path, count: int) -> None:
    """Copies of the shipped procedures under new codes until there are `count`."""
    originals = sorted((project / "procedures").glob("*/*.yml"))
    for number in range(count - len(originals)):
        original = originals[number % len(originals)]
        text = re.sub(r"^code: .*$", f'code: "9.{number:06d}"', original.read_text("utf-8"), count=1, flags=re.M)
        (original.parent / f"{original.stem}-{number}.yml").write_text(text, "utf-8")


def measure(name: str, project: Path) -> dict[str, object]:
    pages = all_pages(project)
    twin = project.with_name(f"{project.name}-twin")
    write_twin(twin, pages)
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    ours = [sys.executable, "-m", "generator", "build", "--root", str(project), "--today", TODAY.isoformat(), "--out"]
    stock = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(twin / "mkdocs.yml"), "-d"]
    seconds: dict[str, list[float]] = {"ours": [], "stock": []}
    run([*ours, str(project / "site")], env)  # cuts the fonts once; a project keeps them in .cache
    for turn in range(ROUNDS):
        # A fresh folder each time: on ext4 thousands of files come back slowly where as many were just deleted.
        for label, command in (("ours", ours), ("stock", stock)):
            seconds[label].append(run([*command, str(project.with_name(f"{name}-{label}-{turn}"))], env))
    medians = {label: statistics.median(times) for label, times in seconds.items()}
    ratio = statistics.median(a / b for a, b in zip(seconds["ours"], seconds["stock"], strict=True))
    times = f"ta {medians['ours']:.2f} s, mkdocs-material {medians['stock']:.2f} s"
    print(f"{name}: {len(pages)} trang; {times}, tỉ lệ {ratio:.2f} (đích ≤ {GOALS[name]})", file=sys.stderr)
    return {
        "pages": len(pages),
        "seconds": medians,
        "ratio": round(ratio, 3),
        "goal": GOALS[name],
        "stages_percent": stages(project, medians["ours"]),
    }


def run(command: list[str], env: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def all_pages(project: Path) -> list[Page]:
    sources, _ = load_tree(project)
    catalogue, _ = build_catalogue(sources, TODAY)
    return list(pages_of(catalogue, []))


def stages(project: Path, total: float) -> dict[str, float]:
    """The share of each stage in the whole build, in percent; `frame and writing` is what remains."""
    spent: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        spent[name] = time.perf_counter() - started

    gc.disable()  # as the command itself does
    with stage("read"):
        sources, _ = load_tree(project)
    with stage("schemas and catalogue"):
        catalogue, _ = build_catalogue(sources, TODAY)
    with stage("checks"):
        check_all(catalogue, TODAY)
    with stage("page bodies"):
        for _page in pages_of(catalogue, []):
            pass
    spent["imports"] = startup()
    spent["frame and writing"] = max(0.0, total - sum(spent.values()))
    return {name: round(100 * value / total, 1) for name, value in spent.items()}


def startup() -> float:
    timed: Callable[[], float] = lambda: run([sys.executable, "-c", "import generator.build, mkdocs.commands.build"], dict(os.environ))  # noqa: E731
    return statistics.median(timed() for _ in range(3))


if __name__ == "__main__":
    main()
