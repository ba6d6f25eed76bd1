"""Findings for people (text), for programs (JSON) and for a pull request (GitHub). Nothing here decides anything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.diagnostics import Diagnostic, Severity, count, rule, rules
from generator.source import Source
from generator.text import quote

ANNOTATIONS = 10
"""GitHub shows no more annotations of a kind than this."""

_NAMES = {
    "vi": {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "ghi chú"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
}
_WORDS = {
    "vi": {
        "fix": "Sửa",
        "more": "Xem thêm",
        "clean": "Dữ liệu sạch, không có gì phải sửa.",
        "total": "{0} lỗi, {1} cảnh báo, {2} ghi chú.",
    },
    "en": {"fix": "Fix", "more": "More", "clean": "The data are clean.", "total": "{0} errors, {1} warnings, {2} notes."},
}


def render_text(findings: Sequence[Diagnostic], lang: str, sources: Mapping[str, Source]) -> str:
    """Place first, then what is wrong, the line itself, and what to write instead."""
    words = _WORDS[lang]
    if not findings:
        return words["clean"]
    blocks = [_block(finding, lang, sources) for finding in findings]
    totals = count(findings)
    return "\n".join([*blocks, "", words["total"].format(*(totals[s] for s in Severity))])


def _block(finding: Diagnostic, lang: str, sources: Mapping[str, Source]) -> str:
    p, words = finding.position, _WORDS[lang]
    lines = [f"{quote(p.path, 200)}:{p.line}:{p.column}: {_NAMES[lang][finding.severity]} {finding.code}: {finding.message(lang)}"]
    source = sources.get(p.path)
    written = source.text.split("\n") if source else []
    if p.line <= len(written) and (line := written[p.line - 1].rstrip("\r")):
        start = max(0, p.column - 60)
        lines.append(f"{p.line:>6} | {quote(line[start:], 110)}")
        lines.append(f"       | {' ' * (p.column - 1 - start)}{'^' * finding.width}")
    hint = finding.hint(lang)
    more = f"{words['more']}: niemyet explain {finding.code}"
    lines.append(f"  {words['fix']}: {hint}  {more}" if hint else f"  {more}")
    return "\n".join(lines)


def render_json(findings: Sequence[Diagnostic], lang: str) -> str:
    """A list of objects: code, severity, path, line, column, message, hint."""
    rows = [
        {
            "code": f.code,
            "severity": f.severity.name.lower(),
            "path": f.position.path,
            "line": f.position.line,
            "column": f.position.column,
            "message": f.message(lang),
            "hint": f.hint(lang),
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def render_github(findings: Sequence[Diagnostic], lang: str) -> str:
    """Workflow commands, at most ten of a kind, and a closing line with the totals."""
    commands = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for severity, command in commands.items():
        for f in [f for f in findings if f.severity is severity][:ANNOTATIONS]:
            place = f"file={_property(f.position.path)},line={f.position.line},col={f.position.column},title={f.code}"
            text = " ".join(filter(None, (f.message(lang), f.hint(lang))))
            lines.append(f"::{command} {place}::{_data(text)}")
    totals = count(findings)
    lines.append(_WORDS[lang]["total"].format(*(totals[s] for s in Severity)))
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render_explain(code: str, lang: str) -> str | None:
    """The page of the manual for one code, or None for a code that does not exist."""
    if code not in rules():
        return None
    found = rule(code)
    labels = {"vi": ("Vì sao", "Sai", "Đúng"), "en": ("Why", "Wrong", "Right")}[lang]
    lines = [f"{code} ({_NAMES[lang][found.severity]})", found.sentence(lang, "message")]
    if hint := found.sentence(lang, "hint"):
        lines.append(f"{_WORDS[lang]['fix']}: {hint}")
    for label, part in zip(labels, ("why", "wrong", "right"), strict=True):
        if text := found.sentence(lang, part):
            lines += ["", f"{label}:", *(f"  {line}" for line in text.rstrip().split("\n"))]
    return "\n".join(lines)
