"""Errors that a command turns into a sentence: what a user or the machine can mend. Any other
exception is a fault of the program and shows where it happened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from niemyet.findings.sentences import sentence

REFUSALS_FILE = Path(__file__).with_name("refusals.yml")


class NiemyetError(Exception):
    """`key` names the sentence in `refusals.yml`, `values` fill its placeholders."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def __str__(self) -> str:
        return ", ".join(self.values.values())

    def __reduce__(self) -> tuple[Any, ...]:  # a worker process hands it on
        return partial(type(self), self.key, **self.values), ()

    def sentence(self, lang: str) -> str:
        """What to tell the user, in one line."""
        return sentence(REFUSALS_FILE, self.key, lang, self.values)
