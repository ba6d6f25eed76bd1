"""The strings a site needs are listed beside the program, so that a project with others gets a
finding instead of a broken build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from niemyet.model import ui_strings

PROJECT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((PROJECT / "site_config/i18n").glob("*.yml"))


def test_the_list_is_that_of_the_strings_that_come_with_the_program() -> None:
    expected = ui_strings.listed(yaml.safe_load(file.read_text("utf-8")) for file in SHIPPED)
    renew = (
        "python -m niemyet.model.ui_strings site_config/i18n/*.yml > new.yml && mv new.yml"
        " generator/niemyet/model/interface.yml"
    )
    assert ui_strings.FILE.read_text("utf-8") == expected, f"renew it: {renew}"
    assert len(ui_strings.blanks_by_string()) > 400


def test_every_string_the_program_names_is_in_the_list() -> None:
    """Names that are put together (`fee_` and a status) are tried by building; those written out
    are looked up here."""
    asked = ui_strings.blanks_by_string()
    templates = (PROJECT / "generator/niemyet/web/templates").glob("*.html")
    named = {
        name
        for file in templates
        for name in re.findall(r"\bui\.([a-z][a-z0-9_]*)", file.read_text("utf-8"))
    }
    modules = (PROJECT / "generator").rglob("*.py")
    named |= {
        name
        for file in modules
        for name in re.findall(r"\bui\(\"([a-z][a-z0-9_]*)\"", file.read_text("utf-8"))
    }
    assert len(named) > 200
    assert sorted(named - asked.keys()) == []


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
def test_a_blank_that_is_not_filled_is_strange(text: str, strange: list[str]) -> None:
    assert ui_strings.strange_blanks(text, {"n"}) == strange
