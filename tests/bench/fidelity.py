"""Measures what `niemyet import national` keeps of real national records, row by row, with a reader
of its own.

Runs the import into a temporary copy of the project, then counts which channel rows, papers, laws,
applicants and results of the raw records are in the drafts, and which amounts and limits of the
drafts the records do not state. Exit codes: 0 every goal holds, 1 some goal is missed, 2 the
records are absent or the import did not run.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from raw_records import (
    Record,
    fold,
    fold_row,
    is_covered,
    legal_number,
    numbers_in,
    read_record,
    states_limit,
)

OWN_ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
PARTS = ("procedures", "content", "site_config")
SMALLEST_AMOUNT = (
    1000  # below this the source lost its currency or its scale: "10 VNĐ (/bản)" is 10 US dollars
)
LIMIT_UNITS = ("working_days", "calendar_days", "hours", "months")
APPLICANTS = {
    "Công dân Việt Nam": "cong-dan",
    "Người Việt Nam định cư ở nước ngoài": "nguoi-viet-o-nuoc-ngoai",
    "Người nước ngoài": "nguoi-nuoc-ngoai",
    "Người nước ngoài cư trú tại Việt Nam": "nguoi-nuoc-ngoai",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": "to-chuc",
    "Doanh nghiệp": "doanh-nghiep",
    "Doanh nghiệp Việt Nam": "doanh-nghiep",
    "Doanh nghiệp có vốn đầu tư nước ngoài": "doanh-nghiep",
    "Hợp tác xã": "hop-tac-xa",
    "Tổ chức nước ngoài": "to-chuc-nuoc-ngoai",
    "Cán bộ, công chức, viên chức": "can-bo-cong-chuc",
}
FREE = re.compile(
    r"miễn|không\s+(?:thu|mất|phải\s+(?:nộp|đóng|trả))|\(\W*không(?:\s+(?:có|thu))?\W*\)",
    re.IGNORECASE,
)

STATED = re.compile(r"(\d[\d.,]*)\s*(?:VNĐ|vnd|đồng|đ\b)", re.IGNORECASE)
TIME = re.compile(
    r"ngày|giờ|tháng|tuần|năm|buổi|ngay|thời\s+(?:hạn|gian)|lập tức|nguồn không ghi", re.IGNORECASE
)

Miss = tuple[str, str]
"""The record's code and what is missing, short."""


@dataclass(slots=True, kw_only=True)
class Tally:
    title: str
    goal: float | None = 99.0
    found: int = 0
    total: int = 0
    misses: list[Miss] = field(default_factory=list)

    def count(self, code: str, is_found: bool, what: str) -> None:
        self.total += 1
        self.found += is_found
        if not is_found:
            self.misses.append((code, what))

    @property
    def percent(self) -> float:
        return 100.0 if not self.total else 100 * self.found / self.total

    @property
    def holds(self) -> bool:
        return self.goal is None or self.percent >= self.goal


@dataclass(slots=True, kw_only=True)
class Draft:
    """A written procedure with what it points at."""

    path: Path
    data: dict[str, Any]
    fees: list[dict[str, Any]]
    laws: list[dict[str, Any]]
    applicant_names: dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(arguments)
    project = options.project.resolve()
    folder = options.records or project.parent / "shared" / "data" / "national-records"
    paths = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not paths:
        print(f"Bỏ qua: không có hồ sơ gốc ở {folder} (chỉ cần khi nghiệm thu).", file=sys.stderr)
        return 2
    records = [read_record(path) for path in paths]
    with temporary_folder(options.keep) as temporary:
        copy = copy_project(
            project, temporary / "project", {record.code for record in records}, options.shipped
        )
        return measure(project, copy, folder, records, options)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        description="Đo lệnh nhập hồ sơ quốc gia giữ lại được bao nhiêu."
    )
    found.add_argument(
        "--project",
        type=Path,
        default=OWN_ROOT,
        help="thư mục dự án có lệnh nhập (mặc định: dự án này)",
    )
    found.add_argument(
        "--records", type=Path, help="thư mục hồ sơ gốc (mặc định: ../shared/data/national-records)"
    )
    found.add_argument(
        "--shipped",
        choices=("keep", "none"),
        default="keep",
        help="giữ thủ tục có sẵn (trừ mã trùng) hay bỏ hết",
    )
    found.add_argument(
        "--drafts",
        type=Path,
        help="đọc bản nháp có sẵn trong thư mục dự án này, không chạy lệnh nhập",
    )
    found.add_argument("--only", choices=tuple(KINDS), help="chỉ in chỗ thiếu của một loại")
    found.add_argument(
        "--misses",
        type=int,
        default=5,
        metavar="N",
        help="in N chỗ thiếu đầu tiên của mỗi loại (mặc định: 5)",
    )
    found.add_argument("--keep", action="store_true", help="giữ lại dự án tạm")
    return found


class temporary_folder:
    """A folder that goes away in the end, unless it is to be kept."""

    def __init__(self, keep: bool) -> None:
        self.keep = keep
        self.path = Path(tempfile.mkdtemp(prefix="niemyet-fidelity-"))

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        if self.keep:
            print(f"\nDự án tạm: {self.path}")
        else:
            shutil.rmtree(self.path)


def copy_project(project: Path, target: Path, codes: set[str], shipped: str) -> Path:
    """The project without the procedures that the records bring, so that each record is new to
    it."""
    for part in PARTS:
        shutil.copytree(project / part, target / part)
    shutil.copy(project / "mkdocs.yml", target)
    for path in (target / "procedures").glob("*/*.yml"):
        if shipped == "none" or load(path).get("code") in codes:
            path.unlink()
    return target


def measure(
    project: Path, copy: Path, folder: Path, records: list[Record], options: argparse.Namespace
) -> int:
    if options.drafts:
        copy, before, output = options.drafts.resolve(), {}, ""
    else:
        errors_before = errors_of(project, copy)
        before = snapshot(copy)
        dry = run_import(project, copy, folder, "--dry-run")
        if dry.returncode not in (0, 1):
            print(
                "Lệnh nhập không chạy (mã thoát"
                f" {dry.returncode}):\n{(dry.stdout + dry.stderr)[-2000:]}",
                file=sys.stderr,
            )
            return 2
        dry_changes = sorted(changed(before, snapshot(copy)))
        done = run_import(project, copy, folder)
        output = done.stdout + done.stderr
        if done.returncode not in (0, 1) or "Traceback" in output:
            print(
                f"Lệnh nhập hỏng (mã thoát {done.returncode}):\n{output[-2000:]}", file=sys.stderr
            )
            return 2
    drafts, broken = read_drafts(copy, set(before))
    tallies = {name: Tally(title=title, goal=goal) for name, (title, goal, _) in KINDS.items()}
    for record in records:
        if draft := drafts.get(record.code):
            for name, (_, _, count) in KINDS.items():
                count(record, draft, tallies[name])
    print_table(tallies)
    print_misses(tallies, options)
    holds = all(tally.holds for tally in tallies.values()) and not broken
    for path in broken:
        print(f"Tệp ghi ra không đọc lại được: {path.relative_to(copy)}")
    if options.drafts:
        return 0 if holds else 1
    holds &= print_account(records, drafts, output, options.misses)
    if dry_changes:
        print(f"--dry-run đã ghi {len(dry_changes)} tệp: {', '.join(dry_changes[:3])}")
    new_errors = errors_of(project, copy) - errors_before
    print(f"Lỗi mới của niemyet check sau khi nhập: {len(new_errors)} (mục tiêu 0)")
    for line in sorted(new_errors)[: options.misses]:
        print(f"  {line[:160]}")
    return 0 if holds and not dry_changes and not new_errors else 1


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(project), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "niemyet", *arguments]
    return subprocess.run(
        command,
        cwd=project,
        env=env,
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )


def run_import(
    project: Path, copy: Path, folder: Path, *more: str
) -> subprocess.CompletedProcess[str]:
    return run(
        project,
        "import",
        "national",
        str(folder.resolve()),
        "--root",
        str(copy),
        "--today",
        TODAY,
        *more,
    )


def errors_of(project: Path, copy: Path) -> set[str]:
    """The errors of `check`, each as one line without its place in the file."""
    found = json.loads(
        run(project, "check", "--root", str(copy), "--today", TODAY, "--format", "json").stdout
    )
    rows = found if isinstance(found, list) else found.get("findings", [])
    return {
        f"{row.get('path')} {row.get('code')} {row.get('message')}"
        for row in rows
        if row.get("severity") == "error"
    }


def snapshot(folder: Path) -> dict[Path, str]:
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def changed(before: dict[Path, str], after: dict[Path, str]) -> set[str]:
    return {
        path.name for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    }


def load(path: Path) -> dict[str, Any]:
    """A YAML file with every scalar as text: what is written, not what a resolver makes of it."""
    data = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    return data if isinstance(data, dict) else {}


def read_drafts(copy: Path, known: set[Path]) -> tuple[dict[str, Draft], list[Path]]:
    """The new procedures by code, and the files that are no YAML."""
    fees = {
        fee["id"]: fee
        for path in (copy / "content/fees").glob("*.yml")
        for fee in load(path).get("fees", [])
    }
    laws = {
        law["id"]: law
        for path in (copy / "content/legal").glob("*.yml")
        for law in load(path).get("documents", [])
    }
    names = {
        row["id"]: vi(row.get("name", ""))
        for row in load(copy / "site_config/vocabulary.yml").get("applicants", [])
    }
    drafts: dict[str, Draft] = {}
    broken = []
    for path in sorted((copy / "procedures").rglob("*.yml")):
        if path not in known:
            try:
                data = load(path)
            except (yaml.YAMLError, UnicodeDecodeError):
                broken.append(path)
                continue
            drafts[data.get("code", "")[:8]] = Draft(
                path=path,
                data=data,
                fees=[fees[row["fee"]] for row in data.get("fees", []) if row.get("fee") in fees],
                laws=[laws[law] for law in data.get("legal", []) if law in laws],
                applicant_names=names,
            )
    return drafts, broken


def vi(value: Any) -> str:
    return value.get("vi", "") if isinstance(value, dict) else value or ""


def texts_in(value: Any) -> Iterator[str]:
    """Every text below a value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif value:
        yield value


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else f"{text[:69]}…"


def matched(
    rows: Sequence[Any],
    places: Sequence[Any],
    fits: Callable[[Any, Any], bool],
    room: Sequence[int],
) -> set[int]:
    """The rows that find a place of their own; a place takes as many rows as it has room. Most rows
    win."""
    taken: dict[int, list[int]] = defaultdict(list)
    options = [[place for place, value in enumerate(places) if fits(row, value)] for row in rows]

    def settle(row: int, seen: set[int]) -> bool:
        for place in options[row]:
            if place in seen:
                continue
            seen.add(place)
            if len(taken[place]) < room[place]:
                taken[place].append(row)
                return True
            for other in taken[place]:
                if settle(other, seen):
                    taken[place].remove(other)
                    taken[place].append(row)
                    return True
        return False

    return {row for row in range(len(rows)) if settle(row, set())}


def count_channels(record: Record, draft: Draft, tally: Tally) -> None:
    places = draft.data.get("channels", [])
    # A row that names several cases stands for as many rows of the source.
    room = [max(1, len(place.get("cases", []))) for place in places]

    def fits(row: Any, place: Any) -> bool:
        return row.channel == place.get("channel") and (
            row.limit is None or row.limit == limit_of(place)
        )

    kept = matched(record.channels, places, fits, room)
    for index, row in enumerate(record.channels):
        have = (
            ", ".join(short_limit(place) for place in places if place.get("channel") == row.channel)
            or "không có dòng nào"
        )
        tally.count(
            record.code,
            index in kept,
            f"{row.channel}: nguồn “{short(row.limit_text)}”, bản nháp: {short(have)}",
        )


def short_limit(place: dict[str, Any]) -> str:
    limit = place.get("limit", {})
    return " ".join(
        str(limit[key]) for key in ("kind", "value", "minimum", "maximum") if key in limit
    )


def limit_of(place: dict[str, Any]) -> tuple[Fraction, str] | None:
    limit = place.get("limit", {})
    value = str(limit.get("value", ""))
    return (
        (Fraction(value), limit["kind"])
        if limit.get("kind") in LIMIT_UNITS and re.fullmatch(r"\d+(\.\d+)?", value)
        else None
    )


def count_invented_limits(record: Record, draft: Draft, tally: Tally) -> None:
    """A limit with a number must be the source's own row of that channel, or stated in words
    somewhere in the record."""
    for place in draft.data.get("channels", []):
        limit = place.get("limit", {})
        if (one := limit_of(place)) is not None:
            claims = [one]
        elif limit.get("kind") == "range":
            claims = [
                (Fraction(limit[key]), limit.get("unit", ""))
                for key in ("minimum", "maximum")
                if key in limit
            ]
        else:
            continue
        coded = [row.limit for row in record.channels if row.channel == place.get("channel")]
        stated = all(claim in coded or states_limit(record.text, claim) for claim in claims)
        tally.count(
            record.code,
            stated,
            f"{place.get('channel')}: {short_limit(place)} không có trong nguồn",
        )


def count_papers(record: Record, draft: Draft, tally: Tally) -> None:
    papers = draft.data.get("papers", [])
    cases = len(draft.data.get("cases", []))
    texts = [[fold(vi(paper.get(key))) for key in ("name", "note", "when")] for paper in papers]
    room = [len(paper["cases"]) if paper.get("cases") else max(1, cases) for paper in papers]
    notes = [
        fold(text) for key in ("notes", "papers_note") for text in texts_in(draft.data.get(key))
    ]
    rows = record.papers
    wanted = [fold_row(row.text) for row in rows]
    says = [[is_covered(want, text) for text in texts] for want in wanted]

    def fits(row: int, place: int) -> bool:
        return says[row][place] and copies_of(papers[place]) == (
            rows[row].originals,
            rows[row].copies,
        )

    kept = matched(range(len(rows)), range(len(papers)), fits, room)
    for index, row in enumerate(rows):
        is_kept = index in kept or (row.is_note and is_covered(wanted[index], notes))
        reason = "không thấy chữ này"
        if any(says[index]):
            have = {copies_of(papers[place]) for place, said in enumerate(says[index]) if said}
            is_same = (row.originals, row.copies) in have
            reason = (
                "thiếu dòng lặp lại"
                if is_same
                else f"bản nháp ghi {'; '.join(f'{a}/{b}' for a, b in sorted(have))}"
            )
        tally.count(
            record.code, is_kept, f"{row.originals}/{row.copies} “{short(row.text)}”: {reason}"
        )


def copies_of(paper: dict[str, Any]) -> tuple[int, int]:
    return int(paper.get("originals") or 0), int(paper.get("copies") or 0)


def count_invented_papers(record: Record, draft: Draft, tally: Tally) -> None:
    source = [fold(record.text)]
    for paper in draft.data.get("papers", []):
        name = vi(paper.get("name"))
        tally.count(
            record.code,
            is_covered(fold(name.rstrip("… ")), source),
            f"“{short(name)}” không có trong nguồn",
        )


def count_laws(record: Record, draft: Draft, tally: Tally) -> None:
    have = {legal_number(law.get("number", "")) for law in draft.laws}
    titles = [
        fold(text)
        for text in texts_in([draft.laws, draft.data.get("notes"), draft.data.get("to_review")])
    ]
    wanted = {legal_number(row.number): row for row in record.legal}
    for number, row in wanted.items():
        # A number the source broke off ("29/2023/NĐ-C") may be kept or completed.
        is_kept = any(
            number == other or (len(number) > 7 and other.startswith(number)) for other in have
        )
        if not re.search(r"\d", number):
            is_kept = is_covered(fold(row.title), titles)
        tally.count(record.code, is_kept, f"{short(row.number) or '(không số)'}")


def count_applicants(record: Record, draft: Draft, tally: Tally) -> None:
    ids = draft.data.get("applicants", [])
    names = {fold(draft.applicant_names.get(name, "")) for name in ids}
    note = [fold(text) for text in texts_in(draft.data.get("applicants_note"))]
    for item in record.items("Đối tượng thực hiện"):
        tally.count(
            record.code,
            APPLICANTS.get(item) in ids or fold(item) in names or is_covered(fold(item), note),
            short(item),
        )


def count_results(record: Record, draft: Draft, tally: Tally) -> None:
    have = [fold(text) for text in texts_in(draft.data.get("results"))]
    for item in record.items("Kết quả thực hiện"):
        tally.count(record.code, is_covered(fold_row(item), have, pieces=10), short(item))


def amounts_in(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("amount_vnd", "cap_vnd"):
                yield key, int(inner)
            else:
                yield from amounts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from amounts_in(inner)


def statuses_in(value: Any) -> Iterator[str]:
    for row in value if isinstance(value, list) else []:
        yield row.get("status", "")
        yield from statuses_in(row.get("by_channel"))


def count_invented_amounts(record: Record, draft: Draft, tally: Tally) -> None:
    """No amount that the channel block does not state, none too small to be đồng, and "free" only
    where it says so."""
    block = record.values.get("Cách thức thực hiện", "")
    stated = numbers_in(block)
    for fee in draft.fees:
        for key, amount in amounts_in(fee.get("values")):
            is_stated = amount in stated and amount >= SMALLEST_AMOUNT
            tally.count(record.code, is_stated, f"{fee['id']}: {key} {amount} không có trong nguồn")
        if "free" in statuses_in(fee.get("values")):
            tally.count(
                record.code, bool(FREE.search(block)), f"{fee['id']}: ghi miễn phí, nguồn không nói"
            )


def count_stated_amounts(record: Record, draft: Draft, tally: Tally) -> None:
    """An amount the source gives before VNĐ stays in a fee, or at least in words."""
    have = {amount for fee in draft.fees for _, amount in amounts_in(fee.get("values"))}
    words = set().union(*(numbers_in(text) for text in texts_in([draft.data, draft.fees])))
    said = {text for row in record.channels for text in STATED.findall(f"{row.fee}\n{row.note}")}
    for amount in sorted({int(re.sub(r"\D", "", text)) for text in said}):
        if amount >= SMALLEST_AMOUNT:
            tally.count(record.code, amount in have | words, f"{amount} đồng")


def count_limit_words(record: Record, draft: Draft, tally: Tally) -> None:
    """A limit in words speaks of time; the source's description may be about money or place."""
    for place in draft.data.get("channels", []):
        if place.get("limit", {}).get("kind") == "text":
            text = vi(place["limit"].get("text"))
            tally.count(
                record.code, bool(TIME.search(text)), f"{place.get('channel')}: “{short(text)}”"
            )


def count_flat_fees(record: Record, draft: Draft, tally: Tally) -> None:
    """A fixed amount is no whole truth where the source's row names further amounts that no fee of
    the draft has."""
    kept = {amount for fee in draft.fees for _, amount in amounts_in(fee.get("values"))}
    for fee in draft.fees:
        for value in fee.get("values", []):
            if value.get("status") == "fixed":
                amount = int(value.get("amount_vnd") or 0)
                near = [
                    f"{row.fee}\n{row.note}"
                    for row in record.channels
                    if amount in numbers_in(row.fee)
                ]
                said = {
                    int(re.sub(r"\D", "", text)) for block in near for text in STATED.findall(block)
                }
                others = sorted(n for n in said - kept if n >= SMALLEST_AMOUNT)
                tally.count(
                    record.code,
                    not others,
                    f"{fee['id'][:40]}: fixed {amount}, nguồn còn nêu {others[:4]}",
                )


def count_identity(record: Record, draft: Draft, tally: Tally) -> None:
    name = re.sub(r"^\s*Thủ tục\s+", "", record.value("Tên thủ tục"), flags=re.IGNORECASE)
    have = re.sub(r"^\s*Thủ tục\s+", "", vi(draft.data.get("name")), flags=re.IGNORECASE)
    tally.count(record.code, fold(name) == fold(have), f"tên: “{short(have)}”")
    number = vi(draft.data.get("decision", {}).get("number"))
    tally.count(
        record.code,
        legal_number(record.value("Số quyết định")) == legal_number(number),
        f"quyết định: “{short(number)}”",
    )
    for label, key in (("Cơ quan có thẩm quyền", "authority"), ("Cơ quan phối hợp", "cooperating")):
        if want := record.value(label):
            tally.count(
                record.code,
                is_covered(fold(want), [fold(" ".join(texts_in(draft.data.get(key))))]),
                f"{key}: “{short(want)}”",
            )


def lines_kept(label: str) -> Callable[[Record, Draft, Tally], None]:
    """Counts the lines of a long text that are found anywhere in the draft."""

    def count(record: Record, draft: Draft, tally: Tally) -> None:
        have = [fold(text) for text in texts_in(draft.data)]
        for line in record.value(label).split("\n"):
            if wanted := fold_row(line):
                tally.count(record.code, is_covered(wanted, have), f"“{short(line)}”")

    return count


def count_channel_notes(record: Record, draft: Draft, tally: Tally) -> None:
    have = [fold(text) for text in texts_in([draft.data, draft.fees])]
    for line in dict.fromkeys(
        line for row in record.channels for line in row.note.split("\n") if fold(line)
    ):
        tally.count(record.code, is_covered(fold_row(line), have), f"“{short(line)}”")


Count = Callable[[Record, Draft, Tally], None]
KINDS: dict[str, tuple[str, float | None, Count]] = {
    "channels": ("Cách thực hiện và thời hạn", 99, count_channels),
    "papers": ("Giấy tờ và số bản", 99, count_papers),
    "laws": ("Căn cứ pháp lý", 99, count_laws),
    "applicants": ("Đối tượng", 99, count_applicants),
    "results": ("Kết quả", 99, count_results),
    "amounts": ("Số tiền đúng nguồn", 100, count_invented_amounts),
    "limits": ("Thời hạn đúng nguồn", 100, count_invented_limits),
    "identity": ("Tên, quyết định, cơ quan", None, count_identity),
    "stated-amounts": ("Số tiền nguồn nêu còn lại", None, count_stated_amounts),
    "flat-fees": ("Mức cố định, nguồn không nêu mức khác", None, count_flat_fees),
    "limit-words": ("Thời hạn bằng lời nói về thời gian", None, count_limit_words),
    "own-papers": ("Tên giấy tờ theo lời nguồn", None, count_invented_papers),
    "channel-notes": ("Mô tả cách thực hiện", None, count_channel_notes),
    "steps": ("Dòng trình tự", None, lines_kept("Trình tự thực hiện")),
    "conditions": ("Dòng yêu cầu, điều kiện", None, lines_kept("Yêu cầu, điều kiện thực hiện")),
}
"""By name: its title, the least percent (none: only shown), and what counts it."""


def print_table(tallies: dict[str, Tally]) -> None:
    print(f"{'Loại':<16} {'':<38} {'thấy':>7} {'tổng':>7} {'tỷ lệ':>8}  mục tiêu")
    for name, tally in tallies.items():
        goal = "–" if tally.goal is None else f"{tally.goal:g} %"
        verdict = "" if tally.goal is None else ("đạt" if tally.holds else "CHƯA ĐẠT")
        print(
            f"{name:<16} {tally.title:<38} {tally.found:>7} {tally.total:>7} {tally.percent:>6.2f}"
            f" %  {goal:<6} {verdict}"
        )
    invented = {
        title: len(tallies[name].misses)
        for name, title in (("amounts", "số tiền"), ("limits", "thời hạn"))
    }
    print(
        "Bịa ra: "
        + ", ".join(f"{title} {number}" for title, number in invented.items())
        + " (mục tiêu 0)"
    )


def print_misses(tallies: dict[str, Tally], options: argparse.Namespace) -> None:
    for name, tally in tallies.items():
        if tally.misses and options.misses > 0 and options.only in (None, name):
            records = len({code for code, _ in tally.misses})
            print(f"\n{tally.title} ({name}): thiếu {len(tally.misses)} ở {records} hồ sơ")
            for code, what in itertools.islice(tally.misses, options.misses):
                print(f"  {code}  {what}")


def print_account(
    records: Iterable[Record], drafts: dict[str, Draft], output: str, misses: int
) -> bool:
    """Every file was either imported or refused with a line that names it."""
    files = list(records)
    refused = [record for record in files if record.code not in drafts]
    lines = output.splitlines()
    reasons = {
        record.code: next(
            (line for line in lines if record.code in line or record.path.name in line), ""
        )
        for record in refused
    }
    silent = [code for code, line in reasons.items() if not line]
    imported = len(files) - len(refused)
    print(
        f"\nNhập {imported} + từ chối {len(refused) - len(silent)} ="
        f" {imported + len(refused) - len(silent)} trên {len(files)} tệp"
    )
    for code, line in reasons.items():
        print(f"  {code}  {short_line(line) if line else 'KHÔNG nhập mà không nói lý do'}")
    extra = sorted(drafts.keys() - {record.code for record in files})
    for code in extra[:misses]:
        print(f"  {code}  có bản nháp mà không có trong nguồn")
    return not silent and not extra


def short_line(line: str) -> str:
    return line.strip()[:160]


if __name__ == "__main__":
    sys.exit(main())
