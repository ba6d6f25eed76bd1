"""What an import or a comparison came to: as text, as JSON, and as Markdown for a pull request."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from niemyet.cli.report import finding_rows, render_text, severity_word
from niemyet.cli.sentences import say
from niemyet.findings.finding import Diagnostic, in_order, rule
from niemyet.importing.drift_report import cell, render_markdown
from niemyet.importing.field_differences import shown
from niemyet.importing.run import Comparison, Outcome
from niemyet.values.vietnamese import quote


def render_outcome(outcome: Outcome, options: argparse.Namespace) -> str:
    """The findings of an import and its numbers, in the format and language of the options."""
    lang, findings = options.lang, in_order(outcome.findings)
    numbers = {
        "read": outcome.read,
        "imported": len(outcome.drafts),
        "look": len(outcome.to_look_at),
        "places": sum(len(draft.data.get("to_review", ())) for draft in outcome.drafts),
        "updated": len(outcome.updated),
        "unchanged": len(outcome.unchanged),
        "differ": len(outcome.differ),
        "refused": outcome.refused,
        "dry" if options.dry_run else "files": len(outcome.planned),
    }
    if options.format == "json":
        return _json(_as_json(outcome, findings, numbers, lang))
    hint = ["", say("unseen", lang)] if outcome.to_look_at and not options.as_draft else []
    if options.format == "markdown":
        table = (f"| {cell(say(key, lang))} | {number} |" for key, number in numbers.items())
        listed = (
            f"- {cell(f.position.path)}:{f.position.line}: {f.code}: {cell(f.message(lang), 400)}"
            for f in findings
        )
        return "\n".join(["| | |", "| --- | ---: |", *table, "", *listed, *hint]).rstrip()
    parts = [render_text(findings, lang, {}).rpartition("\n\n")[0]] if findings else []
    lines = [f"{say(key, lang):<32}{number:>7}" for key, number in numbers.items()]
    codes = [
        f"  {code} ({severity_word(rule(code).severity, lang)}){'':<18}{number:>7}"
        for code, number in sorted(Counter(finding.code for finding in findings).items())
    ]
    return "\n".join([*parts, *_differing(outcome, lang), "", *lines, *codes, *hint]).strip("\n")


def render_comparison(found: Comparison, options: argparse.Namespace) -> str:
    """What differs, in the format and language of the options."""
    lang = options.lang
    if options.format == "markdown":
        return render_markdown(found.drift, found.absent, found.deleted)
    if options.format == "json":
        keys = ("code", "name", "path", "what", "ours", "theirs")
        rows = [{key: getattr(one, key) for key in keys} for one in found.drift]
        return _json({"drift": rows, "absent": found.absent, "deleted": found.deleted})
    ours, theirs = say("ours", lang), say("theirs", lang)
    lines = [
        f"{d.path}: {d.code}: {d.what}: {ours} “{quote(d.ours, 120)}”,"
        f" {theirs} “{quote(d.theirs, 120)}”"
        for d in found.drift
    ]
    lines += [f"{code}: {say('deleted', lang)}" for code in found.deleted]
    lines += [f"{code}: {say('absent', lang)}" for code in found.absent]
    if not found.drift and not found.deleted:
        lines.append(say("agree", lang))
    return "\n".join(lines)


def _differing(outcome: Outcome, lang: str) -> Iterator[str]:
    for code, (source, found) in sorted(outcome.differ.items()):
        yield f"\n{code}  {source.path}"
        for difference in found:
            mark = say("edited" if difference.is_edited else "untouched", lang)
            yield f"  {difference.title} ({mark})"
            yield f"    {say('ours', lang)}: {quote(shown(difference.ours), 160)}"
            yield f"    {say('theirs', lang)}: {quote(shown(difference.theirs), 160)}"


def _as_json(
    outcome: Outcome, findings: Sequence[Diagnostic], numbers: dict[str, int], lang: str
) -> dict[str, Any]:
    keys = ("field", "title", "ours", "theirs")
    return {
        "summary": numbers,
        "findings": finding_rows(findings, lang),
        "differences": [
            {"code": code, "path": source.path}
            | {key: getattr(difference, key) for key in keys}
            | {"edited": difference.is_edited}
            for code, (source, found) in sorted(outcome.differ.items())
            for difference in found
        ],
        "files": sorted(outcome.planned),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
