"""Templates print what Jinja would print, and ask for attributes by dots and keys by brackets."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from niemyet.web.jinja_compiler import PlainCode, written


def render(template: str, **values: Any) -> str:
    env = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    env.code_generator_class = PlainCode
    return env.from_string(template).render(**values)


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none()))
def test_what_is_written_is_what_escape_gives(value: Any) -> None:
    assert written(value) == escape(value)


def test_a_value_is_escaped_where_it_needs_it() -> None:
    assert (
        render("{{ p.name }}", p=SimpleNamespace(name="<b>A & 'B'</b>"))
        == "&lt;b&gt;A &amp; &#39;B&#39;&lt;/b&gt;"
    )
    assert render("{{ p.name }}", p=SimpleNamespace(name=Markup("<b>A</b>"))) == "<b>A</b>"


def test_a_dot_asks_for_an_attribute_and_brackets_for_a_key() -> None:
    assert (
        render(
            '{{ d["items"] }} {{ d.keys()|list|length }} {{ t[0] }}{{ t[1:]|join }}',
            d={"items": 7},
            t="xyz",
        )
        == "7 1 xyz"
    )
    with pytest.raises(AttributeError):
        render("{{ d.items_sold }}", d={"items_sold": 7})
    with pytest.raises(KeyError):
        render('{{ d["lost"] }}', d={})


def test_a_misspelled_name_raises() -> None:
    with pytest.raises(AttributeError):
        render("{{ nowhere.name }}")
    for template in (
        "{{ nowhere }}",
        "{{ nowhere|upper }}",
        "{% if nowhere %}x{% endif %}",
        "{{ p.name ~ nowhere }}",
    ):
        with pytest.raises(jinja2.UndefinedError):
            render(template, p=SimpleNamespace(name="A"))


def test_a_string_of_the_frame_is_known_before_its_data_are() -> None:
    env = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    env.code_generator_class = PlainCode
    env.globals["ui"] = SimpleNamespace(home="A & B")
    code = env.compile("<b>{{ ui.home }}</b>{{ p }}{{ ui.lost }}", raw=True)
    assert "<b>A &amp; B</b>" in code and ".lost" in code
    assert (
        env.from_string("<b>{{ ui.home }}</b>{% for x in ui.home %}{{ x }}{% endfor %}").render()
        == "<b>A &amp; B</b>A &amp; B"
    )
    with pytest.raises(AttributeError):
        env.from_string("{{ ui.lost }}").render()


def test_an_attribute_may_be_named_like_a_word_of_python() -> None:
    assert render("{{ a.from }}", a=SimpleNamespace(**{"from": "đây"})) == "đây"
