"""The strings of the frame come with the program; a project says single ones in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_inputs import BASE, TODAY, copy_base, findings_after, place_of

from niemyet.publish.project import load_project
from niemyet.source import ui_strings
from niemyet.source.canonical_form import format_source
from niemyet.source.loader import parse_source
from niemyet.view.words import Words

OWN = "site_config/i18n/vi.yml"


def test_a_project_without_strings_has_those_of_the_program() -> None:
    assert not (BASE / "site_config/i18n").exists()
    catalogue = load_project(BASE, TODAY).catalogue
    assert {lang: catalogue.strings[lang] for lang in ("vi", "en")} == ui_strings.shipped()


def test_a_project_overrides_a_single_string(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "project")
    (root / "site_config/i18n").mkdir()
    (root / OWN).write_text("home: Về đầu trang\n", "utf-8")
    catalogue = load_project(root, TODAY).catalogue
    assert Words(catalogue, "vi").ui("home") == "Về đầu trang"
    assert Words(catalogue, "en").ui("home") == ui_strings.shipped()["en"]["home"]
    assert Words(catalogue, "vi").ui("fees") == ui_strings.shipped()["vi"]["fees"]


def test_a_string_the_program_does_not_know_is_named_with_the_nearest() -> None:
    (finding,) = findings_after({OWN: "home: Đầu trang\ncontakt: Liên hệ\n"})
    assert (finding.code, place_of(finding)) == ("T003", f"{OWN}:2:1")
    assert finding.message("vi") == (
        "Chương trình không có chữ “contakt”, gần nhất là “contact” (vi)."
    )


def test_an_override_may_leave_a_placeholder_out_but_bring_no_other() -> None:
    assert findings_after({OWN: "due_on: Sắp có kết quả\n"}) == []
    (finding,) = findings_after({OWN: "due_on: 'Có kết quả: {ngay}'\n"})
    assert finding.code == "T005" and "“ngay”" in finding.message("en")
    assert "day" in finding.message("en")


@pytest.mark.parametrize("lang", sorted(ui_strings.shipped()))
def test_the_strings_of_the_program_are_in_the_one_form(lang: str) -> None:
    text = (ui_strings.FOLDER / f"{lang}.yml").read_text("utf-8")
    source, findings = parse_source(f"site_config/i18n/{lang}.yml", "strings", text)
    assert source is not None and findings == []
    assert format_source(source) == text


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Còn {n} ngày", []),
        ("Còn {so} ngày", ["so"]),
        ("{{n}} là dấu ngoặc", []),
        ("{n.__class__}", ["n.__class__"]),
        ("{n!r}", ["n!r"]),
        ("{n:>99}", ["n:>99"]),
        ("{}", ["…"]),
        ("còn {", ["…"]),
        ("còn }", ["…"]),
    ],
)
def test_a_placeholder_that_is_not_filled_is_unknown(text: str, strange: list[str]) -> None:
    assert ui_strings.unknown_placeholders(text, {"n"}) == strange
