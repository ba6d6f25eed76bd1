"""What an import asks a person to look at is said in sentences that exist; none is left over."""

from __future__ import annotations

import re

from niemyet.importing.sentences import SENTENCES_FILE, sentence, sentences

ASKED = re.compile(r'\bsentence\(\s*"(\w+)"')


def test_every_sentence_is_asked_for_and_there() -> None:
    files = SENTENCES_FILE.parent.glob("*.py")
    asked = {name for file in files for name in ASKED.findall(file.read_text("utf-8"))}
    assert asked == set(sentences())


def test_blanks_are_filled() -> None:
    said = sentence("later_amount", amount="20.000 đồng", day="01/01/2027")
    assert "20.000 đồng" in said and "01/01/2027" in said and "{" not in said
    assert all(text.strip() == text and text[-1] == "." for text in sentences().values())
