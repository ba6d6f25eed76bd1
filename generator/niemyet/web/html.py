"""One Jinja environment per language: templates get plain values and a few filters, and print them
escaped."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import material
from markupsafe import Markup

from niemyet.model import base as m
from niemyet.model.catalogue import Catalogue
from niemyet.values.quantities import (
    format_bytes,
    format_clock,
    format_date,
    format_hour_words,
    format_limit,
    format_phone,
    format_vnd,
    tel_uri,
)
from niemyet.web import jinja_compiler

TEMPLATES = Path(__file__).with_name("templates")
ICONS = Path(material.__file__).with_name("templates") / ".icons" / "material"

_ICON_ID = "i_"
"""How the ids of drawings begin; no id in the data holds a low line."""
_ICON_USE = f'<use href="#{_ICON_ID}'

ROOT = "\x01"
"""Stands for the way back to the site's root inside a page body; no data can hold it, the loader
refuses controls."""


class MissingTranslation(LookupError):
    """A text was asked for in a language it does not have: the page should not have been made."""


class Words:
    """Values as a reader of one language sees them."""

    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        self.catalogue = catalogue
        self.lang = lang
        self.strings: Mapping[str, str] = catalogue.strings[lang]

    @property
    def is_default(self) -> bool:
        return self.lang == self.catalogue.settings.default_language

    @property
    def in_default_language(self) -> Words:
        """The same catalogue in the default language."""
        return Words(self.catalogue, self.catalogue.settings.default_language)

    @property
    def home(self) -> str:
        """The address of this language's home page, from the root."""
        return "" if self.is_default else f"{self.lang}/"

    @property
    def main_hotline(self) -> m.Hotline | None:
        """The number to call when nothing else fits; None while it has no phone."""
        hotline = self.catalogue.hotlines.get(self.catalogue.office.main_hotline)
        return hotline if hotline and hotline.phone else None

    @property
    def site_url(self) -> str:
        """The address of the site, with a slash at its end."""
        return self.catalogue.settings.site_url.rstrip("/") + "/"

    def text(self, text: m.Text | None) -> str:
        """A human text in this language; empty for no text. Raises MissingTranslation."""
        if text is None:
            return ""
        try:
            return text.by_lang[self.lang]
        except KeyError:
            raise MissingTranslation(f"{self.lang}: {text}") from None

    def texts(self, texts: Iterable[m.Text], between: str) -> str:
        """Several human texts in one line."""
        return between.join(self.text(text) for text in texts)

    def has(self, *values: Any) -> bool:
        """Whether every text inside the values exists in this language."""
        return all(self.lang in text.by_lang for value in values for text in m.texts_of(value))

    def ui(self, key: str, **values: object) -> str:
        """A string of the frame, filled. Raises KeyError for a key the language file lacks: a check
        finds it first."""
        return self.strings[key].format_map(values) if values else self.strings[key]

    def limit(self, limit: m.Limit) -> str:
        return format_limit(limit.value, self.lang, self.text(limit.text) or None, self.strings)

    def date(self, day: dt.date) -> str:
        return format_date(day, self.lang)

    def phone(self, hotline: m.Hotline) -> str:
        return format_phone(hotline.phone) if hotline.phone else ""

    def tel(self, hotline: m.Hotline) -> str:
        return tel_uri(hotline.phone) if hotline.phone else ""

    def unit(self, id: str) -> str:
        unit = self.catalogue.units.get(id)
        return self.text(unit.name) if unit else ""

    def amount(self, amount: m.Amount, unit: str) -> str:
        """The amount in as few words as can be true: `8.000 đồng/bản`, `Miễn phí`, `Do tỉnh quy
        định`."""
        if amount.status == "fixed" and amount.amount_vnd is not None:
            return self._per(amount.amount_vnd, unit)
        if amount.status == "tiered" and amount.tiers:
            return self._per(amount.tiers[0].amount_vnd, unit)
        return self.ui(f"fee_{amount.status}")

    def _per(self, amount_vnd: int, unit: str) -> str:
        name = self.unit(unit)
        return (
            f"{format_vnd(amount_vnd, self.lang)}/{name}"
            if name
            else format_vnd(amount_vnd, self.lang)
        )

    def amount_details(self, amount: m.Amount, unit: str) -> list[str]:
        """What the short amount leaves out: the tiers, the cap, the note."""
        details = []
        name = self.unit(unit)
        for tier in amount.tiers:
            key = (
                "tier_open"
                if tier.last is None
                else "tier_one"
                if tier.first == tier.last
                else "tier_range"
            )
            details.append(
                self.ui(
                    key,
                    unit=name,
                    first=tier.first,
                    last=tier.last,
                    amount=format_vnd(tier.amount_vnd, self.lang),
                )
            )
        if amount.cap_vnd is not None:
            details.append(self.ui("fee_cap", amount=format_vnd(amount.cap_vnd, self.lang)))
        if amount.note:
            details.append(self.text(amount.note))
        return details

    def law(self, document: m.LegalDocument) -> str:
        """A legal document by kind and number: `Nghị định 123/2015/NĐ-CP`."""
        return f"{self.ui(f'law_{document.kind}')} {document.number}"

    def places(self, form: m.OfficialForm) -> str:
        """Where an official form is to be had."""
        return ", ".join(self.ui(f"form_at_{place}") for place in form.available)

    def day(self, day: str) -> str:
        return self.ui(f"day_{day}")

    def days(self, days: tuple[m.Day, ...]) -> str:
        """Weekdays at the start of a line; a run of three or more becomes `Thứ Hai – thứ Sáu`."""
        places = [m.DAYS.index(d) for d in days]
        is_run = len(places) > 2 and places == list(range(places[0], places[-1] + 1))
        text = (
            f"{self.day(days[0])} – {self.day(days[-1])}"
            if is_run
            else ", ".join(self.day(d) for d in days)
        )
        return text[:1].upper() + text[1:]

    def span(self, start: str, end: str) -> str:
        return f"{format_clock(start, self.lang)}–{format_clock(end, self.lang)}"


@cache
def icon(name: str) -> Markup:
    """An icon, hidden from screen readers: its label stands beside it. It is drawn once a page, by
    `sprite`. Unknown names give a dot."""
    if not _drawing(name):
        return Markup(
            '<svg class="ny-ic" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12"'
            ' r="6"/></svg>'
        )
    return Markup(f'<svg class="ny-ic" aria-hidden="true">{_ICON_USE}{name}"/></svg>')


@cache
def sprite(names: frozenset[bytes]) -> bytes:
    """The drawings that the icons of a page refer to, each once."""
    return f"<div hidden><svg>{''.join(_drawing(name.decode()) for name in sorted(names))}</svg></div>".encode()


def icons_in(html: bytes) -> frozenset[bytes]:
    """The names of the icons that a piece of HTML refers to."""
    return frozenset([part[: part.index(b'"')] for part in html.split(_ICON_USE.encode())[1:]])


@cache
def _drawing(name: str) -> str:
    """A Material icon as a symbol; empty for a name there is none of."""
    file = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        return ""
    svg = file.read_text("utf-8").strip().replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return svg.replace("<svg ", f'<symbol id="{_ICON_ID}{name}" ', 1).replace("</svg>", "</symbol>")


class Strings:
    """The strings of the frame in one language, as `ui.home` or `ui["status_" ~ id]`."""

    def __init__(self, strings: Mapping[str, str]) -> None:
        self.__dict__.update(strings)

    def __getitem__(self, key: str) -> str:
        text: str = self.__dict__[key]
        return text


class Compiled(jinja2.FileSystemBytecodeCache):
    """Templates compile once and stay compiled beside the program, as Python's own modules do;
    `made_of` is what shapes them.

    They are told apart by `family` and name, wherever the project is.
    """

    def __init__(self, family: str, made_of: str) -> None:
        super().__init__(
            str(TEMPLATES / "__pycache__"), f"%s.{family}.{sys.implementation.cache_tag}"
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
            (TEMPLATES / "__pycache__").mkdir(exist_ok=True)
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
        loader=jinja2.FileSystemLoader(TEMPLATES),
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
    )
    return env


def _fill(text: str, **values: object) -> str:
    return text.format_map(values)
