"""How a procedure is known and found."""

from __future__ import annotations

import pytest
from bad_inputs import FIRST, NOTICE, SECOND, SETTINGS, VOCABULARY, base_texts, codes_after

NO_ALIASES = ("aliases: {vi: [trích lục], en: [extract]}\n", "")


def test_a_life_event_is_enough_to_find_a_procedure() -> None:
    assert codes_after({SECOND: (NO_ALIASES,)}) == []


def test_without_its_life_event_it_cannot_be_found() -> None:
    assert codes_after({SECOND: (NO_ALIASES,), VOCABULARY: ((', "2.000635"]', "]"),)}) == ["R006"]


def test_being_among_the_most_used_is_enough_to_find_a_procedure() -> None:
    changes = {
        SECOND: (NO_ALIASES,),
        VOCABULARY: ((', "2.000635"]', "]"),),
        SETTINGS: (('["1.001193"]', '["2.000635"]'),),
    }
    assert "R006" not in codes_after(changes)


def test_nobody_has_to_find_a_draft() -> None:
    changes = {
        SECOND: (NO_ALIASES, ("status: active", "status: draft")),
        VOCABULARY: ((', "2.000635"]', "]"),),
    }
    assert "R006" not in codes_after(changes)


def test_nothing_is_said_to_be_unreachable_while_the_vocabulary_is_broken() -> None:
    assert codes_after(
        {SECOND: (NO_ALIASES,), VOCABULARY: (("icon: stamper", "icon: STAMPER"),)}
    ) == ["S006"]


def test_the_default_language_alone_is_no_unlisted_language() -> None:
    changes = {SETTINGS: (("  - {id: en, name: English}\n", ""),)}
    assert set(codes_after(changes)) == {
        "R007"
    }  # the English texts are no longer of a listed language


def test_a_language_not_listed_is_said_once_for_each_file() -> None:
    changes = {
        NOTICE: (
            ("en: Cameras in this area", "fr: Caméras"),
            ("en: Pictures are kept for 30 days.", "fr: Images"),
        )
    }
    assert codes_after(changes).count("R007") == 1


def test_other_names_in_a_language_not_listed_are_a_finding() -> None:
    assert "R007" in codes_after({SECOND: (("en: [extract]", "en: [extract], fr: [extrait]"),)})


@pytest.mark.parametrize("name", ["dang-ky-2", "a", "1-2-3"])
def test_a_slug_is_lower_case_ascii_with_single_hyphens(name: str) -> None:
    assert codes_after({f"content/notices/{name}.yml": base_texts()[NOTICE]}) == []


@pytest.mark.parametrize("name", ["Dang-ky", "dang_ky", "-dang", "dang--ky", "đăng-ký", "dang ky"])
def test_any_other_file_name_is_a_finding(name: str) -> None:
    assert codes_after({f"content/notices/{name}.yml": base_texts()[NOTICE]}) == ["R008"]


def test_two_procedures_of_one_folder_cannot_share_an_address_so_only_folders_matter() -> None:
    twin = (
        base_texts()[FIRST]
        .replace("1.001193", "1.001194")
        .replace("sector: ho-tich", "sector: chung-thuc")
    )
    assert codes_after({"procedures/chung-thuc/dang-ky-khai-sinh-2.yml": twin}) == []
    assert codes_after({"procedures/chung-thuc/dang-ky-khai-sinh.yml": twin}) == ["R009"]
