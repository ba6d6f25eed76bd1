"""What every command has in common: one clock, one way to refuse, one language to the end."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_inputs import TODAY, copy_base
from bad_inputs import tidy_project_of as tidy

from niemyet.cli import main as commands
from niemyet.cli.clock import today
from niemyet.cli.main import main
from niemyet.cli.options import CLEAN, FOUND, INTERRUPTED, REFUSED, day_of, language_of
from niemyet.findings.errors import NiemyetError

VIETNAMESE = set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
NAMES = ("check", "build", "print", "letter", "fmt", "import", "serve", "explain")
DAY = ("--today", TODAY.isoformat())

Copy = Callable[..., Path]


def vietnamese(text: str) -> set[str]:
    """The lines that have Vietnamese letters."""
    return {line for line in text.splitlines() if VIETNAMESE & set(line.lower())}


# The clock


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"])
def test_it_is_the_day_in_vietnam_wherever_the_machine_stands(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        evening = dt.datetime(2026, 11, 24, 18, 0, tzinfo=dt.UTC)
        assert today(evening) == dt.date(2026, 11, 25)
        assert today(evening.replace(hour=16, minute=59)) == dt.date(2026, 11, 24)
        assert today(evening.astimezone()) == dt.date(2026, 11, 25)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_day_that_is_given_has_the_last_word() -> None:
    given = dt.date(2027, 3, 1)
    assert day_of(argparse.Namespace(today=given)) == given


# What is loaded


def test_a_check_waits_for_no_site_generator_and_no_printer(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from niemyet.cli.main import main\n"
        f"code = main(['check', '--root', {str(copy_base(tmp_path / 'project'))!r}])\n"
        "loaded = {name.split('.')[0] for name in sys.modules} | set(sys.modules)\n"
        "sys.exit(code or ' '.join(sorted(loaded & set(sys.argv[1:]))) or 0)\n"
    )
    heavy = [
        "mkdocs",
        "material",
        "jinja2",
        "typst",
        "pikepdf",
        "docx",
        "segno",
        "PIL",
        "fontTools",
    ]
    ours = ("niemyet.web", "niemyet.paper", "niemyet.letters", "niemyet.importing")
    done = subprocess.run(
        [sys.executable, "-c", program, *heavy, *ours], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (CLEAN, "")


# Refusals


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NiemyetError("no_such_file", path="a"), REFUSED, "niemyet check: there is no file"),
        (
            OSError(28, "No space left on device", "/a"),
            REFUSED,
            "check: No space left on device: /a",
        ),
        (KeyboardInterrupt(), INTERRUPTED, ""),
    ],
)
def test_what_stops_a_command_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("niemyet.cli.check.render_text", stop)
    assert main(["check", "--lang", "en", *DAY]) == code
    printed = capsys.readouterr()
    assert said in printed.err and printed.out == "" and printed.err.count("\n") == bool(said)


def test_a_bug_of_ours_shows_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyError("bug")

    monkeypatch.setattr("niemyet.cli.check.render_text", stop)
    with pytest.raises(KeyError):
        main(["check", *DAY])


def test_a_folder_with_something_else_is_left_alone(
    copy_project: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    given = ["build", "--root", str(copy_project()), "--out", str(tmp_path), *DAY]
    assert main([*given, "--lang", "en"]) == REFUSED
    said = capsys.readouterr().err
    assert said.startswith("niemyet build: ") and "holds something else" in said
    assert main(given) == REFUSED
    assert "có sẵn thứ khác" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("print", "--wall", "zzzzz"), "there is no place “zzzzz”. The places: "),
        (("print", "--wall", "tuong-ho-tik"), "do you mean “tuong-ho-tich”?"),
        (("print", "--only", "zzzzz"), "there is no sheet “zzzzz”. List every id"),
        (("print", "--only", "thu-tuc/1.001193-a9"), "do you mean “thu-tuc/1.001193-a"),
        (("letter", "zzzzz"), "there is no letter “zzzzz”; see:"),
        (("letter", "lat"), "do you mean late?"),
        (("import", "zzzzz"), "there is no file or folder “zzzzz”"),
        (("build", "--out", "x", "--offline", "x/usb.zip"), "must lie outside"),
    ],
)
def test_a_name_nobody_knows_is_refused_in_english_too(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main([*arguments, "--root", str(project), *DAY, "--lang", "en"]) == REFUSED
    printed = capsys.readouterr()
    assert printed.err.startswith(f"niemyet {arguments[0]}: ") and said in printed.err
    assert not vietnamese(printed.err)


# English to the end


@pytest.mark.parametrize("name", NAMES)
def test_help_is_in_the_language_asked_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for given, is_english in ((("--lang", "en"), True), (("--lang=en",), True), ((), False)):
        with pytest.raises(SystemExit) as stop:
            main([name, *given, "--help"])
        printed = capsys.readouterr().out
        assert stop.value.code == 0 and bool(vietnamese(printed)) != is_english


def test_the_commands_are_all_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[4:5].strip()]
    assert [name for name in listed if name in NAMES] == list(NAMES)
    assert len(commands.COMMANDS) == len(NAMES)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--root", "zzzzz"),
        ("check", "--today", "2026-02-30"),
        ("check", "--on", "24/11/2026"),
        ("explain", "SS04"),
        ("explain", "Q"),
        ("letter", "late", "--set", "a"),
    ],
)
def test_wrong_use_is_said_in_english(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*arguments, "--lang", "en"])
    said = capsys.readouterr().err.rsplit("error:", 1)[1].replace("chờ xác minh", "")
    assert stop.value.code == REFUSED and not vietnamese(said)


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        ((), "vi"),
        (("check",), "vi"),
        (("check", "--lang", "en"), "en"),
        (("check", "--lang=en"), "en"),
        (("--lang",), "vi"),
        (("check", "--lang", "fr"), "vi"),
        (("letter", "--list", "--set", "a=--lang", "--lang", "en"), "en"),
    ],
)
def test_the_language_is_known_before_the_rest_is_parsed(
    arguments: tuple[str, ...], lang: str
) -> None:
    assert language_of(arguments) == lang


def test_what_is_printed_about_english_data_is_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`fmt`, `check` and `import` of a project whose faults name no Vietnamese word."""
    root = tidy("F008-zero-dong", tmp_path)
    (root / "records").mkdir()
    (root / "records/a.txt").write_text("nothing of a record", "utf-8")
    on = ("--root", str(root), "--lang", "en")
    said = []
    for code, arguments in (
        (CLEAN, ("fmt",)),
        (CLEAN, ("fmt", "--check")),
        (FOUND, ("import", str(root / "records"))),
        (FOUND, ("build", "--out", str(tmp_path / "site"))),
        (FOUND, ("print", "--out", str(tmp_path / "print"))),
        (CLEAN, ("explain", "S004")),
    ):
        given = () if arguments[0] == "explain" else on[:2]
        assert main([*arguments, *given, *on[2:]]) == code
        said.append(capsys.readouterr().out)
    assert "canonical already: " in said[0] and "Files not canonical: 0" in said[1]
    assert "correct them before importing" in said[2]
    assert "The site was not built" in said[3] and "No sheet was printed" in said[4]
    for text in (*said[:2], said[4].rsplit("\n\n", 1)[1]):
        assert not vietnamese(text)


def test_a_letter_in_english(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["letter", "birth", "--root", str(project), "--out", str(tmp_path), *DAY]
    assert main([*given, "--docx", "--lang", "en"]) == CLEAN
    assert capsys.readouterr().out.startswith("Written: ")
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"edited")
    assert main([*given, "--docx", "--lang", "en"]) == REFUSED
    assert "is there with other content" in capsys.readouterr().err


def test_the_makefile_gives_no_day_of_its_own(project: Path) -> None:
    def asked(*given: str) -> str:
        environment = {key: value for key, value in os.environ.items() if key != "TODAY"}
        done = subprocess.run(
            ["make", "-n", "site", "check", *given],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert "--today" not in asked()
    assert asked("TODAY=2027-03-01").count("--today 2027-03-01") == 3
