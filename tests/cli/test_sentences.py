"""Every sentence of the commands stands in YAML, in both languages, and is asked for."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from niemyet.cli.sentences import SENTENCES_FILE, say
from niemyet.findings.sentences import texts

CLI = SENTENCES_FILE.parent
VIETNAMESE = set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")


def nodes(*more: Path) -> Iterator[ast.AST]:
    """Everything in the code of the commands."""
    for path in (*sorted(CLI.glob("*.py")), *more):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def constants(nodes: Iterable[ast.AST]) -> set[str]:
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_vietnamese_is_left_in_the_code() -> None:
    assert {text for text in constants(nodes()) if VIETNAMESE & set(text.lower())} == set()


@pytest.mark.parametrize("key", sorted(texts(SENTENCES_FILE)))
def test_a_sentence_is_there_in_both_languages(key: str) -> None:
    said = texts(SENTENCES_FILE)[key]
    assert said.keys() == {"vi", "en"} and all(said.values())
    assert placeholders(said["vi"]) == placeholders(said["en"])
    assert not VIETNAMESE & set(said["en"].replace("chờ xác minh", "").lower())


def test_every_sentence_is_asked_for_and_every_one_asked_for_is_there() -> None:
    known = texts(SENTENCES_FILE)
    calls = [
        node
        for node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]
    beginnings = tuple(
        str(part.value)
        for node in calls
        if isinstance(node.args[0], ast.JoinedStr)
        for part in node.args[0].values[:1]
        if isinstance(part, ast.Constant)
    )
    assert beginnings == ("severity_",)
    asked = constants(nodes(CLI.with_name("publish") / "build.py"))  # which names its stages
    assert {key for key in known.keys() - asked if not key.startswith(beginnings)} == set()
    literal = [node for node in calls if isinstance(node.args[0], ast.Constant)]
    assert len(literal) > 50, "the pattern no longer finds what it looks for"
    for node in literal:
        key = ast.literal_eval(node.args[0])
        given = {keyword.arg for keyword in node.keywords}
        if None not in given:
            assert given == placeholders(known[key]["vi"]), key


def test_a_language_without_sentences_gets_vietnamese() -> None:
    assert say("fix", "fr") == say("fix", "vi") != say("fix", "en")


def test_an_unknown_key_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        say("nothing", "vi")
