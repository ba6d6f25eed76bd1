"""When a name is missing, and when nothing may be said about it."""

from __future__ import annotations

import pytest
from bad_inputs import (
    FEES,
    FIRST,
    HOTLINES,
    LEGAL,
    NOTICE,
    OFFICE,
    SECOND,
    SETTINGS,
    VOCABULARY,
    base_texts,
    codes_after,
    findings_after,
)

from niemyet.checks import names


def test_a_name_that_an_unreadable_file_may_define_is_not_said_to_be_missing() -> None:
    changes = {
        LEGAL: "name: [",
        NOTICE: (("contact: duong-day-nong", "contact: duong-day-nong\nlegal: [bat-ky]"),),
    }
    assert codes_after(changes) == ["Y001"]


def test_a_name_that_a_faulty_file_defines_is_not_said_to_be_missing() -> None:
    assert codes_after({HOTLINES: (("role: hotline", "role: hotlin"),)}) == ["S005"]


def test_a_name_that_a_faulty_file_does_not_define_is_missing() -> None:
    changes = {
        HOTLINES: (("role: hotline", "role: hotlin"),),
        NOTICE: (("contact: duong-day-nong", "contact: khong-co"),),
    }
    assert codes_after(changes) == ["S005", "R001"]


def test_a_broken_office_file_gives_one_finding() -> None:
    assert codes_after({OFFICE: (("sample: true", "sample: có"),)}) == ["S003"]


@pytest.mark.parametrize("path", [OFFICE, SETTINGS, VOCABULARY, "site_config/calendar.yml"])
def test_a_missing_office_file_gives_no_findings_about_what_stands_in_for_it(path: str) -> None:
    found = findings_after({path: None})
    assert {f.code for f in found} <= {
        "R001"
    }  # the loader, not used here, says that the file is missing
    assert not [f for f in found if f.position.path == path]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("1.001139", "1.001193"),
        ("1.001183", "1.001193"),
        ("2.000636", "2.000635"),
        ("1.001120", ""),
        ("9.999999", ""),
    ],
)
def test_a_code_is_suggested_when_one_digit_is_wrong_or_two_are_swapped(
    written: str, near: str
) -> None:
    (finding,) = findings_after({FIRST: (('related: ["2.000635"]', f'related: ["{written}"]'),)})
    assert (finding.code, finding.values["near"]) == ("R001", near)


def test_an_old_suffix_does_not_hide_the_procedure() -> None:
    assert (
        codes_after({FIRST: (('related: ["2.000635"]', 'related: ["2.000635.000.00.00.H40"]'),)})
        == []
    )


def test_near_names_are_looked_for_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def closest(name: str, known: object) -> list[str]:
        asked.append(name)
        return []

    monkeypatch.setattr(names, "closest", closest)
    wrong = ", ".join(f"khong-co-{i}" for i in range(400))
    found = findings_after({FIRST: (("legal: [luat-60-2014-qh13]", f"legal: [{wrong}]"),)})
    assert [f.code for f in found].count("R001") == 400
    assert len(asked) == names.MOST_SUGGESTIONS


def test_the_same_wrong_name_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def closest(name: str, known: object) -> list[str]:
        asked.append(name)
        return []

    monkeypatch.setattr(names, "closest", closest)
    wrong = (("legal: [luat-60-2014-qh13]", "legal: [khong-co]"),)
    assert [f.code for f in findings_after({FIRST: wrong, SECOND: wrong})] == ["R001", "R001"]
    assert asked == ["khong-co"]


def test_a_case_named_by_a_row_that_is_no_longer_in_force_must_exist_too() -> None:
    row = (
        "  - channel: post\n    cases: [khong-co]\n    limit: {kind: hours, value: 4}\n   "
        ' effective_to: "2020-01-01"\npapers:'
    )
    assert codes_after({FIRST: (("papers:", row),)}) == ["R001"]


@pytest.mark.parametrize(
    ("path", "name"),
    [(FEES, "ban-sao-trich-luc"), (HOTLINES, "giam-doc"), (LEGAL, "tt-281-2016-tt-btc")],
)
def test_an_id_given_twice_says_where_it_was_first(path: str, name: str) -> None:
    copy = path.replace(".yml", "-2.yml")
    found = findings_after({copy: _one_entry(path, name)})
    (finding,) = [f for f in found if f.code == "R002"]
    assert finding.values["id"] == name
    assert (
        finding.values["first"].rsplit(":", 1)[0] in (path, copy)
        and finding.values["first"].rsplit(":", 1)[0] != finding.position.path
    )


def _one_entry(path: str, name: str) -> str:
    text = base_texts()[path]
    head = text[: text.index("  - id:")]
    entry = next(part for part in text.split("  - id: ")[1:] if part.startswith(f"{name}\n"))
    return f"{head}  - id: {entry}"


def test_a_form_may_use_one_id_in_its_scales_and_its_questions() -> None:
    changes = {"content/forms/khao-sat.yml": (("- id: thai-do", "- id: hai-long"),)}
    assert codes_after(changes) == []


def test_two_languages_with_one_id_are_a_finding() -> None:
    assert "R011" in codes_after(
        {SETTINGS: (("{id: en, name: English}", "{id: vi, name: English}"),)}
    )
