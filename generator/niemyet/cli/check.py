"""`niemyet check` says what is wrong with the data, `niemyet explain` what a code means."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from niemyet.cli.options import CLEAN, FOUND, add_dated, add_lang, day_of
from niemyet.cli.report import render_explain, render_github, render_json, render_text
from niemyet.cli.sentences import say
from niemyet.findings.finding import Severity, count, rules
from niemyet.publish.project import load_project
from niemyet.values.vietnamese import closest, quote


def add(commands: Any, lang: str) -> None:
    check = commands.add_parser("check", help=say("help_check", lang))
    add_dated(check, lang)
    formats = ("text", "json", "github")
    check.add_argument("--format", choices=formats, default="text", help=say("help_output", lang))
    check.add_argument("--strict", action="store_true", help=say("help_strict", lang))
    check.set_defaults(run=_check)


def add_explain(commands: Any, lang: str) -> None:
    explain = commands.add_parser("explain", help=say("help_explain", lang))
    explain.add_argument(
        "code",
        type=partial(_code, lang),
        metavar=say("name_code", lang),
        help=say("help_code", lang),
    )
    add_lang(explain, lang, "help_explain_lang")
    explain.set_defaults(run=_explain)


def _check(options: argparse.Namespace) -> int:
    project = load_project(options.root, day_of(options), options.on)
    if options.format == "json":
        print(render_json(project.findings, options.lang))
    elif options.format == "github":
        print(render_github(project.findings, options.lang))
    else:
        print(render_text(project.findings, options.lang, project.texts))
    totals = count(project.findings)
    is_bad = totals[Severity.ERROR] or (options.strict and totals[Severity.WARNING])
    return FOUND if is_bad else CLEAN


def _explain(options: argparse.Namespace) -> int:
    print(render_explain(options.code, options.lang))
    return CLEAN


def _code(lang: str, text: str) -> str:
    code = text.upper()
    if code in rules():
        return code
    near = closest(code, rules())
    said = (
        say("no_such_code_near", lang, code=quote(text), near=near[0])
        if near
        else say("no_such_code", lang, code=quote(text))
    )
    raise argparse.ArgumentTypeError(said)
