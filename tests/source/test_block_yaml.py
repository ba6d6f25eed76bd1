"""The one form of the data files: what is written reads back the same everywhere, and the fast
reader never differs."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from niemyet.source import yaml_writer
from niemyet.source.loader import load_tree, parse_source

PROJECT = Path(__file__).resolve().parents[2]

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
def test_what_is_written_reads_back_the_same_in_every_reader(tree: dict[str, Any]) -> None:
    text = yaml_writer.write(tree)
    source, findings = parse_source("content/x.yml", "step", text)
    assert source is not None and source.data == tree and not findings
    assert yaml.load(text, Loader=yaml.SafeLoader) == tree
    fast = yaml_writer.read(text)
    assert fast is None or _same(fast, tree)


@given(trees, st.data())
def test_the_fast_reader_agrees_with_the_parser_or_stands_aside(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    text = yaml_writer.write(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        drop = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + drop :]
    fast = yaml_writer.read(text)
    if fast is not None:
        assert _same(fast, yaml.load(text, Loader=_TextLoader)), text


class _TextLoader(yaml.SafeLoader):
    """PyYAML with our few implicit types: true, false, null and whole numbers."""


_TextLoader.yaml_implicit_resolvers = {}
for _first, _tag, _pattern in [
    ("tf", "bool", "true|false"),
    ("n~", "null", "null|~|"),
    ("-0123456789", "int", r"-?(?:0|[1-9][0-9]{0,17})"),
]:
    _TextLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )  # type: ignore[no-untyped-call]


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: b: c\n",
        "a: 'b'\n",
        'a: "b"\n',
        "a: b \n",
        "a:\n    b: c\n",
        "a:\n- b\n",
        "a: yes\n",
        "a: 2026-10-01\n",
        "a: 1.5\n",
        "a: b",
        "a: |-\n  b\n",
        "a: |-\n  b\n  c\n\nb: d\n",
        "a: &x b\n",
        "a: b # c\n",
        "a:\n",
        "- a\n",
        "a: e\u0301\n",
        "a:\tb\n",
    ],
)
def test_what_is_not_in_the_one_form_is_left_to_the_parser(text: str) -> None:
    assert yaml_writer.read(text) is None


def test_a_text_of_several_lines_is_a_block_without_quotes() -> None:
    tree = {"a": [{"b": "một: 1\n\n  hai # không phải ghi chú\nba"}], "c": "x\ny\n"}
    text = yaml_writer.write(tree)
    assert (
        text
        == "a:\n  - b: |-\n      một: 1\n\n        hai # không phải ghi chú\n      ba\nc: |\n  x\n"
        "  y\n"
    )
    assert yaml_writer.read(text) == tree


def test_every_shipped_file_is_read_by_the_fast_reader() -> None:
    sources, findings = load_tree(PROJECT)
    assert not findings
    assert [s.path for s in sources if not s.is_block] == []
