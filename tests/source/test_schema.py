"""Both validators agree, every fault is explained, and the schemas can be read by people and
editors."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from bad_inputs import BASE, CASES, ROOT, base_texts, files_of
from hypothesis import given, settings
from hypothesis import strategies as st

from niemyet.findings.finding import rule
from niemyet.source.loader import Source, kind_of, parse_source
from niemyet.source.schema import SCHEMAS, _reference, check_source, is_valid, kinds, schema

NO_ALTERNATIVES = ("oneOf", "anyOf", "allOf", "not", "if", "then", "else", "dependentSchemas")
DIFFER = re.compile(r"\\[sSdDwWbB]|\$")
"""What means one thing in ECMAScript and another in Python."""
SPOILERS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**12, "", " ", "\n", "x", "x\n", "a" * 7000, "\u00a0", "\u200b",
    "\ufeff", "\u0085", "Đ", "0000-01-01",
    "2026-02-29", "2026-11-24\n", "07:30\n", "https://a.example\n", "٢٠٢٦-١١-٢٤",
    [], {}, [None], ["vi"], {"vi": ""}, {"vi\n": "x"}, {"VI": "x"}, [[]],
)  # fmt: skip


def sources() -> list[Source]:
    """Every file of the base and of the bad inputs that can be read."""
    found = []
    for case in (BASE.name, *CASES):
        for path in files_of(case):
            kind = kind_of(path)
            text = (
                ((BASE if case == BASE.name else ROOT / case) / path)
                .read_bytes()
                .decode("utf-8", "replace")
            )
            source = parse_source(path, kind, text)[0] if kind else None
            if source is not None:
                found.append(source)
    return found


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every part; of lists only the first two items, since their items are alike."""
    yield at
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value[:2]):
            yield from places(part, (*at, key))


def mutations(data: Any) -> Iterator[Any]:
    """The data with one part taken away, spoilt, renamed or doubled, at every place."""
    for at in places(data):
        if not at:
            continue
        for spoiler in (..., *SPOILERS):
            changed = copy.deepcopy(data)
            above = changed
            for part in at[:-1]:
                above = above[part]
            if spoiler is ...:
                del above[at[-1]]
            else:
                above[at[-1]] = spoiler
            yield changed
        if isinstance(at[-1], str):
            for name in (f"{at[-1]}x", at[-1].upper(), f"{at[-1]}\n", ""):
                renamed = copy.deepcopy(data)
                above = renamed
                for part in at[:-1]:
                    above = above[part]
                above[name] = above.pop(at[-1])
                yield renamed
        else:
            doubled = copy.deepcopy(data)
            above = doubled
            for part in at[:-1]:
                above = above[part]
            above.append(above[at[-1]])
            yield doubled


def explained(kind: str, data: Any) -> list[str]:
    """The codes of what is said about data without a text of its own."""
    source, _ = parse_source(f"content/{kind}.yml", kind, "a: 1\n")
    assert source is not None
    return [
        finding.code
        for finding in check_source(Source(source.path, kind, source.text, data, source.marks))
    ]


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.path)
def test_both_validators_agree_on_every_file(source: Source) -> None:
    errors = list(_reference(source.kind).iter_errors(source.data))
    assert is_valid(source.kind, source.data) == (not errors)
    assert bool(check_source(source)) == bool(errors)


@pytest.mark.parametrize("path", sorted(base_texts()))
def test_both_validators_agree_on_every_change_of_a_valid_file_and_each_fault_is_explained(
    path: str,
) -> None:
    kind = kind_of(path)
    assert kind is not None
    # Every text of the frame is held to the same: some stand for all.
    lines = base_texts()[path].splitlines(keepends=True)
    source, _ = parse_source(path, kind, "".join(lines[:40] if kind == "strings" else lines))
    assert source is not None and check_source(source) == []
    wrong = 0
    for data in mutations(source.data):
        if is_valid(kind, data):
            assert _reference(kind).is_valid(data), data
        else:  # only what the reference has against the data can be explained
            wrong += 1
            codes = explained(kind, data)
            assert codes and "S013" not in codes, data
    assert wrong > 20


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_both_validators_agree_on_any_text_in_any_place(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(base_texts())))
    kind = kind_of(path) or ""
    source, _ = parse_source(path, kind, base_texts()[path])
    assert source is not None
    changed = copy.deepcopy(source.data)
    at = data.draw(st.sampled_from([at for at in places(changed) if at]))
    above = changed
    for part in at[:-1]:
        above = above[part]
    above[at[-1]] = data.draw(
        st.text(max_size=30) | st.integers() | st.lists(st.text(max_size=5), max_size=3)
    )
    assert is_valid(kind, changed) == _reference(kind).is_valid(changed)


def nodes(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its path."""
    if not isinstance(node, dict):
        return
    yield at, node
    for key in ("properties", "patternProperties", "$defs"):
        for name, part in node.get(key, {}).items():
            yield from nodes(part, f"{at}/{name}")
    for key in ("items", "additionalProperties", "propertyNames"):
        yield from nodes(node.get(key), f"{at}/{key}")


def properties(kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{at}/{name}", part)
        for at, node in nodes(schema(kind))
        for name, part in node.get("properties", {}).items()
    ]


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", kinds())
def test_every_property_has_a_title_a_description_and_examples(kind: str) -> None:
    lacking = [
        (at, key)
        for at, part in properties(kind)
        for key in ("title", "description", "examples")
        if not part.get(key)
    ]
    assert lacking == []


def without_required(node: Any) -> Any:
    """The schema with nothing required: the example of a group may show only the keys that tell it
    from others."""
    if isinstance(node, list):
        return [without_required(part) for part in node]
    if isinstance(node, dict):
        return {key: without_required(part) for key, part in node.items() if key != "required"}
    return node


@pytest.mark.parametrize("kind", kinds())
def test_every_example_is_valid(kind: str) -> None:
    whole = schema(kind)
    checker = _reference(kind).format_checker
    faults = []
    for at, part in properties(kind):
        validator = jsonschema.Draft202012Validator(
            {**without_required(part), "$defs": whole["$defs"]}, format_checker=checker
        )
        faults += [
            (at, error.message)
            for example in part["examples"]
            for error in validator.iter_errors(example)
        ]
    assert faults == []


@pytest.mark.parametrize("kind", kinds())
def test_there_are_no_alternatives_that_no_sentence_could_explain(kind: str) -> None:
    assert [
        (at, key) for at, node in nodes(schema(kind)) for key in NO_ALTERNATIVES if key in node
    ] == []


@pytest.mark.parametrize("kind", kinds())
def test_groups_are_closed_and_patterns_say_what_they_want(kind: str) -> None:
    for at, node in nodes(schema(kind)):
        if "properties" in node:
            assert node.get("additionalProperties") is False, at
        if node.get("pattern", "")[:1] == "^" and not at.endswith("/propertyNames"):
            assert node.get("x-pattern-message"), at
        for pattern in (*node.get("patternProperties", ()), node.get("pattern", "")):
            assert not DIFFER.search(pattern.removesuffix("$(?!\\n)")), at


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda p: p.name)
def test_a_schema_file_is_plain_json(path: Any) -> None:
    text = path.read_text("utf-8")
    assert json.loads(text) and "\t" not in text


def test_a_name_outside_the_list_is_said_at_the_key() -> None:
    source, _ = parse_source("site_config/i18n/en.yml", "strings", "home: Home\nHome page: x\n")
    assert source is not None
    (finding,) = check_source(source)
    assert (finding.code, finding.position.line, finding.position.column) == ("S006", 2, 1)


def test_a_very_long_list_with_one_repetition_is_explained_in_time() -> None:
    items = [f"x-{i}" for i in range(20_000)]
    assert "S010" in explained("notice", {"legal": [*items, items[-1]]})


def test_many_faults_in_one_file_are_placed_in_time() -> None:
    text = "".join(f"k{i}: 1\n" for i in range(20_000))
    source, _ = parse_source("site_config/i18n/vi.yml", "strings", text)
    assert source is not None
    findings = check_source(source)
    assert len(findings) == 20_000 and {f.width for f in findings} == {1}


def test_the_sentence_for_a_rule_our_schemas_do_not_use_exists() -> None:
    assert rule("S013").sentence("vi", "message")
