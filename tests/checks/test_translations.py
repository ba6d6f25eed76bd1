"""Which gaps in a language matter, and where."""

from __future__ import annotations

from bad_inputs import FIRST, NOTICE, OFFICE, SECOND, SETTINGS, codes_after, findings_after

STANDARD = "content/standards/nam-biet.yml"
UNTRANSLATED = "title: Năm biết\nitems:\n  - title: Biết việc\nsource: Mẫu\nverification: sample\n"


def test_a_file_that_is_not_translated_at_all_is_no_finding() -> None:
    assert codes_after({STANDARD: UNTRANSLATED}) == []


def test_a_file_translated_in_part_is_counted_at_its_first_gap() -> None:
    (finding,) = findings_after(
        {
            STANDARD: UNTRANSLATED.replace(
                "title: Năm biết", "title: {vi: Năm biết, en: Five to know}"
            )
        }
    )
    assert (finding.code, finding.position.line, dict(finding.values)) == (
        "T001",
        3,
        {"lang": "en", "missing": "2", "total": "3"},
    )


def test_other_names_are_part_of_a_procedure() -> None:
    assert codes_after(
        {FIRST: (("{vi: [giấy khai sinh], en: [birth certificate]}", "[giấy khai sinh]"),)}
    ) == ["T002"]
    assert codes_after({SECOND: (("{vi: [trích lục], en: [extract]}", "[trích lục]"),)}) == ["T001"]


def test_words_for_searching_may_differ_by_language() -> None:
    assert (
        codes_after(
            {
                SETTINGS: (
                    (
                        "popular_searches: {vi: [khai sinh], en: [birth]}",
                        "popular_searches: [khai sinh]",
                    ),
                )
            }
        )
        == []
    )


def test_what_is_on_every_page_is_needed_in_every_language() -> None:
    assert codes_after(
        {OFFICE: (("{vi: Phường Hoa Sen, en: Hoa Sen Ward}", "Phường Hoa Sen"),)}
    ) == ["T004"]


def test_a_site_in_one_language_has_no_gaps() -> None:
    changes = {
        SETTINGS: (("  - {id: en, name: English}\n", ""),),
        OFFICE: (("{vi: Phường Hoa Sen, en: Hoa Sen Ward}", "Phường Hoa Sen"),),
        FIRST: (
            ("name: {vi: Đăng ký khai sinh, en: Birth registration}", "name: Đăng ký khai sinh"),
        ),
    }
    assert not [code for code in codes_after(changes) if code.startswith("T")]


def test_nothing_is_said_about_languages_while_the_settings_are_broken() -> None:
    changes = {
        SETTINGS: (("site_url: https://motcua.hoasen.example/", "site_url: motcua"),),
        NOTICE: (("en: Cameras in this area", "fr: Caméras"),),
    }
    assert codes_after(changes) == ["S006"]


def test_interface_strings_are_not_compared_while_one_file_is_broken() -> None:
    assert codes_after({"site_config/i18n/en.yml": "home: [\n"}) == ["Y001"]
