"""Every human text of a file with its place, found by the schema, so that a text can be pointed at
exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from niemyet.source.loader import Path_, Source
from niemyet.source.schema import schema

_TEXT, _WORDS = "#/$defs/text", "#/$defs/words"


@dataclass(frozen=True, slots=True)
class Written:
    """A text (or a list of search words) as written; one without a language of its own is in the
    default one."""

    at: Path_
    by_lang: dict[str, Any]
    is_words: bool = False

    def place(self, lang: str, data: Any) -> Path_:
        """The data path of the text in one language."""
        for part in self.at:
            data = data[part]
        return (*self.at, lang) if isinstance(data, dict) else self.at


def texts_in(source: Source, default: str) -> list[Written]:
    """The texts of a valid file, in the order of its keys. Notes for the staff are not among
    them."""
    return list(_walk(source.data, _plan(source.kind), (), default))


def _walk(data: Any, plan: Any, at: Path_, default: str) -> Iterator[Written]:
    if plan is None:
        return
    if isinstance(plan, str) and not (plan == _TEXT and isinstance(data, list)):
        by_lang = data if isinstance(data, dict) else {default: data}
        yield Written(at, by_lang, is_words=plan == _WORDS)
    elif isinstance(data, list):
        for i, part in enumerate(data):
            yield from _walk(part, plan, (*at, i), default)
    elif isinstance(data, dict):
        for key, part in data.items():
            if key in plan:
                yield from _walk(part, plan[key], (*at, key), default)


@cache
def _plan(kind: str) -> Any:
    """Which branches of a kind lead to texts: `{key: plan}`, the reference of a text, or None."""
    root = schema(kind)
    return _branch(root, root["$defs"])


def _branch(node: Any, shared: Any) -> Any:
    reference = node.get("$ref")
    if reference in (_TEXT, _WORDS):
        return reference
    if reference is not None:
        return _branch(shared[reference.rsplit("/", 1)[-1]], shared)
    if "items" in node:
        return _branch(node["items"], shared)
    below = {key: _branch(part, shared) for key, part in node.get("properties", {}).items()}
    return {key: part for key, part in below.items() if part} or None
