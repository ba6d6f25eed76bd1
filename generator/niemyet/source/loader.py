"""A YAML file becomes plain data plus a position for every node; whatever is wrong becomes a
finding, never an exception.

Implicit types are only `true`/`false`, `null` and plain integers; everything else a clerk writes
stays text (`7:30`, `no`, `2026-10-01`, `1.001190`). Source: YAML 1.2 core schema, narrowed.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Diagnostic, Position
from niemyet.source import overrides
from niemyet.source.yaml_reader import Marks, Reader, Unusable, lines_of, marks_of, plain, scan
from niemyet.source.yaml_writer import Path_ as Path_
from niemyet.values.digest import digest, digest_of_parts

MAX_BYTES = 1_000_000
# Neither through a link nor waiting for a pipe; Windows knows no such flags and opens text unless
# told otherwise.
_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)

# Where a kind of file lives, relative to the project.
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
        ("search_queries", r"site_config/search_queries\.yml"),
        ("posters", r"site_config/posters\.yml"),
        ("print_register", r"site_config/print_register\.yml"),
        ("strings", r"site_config/i18n/[a-z]{2}\.yml"),
    )
)
REQUIRED_FILES = tuple(
    f"site_config/{name}.yml" for name in ("office", "calendar", "vocabulary", "settings")
)
# Folders below these hold pages, themes and pictures, not data.
NOT_DATA = ("content/pages", overrides.OWN_THEME, overrides.OWN_TEMPLATES, "site_config/brand")


@dataclass(slots=True)
class Source:
    """One file that could be read: its kind, its data, and where each part of it stands.

    Positions are found when the first is asked for: most files never need one.
    """

    path: str
    kind: str
    text: str
    data: Any
    _marks: Marks | None = field(default=None, repr=False, compare=False)
    _lines: list[str] | None = field(default=None, repr=False, compare=False)

    @property
    def marks(self) -> Marks:
        if self._marks is None:
            self._marks = marks_of(self.text)
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
        word = re.match(
            r"\"[^\"]*\"|'[^']*'|[^\s,\]}:#][^,\]}#]*?(?=\s*(?:[,\]}#]|:\s|:$|$))", rest
        )
        return min(max(1, len(word.group()) if word else 1), 60)


def load_tree(root: Path, leave_out: str = "") -> tuple[list[Source], list[Diagnostic]]:
    """Reads every data file below `root`, all of them, before anything is said; but not those of
    the kind `leave_out`.

    Returns the files that could be read, by path, and the findings about those that could not.
    """
    paths, findings = find_files(root)
    sources, found = load_files(root, ((path, kind) for path, kind in paths if kind != leave_out))
    return sources, [*findings, *found]


def load_files(
    root: Path, paths: Iterable[tuple[str, str]]
) -> tuple[list[Source], list[Diagnostic]]:
    """Reads files by their path and kind; gives those that could be read, and the findings about
    the others."""
    findings: list[Diagnostic] = []
    sources: list[Source] = []
    for path, kind in paths:
        text, _ = read_text(root, path, findings)
        if text is None:
            continue
        source, problems = parse_source(path, kind, text)
        findings.extend(problems)
        if source is not None:
            sources.append(source)
    return sources, findings


def find_files(root: Path) -> tuple[list[tuple[str, str]], list[Diagnostic]]:
    """The path and kind of every data file below `root`, in order, and what stands where no data
    belongs."""
    findings: list[Diagnostic] = []
    paths = list(_data_files(root, findings))
    findings.extend(overrides.misplaced(root))
    present = {path for path, _ in paths}
    findings.extend(
        Diagnostic(code="Y017", position=Position(name))
        for name in REQUIRED_FILES
        if name not in present
    )
    return paths, findings


def parse_source(path: str, kind: str, text: str) -> tuple[Source | None, list[Diagnostic]]:
    """Text to data with positions. The source is None when the file cannot be used at all."""
    findings = list(scan(path, text))
    if any(f.code == "Y013" for f in findings):
        return None, findings
    if not text.strip():
        return None, [*findings, Diagnostic(code="Y006", position=Position(path))]
    try:
        data = Reader(path, findings).read(text)
    except Unusable:
        return None, findings
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)
        if not any(f.code == "Y003" and f.position.line == at.line for f in findings):
            values = {"problem": plain(error.problem)}
            findings.append(Diagnostic(code="Y001", position=at, values=values))
        return None, findings
    except yaml.YAMLError as error:
        values = {"problem": plain(str(error))}
        return None, [*findings, Diagnostic(code="Y001", position=Position(path), values=values)]
    if not data:
        return None, findings or [Diagnostic(code="Y006", position=Position(path))]
    return Source(path, kind, text, data[0]), findings


def kind_of(path: str) -> str | None:
    """The kind of data file a relative path holds, or None where no data belongs."""
    return next((kind for kind, pattern in PLACES if pattern.fullmatch(path)), None)


def _data_files(root: Path, findings: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            place = Path(error.filename).relative_to(root).as_posix()
            findings.append(_refusal(place, error))

    for top in ("procedures", "content", "site_config"):
        if (root / top).is_symlink():
            findings.append(Diagnostic(code="Y009", position=Position(top)))
            continue
        for folder, names, files in os.walk(root / top, onerror=refuse):
            here = Path(folder).relative_to(root).as_posix()
            for name in sorted(names):
                if (Path(folder) / name).is_symlink():
                    findings.append(Diagnostic(code="Y009", position=Position(f"{here}/{name}")))
            names[:] = sorted(
                n for n in names if f"{here}/{n}" not in NOT_DATA and not n.startswith(".")
            )
            for name in sorted(files):
                path = f"{here}/{name}"
                if name.startswith(".") or name.lower() in ("readme.md", "license"):
                    continue
                kind = kind_of(path)
                if kind is None:
                    values = {"name": name}
                    findings.append(Diagnostic(code="Y014", position=Position(path), values=values))
                else:
                    yield path, kind


def read_text(root: Path, path: str, findings: list[Diagnostic]) -> tuple[str | None, str]:
    """The text of a file (None with a finding where there is none to be had) and the digest of its
    bytes."""
    raw = _read(root, path, findings)
    return (None, "") if raw is None else (_decoded(path, raw, findings), digest(raw))


def digest_of(root: Path, path: str) -> str:
    """The digest of a file's bytes; empty where they are not to be had."""
    raw = _read(root, path, [])
    return "" if raw is None else digest(raw)


def _read(root: Path, path: str, findings: list[Diagnostic]) -> bytes | None:
    file = f"{root}/{path}"
    try:
        handle = os.open(file, _OPEN)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                values = {"reason": "không phải tệp thường"}
                findings.append(Diagnostic(code="Y015", position=Position(path), values=values))
                return None
            if status.st_size > MAX_BYTES:
                values = {"size": str(status.st_size), "limit": str(MAX_BYTES)}
                findings.append(Diagnostic(code="Y007", position=Position(path), values=values))
                return None
            raw = os.read(handle, MAX_BYTES + 1)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno == errno.ELOOP:
            findings.append(Diagnostic(code="Y009", position=Position(path)))
        else:
            findings.append(_refusal(path, error))
        return None
    return raw


class Refused(NiemyetError):
    """A place where nothing may be written: outside the project, through a link, or over something
    else."""


def write_files(root: Path, planned: Mapping[str, str], may_replace: Iterable[str]) -> None:
    """Writes data files after every place was looked at. Raises: Refused, OSError; then nothing
    new is in place."""
    replaceable = set(may_replace)
    for path in planned:
        _look_at(root, path, path in replaceable)
    for path, text in planned.items():
        atomic_write(root / path, text.encode())


def _look_at(root: Path, path: str, may_replace: bool) -> None:
    if kind_of(path) is None or ".." in path.split("/"):
        raise Refused("not_for_data", path=path)
    place = root
    for part in path.split("/"):
        place = place / part
        if place.is_symlink():
            raise Refused("through_a_link", path=path)
    if place.exists() and not may_replace:
        raise Refused("already_there", path=path)


def atomic_write(file: Path, data: bytes) -> None:
    """Writes a file, and the folders it lies in: whoever reads meanwhile sees the old one or the
    new one, whole. The mode of a file that exists stays. Raises: OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        draft.chmod(mode)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _refusal(path: str, error: OSError) -> Diagnostic:
    reason = error.strerror or type(error).__name__
    return Diagnostic(code="Y015", position=Position(path), values={"reason": reason})


def _decoded(path: str, raw: bytes, findings: list[Diagnostic]) -> str | None:
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
        at = Position(path, line, column)
        values = {"byte": f"0x{raw[error.start]:02X}"}
        findings.append(Diagnostic(code="Y005", position=at, values=values))
        return None


def digest_of_folder(folder: Path) -> str:
    """The digest of every file below a folder, by name and content; that of nothing for no
    folder."""
    parts: list[str | bytes] = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return digest_of_parts(*parts)
