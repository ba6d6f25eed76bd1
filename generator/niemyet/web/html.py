"""One Jinja environment per language: templates get plain values and a few filters, and print them
escaped."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from niemyet.source.overrides import OWN_TEMPLATES, TEMPLATES
from niemyet.values.dates import format_hour_words
from niemyet.values.money import format_bytes
from niemyet.view.icons import icon
from niemyet.view.pages import PAGES
from niemyet.view.words import ROOT, Words
from niemyet.web import jinja_compiler


class Strings:
    """The strings of the frame in one language, as `ui.home` or `ui["status_" ~ id]`."""

    def __init__(self, strings: Mapping[str, str]) -> None:
        self.__dict__.update(strings)

    def __getitem__(self, key: str) -> str:
        text: str = self.__dict__[key]
        return text


class Compiled(jinja2.FileSystemBytecodeCache):
    """Templates compile once and stay compiled where Python keeps this module compiled, if it does;
    `made_of` is what shapes them.

    They are told apart by `family` and name, wherever the project is.
    """

    def __init__(self, family: str, made_of: str) -> None:
        super().__init__(
            str(Path(__file__).with_name("__pycache__")),
            f"%s.{family}.{sys.implementation.cache_tag}",
        )
        self._made_of = jinja2.__version__ + made_of

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(name)

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + self._made_of)

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


@cache
def _maker() -> str:
    """What shapes a compiled template besides its source and the strings: the icons written into
    it, and how code is made of it."""
    return "".join(Path(file).read_text("utf-8") for file in (__file__, jinja_compiler.__file__))


def environment(words: Words) -> jinja2.Environment:
    """The environment of one language. Names a template misspells raise; nothing is printed
    unescaped."""
    env = jinja2.Environment(
        loader=jinja2.ChoiceLoader([_own_templates(words), jinja2.FileSystemLoader(TEMPLATES)]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(words.lang, _maker() + repr(sorted(words.strings.items()))),
    )
    env.code_generator_class = jinja_compiler.PlainCode
    env.filters.update(
        t=words.text,
        texts=words.texts,
        limit=words.limit,
        date=words.date,
        phone=words.phone,
        tel=words.tel,
        day=words.day,
        days=words.days,
        law=words.law,
        places=words.places,
        fill=_fill,
        icon=icon,
        iso=dt.date.isoformat,
        bytes=lambda size: format_bytes(size, words.lang),
        clock=lambda text: format_hour_words(text, words.lang),
    )
    ui = Strings(words.strings)
    env.globals.update(
        {jinja_compiler.STRINGS: ui},
        lang=words.lang,
        root=Markup(ROOT),
        home=Markup(ROOT + words.home),
        words=words,
        pages=PAGES,
    )
    return env


def _own_templates(words: Words) -> jinja2.BaseLoader:
    """The page templates that the project has in place of the program's."""
    texts = words.catalogue.templates
    return jinja2.FunctionLoader(
        lambda name: (texts[name], f"{OWN_TEMPLATES}/{name}", None) if name in texts else None
    )


def _fill(text: str, **values: object) -> str:
    return text.format_map(values)
