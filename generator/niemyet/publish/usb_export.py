"""Puts the copy of a site for a USB stick into a folder or one zip file: the same site gives the
same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from niemyet.model.catalogue import Catalogue
from niemyet.publish.site_writer import NotOurs, replace_site, write
from niemyet.source.loader import atomic_write
from niemyet.view.artifact import Artifact
from niemyet.web import usb_copy

_PACKED = (".pdf", ".png", ".woff2", ".docx")
"""Files that do not get smaller."""
_TIME = (1980, 1, 1, 0, 0, 0)  # the first a zip can hold


def write_copy(target: Path, site: Path, catalogue: Catalogue, day: dt.date) -> int:
    """Writes the copy of the site in a folder to `target`, a zip file where its name says so; gives
    the bytes of its files.

    Raises: NotOurs when `target` holds something else, OSError.
    """
    artifacts = sorted(
        usb_copy.artifacts(catalogue, _files(site), day), key=lambda artifact: artifact.path
    )
    if target.suffix.lower() == ".zip":
        _write_zip(target, artifacts)
    else:
        replace_site(target, lambda folder: _write_folder(folder, artifacts))
    return sum(len(artifact.content) for artifact in artifacts)


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(site.rglob("*")):
        if file.is_file():
            yield file.relative_to(site).as_posix(), file.read_bytes()


def _write_folder(folder: Path, artifacts: list[Artifact]) -> None:
    for artifact in artifacts:
        write(folder, artifact)


def _write_zip(target: Path, artifacts: list[Artifact]) -> None:
    if target.exists() and not _is_ours(target):
        raise NotOurs("not_ours", place=str(target))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for artifact in artifacts:
            entry = zipfile.ZipInfo(artifact.path, _TIME)
            entry.create_system = 3  # Unix, whatever the machine, so that the bytes are the same
            entry.external_attr = 0o100644 << 16
            entry.compress_type = (
                zipfile.ZIP_STORED if artifact.path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            )
            packed.writestr(entry, artifact.content, compresslevel=9)
    atomic_write(target, out.getvalue())


def _is_ours(target: Path) -> bool:
    try:
        with zipfile.ZipFile(target) as packed:
            return usb_copy.START in packed.namelist()
    except (zipfile.BadZipFile, IsADirectoryError):
        return False
