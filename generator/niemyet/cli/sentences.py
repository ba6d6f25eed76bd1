"""What the commands print, in the language asked for."""

from __future__ import annotations

from pathlib import Path

from niemyet.findings.sentences import sentence

SENTENCES_FILE = Path(__file__).with_name("sentences.yml")


def say(key: str, lang: str, **values: object) -> str:
    """The sentence of `sentences.yml` with that key."""
    return sentence(SENTENCES_FILE, key, lang, values)
