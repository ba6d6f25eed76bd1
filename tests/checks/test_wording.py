"""What is a slip of the hand, and what is only unusual."""

from __future__ import annotations

import pytest
from bad_inputs import NOTICE, SECOND, codes_after

NAME = "vi: Cấp bản sao trích lục hộ tịch"


def said(text: str) -> list[str]:
    """The codes for a notice that says a text."""
    return codes_after({NOTICE: (("vi: Hình ảnh giữ 30 ngày.", f'vi: "{text}"'),)})


@pytest.mark.parametrize(
    "text",
    [
        "Một, hai, ba.",
        "Còn nữa ...",
        "Tầng 1 … tầng 2",
        "Lúc 7:30, 8:00",
        "Mức 8.000 đồng",
        "Khóa XXX",
        "Hỏi: ở đâu?",
        "a/b",
        "(xem trang 2)",
        "taxxi",
    ],
)
def test_ordinary_text_is_let_be(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    ["Một  hai", "Một , hai", "Một .", "Ở đâu ?", "Ở đâu ? Đây", "Một ; hai", "Một\u00a0\u00a0hai"],
)
def test_stray_spaces_are_found(text: str) -> None:
    assert said(text) == ["W004"]


@pytest.mark.parametrize(
    "text", ["Số xxx", "xxxx", "XXXX/QĐ", "TODO", "TBD.", "Lorem ipsum", "…", "...", "( … )", "???"]
)
def test_what_is_left_to_fill_in_is_found(text: str) -> None:
    assert said(text) == ["W005"]


def test_a_note_for_the_staff_may_be_as_it_is() -> None:
    assert (
        codes_after(
            {SECOND: (("sector: ho-tich", "note_internal: TODO  hỏi lại sở .\nsector: ho-tich"),)}
        )
        == []
    )


@pytest.mark.parametrize(("length", "codes"), [(70, []), (71, ["W001"])])
def test_seventy_characters_fit(length: int, codes: list[str]) -> None:
    name = ("Việc " * 20)[: length - 1] + "x"
    assert len(name) == length
    assert codes_after({SECOND: ((NAME, f"vi: {name}"),)}) == codes
    short = ("summary:", "short_name: {vi: Việc, en: Task}\nsummary:")
    assert codes_after({SECOND: ((NAME, f"vi: {name}"), short)}) == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("UBND", []),
        ("Cấp thẻ BHYT", []),
        ("CẤP THẺ BHYT", ["W003"]),
        ("thủ tục cấp thẻ", ["W002"]),
        ("Thủ tướng", []),
    ],
)
def test_names_that_shout_or_repeat_the_obvious(name: str, codes: list[str]) -> None:
    assert codes_after({SECOND: ((NAME, f"vi: {name}"),)}) == codes


def test_a_short_name_follows_the_same_rules() -> None:
    assert codes_after(
        {SECOND: (("summary:", "short_name: {vi: THỦ TỤC TRÍCH LỤC, en: Extract}\nsummary:"),)}
    ) == ["W002", "W003"]
