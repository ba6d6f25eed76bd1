"""Sentences of the program by key, in Vietnamese and English, in YAML beside the code that says
them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

Texts = Mapping[str, Mapping[str, str]]


@cache
def texts(file: Path) -> Texts:
    """Every sentence of a file by key and language."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Texts = yaml.load(file.read_text("utf-8"), Loader=loader)
    return found


def sentence(file: Path, key: str, lang: str, values: Mapping[str, object]) -> str:
    """A sentence with its placeholders filled, in Vietnamese where `lang` has none. Raises:
    KeyError for an unknown key or a placeholder without value."""
    by_lang = texts(file)[key]
    return by_lang.get(lang, by_lang["vi"]).format_map(values)
