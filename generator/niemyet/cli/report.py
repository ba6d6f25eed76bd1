"""Findings as text for people, JSON for programs, and annotations for a pull request."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from niemyet.findings.finding import Diagnostic, Severity, count, rule
from niemyet.source.loader import Source
from niemyet.source.yaml_reader import lines_of
from niemyet.values.vietnamese import quote

WIDEST_LINE = 100
"""A longer source line is shown around the place of the finding."""

MOST_ANNOTATIONS = 10
"""How many annotations of each severity GitHub shows for one step."""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "ERROR": "lỗi",
        "WARNING": "cảnh báo",
        "NOTE": "ghi chú",
        "fix": "Sửa",
        "more": "Xem thêm",
        "total": (
            "Tổng cộng: {errors} lỗi, {warnings} cảnh báo, {notes} ghi chú, trong {files} tệp."
        ),
        "broken": "Chưa đăng được: sửa hết các lỗi rồi kiểm tra lại. Trang cũ được giữ nguyên.",
        "usable": "Không có lỗi. Đăng được, nhưng nên xem các dòng trên.",
        "clean": "Dữ liệu sạch: không có lỗi, không có cảnh báo.",
        "why": "Vì sao",
        "source": "Căn cứ",
        "wrong": "Chưa đúng",
        "right": "Đúng",
        "hidden": "Còn {count} mục chưa hiện ở đây; chạy  niemyet check  để xem hết.",
    },
    "en": {
        "ERROR": "error",
        "WARNING": "warning",
        "NOTE": "note",
        "fix": "Fix",
        "more": "More",
        "total": "Errors: {errors}, warnings: {warnings}, notes: {notes}, files: {files}.",
        "broken": (
            "Not ready to publish: correct every error and check again. The present site is kept."
        ),
        "usable": "No errors. It can be published, but do look at the lines above.",
        "clean": "The data is clean: no errors, no warnings.",
        "why": "Why",
        "source": "Source",
        "wrong": "Wrong",
        "right": "Right",
        "hidden": "{count} more are not shown here; run  niemyet check  to see all.",
    },
}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def words(lang: str) -> Mapping[str, str]:
    """The words of reports in a language; Vietnamese where there are none."""
    return _WORDS.get(lang, _WORDS["vi"])


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
    rows = [
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
    counts = {severity.name.lower(): number for severity, number in count(findings).items()}
    return json.dumps({"findings": rows, "counts": counts}, ensure_ascii=False, indent=2)


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
            "title": f"{words(lang)[f.severity.name]} {f.code}",
        }
        listed = ",".join(f"{key}={_github_property(value)}" for key, value in properties.items())
        hint = _safe(f.hint(lang))
        message = _safe(f.message(lang)) + (f"\n{words(lang)['fix']}: {hint}" if hint else "")
        commands.append(f"::{_GITHUB_LEVELS[f.severity]} {listed}::{_github_data(message)}")
    hidden = sum(max(0, number - MOST_ANNOTATIONS) for number in shown.values())
    if hidden:
        commands.append(words(lang)["hidden"].format(count=hidden))
    return "\n".join([*commands, _totals(findings, lang)])


def render_explain(code: str, lang: str) -> str:
    """The manual entry of a code. Raises: KeyError for a code that does not exist."""
    entry = rule(code)
    say = words(lang)
    blank: Mapping[str, str] = defaultdict(lambda: "…")
    parts = [
        f"{code} ({say[entry.severity.name]}): {entry.sentence(lang, 'message').format_map(blank)}",
        *(
            f"{say[part]}: {entry.sentence(lang, part)}"
            for part in ("why", "source")
            if entry.sentence(lang, part)
        ),
        f"{say['wrong']}:\n{_indented(entry.sentence(lang, 'wrong'))}",
        f"{say['right']}:\n{_indented(entry.sentence(lang, 'right'))}",
        f"{say['fix']}: {entry.sentence(lang, 'hint').format_map(blank)}",
    ]
    return "\n\n".join(parts)


def _block(finding: Diagnostic, lang: str, lines: Sequence[str]) -> str:
    say = words(lang)
    at = finding.position
    head = (
        f"{_safe(at.path)}:{at.line}:{at.column}: {say[finding.severity.name]} {finding.code}:"
        f" {_safe(finding.message(lang))}"
    )
    hint = _safe(finding.hint(lang))
    fix = f"{say['fix']}: {hint}   " if hint else ""
    return "\n".join(
        [
            head,
            *_underlined(finding, lines),
            f"  {fix}{say['more']}: niemyet explain {finding.code}",
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
    say = words(lang)
    if not findings:
        return say["clean"]
    number = count(findings)
    total = say["total"].format(
        errors=number[Severity.ERROR],
        warnings=number[Severity.WARNING],
        notes=number[Severity.NOTE],
        files=len({f.position.path for f in findings}),
    )
    return f"{total}\n{say['broken' if number[Severity.ERROR] else 'usable']}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip("\n").split("\n"))


def _safe(text: str) -> str:
    """One line without anything a terminal would act on."""
    return quote(text, 2000)


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")
