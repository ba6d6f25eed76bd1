"""What is in force today, and what rests on it."""

from __future__ import annotations

import datetime as dt

import pytest
from bad_inputs import FEES, FIRST, LEGAL, NOTICE, SECOND, base_texts, codes_after

REPEALED = "nd-158-2005-nd-cp"
FEE_LAW = "        legal: [tt-281-2016-tt-btc]\n"


@pytest.mark.parametrize(("end", "codes"), [("2026-11-24", []), ("2026-11-23", ["L001"])])
def test_the_last_day_still_counts(end: str, codes: list[str]) -> None:
    changes = {SECOND: (("status: active", f'status: active\neffective_to: "{end}"'),)}
    assert codes_after(changes) == codes


@pytest.mark.parametrize(("start", "codes"), [("2026-11-24", []), ("2026-11-25", ["L002"])])
def test_the_first_day_counts(start: str, codes: list[str]) -> None:
    assert (
        codes_after({SECOND: (("status: active", f'status: active\neffective_from: "{start}"'),)})
        == codes
    )


def test_a_past_amount_may_rest_on_past_law() -> None:
    past = (
        f'      - from: "2010-01-01"\n        status: not_stated\n        legal: [{REPEALED}]\n    '
        '  - from: "2017-01-01"\n'
    )
    assert codes_after({FEES: (('      - from: "2017-01-01"\n', past),)}) == []


def test_the_present_amount_may_not() -> None:
    assert codes_after({FEES: ((FEE_LAW, f"        legal: [{REPEALED}]\n"),)}) == ["L003"]


def test_an_amount_to_come_may_rest_on_law_to_come() -> None:
    future_law = (
        "  - id: luat-moi\n    number: 1/2027/QH16\n    kind: law\n    title: {vi: Luật mới, en:"
        ' New law}\n    effective_from: "2027-06-01"\n    status: future\n    verification:'
        " sample\n  - id: tt-281-2016-tt-btc\n"
    )
    coming = (
        f'{FEE_LAW}      - from: "2027-06-01"\n        status: not_stated\n        legal:'
        " [luat-moi]\n"
    )
    early = coming.replace("2027-06-01", "2027-05-31")
    added = (("  - id: tt-281-2016-tt-btc\n", future_law),)
    assert codes_after({LEGAL: added, FEES: ((FEE_LAW, coming),)}) == []
    assert codes_after({LEGAL: added, FEES: ((FEE_LAW, early),)}) == ["L004"]


def test_a_repealed_document_that_nothing_uses_may_stay_in_the_bookcase() -> None:
    assert codes_after({}) == []


@pytest.mark.parametrize("path", [NOTICE, "content/steps/nop-ho-so.yml"])
def test_every_kind_of_content_is_asked_for_its_basis(path: str) -> None:
    assert codes_after({path: f"{base_texts()[path]}legal: [{REPEALED}]\n"}) == ["L003"]


def test_a_repealed_procedure_may_rest_on_repealed_law() -> None:
    changes = {
        SECOND: (("status: active", "status: repealed"), ("[luat-60-2014-qh13]", f"[{REPEALED}]"))
    }
    assert "L003" not in codes_after(changes)


def test_a_draft_is_not_offered_yet_but_may_be_unfinished() -> None:
    changes = {
        SECOND: (
            ("status: active", "status: draft"),
            ("legal: [luat-60-2014-qh13]", "legal: []"),
            ("steps:\n  - step: nop-ho-so\n", ""),
        )
    }
    assert codes_after(changes) == ["L006", "L006"]


def test_a_repealed_procedure_may_point_at_another() -> None:
    changes = {
        FIRST: (("status: active", "status: repealed"),),
        SECOND: (("status: active", "status: repealed"),),
    }
    assert all(code == "L006" for code in codes_after(changes))
    assert len(codes_after(changes)) == 3  # most used, and two in the life event


@pytest.mark.parametrize(("days", "codes"), [(0, ["L007"]), (180, ["L007"]), (181, [])])
def test_the_end_of_a_law_in_use_is_mentioned_half_a_year_ahead(
    days: int, codes: list[str]
) -> None:
    end = dt.date(2026, 11, 24) + dt.timedelta(days=days)
    law = (
        (
            'effective_from: "2016-01-01"',
            f'effective_from: "2016-01-01"\n    effective_to: "{end}"',
        ),
    )
    assert codes_after({LEGAL: law}) == codes
