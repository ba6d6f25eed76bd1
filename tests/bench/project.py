"""A copy of the project to measure with: its commands, its caches, and the changes an office
makes."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
SEED = 1

_LIMIT = re.compile(r"(      kind: working_days\n      value: )(\d+)\n")


@dataclass(slots=True)
class Project:
    root: Path
    set_aside: int = field(default=0)

    def build(self, out: Path) -> list[str]:
        return [*self._command("build"), "--out", str(out)]

    def check(self) -> list[str]:
        return self._command("check")

    def _command(self, name: str) -> list[str]:
        return [sys.executable, "-m", "niemyet", name, "--root", str(self.root), "--today", TODAY]

    @contextmanager
    def cold(self) -> Iterator[None]:
        """Without any cache; afterwards the caches are as before. They are moved, not deleted,
        which takes no time."""
        cache = self.root / ".cache"
        cache.mkdir(exist_ok=True)
        self.set_aside += 1
        kept, used = (
            self.root.with_name(f"{self.root.name}-cache-{self.set_aside}-{what}")
            for what in ("kept", "used")
        )
        cache.rename(kept)
        cache.mkdir()
        try:
            yield
        finally:
            cache.rename(used)
            kept.rename(cache)

    def change_limit(self, procedures: Sequence[Path]) -> None:
        """One more working day in one procedure, one that has a single time limit where there is
        one."""
        texts = ((file, file.read_text("utf-8")) for file in procedures)
        found = [(file, text) for file, text in texts if _LIMIT.search(text)]
        file, text = next(((f, t) for f, t in found if len(_LIMIT.findall(t)) == 1), found[0])
        file.write_text(_LIMIT.sub(lambda m: f"{m[1]}{int(m[2]) + 1}\n", text, count=1), "utf-8")

    def rename_office(self) -> None:
        file = self.root / "site_config/office.yml"
        text, found = re.subn(
            r"(?m)^(name:\n  vi: )(.*)$", r"\1\2 số Hai", file.read_text("utf-8"), count=1
        )
        if not found:
            raise ValueError("office.yml no longer begins its name as expected")
        file.write_text(text, "utf-8")


def copy_project(target: Path) -> Project:
    """The project's data and settings."""
    for part in ("procedures", "content", "site_config"):
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return Project(target)


def differences(one: Path, other: Path) -> list[str]:
    """The files that are not the same in both folders, names beginning with a dot left out."""
    first, second = _digests(one), _digests(other)
    return sorted(
        path for path in first.keys() | second.keys() if first.get(path) != second.get(path)
    )


def _digests(folder: Path) -> dict[str, str]:
    files = (
        file
        for file in folder.rglob("*")
        if file.is_file() and not file.relative_to(folder).parts[0].startswith(".")
    )
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }
