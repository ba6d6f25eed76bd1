"""Hours that touch, rules that are kept, contacts that may be elsewhere."""

from __future__ import annotations

import pytest
from bad_inputs import HOTLINES, OFFICE, codes_after


def test_hours_that_touch_do_not_overlap() -> None:
    assert (
        codes_after({OFFICE: (('start: "13:30", end: "17:00"', 'start: "11:30", end: "17:00"'),)})
        == []
    )


def test_hours_of_different_days_do_not_overlap() -> None:
    changes = {
        OFFICE: (
            (
                '[mon, tue, wed, thu, fri], start: "13:30", end: "17:00"',
                '[sat, sun], start: "07:30", end: "17:00"',
            ),
        )
    }
    assert codes_after(changes) == []


def test_an_overlap_on_five_days_is_said_once() -> None:
    assert codes_after(
        {OFFICE: (('start: "13:30", end: "17:00"', 'start: "08:00", end: "09:00"'),)}
    ) == ["H002"]


def test_a_counter_may_be_open_when_the_office_is_closed() -> None:
    assert (
        codes_after(
            {
                OFFICE: (
                    (
                        '{days: [mon], start: "07:30", end: "11:30"}',
                        '{days: [sun], start: "18:00", end: "20:00"}',
                    ),
                )
            }
        )
        == []
    )


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [("07:30", "11:30", []), ("07:29", "08:00", ["H004"]), ("11:00", "11:31", ["H004"])],
)
def test_a_meeting_may_fill_the_hours_kept_for_it(start: str, end: str, codes: list[str]) -> None:
    meeting = ('start: "07:30"\n    end: "08:15"', f'start: "{start}"\n    end: "{end}"')
    assert codes_after({OFFICE: (meeting,)}) == codes


def test_without_a_rule_a_meeting_may_be_at_any_time() -> None:
    rule = (
        "meeting_rule:\n  text: {vi: Họp buổi sáng., en: Meetings are in the morning.}\n  start:"
        ' "07:30"\n  end: "11:30"\n'
    )
    meeting = ('start: "07:30"\n    end: "08:15"', 'start: "14:00"\n    end: "15:00"')
    assert codes_after({OFFICE: ((rule, ""), meeting)}) == []


def test_the_rule_itself_runs_forwards() -> None:
    rule = ('start: "07:30"\n  end: "11:30"', 'start: "11:30"\n  end: "07:30"')
    assert "H003" in codes_after({OFFICE: (rule,)})


def test_a_contact_may_be_in_a_hotline_file_that_is_broken() -> None:
    changes = {
        HOTLINES: (
            ("role: regulation_feedback", "role: guidance"),
            ("role: leader", "role: guidance"),
        ),
        "content/hotlines/khac.yml": "name: [",
    }
    assert codes_after(changes) == ["Y001"]


def test_a_wrong_number_is_not_also_a_missing_one() -> None:
    assert codes_after({HOTLINES: (('"0200 3 000 101"', '"0200 3"'),)}) == ["H001"]


@pytest.mark.parametrize(
    "contact",
    [
        "email: a@hoasen.example",
        "url: https://hoasen.example",
        "address: {vi: Phòng 1, en: Room 1}",
    ],
)
def test_one_way_to_be_reached_is_enough(contact: str) -> None:
    assert codes_after({HOTLINES: (('phone: "0200 3 000 103"', contact),)}) == []
