"""Throws broken records at `niemyet import national` in one process and asks that it never breaks
and never strays.

After each case: no exception, an exit code of 0, 1 or 2, nothing written outside procedures/,
content/ and site_config/, nothing at all when no procedure came in, every new file readable, every
shipped file as it was or only longer. Every so often the whole temporary project goes through the
checks: no error that was not there before. Exit codes: 0 nothing found, 1 something found (the
input is kept), 2 the command does not exist.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import faulthandler
import io
import itertools
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

OWN_ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
PARTS = ("procedures", "content", "site_config")
CHECK_EVERY = 50
SLOWEST = 30  # seconds one case may take
MAX_READ = 4_000_000

RECORD = """Chi tiết thủ tục hành chính
Mã thủ tục: 1.990001
Số quyết định: 12/QĐ-BTP
Tên thủ tục: Thủ tục cấp giấy thử nghiệm
Cấp thực hiện: Cấp Xã
Loại thủ tục: TTHC được luật giao quy định chi tiết
Lĩnh vực: Hộ tịch
Trình tự thực hiện:
    Bước 1: Người dân nộp hồ sơ tại quầy.
    Bước 2: Công chức kiểm tra; hồ sơ nhận sau 15 giờ thì trả kết quả vào ngày làm việc tiếp theo.

Cách thức thực hiện:
  * Hình thức nộp: DIRECT
    Thời hạn giải quyết: 3 WORKING_DAY
    Phí, lệ phí: 8000 VNĐ (/bản) | 0 VNĐ (Miễn cho hộ nghèo)
    Mô tả: 03 ngày làm việc, kể từ ngày nhận đủ hồ sơ.
  * Hình thức nộp: ONLINE
    Thời hạn giải quyết: 7.5 ngày
    Phí, lệ phí: 0 VNĐ (Mức lệ phí do Hội đồng nhân dân tỉnh quyết định)
  * Hình thức nộp: POSTAL
    Thời hạn giải quyết: 1 OTHER
    Phí, lệ phí: Không có thông tin

Thành phần hồ sơ:
  [ * Giấy tờ phải nộp: ]
    - - Tờ khai theo mẫu (nếu nộp trực tiếp);
      Số lượng: Bản chính: 1, Bản sao: 0
  [ Lưu ý ]
    - + Không yêu cầu giấy tờ đã có trong cơ sở dữ liệu.
      Số lượng: Bản chính: 0, Bản sao: 0

Đối tượng thực hiện: Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ
Cơ quan thực hiện: Ủy ban nhân dân cấp xã
Cơ quan có thẩm quyền: Không có thông tin
Địa chỉ tiếp nhận HS: Không có thông tin
Cơ quan được ủy quyền: Không có thông tin
Cơ quan phối hợp: Không có thông tin
Kết quả thực hiện: Giấy thử nghiệm, Trích lục thử nghiệm
Căn cứ pháp lý:
  * Luật Thử nghiệm (999/2024/QH15)
  * Nghị định quy định chi tiết Luật Thử nghiệm (998/2025/NĐ-CP)

Yêu cầu, điều kiện thực hiện: Không có thông tin
Từ khóa: Không có thông tin
Mô tả: Không có thông tin
"""

RECORD_JSON = """{
  "code": "1.990001", "name": "Thủ tục cấp giấy thử nghiệm", "isWard": true,
  "formalityType": "OTHER", "keywords": [],
  "procedureProposal": {"proposalNumber": "12/QĐ-BTP"}, "categoriesDetails": [{"name": "Hộ tịch"}],
  "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
  "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
  "departmentsAuthority": [], "dossierReceivingAddresses": [{"address": "Quầy 1"}],
  "departmentsCoordinating": null,
  "resultsDetails": [{"name": "Giấy thử nghiệm"}], "requirementsAndConditions": "- Đủ tuổi",
  "description": "",
  "executionSteps": [{"name": "Bước 1", "description": "Nộp hồ sơ.\\nChờ kết quả."}],
  "executionMethods": [
    {"submissionMethod": "DIRECT", "processingTime": "3", "processingTimeUnit": "WORKING_DAY",
     "description": "",
     "fees": [{"amount": 8000, "name": "/bản"}, {"amount": "0", "name": "Miễn cho hộ nghèo"}]}
  ],
  "executionCases": [
    {"name": "Giấy tờ phải nộp", "profileComponents": [
      {"name": "Tờ khai theo mẫu", "originalQty": 1, "copyQty": 0}]}
  ],
  "legalBasisesDetails": [{"name": "Luật Thử nghiệm", "code": "999/2024/QH15"}]
}"""

PAYLOADS = (
    "../../x", "/../../../x", "..\\..\\x", "{base}/escaped", "C:\\x", "~/x", "procedures/../../x",
    "con", ".", "..", "a/b",
    "-rf", "--root", "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% raw %}", "{#", "${7*7}", "%s%n",
    "!!python/object:os.system [x]",
    "!!binary x", "&a [*a]", "*a", "? x", "- x", "--- x", "...", "# x", "'", '"', "''", '""', "|",
    ">", "| >", "[", "]", "{",
    "}", ": ", "a: b", "yes", "no", "null", "~", "1e5", "0x10", "0o7", "1_000", ".inf", ".nan",
    "2026-11-24", "12:30:45",
    "\u202eabc", "\u200b", "\ufeff", "\u2028x", "\u0085x", "\x00", "\x1b[31m", "\x07", "\ud7ff",
    "\uffff", "\U0010ffff",
    "\U0001f600", "e" + "\u0301" * 300, "đ" * 300, "ạ" * 90, "(" * 3000, "(" * 60000, ")" * 3000,
    "((((" + "x" * 50,
    "[" * 3000, "{" * 3000, "9" * 400, "9" * 5000, "-5", "0", "00", "1" + "0" * 30, "٣", "²", "Ⅻ",
    "1.5.5", "7,5", "½",
    "http://x", "javascript:alert(1)", "https://a b", "Không có thông tin", "KHÔNG CÓ THÔNG TIN",
    " ", "\t", "\xa0", "|" * 500,
    " | " * 500, "1.001193", "1.000656", "a" * 200_000, "x " * 50_000, "tên\nxuống dòng",
    "Mô tả: x",
    "* Hình thức nộp: DIRECT",
)  # fmt: skip
LABEL = re.compile(r"^([^\W\d_][^:\n]{2,40}):", re.MULTILINE)
FIELD = re.compile(r"^( *(?:\* |- )?[^:\n]{3,40}:|    - |  \* |  \[)(.*)$", re.MULTILINE)

Mutation = Callable[[random.Random, bytes], bytes]


class TooSlow(BaseException):
    """One case took longer than any record may; not an `Exception`, so that nothing on the way
    takes it for its own."""


@dataclass(frozen=True, slots=True)
class Case:
    number: int
    files: dict[str, bytes]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    what: str
    detail: str
    files: dict[str, bytes]


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    project = options.project.resolve()
    sys.path.insert(0, str(project))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if "import" not in command_names():
        print("Chưa có lệnh niemyet import.", file=sys.stderr)
        return 2
    faulthandler.enable()
    signal.signal(signal.SIGALRM, too_slow)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"Hạt giống: {seed} (chạy lại: --seed {seed})", flush=True)
    folder = options.records or project.parent / "shared" / "data" / "national-records"
    originals = [RECORD.encode()] * 3 + [
        path.read_bytes() for path in (sorted(folder.glob("*.txt")) if folder.is_dir() else [])
    ]
    base = Path(tempfile.mkdtemp(prefix="niemyet-fuzz-"))
    try:
        fuzzer = Fuzzer(
            project if options.whole else project / "tests" / "bad_input" / "_base",
            base,
            options.failures,
        )
        started = time.monotonic()
        number = options.start
        while time.monotonic() - started < options.seconds and not fuzzer.is_full:
            fuzzer.run(make_case(random.Random(f"{seed}-{number}"), number, originals, base))
            number += 1
            if options.count and number - options.start >= options.count:
                break
        fuzzer.check_project()
        seconds = time.monotonic() - started
    finally:
        shutil.rmtree(base)
    return report(fuzzer, number - options.start, seconds)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(description="Ném hồ sơ hỏng vào lệnh nhập hồ sơ quốc gia.")
    found.add_argument(
        "--project",
        type=Path,
        default=OWN_ROOT,
        help="thư mục dự án có lệnh nhập (mặc định: dự án này)",
    )
    found.add_argument(
        "--whole",
        action="store_true",
        help="nhập vào bản sao cả dự án, không phải dự án nhỏ của bộ kiểm thử (chậm hơn)",
    )
    found.add_argument(
        "--records",
        type=Path,
        help="thư mục hồ sơ gốc để làm hỏng (mặc định: ../shared/data/national-records)",
    )
    found.add_argument("--seconds", type=float, default=120, help="chạy bao lâu (mặc định: 120)")
    found.add_argument("--seed", type=int, help="hạt giống (mặc định: ngẫu nhiên)")
    found.add_argument(
        "--start", type=int, default=0, metavar="N", help="bắt đầu từ ca số N của hạt giống"
    )
    found.add_argument("--count", type=int, metavar="N", help="chỉ chạy N ca")
    found.add_argument(
        "--failures",
        type=int,
        default=10,
        metavar="N",
        help="dừng sau N lỗi khác nhau (mặc định: 10)",
    )
    return found


def command_names() -> str:
    from niemyet.cli.main import main as niemyet

    shown = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
        niemyet(["--help"])
    shown.seek(0)
    return shown.read()


def report(fuzzer: Fuzzer, cases: int, seconds: float) -> int:
    for failure in fuzzer.failures:
        kept = Path(tempfile.mkdtemp(prefix="niemyet-fuzz-case-"))
        for name, data in failure.files.items():
            (kept / name).write_bytes(data)
        print(f"\nLỖI: {failure.what}\n  đầu vào: {kept}\n{failure.detail}")
    codes = ", ".join(f"{code}: {number}" for code, number in sorted(fuzzer.codes.items()))
    print(
        f"\n{cases} ca trong {seconds:.0f} giây ({cases / seconds:.1f} ca/giây); mã thoát {codes};"
        f" {fuzzer.drafts} bản nháp được ghi;"
    )
    print(
        f"ca chậm nhất {fuzzer.slowest[0]:.2f} giây (ca {fuzzer.slowest[1]});"
        f" {len(fuzzer.failures)} lỗi khác nhau."
    )
    return 1 if fuzzer.failures else 0


class Fuzzer:
    """One temporary project, the shipped state to come back to, and what went wrong so far."""

    def __init__(self, project: Path, base: Path, most: int) -> None:
        self.base = base
        self.root = base / "a" / "b" / "project"
        self.inputs = base / "a" / "b" / "in"
        self.elsewhere = base / "a" / "b" / "cwd"
        for folder in (self.inputs, self.elsewhere):
            folder.mkdir(parents=True)
        for part in PARTS:
            shutil.copytree(project / part, self.root / part)
        if (project / "mkdocs.yml").is_file():
            shutil.copy(project / "mkdocs.yml", self.root)
        os.chdir(self.elsewhere)
        self.shipped = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
        self.most = most
        self.failures: list[Failure] = []
        self.known: set[str] = set()
        self.codes: dict[int, int] = {}
        self.drafts = 0
        self.slowest = (0.0, 0)
        self.unchecked: list[Case] = []
        self.errors = self.project_errors()

    @property
    def is_full(self) -> bool:
        return len(self.failures) >= self.most

    def run(self, case: Case) -> None:
        before = self.state()
        if self.feed(case):
            self.look_at(case, before, self.state())
            self.unchecked.append(case)
        else:
            self.restore()
            self.unchecked.clear()
        if len(self.unchecked) >= CHECK_EVERY:
            self.check_project()

    def feed(self, case: Case) -> bool:
        """Runs the import; whether it ended as a command should."""
        for old in self.inputs.iterdir():
            old.unlink()
        for name, data in case.files.items():
            (self.inputs / name).write_bytes(data)
        where = str(self.inputs if case.number % 2 else self.inputs / next(iter(case.files)))
        started = time.monotonic()
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        code: Any = None
        signal.alarm(SLOWEST)
        try:
            from niemyet.cli.main import main as niemyet

            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = niemyet(
                    ["import", "national", where, "--root", str(self.root), "--today", TODAY]
                )
        except SystemExit as leaving:
            code = leaving.code
        except (Exception, TooSlow) as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            self.fail(
                f"{type(error).__name__} ở {Path(last.filename).name}:{last.name}",
                "".join(traceback.format_exc()[-3000:]),
                case,
            )
            return False
        finally:
            signal.alarm(0)
        self.slowest = max(self.slowest, (time.monotonic() - started, case.number))
        if code not in (0, 1, 2):
            self.fail(f"mã thoát {code!r}", "", case)
            return False
        self.codes[code] = self.codes.get(code, 0) + 1
        for stream in (out, err):
            stream.flush()
            shown = stream.buffer.getvalue().decode("utf-8", "replace")
            if "\x1b" in shown or "\x00" in shown or "\u202e" in shown:
                self.fail(
                    "in ra ký tự điều khiển của đầu vào",
                    shown[:300].encode("unicode_escape").decode(),
                    case,
                )
        return True

    def state(self) -> dict[Path, tuple[int, int, int]]:
        """All files of the whole temporary place, the inputs aside, with what changes when they
        do."""
        found = {}
        for path in self.base.rglob("*"):
            if path.parent != self.inputs and (status := path.lstat()) and not path.is_dir():
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return found

    def look_at(self, case: Case, before: dict[Path, Any], after: dict[Path, Any]) -> None:
        gone = [path for path in before if path not in after]
        if gone:
            self.fail("xóa tệp có sẵn", str(gone[0].relative_to(self.base)), case)
        touched = [path for path in after if before.get(path) != after[path]]
        new_procedures = 0
        for path in touched:
            inside = (
                path.is_relative_to(self.root) and path.relative_to(self.root).parts[0] in PARTS
            )
            place = str(path.relative_to(self.base))
            if not inside:
                self.fail("ghi ra ngoài các thư mục dữ liệu", place, case)
                continue
            if path.suffix != ".yml" or path.is_symlink():
                self.fail("ghi tệp lạ", place, case)
                continue
            data = path.read_bytes()
            if path in self.shipped:
                if path.relative_to(self.root).parts[0] == "procedures":
                    self.fail("sửa thủ tục có sẵn", place, case)
                elif not is_longer(self.shipped[path], data):
                    self.fail("sửa tệp có sẵn, không chỉ thêm", place, case)
            elif path.relative_to(self.root).parts[0] == "procedures":
                new_procedures += path not in before
            try:
                loaded = yaml.load(
                    data,
                    Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader,
                )
                if not isinstance(loaded, dict):
                    self.fail("tệp ghi ra không phải bản đồ YAML", place, case)
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                self.fail("tệp ghi ra không đọc lại được", f"{place}: {str(error)[:300]}", case)
        if touched and not new_procedures:
            self.fail(
                "không nhập được gì mà vẫn ghi tệp",
                ", ".join(str(p.relative_to(self.root)) for p in touched[:5]),
                case,
            )
        self.drafts += new_procedures

    def check_project(self) -> None:
        """The checks over all that came in; where they find something new, each case is tried
        alone."""
        new = self.project_errors() - self.errors
        cases, self.unchecked = self.unchecked, []
        self.restore()
        wanted = {code for _, code, _ in new if f"check báo {code}" not in self.known}
        for case in cases if wanted else ():
            if self.feed(case):
                for path, code, message in sorted(self.project_errors() - self.errors):
                    wanted.discard(code)
                    self.fail(f"check báo {code}", f"{path}: {message[:300]}", case)
            self.restore()
            if not wanted or self.is_full:
                return
        for path, code, message in sorted(new):
            if code in wanted:
                self.fail(
                    f"check báo {code}",
                    f"chỉ khi nhập cả {len(cases)} ca: {path}: {message[:300]}",
                    cases[-1],
                )

    def project_errors(self) -> set[tuple[str, str, str]]:
        """Path, code and message of every error in the project; a check that breaks is one too."""
        from niemyet.findings.finding import Severity
        from niemyet.publish.project import load_project

        try:
            findings = load_project(self.root, dt.date.fromisoformat(TODAY)).findings
        except Exception as error:
            return {("", type(error).__name__, traceback.format_exc()[-300:])}
        return {
            (f.position.path, f.code, f.message("vi"))
            for f in findings
            if f.severity is Severity.ERROR
        }

    def restore(self) -> None:
        for path in self.base.rglob("*"):
            if path.is_file() and path.parent != self.inputs and path not in self.shipped:
                path.unlink()
        for path, data in self.shipped.items():
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def fail(self, what: str, detail: str, case: Case) -> None:
        if what not in self.known:
            self.known.add(what)
            self.failures.append(
                Failure(f"{what} (ca {case.number}: {', '.join(case.labels)})", detail, case.files)
            )


def too_slow(*_: object) -> None:
    raise TooSlow(f"quá {SLOWEST} giây")


def is_longer(before: bytes, after: bytes) -> bool:
    """Whether every old line is still there, in order."""
    rest = iter(after.split(b"\n"))
    return all(line in rest for line in before.split(b"\n") if line)


def make_case(rng: random.Random, number: int, originals: list[bytes], base: Path) -> Case:
    """One to three files; most are real records with one to three faults, some are JSON, some are
    noise."""
    files: dict[str, bytes] = {}
    labels = []
    for part in range(rng.choice((1, 1, 1, 2, 3))):
        kind = rng.random()
        if kind < 0.15:
            labels.append("json")
            files[f"{number}-{part}.json"] = json_case(rng)
        elif kind < 0.2:
            labels.append("noise")
            files[f"{number}-{part}.txt"] = noise(rng)
        else:
            data = rng.choice(originals)
            if rng.random() < 0.7:
                code = f"{rng.randrange(1, 9)}.{rng.randrange(10**6):06d}"
                data = re.sub(
                    rb"(?m)^(M\xc3\xa3 th\xe1\xbb\xa7 t\xe1\xbb\xa5c:).*$",
                    rb"\1 " + code.encode(),
                    data,
                    count=1,
                )
            for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
                mutation = rng.choice(MUTATIONS)
                labels.append(mutation.__name__)
                data = mutation(rng, data).replace(b"{base}", bytes(base))
            files[f"{number}-{part}.{'txt' if rng.random() < 0.97 else 'json'}"] = data[:MAX_READ]
    return Case(number, files, tuple(labels))


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def truncated(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def beheaded(rng: random.Random, data: bytes) -> bytes:
    return data[rng.randrange(len(data) + 1) :]


def bytes_flipped(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 30))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def blocks(data: bytes) -> list[str]:
    text = text_of(data)
    starts = [0, *(match.start() for match in LABEL.finditer(text)), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(starts)]


def labels_shuffled(rng: random.Random, data: bytes) -> bytes:
    parts = blocks(data)
    rng.shuffle(parts)
    return "".join(parts).encode()


def labels_doubled(rng: random.Random, data: bytes) -> bytes:
    parts = blocks(data)
    for _ in range(rng.choice((1, 2, 20))):
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(parts))
    return "".join(parts).encode()


def labels_dropped(rng: random.Random, data: bytes) -> bytes:
    return "".join(part for part in blocks(data) if rng.random() < 0.85).encode()


def lines_shuffled(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def lines_repeated(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    start = rng.randrange(len(lines))
    part = lines[start : start + rng.randrange(1, 12)]
    return b"\n".join([*lines[:start], *(part * rng.choice((2, 20, 700))), *lines[start:]])


def decomposed(rng: random.Random, data: bytes) -> bytes:
    return unicodedata.normalize(rng.choice(("NFD", "NFKD")), text_of(data)).encode()


def in_tabs(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"    ", b"\t") if rng.random() < 0.5 else data.replace(b" ", b"\t")


def other_ends(rng: random.Random, data: bytes) -> bytes:
    return data.replace(
        b"\n",
        rng.choice((b"\r\n", b"\r", b"\n\n", "\u2028".encode(), b"\x0b", b"\x0c", "\x85".encode())),
    )


def other_encoding(rng: random.Random, data: bytes) -> bytes:
    return text_of(data).encode(
        rng.choice(("utf-16", "utf-8-sig", "utf-16-le", "utf-32", "cp1258", "utf-7")), "replace"
    )


def surrogates(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data) + 1)
    return (
        data[:place]
        + rng.choice((b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xff", b"\xc0\xaf", b"\xf4\x90\x80\x80"))
        + data[place:]
    )


def long_line(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    lines[rng.randrange(len(lines))] += (
        rng.choice((b"a", "ạ ".encode(), b"(", b"| ", b"9", b"- ", b" ", b"1.", b"x)")) * 1_000_000
    )
    return b"\n".join(lines)[:MAX_READ]


def payload(rng: random.Random, data: bytes) -> bytes:
    """One payload in one place of the grammar: a label's value, a channel, a paper, a law."""
    text = text_of(data)
    fields = list(FIELD.finditer(text))
    if not fields:
        return data
    field, value = rng.choice(fields), rng.choice(PAYLOADS)
    old = field[2]
    new = rng.choice((f" {value}", value, f"{old}{value}", f" {value}{old}", f" {old} ({value})"))
    return (text[: field.start(2)] + new + text[field.end(2) :]).encode("utf-8", "surrogatepass")


def payload_everywhere(rng: random.Random, data: bytes) -> bytes:
    value = rng.choice([value for value in PAYLOADS if len(value) < 1000])
    text = FIELD.sub(
        lambda field: f"{field[1]} {value}" if rng.random() < 0.5 else field[0], text_of(data)
    )
    return text.encode("utf-8", "surrogatepass")


def payload_in_known_field(rng: random.Random, data: bytes) -> bytes:
    """The places from which names of files, numbers and ids are made."""
    value = rng.choice(PAYLOADS)
    label = rng.choice(
        (
            "Mã thủ tục",
            "Tên thủ tục",
            "Lĩnh vực",
            "Số quyết định",
            "Đối tượng thực hiện",
            "Kết quả thực hiện",
            "Cơ quan có thẩm quyền",
        )
    )
    return re.sub(
        rf"(?m)^{label}:.*$", lambda _: f"{label}: {value}", text_of(data), count=1
    ).encode("utf-8", "surrogatepass")


def numbers_changed(rng: random.Random, data: bytes) -> bytes:
    values = (
        "0",
        "-1",
        "9" * 30,
        "9" * 4400,
        "7.5",
        "7,25",
        "1e9",
        "٣",
        "²",
        "",
        "1000000001",
        "3651",
        "21",
        "NaN",
        "½",
    )
    return re.sub(
        r"\d+",
        lambda number: rng.choice(values) if rng.random() < 0.1 else number[0],
        text_of(data),
    ).encode()


def nested(rng: random.Random, data: bytes) -> bytes:
    depth = rng.choice((5, 500, 50_000))
    opened, closed = rng.choice((("(", ")"), ("[", "]"), ("((", ")"), ("(", ""), ("", ")")))
    lines = text_of(data).split("\n")
    lines[rng.randrange(len(lines))] += opened * depth + "x" + closed * depth
    return "\n".join(lines).encode()


def emptied(rng: random.Random, data: bytes) -> bytes:
    return FIELD.sub(
        lambda field: field[1] if rng.random() < 0.3 else field[0], text_of(data)
    ).encode()


MUTATIONS: tuple[Mutation, ...] = (
    truncated, beheaded, bytes_flipped, labels_shuffled, labels_doubled, labels_dropped,
    lines_shuffled, lines_repeated,
    decomposed, in_tabs, other_ends, other_encoding, surrogates, long_line, payload, payload,
    payload, payload_everywhere,
    payload_in_known_field, payload_in_known_field, payload_in_known_field, numbers_changed,
    numbers_changed, nested, emptied,
)  # fmt: skip


def noise(rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return rng.randbytes(rng.choice((0, 1, 100, 100_000)))
    ranges = ((0, 0x20), (0, 0x300), (0, 0xD800), (0xE000, 0x110000))
    return "".join(
        chr(rng.randrange(*rng.choice(ranges))) for _ in range(rng.choice((1, 100, 10_000)))
    ).encode()


def json_case(rng: random.Random) -> bytes:
    """A record as JSON with wrong types in any place, or JSON that is no record at all."""
    choice = rng.random()
    if choice < 0.2:
        depth = rng.choice((10, 5000, 200_000))
        return (
            rng.choice((b"[", b'{"a":')) * depth
            + rng.choice((b"1", b""))
            + rng.choice((b"]", b"}")) * depth
        )
    if choice < 0.4:
        numbers = (b"1", b"9" * 5000, b"NaN", b"-Infinity")
        return rng.choice(
            (
                b"",
                b"null",
                b"[]",
                b"{}",
                b'"\\ud800"',
                b"[1,]",
                b"{'a':1}",
                b"\xef\xbb\xbf{}",
                b'{"a":1,"a":2}',
                *numbers,
            )
        )
    record: dict[str, Any] = json.loads(RECORD_JSON)
    record["code"] = f"1.{rng.randrange(10**6):06d}"
    for _ in range(rng.choice((0, 1, 2, 20))):
        spoil(rng, record)
    whole: Any = rng.choice(
        (
            record,
            record,
            [record],
            {"data": record},
            {"data": [record, record]},
            [record, None, [record]],
        )
    )
    return json.dumps(whole, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def spoil(rng: random.Random, node: Any) -> None:
    """Replaces one value somewhere below by one of another type."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(node[key], (dict, list)) and rng.random() < 0.7:
            node = node[key]
            continue
        values: tuple[Any, ...] = (
            None, True, 0, -1, 7.5, 10**400, float("nan"), float("inf"), "", "x", [], {}, [[]],
            [None], {"": None},
            {"x": {"y": []}}, "\ud800", ["x"] * 5000, rng.choice(PAYLOADS),
        )  # fmt: skip
        node[key] = rng.choice(values)
        return


if __name__ == "__main__":
    sys.exit(main())
