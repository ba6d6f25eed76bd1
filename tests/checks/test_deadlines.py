"""Time limits, calendars and reviews at their borders."""

from __future__ import annotations

import datetime as dt

import pytest
from bad_inputs import CALENDAR, FIRST, SECOND, SETTINGS, codes_after

ONLINE = '  - channel: online\n    limit: {kind: same_day, cutoff: "15:00"}\n'


def test_a_difference_that_is_explained_is_no_finding() -> None:
    different = "  - channel: online\n    limit: {kind: working_days, value: 2}\n"
    assert codes_after({FIRST: ((ONLINE, different),)}) == ["D002"]
    assert (
        codes_after(
            {
                FIRST: (
                    (
                        ONLINE,
                        different
                        + "    why_different: {vi: Nguồn ghi vậy., en: So says the source.}\n",
                    ),
                )
            }
        )
        == []
    )


def test_the_row_that_differs_or_the_first_may_explain() -> None:
    different = (
        "    why_different: {vi: Nguồn ghi vậy., en: So says the source.}\n  - channel: online\n   "
        " limit: {kind: working_days, value: 2}\n"
    )
    assert codes_after({FIRST: ((ONLINE, different),)}) == []


def test_a_cut_off_of_its_own_is_no_difference() -> None:
    assert codes_after({FIRST: ((ONLINE, ONLINE.replace("15:00", "16:00")),)}) == []


def test_limits_of_different_cases_may_differ() -> None:
    rows = (
        "  - channel: counter\n    cases: [dung-han]\n    limit: {kind: same_day, cutoff:"
        ' "15:00"}\n  - channel: counter\n    cases: [qua-han]\n    limit: {kind: working_days,'
        " value: 5}\n"
    )
    counter = '  - channel: counter\n    limit: {kind: same_day, cutoff: "15:00"}\n'
    assert codes_after({FIRST: ((counter + ONLINE, rows),)}) == []


def test_a_row_for_all_cases_and_a_row_for_one_meet() -> None:
    extra = (
        '  - channel: counter\n    cases: [qua-han]\n    limit: {kind: same_day, cutoff: "15:00"}\n'
    )
    assert codes_after({FIRST: ((ONLINE, ONLINE + extra),)}) == ["D011"]


def test_a_row_that_has_ended_and_one_that_has_not_begun_do_not_meet_the_present_one() -> None:
    extra = (
        '  - channel: counter\n    limit: {kind: hours, value: 4}\n    effective_to: "2026-11-23"\n'
        "  - channel: counter\n    limit: {kind: hours, value: 6}\n    effective_from:"
        ' "2026-11-25"\n'
    )
    assert codes_after({FIRST: ((ONLINE, ONLINE + extra),)}) == []


def test_a_repealed_procedure_needs_no_channel_in_force() -> None:
    ended = (
        "{kind: working_days, value: 1}",
        '{kind: working_days, value: 1}\n    effective_to: "2020-01-01"',
    )
    assert codes_after({SECOND: (ended,)}) == ["D009"]
    assert "D009" not in codes_after({SECOND: (ended, ("status: active", "status: repealed"))})


def test_a_procedure_that_has_not_begun_may_have_its_rows_begin_with_it() -> None:
    row = (
        "{kind: working_days, value: 1}",
        '{kind: working_days, value: 1}\n    effective_from: "2027-01-01"',
    )
    codes = codes_after(
        {SECOND: (row, ("status: active", 'status: active\neffective_from: "2027-01-01"'))}
    )
    assert "D009" not in codes


@pytest.mark.parametrize(("end", "codes"), [("2016-01-01", []), ("2015-12-31", ["D008"])])
def test_a_day_is_a_whole_period(end: str, codes: list[str]) -> None:
    changes = {
        FIRST: (
            (
                'effective_from: "2016-01-01"',
                f'effective_from: "2016-01-01"\neffective_to: "{end}"',
            ),
            ("status: active", "status: repealed"),
        )
    }
    assert [code for code in codes_after(changes) if code == "D008"] == codes


@pytest.mark.parametrize(
    ("limit", "codes"),
    [
        ("{kind: range, minimum: 1, maximum: 1, unit: hours}", []),
        ("{kind: range, minimum: 2, maximum: 1, unit: hours}", ["D006"]),
        ('{kind: working_days, value: "7.5"}', []),
        ("{kind: not_specified}", []),
        ("{kind: not_specified, value: 3}", ["D003"]),
        ("{kind: text, text: {vi: Theo lịch, en: By appointment}}", []),
        ('{kind: hours, value: 4, cutoff: "15:00"}', ["D003"]),
        ("{kind: hours, value: 4, text: {vi: Bốn, en: Four}}", ["D003"]),
    ],
)
def test_a_limit_has_what_its_kind_needs_and_no_more(limit: str, codes: list[str]) -> None:
    assert codes_after({SECOND: (("{kind: working_days, value: 1}", limit),)}) == codes


@pytest.mark.parametrize(
    ("until", "months", "codes"),
    [("2027-02-24", 3, []), ("2027-02-23", 3, ["D005"]), ("2026-12-24", 1, [])],
)
def test_the_calendar_reaches_as_many_months_ahead_as_the_settings_ask(
    until: str, months: int, codes: list[str]
) -> None:
    ahead = (("calendar_months_ahead: 3", f"calendar_months_ahead: {months}"),)
    assert (
        codes_after(
            {CALENDAR: (('known_until: "2027-12-31"', f'known_until: "{until}"'),), SETTINGS: ahead}
        )
        == codes
    )


def test_months_ahead_of_a_long_month_end_with_the_short_one() -> None:
    changes = {CALENDAR: (('known_until: "2027-12-31"', 'known_until: "2027-02-28"'),)}
    assert "D005" not in codes_after(changes, today=dt.date(2026, 11, 30))


@pytest.mark.parametrize(
    ("day", "codes"), [("2027-01-08", ["D010"]), ("2027-01-09", []), ("2027-01-10", [])]
)
def test_a_make_up_day_is_a_saturday_or_sunday(day: str, codes: list[str]) -> None:
    assert codes_after({CALENDAR: (('"2027-01-09"', f'"{day}"'),)}) == codes


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        ("2026-11-24", []),
        ("2027-05-24", []),
        ("2027-05-25", ["D004", "D004"]),
        ("2026-11-23", ["D012", "D012"]),
    ],
)
def test_a_review_is_due_on_its_day_and_overdue_after_it(today: str, codes: list[str]) -> None:
    found = codes_after({}, today=dt.date.fromisoformat(today))
    assert [code for code in found if code in ("D004", "D012")] == codes


def test_the_review_of_a_repealed_procedure_is_not_overdue() -> None:
    changes = {
        SECOND: (
            ('review_by: "2027-05-24"', 'review_by: "2026-11-24"'),
            ("status: active", "status: repealed"),
        )
    }
    assert "D004" not in codes_after(changes, today=dt.date(2026, 11, 25))
