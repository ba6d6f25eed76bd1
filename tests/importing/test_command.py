"""The command `niemyet import`: what it reads, prints and returns, and the comparison with a folder
of records."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from records import KITE, TODAY, changed, project

from niemyet.cli.main import main
from niemyet.cli.report import progress_bar
from niemyet.importing.drift_report import cell


def run(root: Path, *arguments: str) -> int:
    return main(["import", *arguments, "--root", str(root), "--today", TODAY.isoformat()])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.txt").write_text(KITE, "utf-8")
    (folder / "b.txt").write_text(changed(("9.000001", "9.00001")), "utf-8")
    (folder / "c.json").write_text(
        json.dumps({"data": [{"code": "9.000003", "name": "Thả đèn"}]}), "utf-8"
    )
    (folder / "readme.md").write_text("không phải bản ghi", "utf-8")
    return folder


def test_a_folder_is_read_whole_and_counted(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "national", str(records)) == 1
    lines = capsys.readouterr().out.splitlines()
    numbers = {
        line[:32].strip(): line[32:].strip() for line in lines if line[32:].strip().isdigit()
    }
    assert (numbers["Đã đọc"], numbers["Nhập mới"], numbers["Từ chối"]) == ("3", "2", "1")
    assert any("b.txt:2:1: lỗi I002" in line for line in lines)
    assert (root / "procedures/ho-tich/dang-ky-tha-dieu.yml").exists()


def test_a_dry_run_writes_nothing(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(root.rglob("*"))
    run(root, str(records), "--dry-run")
    assert sorted(root.rglob("*")) == before
    assert "chưa ghi" in capsys.readouterr().out


def test_json_says_the_same_for_programs(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records), "--format", "json")
    said = json.loads(capsys.readouterr().out)
    assert said["summary"]["imported"] == 2
    assert "I002" in [finding["code"] for finding in said["findings"]]
    assert "procedures/ho-tich/dang-ky-tha-dieu.yml" in said["files"]


def test_drafts_stay_off_the_site_when_asked(root: Path, records: Path) -> None:
    assert run(root, str(records / "a.txt"), "--as-draft") == 0
    assert "status: draft" in (root / "procedures/ho-tich/dang-ky-tha-dieu.yml").read_text("utf-8")


@pytest.mark.parametrize("name", ["khong-co", "trong"])
def test_nothing_to_read_is_wrong_use(
    name: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "trong").mkdir()
    assert run(root, str(tmp_path / name)) == 2
    assert capsys.readouterr().err.startswith("niemyet import: ")


def test_a_project_with_errors_takes_no_import(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "content/fees/ho-tich.yml").write_text("fees: [", "utf-8")
    assert run(root, str(records)) == 1
    assert "hãy sửa trước khi nhập" in capsys.readouterr().out
    assert not (root / "procedures/ho-tich/dang-ky-tha-dieu.yml").exists()


def test_the_bar_is_drawn_for_a_person_only() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, pipe = Terminal(), io.StringIO()
    for to in (terminal, pipe):
        for done in (1, 2):
            progress_bar(to)(done, 2)
    assert "2/2" in terminal.getvalue() and pipe.getvalue() == ""


def test_no_drift_is_clean_and_a_changed_limit_fee_or_paper_is_drift(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records / "a.txt"))
    capsys.readouterr()
    assert run(root, "--compare", str(records / "a.txt")) == 0
    assert "không có trong thư mục" in capsys.readouterr().out
    text = changed(
        ("3 WORKING_DAY", "5 WORKING_DAY"),
        ("8000 VNĐ", "9000 VNĐ"),
        ("Bản sao: 2", "Bản sao: 3"),
        ("12/QĐ", "13/QĐ"),
    )
    (records / "a.txt").write_text(text, "utf-8")
    assert run(root, "--compare", str(records / "a.txt"), "--format", "json") == 1
    drift = {
        row["what"]: (row["ours"], row["theirs"])
        for row in json.loads(capsys.readouterr().out)["drift"]
    }
    assert drift["Thời hạn, trực tiếp"] == ("3 ngày làm việc", "5 ngày làm việc")
    assert drift["Phí, lệ phí"] == ("8.000 đồng", "9.000 đồng")
    assert drift["Giấy tờ"][1] == "Ảnh con diều: 0 bản chính, 3 bản sao"
    assert drift["Số quyết định"] == ("12/QĐ-BTD", "13/QĐ-BTD")


def test_a_code_that_the_database_marks_as_deleted_is_drift(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records / "a.txt"))
    (records / "a.txt").write_text(changed(("9.000001", "9.000001-Xoa")), "utf-8")
    capsys.readouterr()
    assert run(root, "--compare", str(records / "a.txt"), "--format", "markdown") == 1
    assert "đã đánh dấu xóa: 9.000001" in capsys.readouterr().out


def test_a_record_that_cannot_be_read_is_said_beside_the_comparison(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (records / "d.txt").write_bytes(b"\xff\xfe")
    run(root, "--compare", str(records), "--format", "json")
    said = capsys.readouterr()
    assert "I001" in said.err and json.loads(said.out)["drift"] == []


def test_no_word_of_the_data_breaks_out_of_its_cell() -> None:
    said = cell("a | b\n<img src=x> @everyone [x](https://x.example) `code` **b** # &")
    assert (
        "\n" not in said and "<" not in said and "@everyone" not in said and "https://" not in said
    )
    assert said.count("|") == said.count("\\|")
    assert "\\[x\\]" in said and "\\`" in said


def test_markdown_of_a_comparison_is_a_table(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records / "a.txt"))
    (records / "a.txt").write_text(changed(("đăng ký thả diều.", "thả diều | @moi <b>")), "utf-8")
    capsys.readouterr()
    assert run(root, "--compare", str(records / "a.txt"), "--format", "markdown") == 1
    row = capsys.readouterr().out.splitlines()[2]
    assert row.replace("\\|", "").count("|") == 6 and "<b>" not in row


def test_the_summary_counts_drafts_to_look_at_and_says_how_to_publish_none(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, str(records / "a.txt"), "--dry-run") == 0
    out = capsys.readouterr().out
    assert re.search(r"trong đó cần người xem\s+1$", out, re.MULTILINE) and "--as-draft" in out
    assert run(root, str(records / "a.txt"), "--as-draft") == 0
    assert "--as-draft" not in capsys.readouterr().out


def test_what_only_looks_different_is_no_drift(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records / "a.txt"))
    same = (
        ("Thủ tục đăng ký thả diều.", "ĐĂNG KÝ  thả diều"),
        ("12/QĐ-BTD", "Quyết định số 12/QĐ - BTD"),
        ("8000 VNĐ (/bản)", "0 VNĐ ()"),
        ("Đơn xin thả diều;", "Đơn xin thả diều theo Mẫu số 2 ban hành kèm theo Thông tư này"),
    )
    (records / "a.txt").write_text(changed(*same), "utf-8")
    capsys.readouterr()
    assert run(root, "--compare", str(records / "a.txt"), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["drift"] == []


def test_drift_is_in_the_order_of_its_weight(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records / "a.txt"))
    other = changed(
        ("thả diều.", "thả diều sáo."),
        ("12/QĐ", "13/QĐ"),
        ("Bản sao: 2", "Bản sao: 3"),
        ("8000", "9000"),
        ("3 WORKING", "4 WORKING"),
    )
    (records / "a.txt").write_text(other, "utf-8")
    capsys.readouterr()
    run(root, "--compare", str(records / "a.txt"), "--format", "json")
    drift = [row["what"] for row in json.loads(capsys.readouterr().out)["drift"]]
    assert drift == ["Thời hạn, trực tiếp", "Phí, lệ phí", "Giấy tờ", "Số quyết định", "Tên"]


def test_a_paper_that_is_not_here_is_drift(
    root: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, str(records / "a.txt"))
    (records / "a.txt").write_text(
        changed(("Ảnh con diều", "Giấy khám sức khỏe của người thả")), "utf-8"
    )
    capsys.readouterr()
    run(root, "--compare", str(records / "a.txt"), "--format", "json")
    (row,) = json.loads(capsys.readouterr().out)["drift"]
    assert row["what"] == "Giấy tờ" and row["theirs"] == "Giấy khám sức khỏe của người thả"
