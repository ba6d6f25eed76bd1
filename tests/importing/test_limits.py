"""Time limits in a record: a number with a unit, or words; a number that lost its unit is not
guessed."""

from __future__ import annotations

from typing import Any

import pytest

from niemyet.importing.limits import read_limit, same_day_rule


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("3 WORKING_DAY", "working_days", 3),
        ("15 ngày", "calendar_days", 15),
        ("10 ngày làm việc", "working_days", 10),
        ("20 DAY", "calendar_days", 20),
        ("12 HOUR", "hours", 12),
        ("6 MONTH", "months", 6),
        ("7.5 WORKING_DAY", "working_days", "7.5"),
        ("21,5 ngày", "calendar_days", "21.5"),
        ("5.0 ngày", "calendar_days", 5),
    ],
)
def test_a_number_with_a_unit_is_a_limit(written: str, kind: str, value: Any) -> None:
    read = read_limit(written)
    assert read.data == {"kind": kind, "value": value} and not read.problem


@pytest.mark.parametrize(
    "written", ["7.25 WORKING_DAY", "5 tuần", "Theo lịch hẹn", "0 WORKING_DAY", "9999 ngày"]
)
def test_what_is_no_such_number_stays_in_its_words(written: str) -> None:
    read = read_limit(written)
    assert read.data == {"kind": "text", "text": written} and read.problem


def test_a_number_without_a_unit_keeps_the_number_and_says_so() -> None:
    read = read_limit("1 OTHER")
    assert read.data["kind"] == "text" and read.data["text"].startswith("1 (") and read.problem


@pytest.mark.parametrize("written", [" OTHER", "1 OTHER", "0 OTHER", ""])
def test_the_words_of_the_row_stand_in_for_a_unit_that_was_lost(written: str) -> None:
    read = read_limit(written, "Trả ngay trong ngày,\nsau 15 giờ thì hôm sau.")
    assert read.data == {"kind": "text", "text": "Trả ngay trong ngày, sau 15 giờ thì hôm sau."}
    assert read.used_note and read.problem


@pytest.mark.parametrize("written", ["", " OTHER", "0 OTHER", "Không quy định"])
def test_nothing_is_not_specified(written: str) -> None:
    assert read_limit(written).data == {"kind": "not_specified"}


def test_long_words_are_cut_for_the_limit_and_kept_in_the_note() -> None:
    read = read_limit("OTHER", "Trong thời hạn rất dài, " * 40)
    assert len(read.data["text"]) <= 300 and not read.used_note


MONEY = "Tại phường: 2.000 đồng/trang. Theo Thông tư số 8/2025/TT-BTD ngày 09/6/2025."


@pytest.mark.parametrize(
    "note",
    [MONEY, "Ủy ban nhân dân quy định chi tiết thủ tục này", "Không quy định thời hạn giải quyết"],
)
def test_words_that_do_not_speak_of_time_are_no_limit(note: str) -> None:
    read = read_limit(" OTHER", note)
    assert read.data == {"kind": "not_specified"} and not read.used_note and read.problem
    assert read_limit("1 OTHER", note).data == {
        "kind": "text",
        "text": "1 (nguồn không ghi đơn vị tính)",
    }


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("1. Cách thức thực hiện: nộp đơn.\n2. Trả trong ngày.", "2. Trả trong ngày."),
        (f"{MONEY}\n05 (năm) ngày làm việc.", "05 (năm) ngày làm việc."),
        (
            "02 tháng và 15 ngày, trong đó:\na) 02 tháng để xem.\nb) 15 ngày để ghi.",
            "02 tháng và 15 ngày",
        ),
        ("- Diều to: 5 ngày.\n- Diều nhỏ: 3 ngày.", "Diều to: 5 ngày. - Diều nhỏ: 3 ngày."),
    ],
)
def test_the_line_that_speaks_of_time_is_the_limit(note: str, text: str) -> None:
    assert read_limit(" OTHER", note).data == {"kind": "text", "text": text}


def test_many_limits_of_single_tasks_are_left_in_the_note() -> None:
    note = "\n".join(
        f"- Việc thứ {n} của phường làm trong {n} ngày kể từ khi nhận đủ giấy tờ của việc trước đó."
        for n in range(1, 30)
    )
    read = read_limit(" OTHER", note)
    assert read.data == {"kind": "not_specified"} and "từng việc" in read.problem


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (
            (
                "Nộp đơn.",
                (
                    "Nếu tiếp nhận hồ sơ sau 15 giờ thì có phiếu hẹn, trả kết quả trong ngày làm"
                    " việc tiếp theo (nếu nộp tại quầy)."
                ),
            ),
            True,
        ),
        (("Hồ sơ nhận sau 15 giờ thì trả kết quả vào ngày làm việc tiếp theo.",), True),
        (
            (
                "Nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo.",
                "Xác minh trong 10 (mười) ngày.",
            ),
            False,
        ),
        (
            (
                (
                    "Đối với diều to, nhận hồ sơ sau 15 giờ thì trả kết quả vào ngày làm việc tiếp"
                    " theo."
                ),
            ),
            False,
        ),
        (("Trả phiếu hẹn (nếu nhận diều to sau 15 giờ) trong ngày làm việc tiếp theo.",), False),
        (("Nộp đơn.",), False),
    ],
)
def test_the_rule_of_three_o_clock_is_found_only_where_it_is_for_all(
    steps: tuple[str, ...], found: bool
) -> None:
    assert bool(same_day_rule(steps)) is found
