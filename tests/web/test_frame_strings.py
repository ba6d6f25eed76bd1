"""Templates only print, and every string of the frame is there in every language and used."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import nodes

from niemyet.source.overrides import THEME
from niemyet.source.schema import schema
from niemyet.source.ui_strings import shipped
from niemyet.values.dates import WEEKDAYS
from niemyet.values.limit_words import LIMIT_WORDS
from niemyet.view.pages import PAGES, name_of
from niemyet.web.print_room import DOWNLOADS, KINDS

PROJECT = Path(__file__).resolve().parents[2]
GENERATOR = PROJECT / "generator" / "niemyet"


def modules() -> list[Path]:
    return sorted(GENERATOR.rglob("*.py"))


ALLOWED = (
    nodes.Output,
    nodes.For,
    nodes.If,
    nodes.Assign,
    nodes.Macro,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
)
FINISHED_HTML = {"prose.html"}
"""Markdown has been turned into HTML before it comes to this template."""


def templates() -> list[Path]:
    return [
        *sorted((GENERATOR / "web" / "templates").rglob("*.html")),
        *sorted(THEME.rglob("*.html")),
    ]


def parsed(path: Path) -> nodes.Template:
    return jinja2.Environment().parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(PROJECT)))
def test_a_template_only_loops_and_prints(path: Path) -> None:
    template = parsed(path)
    strange = {
        type(node).__name__
        for node in template.find_all(nodes.Stmt)
        if not isinstance(node, ALLOWED)
    }
    assert not strange
    safe = [node for node in template.find_all(nodes.Filter) if node.name == "safe"]
    assert not safe or path.name in FINISHED_HTML, "only finished HTML may be printed as it is"


# Strings of the frame

# The strings whose names are made of a value, and where a schema lists the values: a new value
# needs a new string.
MADE_OF = {
    "channel_": ("common", "channel"),
    "short_": ("common", "channel"),
    "day_": ("common", "day"),
    "verification_": ("common", "verification"),
    "fee_": ("fees", "status"),
    "kind_": ("fees", "kind"),
    "law_": ("legal", "kind"),
    "law_status_": ("legal", "status"),
    "nature_": ("procedure", "nature"),
    "online_": ("procedure", "online_level"),
    "form_at_": ("official_forms", "available"),
    "handling_": ("handling", "group"),
}


def strings(lang: str) -> Mapping[str, str]:
    return shipped()[lang]


def languages() -> list[str]:
    return sorted(shipped())


def listed(kind: str, key: str) -> set[str]:
    """The values a schema allows for a key, wherever the key stands."""
    values: set[str] = set()

    def walk(node: Any, name: str) -> None:
        if isinstance(node, list):
            for part in node:
                walk(part, name)
        elif isinstance(node, dict):
            if name == key and "enum" in node:
                values.update(node["enum"])
            for child, part in node.items():
                walk(part, name if child == "items" else child)

    if kind == "common":
        walk(schema("office")["$defs"], "")
    else:
        own = schema(kind)
        walk({part: own[part] for part in own if part != "$defs"}, "")
    return values


class Asked:
    """The strings that templates and code ask for: by name, by a pattern with a gap, and the words
    that may fill gaps."""

    def __init__(self) -> None:
        self.known = set(strings("vi"))
        self.names: dict[str, str] = {}
        self.patterns: dict[str, str] = {}
        self.fillers: set[str] = {name_of(page).replace("-", "_") for page in PAGES._fields}
        self.fillers |= {*PAGES._fields}
        for path in templates():
            self._template(path)
        for path in (GENERATOR / "paper" / "templates").glob("*.typ"):
            self._sheet(path)
        for path in modules():
            self._module(path)
        self.fillers |= {*KINDS, *DOWNLOADS}
        for prefix, (kind, key) in MADE_OF.items():
            self.fillers |= listed(kind, key)
            assert f"{prefix}{{}}" in self.patterns, f"nothing asks for {prefix}… any more"
        self.names.update(dict.fromkeys(LIMIT_WORDS["vi"], "limit_words.py"))

    def _template(self, path: Path) -> None:
        template = parsed(path)
        constants = {
            node.value for node in template.find_all(nodes.Const) if isinstance(node.value, str)
        }
        for node in template.find_all((nodes.Getattr, nodes.Getitem)):
            owner = node.node
            if not (isinstance(owner, nodes.Name) and owner.name == "ui") and not (
                isinstance(owner, nodes.Getattr) and owner.attr == "ui"
            ):
                continue
            if isinstance(node, nodes.Getattr):
                self.names[node.attr] = path.name
            elif isinstance(node.arg, nodes.Const):
                self.names[node.arg.value] = path.name
            elif isinstance(node.arg, nodes.Concat):
                pattern = "".join(
                    part.value if isinstance(part, nodes.Const) else "{}" for part in node.arg.nodes
                )
                self.patterns[pattern] = path.name
            else:  # a loop over names
                self.names.update(
                    dict.fromkeys(
                        (c for c in constants if re.fullmatch(r"[a-z]+_[0-9]+", c)), path.name
                    )
                )

    def _sheet(self, path: Path) -> None:
        self.names.update(
            dict.fromkeys(
                re.findall(r"\bdata\.t\.([a-z0-9_]+)", path.read_text("utf-8")), path.name
            )
        )

    def _module(self, path: Path) -> None:
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "ui"
            ):
                argument: ast.expr = node.args[0]
            elif (
                isinstance(node, ast.Subscript)
                and isinstance(node.value, ast.Name)
                and node.value.id == "ui"
            ):
                argument = node.slice
            elif isinstance(node, ast.Call) and any(
                keyword.arg == "labels" for keyword in node.keywords
            ):  # a sheet's frame
                self.names.update(dict.fromkeys(constants & self.known, path.name))
                continue
            else:
                continue
            if isinstance(argument, ast.Constant):
                self.names[str(argument.value)] = path.name
            elif isinstance(argument, ast.JoinedStr):
                pattern = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in argument.values
                )
                self.patterns[pattern] = path.name
                self.fillers |= {c.replace("-", "_") for c in constants}
            else:  # the name is chosen among words of the module
                self.names.update(dict.fromkeys(constants & self.known, path.name))

    def is_asked(self, name: str) -> bool:
        patterns = (
            re.fullmatch(re.escape(p).replace(r"\{\}", "(.+)"), name) for p in self.patterns
        )
        return name in self.names or any(found and found[1] in self.fillers for found in patterns)


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked()


@pytest.mark.parametrize("lang", languages())
def test_every_string_that_is_asked_for_is_there(asked: Asked, lang: str) -> None:
    there = strings(lang)
    missing = {f"{name} ({place})" for name, place in asked.names.items() if name not in there}
    for prefix, (kind, key) in MADE_OF.items():
        values = listed(kind, key)
        assert len(values) > 1, f"{kind}.json lists nothing for {key}"
        missing |= {
            f"{prefix}{value} ({kind}.json)" for value in values if f"{prefix}{value}" not in there
        }
    assert not missing


@pytest.mark.parametrize("lang", sorted(LIMIT_WORDS))
def test_messages_and_pages_say_limits_in_the_same_words(lang: str) -> None:
    assert {key: strings(lang)[key] for key in LIMIT_WORDS[lang]} == LIMIT_WORDS[lang]


@pytest.mark.parametrize("lang", sorted(WEEKDAYS))
def test_messages_and_pages_call_the_days_alike(lang: str) -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert tuple(strings(lang)[f"day_{day}"] for day in days) == WEEKDAYS[lang]


@pytest.mark.parametrize("lang", languages())
def test_no_string_lies_unused(asked: Asked, lang: str) -> None:
    assert {name for name in strings(lang) if not asked.is_asked(name)} == set()


def test_a_string_has_the_same_gaps_in_every_language() -> None:
    def gaps(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    first, *others = (strings(lang) for lang in languages())
    assert others
    for other in others:
        assert first.keys() == other.keys()
        assert {key for key in first if gaps(first[key]) != gaps(other[key])} == set()
