"""What the commands share: exit codes, and the arguments that several of them have."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from niemyet.cli.clock import today
from niemyet.cli.sentences import say
from niemyet.values.dates import parse_date
from niemyet.values.vietnamese import quote

CLEAN, FOUND, REFUSED = 0, 1, 2
INTERRUPTED, CUT_OFF = 130, 141  # as the shell says it: 128 and the number of the signal

LANGUAGES = ("vi", "en")
_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def language_of(arguments: Sequence[str]) -> str:
    """The language that `--lang` asks for, known before the arguments are parsed, so that help and
    complaints about them are in it too."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--lang", nargs="?")
    lang = parser.parse_known_args(arguments)[0].lang
    return lang if lang in LANGUAGES else LANGUAGES[0]


def add_dated(parser: argparse.ArgumentParser, lang: str) -> None:
    """Adds the arguments of commands that read a project as of a day."""
    add_root(parser, lang)
    parser.add_argument(
        "--today", type=partial(_day, lang), metavar="YYYY-MM-DD", help=say("help_today", lang)
    )
    parser.add_argument(
        "--on", type=partial(_day, lang), metavar="YYYY-MM-DD", help=say("help_on", lang)
    )
    add_lang(parser, lang)


def add_root(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument(
        "--root",
        type=partial(_folder, lang),
        default=Path(),
        metavar=say("name_folder", lang),
        help=say("help_root", lang),
    )


def add_lang(parser: argparse.ArgumentParser, lang: str, help_key: str = "help_lang") -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default="vi", help=say(help_key, lang))


def day_of(options: argparse.Namespace) -> dt.date:
    """The day given with `--today`, else today in Vietnam."""
    return options.today or today()


def _day(lang: str, text: str) -> dt.date:
    try:
        return parse_date(text)
    except ValueError:
        key = "no_such_day" if _ISO_DAY.fullmatch(text) else "not_a_day"
        raise argparse.ArgumentTypeError(say(key, lang, day=quote(text))) from None


def _folder(lang: str, text: str) -> Path:
    path = Path(text)
    with contextlib.suppress(OSError, ValueError):
        if path.is_dir():
            return path
    raise argparse.ArgumentTypeError(say("no_such_folder", lang, folder=quote(text, 200)))
