"""`niemyet fmt` writes data files in the canonical form."""

from __future__ import annotations

import argparse
from typing import Any

from niemyet.cli.options import CLEAN, FOUND, add_lang, add_root
from niemyet.cli.report import render_text
from niemyet.cli.sentences import say
from niemyet.values.vietnamese import quote


def add(commands: Any, lang: str) -> None:
    fmt = commands.add_parser("fmt", help=say("help_fmt", lang))
    fmt.add_argument(
        "files", nargs="*", metavar=say("name_file", lang), help=say("help_fmt_files", lang)
    )
    fmt.add_argument("--check", action="store_true", help=say("help_fmt_check", lang))
    add_root(fmt, lang)
    add_lang(fmt, lang)
    fmt.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from niemyet.source.formatter import format_files

    result = format_files(options.root, options.files, write=not options.check)
    if result.findings:
        print(render_text(result.findings, options.lang, {}))
    one, total = (
        ("not_canonical", "fmt_check_total") if options.check else ("rewritten", "fmt_total")
    )
    for path in result.changed:
        print(say(one, options.lang, path=quote(path, 200)))
    print(say(total, options.lang, changed=len(result.changed), unchanged=result.unchanged))
    return FOUND if result.findings or (options.check and result.changed) else CLEAN
