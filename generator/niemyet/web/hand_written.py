"""Hand-written pages after Markdown, with the fields of the office filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import jinja2

from niemyet.view.artifact import Page
from niemyet.view.words import Words

_FIELD = re.compile(r"\[\[([a-z_.]+)\]\]")
_HEADING = re.compile(r"\A\s*<h1[^>]*>.*?</h1>", re.DOTALL)


class Prose(NamedTuple):
    """A hand-written page after Markdown: its slug, language, title, description, HTML and
    source."""

    slug: str
    lang: str
    title: str
    description: str
    html: str
    source: str


def prose_pages(words: Words, env: jinja2.Environment, written: list[Prose]) -> Iterator[Page]:
    template = env.get_template("prose.html")
    for page in written:
        if page.lang == words.lang:
            langs = tuple(other.lang for other in written if other.slug == page.slug)
            yield Page(
                path=f"{page.slug}/",
                lang=page.lang,
                title=page.title,
                description=page.description,
                body=template.render(
                    title=page.title,
                    lead=page.description,
                    html=_fill_fields(words, _HEADING.sub("", page.html)),
                ),
                langs=tuple(lang for lang in words.catalogue.languages if lang in langs),
                source=page.source,
            )


def _fill_fields(words: Words, html: str) -> str:
    """Puts the office's own values, escaped, where a hand-written page says `[[office.name]]`.
    Unknown fields stay."""
    here, hotline = words.catalogue.office, words.main_hotline
    values = {
        f"office.{k}": words.text(getattr(here, k))
        for k in ("name", "ward", "province", "address", "authority", "responsible")
    }
    values["office.email"] = here.email
    values["office.phone"] = words.phone(hotline) if hotline else ""
    values["settings.licence"] = words.catalogue.settings.licence_name
    values["settings.report_email"] = words.catalogue.settings.report_email
    return _FIELD.sub(
        lambda found: escape(values[found.group(1)]) if found.group(1) in values else found.group(),
        html,
    )
