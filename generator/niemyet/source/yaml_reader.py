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
_STARTS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_NODES = frozenset((*_STARTS, yaml.ScalarEvent, yaml.AliasEvent))
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


class Unusable(Exception):
    """A fault, said already, after which nothing of a text can be used."""


class Reader:
    """Builds data from the parser's events, with a stack of its own, so that depth costs no
    recursion."""

    def __init__(self, path: str, findings: list[Diagnostic]) -> None:
        self.path = path
        self.findings = findings

    def read(self, text: str) -> list[Any]:
        """The data of a text in a list; an empty list where it holds nothing. Raises: Unusable."""
        # The open collection; of a mapping, the lines of its keys and the key of the next value.
        here: Any = []
        lines: dict[str, int] | None = None
        key: str | None = None
        stack: list[tuple[Any, dict[str, int] | None]] = []
        for event in _events(text):
            kind = type(event)
            if kind in _ENDS:
                here, lines = stack.pop()
                continue
            if kind is yaml.DocumentStartEvent and here:
                self._say("Y011", event)
                raise Unusable
            if kind not in _NODES:
                continue
            if event.anchor is not None:
                self._say("Y008", event, name=event.anchor)
            if kind is not yaml.AliasEvent and event.tag is not None and event.tag != "!":
                self._say("Y010", event, tag=event.tag)
            if lines is not None and key is None:
                key = self._key(event, here, lines)
                continue
            value: Any = None
            if kind is yaml.ScalarEvent:
                value = self._scalar(event)
            elif kind is not yaml.AliasEvent:
                value = {} if kind is yaml.MappingStartEvent else []
                if len(stack) >= MAX_DEPTH:
                    self._say("Y012", event, limit=str(MAX_DEPTH))
                    raise Unusable
            if key is None:
                here.append(value)
            else:
                here.setdefault(key, value)
                key = None
            if kind in _STARTS:
                stack.append((here, lines))
                here, lines = value, {} if kind is yaml.MappingStartEvent else None
        return list(here)

    def _key(self, event: Any, here: dict[str, Any], lines: dict[str, int]) -> str:
        line: int = event.start_mark.line
        kind = type(event)
        if kind in _STARTS:
            self._say("Y016", event)
        if kind is not yaml.ScalarEvent:
            raise Unusable
        key = self._text(event)
        if key in here:
            self._say("Y002", event, width=len(key), key=key, first=str(lines[key] + 1))
        lines.setdefault(key, line)
        return key

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.implicit[0] and not event.style:
            if text in _CONSTANTS:
                return _CONSTANTS[text]
            if _INTEGER.fullmatch(text):
                return int(text)
        return self._text(event)

    def _text(self, event: Any) -> str:
        text: str = event.value
        hidden = _HIDDEN.search(text) if event.style == '"' else None
        if hidden:  # an escape such as "\u202e", which the scan of the text cannot see
            self._say("Y013", event, character=f"U+{ord(hidden.group()):04X}")
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    def _say(self, code: str, event: Any, *, width: int = 1, **values: str) -> None:
        mark = event.start_mark
        at = Position(self.path, mark.line + 1, mark.column + 1)
        said = {key: plain(value) for key, value in values.items()}
        self.findings.append(Diagnostic(code=code, position=at, values=said, width=width))


def marks_of(text: str) -> Marks:
    """Where everything stands in a text that `Reader` could read."""
    top = here = Marks(0, 0, children=[])
    key: str | None = None
    stack: list[Marks] = []
    for event in _events(text):
        kind = type(event)
        if kind in _ENDS:
            here = stack.pop()
        if kind not in _NODES:
            continue
        line, column = event.start_mark.line, event.start_mark.column
        if here.keys is not None and key is None:
            key = unicodedata.normalize("NFC", event.value)
            here.keys.setdefault(key, (line, column))
            continue
        marks = Marks(line, column)
        if isinstance(here.children, dict):
            here.children.setdefault(str(key), marks)
            key = None
        elif here.children is not None:
            here.children.append(marks)
        if kind in _STARTS:
            if kind is yaml.MappingStartEvent:
                marks.keys, marks.children = {}, {}
            else:
                marks.children = []
            stack.append(here)
            here = marks
    assert isinstance(top.children, list)
    return top.children[0]


def _events(text: str) -> Iterator[Any]:
    """The parser's events, without the second look at each that `yaml.parse` takes."""
    loader = _Loader(text)
    try:
        next_event = loader.get_event
        while (event := next_event()) is not None:
            yield event
    finally:
        loader.dispose()


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
