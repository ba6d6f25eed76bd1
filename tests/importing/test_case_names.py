"""Names of cases: a clause of the source, without how long or how much."""

from __future__ import annotations

import pytest
from records import KITE, data, draft

from niemyet.importing.cases import LONGEST_CASE, case_name

KIND = "Trường hợp người thả diều có con đẻ thích diều"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (f"{KIND}: 34 ngày làm việc kể từ ngày nhận đủ hồ sơ.", KIND),
        (f"{KIND} (34 ngày)", KIND),
        (f"{KIND}, thời hạn giải quyết không quá 05 (năm) ngày.", KIND),
        (f"{KIND} không quá 05 ngày.", KIND),
        (f"03 ngày làm việc, kể từ ngày nhận đủ hồ sơ trong t{KIND[1:]}. Nộp qua bưu chính.", KIND),
        ("Trường hợp trẻ em dưới 6 tháng tuổi", "Trường hợp trẻ em dưới 6 tháng tuổi"),
        (
            "Đối với người chết từ ngày 01 tháng 01 năm 2012 trở về sau",
            "Đối với người chết từ ngày 01 tháng 01 năm 2012 trở về sau",
        ),
        ("Tại cơ quan đại diện: 10 USD/bản.", "Tại cơ quan đại diện"),
        ("Đối với diều to, hồ sơ gồm:", "Đối với diều to"),
        ("Trường hợp 2: Đối với trẻ em dưới 6 tuổi", "Trường hợp 2: Đối với trẻ em dưới 6 tuổi"),
        (
            (
                "Phí theo quy định tại các văn bản hướng dẫn. - 10 ngày trong trường hợp đồng ý"
                " cho thả"
            ),
            "Trường hợp đồng ý cho thả",
        ),
        ("10 ngày làm việc kể từ ngày nhận đủ hồ sơ", ""),
        ("Tùy từng trường hợp thì nộp thêm", "Tùy từng trường hợp"),
    ],
)
def test_a_name_is_the_case_without_time_and_money(words: str, name: str) -> None:
    assert case_name(words) == name


@pytest.mark.parametrize(
    ("words", "end"),
    [
        (
            (
                f"{KIND} đã được hưởng chế độ ưu đãi của phường mà bố (mẹ) chưa được hưởng chế độ"
                " ấy trong năm nay"
            ),
            "của phường…",
        ),
        (
            (
                f"{KIND} theo quy định tại khoản 1 Điều 2 của Quy định thả diều ban hành kèm theo"
                " Nghị quyết của phường Thạch Sơn năm nay"
            ),
            "diều…",
        ),
        (
            (
                f"{KIND} to, diều nhỏ, diều có đèn (loại thường và loại đặc biệt có sáo lớn, có dây"
                " dài trên một nghìn mét, có người giữ)"
            ),
            "nhỏ…",
        ),
        ("Trường hợp " + "diều" * 60, "…"),
    ],
)
def test_a_long_name_ends_where_a_clause_ends(words: str, end: str) -> None:
    name = case_name(words)
    assert name.endswith(end) and len(name) <= LONGEST_CASE and name.count("(") == name.count(")")


def test_rows_of_one_case_that_are_written_differently_are_one_case() -> None:
    start, end = KITE.index("  * Hình thức"), KITE.index("\nThành phần hồ sơ")
    row = "  * Hình thức nộp: {}\n    Thời hạn giải quyết: {} ngày\n    Mô tả: {}\n"
    rows = [
        ("DIRECT", 3, "Trường hợp diều to: 3 ngày."),
        ("DIRECT", 5, "Trường hợp diều nhỏ: 5 ngày."),
        ("ONLINE", 3, "Trường hợp diều to. Nộp qua mạng."),
    ]
    made = data((KITE[start:end], "".join(row.format(*cells) for cells in rows)))
    assert [case["name"] for case in made["cases"]] == ["Trường hợp diều to", "Trường hợp diều nhỏ"]
    assert made["channels"][0]["cases"] == made["channels"][2]["cases"]


def test_headings_whose_names_begin_alike_are_told_apart_by_longer_names() -> None:
    words = (
        "Đối với diều bay cao trên bãi của phường, của khu phố và của tổ dân phố, của hợp tác xã và"
        " của trường học nơi có bãi thả, {}"
    )
    big, small = (f"b) {words.format(which)}:" for which in ("nếu là diều to", "nếu là diều nhỏ"))
    text = KITE.replace("* Giấy tờ phải nộp:", big).replace("* Giấy tờ phải xuất trình:", small)
    names = [case["name"] for case in draft(text).data["cases"]]
    assert [name.rpartition(" ")[2] for name in names] == ["phố…", "nhỏ"]
