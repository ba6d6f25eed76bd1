"""What is written reads back the same everywhere, and our reader agrees with PyYAML."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from niemyet.source import yaml_writer
from niemyet.source.loader import parse_source

TRICKY = [
    "",
    "no",
    "On",
    "NULL",
    "~",
    "1.001193",
    "2026-10-01",
    "07:30",
    "0243",
    "1e3",
    "0x1F",
    "1_000",
    ".5",
    "=",
    "<<",
    "- a",
    "a: b",
    "a:",
    "a #b",
    "a#b",
    "#a",
    "163/QĐ-BTP",
    "12/2015/TT-BXD",
    "60 ngày",
    "“Có”",
    "(a)",
    "a\nb",
    "a\n\n b\n",
    " a",
    "a ",
    "a\\b",
    '"',
    "'",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    ">",
    "? a",
    "{a",
    "[a",
    "a, b",
    "y",
    "đúng",
    "2001-12-14 21:59:43",
    "10 e3",
]
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn"), include_characters="\n"
)
words = (st.text(LETTERS, max_size=30) | st.sampled_from(TRICKY)).map(
    lambda text: unicodedata.normalize("NFC", text)
)
PIECES = ["", " ", "  ", "\n", ":", "- ", "#", '"', "'", "|", "a", "1", "é", "\\", "k: "]
scalars = st.one_of(words, st.integers(-(10**17), 10**17), st.booleans(), st.none())
keys = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
trees = st.dictionaries(keys, values, min_size=1, max_size=4)


@given(trees)
@settings(deadline=None)
def test_what_is_written_reads_back_the_same_in_every_reader(tree: dict[str, Any]) -> None:
    text = yaml_writer.dump(tree)
    source, findings = parse_source("content/x.yml", "step", text)
    assert source is not None and source.data == tree and not findings
    assert yaml.load(text, Loader=yaml.SafeLoader) == tree


@given(trees, st.data())
@settings(deadline=None)
def test_the_reader_agrees_with_another_or_finds_a_fault(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    text = yaml_writer.dump(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        drop = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + drop :]
    source, findings = parse_source("content/x.yml", "step", text)
    if source is not None and not findings:
        assert _same(source.data, yaml.load(text, Loader=_TextLoader)), text


class _TextLoader(yaml.SafeLoader):
    """PyYAML with our few implicit types: true, false, null and whole numbers."""


_TextLoader.yaml_implicit_resolvers = {}
for _first, _tag, _pattern in [
    ("tf", "bool", "true|false"),
    (("n", "~", ""), "null", "null|~|"),
    ("-0123456789", "int", r"-?(?:0|[1-9][0-9]{0,17})"),
]:
    _TextLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )  # type: ignore[no-untyped-call]


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one) == json.dumps(other)


def test_a_text_of_several_lines_is_a_block_without_quotes() -> None:
    tree = {"a": [{"b": "một: 1\n\n  hai # không phải ghi chú\nba"}], "c": "x\ny\n"}
    text = yaml_writer.dump(tree)
    assert (
        text
        == "a:\n  - b: |-\n      một: 1\n\n        hai # không phải ghi chú\n      ba\nc: |\n  x\n"
        "  y\n"
    )
