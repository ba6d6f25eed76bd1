"""Money in a record: `0` is not free, lost thousands are not amounts, and words are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niemyet.importing.amounts import NOT_STATED, ReadAmount, read_amounts

COUNCIL = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định. Miễn cho hộ nghèo."


def one(written: str) -> ReadAmount:
    (amount,) = read_amounts(written)
    return amount


@pytest.mark.parametrize("written", ["", "0 VNĐ ()", "0 VNĐ", "0 VND ( )"])
def test_nothing_and_zero_state_nothing(written: str) -> None:
    assert read_amounts(written) == (NOT_STATED,)


@pytest.mark.parametrize(
    "written",
    [f"0 VNĐ ({COUNCIL})", f"0 VNĐ (({COUNCIL}))", COUNCIL, "0 VNĐ (Theo mức của HĐND cấp tỉnh)"],
)
def test_what_the_council_of_the_province_decides_has_no_amount(written: str) -> None:
    amount = one(written)
    assert (amount.status, amount.amount_vnd) == ("by_province", 0)
    assert amount.note and not amount.note.startswith("(")


def test_an_amount_beside_the_council_is_not_taken() -> None:
    amount = one(f"150000 VNĐ ({COUNCIL})")
    assert (amount.status, amount.amount_vnd) == ("by_province", 0)
    assert "150000" in amount.original and amount.problem


@pytest.mark.parametrize(
    "note",
    ["Không", "không.", "Không thu phí", "Không thu phí, lệ phí", "Miễn phí", "Miễn phí, lệ phí"],
)
def test_plain_words_for_everybody_are_free(note: str) -> None:
    assert one(f"0 VNĐ ({note})").status == "free"


@pytest.mark.parametrize(
    "note",
    [
        "Không quy định",
        "Không có gì",
        "Miễn lệ phí. Phí bản sao theo thông tư.",
        "Miễn phí cho hộ nghèo",
        "Không thu của người nghèo",
    ],
)
def test_words_for_some_or_in_doubt_are_not_free(note: str) -> None:
    amount = one(f"0 VNĐ ({note})")
    assert amount.status == "not_stated"
    assert amount.note.rstrip(".") == note.rstrip(".")
    assert amount.problem


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("8000 VNĐ ()", 8000, ""),
        ("50000 VNĐ (/giao dịch)", 50_000, "giao dịch"),
        ("70000 VNĐ (70.000 đồng/Giấy chứng nhận.)", 70_000, "Giấy chứng nhận"),
        (
            "400000 VNĐ (Mức thu lệ phí: 400.000đ/trường hợp. Miễn cho cô, dì.)",
            400_000,
            "trường hợp",
        ),
        ("20 VNĐ (20.000 vnđ/tờ khai)", 20_000, "tờ khai"),
        ("0 VNĐ (8.000 đồng/bản)", 8000, "bản"),
    ],
)
def test_an_amount_that_the_source_states_is_taken_with_its_unit(
    written: str, amount: int, unit: str
) -> None:
    read = one(written)
    assert (read.status, read.amount_vnd, read.unit) == ("fixed", amount, unit)


def test_an_amount_that_comes_from_the_words_alone_is_to_be_looked_at() -> None:
    assert one("20 VNĐ (20.000 vnđ/tờ khai)").problem
    assert not one("50000 VNĐ (/giao dịch)").problem


@pytest.mark.parametrize(
    "written",
    [
        "10 VNĐ (/bản)",
        "20 VNĐ ()",
        "999 VNĐ ()",
        "1234 VNĐ ()",
        "40 VNĐ (4.000 đ/giấy (đến hết năm).)",
    ],
)
def test_an_amount_whose_size_was_lost_is_not_stated(written: str) -> None:
    read = one(written)
    assert (read.status, read.amount_vnd) == ("not_stated", 0)
    assert read.original == written and read.problem


def test_variants_are_parted_at_bars_before_an_amount_only() -> None:
    read = read_amounts("500000 VNĐ (Dưới 100 | lần đầu) | 400000 VNĐ (Từ 100) | 0 VNĐ ()")
    assert [(r.amount_vnd, r.note) for r in read] == [
        (500_000, "Dưới 100 | lần đầu"),
        (400_000, "Từ 100"),
        (0, ""),
    ]


def test_a_charge_is_told_from_a_fee_by_the_word_that_comes_first() -> None:
    assert one("0 VNĐ (Lệ phí do HĐND tỉnh; phí bản sao riêng)").kind == "charge"
    assert one("0 VNĐ (Phí do HĐND tỉnh; lệ phí riêng)").kind == "fee"
    assert one("8000 VNĐ ()").kind == "fee"


@given(st.text(max_size=120))
def test_any_words_give_an_amount_only_where_its_digits_stand_in_them(written: str) -> None:
    for read in read_amounts(written):
        if read.amount_vnd:
            assert str(read.amount_vnd) in "".join(char for char in written if char.isdigit())
