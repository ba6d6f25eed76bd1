"""Makes the pages of one language from their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jinja2

from niemyet.model.catalogue import Catalogue
from niemyet.view.artifact import Page
from niemyet.view.pages import address_of
from niemyet.view.words import Words
from niemyet.web.html import environment


@dataclass(frozen=True, slots=True)
class Renderer:
    words: Words
    env: jinja2.Environment

    @classmethod
    def of(cls, catalogue: Catalogue, lang: str) -> Renderer:
        words = Words(catalogue, lang)
        return cls(words, environment(words))

    @property
    def catalogue(self) -> Catalogue:
        return self.words.catalogue

    def page(
        self,
        template: str,
        *,
        path: str,
        title: str,
        description: str,
        langs: tuple[str, ...] = (),
        nav: str = "",
        source: str = "",
        card: str = "",
        **context: Any,
    ) -> Page:
        """A page in the languages `langs` (empty: all). Its template gets `context`, and as `title`
        and `lead` what the page is called and what it is about."""
        return Page(
            path=path,
            lang=self.words.lang,
            title=title,
            description=description,
            body=self.env.get_template(template).render(context, title=title, lead=description),
            langs=langs or self.catalogue.languages,
            nav=nav,
            source=source,
            card=card,
        )

    def named_page(self, name: str, **context: Any) -> Page:
        """A page of `PAGES`, whose template and strings have its name."""
        return self.page(
            f"{name}.html",
            path=address_of(name),
            title=self.words.ui(f"{name}_title"),
            description=self.words.ui(f"{name}_lead"),
            nav=name,
            **context,
        )
