"""The text form of a national record: twenty labels at the start of a line, rows and groups below
some of them.

A pure function from bytes to a record and findings. Whatever the bytes are, there is no exception,
and the time is linear in their number. Source: the public records of the national database of
administrative procedures, July 2026.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from niemyet.findings.finding import Diagnostic, Position
from niemyet.importing.national_record import (
    ChannelRow,
    LegalRow,
    PaperGroup,
    PaperRow,
    Record,
    StepLine,
    clean,
    said,
)
from niemyet.source.yaml_reader import lines_of
from niemyet.values.vietnamese import fold, quote

MAX_BYTES = 4_000_000

LABELS: dict[str, str] = {
    "Mã thủ tục": "code",
    "Số quyết định": "decision",
    "Tên thủ tục": "name",
    "Cấp thực hiện": "level",
    "Loại thủ tục": "kind",
    "Lĩnh vực": "sector",
    "Trình tự thực hiện": "steps",
    "Cách thức thực hiện": "channels",
    "Thành phần hồ sơ": "papers",
    "Đối tượng thực hiện": "applicants",
    "Cơ quan thực hiện": "executing",
    "Cơ quan có thẩm quyền": "authority",
    "Địa chỉ tiếp nhận HS": "address",
    "Cơ quan được ủy quyền": "delegated",
    "Cơ quan phối hợp": "cooperating",
    "Kết quả thực hiện": "results",
    "Căn cứ pháp lý": "legal",
    "Yêu cầu, điều kiện thực hiện": "conditions",
    "Từ khóa": "keywords",
    "Mô tả": "description",
}
"""The twenty labels in their usual order, with the field each fills."""

_BY_FOLD = {fold(label): key for label, key in LABELS.items()}
_TITLES = {key: label for label, key in LABELS.items()}
_LONGEST_LABEL = 45
_HEADER = "chi tiet thu tuc hanh chinh"
_COUNTS = re.compile(r"\s*Số lượng:\s*Bản chính:\s*([0-9]{1,6})\s*,\s*Bản sao:\s*([0-9]{1,6})\s*")
_ROW_LABELS = {"thoi han giai quyet": "limit", "phi le phi": "fee", "mo ta": "note"}

Lines = list[tuple[int, str]]
Block = tuple[int, list[str]]
"""Lines that belong together, and the number of the first."""


@dataclass(slots=True)
class _Reading:
    """What is being read: the lines of each label, and what was found wrong."""

    path: str
    blocks: dict[str, Lines] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def say(self, code: str, line: int = 1, **values: str) -> None:
        self.findings.append(
            Diagnostic(code=code, position=Position(self.path, line, 1), values=values)
        )

    def stray(self, line: int, text: str) -> None:
        self.say("I006", line, text=quote(text))

    def unusable(self, vi: str, en: str, line: int = 1) -> None:
        self.say("I001", line, problem_vi=vi, problem_en=en)


def parse_record(path: str, raw: bytes) -> tuple[Record | None, list[Diagnostic]]:
    """The record in some bytes, or None with the reason, and every finding. `path` is only for the
    findings."""
    reading = _Reading(path)
    text = _decode(reading, raw)
    if text is None:
        return None, reading.findings
    _split(reading, text)
    if not reading.blocks:
        vi = "không có nhãn nào của bản ghi thủ tục"
        reading.unusable(vi, "it has none of the labels of a record")
        return None, reading.findings
    for key, label in _TITLES.items():
        if key not in reading.blocks:
            reading.say("I004", label=label)
    return _record(reading, hashlib.sha256(raw).hexdigest()), reading.findings


def _decode(reading: _Reading, raw: bytes) -> str | None:
    if len(raw) > MAX_BYTES:
        size = f"{MAX_BYTES // 1_000_000} MB"
        reading.unusable(f"lớn quá {size}", f"it is larger than {size}")
    elif not raw.strip():
        reading.unusable("tệp trống", "it is empty")
    elif b"\x00" in raw:
        reading.unusable("không phải tệp chữ", "it is not a text file")
    else:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            byte = f"0x{raw[error.start]:02X}"
            vi, en = f"không phải UTF-8, gặp {byte}", f"it is not UTF-8, {byte} stands here"
            reading.unusable(vi, en, line)
    return None


def _split(reading: _Reading, text: str) -> None:
    """Sorts lines under their labels. A label met again belongs to the text it stands in, unless
    the first was empty."""
    current: Lines | None = None
    for number, raw in enumerate(lines_of(text), 1):
        line = clean(raw)
        key, rest = _label(line)
        if key is None:
            if current is not None:
                current.append((number, line))
            elif line.strip() and fold(line[:_LONGEST_LABEL]) != _HEADER:
                reading.stray(number, line.strip())
            continue
        if key in reading.blocks:
            is_again = _has_words(reading.blocks[key])
            first = reading.blocks[key][0][0]
            reading.say("I005", number, label=_TITLES[key], first=str(first))
            if is_again:
                if current is not None and said(rest):
                    current.append((number, line))
                continue
        current = reading.blocks[key] = [(number, rest)]


def _label(line: str) -> tuple[str | None, str]:
    if line[:1] in ("", " ", "-", "+", "*"):
        return None, ""
    colon = line.find(":", 0, _LONGEST_LABEL)
    key = _BY_FOLD.get(fold(line[:colon])) if colon > 0 else None
    return key, line[colon + 1 :].lstrip() if key else ""


def _has_words(lines: Lines) -> bool:
    return any(said(line) for _, line in lines)


def _record(reading: _Reading, sha256: str) -> Record:
    blocks = reading.blocks
    values: dict[str, Any] = {
        key: said("\n".join(line.rstrip() for _, line in lines))
        for key, lines in blocks.items()
        if key not in ("steps", "channels", "papers", "legal")
    }
    return Record(
        path=reading.path,
        form="national_text",
        sha256=sha256,
        lines={key: lines[0][0] for key, lines in blocks.items()},
        steps=tuple(_steps(blocks.get("steps", []))),
        channels=tuple(_channels(reading, blocks.get("channels", []))),
        papers=tuple(_papers(reading, blocks.get("papers", []))),
        legal=tuple(_legal(blocks.get("legal", []))),
        **values,
    )


def _steps(lines: Lines) -> Iterator[StepLine]:
    for _, line in lines:
        text = line.strip()
        if not said(text):
            continue
        if line.startswith("  * "):
            yield StepLine(text=text[2:].strip(), is_heading=True)
        else:
            yield StepLine(text=text)


def _channels(reading: _Reading, lines: Lines) -> Iterator[ChannelRow]:
    row: dict[str, list[str]] | None = None
    start, current = 0, ""
    for number, line in lines:
        text = line.strip()
        if not said(text):
            continue
        opened = _after(text.lstrip("*- "), "hinh thuc nop") if line[:1] in " *" else None
        if opened is not None:
            if row is not None:
                yield _channel_row(start, row)
            row, start, current = {"channel": [opened]}, number, "channel"
            continue
        if row is None:
            reading.stray(number, text)
            continue
        key, rest = _row_label(line, text, row)
        if key:
            current = key
            row[key] = [rest]
        elif current == "channel":
            reading.stray(number, text)
            row.setdefault("note", []).append(text)
        else:
            row[current].append(text)
    if row is not None:
        yield _channel_row(start, row)


def _row_label(line: str, text: str, row: dict[str, list[str]]) -> tuple[str, str]:
    colon = text.find(":", 0, _LONGEST_LABEL)
    if line[:1] != " " or colon < 0:
        return "", ""
    key = _ROW_LABELS.get(fold(text[:colon]), "")
    return (key, text[colon + 1 :].strip()) if key and key not in row else ("", "")


def _channel_row(line: int, row: dict[str, list[str]]) -> ChannelRow:
    values = {
        key: said("\n".join(part for part in row.get(key, []) if part))
        for key in ("channel", "limit", "fee", "note")
    }
    return ChannelRow(line=line, **values)


def _after(text: str, label: str) -> str | None:
    """What follows a label and its colon, or None where the text does not begin with them."""
    colon = text.find(":", 0, _LONGEST_LABEL)
    return text[colon + 1 :].strip() if colon > 0 and fold(text[:colon]) == label else None


def _papers(reading: _Reading, lines: Lines) -> Iterator[PaperGroup]:
    groups: list[tuple[int, str, list[PaperRow]]] = []
    row: Block | None = None
    heading: Block | None = None
    for number, line in lines:
        text = line.strip()
        if not said(text):
            continue
        counts = _COUNTS.fullmatch(line) if "Bản chính" in line[:80] else None
        if counts and row is None:
            reading.stray(number, text)
        elif counts and row is not None:
            groups[-1][2].append(_paper_row(row, int(counts[1]), int(counts[2])))
            row = None
        elif row is not None:
            row[1].append(text)
        elif _is_heading(line, text, goes_on=heading is not None):
            heading = heading or (number, [])
            heading[1].append(text)
            if text.endswith("]"):
                groups.append(_open_group(heading))
                heading = None
        else:
            if heading is not None:
                groups.append(_open_group(heading))
                heading = None
            if not groups:
                groups.append((number, "", []))
            row = (number, [text.removeprefix("- ")])
    if row is not None:
        reading.stray(row[0], row[1][0])
        groups[-1][2].append(_paper_row(row, 0, 0))
    if heading is not None:
        reading.stray(heading[0], heading[1][0])
        groups.append(_open_group(heading))
    for start, name, rows in groups:
        yield PaperGroup(line=start, name=name, rows=tuple(rows))


def _is_heading(line: str, text: str, *, goes_on: bool) -> bool:
    """Whether a line is one of a heading in square brackets; a row of papers ends a heading that
    lacks its second bracket."""
    if goes_on:
        return not (line[:1] == " " and text.startswith("- "))
    return line[:1] == " " and text.startswith("[")


def _paper_row(row: Block, originals: int, copies: int) -> PaperRow:
    return PaperRow(line=row[0], text=" ".join(row[1]), originals=originals, copies=copies)


def _open_group(heading: Block) -> tuple[int, str, list[PaperRow]]:
    name = " ".join(heading[1]).removeprefix("[").removesuffix("]").strip()
    return heading[0], name, []


def _legal(lines: Lines) -> Iterator[LegalRow]:
    open_row: Block | None = None
    for number, line in lines:
        text = line.strip()
        if not said(text):
            continue
        if text.startswith("* ") or open_row is None:
            if open_row is not None:
                yield _legal_row(open_row)
            open_row = (number, [text.removeprefix("* ")])
        else:
            open_row[1].append(text)
    if open_row is not None:
        yield _legal_row(open_row)


def _legal_row(row: Block) -> LegalRow:
    title, number = split_last_brackets(" ".join(row[1]).strip())
    return LegalRow(line=row[0], title=title, number=number)


def split_last_brackets(text: str) -> tuple[str, str]:
    """`Luật Hộ tịch (60/2014/QH13)` in two; the second part is empty where the text does not end in
    brackets."""
    if not text.endswith(")"):
        return text, ""
    depth = 0
    for i in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[i], 0)
        if depth == 0:
            return text[:i].rstrip(), text[i + 1 : -1].strip()
    return text, ""
