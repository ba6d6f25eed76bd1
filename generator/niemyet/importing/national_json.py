"""The record as the interface of the national portal gives it: one object, a list, or an object
with a list inside.

A pure function from bytes to records and findings. Every key may be missing or of another kind;
nothing raises.
Source: the answer of `get-formality-by-citizen`, as public crawlers read it in July 2026.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
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
from niemyet.importing.national_text import MAX_BYTES

_LISTS = ("data", "result", "results", "items", "content")
_LEVELS = (
    ("isWard", "Cấp Xã"),
    ("isProvince", "Cấp Tỉnh"),
    ("isMinistry", "Cấp Bộ"),
    ("isOtherAgency", "Cơ quan khác"),
)
_DEEPEST = 4


def parse_records(path: str, raw: bytes) -> tuple[list[Record], list[Diagnostic]]:
    """Every record in some bytes of JSON, and what is wrong with them. `path` is only for the
    findings."""
    try:
        if len(raw) > MAX_BYTES:
            raise ValueError("size")
        found = list(_objects(json.loads(raw.decode("utf-8-sig"))))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return [], [
            _unusable(path, line, "không phải JSON đọc được", "it is not JSON that can be read")
        ]
    if not found:
        return [], [
            _unusable(path, 1, "không có bản ghi thủ tục nào", "it holds no record of a procedure")
        ]
    return [_record(path, data) for data in found], []


def _unusable(path: str, line: int, vi: str, en: str) -> Diagnostic:
    return Diagnostic(
        code="I001", position=Position(path, line, 1), values={"problem_vi": vi, "problem_en": en}
    )


def _objects(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for part in data:
            yield from _objects(part, depth + 1) if depth < _DEEPEST else ()
    elif isinstance(data, dict):
        inner = next((data[key] for key in _LISTS if isinstance(data.get(key), dict | list)), None)
        if "code" in data or ("name" in data and inner is None):
            yield data
        elif inner is not None and depth < _DEEPEST:
            yield from _objects(inner, depth + 1)


def _record(path: str, data: Mapping[str, Any]) -> Record:
    proposal = data.get("procedureProposal")
    decision = proposal.get("proposalNumber") if isinstance(proposal, dict) else proposal
    written = json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Record(
        path=path,
        form="national_json",
        sha256=hashlib.sha256(written).hexdigest(),
        code=_text(data.get("code")),
        name=_text(data.get("name")),
        decision=_text(decision),
        level=", ".join(name for key, name in _LEVELS if data.get(key) is True),
        kind=_text(data.get("formalityType")),
        sector=_names(data.get("categoriesDetails")),
        steps=tuple(_steps(data)),
        channels=tuple(_channels(data)),
        papers=tuple(_papers(data)),
        applicants=_names(data.get("subjectTypesDetails")),
        executing=_names(data.get("departmentsExecuting")),
        authority=_names(data.get("departmentsAuthority")),
        address=_names(data.get("dossierReceivingAddresses")),
        delegated=_names(data.get("departmentsAuthorized")),
        cooperating=_names(data.get("departmentsCoordinating")),
        results=_names(data.get("resultsDetails")),
        legal=tuple(_legal(data)),
        conditions=_text(data.get("requirementsAndConditions")),
        keywords=_names(data.get("keywords")),
        description=_text(data.get("description")),
    )


def _rows(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = data.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(value: Any) -> str:
    """Text or a number as clean text; nothing for anything else."""
    if isinstance(value, str):
        return said(
            "\n".join(
                clean(line).rstrip()
                for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            )
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return ""


def _names(value: Any) -> str:
    """Names of a list of objects or of texts, as the text form joins them."""
    if not isinstance(value, list):
        return _text(value)
    names = (
        _text(part.get("name", part.get("address", ""))) if isinstance(part, dict) else _text(part)
        for part in value
    )
    return ", ".join(name for name in names if name)


def _steps(data: Mapping[str, Any]) -> Iterator[StepLine]:
    for row in _rows(data, "executionSteps"):
        name = _text(row.get("name"))
        if name:
            yield StepLine(text=" ".join(name.split()), is_heading=True)
        for line in _text(row.get("description")).split("\n"):
            if line.strip():
                yield StepLine(text=line.strip())


def _channels(data: Mapping[str, Any]) -> Iterator[ChannelRow]:
    for row in _rows(data, "executionMethods"):
        limit = f"{_text(row.get('processingTime'))} {_text(row.get('processingTimeUnit'))}".strip()
        fees = " | ".join(_fee(fee) for fee in _rows(row, "fees"))
        channel = _text(row.get("submissionMethod"))
        yield ChannelRow(
            line=1, channel=channel, limit=limit, fee=fees, note=_text(row.get("description"))
        )


def _fee(fee: Mapping[str, Any]) -> str:
    """As the text form writes it, so that both are read by the same rules."""
    amount = _text(fee.get("amount")).replace(" ", "")
    note = _text(fee.get("name"))
    return f"{amount} VNĐ ({note})" if amount.replace(".", "").isdigit() else note


def _papers(data: Mapping[str, Any]) -> Iterator[PaperGroup]:
    for case in _rows(data, "executionCases"):
        rows = tuple(
            PaperRow(
                line=1,
                text=_text(row.get("name")),
                originals=_count(row.get("originalQty")),
                copies=_count(row.get("copyQty")),
            )
            for row in _rows(case, "profileComponents")
        )
        yield PaperGroup(line=1, name=" ".join(_text(case.get("name")).split()), rows=rows)


def _legal(data: Mapping[str, Any]) -> Iterator[LegalRow]:
    for row in _rows(data, "legalBasisesDetails"):
        yield LegalRow(line=1, title=_text(row.get("name")), number=_text(row.get("code")))


def _count(value: Any) -> int:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
