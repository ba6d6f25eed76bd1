"""Time limits in a record: a number with a unit, or words; a number that lost its unit is not guessed."""

from __future__ import annotations

from typing import Any

import pytest

from generator.importers.limits import read_limit


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


@pytest.mark.parametrize("written", ["7.25 WORKING_DAY", "5 tuần", "Theo lịch hẹn", "0 WORKING_DAY", "9999 ngày"])
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
