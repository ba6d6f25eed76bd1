"""Importing again: the same is unchanged, what staff edited stays, what nobody touched may be
replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from records import KITE, TODAY, changed, imported, project

from niemyet.cli.main import main
from niemyet.findings.finding import Severity
from niemyet.importing.run import Outcome, import_records
from niemyet.publish.project import load_project
from niemyet.source.loader import Refused, load_tree, write_files

FILE = "procedures/ho-tich/dang-ky-tha-dieu.yml"
NEW = changed(("3 WORKING_DAY", "5 WORKING_DAY"), ("Giấy thả diều, Thẻ diều", "Giấy thả diều"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project into which the record of the kite was imported."""
    made = project(tmp_path)
    assert run(made, tmp_path, KITE) == 0
    return made


def run(root: Path, folder: Path, text: str, *options: str) -> int:
    (folder / "dieu.txt").write_text(text, "utf-8")
    return main(
        [
            "import",
            str(folder / "dieu.txt"),
            "--root",
            str(root),
            "--today",
            TODAY.isoformat(),
            *options,
        ]
    )


def again(root: Path, text: str, update: bool = False) -> Outcome:
    return import_records([("dieu.txt", text.encode())], load_tree(root)[0], TODAY, update=update)


def edit(root: Path, old: str, new: str) -> None:
    text = (root / FILE).read_text("utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new), "utf-8")


def test_an_imported_project_has_no_error(root: Path) -> None:
    errors = [f for f in load_project(root, TODAY).findings if f.severity is Severity.ERROR]
    assert errors == []
    assert "I010" in [f.code for f in load_project(root, TODAY).findings]


def test_the_same_record_again_changes_nothing(root: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    assert run(root, tmp_path, KITE) == 0
    assert run(root, tmp_path, KITE, "--update") == 0
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before


def test_a_changed_record_is_shown_field_by_field_and_written_nowhere(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / FILE).read_bytes()
    capsys.readouterr()
    assert run(root, tmp_path, NEW) == 1
    out = capsys.readouterr().out
    assert "Cách thực hiện (chưa ai sửa)" in out and "Kết quả (chưa ai sửa)" in out
    assert (root / FILE).read_bytes() == before


def test_update_replaces_what_nobody_edited_and_keeps_every_other_byte(
    root: Path, tmp_path: Path
) -> None:
    edit(root, "sector: ho-tich\n", "sector: ho-tich  # đã xem\n")
    before = (root / FILE).read_text("utf-8").splitlines()
    assert run(root, tmp_path, NEW, "--update") == 0
    after = (root / FILE).read_text("utf-8").splitlines()
    assert [
        line for line in before if line not in after and "sha256" not in line
    ] and "sector: ho-tich  # đã xem" in after
    gone = [line.strip() for line in before if line not in after]
    assert {line.split(":")[0] for line in gone} == {
        "summary",
        "value",
        "- Thẻ diều",
        "record_sha256",
        "channels",
        "results",
    }
    assert again(root, NEW).unchanged == ["9.000001"]
    assert not [f for f in load_project(root, TODAY).findings if f.severity is Severity.ERROR]


def test_what_staff_edited_is_kept_and_marked(root: Path) -> None:
    edit(root, "value: 3", "value: 4")
    outcome = again(root, NEW, update=True)
    ((_, found),) = outcome.differ.values()
    assert [(difference.field, difference.is_edited) for difference in found] == [
        ("channels", True)
    ]
    assert "value: 4" in outcome.updated[FILE] and "Thẻ diều" not in outcome.updated[FILE]


def test_what_staff_put_beside_the_words_of_the_record_is_no_difference_and_is_never_lost(
    root: Path,
) -> None:
    edit(root, "  number: 12/QĐ-BTD\n", "  number: 12/QĐ-BTD\n  issuer: Bộ Thả diều\n")
    assert again(root, KITE).unchanged == ["9.000001"]
    outcome = again(root, changed(("12/QĐ-BTD", "13/QĐ-BTD")), update=True)
    ((_, found),) = outcome.differ.values()
    assert [(difference.field, difference.is_edited) for difference in found] == [
        ("decision", True)
    ]
    assert outcome.planned == {}


def test_an_edit_where_the_record_did_not_change_is_no_difference(root: Path) -> None:
    edit(root, "value: 3", "value: 4")
    assert again(root, KITE).unchanged == ["9.000001"]


def test_a_fee_that_changed_in_the_source_is_left_to_a_person(root: Path) -> None:
    outcome = again(root, changed(("8000 VNĐ (/bản)", "9000 VNĐ (/bản)")), update=True)
    ((_, found),) = outcome.differ.values()
    assert [difference.field for difference in found] == ["fees"]
    assert outcome.planned == {}


def test_a_new_law_comes_with_the_field_that_needs_it(root: Path, tmp_path: Path) -> None:
    assert run(root, tmp_path, changed(("7/2025/QH15", "8/2026/QH16")), "--update") == 0
    assert "luat-8-2026-qh16" in (root / FILE).read_text("utf-8")
    assert "8/2026/QH16" in (root / "content/legal/csdl-ho-tich.yml").read_text("utf-8")
    assert not [f for f in load_project(root, TODAY).findings if f.severity is Severity.ERROR]


def test_a_second_record_is_added_to_the_lists_that_exist(root: Path, tmp_path: Path) -> None:
    edit_place = root / "content/legal/csdl-ho-tich.yml"
    edit_place.write_text("# của phường\n" + edit_place.read_text("utf-8"), "utf-8")
    assert (
        run(root, tmp_path, changed(("9.000001", "9.000002"), ("7/2025/QH15", "9/2026/QH16"))) == 0
    )
    text = edit_place.read_text("utf-8")
    assert text.startswith("# của phường\n") and "7/2025/QH15" in text and "9/2026/QH16" in text
    assert not [f for f in load_project(root, TODAY).findings if f.severity is Severity.ERROR]


def test_a_procedure_written_by_hand_is_never_touched(root: Path) -> None:
    text = changed(("9.000001", "2.000635"))
    for update in (False, True):
        outcome = again(root, text, update)
        assert outcome.planned == {} and list(outcome.differ) == ["2.000635"]
        assert all(difference.is_edited for difference in outcome.differ["2.000635"][1])


def test_an_old_code_of_a_procedure_counts_as_its_code(root: Path) -> None:
    edit(root, 'code: "9.000001"\n', 'code: "9.000009"\nprevious_codes:\n  - "9.000001"\n')
    assert again(root, KITE).drafts == []


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "procedures/dieu").symlink_to(outside)
    assert run(root, tmp_path, changed(("9.000001", "9.000003"), ("Hộ tịch\n", "Diều\n"))) in (1, 2)
    assert list(outside.iterdir()) == []


def test_a_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    root = project(tmp_path)
    planned = imported(KITE).planned
    (root / FILE).write_text("của tôi\n", "utf-8")
    with pytest.raises(Refused):
        write_files(root, planned, [])
    assert (root / FILE).read_text("utf-8") == "của tôi\n"
    assert not (root / "content/legal/csdl-ho-tich.yml").exists()


@pytest.mark.parametrize(
    "path", ["../x.yml", "/etc/x.yml", "procedures/../x.yml", "generator/x.yml"]
)
def test_a_place_outside_the_data_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_files(tmp_path, {path: "x"}, [])
    assert list(tmp_path.rglob("x.yml")) == []
