"""What is installed is the whole program: no file of it is left out, and data are all it needs."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

BUILD = "from setuptools import setup; setup()"


@pytest.fixture(scope="module")
def installed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel would put among the libraries."""
    folder = tmp_path_factory.mktemp("installed")
    command = ["-c", BUILD, "-q", "build_py", "--build-lib", str(folder)]
    subprocess.run([sys.executable, *command], cwd=project, check=True)
    return folder


def test_every_file_of_the_program_is_installed_and_no_other(
    project: Path, installed: Path
) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "niemyet"]
    run = subprocess.run(listed, cwd=project / "generator", check=True, capture_output=True)
    ours = {name for name in run.stdout.decode().split("\0") if name}
    ours = {name for name in ours if (project / "generator" / name).is_file()}
    there = {f.relative_to(installed).as_posix() for f in installed.rglob("*") if f.is_file()}
    assert len(ours) > 200 and {Path(name).suffix for name in ours} > {".css", ".woff2", ".txt"}
    assert there ^ ours == set()


def test_an_installed_program_and_a_folder_of_data_make_the_same_site(
    installed: Path,
    copy_data: Callable[..., Path],
    built_site: Path,
    today: dt.date,
    tmp_path: Path,
) -> None:
    root, out = copy_data(tmp_path / "data"), tmp_path / "site"
    assert not (root / "site_config/theme").exists() and not (root / "generator").exists()
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = [sys.executable, "-c", "import niemyet; print(niemyet.__file__)"]
    run = subprocess.run(where, cwd=root, env=environment, check=True, capture_output=True)
    assert Path(run.stdout.decode().strip()).is_relative_to(installed)
    command = [sys.executable, "-m", "niemyet", "build", "--out", str(out), "--today", str(today)]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    assert tree(out) == tree(built_site)


def tree(root: Path) -> dict[str, bytes]:
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in root.rglob("*") if f.is_file()}
