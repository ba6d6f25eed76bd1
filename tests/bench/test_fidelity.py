"""The measurement itself: a faithful draft counts in full, and each kind of loss or invention is
seen."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from fidelity import KINDS, Draft, Tally, matched
from raw_records import (
    fold,
    fold_row,
    is_covered,
    legal_number,
    numbers_in,
    read_record,
    states_limit,
)

RECORD = """Chi tiết thủ tục hành chính
Mã thủ tục: 1.990001
Số quyết định: 12/QĐ-BTP
Tên thủ tục: Thủ tục cấp giấy thử nghiệm
Cách thức thực hiện:
  * Hình thức nộp: DIRECT
    Thời hạn giải quyết: 3 WORKING_DAY
    Phí, lệ phí: 8000 VNĐ (/bản)
    Mô tả: Tính từ ngày nhận đủ hồ sơ.
Thời hạn giải quyết: nêu lại trong phần mô tả.
  * Hình thức nộp: ONLINE
    Thời hạn giải quyết: 7.5 ngày
    Phí, lệ phí: 0 VNĐ ()
  * Hình thức nộp: POSTAL
    Thời hạn giải quyết: 1 OTHER
    Phí, lệ phí: Không có thông tin

Thành phần hồ sơ:
  [ Nộp lần đầu ]
    - - Tờ khai theo mẫu;
      Số lượng: Bản chính: 1, Bản sao: 0
  [ Cấp lại ]
    - - Tờ khai theo mẫu;
      Số lượng: Bản chính: 1, Bản sao: 0
    - Bản sao giấy cũ,
chứng thực hoặc không
      Số lượng: Bản chính: 0, Bản sao: 2
  [ Lưu ý ]
    - + Mang theo căn cước.
      Số lượng: Bản chính: 0, Bản sao: 0

Đối tượng thực hiện: Cán bộ, công chức, viên chức, Công dân Việt Nam
Kết quả thực hiện: Trích lục nhận cha, mẹ, con, Giấy thử nghiệm
Căn cứ pháp lý:
  * Luật Thử nghiệm (Luật số 999/2024/QH15)
  * Nghị định quy định
chi tiết (998/2025/nđ-cp)
Yêu cầu, điều kiện thực hiện: Không có thông tin
"""


@pytest.fixture
def record(tmp_path: Path) -> Any:
    path = tmp_path / "1.990001.txt"
    path.write_text(RECORD, "utf-8")
    return read_record(path)


def faithful() -> Draft:
    data = {
        "code": "1.990001",
        "name": "Cấp giấy thử nghiệm",
        "channels": [
            {"channel": "post", "limit": {"kind": "not_specified"}},
            {"channel": "counter", "limit": {"kind": "working_days", "value": "3"}},
            {"channel": "online", "limit": {"kind": "calendar_days", "value": "7.5"}},
        ],
        "papers": [
            {
                "name": "Tờ khai theo mẫu",
                "originals": "1",
                "copies": "0",
                "cases": ["lan-dau", "cap-lai"],
            },
            {
                "name": "Bản sao giấy cũ",
                "note": "Chứng thực hoặc không",
                "originals": "0",
                "copies": "2",
                "cases": ["cap-lai"],
            },
        ],
        "notes": ["Mang theo căn cước"],
        "applicants": ["can-bo-cong-chuc", "cong-dan"],
        "results": ["Trích lục nhận cha, mẹ, con", "Giấy thử nghiệm"],
    }
    fees = [{"id": "phi", "values": [{"status": "fixed", "amount_vnd": "8000"}]}]
    laws = [{"number": "999/2024/QH15"}, {"number": "998/2025/NĐ-CP"}]
    return Draft(path=Path(), data=data, fees=fees, laws=laws, applicant_names={})


def tally(kind: str, record: Any, draft: Draft) -> tuple[int, int]:
    found = Tally(title=kind)
    KINDS[kind][2](record, draft, found)
    return found.found, found.total


def test_the_reader_keeps_rows_apart_from_lines_that_look_alike(record: Any) -> None:
    assert [(row.channel, row.limit) for row in record.channels] == [
        ("counter", (Fraction(3), "working_days")),
        ("online", (Fraction("7.5"), "calendar_days")),
        ("post", None),
    ]
    assert [(row.group, row.originals, row.copies) for row in record.papers] == [
        ("Nộp lần đầu", 1, 0),
        ("Cấp lại", 1, 0),
        ("Cấp lại", 0, 2),
        ("Lưu ý", 0, 0),
    ]
    assert record.value("Yêu cầu, điều kiện thực hiện") == ""


@pytest.mark.parametrize(
    ("kind", "total"),
    [
        ("channels", 3),
        ("papers", 4),
        ("laws", 2),
        ("applicants", 2),
        ("results", 2),
        ("amounts", 1),
        ("limits", 2),
    ],
)
def test_a_faithful_draft_counts_in_full(record: Any, kind: str, total: int) -> None:
    assert tally(kind, record, faithful()) == (total, total)


def test_each_loss_is_seen(record: Any) -> None:
    draft = faithful()
    draft.data["channels"][1]["limit"]["value"] = "4"
    draft.data["papers"][0]["copies"] = "1"
    draft.data["notes"] = []
    draft.data["applicants"] = ["cong-dan"]
    draft.data["results"] = ["Giấy thử nghiệm"]
    draft.laws.pop()
    seen = {
        kind: tally(kind, record, draft)
        for kind in ("channels", "papers", "laws", "applicants", "results")
    }
    assert seen == {
        "channels": (2, 3),
        "papers": (1, 4),
        "laws": (1, 2),
        "applicants": (1, 2),
        "results": (1, 2),
    }


@pytest.mark.parametrize(
    "value",
    [
        {"status": "fixed", "amount_vnd": "9000"},
        {"status": "fixed", "amount_vnd": "3"},
        {"status": "tiered", "tiers": [{"first": "1", "amount_vnd": "80000"}]},
        {"status": "free"},
    ],
)
def test_an_invented_amount_is_seen(record: Any, value: dict[str, Any]) -> None:
    draft = faithful()
    draft.fees[0]["values"] = [value]
    assert tally("amounts", record, draft) == (0, 1)


def test_an_invented_limit_is_seen(record: Any) -> None:
    draft = faithful()
    draft.data["channels"][0]["limit"] = {"kind": "working_days", "value": "1"}
    assert tally("limits", record, draft) == (2, 3)


def test_rows_are_matched_one_to_one() -> None:
    assert (
        len(
            matched(
                ["a", "a", "b"], ["a", "x"], lambda row, place: row == place or place == "x", [1, 1]
            )
        )
        == 2
    )
    assert len(matched(["a", "a"], ["a"], str.__eq__, [2])) == 2


def test_text_is_compared_by_its_letters() -> None:
    assert fold("Đăng ký\u200e – NHẬN") == fold("đăng ky\u0301 nhận")
    assert fold_row("- a) Tờ khai;") == fold("Tờ khai")
    assert is_covered("abcdefghij", ["xxfghij", "abcde"])
    assert not is_covered("abcdefghij", ["abcd", "hij"])


def test_numbers_are_read_in_any_grouping() -> None:
    assert {8000, 4500000, 200} <= numbers_in("8.000 đồng, 4,5 triệu, 200 trang")
    assert states_limit("trong 03 (ba) ngày làm việc", (Fraction(3), "working_days"))
    assert not states_limit("trong 13 ngày làm việc", (Fraction(3), "working_days"))
    assert legal_number("Nghị định số 29/2023//nđ-cp") == "29/2023/NĐ-CP"
