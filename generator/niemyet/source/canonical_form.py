"""Every data file has one form: keys in the order of its schema, quotes only where a reader would
need them.

One form makes a pull request show what changed and nothing else, and lets a file be read fast.
Comments are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from niemyet.source.loader import Source
from niemyet.source.schema import schema
from niemyet.source.yaml_reader import Marks, lines_of, scalar_spans
from niemyet.source.yaml_writer import Comments, Path_, dump

_LANG = re.compile(r"[a-z]{2}")


def render(kind: str, data: Any, comments: Comments | None = None) -> str:
    """Data of a kind in the one form; keys the schema does not know come last, as they were."""
    plan = _plan(kind)

    def order(at: Path_, mapping: Mapping[str, Any]) -> list[str]:
        return _ordered(_node(plan, at), mapping)

    return dump(data, order, comments)


def format_source(source: Source) -> str:
    """A file in the one form, its comments beside the values they stood at. Its data is the
    same."""
    return render(source.kind, source.data, comments_in(source))


def is_canonical(source: Source) -> bool:
    """Whether a file is in the one form already."""
    return isinstance(source.data, dict) and format_source(source) == source.text


class _Plan:
    """The order of the keys of a mapping, and the plans of what they lead to. A list has the plan
    of its items."""

    __slots__ = ("below", "rank")

    def __init__(self, below: dict[str, _Plan], rank: dict[str, int]) -> None:
        self.below = below
        self.rank = rank


_UNKNOWN = _Plan({}, {})


def _ordered(plan: _Plan, mapping: Mapping[str, Any]) -> list[str]:
    if not plan.rank and mapping and all(_LANG.fullmatch(key) for key in mapping):
        return sorted(mapping, key=lambda lang: (lang != "vi", lang))
    last = len(plan.rank)
    return sorted(mapping, key=lambda key: plan.rank.get(key, last))


def _node(plan: _Plan, at: Path_) -> _Plan:
    for part in at:
        if isinstance(part, str):
            plan = plan.below.get(part, _UNKNOWN)
    return plan


@cache
def _plan(kind: str) -> _Plan:
    root = schema(kind)
    return _branch(root, root["$defs"])


def _branch(node: Mapping[str, Any], shared: Mapping[str, Any]) -> _Plan:
    if "$ref" in node:
        return _branch(shared[node["$ref"].rsplit("/", 1)[-1]], shared)
    if "items" in node and "properties" not in node:
        return _branch(node["items"], shared)
    properties = node.get("properties", {})
    below = {key: _branch(part, shared) for key, part in properties.items()}
    return _Plan(below, {key: place for place, key in enumerate(properties)})


def comments_in(source: Source) -> Comments:
    """The comments of a file, and its single empty lines, each at the data it stands above or
    beside."""
    comments = Comments()
    if "#" not in source.text and "\n\n" not in source.text:
        return comments
    lines = lines_of(source.text)
    spans = scalar_spans(source.text)
    outer, inner = _anchors(source.marks)
    waiting: list[str] = []
    for number, line in enumerate(lines):
        covered = spans.get(number, ())
        if any(start <= 0 and end >= len(line) for start, end in covered) and (line or covered):
            continue
        mark = _comment_start(line, covered)
        if not line.strip():
            if waiting[-1:] != [""]:
                waiting.append("")
        elif mark is not None and not line[:mark].strip():
            waiting.append(line[mark:].rstrip())
        if number in outer:
            while waiting[:1] == [""] and outer[number] == next(iter(outer.values())):
                waiting.pop(0)
            if waiting:
                comments.above[outer[number]] = waiting
                waiting = []
        if mark is not None and line[:mark].strip():
            if number in inner:
                comments.beside[inner[number]] = line[mark:].rstrip()
            else:
                waiting.append(line[mark:].rstrip())
    while waiting[-1:] == [""]:
        waiting.pop()
    comments.below = waiting
    return comments


def _comment_start(line: str, covered: tuple[tuple[int, int], ...]) -> int | None:
    """The column of the `#` that begins a comment: outside every scalar, at the start of the line
    or after a space."""
    for found in re.finditer(r"(?:^|(?<=\s))#", line):
        if not any(start <= found.start() < end for start, end in covered):
            return found.start()
    return None


def _anchors(marks: Marks) -> tuple[dict[int, Path_], dict[int, Path_]]:
    """For each line on which a key or an item begins, the outermost and the innermost data path
    there, in line order."""
    outer: dict[int, Path_] = {}
    inner: dict[int, Path_] = {}
    for line, path in sorted(_places(marks, ()), key=lambda place: (place[0], len(place[1]))):
        outer.setdefault(line, path)
        inner[line] = path
    return outer, inner


def _places(marks: Marks, at: Path_) -> Iterator[tuple[int, Path_]]:
    children = marks.children
    if isinstance(children, dict):
        for key, child in children.items():
            assert marks.keys is not None
            yield marks.keys[key][0], (*at, key)
            yield from _places(child, (*at, key))
    elif isinstance(children, list):
        for i, child in enumerate(children):
            yield child.line, (*at, i)
            yield from _places(child, (*at, i))
