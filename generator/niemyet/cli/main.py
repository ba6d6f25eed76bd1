"""The command `niemyet`. Exit codes: 0 clean, 1 errors in the data, 2 wrong use or a machine that
refuses."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niemyet.cli.report import render_explain, render_github, render_json, render_text
from niemyet.findings.finding import Severity, count, rules
from niemyet.publish.project import load_project, texts_of_findings
from niemyet.values.dates import parse_date
from niemyet.values.vietnamese import closest, quote

if TYPE_CHECKING:
    from niemyet.letters.values import Promise
    from niemyet.publish.build import Built

CLEAN, FOUND, REFUSED = 0, 1, 2
INTERRUPTED, CUT_OFF = 130, 141  # as the shell says it: 128 and the number of the signal

# Vietnam has been seven hours ahead of UTC all year since 1979; the machine that builds is often
# elsewhere.
VIETNAM_TIME = dt.timezone(dt.timedelta(hours=7))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; what is still buffered goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _refuse(error)


def entry() -> None:
    """The entry point of the installed command.

    A command that ends leaves no garbage behind, and looking for it costs a tenth of a build, also
    once more at the very end; only `serve` stays.
    """
    if "serve" not in sys.argv:
        gc.disable()
    code = main()
    gc.freeze()
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="niemyet", description="Niêm yết công khai thủ tục hành chính từ YAML."
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH", title="lệnh")
    for add in COMMANDS:
        add(commands)
    return parser


def _add_check(commands: Any) -> None:
    check = commands.add_parser("check", help="kiểm tra dữ liệu")
    _common(check)
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="cách in kết quả"
    )
    check.add_argument("--strict", action="store_true", help="cảnh báo cũng tính là lỗi")
    check.set_defaults(run=_check)


def _add_build(commands: Any) -> None:
    build = commands.add_parser("build", help="kiểm tra rồi dựng trang")
    _common(build)
    build.add_argument("--out", type=Path, help="thư mục trang (mặc định: site/)")
    build.add_argument(
        "--offline",
        type=Path,
        metavar="TỆP.zip|THƯ_MỤC",
        help="làm thêm bản mang theo USB, mở không cần mạng",
    )
    build.set_defaults(run=_build)


def _add_fmt(commands: Any) -> None:
    fmt = commands.add_parser("fmt", help="viết lại tệp dữ liệu theo dạng chuẩn")
    fmt.add_argument(
        "files", nargs="*", metavar="TỆP", help="chỉ các tệp này (mặc định: mọi tệp dữ liệu)"
    )
    fmt.add_argument(
        "--check", action="store_true", help="chỉ xem tệp nào chưa chuẩn, không ghi gì"
    )
    fmt.add_argument(
        "--root",
        type=_folder,
        default=Path(),
        metavar="THƯ_MỤC",
        help="thư mục của dự án (mặc định: thư mục này)",
    )
    fmt.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    fmt.set_defaults(run=_fmt)


def _add_serve(commands: Any) -> None:
    serve = commands.add_parser("serve", help="xem thử, tự dựng lại khi có thay đổi")
    _common(serve)
    serve.add_argument("--host", default="127.0.0.1", help="địa chỉ máy (mặc định: chỉ máy này)")
    serve.add_argument("--port", type=int, default=8000, help="cổng (mặc định: 8000)")
    serve.set_defaults(run=_serve)


def _add_explain(commands: Any) -> None:
    explain = commands.add_parser("explain", help="giải thích một mã lỗi")
    explain.add_argument("code", type=_code, metavar="MÃ", help="mã, ví dụ S004")
    explain.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của lời giải thích"
    )
    explain.set_defaults(run=_explain)


def _add_import(commands: Any) -> None:
    add = commands.add_parser(
        "import", help="nhập bản ghi của Cơ sở dữ liệu quốc gia thành bản nháp"
    )
    _common(add)
    add.add_argument(
        "paths",
        nargs="+",
        metavar="TỆP|THƯ_MỤC",
        help="tệp .txt, .json hoặc thư mục; có thể viết “national” ở trước",
    )
    add.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ ghi gì, không ghi")
    add.add_argument(
        "--as-draft", action="store_true", help="ghi tình trạng là bản nháp, chưa đăng"
    )
    add.add_argument(
        "--update", action="store_true", help="thay những mục nguồn đã đổi mà chưa ai sửa"
    )
    add.add_argument(
        "--compare", action="store_true", help="chỉ so nội dung đang đăng với các bản ghi"
    )
    add.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="cách in kết quả"
    )
    add.set_defaults(run=_import)


def _add_print(commands: Any) -> None:
    add = commands.add_parser("print", help="in các tờ niêm yết, phiếu và thư mẫu ra PDF")
    _common(add)
    add.add_argument(
        "--wall",
        action="append",
        default=[],
        metavar="VỊ_TRÍ",
        help="chỉ các tờ treo ở vị trí này; ghi vào sổ in",
    )
    add.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="TỜ",
        help="chỉ tờ này; dùng được dấu *, ví dụ thu-tuc/*-a3",
    )
    add.add_argument(
        "--changed",
        action="store_true",
        help="chỉ các tờ đang treo mà nội dung đã đổi; lập danh sách in lại",
    )
    add.add_argument("--low-ink", action="store_true", help="bản ít mực cho máy in văn phòng")
    add.add_argument(
        "--tile", action="store_true", help="cắt thêm các tờ lớn thành trang A4 để ghép"
    )
    add.add_argument("--list", action="store_true", help="liệt kê mọi tờ in được")
    add.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ in gì, không in")
    add.add_argument("--out", type=Path, help="thư mục để ghi (mặc định: print/)")
    add.set_defaults(run=_press)


def _add_letter(commands: Any) -> None:
    letter = commands.add_parser(
        "letter", help="làm một lá thư (PDF và Word), để trống hoặc đã điền"
    )
    _common(letter)
    letter.add_argument(
        "name",
        nargs="?",
        metavar="THƯ",
        help="tên thư, ví dụ late; không ghi thì liệt kê các thư và chỗ trống",
    )
    letter.add_argument(
        "--set",
        action="append",
        default=[],
        type=_setting,
        metavar="KHÓA=GIÁ_TRỊ",
        help="điền một chỗ trống",
    )
    letter.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="TỆP.yml",
        help="điền từ một tệp, mỗi dòng một chỗ trống",
    )
    letter.add_argument("--pdf", action="store_true", help="chỉ làm bản PDF")
    letter.add_argument("--docx", action="store_true", help="chỉ làm bản Word")
    letter.add_argument(
        "--out",
        type=Path,
        metavar="THƯ_MỤC",
        help="nơi để thư (mặc định: letters/, không đưa lên mạng)",
    )
    letter.add_argument(
        "--replace", action="store_true", help="ghi đè tệp đã có, kể cả khi ai đó đã sửa"
    )
    letter.add_argument("--list", action="store_true", help="liệt kê các thư và chỗ trống")
    letter.set_defaults(run=_letter)


COMMANDS: tuple[Callable[[Any], None], ...] = (
    _add_check,
    _add_build,
    _add_print,
    _add_letter,
    _add_fmt,
    _add_import,
    _add_serve,
    _add_explain,
)
"""Each adds one subcommand and sets `run`, a function from the options to an exit code.

What only one command needs is imported inside its `run`, so that `check` does not wait for the site
generator.
"""


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root",
        type=_folder,
        default=Path(),
        metavar="THƯ_MỤC",
        help="thư mục của dự án (mặc định: thư mục này)",
    )
    parser.add_argument("--today", type=_date, metavar="YYYY-MM-DD", help="coi hôm nay là ngày này")
    parser.add_argument(
        "--on", type=_date, metavar="YYYY-MM-DD", help="chọn giá trị có hiệu lực vào ngày này"
    )
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")


def _date(text: str) -> dt.date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _folder(text: str) -> Path:
    path = Path(text)
    with contextlib.suppress(OSError, ValueError):
        if path.is_dir():
            return path
    raise argparse.ArgumentTypeError(f"không có thư mục “{quote(text, 200)}”")


def _setting(text: str) -> str:
    if not text.partition("=")[1]:
        raise argparse.ArgumentTypeError(
            f'“{quote(text)}” cần viết KHÓA=GIÁ_TRỊ, ví dụ ly_do="chờ xác minh"'
        )
    return text


def _code(text: str) -> str:
    code = text.upper()
    if code not in rules():
        near = closest(code, rules())
        advice = f"; có phải là {near[0]}?" if near else ""
        raise argparse.ArgumentTypeError(f"không có mã “{quote(text)}”{advice}")
    return code


def _today(options: argparse.Namespace) -> dt.date:
    today: dt.date = options.today or dt.datetime.now(VIETNAM_TIME).date()
    return today


def _check(options: argparse.Namespace) -> int:
    project = load_project(options.root, _today(options), options.on)
    if options.format == "json":
        print(render_json(project.findings, options.lang))
    elif options.format == "github":
        print(render_github(project.findings, options.lang))
    else:
        print(render_text(project.findings, options.lang, project.texts))
    totals = count(project.findings)
    return (
        FOUND if totals[Severity.ERROR] or (options.strict and totals[Severity.WARNING]) else CLEAN
    )


def _build(options: argparse.Namespace) -> int:
    from niemyet.publish.build import build
    from niemyet.publish.site_writer import NotOurs
    from niemyet.publish.usb_export import write_copy
    from niemyet.web.mkdocs import BadTheme

    out = (options.out or options.root / "site").resolve()
    stick: Path | None = options.offline and options.offline.resolve()
    if stick and (stick == out or stick in out.parents or out in stick.parents):
        print(
            "niemyet: bản mang theo phải nằm ngoài thư mục trang, và thư mục trang nằm ngoài nó.",
            file=sys.stderr,
        )
        return REFUSED
    try:
        built = build(options.root.resolve(), out, _today(options), options.on, print)
        size = (
            write_copy(stick, out, built.catalogue, built.today) if stick and built.is_built else 0
        )
    except NotOurs as error:
        print(
            f"niemyet: {error} có sẵn thứ khác, không phải trang do niemyet dựng; hãy chọn thư mục"
            " khác.",
            file=sys.stderr,
        )
        return REFUSED
    except BadTheme as error:
        return _refuse(error)
    if not built.is_built:
        _print_errors(built, options.lang)
        print("Chưa dựng trang: còn lỗi ở trên. Trang cũ được giữ nguyên.")
        return FOUND
    totals = count(built.findings)
    print(
        f"{totals[Severity.WARNING]} cảnh báo, {totals[Severity.NOTE]} ghi chú (xem: niemyet"
        " check)."
    )
    print(
        f"Xong trong {sum(built.seconds.values()):.1f} giây. Mở bằng trình duyệt:"
        f" {(out / 'index.html').as_uri()}"
    )
    print("Xem thử như trên mạng: make serve")
    if stick:
        print(
            f"Bản mang theo ({size / 1e6:.1f} MB sau khi giải nén), mở tệp MO-TRANG.html: {stick}"
        )
    return CLEAN


def _fmt(options: argparse.Namespace) -> int:
    from niemyet.source.formatter import format_files

    result = format_files(options.root, options.files, write=not options.check)
    if result.findings:
        print(render_text(result.findings, options.lang, {}))
    for path in result.changed:
        print(f"{'chưa chuẩn' if options.check else 'đã viết lại'}: {quote(path, 200)}")
    print(
        f"{len(result.changed)} tệp {'chưa ở dạng chuẩn' if options.check else 'đã viết lại'},"
        f" {result.unchanged} tệp đã chuẩn."
    )
    return FOUND if result.findings or (options.check and result.changed) else CLEAN


def _serve(options: argparse.Namespace) -> int:
    from niemyet.publish.preview import serve
    from niemyet.web.mkdocs import BadTheme

    def show(built: Built) -> None:
        _print_errors(built, options.lang)
        print("Đã dựng lại." if built.is_built else "Còn lỗi: giữ trang cũ.", flush=True)

    print(f"Xem thử tại http://{options.host}:{options.port}/  (Ctrl+C để dừng)", flush=True)
    try:
        serve(
            options.root.resolve(),
            lambda: _today(options),
            show,
            _refuse,
            options.host,
            options.port,
        )
    except BadTheme as error:
        return _refuse(error)
    return CLEAN


def _refuse(error: Exception) -> int:
    if isinstance(error, OSError):
        print(f"niemyet: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
    else:
        print(f"niemyet: mkdocs.yml hoặc giao diện có lỗi: {error}", file=sys.stderr)
    return REFUSED


def _print_errors(built: Built, lang: str) -> None:
    errors = [f for f in built.findings if f.severity is Severity.ERROR]
    if errors:
        print(render_text(errors, lang, texts_of_findings(built.root, errors)))


def _import(options: argparse.Namespace) -> int:
    from niemyet.cli.import_ import run

    return run(options, _today(options))


def _press(options: argparse.Namespace) -> int:
    from niemyet.cli.print import run

    return run(options, _today(options))


def _letter(options: argparse.Namespace) -> int:
    from niemyet.cli.letter import NoSuchLetter, given_values, listing, make_letter, open_desk
    from niemyet.paper.typst import MissingFont
    from niemyet.source.loader import atomic_write
    from niemyet.view.words import MissingTranslation

    today = _today(options)
    desk = open_desk(options.root, today)
    if desk.errors:
        print(render_text(desk.errors, options.lang, desk.sources))
        return FOUND
    if options.list or not options.name:
        print("\n".join(listing(desk, options.lang)), end="")
        return CLEAN
    given, findings = given_values(options.set, options.file)
    both = options.pdf == options.docx
    try:
        letter = desk.letter(options.name)
        made = make_letter(
            desk,
            letter,
            given,
            options.lang,
            today,
            pdf=both or options.pdf,
            docx=both or options.docx,
            found=findings,
        )
    except NoSuchLetter as error:
        advice = f"; có phải là {error.near}?" if error.near else "; xem: niemyet letter --list"
        print(f"niemyet: không có thư “{quote(error.name)}”{advice}", file=sys.stderr)
        return REFUSED
    except MissingTranslation as error:
        print(f"niemyet: thư chưa có đủ lời bằng ngôn ngữ này: {error}", file=sys.stderr)
        return REFUSED
    except MissingFont as error:
        print(f"niemyet: {error}", file=sys.stderr)
        return REFUSED
    if made.findings:
        print(render_text(made.findings, options.lang, made.sources))
        print("Chưa ghi thư nào." if options.lang == "vi" else "No letter was written.")
        return FOUND
    out = options.out or options.root / "letters"
    edited = [
        name
        for name, content in made.files.items()
        if (out / name).exists() and (out / name).read_bytes() != content
    ]
    if edited and not options.replace:
        print(
            f"niemyet: đã có {out / edited[0]} với nội dung khác; thêm --replace để ghi đè, hoặc"
            " --out để chọn nơi khác.",
            file=sys.stderr,
        )
        return REFUSED
    for name, content in made.files.items():
        atomic_write(out / name, content)
    if made.filling.promise:
        print(_promise(made.filling.promise, options.lang))
    for name in made.files:
        print(f"Đã ghi {out / name}")
    return CLEAN


def _promise(promise: Promise, lang: str) -> str:
    """The new date in a sentence, with the days that did not count."""
    from niemyet.values.dates import format_date, weekday_name

    day = f"{weekday_name(promise.day, lang)}, {format_date(promise.day, lang)}"
    skipped = ", ".join(
        f"{format_date(off, lang)} ({names.get(lang, '')})" for off, names in promise.skipped
    )
    if lang == "en":
        text = (
            f"New date: {day}, {promise.count} working days after"
            f" {format_date(promise.start, lang)}."
        )
        return f"{text} Not counted: {skipped}." if skipped else text
    text = (
        f"Ngày hẹn mới: {day}, {promise.count} ngày làm việc sau"
        f" {format_date(promise.start, lang)}."
    )
    return f"{text} Không tính: {skipped}." if skipped else text


def _explain(options: argparse.Namespace) -> int:
    print(render_explain(options.code, options.lang))
    return CLEAN
