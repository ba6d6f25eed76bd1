"""Where an amount is right, and where one step further it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from bad_inputs import FEES, FIRST, codes_after

FIXED = "status: fixed\n        amount_vnd: 8000\n"


def amount(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    return {FEES: ((FIXED, text.replace("\n", "\n        ").rstrip() + "\n"),)}


@pytest.mark.parametrize("status", ["free", "by_province", "not_stated"])
def test_an_amount_that_cannot_be_named_has_none(status: str) -> None:
    assert codes_after(amount(f"status: {status}")) == []
    assert codes_after(amount(f"status: {status}\namount_vnd: 8000")) == ["F002"]
    assert codes_after(amount(f"status: {status}\ncap_vnd: 8000")) == ["F002"]
    assert codes_after(amount(f"status: {status}\ntiers: [{{first: 1, amount_vnd: 2000}}]")) == [
        "F002"
    ]


def test_tiers_that_join_up_are_right() -> None:
    tiers = (
        "status: tiered\ncap_vnd: 200000\ntiers:\n  - {first: 1, last: 2, amount_vnd: 2000}\n  -"
        " {first: 3, amount_vnd: 1000}"
    )
    assert codes_after(amount(tiers)) == []


@pytest.mark.parametrize("first", [1, 2, 4])
def test_a_tier_begins_right_after_the_one_before(first: int) -> None:
    tiers = (
        "status: tiered\ntiers:\n  - {first: 1, last: 2, amount_vnd: 2000}\n  - {first:"
        f" {first}, amount_vnd: 1000}}"
    )
    assert codes_after(amount(tiers)) == ["F003"]


def test_the_first_tier_begins_at_one() -> None:
    assert codes_after(amount("status: tiered\ntiers: [{first: 2, amount_vnd: 2000}]")) == ["F003"]


def test_tiered_without_tiers_is_a_contradiction() -> None:
    assert codes_after(amount("status: tiered")) == ["F002"]


def test_a_cap_as_high_as_the_amount_is_right() -> None:
    assert codes_after(amount("status: fixed\namount_vnd: 8000\ncap_vnd: 8000")) == []
    assert codes_after(amount("status: fixed\namount_vnd: 8000\ncap_vnd: 7999")) == ["F002"]


def test_what_the_source_does_not_state_needs_no_law() -> None:
    law = "        legal: [tt-281-2016-tt-btc]\n"
    online = "        by_channel:\n          - {channel: online, status: fixed, amount_vnd: 4000}\n"
    assert codes_after({FEES: ((FIXED, "status: not_stated\n"), (online + law, ""))}) == []
    assert codes_after({FEES: ((law, ""),)}) == ["F001"]


@pytest.mark.parametrize(("days", "codes"), [(0, []), (1, ["F010"]), (60, ["F010"]), (61, [])])
def test_a_change_is_announced_for_sixty_days(days: int, codes: list[str]) -> None:
    day = dt.date(2026, 11, 24) + dt.timedelta(days=days)
    change = f'      - from: "{day}"\n        status: not_stated\n    verification: sample\n'
    changes = {
        FEES: (
            (
                "        legal: [tt-281-2016-tt-btc]\n    verification: sample\n",
                f"        legal: [tt-281-2016-tt-btc]\n{change}",
            ),
        )
    }
    assert codes_after(changes) == codes


def test_an_observed_first_value_holds_before_its_date() -> None:
    future = ('from: "2017-01-01"', 'from: "2030-01-01"')
    assert codes_after({FEES: (future,)}) == ["F004"]
    assert (
        codes_after({FEES: (future, ("status: fixed", "from_is: observed\n        status: fixed"))})
        == []
    )


def test_the_value_in_force_is_chosen_on_the_day_asked_for() -> None:
    assert codes_after({}, on=dt.date(2016, 6, 1)) == ["F004"]


def test_a_fee_of_a_draft_is_used() -> None:
    changes = {FIRST: (("status: active", "status: draft"),)}
    assert "F006" not in codes_after(changes)


def test_a_fee_is_shown_where_its_channel_and_its_case_meet() -> None:
    assert (
        codes_after(
            {
                FIRST: (
                    ("    cases: [dung-han]\n", "    cases: [dung-han]\n    channels: [online]\n"),
                )
            }
        )
        == []
    )
    only_counter = (
        "  - channel: online\n    limit:",
        "  - channel: online\n    cases: [qua-han]\n    limit:",
    )
    assert codes_after(
        {
            FIRST: (
                only_counter,
                ("    cases: [dung-han]\n", "    cases: [dung-han]\n    channels: [online]\n"),
            )
        }
    ) == ["F009"]
