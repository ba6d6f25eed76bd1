"""Whatever a command may refuse has its words, in both languages and with every placeholder."""

from __future__ import annotations

import ast
import pickle
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from niemyet.findings.errors import REFUSALS_FILE, NiemyetError
from niemyet.findings.sentences import texts
from niemyet.paper.sheet import PressError
from niemyet.publish.site_writer import NotOurs

PACKAGE = Path(__file__).parents[2] / "generator" / "niemyet"
BUILT_IN = {"Exception", "BaseException", "OSError", "ValueError", "LookupError", "KeyError"}


def nodes() -> Iterator[ast.AST]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


@cache
def families() -> dict[str, str]:
    """Every class of errors of the program, by name, and what it is a kind of."""
    found = {"NiemyetError": ""}
    classes = [node for node in nodes() if isinstance(node, ast.ClassDef)]
    for _ in classes:
        found |= {
            node.name: base.id
            for node in classes
            for base in node.bases
            if isinstance(base, ast.Name) and base.id in found
        }
    return found


def made() -> list[tuple[str, str, set[str]]]:
    """Where errors are made: the class, the key of the sentence, the names of the values."""
    return [
        (
            node.func.id,
            ast.literal_eval(node.args[0]),
            {keyword.arg or "**" for keyword in node.keywords},
        )
        for node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in families()
    ]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_error_of_the_program_is_outside_the_family() -> None:
    strangers = [
        node.name
        for node in nodes()
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in BUILT_IN for base in node.bases)
    ]
    assert strangers == ["NiemyetError", "Unusable"], "Unusable never leaves its package"
    assert {"BadTheme", "NotOurs", "MissingFont", "LostBox", "Refused"} <= families().keys()


def test_every_error_has_its_sentence_and_every_sentence_its_error() -> None:
    sentences = texts(REFUSALS_FILE)
    assert {key for _, key, _ in made()} == sentences.keys()
    for kind, key, values in made():
        unsaid = {"word"} if families()[kind] == "PressError" else set()
        assert values - unsaid == placeholders(sentences[key]["vi"]), f"{kind}: {key}"
    raised = {kind for kind, _, _ in made()}
    assert families().keys() - raised == set(), "each class is raised somewhere"


@pytest.mark.parametrize("key", sorted(texts(REFUSALS_FILE)))
def test_a_refusal_is_said_in_both_languages(key: str) -> None:
    said = texts(REFUSALS_FILE)[key]
    assert said.keys() == {"vi", "en"} and said["vi"] != said["en"]
    assert placeholders(said["vi"]) == placeholders(said["en"])


def test_an_error_says_itself_and_crosses_from_one_process_to_another() -> None:
    error = NotOurs("not_ours", place="/nha")
    for one in (error, pickle.loads(pickle.dumps(error))):
        assert type(one) is NotOurs and str(one) == "/nha"
        assert one.sentence("en").startswith("/nha holds something else")
        assert one.sentence("vi").startswith("/nha có sẵn thứ khác")
    assert error.sentence("fr") == error.sentence("vi")


def test_a_value_is_never_read_as_a_placeholder() -> None:
    error = PressError("sheet_not_made", reason="{word} {0}")
    assert isinstance(error, NiemyetError)
    assert error.sentence("en") == "the sheet cannot be printed: {word} {0}"
