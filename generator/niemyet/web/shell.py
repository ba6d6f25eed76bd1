"""The site adapter: MkDocs turns hand-written pages into HTML and renders one shell per language;
we stamp every page into it.

Nothing above this module knows MkDocs. A shell is ordinary HTML with slots; a slot is a control
character, which no data can hold, so a page can never be mistaken for part of its frame.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from niemyet.model.catalogue import Catalogue
from niemyet.view.artifact import HEIGHT, WIDTH, Artifact, Page, address_of
from niemyet.view.brand import colours
from niemyet.view.icons import icon, icons_in, sprite
from niemyet.view.office_view import day_spans
from niemyet.view.pages import FOOTER, NAVIGATION, PAGES, name_of
from niemyet.view.words import ROOT, Words
from niemyet.web import data_files
from niemyet.web.hand_written import Prose
from niemyet.web.html import environment

Pictures = Mapping[tuple[str, str], str]
"""By language and by sector (empty: the site): the ids of the sharing pictures there are."""
SLOTS = ("title", "description", "links", "icons", "languages", "body", "home")
PROSE = ("gioi-thieu", "quyen-rieng-tu", "tro-nang", "giay-phep-du-lieu")
"""The hand-written pages that the footer names where a language has them."""
_LOCALES = {"vi": "vi_VN", "en": "en_US"}
_SLOT = re.compile("\x02([a-z:-]+)\x03|(\x01)")


def slot(name: str) -> str:
    return f"\x02{name}\x03"


def frame(words: Words, written: Collection[str], *, csp: bool = True) -> dict[str, Any]:
    """The context of `theme/main.html` for the shell of one language. Every text in it is already
    escaped.

    `written` are the slugs of the hand-written pages there are in the language.
    """
    catalogue, ui = words.catalogue, {key: escape(text) for key, text in words.strings.items()}
    here, settings = catalogue.office, catalogue.settings
    hotline = words.main_hotline
    home = slot("home")
    return {
        "lang": words.lang,
        "root": ROOT,
        "home": home,
        "pages": PAGES,
        "theme_color": colours()["brand"],
        "csp": data_files.CSP if csp else "",
        "title": slot("title"),
        "description": slot("description"),
        "links": slot("links"),
        "languages": slot("languages"),
        "sprite": slot("icons"),
        "body": slot("body"),
        "site_name": escape(f"{words.text(here.name)} {words.text(here.ward)}"),
        "ui": ui,
        "nav": [
            {**_link(ui, home, name_of(page)), "current": slot(f"nav:{page}")}
            for page in NAVIGATION
        ],
        "footer": [
            _link(ui, home, name)
            for name in (*map(name_of, FOOTER), *filter(written.__contains__, PROSE))
        ],
        "icons": {
            "text": icon("format-font-size-increase"),
            "theme": icon("weather-night"),
            "menu": icon("menu"),
        },
        "licence_name": escape(settings.licence_name),
        "licence_url": escape(settings.licence_url),
        "report_email": escape(settings.report_email),
        "office": {
            "is_sample": here.is_sample,
            "name": escape(words.text(here.name)),
            "ward": escape(words.text(here.ward)),
            "province": escape(words.text(here.province)),
            "address": escape(words.text(here.address)),
            "authority": escape(words.text(here.authority)),
            "responsible": escape(words.text(here.responsible)),
            "email": escape(here.email),
            "phone": escape(words.phone(hotline)) if hotline else "",
            "tel": escape(words.tel(hotline)) if hotline else "",
            "hours": [
                escape(f"{words.days(d)}: {', '.join(s)}") for d, s in day_spans(words, here.hours)
            ],
        },
    }


def _link(ui: Mapping[str, str], home: str, name: str) -> dict[str, str]:
    return {"href": f"{home}{name}/", "label": ui[f"nav_{name.replace('-', '_')}"]}


class Shell:
    """A shell cut at its slots once; filling it is joining bytes."""

    def __init__(self, html: str) -> None:
        # Split gives text, slot name or None, root mark or None, text, …
        parts = _SLOT.split(html)
        self.texts: list[bytes] = [text.encode() for text in parts[0::3]]
        self.names: list[str] = [name or "root" for name in parts[1::3]]
        self.icons = icons_in(html.encode())
        self._html = html
        self._at: dict[tuple[str, str], Shell] = {}

    def missing(self) -> set[str]:
        """The slots a page needs and the shell lacks."""
        return set(SLOTS) - set(self.names)

    def at(self, root: str, home: str) -> Shell:
        """The shell of all pages from which these are the ways to the root of the site and to its
        home page."""
        if (root, home) not in self._at:
            ways = {"root": root, "home": home}
            self._at[root, home] = Shell(
                _SLOT.sub(lambda found: ways.get(found[1] or "root", found[0]), self._html)
            )
        return self._at[root, home]

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        out = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            out.append(values.get(name, b""))
            out.append(text)
        return b"".join(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """The shell of each language and the hand-written pages, as MkDocs makes them; the files of the
    theme and the fonts by path."""

    shells: Mapping[str, str]
    prose: tuple[Prose, ...]
    assets: Mapping[str, bytes]


class Stamp:
    """Puts pages into the shell of their language."""

    def __init__(self, catalogue: Catalogue, shells: Mapping[str, str], pictures: Pictures) -> None:
        self.catalogue = catalogue
        self.pictures = pictures
        self.shells = {lang: Shell(html) for lang, html in shells.items()}
        self.default = catalogue.settings.default_language
        self.site_url = catalogue.settings.site_url.rstrip("/") + "/"
        self.words = {lang: Words(catalogue, lang) for lang in catalogue.languages}

    def page(self, page: Page) -> Artifact:
        path = self.words[page.lang].home + page.path
        return Artifact(
            path=f"{path}index.html",
            content=self._fill(page, self.root(page.lang, page.path)),
            source=page.source,
        )

    def root(self, lang: str, path: str) -> str:
        """The way from a page to the root of the site."""
        return "../" * (self.words[lang].home + path).count("/") or "./"

    def not_found(self, words: Words) -> Artifact:
        """The 404 page; it is served at any depth, so its links start from the root of the site."""
        body = environment(words).get_template("not_found.html").render()
        page = Page(
            path="404.html",
            lang=words.lang,
            title=words.ui("not_found_title"),
            description=words.ui("not_found_lead"),
            body=body,
            langs=(words.lang,),
        )
        return Artifact(
            path=f"{words.home}404.html",
            content=self._fill(page, urlsplit(self.site_url).path or "/"),
        )

    def _fill(self, page: Page, root: str) -> bytes:
        shell = self.shells[page.lang].at(root, root + self.words[page.lang].home)
        body = page.body.encode()
        return shell.fill(
            {
                "title": escape(page.title).encode(),
                "description": escape(page.description).encode(),
                "links": self._links(page).encode(),
                "icons": sprite(shell.icons | icons_in(body)),
                "languages": self._languages(page, root).encode(),
                "body": body.replace(ROOT.encode(), root.encode()),
                f"nav:{page.nav}": b' aria-current="true"',
            }
        )

    def _url(self, lang: str, path: str) -> str:
        return escape(self.site_url + self.words[lang].home + path)

    def _links(self, page: Page) -> str:
        lines = [f'<link rel="canonical" href="{self._url(page.lang, page.path)}">\n']
        if len(page.langs) > 1:
            lines += [
                f'<link rel="alternate" hreflang="{lang}" href="{self._url(lang, page.path)}">\n'
                for lang in page.langs
            ]
            lines.append(
                '<link rel="alternate" hreflang="x-default"'
                f' href="{self._url(self.default, page.path)}">\n'
            )
        return "".join([*lines, *self._sharing(page)])

    def _sharing(self, page: Page) -> Iterator[str]:
        """What a page looks like where it is shared; no picture is named that is not there."""
        words = self.words[page.lang]
        office = words.catalogue.office
        picture = self.pictures.get((page.lang, page.card)) or self.pictures.get((page.lang, ""))
        values = {
            "og:type": "website",
            "og:site_name": f"{words.text(office.name)} {words.text(office.ward)}",
            "og:title": page.title,
            "og:description": page.description,
            "og:url": self.site_url + words.home + page.path,
            "og:locale": _LOCALES.get(page.lang, page.lang),
        }
        if picture:
            values["og:image"] = self.site_url + address_of(picture)
            values["og:image:width"], values["og:image:height"] = str(WIDTH), str(HEIGHT)
        for name, value in values.items():
            yield f'<meta property="{name}" content="{escape(value)}">\n'
        yield (
            '<meta name="twitter:card"'
            f' content="{"summary_large_image" if picture else "summary"}">\n'
        )

    def _languages(self, page: Page, root: str) -> str:
        """Links to the other languages: the same page where it exists, else that language's
        home."""
        links = []
        for language in self.catalogue.settings.languages:
            if language.id == page.lang:
                continue
            path = page.path if language.id in page.langs else ""
            href = escape(root + self.words[language.id].home + path)
            name = escape(language.name)
            links.append(
                f'<a class="ny-iconbtn ny-lang" href="{href}" hreflang="{language.id}"'
                f' lang="{language.id}" title="{name}"><span class="ny-vh">{name}</span><span'
                f' aria-hidden="true">{language.id.upper()}</span></a>'
            )
        return "".join(links)
