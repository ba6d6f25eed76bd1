"""What the import asks a person to look at, in the sentences of `sentences.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from niemyet.source.loader import parse_source

SENTENCES_FILE = Path(__file__).with_name("sentences.yml")

Problem = tuple[str, str, str]
"""The place in the draft, the sentence, and the words of the source."""


@cache
def sentences() -> Mapping[str, str]:
    source, _ = parse_source(SENTENCES_FILE.name, "", SENTENCES_FILE.read_text("utf-8"))
    return {} if source is None else source.data


def sentence(name: str, **values: str) -> str:
    """A sentence with its blanks filled. Raises: KeyError."""
    text = sentences()[name]
    return text.format(**values) if values else text
