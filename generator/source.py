"""A YAML file becomes plain data plus a position for every node; whatever is wrong becomes a finding, never an exception.

Implicit types are only `true`/`false`, `null` and plain integers; everything else a clerk writes stays text
(`7:30`, `no`, `2026-10-01`, `1.001190`). Source: YAML 1.2 core schema, narrowed.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator import block_yaml
from generator.block_yaml import Path_ as Path_
from generator.diagnostics import Diagnostic, Position

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
_WHOLE_LINE = 1 << 30

# Where a kind of file lives, relative to the project. The first match wins.
PLACES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("procedure", r"procedures/[^/]+/[^/]+\.yml"),
        ("fees", r"content/fees/[^/]+\.yml"),
        ("step", r"content/steps/[^/]+\.yml"),
        ("hotlines", r"content/hotlines/[^/]+\.yml"),
        ("legal", r"content/legal/[^/]+\.yml"),
        ("official_forms", r"content/official_forms/[^/]+\.yml"),
        ("form", r"content/forms/[^/]+\.yml"),
        ("letter", r"content/letters/[^/]+\.yml"),
        ("standard", r"content/standards/[^/]+\.yml"),
        ("notice", r"content/notices/[^/]+\.yml"),
        ("handling", r"content/handling/[^/]+\.yml"),
        ("office", r"site_config/office\.yml"),
        ("calendar", r"site_config/calendar\.yml"),
        ("vocabulary", r"site_config/vocabulary\.yml"),
        ("settings", r"site_config/settings\.yml"),
        ("strings", r"site_config/i18n/[a-z]{2}\.yml"),
    )
)
REQUIRED_FILES = tuple(f"site_config/{name}.yml" for name in ("office", "calendar", "vocabulary", "settings"))
# Folders below these hold pages, themes and pictures, not data.
NOT_DATA = ("content/pages", "site_config/theme", "site_config/brand")

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Marks:
    """Where a node and its children begin. Lines and columns count from 0, as the parser gives them.

    `keys` has one (line, column) per key of a mapping; `children` follows the shape of the data.
    """

    line: int
    column: int
    keys: dict[str, tuple[int, int]] | None = None
    children: dict[str, Marks] | list[Marks] | None = None


@dataclass(slots=True)
class Source:
    """One file that could be read: its kind, its data, and where each part of it stands.

    `is_block` says that it is in the one form of `block_yaml`, up to the order of keys. Positions are found when the
    first is asked for: most files never need one.
    """

    path: str
    kind: str
    text: str
    data: Any
    is_block: bool = False
    _marks: Marks | None = field(default=None, repr=False, compare=False)
    _lines: list[str] | None = field(default=None, repr=False, compare=False)

    @property
    def marks(self) -> Marks:
        if self._marks is None:
            _, self._marks = _Builder(self.path, []).build(self.text)
        assert self._marks is not None
        return self._marks

    @property
    def stem(self) -> str:
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    def position(self, at: Path_ = (), *, key: bool = False) -> Position:
        """The place of the node at a data path; with `key`, of the key that leads to it.

        A path that leads nowhere gives the place of its nearest ancestor.
        """
        marks, line, column = self.marks, self.marks.line, self.marks.column
        for i, part in enumerate(at):
            last = i == len(at) - 1
            if key and last and marks.keys and isinstance(part, str) and part in marks.keys:
                line, column = marks.keys[part]
                break
            try:
                marks = marks.children[part]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                break
            line, column = marks.line, marks.column
        return Position(self.path, line + 1, column + 1)

    def finding(self, code: str, at: Path_ = (), *, key: bool = False, **values: str) -> Diagnostic:
        """A finding at a data path of this file."""
        position = self.position(at, key=key)
        return Diagnostic(code=code, position=position, values=values, width=self._width(position))

    def _width(self, position: Position) -> int:
        if self._lines is None:
            self._lines = lines_of(self.text)
        if position.line > len(self._lines):
            return 1
        rest = self._lines[position.line - 1][position.column - 1 :]
        word = re.match(r"\"[^\"]*\"|'[^']*'|[^\s,\]}:#][^,\]}#]*?(?=\s*(?:[,\]}#]|:\s|:$|$))", rest)
        return min(max(1, len(word.group()) if word else 1), 60)


def load_tree(root: Path) -> tuple[list[Source], list[Diagnostic]]:
    """Reads every data file below `root`, all of them, before anything is said.

    Returns the files that could be read, by path, and the findings about those that could not.
    """
    sources: list[Source] = []
    findings: list[Diagnostic] = []
    for path, kind in _data_files(root, findings):
        text = _read(root, path, findings)
        if text is None:
            continue
        source, problems = parse_source(path, kind, text)
        findings.extend(problems)
        if source is not None:
            sources.append(source)
    present = {s.path for s in sources} | {f.position.path for f in findings}
    findings.extend(Diagnostic(code="Y017", position=Position(name)) for name in REQUIRED_FILES if name not in present)
    return sources, findings


def parse_source(path: str, kind: str, text: str) -> tuple[Source | None, list[Diagnostic]]:
    """Text to data with positions. The source is None when the file cannot be used at all."""
    data = block_yaml.read(text)
    if data is not None:
        return Source(path, kind, text, data, is_block=True), []
    findings = list(_scan(path, text))
    if any(f.code == "Y013" for f in findings):
        return None, findings
    if not text.strip():
        return None, [*findings, Diagnostic(code="Y006", position=Position(path))]
    builder = _Builder(path, findings)
    try:
        data, marks = builder.build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)
        if not any(f.code == "Y003" and f.position.line == at.line for f in findings):
            findings.append(Diagnostic(code="Y001", position=at, values={"problem": _plain(error.problem)}))
        return None, findings
    except yaml.YAMLError as error:
        findings.append(Diagnostic(code="Y001", position=Position(path), values={"problem": _plain(str(error))}))
        return None, findings
    if marks is None:
        return None, findings or [Diagnostic(code="Y006", position=Position(path))]
    return Source(path, kind, text, data, _marks=marks), findings


def lines_of(text: str) -> list[str]:
    """The lines of a file as the parser counts them, without their ends."""
    return _LINE_END.split(text)


def scalar_spans(text: str) -> dict[int, tuple[tuple[int, int], ...]]:
    """Which columns of which lines scalars take up, from start to before end; all that is left may hold comments."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for event in _events(text):
        if type(event) is yaml.ScalarEvent:
            start: Any = event.start_mark
            end: Any = event.end_mark
            for line in range(start.line, end.line + 1):
                if line == start.line and event.style in ("|", ">"):
                    continue  # a comment may follow the bar
                first = start.column if line == start.line else 0
                spans.setdefault(line, []).append((first, end.column if line == end.line else _WHOLE_LINE))
    return {line: tuple(found) for line, found in spans.items()}


def kind_of(path: str) -> str | None:
    """The kind of data file a relative path holds, or None where no data belongs."""
    return next((kind for kind, pattern in PLACES if pattern.fullmatch(path)), None)


def _data_files(root: Path, findings: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            place = Path(error.filename).relative_to(root).as_posix()
            findings.append(Diagnostic(code="Y015", position=Position(place), values={"reason": error.strerror or type(error).__name__}))

    for top in ("procedures", "content", "site_config"):
        if (root / top).is_symlink():
            findings.append(Diagnostic(code="Y009", position=Position(top)))
            continue
        for folder, names, files in os.walk(root / top, onerror=refuse):
            here = Path(folder).relative_to(root).as_posix()
            for name in sorted(names):
                if (Path(folder) / name).is_symlink():
                    findings.append(Diagnostic(code="Y009", position=Position(f"{here}/{name}")))
            names[:] = sorted(n for n in names if f"{here}/{n}" not in NOT_DATA and not n.startswith("."))
            for name in sorted(files):
                path = f"{here}/{name}"
                if name.startswith(".") or name.lower() in ("readme.md", "license"):
                    continue
                kind = kind_of(path)
                if kind is None:
                    findings.append(Diagnostic(code="Y014", position=Position(path), values={"name": name}))
                else:
                    yield path, kind


def _read(root: Path, path: str, findings: list[Diagnostic]) -> str | None:
    file = root / path
    try:
        if file.is_symlink():
            findings.append(Diagnostic(code="Y009", position=Position(path)))
            return None
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            findings.append(Diagnostic(code="Y015", position=Position(path), values={"reason": "không phải tệp thường"}))
            return None
        if status.st_size > MAX_BYTES:
            values = {"size": str(status.st_size), "limit": str(MAX_BYTES)}
            findings.append(Diagnostic(code="Y007", position=Position(path), values=values))
            return None
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings.append(Diagnostic(code="Y015", position=Position(path), values={"reason": reason}))
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.append(Diagnostic(code="Y005", position=Position(path), values={"byte": "UTF-16"}))
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        findings.append(Diagnostic(code="Y004", position=Position(path)))
        raw = raw[3:]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        values = {"byte": f"0x{raw[error.start]:02X}"}
        findings.append(Diagnostic(code="Y005", position=Position(path, line, column), values=values))
        return None


def _scan(path: str, text: str) -> Iterator[Diagnostic]:
    hidden = _HIDDEN.search(text)
    if "\t" in text or hidden:
        for number, line in enumerate(lines_of(text), 1):
            if "\t" in line:
                yield Diagnostic(code="Y003", position=Position(path, number, line.index("\t") + 1))
            found = _HIDDEN.search(line)
            if found:
                values = {"character": f"U+{ord(found.group()):04X}"}
                yield Diagnostic(code="Y013", position=Position(path, number, found.start() + 1), values=values)


class _Builder:
    """Builds data and marks from parser events with a stack of its own, so that depth costs no recursion."""

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
                marks = Marks(mark.line, mark.column, {} if mapping else None, {} if mapping else [])
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
                self._add(None, Marks(event.start_mark.line, event.start_mark.column), stack, keys, root, root_marks)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._say("Y011", event.start_mark)
                    return None, None
        return (root[0], root_marks[0]) if root else (None, None)

    def _add(self, value: Any, marks: Marks, stack: list[Any], keys: list[Any], root: list[Any], root_marks: list[Marks]) -> None:
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
            self.findings.append(Diagnostic(code="Y002", position=at, values={"key": _plain(key), "first": str(first)}, width=len(key)))
            return
        container[key] = value
        parent.keys[key] = (line, column)
        parent.children[key] = marks

    def _say(self, code: str, mark: Any, **values: str) -> None:
        at = Position(self.path, mark.line + 1, mark.column + 1)
        self.findings.append(Diagnostic(code=code, position=at, values={k: _plain(v) for k, v in values.items()}))


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


def _plain(text: str | None) -> str:
    """One short line without control characters, safe to print."""
    return " ".join("".join(c if c.isprintable() else " " for c in (text or "")).split())[:160]
