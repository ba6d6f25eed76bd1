"""The only module that writes a site: files inside their folder, and the whole site at once or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from generator.outputs import Artifact

MARKER = ".niemyet"
"""A file that says "this folder was made by us and may be replaced"."""


class NotOurs(Exception):
    """The output folder holds something that was not built by this program."""


def write(folder: Path, artifact: Artifact) -> None:
    """Writes one artifact below a folder. Raises ValueError when its path would leave the folder."""
    parts = artifact.path.split("/")
    if ".." in parts or "" in parts or "\\" in artifact.path:
        raise ValueError(f"{artifact.path} leaves the output folder")
    file = f"{folder}/{artifact.path}"
    if len(parts) > 1:
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  (a thousand Path objects cost more than the writing)
    with open(file, "wb") as out:  # noqa: PTH123
        out.write(artifact.content)


def replace_site(out: Path, make: Callable[[Path], None]) -> None:
    """Lets `make` fill a new folder and puts it in the place of `out` only when it is complete.

    Whatever goes wrong inside `make`, the previous site stays as it was. Raises: NotOurs, OSError, and what `make` raises.
    """
    if out.exists() and not _is_ours(out):
        raise NotOurs(str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        make(staging)
        (staging / MARKER).write_text("niemyet\n", "utf-8")
        staging.chmod(0o755)
        previous = staging.with_name(f"{staging.name}-previous")
        if out.exists():
            out.rename(previous)
        try:
            staging.rename(out)
        except OSError:
            if previous.exists():
                previous.rename(out)
            raise
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_ours(out: Path) -> bool:
    return out.is_dir() and ((out / MARKER).is_file() or not any(out.iterdir()))
