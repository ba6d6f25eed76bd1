"""Locks serve the lowest Python promised, hold all that is asked for, agree, name no machine."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

EXTRAS = {
    "requirements.lock": ["build"],
    "requirements-test.lock": ["build", "test"],
    "requirements-bench.lock": ["build", "test", "bench"],
}
LINE = re.compile(
    r"[a-z0-9-]+==\S+(?: ; .+)? \\| {4}--hash=sha256:[0-9a-f]{64}(?: \\)?|(?: {4})?# .*"
)


@pytest.fixture(scope="module")
def declared(project: Path) -> dict[str, Any]:
    text = (project / "pyproject.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)["project"]
    return found


@pytest.fixture(scope="module")
def locks(project: Path) -> dict[str, list[Requirement]]:
    pins = re.compile(r"^[a-z].*(?= \\$)", re.MULTILINE)
    return {
        name: [Requirement(pin) for pin in pins.findall((project / name).read_text("utf-8"))]
        for name in EXTRAS
    }


def asked_for(declared: dict[str, Any], extras: list[str]) -> list[Requirement]:
    of_extras = (text for extra in extras for text in declared["optional-dependencies"][extra])
    return [Requirement(text) for text in (*declared["dependencies"], *of_extras)]


def test_what_is_locked_can_be_installed_on_the_lowest_python(
    declared: dict[str, Any], locks: dict[str, list[Requirement]]
) -> None:
    (bound,) = SpecifierSet(declared["requires-python"])
    assert bound.operator == ">="
    seen = 0
    for pin in locks["requirements-test.lock"]:
        if pin.marker is None or pin.marker.evaluate():
            installed = metadata.distribution(pin.name)
            assert installed.version in pin.specifier, (
                f"{pin.name} {installed.version} is installed, not {pin.specifier}"
            )
            wants = installed.metadata["Requires-Python"] or ""
            assert SpecifierSet(wants).contains(bound.version), (
                f"{pin} wants Python {wants}; run make lock"
            )
            seen += 1
    assert seen > 50


def test_everything_asked_for_is_locked_in_a_version_that_fits(
    declared: dict[str, Any], locks: dict[str, list[Requirement]]
) -> None:
    for lock, extras in EXTRAS.items():
        held = {pin.name: str(pin.specifier).removeprefix("==") for pin in locks[lock]}
        for wanted in asked_for(declared, extras):
            version = held.get(canonicalize_name(wanted.name))
            assert version and version in wanted.specifier, (
                f"{lock} has {version} for {wanted}; run make lock"
            )


def test_a_lock_says_of_nothing_else_that_it_is_asked_for(
    project: Path, declared: dict[str, Any]
) -> None:
    for lock, extras in EXTRAS.items():
        pins = re.split(r"^(?=[a-z])", (project / lock).read_text("utf-8"), flags=re.MULTILINE)
        held = {pin.split("==")[0] for pin in pins if "niemyet (pyproject.toml)" in pin}
        named = {canonicalize_name(wanted.name) for wanted in asked_for(declared, extras)}
        assert held == named, f"{lock}: {held ^ named}; run make lock"


def test_every_library_has_one_version_the_same_in_all_locks(
    locks: dict[str, list[Requirement]],
) -> None:
    versions: dict[str, str] = {}
    for lock, pins in locks.items():
        assert len({pin.name for pin in pins}) == len(pins), f"{lock} has a library twice"
        for pin in pins:
            assert versions.setdefault(pin.name, str(pin.specifier)) == str(pin.specifier), (
                f"{lock}: {pin}; run make lock"
            )


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_names_versions_and_hashes_and_no_place(project: Path, lock: str) -> None:
    for line in (project / lock).read_text("utf-8").splitlines():
        assert LINE.fullmatch(line), line
        assert "://" not in line and not re.search(r"(?:^|\s)/", line), line
