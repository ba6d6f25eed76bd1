"""The command line: `niemyet check`, `niemyet explain`, and whatever joins `COMMANDS`. The only place that prints."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generator.diagnostics import Severity, count, rules
from generator.quantities import parse_date
from generator.text import closest, quote

CLEAN, FOUND, USAGE = 0, 1, 2
"""Exit codes: nothing in the way (warnings may be), errors in the data, a command that cannot be carried out."""

# Vietnam has had one time all year, seven hours ahead of UTC, since 1979; a build server is often elsewhere.
VIETNAM_TIME = dt.timezone(dt.timedelta(hours=7))

Command = Callable[[Any], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; whatever is still buffered goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    return code


def today_in_vietnam() -> dt.date:
    """The day it is at the office, wherever the program runs."""
    return dt.datetime.now(VIETNAM_TIME).date()


def add_project_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that reads a project."""
    parser.add_argument("--root", type=_folder, default=Path(), metavar="THƯ_MỤC", help="thư mục dự án (mặc định: thư mục hiện tại)")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="coi hôm nay là ngày này")
    parser.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="xem mức phí, thời hạn có hiệu lực vào ngày này")


def _add_check(commands: Any) -> None:
    parser = commands.add_parser("check", help="kiểm tra dữ liệu, không đăng gì")
    add_project_options(parser)
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của lời báo")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="dạng kết quả")
    parser.add_argument("--strict", action="store_true", help="cảnh báo cũng coi như lỗi")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from generator.gather import gather
    from generator.report import render_github, render_json, render_text

    gathered = gather(options.root, options.today or today_in_vietnam(), options.on)
    if options.format == "json":
        sys.stdout.write(render_json(gathered.findings, options.lang))
    elif options.format == "github":
        sys.stdout.write(render_github(gathered.findings, options.lang))
    else:
        sys.stdout.write(render_text(gathered.findings, options.lang, gathered.sources))
    number = count(gathered.findings)
    return FOUND if number[Severity.ERROR] or (options.strict and number[Severity.WARNING]) else CLEAN


def _add_explain(commands: Any) -> None:
    parser = commands.add_parser("explain", help="giải thích một mã lỗi")
    parser.add_argument("code", type=_code, metavar="MÃ", help="ví dụ S004")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của lời giải thích")
    parser.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    from generator.report import render_explain

    sys.stdout.write(render_explain(options.code, options.lang))
    return CLEAN


COMMANDS: tuple[Command, ...] = (_add_check, _add_explain)
"""Each adds one subcommand and sets `run`, a function of the options that returns an exit code.

`run` imports what it needs itself, so that `check` does not wait for the site generator to load.
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="niemyet", description="Niêm yết thủ tục hành chính của phường, xã từ các tệp YAML.")
    commands = parser.add_subparsers(title="lệnh", metavar="LỆNH", required=True)
    for add in COMMANDS:
        add(commands)
    return parser


def _folder(text: str) -> Path:
    path = Path(text)
    with contextlib.suppress(OSError, ValueError):
        if path.is_dir():
            return path
    raise argparse.ArgumentTypeError(f'không có thư mục "{quote(text, 200)}"')


def _day(text: str) -> dt.date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _code(text: str) -> str:
    code = text.upper()
    if code not in rules():
        near = closest(code, rules())
        advice = f"; có phải là {near[0]}?" if near else ""
        raise argparse.ArgumentTypeError(f'không có mã "{quote(text)}"{advice}')
    return code
