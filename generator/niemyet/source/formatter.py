"""Data files are rewritten in the one form, each at once or not at all; a file with a fault is left
as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from niemyet.findings.finding import Diagnostic, Position, Severity, in_order
from niemyet.source.canonical_form import format_source
from niemyet.source.loader import Source, atomic_write, load_tree, parse_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """What formatting did: the files it rewrote (or would), how many had the form, and why others
    were left alone."""

    changed: Sequence[str]
    unchanged: int
    findings: Sequence[Diagnostic]


def format_files(root: Path, only: Iterable[str] = (), *, write: bool = True) -> Formatted:
    """Brings the data files below `root` into the one form; `only` names some, relative to `root`
    or to where one stands.

    Without `write` nothing is touched. Raises: OSError when the disk refuses.
    """
    sources, findings = load_tree(root)
    wanted = {_relative(root, name) for name in only}
    if wanted:
        known = {s.path for s in sources} | {f.position.path for f in findings}
        sources = [s for s in sources if s.path in wanted]
        findings = [f for f in findings if f.position.path in wanted]
        findings += [
            Diagnostic(code="Y014", position=Position(name), values={"name": name})
            for name in sorted(wanted - known)
        ]
    faulty = {f.position.path for f in findings if f.severity is Severity.ERROR}
    changed = []
    usable = [s for s in sources if s.path not in faulty and isinstance(s.data, dict)]
    for source in usable:
        text = format_source(source)
        if text == source.text:
            continue
        _prove_same(source, text)
        changed.append(source.path)
        if write:
            atomic_write(root / source.path, text.encode())
    return Formatted(
        changed=changed, unchanged=len(usable) - len(changed), findings=in_order(findings)
    )


def _prove_same(source: Source, text: str) -> None:
    """Formatting never changes a value or loses a comment; if it did, the file must not be
    written."""
    again, findings = parse_source(source.path, source.kind, text)
    if again is None or findings or again.data != source.data or format_source(again) != text:
        raise AssertionError(f"{source.path}: formatting would change the data")


def _relative(root: Path, name: str) -> str:
    path = Path(name)
    for base in (root, Path()):
        if (base / path).exists():
            try:
                return (base / path).resolve().relative_to(root.resolve()).as_posix()
            except ValueError:
                continue
    return path.as_posix()
