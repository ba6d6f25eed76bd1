"""A finding is a value: a stable code, a place, and the words that fill its sentence.

Sentences live in `messages.yml`, once per language, so that a finding can be printed in any of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

MESSAGES_FILE = Path(__file__).with_name("messages.yml")
YAML_PROBLEMS_FILE = Path(__file__).with_name("yaml_problems.yml")
# What a rule says in the same words in every language.
_SHARED_PARTS = ("wrong", "right")


class Severity(IntEnum):
    """How much a finding matters; only an error stops a build."""

    ERROR = 0
    WARNING = 1
    NOTE = 2


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a source file; line and column count from 1, the path is relative to the
    project."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding. `values` fill the placeholders of the sentence; `width` is how many characters
    to underline."""

    code: str
    position: Position
    values: Mapping[str, str] = field(default_factory=dict)
    width: int = 1

    @property
    def severity(self) -> Severity:
        return rule(self.code).severity

    def message(self, lang: str) -> str:
        """The plain sentence in `lang` (falls back to Vietnamese)."""
        return rule(self.code).sentence(lang, "message").format_map(self._words(lang))

    def hint(self, lang: str) -> str:
        """What to do about it; may be empty."""
        return rule(self.code).sentence(lang, "hint").format_map(self._words(lang))

    def _words(self, lang: str) -> Mapping[str, str]:
        if self.code != "Y001":
            return self.values
        return {**self.values, "problem": plain_problem(self.values["problem"], lang)}


@dataclass(frozen=True, slots=True)
class Rule:
    """What one code means: its severity and its texts by language (message, hint, why, source,
    wrong, right)."""

    code: str
    severity: Severity
    texts: Mapping[str, Mapping[str, str]]

    def sentence(self, lang: str, part: str) -> str:
        texts = self.texts.get(lang) or self.texts["vi"]
        return texts.get(part, "")


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by code, in the order of the manual."""
    return {code: rule(code) for code in _written_rules()}


@cache
def rule(code: str) -> Rule:
    """The rule behind a code. Raises KeyError for a code that does not exist: that is a bug of
    ours."""
    entry = _load(_written_rules()[code])[code]
    shared = {part: entry[part] for part in _SHARED_PARTS}
    texts = {lang: {**parts, **shared} for lang, parts in entry.items() if isinstance(parts, dict)}
    return Rule(code, Severity[entry["severity"].upper()], texts)


@lru_cache(maxsize=1)
def _written_rules() -> Mapping[str, str]:
    """The YAML of every rule by code. A build needs a few of them, and reading all takes longer
    than many a check."""
    return {
        text[: text.index(":")]: text
        for text in re.split(
            r"^(?=[A-Z][0-9]{3}:)", MESSAGES_FILE.read_text("utf-8"), flags=re.MULTILINE
        )[1:]
    }


def plain_problem(problem: str, lang: str) -> str:
    """What the YAML reader found, in the words of a clerk; the reader's own English where there are
    none."""
    if lang == "vi":
        return next((plain for part, plain in _yaml_problems().items() if part in problem), problem)
    return problem


@lru_cache(maxsize=1)
def _yaml_problems() -> Mapping[str, str]:
    return _load(YAML_PROBLEMS_FILE.read_text("utf-8"))


def _load(text: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def in_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings by file, line and column, each said once."""
    unique = {(f.position, f.code, tuple(sorted(f.values.items()))): f for f in findings}
    return [unique[key] for key in sorted(unique)]


def count(findings: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    totals = dict.fromkeys(Severity, 0)
    for finding in findings:
        totals[finding.severity] += 1
    return totals
