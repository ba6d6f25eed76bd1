"""The command `niemyet import`: reads files, prints what came of them, writes. Exit codes as for
the other commands."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from niemyet.cli.report import render_text, words
from niemyet.findings.finding import Diagnostic, Severity, in_order, rule
from niemyet.importing.draft import make_draft
from niemyet.importing.drift_report import Drift, cell, compare, deleted_code, render_markdown
from niemyet.importing.field_differences import shown
from niemyet.importing.known_names import open_ledger
from niemyet.importing.national_text import MAX_BYTES
from niemyet.importing.run import Outcome, import_records, read_file
from niemyet.source.loader import Source, load_tree, write_files
from niemyet.source.schema import check_source
from niemyet.values.vietnamese import quote

CLEAN, FOUND, REFUSED = 0, 1, 2
_SUFFIXES = (".txt", ".json")
_BAR = 30

_SAY = {
    "vi": {
        "read": "Đã đọc", "imported": "Nhập mới", "look": "  trong đó cần người xem",
        "places": "  số chỗ cần xem", "updated": "Đã cập nhật", "unchanged": "Không đổi", "differ": "Khác, giữ nguyên",
        "refused": "Từ chối", "files": "Tệp đã ghi", "dry": "Tệp sẽ ghi (chạy thử, chưa ghi)", "edited": "cán bộ đã sửa",
        "untouched": "chưa ai sửa", "ours": "đang có", "theirs": "bản ghi", "absent": "không có trong thư mục",
        "deleted": "cơ sở dữ liệu quốc gia đã đánh dấu xóa", "agree": "Không có giá trị nào khác nhau.",
        "unseen": "Bản nháp hiện lên trang với dòng “chưa kiểm chứng”. Muốn nhập mà chưa đăng bản nào: thêm --as-draft.",
        "broken": "Dự án đang có lỗi; hãy sửa trước khi nhập (niemyet check).",
    },
    "en": {
        "read": "Read", "imported": "Imported", "look": "  of these to look at",
        "places": "  places to look at", "updated": "Updated", "unchanged": "Unchanged", "differ": "Differ, kept",
        "refused": "Refused", "files": "Files written", "dry": "Files to write (dry run, nothing written)", "edited": "edited by staff",
        "untouched": "nobody edited it", "ours": "here", "theirs": "record", "absent": "not in the folder",
        "deleted": "marked as deleted by the national database", "agree": "No value differs.",
        "unseen": "Drafts are shown as not verified. To import and publish none of them yet: add --as-draft.",
        "broken": "The project has errors; correct them before importing (niemyet check).",
    },
}  # fmt: skip


def run(options: argparse.Namespace, today: dt.date) -> int:
    """Imports or compares what the options name and returns the exit code."""
    paths, missing = _files(
        options.paths[1:]
        if options.paths[0] == "national" and len(options.paths) > 1
        else options.paths
    )
    if missing or not paths:
        problem = (
            f"không có tệp hay thư mục “{quote(missing, 200)}”"
            if missing
            else "không có tệp .txt hay .json nào để nhập"
        )
        print(f"niemyet import: {problem}", file=sys.stderr)
        return REFUSED
    sources, findings = load_tree(options.root)
    faults = [*findings, *(fault for source in sources for fault in check_source(source))]
    if any(fault.severity is Severity.ERROR for fault in faults):
        print(
            render_text(in_order(faults), options.lang, {source.path: source for source in sources})
        )
        print(_SAY[options.lang]["broken"])
        return FOUND
    files = _progress(_read(paths), len(paths), sys.stderr)
    if options.compare:
        return _compare(options, files, sources, today)
    outcome = import_records(
        files, sources, today, "draft" if options.as_draft else "active", options.update
    )
    if not options.dry_run:
        write_files(options.root, outcome.planned, {source.path for source in sources})
    print(_render(outcome, options))
    return FOUND if outcome.refused or outcome.differ else CLEAN


def _files(named: Sequence[Path | str]) -> tuple[list[str], str]:
    """Every file to read, in order, and the first name that leads nowhere."""
    found: list[str] = []
    for name in map(Path, named):
        if name.is_dir():
            found += sorted(
                str(p)
                for p in name.rglob("*")
                if p.suffix.lower() in _SUFFIXES and p.is_file() and p.name[0] != "."
            )
        elif name.is_file():
            found.append(str(name))
        else:
            return [], str(name)
    return list(dict.fromkeys(found)), ""


def _read(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with Path(path).open("rb") as file:
            yield path, file.read(MAX_BYTES + 1)


def _progress(
    files: Iterable[tuple[str, bytes]], total: int, to: TextIO
) -> Iterator[tuple[str, bytes]]:
    """Passes files on and draws a bar meanwhile, where a person is looking."""
    for number, file in enumerate(files, 1):
        yield file
        if to.isatty():
            done = number * _BAR // total
            to.write(
                f"\r{'█' * done}{'·' * (_BAR - done)}"
                f" {number}/{total}{chr(10) if number == total else ''}"
            )
            to.flush()


def _render(outcome: Outcome, options: argparse.Namespace) -> str:
    findings = in_order(outcome.findings)
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
        return json.dumps(
            _as_json(outcome, findings, numbers, options.lang), ensure_ascii=False, indent=2
        )
    say, by_code = _SAY[options.lang], Counter(finding.code for finding in findings)
    if options.format == "markdown":
        rows = [(say[key], str(number)) for key, number in numbers.items()]
        table = [
            "| | |",
            "| --- | ---: |",
            *(f"| {cell(name)} | {number} |" for name, number in rows),
        ]
        listed = [
            f"- {cell(f.position.path)}:{f.position.line}: {f.code}:"
            f" {cell(f.message(options.lang), 400)}"
            for f in findings
        ]
        hint = ["", say["unseen"]] if outcome.to_look_at and not options.as_draft else []
        return "\n".join([*table, "", *listed, *hint]).rstrip()
    parts = [render_text(findings, options.lang, {}).rpartition("\n\n")[0]] if findings else []
    parts += list(_differing(outcome, options.lang))
    lines = [f"{say[key]:<32}{number:>7}" for key, number in numbers.items()]
    codes = [
        f"  {code} ({words(options.lang)[rule(code).severity.name]}){'':<18}{number:>7}"
        for code, number in sorted(by_code.items())
    ]
    hint = ["", say["unseen"]] if outcome.to_look_at and not options.as_draft else []
    return "\n".join([*parts, "", *lines, *codes, *hint]).strip("\n")


def _differing(outcome: Outcome, lang: str) -> Iterator[str]:
    say = _SAY[lang]
    for code, (source, found) in sorted(outcome.differ.items()):
        yield f"\n{code}  {source.path}"
        for difference in found:
            mark = say["edited" if difference.is_edited else "untouched"]
            yield f"  {difference.title} ({mark})"
            yield f"    {say['ours']}: {quote(shown(difference.ours), 160)}"
            yield f"    {say['theirs']}: {quote(shown(difference.theirs), 160)}"


def _as_json(
    outcome: Outcome, findings: Sequence[Diagnostic], numbers: dict[str, int], lang: str
) -> dict[str, Any]:
    return {
        "summary": numbers,
        "findings": [
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
        ],
        "differences": [
            {
                "code": code,
                "path": source.path,
                "field": d.field,
                "title": d.title,
                "ours": d.ours,
                "theirs": d.theirs,
                "edited": d.is_edited,
            }
            for code, (source, found) in sorted(outcome.differ.items())
            for d in found
        ],
        "files": sorted(outcome.planned),
    }


def _compare(
    options: argparse.Namespace,
    files: Iterable[tuple[str, bytes]],
    sources: Sequence[Source],
    today: dt.date,
) -> int:
    ledger = open_ledger(sources)
    found: list[Drift] = []
    seen: set[str] = set()
    deleted: set[str] = set()
    unread: list[Diagnostic] = []
    for path, raw in files:
        records, findings = read_file(path, raw)
        unread += (finding for finding in findings if finding.severity is Severity.ERROR)
        for record in records:
            gone = deleted_code(record.code)
            if gone in ledger.codes:
                deleted.add(gone)
            draft, _ = make_draft(record, ledger, today)
            if (
                draft is not None
                and draft.data["code"] in ledger.codes
                and draft.data["code"] not in seen
            ):
                seen.add(draft.data["code"])
                found += compare(ledger.codes[draft.data["code"]], draft, ledger, today)
    procedures = (source.data for source in sources if source.kind == "procedure")
    published = {
        data["code"][:8] for data in procedures if data["status"] in ("active", "suspended")
    }
    absent = sorted(published - seen - deleted)
    found.sort(key=lambda drift: (drift.weight, drift.code))
    if unread:
        print(render_text(in_order(unread), options.lang, {}), file=sys.stderr)
    print(_render_drift(options, found, absent, sorted(deleted)))
    return FOUND if found or deleted else CLEAN


def _render_drift(
    options: argparse.Namespace,
    found: Sequence[Drift],
    absent: Sequence[str],
    deleted: Sequence[str],
) -> str:
    say = _SAY[options.lang]
    if options.format == "markdown":
        return render_markdown(found, absent, deleted)
    if options.format == "json":
        rows = [
            {key: getattr(d, key) for key in ("code", "name", "path", "what", "ours", "theirs")}
            for d in found
        ]
        return json.dumps(
            {"drift": rows, "absent": list(absent), "deleted": list(deleted)},
            ensure_ascii=False,
            indent=2,
        )
    lines = [
        f"{d.path}: {d.code}: {d.what}: {say['ours']} “{quote(d.ours, 120)}”, {say['theirs']}"
        f" “{quote(d.theirs, 120)}”"
        for d in found
    ]
    lines += [f"{code}: {say['deleted']}" for code in deleted]
    lines += [f"{code}: {say['absent']}" for code in absent]
    return "\n".join(lines if found or deleted else [*lines, say["agree"]])
