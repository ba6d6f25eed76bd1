"""Every bad input gives its findings at the exact place, and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
from bad_inputs import (
    BASE,
    CASES,
    TODAY,
    expected_of,
    files_of,
    lay_over,
    place_of,
    project_of,
    removed_by,
    said_of,
    weighty,
)

from niemyet.cli.report import render_github, render_json, render_text
from niemyet.findings.finding import rules
from niemyet.publish.project import load_project
from niemyet.source.loader import MAX_BYTES

MADE_AT_RUN_TIME = {"Y007", "Y009", "Y015"}
ON_PAPER = {"P007", "P008", "P009", "P010"}
"""Said while sheets are printed; see `tests/paper/test_printing.py`."""
NEVER_FROM_OUR_SCHEMAS = {"S013"}
ABOUT_RECORDS = {f"I{number:03}" for number in range(1, 14)} - {"I010"}
"""Said while records are imported; see `tests/importing/`."""

ABOUT_LETTERS = {f"P{number}" for number in range(106, 119)}
"""Said while a letter is filled; see `tests/letters/test_letters.py`."""

ABOUT_ABSENCE = {"F006"}
"""Silent while another file is broken: what is missing may be in there."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    return root


def said(root: Path, own: Collection[str] = ()) -> list[tuple[str, str]]:
    return [(place_of(f), f.code) for f in said_of(root, own)]


def test_the_base_has_no_fault(project: Path) -> None:
    assert said(project) == []


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_gives_its_findings_at_their_places(case: str, tmp_path: Path) -> None:
    expected = expected_of(case)
    codes = {code for _, code in expected}
    assert case.split("-")[0] in codes
    own = files_of(case) if "Y018" in codes else ()
    assert weighty(said_of(project_of(case, tmp_path), own), *codes) == expected


def test_every_code_has_a_bad_input() -> None:
    covered = {case.split("-")[0] for case in CASES}
    assert (
        covered
        | MADE_AT_RUN_TIME
        | NEVER_FROM_OUR_SCHEMAS
        | ABOUT_RECORDS
        | ON_PAPER
        | ABOUT_LETTERS
        == set(rules())
    )


def test_one_broken_file_hides_nothing_about_the_others(project: Path) -> None:
    taken = set(files_of(BASE.name))
    merged = []
    for case in CASES:
        files = set(files_of(case))
        if not files & taken and not removed_by(case) and case.split("-")[0] not in ABOUT_ABSENCE:
            taken |= files
            merged.append(case)
            lay_over(project, case)
    assert len(merged) > 100
    found = set(said(project, files_of("Y018-loose-form")))
    assert {
        case: set(expected_of(case)) - found for case in merged if set(expected_of(case)) - found
    } == {}


def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.copy(project / "content/notices/camera.yml", outside / "tin.yml")
    (project / "content/notices/tin.yml").symlink_to(outside / "tin.yml")
    (project / "content/linked").symlink_to(outside)
    shutil.rmtree(project / "content/standards")
    (project / "content/standards").symlink_to(outside)
    places = ["content/linked:1:1", "content/notices/tin.yml:1:1", "content/standards:1:1"]
    assert said(project) == [(place, "Y009") for place in places]


def test_a_top_folder_that_is_a_link_is_not_followed(project: Path, tmp_path: Path) -> None:
    shutil.move(project / "procedures", tmp_path / "elsewhere")
    (project / "procedures").symlink_to(tmp_path / "elsewhere")
    assert ("procedures:1:1", "Y009") in said(project)


def test_a_file_too_large_is_not_read(project: Path) -> None:
    (project / "content/notices/lon.yml").write_bytes(b"# " + b"a" * MAX_BYTES)
    assert said(project) == [("content/notices/lon.yml:1:1", "Y007")]


def test_a_pipe_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "content/notices/ong.yml")
    assert said(project) == [("content/notices/ong.yml:1:1", "Y015")]


def test_a_file_name_that_is_not_utf_8_is_a_finding_that_can_be_printed(project: Path) -> None:
    name = os.fsdecode(b"tin-\xff.yml")
    shutil.copy(project / "content/notices/camera.yml", project / "content/notices" / name)
    project = load_project(project, TODAY)
    assert {f.code for f in project.findings} == {"R008", "Y018"}
    for text in (
        render_text(project.findings, "vi", project.texts),
        render_json(project.findings, "vi"),
        render_github(project.findings, "vi"),
    ):
        assert "tin-\\udcff.yml" in text.replace("\\\\", "\\")
        text.encode("utf-8")


def test_the_same_project_gives_the_same_findings_in_the_same_order(project: Path) -> None:
    for case in ("R001-law-of-other-files", "S001-from-missing", "Y001-two-colons"):
        lay_over(project, case)
    assert load_project(project, TODAY).findings == load_project(project, TODAY).findings
    assert said(project) == sorted(said(project), key=lambda pair: _order(*pair))


def _order(place: str, code: str) -> tuple[str, int, int, str]:
    path, line, column = place.rsplit(":", 2)
    return path, int(line), int(column), code


def test_a_folder_without_data_names_the_files_it_needs(tmp_path: Path) -> None:
    found = dict.fromkeys(place for place, code in said(tmp_path) if code == "Y017")
    assert list(found) == [
        f"site_config/{name}.yml:1:1" for name in ("calendar", "office", "settings", "vocabulary")
    ]
