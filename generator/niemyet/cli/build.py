"""`niemyet build` checks the data and builds the site, `niemyet serve` shows it while it is
edited."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niemyet.cli.options import CLEAN, FOUND, add_dated, day_of
from niemyet.cli.report import refusal, render_text
from niemyet.cli.sentences import say
from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Severity, count

if TYPE_CHECKING:
    from niemyet.publish.build import Built


def add(commands: Any, lang: str) -> None:
    build = commands.add_parser("build", help=say("help_build", lang))
    add_dated(build, lang)
    build.add_argument("--out", type=Path, help=say("help_build_out", lang))
    build.add_argument(
        "--offline", type=Path, metavar=say("name_copy", lang), help=say("help_offline", lang)
    )
    build.set_defaults(run=_build)


def add_serve(commands: Any, lang: str) -> None:
    serve = commands.add_parser("serve", help=say("help_serve", lang))
    add_dated(serve, lang)
    serve.add_argument("--host", default="127.0.0.1", help=say("help_host", lang))
    serve.add_argument("--port", type=int, default=8000, help=say("help_port", lang))
    serve.set_defaults(run=_serve)


def _build(options: argparse.Namespace) -> int:
    from niemyet.publish.build import build
    from niemyet.publish.usb_export import write_copy

    lang = options.lang

    def progress(stage: str, **numbers: int) -> None:
        print(say(stage, lang, **numbers))

    out = (options.out or options.root / "site").resolve()
    copy: Path | None = options.offline and options.offline.resolve()
    if copy and (copy == out or copy in out.parents or out in copy.parents):
        raise NiemyetError("copy_inside_site")
    built = build(options.root.resolve(), out, day_of(options), options.on, progress)
    if not built.is_built:
        _print_errors(built, lang)
        print(say("not_built", lang))
        return FOUND
    size = write_copy(copy, out, built.catalogue, built.today) if copy else 0
    totals = count(built.findings)
    print(say("built_with", lang, warnings=totals[Severity.WARNING], notes=totals[Severity.NOTE]))
    seconds = sum(built.seconds.values())
    print(say("built", lang, seconds=seconds, address=(out / "index.html").as_uri()))
    print(say("built_preview", lang))
    if copy:
        print(say("built_copy", lang, megabytes=size / 1e6, copy=copy))
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from niemyet.publish.preview import serve

    def show(built: Built) -> None:
        _print_errors(built, options.lang)
        print(say("rebuilt" if built.is_built else "not_rebuilt", options.lang), flush=True)

    def refuse(error: NiemyetError | OSError) -> None:
        print(f"niemyet serve: {refusal(error, options.lang)}", file=sys.stderr)

    print(say("serving", options.lang, host=options.host, port=options.port), flush=True)
    root = options.root.resolve()
    serve(root, lambda: day_of(options), show, refuse, options.host, options.port)
    return CLEAN


def _print_errors(built: Built, lang: str) -> None:
    from niemyet.publish.project import texts_of_findings

    errors = [f for f in built.findings if f.severity is Severity.ERROR]
    if errors:
        print(render_text(errors, lang, texts_of_findings(built.root, errors)))
