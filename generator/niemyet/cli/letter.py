"""`niemyet letter` fills a letter and writes it as PDF and Word; nothing is written while a finding
stands."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niemyet.cli.options import CLEAN, FOUND, add_dated, day_of
from niemyet.cli.report import render_text
from niemyet.cli.sentences import say
from niemyet.findings.errors import NiemyetError
from niemyet.values.vietnamese import quote

if TYPE_CHECKING:
    from niemyet.letters.values import Promise


def add(commands: Any, lang: str) -> None:
    letter = commands.add_parser("letter", help=say("help_letter", lang))
    add_dated(letter, lang)
    letter.add_argument(
        "name", nargs="?", metavar=say("name_letter", lang), help=say("help_letter_name", lang)
    )
    letter.add_argument(
        "--set",
        action="append",
        default=[],
        type=partial(_setting, lang),
        metavar=say("name_setting", lang),
        help=say("help_set", lang),
    )
    letter.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar=say("name_yml", lang),
        help=say("help_from", lang),
    )
    letter.add_argument("--pdf", action="store_true", help=say("help_pdf", lang))
    letter.add_argument("--docx", action="store_true", help=say("help_docx", lang))
    letter.add_argument(
        "--out", type=Path, metavar=say("name_folder", lang), help=say("help_letter_out", lang)
    )
    letter.add_argument("--replace", action="store_true", help=say("help_replace", lang))
    letter.add_argument("--list", action="store_true", help=say("help_letter_list", lang))
    letter.set_defaults(run=_run)


def _setting(lang: str, text: str) -> str:
    if not text.partition("=")[1]:
        raise argparse.ArgumentTypeError(say("not_a_setting", lang, text=quote(text)))
    return text


def _run(options: argparse.Namespace) -> int:
    from niemyet.publish.letter_desk import given_values, listing, make_letter, open_desk
    from niemyet.source.loader import atomic_write

    lang, today = options.lang, day_of(options)
    desk = open_desk(options.root, today)
    if desk.errors:
        print(render_text(desk.errors, lang, desk.sources))
        return FOUND
    if options.list or not options.name:
        print("\n".join(listing(desk, lang)), end="")
        return CLEAN
    given, found = given_values(options.set, options.file)
    both = options.pdf == options.docx
    made = make_letter(
        desk,
        desk.letter(options.name),
        given,
        lang,
        today,
        pdf=both or options.pdf,
        docx=both or options.docx,
        found=found,
    )
    if made.findings:
        print(render_text(made.findings, lang, made.sources))
        print(say("no_letter_written", lang))
        return FOUND
    out = options.out or options.root / "letters"
    for name, content in made.files.items():
        file = out / name
        if not options.replace and file.exists() and file.read_bytes() != content:
            raise NiemyetError("letter_was_edited", file=str(file))
    for name, content in made.files.items():
        atomic_write(out / name, content)
    if made.filling.promise:
        print(_promise(made.filling.promise, lang))
    for name in made.files:
        print(say("written", lang, file=out / name))
    return CLEAN


def _promise(promise: Promise, lang: str) -> str:
    """The new date in a sentence, with the days that did not count."""
    from niemyet.values.dates import format_date, weekday_name

    text = say(
        "new_date",
        lang,
        weekday=weekday_name(promise.day, lang),
        day=format_date(promise.day, lang),
        count=promise.count,
        start=format_date(promise.start, lang),
    )
    skipped = ", ".join(
        f"{format_date(day, lang)} ({names.get(lang, '')})" for day, names in promise.skipped
    )
    return f"{text} {say('not_counted', lang, days=skipped)}" if skipped else text
