"""JSON Schemas turn sources into findings: each schema fault becomes one plain sentence at the
right place.

`jsonschema` is the reference; `jsonschema_rs` only answers "is this file valid?", and a test holds
that both agree. So patterns are written in what Python and ECMAScript read alike: `$(?!\\n)` is the
end, and spaces are listed, since `$` and `\\s` differ.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from niemyet.findings.finding import Diagnostic
from niemyet.source.loader import Path_, Source
from niemyet.values.vietnamese import closest, quote

SCHEMAS = Path(__file__).with_name("schemas")

_TYPE_NAMES = {
    "vi": {
        "string": "chữ",
        "integer": "số nguyên",
        "boolean": "true hoặc false",
        "array": "danh sách (các dòng bắt đầu bằng “-”)",
        "object": "nhóm khóa: giá trị",
        "null": "trống",
    },
    "en": {
        "string": "text",
        "integer": "a whole number",
        "boolean": "true or false",
        "array": "a list (lines that begin with “-”)",
        "object": "a group of key: value",
        "null": "nothing",
    },
}
_TYPES: dict[type, str] = {
    bool: "boolean", int: "integer", str: "string", list: "array", dict: "object",
    type(None): "null",
}  # fmt: skip
_ENDS = (("low", "minimum"), ("high", "maximum"))
_AMOUNT = re.compile(r"(?:amount|cap)_vnd$")


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file with the shared definitions inside it, ready for any
    validator."""
    text = (SCHEMAS / f"{kind}.json").read_text("utf-8").replace("common.json#/$defs/", "#/$defs/")
    common = (SCHEMAS / "common.json").read_text("utf-8").replace("common.json#/$defs/", "#/$defs/")
    return {**json.loads(text), "$defs": json.loads(common)["$defs"]}


def kinds() -> list[str]:
    """Every kind of data file that has a schema."""
    return sorted(p.stem for p in SCHEMAS.glob("*.json") if p.stem != "common")


@cache
def _fast(kind: str) -> Any:
    return jsonschema_rs.Draft202012Validator(
        schema(kind), validate_formats=True, formats={"date": _is_date}
    )


@cache
def _reference(kind: str) -> Any:
    import jsonschema  # a tenth of a second that a clean project need not wait for

    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date")(_is_date)
    return jsonschema.Draft202012Validator(schema(kind), format_checker=checker)


def _is_date(value: object) -> bool:
    """A real day of the calendar; shared by both validators, which differ about the year 0000."""
    try:
        return not isinstance(value, str) or bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def is_valid(kind: str, data: Any) -> bool:
    """Whether data of a kind obeys its schema; says nothing about why not."""
    return bool(_fast(kind).is_valid(data))


def check_source(source: Source) -> list[Diagnostic]:
    """The findings of one file against its schema; empty when it is valid."""
    if is_valid(source.kind, source.data):
        return []
    findings: list[Diagnostic] = []
    for error in _reference(source.kind).iter_errors(source.data):
        findings.extend(_explain(source, error))
    return findings


def _explain(source: Source, error: Any) -> Iterator[Diagnostic]:
    at: Path_ = tuple(error.absolute_path)
    handler = _HANDLERS.get(error.validator, _other)
    yield from handler(source, at, error)


def _missing(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    # One error comes per missing key; the sentence of each names only its own.
    for key in error.validator_value:
        if key not in error.instance and error.message.startswith(repr(key)):
            title = error.schema.get("properties", {}).get(key, {}).get("title", key)
            yield source.finding(
                "S001", at, key=bool(at) and isinstance(at[-1], str), key_name=key, title=title
            )


def _unknown(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    known = list(error.schema.get("properties", {}))
    patterns = list(error.schema.get("patternProperties", {}))
    for key in error.instance:
        if key in known or any(re.search(p, key) for p in patterns):
            continue
        near = closest(key, known)
        code = "S002" if near else "S012"
        allowed = ", ".join(known[:8]) or "vi, en"
        values: Any = {"key_name": quote(key), "near": near[0] if near else "", "allowed": allowed}
        yield source.finding(code, (*at, key), key=True, **values)


def _type(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    asked = error.validator_value
    wanted = asked if isinstance(asked, list) else [asked]
    value = error.instance
    name = _name(at)
    if isinstance(value, str) and _AMOUNT.search(name):
        digits = re.sub(r"[^0-9]", "", value)
        yield source.finding("S004", at, key_name=name, value=quote(value), number=digits or "8000")
        return
    given = _TYPES[type(value)]
    shown = quote(_show(value))
    values = {"key_name": name, "value": shown}
    for lang, names in _TYPE_NAMES.items():
        values[f"given_{lang}"] = f"{names[given]} “{shown}”" if shown else names[given]
        joint = " hoặc " if lang == "vi" else " or "
        values[f"wanted_{lang}"] = joint.join(names[w] for w in wanted)
    yield source.finding("S003", at, key=value is None, **values)


def _enum(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    allowed = [str(v) for v in error.validator_value]
    if not isinstance(error.instance, str):
        return  # the type error at the same place says it better
    near = (closest(error.instance, allowed) or allowed)[0]
    values: Any = {"value": quote(error.instance), "allowed": ", ".join(allowed), "near": near}
    yield source.finding("S005", at, key_name=_name(at), **values)


def _pattern(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    if "propertyNames" in error.absolute_schema_path:
        yield from _key_names(source, at, error)
        return
    if error.instance == "" and "minLength" in error.schema:
        return  # the empty text is said to be empty
    message = error.schema.get("x-pattern-message", "Cần có chữ, không để trống")
    yield source.finding(
        "S006", at, key_name=_name(at), value=quote(str(error.instance)), wanted=message
    )


def _format(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    if re.fullmatch(error.schema.get("pattern", ".*"), error.instance):
        yield source.finding("S011", at, key_name=_name(at), value=quote(error.instance))


def _few(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    yield source.finding("S007", at, key_name=_name(at))


def _many(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    yield source.finding("S008", at, key_name=_name(at), limit=str(error.validator_value))


def _range(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    if error.instance == 0 and _AMOUNT.search(_name(at)):
        yield source.finding("F008", at, key_name=_name(at))
        return
    span: Any = {end: str(error.schema.get(key, "…")) for end, key in _ENDS}
    value = str(error.instance)[:30]
    yield source.finding("S009", at, key_name=_name(at), value=value, **span)


def _twice(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    items = error.instance
    written = [json.dumps(item, sort_keys=True) for item in items]
    index = next(i for i, item in enumerate(written) if item in written[:i])
    yield source.finding("S010", (*at, index), key_name=_name(at), value=quote(str(items[index])))


def _key_names(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    # Under `propertyNames` the offending key is the instance and the path is that of its mapping.
    key = str(error.instance)
    wanted = "chữ thường không dấu, chữ số, gạch dưới; bắt đầu bằng chữ"
    values: Any = {"key_name": "tên khóa (key)", "value": quote(key), "wanted": wanted}
    yield source.finding("S006", (*at, key), key=True, **values)


def _other(source: Source, at: Path_, error: Any) -> Iterator[Diagnostic]:
    yield source.finding("S013", at, key_name=_name(at), problem=quote(error.message, 120))


_HANDLERS = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "format": _format,
    "minLength": _few,
    "minItems": _few,
    "minProperties": _few,
    "maxLength": _many,
    "maxItems": _many,
    "minimum": _range,
    "maximum": _range,
    "uniqueItems": _twice,
}


def _name(at: Path_) -> str:
    """The nearest key above a node, as a person would name it; list items get their number from
    1."""
    keys = [p for p in at if isinstance(p, str)]
    if not keys:
        return f"mục {at[-1] + 1}" if at and isinstance(at[-1], int) else "tệp"
    if isinstance(at[-1], int):
        return f"{keys[-1]} ({at[-1] + 1})"
    return keys[-1]


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(map(str, value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_show(part) for part in value[:10]) + "]"
    return str(value) if value is not None else ""
