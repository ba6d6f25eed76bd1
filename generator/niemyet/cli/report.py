"""Findings as text for people, JSON for programs, and annotations for a pull request."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TextIO

from niemyet.cli.sentences import say
from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Diagnostic, Severity, count, rule
from niemyet.source.loader import Source
from niemyet.source.yaml_reader import lines_of
from niemyet.values.vietnamese import quote

WIDEST_LINE = 100
"""A longer source line is shown around the place of the finding."""

MOST_ANNOTATIONS = 10
"""How many annotations of each severity GitHub shows for one step."""

_BAR = 30
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def severity_word(severity: Severity, lang: str) -> str:
    """What a severity is called."""
    return say(f"severity_{severity.name.lower()}", lang)


def refusal(error: NiemyetError | OSError, lang: str) -> str:
    """Why a command refuses, in one line."""
    if isinstance(error, NiemyetError):
        return error.sentence(lang)
    return f"{error.strerror or error}: {error.filename or ''}"


def progress_bar(to: TextIO) -> Callable[[int, int], None]:
    """A function that draws how many are done of all, where a person is looking."""

    def show(done: int, total: int) -> None:
        if to.isatty():
            full = done * _BAR // total
            end = "\n" if done == total else ""
            to.write(f"\r{'█' * full}{'·' * (_BAR - full)} {done}/{total}{end}")
            to.flush()

    return show


def render_text(
    findings: Sequence[Diagnostic], lang: str, sources: Mapping[str, Source | str]
) -> str:
    """Each finding with its place first and its line underlined, then the totals and one sentence
    on what they mean.

    `sources` has each file by path, or only its text where the file could not be used.
    """
    lines: dict[str, list[str]] = {}
    blocks = []
    for finding in findings:
        path = finding.position.path
        if path not in lines:
            source = sources.get(path, "")
            lines[path] = lines_of(source if isinstance(source, str) else source.text)
        blocks.append(_block(finding, lang, lines[path]))
    return "\n".join([*blocks, _totals(findings, lang)])


def render_json(findings: Sequence[Diagnostic], lang: str) -> str:
    """One JSON object: `findings` in order and `counts` by severity."""
    counts = {severity.name.lower(): number for severity, number in count(findings).items()}
    report = {"findings": finding_rows(findings, lang), "counts": counts}
    return json.dumps(report, ensure_ascii=False, indent=2)


def finding_rows(findings: Iterable[Diagnostic], lang: str) -> list[dict[str, str | int]]:
    """Findings as JSON values."""
    return [
        {
            "code": f.code,
            "severity": f.severity.name.lower(),
            "path": _safe(f.position.path),
            "line": f.position.line,
            "column": f.position.column,
            "width": f.width,
            "message": _safe(f.message(lang)),
            "hint": _safe(f.hint(lang)),
        }
        for f in findings
    ]


def render_github(findings: Sequence[Diagnostic], lang: str) -> str:
    """Workflow commands that put findings beside the changed lines, the first of each severity, and
    a line of totals.

    Source: GitHub Docs, Workflow commands for GitHub Actions.
    """
    shown: dict[Severity, int] = defaultdict(int)
    commands = []
    for f in findings:
        shown[f.severity] += 1
        if shown[f.severity] > MOST_ANNOTATIONS:
            continue
        properties = {
            "file": _safe(f.position.path),
            "line": str(f.position.line),
            "col": str(f.position.column),
            "endColumn": str(f.position.column + f.width),
            "title": f"{severity_word(f.severity, lang)} {f.code}",
        }
        listed = ",".join(f"{key}={_github_property(value)}" for key, value in properties.items())
        hint = _safe(f.hint(lang))
        message = _safe(f.message(lang)) + (f"\n{say('fix', lang)}: {hint}" if hint else "")
        commands.append(f"::{_GITHUB_LEVELS[f.severity]} {listed}::{_github_data(message)}")
    hidden = sum(max(0, number - MOST_ANNOTATIONS) for number in shown.values())
    if hidden:
        commands.append(say("hidden", lang, count=hidden))
    return "\n".join([*commands, _totals(findings, lang)])


def render_explain(code: str, lang: str) -> str:
    """The manual entry of a code. Raises: KeyError for a code that does not exist."""
    entry = rule(code)
    blank: Mapping[str, str] = defaultdict(lambda: "…")
    head = f"{code} ({severity_word(entry.severity, lang)})"
    parts = [
        f"{head}: {entry.sentence(lang, 'message').format_map(blank)}",
        *(
            f"{say(part, lang)}: {entry.sentence(lang, part)}"
            for part in ("why", "source")
            if entry.sentence(lang, part)
        ),
        f"{say('wrong', lang)}:\n{_indented(entry.sentence(lang, 'wrong'))}",
        f"{say('right', lang)}:\n{_indented(entry.sentence(lang, 'right'))}",
        f"{say('fix', lang)}: {entry.sentence(lang, 'hint').format_map(blank)}",
    ]
    return "\n\n".join(parts)


def _block(finding: Diagnostic, lang: str, lines: Sequence[str]) -> str:
    at = finding.position
    head = (
        f"{_safe(at.path)}:{at.line}:{at.column}: {severity_word(finding.severity, lang)}"
        f" {finding.code}: {_safe(finding.message(lang))}"
    )
    hint = _safe(finding.hint(lang))
    fix = f"{say('fix', lang)}: {hint}   " if hint else ""
    return "\n".join(
        [
            head,
            *_underlined(finding, lines),
            f"  {fix}{say('more', lang)}: niemyet explain {finding.code}",
            "",
        ]
    )


def _underlined(finding: Diagnostic, lines: Sequence[str]) -> Iterable[str]:
    """The source line and a line of ^^^^ under the place; nothing where there is no such line."""
    at = finding.position
    if at.line > len(lines) or not lines[at.line - 1].strip():
        return ()
    line = "".join(char if char.isprintable() else "\ufffd" for char in lines[at.line - 1])
    start = at.column - 1
    cut = max(0, start - WIDEST_LINE // 2) if len(line) > WIDEST_LINE else 0
    before, rest = line[cut:start], line[start : cut + WIDEST_LINE]
    width = max(1, min(finding.width, len(rest)))
    lead = "…" if cut else ""
    tail = "…" if len(line) > cut + WIDEST_LINE else ""
    gutter = f"{at.line:>6} | "
    marks = " " * (len(lead) + _columns(before)) + "^" * max(1, _columns(rest[:width]))
    return gutter + lead + before + rest + tail, " " * (len(gutter) - 2) + "| " + marks


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _totals(findings: Sequence[Diagnostic], lang: str) -> str:
    if not findings:
        return say("clean", lang)
    number = count(findings)
    total = say(
        "total",
        lang,
        errors=number[Severity.ERROR],
        warnings=number[Severity.WARNING],
        notes=number[Severity.NOTE],
        files=len({f.position.path for f in findings}),
    )
    return f"{total}\n{say('broken' if number[Severity.ERROR] else 'usable', lang)}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip("\n").split("\n"))


def _safe(text: str) -> str:
    """One line without anything a terminal would act on."""
    return quote(text, 2000)


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")
