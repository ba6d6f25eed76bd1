"""Any YAML text becomes plain data and a position for every node; what a data file may not hold is
a finding.

libyaml does the parsing. Of its events we take what our files may use, and say where the rest
stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from niemyet.findings.finding import Diagnostic, Position

MAX_DEPTH = 40
_WHOLE_LINE = 1 << 30
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Marks:
    """Where a node and its children begin. Lines and columns count from 0, as the parser gives
    them.

    `keys` has one (line, column) per key of a mapping; `children` follows the shape of the data.
    """

    line: int
    column: int
    keys: dict[str, tuple[int, int]] | None = None
    children: dict[str, Marks] | list[Marks] | None = None


def lines_of(text: str) -> list[str]:
    """The lines of a file as the parser counts them, without their ends."""
    return _LINE_END.split(text)


def scan(path: str, text: str) -> Iterator[Diagnostic]:
    hidden = _HIDDEN.search(text)
    if "\t" in text or hidden:
        for number, line in enumerate(lines_of(text), 1):
            if "\t" in line:
                yield Diagnostic(code="Y003", position=Position(path, number, line.index("\t") + 1))
            found = _HIDDEN.search(line)
            if found:
                values = {"character": f"U+{ord(found.group()):04X}"}
                yield Diagnostic(
                    code="Y013", position=Position(path, number, found.start() + 1), values=values
                )


class Builder:
    """Builds data and marks from parser events with a stack of its own, so that depth costs no
    recursion."""

    def __init__(self, path: str, findings: list[Diagnostic]) -> None:
        self.path = path
        self.findings = findings

    def build(self, text: str) -> tuple[Any, Marks | None]:
        root: list[Any] = []
        root_marks: list[Marks] = []
        # Each open collection: (container, marks, pending key or None, is mapping).
        stack: list[tuple[Any, Marks, bool]] = []
        keys: list[tuple[str, int, int] | None] = []
        documents = 0
        for event in _events(text):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                mark = event.start_mark
                if event.anchor is not None:
                    self._say("Y008", mark, name=event.anchor)
                if event.tag is not None and event.tag != "!":
                    self._say("Y010", mark, tag=event.tag)
                hidden = _HIDDEN.search(event.value) if event.style == '"' else None
                if hidden:  # an escape such as "\u202e", which the scan of the text cannot see
                    self._say("Y013", mark, character=f"U+{ord(hidden.group()):04X}")
                if stack and stack[-1][2] and keys[-1] is None:
                    keys[-1] = (unicodedata.normalize("NFC", event.value), mark.line, mark.column)
                    continue
                value: Any = event.value
                if event.implicit[0] and not event.style:
                    value = _scalar(value)
                if type(value) is str and not value.isascii():
                    value = unicodedata.normalize("NFC", value)
                self._add(value, Marks(mark.line, mark.column), stack, keys, root, root_marks)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                mapping = kind is yaml.MappingStartEvent
                mark = event.start_mark
                if event.anchor is not None:
                    self._say("Y008", mark, name=event.anchor)
                if event.tag is not None and event.tag != "!":
                    self._say("Y010", mark, tag=event.tag)
                container: Any = {} if mapping else []
                marks = Marks(
                    mark.line, mark.column, {} if mapping else None, {} if mapping else []
                )
                if len(stack) >= MAX_DEPTH:
                    self._say("Y012", mark, limit=str(MAX_DEPTH))
                    return None, None
                if stack and stack[-1][2] and keys[-1] is None:
                    self._say("Y016", mark)
                    return None, None
                self._add(container, marks, stack, keys, root, root_marks)
                stack.append((container, marks, mapping))
                keys.append(None)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                keys.pop()
            elif kind is yaml.AliasEvent:
                self._say("Y008", event.start_mark, name=event.anchor)
                if stack and stack[-1][2] and keys[-1] is None:
                    return None, None
                self._add(
                    None,
                    Marks(event.start_mark.line, event.start_mark.column),
                    stack,
                    keys,
                    root,
                    root_marks,
                )
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._say("Y011", event.start_mark)
                    return None, None
        return (root[0], root_marks[0]) if root else (None, None)

    def _add(
        self,
        value: Any,
        marks: Marks,
        stack: list[Any],
        keys: list[Any],
        root: list[Any],
        root_marks: list[Marks],
    ) -> None:
        if not stack:
            root.append(value)
            root_marks.append(marks)
            return
        container, parent, mapping = stack[-1]
        if not mapping:
            container.append(value)
            parent.children.append(marks)
            return
        key, line, column = keys[-1]
        keys[-1] = None
        if key in container:
            first = parent.keys[key][0] + 1
            at = Position(self.path, line + 1, column + 1)
            self.findings.append(
                Diagnostic(
                    code="Y002",
                    position=at,
                    values={"key": plain(key), "first": str(first)},
                    width=len(key),
                )
            )
            return
        container[key] = value
        parent.keys[key] = (line, column)
        parent.children[key] = marks

    def _say(self, code: str, mark: Any, **values: str) -> None:
        at = Position(self.path, mark.line + 1, mark.column + 1)
        self.findings.append(
            Diagnostic(code=code, position=at, values={k: plain(v) for k, v in values.items()})
        )


def _events(text: str) -> Iterator[Any]:
    """The parser's events, without the second look at each that `yaml.parse` takes."""
    loader = _Loader(text)
    try:
        next_event = loader.get_event
        while (event := next_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return text


def scalar_spans(text: str) -> dict[int, tuple[tuple[int, int], ...]]:
    """Which columns of which lines scalars take up, from start to before end; all that is left may
    hold comments."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for event in _events(text):
        if type(event) is yaml.ScalarEvent:
            start: Any = event.start_mark
            end: Any = event.end_mark
            for line in range(start.line, end.line + 1):
                if line == start.line and event.style in ("|", ">"):
                    continue  # a comment may follow the bar
                first = start.column if line == start.line else 0
                spans.setdefault(line, []).append(
                    (first, end.column if line == end.line else _WHOLE_LINE)
                )
    return {line: tuple(found) for line, found in spans.items()}


def plain(text: str | None) -> str:
    """One short line without control characters, safe to print."""
    return " ".join("".join(c if c.isprintable() else " " for c in (text or "")).split())[:160]
