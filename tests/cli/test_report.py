"""What a clerk reads, what a program reads, and how the command ends."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bad_inputs import TODAY, copy_base, lay_over
from bad_inputs import tidy_project_of as tidy

from niemyet.cli import clock, main
from niemyet.cli.options import CUT_OFF
from niemyet.cli.report import (
    MOST_ANNOTATIONS,
    WIDEST_LINE,
    render_explain,
    render_github,
    render_json,
    render_text,
)
from niemyet.findings.finding import Diagnostic, Position, Severity, rule, rules
from niemyet.publish.project import load_project
from niemyet.source.formatter import format_files
from niemyet.source.loader import parse_source

FEES = "content/fees/amount-with-a-dot.yml"
DAY = str(TODAY)


def fault(
    text: str = "kind: x\n", line: int = 1, column: int = 7, width: int = 1, **values: str
) -> tuple[Diagnostic, dict[str, str]]:
    given = {"key_name": "kind", "value": "x", "allowed": "camera", "near": "camera", **values}
    return Diagnostic(
        code="S005", position=Position("a.yml", line, column), values=given, width=width
    ), {"a.yml": text}


def underlined(text: str, line: int = 1, column: int = 7, width: int = 1) -> tuple[str, str]:
    """The source line and the underline that are shown for a place, without the gutter."""
    finding, sources = fault(text, line, column, width)
    shown = render_text([finding], "vi", sources).split("\n")
    assert shown[1].startswith(f"{line:>6} | ") and shown[2].startswith("       | ")
    return shown[1][9:], shown[2][9:]


def test_a_finding_has_its_place_first_then_the_sentence_the_line_and_the_way_out(
    tmp_path: Path,
) -> None:
    project = load_project(tidy("S004-amount-with-a-dot", tmp_path), TODAY)
    assert (
        render_text(project.findings, "vi", project.texts)
        == f"{FEES}:9:21: lỗi S004: Số tiền “50.000” ở “amount_vnd” chưa phải là số.\n     9 |     "
        "    amount_vnd: 50.000\n       |                     ^^^^^^\n  Sửa: viết số tròn,"
        " không dấu chấm, không chữ:  amount_vnd: 50000   Xem thêm: niemyet explain"
        " S004\n\nTổng cộng: 1 lỗi, 0 cảnh báo, 0 ghi chú, trong 1 tệp.\nChưa đăng được: sửa"
        " hết các lỗi rồi kiểm tra lại. Trang cũ được giữ nguyên."
    )


def test_the_same_in_english(tmp_path: Path) -> None:
    project = load_project(tidy("S004-amount-with-a-dot", tmp_path), TODAY)
    shown = render_text(project.findings, "en", project.texts)
    assert shown.startswith(
        f"{FEES}:9:21: error S004: The amount “50.000” of “amount_vnd” is not a number.\n"
    )
    errors, advice = shown.split("\n")[-2:]
    assert errors == "Errors: 1, warnings: 0, notes: 0, files: 1."
    assert (
        advice
        == "Not ready to publish: correct every error and check again. The present site is kept."
    )


def test_the_line_of_a_file_that_cannot_be_used_is_shown_too(tmp_path: Path) -> None:
    project = load_project(tidy("Y001-two-colons", tmp_path), TODAY)
    assert "     5 | note: a: b\n       |        ^\n" in render_text(
        project.findings, "vi", project.texts
    )


def test_a_source_may_be_given_whole_or_as_its_text() -> None:
    source, _ = parse_source("a.yml", "notice", "kind: x\n")
    assert source is not None
    finding, sources = fault()
    assert render_text([finding], "vi", {"a.yml": source}) == render_text([finding], "vi", sources)


def test_no_findings_are_one_friendly_sentence() -> None:
    assert render_text([], "vi", {}) == "Dữ liệu sạch: không có lỗi, không có cảnh báo."
    assert render_github([], "en") == "The data is clean: no errors, no warnings."


def test_warnings_alone_do_not_stand_in_the_way() -> None:
    finding = Diagnostic(code="W003", position=Position("a.yml"), values={"name": "X Y"})
    assert render_text([finding], "vi", {}).endswith(
        "Không có lỗi. Đăng được, nhưng nên xem các dòng trên."
    )


@pytest.mark.parametrize(
    ("text", "column", "width", "marks"),
    [
        ("kind: x", 7, 1, "      ^"),
        ("tên: Đăng ký", 6, 7, "     ^^^^^^^"),
        ("te\u0302n: x", 7, 1, "     ^"),
        ("中文: x", 5, 1, "      ^"),
        ("kind: x", 7, 60, "      ^"),
        ("kind:", 6, 3, "     ^"),
    ],
)
def test_the_marks_stand_under_the_value_however_wide_the_letters_are(
    text: str, column: int, width: int, marks: str
) -> None:
    assert underlined(text, 1, column, width) == (text, marks)


@pytest.mark.parametrize("column", [7, 60, 149, 3000, 6000])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    text = "".join(f"[{i:04d}]" for i in range(1000))
    line, marks = underlined(text, 1, column, 4)
    assert len(line) <= WIDEST_LINE + 2
    assert (
        line[marks.index("^") : marks.index("^") + marks.count("^")]
        == text[column - 1 : column + 3]
    )
    assert line.startswith("…") == (column > 51) and line.endswith("…") == (column < 5900)


def test_a_place_outside_the_file_shows_no_line() -> None:
    finding, sources = fault(line=9)
    assert " | " not in render_text([finding], "vi", sources)
    assert " | " not in render_text([finding], "vi", {})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_found_whatever_ends_them(end: str) -> None:
    assert underlined(f"a: 1{end}kind: x{end}", 2) == ("kind: x", "      ^")


NASTY = "a\x1b[31m\x07\u202e\u2066\r\nb\x00\x9b"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_in_the_data_reaches_the_terminal_as_a_command(lang: str) -> None:
    finding, _ = fault(value=NASTY, allowed=NASTY, near=NASTY)
    finding = Diagnostic(
        code=finding.code, position=Position(f"{NASTY}.yml", 1, 3), values=finding.values
    )
    for text in (
        render_text([finding], lang, {f"{NASTY}.yml": f"k: {NASTY}"}),
        render_json([finding], lang),
        render_github([finding], lang),
    ):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_json_is_one_object_with_findings_and_counts(tmp_path: Path) -> None:
    project = load_project(tidy("S004-amount-with-a-dot", tmp_path), TODAY)
    report = json.loads(render_json(project.findings, "vi"))
    assert report["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert report["findings"] == [
        {
            "code": "S004",
            "severity": "error",
            "path": FEES,
            "line": 9,
            "column": 21,
            "width": 6,
            "message": "Số tiền “50.000” ở “amount_vnd” chưa phải là số.",
            "hint": "viết số tròn, không dấu chấm, không chữ:  amount_vnd: 50000",
        }
    ]


def test_an_annotation_escapes_what_github_would_read_as_its_own() -> None:
    finding, _ = fault(value="50%::error", allowed="x", near="y")
    finding = Diagnostic(
        code=finding.code, position=Position("a,b:c%.yml", 3, 5), values=finding.values, width=4
    )
    first = render_github([finding], "vi").split("\n")[0]
    assert (
        first
        == "::error file=a%2Cb%3Ac%25.yml,line=3,col=5,endColumn=9,title=lỗi S005::“50%25::error”"
        " không phải là lựa chọn của “kind”.%0ASửa: có phải là “y”? Chỉ chọn một trong: x"
    )


def test_github_gets_ten_annotations_of_each_severity_and_is_told_about_the_rest() -> None:
    values = {"name": "x", "fee": "x", "title": "x", "key_name": "x"}
    many = [
        Diagnostic(code=code, position=Position("a.yml", i), values=values)
        for code in ("S007", "W003", "F006")
        for i in range(1, 26)
    ]
    lines = render_github(many, "vi").split("\n")
    for level in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{level} ") for line in lines) == MOST_ANNOTATIONS
    assert "Còn 45 mục chưa hiện ở đây" in lines[30]
    assert lines[31] == "Tổng cộng: 25 lỗi, 25 cảnh báo, 25 ghi chú, trong 1 tệp."
    assert not any(line.startswith("::") for line in lines[30:])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", list(rules()))
def test_every_code_can_be_explained(code: str, lang: str) -> None:
    text = render_explain(code, lang)
    assert text.startswith(f"{code} (")
    assert rule(code).sentence(lang, "why") in text
    for part in ("wrong", "right"):
        assert all(line.strip() in text for line in rule(code).sentence(lang, part).splitlines())
    if code != "S002":
        assert not re.search(r"(?<!: )(?<!- )\{[a-z_]+\}", text)


def test_an_unknown_code_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        render_explain("X999", "vi")


# The command


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LC_", "LANG", "PYTHON"))
    }
    command = [sys.executable, "-m", "niemyet", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        env={**env, **environment},
        cwd=Path(__file__).parents[2],
    )


def check(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str]:
    code = main.main(["check", "--root", str(root), "--today", DAY, *arguments])
    return code, capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is printed when the command line itself is wrong."""
    with pytest.raises(SystemExit) as stop:
        main.main(list(arguments))
    printed = capsys.readouterr()
    assert stop.value.code == 2 and printed.out == "" and "Traceback" not in printed.err
    return printed.err


def formatted(root: Path) -> Path:
    format_files(root)
    return root


def test_clean_data_end_with_0(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert check(capsys, copy_base(tmp_path / "project")) == (
        0,
        "Dữ liệu sạch: không có lỗi, không có cảnh báo.\n",
    )


def test_errors_end_with_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out = check(capsys, tidy("F008-zero-dong", tmp_path), "--lang", "en")
    assert code == 1 and "error F008" in out


def test_warnings_end_with_0_unless_asked_to_be_strict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = tidy("W003-capitals", tmp_path)
    assert check(capsys, root)[0] == 0
    assert check(capsys, root, "--strict")[0] == 1


def test_notes_end_with_0_even_when_strict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out = check(capsys, formatted(tidy("F006-nobody-uses-it", tmp_path)), "--strict")
    assert code == 0 and "F006" in out


def test_each_format_prints_what_it_promises(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = tidy("F008-zero-dong", tmp_path)
    assert json.loads(check(capsys, root, "--format", "json")[1])["counts"]["error"] == 1
    assert check(capsys, root, "--format", "github")[1].startswith(
        "::error file=content/fees/zero-dong.yml,line=9,"
    )


def test_the_day_decides_what_is_overdue_and_what_is_in_force(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main.main(["check", "--root", str(copy_base(tmp_path)), "--today", "2027-05-25"]) == 0
    assert "D004" in capsys.readouterr().out
    assert "F004" in check(capsys, tmp_path, "--on", "2016-06-01")[1]


def test_without_a_day_it_is_the_day_in_vietnam(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Clock:
            return cls(2026, 11, 23, 17, 30, tzinfo=dt.UTC).astimezone(tz)  # type: ignore[return-value]

    monkeypatch.setattr(clock.dt, "datetime", Clock)
    assert main.main(["check", "--root", str(copy_base(tmp_path))]) == 0
    assert "D012" not in capsys.readouterr().out, (
        "at 00:30 on 24 November the review of that day is not in the future"
    )


@pytest.mark.parametrize("day", ["2026-02-30", "24/11/2026", "", "hôm nay", "2026-11-24\n"])
@pytest.mark.parametrize("option", ["--today", "--on"])
def test_a_bad_day_is_said_plainly(
    capsys: pytest.CaptureFixture[str], option: str, day: str
) -> None:
    said = refused(capsys, "check", option, day)
    assert option in said and ("không có trên lịch" in said or "năm-tháng-ngày" in said)


@pytest.mark.parametrize("root", ["khong-co", "\x00", "a" * 5000, "\x1b[31m"])
def test_a_missing_folder_is_said_plainly(capsys: pytest.CaptureFixture[str], root: str) -> None:
    said = refused(capsys, "check", "--root", root)
    assert (
        "không có thư mục" in said
        and "\x1b" not in said.rsplit("error:", 1)[1]
        and "\x00" not in said
    )


def test_a_file_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert "không có thư mục" in refused(capsys, "check", "--root", __file__)


@pytest.mark.parametrize("arguments", [(), ("chek",), ("check", "--format", "xml"), ("explain",)])
def test_wrong_use_is_said_plainly(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert "usage: niemyet" in refused(capsys, *arguments)


def test_explain_prints_the_manual_entry_whatever_the_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.main(["explain", "s004"]) == 0
    assert capsys.readouterr().out == render_explain("S004", "vi") + "\n"


def test_explain_suggests_a_code_that_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert "có phải là S004?" in refused(capsys, "explain", "SS04")


@pytest.mark.parametrize("command", ["check", "build", "serve", "explain"])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main.main([command, "--help"])
    assert stop.value.code == 0 and f"usage: niemyet {command}" in capsys.readouterr().out


def test_output_is_utf_8_even_where_the_locale_is_c(tmp_path: Path) -> None:
    for locale in ("C", "POSIX"):
        done = run(
            "check",
            "--root",
            str(tidy("W003-capitals", tmp_path / locale)),
            "--today",
            DAY,
            LC_ALL=locale,
            PYTHONUTF8="0",
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert "ĐĂNG KÝ KHAI SINH" in done.stdout.decode("utf-8")


def test_usage_is_utf_8_too(tmp_path: Path) -> None:
    done = run(
        "check",
        "--root",
        str(tmp_path / "thiếu"),
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert done.returncode == 2 and "không có thư mục" in done.stderr.decode("utf-8")


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "project")
    for i in range(300):
        lay_over(root, "Y001-two-colons")
        shutil.move(root / "content/notices/two-colons.yml", root / f"content/notices/tin-{i}.yml")
    command = f'"{sys.executable}" -m niemyet check --root "{root}" --today {DAY} | head -n 1'
    done = subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == b""
    first, code = done.stdout.decode("utf-8").strip().split("\n")
    assert first.startswith("content/notices/tin-0.yml:5:8: lỗi Y001") and code == str(CUT_OFF)


def test_every_finding_of_a_severity_has_the_word_for_it() -> None:
    for code in rules():
        word = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "ghi chú"}[
            rule(code).severity
        ]
        assert render_explain(code, "vi").startswith(f"{code} ({word})")
