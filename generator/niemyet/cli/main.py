"""The command `niemyet`. Exit codes: 0 clean, 1 errors in the data, 2 wrong use or a machine that
refuses."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from niemyet.cli import build, check, import_, letter
from niemyet.cli import format as format_
from niemyet.cli import print as print_
from niemyet.cli.options import CUT_OFF, INTERRUPTED, REFUSED, language_of
from niemyet.cli.report import refusal
from niemyet.cli.sentences import say
from niemyet.findings.errors import NiemyetError

COMMANDS = (
    check.add,
    build.add,
    print_.add,
    letter.add,
    format_.add,
    import_.add,
    build.add_serve,
    check.add_explain,
)
"""Each adds a subcommand with its words in a language, and sets `run`, a function from the options
to an exit code. What only one command needs is imported inside its `run`, so that `check` does not
wait for the site generator."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(language_of(given)).parse_args(given)
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
    except (NiemyetError, OSError) as error:
        sys.stderr.write(f"niemyet {options.command}: {refusal(error, options.lang)}\n")
        return REFUSED


def entry() -> None:
    """The entry point of the installed command."""
    sys.exit(main())


def _parser(lang: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="niemyet", description=say("help_niemyet", lang))
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar=say("name_command", lang),
        title=say("help_commands", lang),
    )
    for add in COMMANDS:
        add(commands, lang)
    return parser
