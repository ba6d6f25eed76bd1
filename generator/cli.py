"""The command `niemyet`. Exit codes: 0 clean, 1 errors in the data, 2 wrong use or a machine that refuses."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Severity, count
from generator.gather import Gathered, gather
from generator.report import render_explain, render_github, render_json, render_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"niemyet: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return 2


def entry() -> None:
    """The entry point of the installed command."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="niemyet", description="Niêm yết công khai thủ tục hành chính từ YAML.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    check = commands.add_parser("check", help="kiểm tra dữ liệu")
    _common(check)
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="cách in kết quả")
    check.add_argument("--strict", action="store_true", help="cảnh báo cũng tính là lỗi")
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="kiểm tra rồi dựng trang")
    _common(build)
    build.add_argument("--out", type=Path, help="thư mục trang (mặc định: site/)")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="xem thử, tự dựng lại khi có thay đổi")
    _common(serve)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    explain = commands.add_parser("explain", help="giải thích một mã lỗi")
    explain.add_argument("code", help="mã, ví dụ S004")
    explain.add_argument("--lang", choices=("vi", "en"), default="vi")
    explain.set_defaults(run=_explain)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=_folder, default=Path(), help="thư mục của dự án (mặc định: thư mục này)")
    parser.add_argument("--today", type=_date, help="coi hôm nay là ngày YYYY-MM-DD")
    parser.add_argument("--on", type=_date, help="chọn giá trị có hiệu lực vào ngày YYYY-MM-DD")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày YYYY-MM-DD") from None


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"không có thư mục {text!r}")
    return Path(text)


def _today(options: argparse.Namespace) -> dt.date:
    today: dt.date = options.today or dt.date.today()
    return today


def _check(options: argparse.Namespace) -> int:
    gathered = gather(options.root, _today(options), options.on)
    if options.format == "json":
        print(render_json(gathered.findings, options.lang))
    elif options.format == "github":
        print(render_github(gathered.findings, options.lang))
    else:
        print(render_text(gathered.findings, options.lang, gathered.sources))
    totals = count(gathered.findings)
    return int(totals[Severity.ERROR] > 0 or (options.strict and totals[Severity.WARNING] > 0))


def _build(options: argparse.Namespace) -> int:
    from mkdocs.exceptions import MkDocsException

    from generator.build import build
    from generator.writer import NotOurs

    out = (options.out or options.root / "site").resolve()
    try:
        built = build(options.root.resolve(), out, _today(options), options.on, print)
    except NotOurs as error:
        print(f"niemyet: {error} có sẵn thứ khác, không phải trang do niemyet dựng; hãy chọn thư mục khác.", file=sys.stderr)
        return 2
    except MkDocsException as error:
        print(f"niemyet: mkdocs.yml hoặc giao diện có lỗi: {error}", file=sys.stderr)
        return 2
    if not built.is_built:
        _print_errors(built.gathered, options.lang)
        print("Chưa dựng trang: còn lỗi ở trên. Trang cũ được giữ nguyên.")
        return 1
    totals = count(built.gathered.findings)
    print(f"{totals[Severity.WARNING]} cảnh báo, {totals[Severity.NOTE]} ghi chú (xem: niemyet check).")
    print(f"Xong trong {sum(built.seconds.values()):.1f} giây. Mở bằng trình duyệt: {(out / 'index.html').as_uri()}")
    print("Xem thử như trên mạng: make serve")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from generator.build import Built
    from generator.serve import serve

    def show(built: Built) -> None:
        _print_errors(built.gathered, options.lang)
        print("Đã dựng lại." if built.is_built else "Còn lỗi: giữ trang cũ.", flush=True)

    print(f"Xem thử tại http://{options.host}:{options.port}/  (Ctrl+C để dừng)", flush=True)
    serve(options.root.resolve(), lambda: _today(options), show, options.host, options.port)
    return 0


def _print_errors(gathered: Gathered, lang: str) -> None:
    errors = [f for f in gathered.findings if f.severity is Severity.ERROR]
    if errors:
        print(render_text(errors, lang, gathered.sources))


def _explain(options: argparse.Namespace) -> int:
    text = render_explain(options.code.upper(), options.lang)
    if text is None:
        print(f"niemyet: không có mã {options.code!r}.", file=sys.stderr)
        return 2
    print(text)
    return 0
