"""Fees of a record: names, legal basis, tiers, dollars and amounts with dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from records import KITE, base_sources, changed, draft, read

from niemyet.importing.amounts import ReadAmount, in_force, read_amounts
from niemyet.importing.draft import Draft, make_draft
from niemyet.importing.known_names import open_ledger

TIERS = (
    "Tại phường: 2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không"
    " quá 200.000 đồng/bản. Tính theo bản chính."
)
FEE_LAW = "  * Thông tư quy định phí thả diều (8/2025/TT-BTD)\n"
UNTIL = "40 VNĐ (4.000 đ/giấy (áp dụng đến hết ngày 31/12/2026 theo Thông tư số 8/2025/TT-BTD).)"
AFTER = "5000 VNĐ (5.000đ/giấy (Thông tư số 7/2021/TT-BTD).)"


def entries(made: Draft) -> list[dict[str, Any]]:
    return [
        fee
        for path, fees in made.additions.entries.items()
        if "/fees/" in path
        for fee in fees
        if fee["id"] != "chua-neu"
    ]


def counter(fee: str, note: str = "") -> str:
    """The record of the kite with another fee and note at the counter."""
    return changed(("8000 VNĐ (/bản)", f"{fee}\n    Mô tả: {note}" if note else fee))


def reviews(made: Draft, at: str) -> list[dict[str, str]]:
    return [row for row in made.data["to_review"] if row["at"] == at]


@pytest.mark.parametrize(
    ("words", "first", "rest", "start", "cap"),
    [
        (TIERS, 2000, 1000, 3, 200_000),
        (
            "5.000 đồng/tờ; từ tờ 11 trở đi 2.500 đồng/tờ; tối đa 90.000 đồng/tờ",
            5000,
            2500,
            11,
            90_000,
        ),
    ],
)
def test_an_amount_with_a_lower_one_from_some_unit_on_and_a_cap_is_tiered(
    words: str, first: int, rest: int, start: int, cap: int
) -> None:
    unit = "trang" if "trang" in words else "tờ"
    (amount,) = read_amounts(f"{first} VNĐ (/{unit})", words)
    assert (amount.status, amount.unit, amount.cap_vnd) == ("tiered", unit, cap)
    assert amount.tiers == ((1, start - 1, first), (start, None, rest))


def test_tiers_are_written_and_listed_to_look_at() -> None:
    made = draft(counter("2000 VNĐ (/trang)", TIERS))
    (fee,) = entries(made)
    (value,) = fee["values"]
    assert value["tiers"] == [
        {"first": 1, "last": 2, "amount_vnd": 2000},
        {"first": 3, "amount_vnd": 1000},
    ]
    assert (value["status"], value["cap_vnd"], value["note"]) == (
        "tiered",
        200_000,
        "Tính theo trang. Mức tối đa tính cho mỗi bản.",
    )
    assert "từ trang thứ 3" in reviews(made, "fees[0]")[0]["original"]
    assert made.data["channels"][0]["note"] == TIERS


@pytest.mark.parametrize(
    "words",
    [
        "2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang",
        (
            "2.000 đồng/trang; từ bản thứ 3 trở lên thu 1.000 đồng/bản, tối đa thu không quá"
            " 200.000 đồng/bản"
        ),
        (
            "2.500 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá"
            " 200.000 đồng/bản"
        ),
        "Nộp muộn thì thu 9.000 đồng.",
    ],
)
def test_other_amounts_beside_one_are_no_tiers_but_have_to_be_looked_at(words: str) -> None:
    (amount,) = read_amounts("2000 VNĐ (/trang)", words)
    assert (amount.status, amount.amount_vnd, amount.original) == ("fixed", 2000, words)
    assert amount.problem


@pytest.mark.parametrize(
    ("written", "beside"),
    [
        ("10 VNĐ (/bản)", "Tại cơ quan đại diện: 10 USD/bản."),
        ("1000 VNĐ (/bản)", "Thu 1,000 đô la Mỹ một bản."),
    ],
)
def test_dollars_are_never_dong(written: str, beside: str) -> None:
    (amount,) = read_amounts(written, beside)
    assert (amount.status, amount.amount_vnd) == ("not_stated", 0)
    assert amount.note.rstrip(".") == beside.rstrip(".") and "đô la Mỹ" in amount.problem


def test_dollars_are_said_in_what_to_look_at() -> None:
    made = draft(counter("10 VNĐ (/bản)", "Tại cơ quan đại diện: 10 USD/bản."))
    assert entries(made)[0]["values"][0]["note"] == "Tại cơ quan đại diện: 10 USD/bản."
    assert "đô la Mỹ" in reviews(made, "fees[0]")[0]["problem"]


@pytest.mark.parametrize("written", [f"{UNTIL} | {AFTER}", f"{AFTER} | {UNTIL}"])
def test_the_amount_of_today_is_taken_where_the_source_gives_days(written: str) -> None:
    (now,) = in_force(read_amounts(written), dt.date(2026, 12, 31))
    assert (now.amount_vnd, now.until) == (4000, dt.date(2026, 12, 31))
    assert now.later is not None and now.later.amount_vnd == 5000
    (later,) = in_force(read_amounts(written), dt.date(2027, 1, 1))
    assert (later.amount_vnd, later.until) == (5000, None)


def test_amounts_with_days_that_do_not_exist_are_left_as_they_are() -> None:
    read = read_amounts(f"{UNTIL.replace('31/12', '31/13')} | {AFTER}")
    assert in_force(read, dt.date(2026, 11, 24)) == read and [amount.status for amount in read] == [
        "not_stated",
        "fixed",
    ]


def test_what_comes_after_has_the_day_after_and_only_with_its_own_law() -> None:
    text = counter(f"{UNTIL} | {AFTER}")
    (fee,) = entries(draft(text))
    assert [(value["from"], value["amount_vnd"]) for value in fee["values"]] == [
        ("2026-11-24", 4000)
    ]
    assert "5.000 đồng" in reviews(draft(text), "fees[0]")[-1]["problem"]
    text = text.replace(FEE_LAW, f"{FEE_LAW}  * Thông tư về diều (7/2021/TT-BTD)\n")
    (fee,) = entries(draft(text))
    assert [(value["from"], value["amount_vnd"]) for value in fee["values"]] == [
        ("2026-11-24", 4000),
        ("2027-01-01", 5000),
    ]


def test_an_amount_that_is_over_is_left_out_and_said() -> None:
    record = read(counter(f"{UNTIL} | {AFTER}"))
    made, _ = make_draft(record, open_ledger(base_sources()), dt.date(2027, 2, 1))
    assert made is not None
    assert entries(made)[0]["values"][0]["amount_vnd"] == 5000
    assert any("đã hết thời gian" in row["problem"] for row in reviews(made, "fees"))


def test_a_fee_leads_to_documents_about_fees_and_never_to_the_whole_list() -> None:
    assert entries(draft(KITE))[0]["values"][0]["legal"] == ["tt-8-2025-tt-btd"]
    for title in (
        "Thông tư về kinh phí thả diều",
        "Nghị định về diều phi nông nghiệp",
        "Thông tư về mức thu nhập",
    ):
        value = entries(draft(changed(("Thông tư quy định phí thả diều", title))))[0]["values"][0]
        assert value["status"] == "not_stated" and "legal" not in value


@pytest.mark.parametrize(
    ("fee", "note"),
    [
        ("0 VNĐ (Không)", "Nguồn ghi: “Không”."),
        ("0 VNĐ (Theo nghị quyết của HĐND tỉnh)", "Theo nghị quyết của HĐND tỉnh"),
        ("8000 VNĐ (/bản)", "Nguồn ghi: 8.000 đồng/bản."),
    ],
)
def test_a_fee_without_a_document_about_fees_keeps_its_words_and_is_listed(
    fee: str, note: str
) -> None:
    made = draft(counter(fee).replace(FEE_LAW, ""))
    (value,) = entries(made)[0]["values"]
    assert (value["status"], value["note"]) == ("not_stated", note) and "legal" not in value
    assert any("văn bản nào quy định" in row["problem"] for row in reviews(made, "fees[0]"))


def test_a_document_that_the_words_name_is_found_outside_the_list_of_the_procedure() -> None:
    made = draft(
        counter("0 VNĐ (Do HĐND tỉnh quyết định theo Luật số 60/2014/QH13)").replace(
            "  * Luật Hộ tịch (Luật 60/2014/QH13)\n", ""
        )
    )
    (value,) = entries(made)[0]["values"]
    assert (value["status"], value["legal"]) == ("by_province", ["luat-60-2014-qh13"])


def test_a_fee_has_a_short_name_without_its_note() -> None:
    assert [fee["name"] for fee in entries(draft(KITE))] == ["Phí đăng ký thả diều"]
    made = draft(
        counter(
            "0 VNĐ (Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định. Miễn cho hộ nghèo.)"
        )
    )
    assert [fee["name"] for fee in entries(made)] == ["Lệ phí đăng ký thả diều"]
    long = draft(
        changed(
            (
                "đăng ký thả diều.",
                f"đăng ký thả diều to theo quy định tại {'điểm a khoản 1 Điều 2, ' * 6}",
            )
        )
    )
    assert (
        entries(long)[0]["name"]
        == "Phí đăng ký thả diều to theo quy định tại điểm a khoản 1 Điều 2…"
    )


def test_fees_of_one_name_are_counted_where_nothing_else_tells_them_apart() -> None:
    made = draft(counter("5000 VNĐ (Diều nhỏ) | 9000 VNĐ (Diều to)"))
    assert {fee["name"] for fee in entries(made)} == {"Phí đăng ký thả diều"} and made.data["fees"][
        0
    ]["when"] == "Diều nhỏ"
    made = draft(counter("5000 VNĐ () | 9000 VNĐ ()"))
    assert [fee["name"] for fee in entries(made)] == [
        "Phí đăng ký thả diều",
        "Phí đăng ký thả diều (2)",
    ]


def test_notes_that_differ_only_in_their_stop_are_one_fee() -> None:
    text = changed(
        ("8000 VNĐ (/bản)", "0 VNĐ (Do HĐND tỉnh quyết định.)"),
        ("0 VNĐ ()", "0 VNĐ (Do HĐND tỉnh quyết định)"),
    )
    assert draft(text).data["fees"] == [{"fee": "phi-9-000001-dang-ky-tha-dieu"}]


def test_amounts_beside_the_council_are_one_fee_and_each_is_listed() -> None:
    made = draft(
        changed(
            ("8000 VNĐ (/bản)", "50000 VNĐ (Do HĐND tỉnh quyết định)"),
            ("0 VNĐ ()", "150000 VNĐ (Do HĐND tỉnh quyết định)"),
        )
    )
    assert len(entries(made)) == 1
    listed = " ".join(row["original"] for row in reviews(made, "fees[0]"))
    assert "50000 VNĐ" in listed and "150000 VNĐ" in listed


def test_brackets_in_brackets_without_end_are_read_quickly() -> None:
    (amount,) = read_amounts(f"0 VNĐ ({'(' * 50_000}x{')' * 50_000})")
    assert isinstance(amount, ReadAmount) and amount.status == "not_stated"
