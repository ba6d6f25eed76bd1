"""The site adapter: MkDocs turns hand-written pages into HTML and renders one shell per language;
we stamp every page into it.

Nothing above this module knows MkDocs. A shell is ordinary HTML with slots; a slot is a control
character, which no data can hold, so a page can never be mistaken for part of its frame.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import jinja2

from niemyet.model.catalogue import Catalogue
from niemyet.view.artifact import HEIGHT, WIDTH, Artifact, Page, PrintedPage, address_of
from niemyet.view.icons import icon, icons_in, sprite
from niemyet.view.office_view import day_spans
from niemyet.view.procedure_view import address
from niemyet.view.words import ROOT, Words
from niemyet.web import (
    data_files,
    fonts,
    index_pages,
    office_pages,
    offline,
    print_room,
)
from niemyet.web.html import environment
from niemyet.web.listing import Listing

Listings = Mapping[str, Mapping[str, Listing]]
"""By language and by code: the public procedures that are complete in the language."""

Pictures = Mapping[tuple[str, str], str]
"""By language and by sector (empty: the site): the ids of the sharing pictures there are."""

SLOTS = ("title", "description", "links", "icons", "languages", "body", "home")
NAVIGATION = ("thu-tuc", "phi-le-phi", "quy-trinh", "gio-lam-viec", "lien-he")
FOOTER = (
    "ban-huong-dan", "cach-xu-ly", "chuan-muc", "tu-sach-phap-luat", "thong-bao",
    "phieu", "mau-thu", "phong-in", "khong-co-mang", "bao-sai",
)  # fmt: skip
PROSE = ("gioi-thieu", "quyen-rieng-tu", "tro-nang", "giay-phep-du-lieu")
"""The hand-written pages that the footer names where a language has them."""
SHELL = "_shell"
"""The folder of the shells among MkDocs' pages."""

_LOCALES = {"vi": "vi_VN", "en": "en_US"}
_SLOT = re.compile("\x02([a-z:-]+)\x03|(\x01)")
_FIELD = re.compile(r"\[\[([a-z_.]+)\]\]")
_HEADING = re.compile(r"\A\s*<h1[^>]*>.*?</h1>", re.DOTALL)


def slot(name: str) -> str:
    return f"\x02{name}\x03"


class Prose(NamedTuple):
    """A hand-written page after Markdown: its slug, language, title, description, HTML and
    source."""

    slug: str
    lang: str
    title: str
    description: str
    html: str
    source: str


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
            {"href": f"{home}{id}/", "label": ui[f"nav_{_key(id)}"], "current": slot(f"nav:{id}")}
            for id in NAVIGATION
        ],
        "footer": [
            {"href": f"{home}{id}/", "label": ui[f"nav_{_key(id)}"]}
            for id in (*FOOTER, *filter(written.__contains__, PROSE))
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


def _key(id: str) -> str:
    return id.replace("-", "_")


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


class BadTheme(Exception):
    """MkDocs refuses its settings or the theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """The shell of each language and the hand-written pages, as MkDocs makes them; the files of the
    theme and the fonts by path."""

    shells: Mapping[str, str]
    prose: tuple[Prose, ...]
    assets: Mapping[str, bytes]


def every_index_page(
    catalogue: Catalogue, prose: Iterable[Prose], listings: Listings, printed: print_room.Prints
) -> Iterator[Page]:
    """Every page that is no procedure, in every language, without frames."""
    written = list(prose)
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        env = environment(words)
        yield from index_pages.pages(catalogue, words, env, listings[lang])
        yield from office_pages.pages(catalogue, words, env)
        yield print_room.room(words, env, printed, catalogue.languages)
        yield offline.page(words, env, catalogue.languages)
        yield from _prose_pages(words, env, written)


def _prose_pages(words: Words, env: jinja2.Environment, written: list[Prose]) -> Iterator[Page]:
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


def artifacts_of(
    catalogue: Catalogue,
    frames: Frames,
    stamp: Stamp,
    listings: Listings,
    printed: print_room.Prints,
    leading: Iterable[PrintedPage],
) -> Iterator[Artifact]:
    """Every file of the site but the pages of procedures, the printed addresses and what the search
    reads.

    `listings` has the procedures of each language by code; `leading` are the pages that sheets lead
    to.
    """
    pages = []
    envs = {lang: environment(Words(catalogue, lang)) for lang in catalogue.languages}
    for page in every_index_page(catalogue, frames.prose, listings, printed):
        offered = print_room.block(envs[page.lang], printed.of(page.path, page.lang), is_wide=True)
        yield stamp.page(replace(page, body=page.body + offered) if offered else page)
        if page.is_indexed:
            pages.append(
                data_files.Address(
                    page.path,
                    page.lang,
                    page.langs,
                    page.modified.isoformat() if page.modified else "",
                )
            )
    yield from _gone_pages(catalogue, stamp, envs[catalogue.settings.default_language])
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        yield stamp.not_found(words)
        yield from data_files.artifacts(
            catalogue, words, [page for page in leading if page.lang == lang]
        )
        pages += [
            data_files.Address(address(card), lang, card.languages, card.verified_on)
            for card in catalogue.public_cards
            if lang in card.languages
        ]
    yield from data_files.shared_artifacts(catalogue, pages)
    yield offline.manifest(catalogue)
    for path, content in frames.assets.items():
        yield Artifact(path=path, content=content)


def _gone_pages(catalogue: Catalogue, stamp: Stamp, env: jinja2.Environment) -> Iterator[Artifact]:
    """A printed address never dies: what is no longer in force says so, where it was and where
    sheets lead to."""
    taken = {code for card in catalogue.public_cards for code in (card.code, *card.previous_codes)}
    slugs = {card.slug for card in catalogue.public_cards}
    words = Words(catalogue, catalogue.settings.default_language)
    for card in catalogue.cards.values():
        if not card.is_gone:
            continue
        title = words.ui("gone_title", code=card.code)
        lead = words.ui("gone_lead", name=card.title)
        places = [f"{folder}/{card.code}/" for folder in ("q", "Q") if card.code not in taken]
        if card.slug not in slugs:
            places.append(address(card))
        for path in places:
            body = env.get_template("gone.html").render(title=title, lead=lead)
            page = Page(
                path=path,
                lang=words.lang,
                title=title,
                description=lead,
                body=body,
                langs=(words.lang,),
                is_indexed=False,
            )
            yield stamp.page(page)


class Stamp:
    """Puts pages into the shell of their language."""

    def __init__(self, catalogue: Catalogue, frames: Frames, pictures: Pictures) -> None:
        self.catalogue = catalogue
        self.pictures = pictures
        self.shells = {lang: Shell(html) for lang, html in frames.shells.items()}
        missing = {name for shell in self.shells.values() for name in shell.missing()}
        if missing:
            raise ValueError(f"theme/main.html lacks the slots {', '.join(sorted(missing))}")
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


def make_frames(
    config_file: Path, catalogue: Catalogue, cache: Path, *, csp: bool = True
) -> Frames:
    """One MkDocs run, into a folder of its own that is gone afterwards. Fonts once cut are in
    `cache`.

    Raises: BadTheme, OSError.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="niemyet-") as folder:
        try:
            config = load_config(str(config_file), site_dir=folder)
            plugin: Any = config.plugins.get("niemyet")
            if plugin is None:
                raise BadTheme("trong plugins cần có niemyet")
            plugin.use(catalogue, csp=csp)
            build(config)
        except MkDocsException as error:
            raise BadTheme(str(error)) from error
        return Frames(
            shells=plugin.shells, prose=tuple(plugin.prose), assets=assets_in(Path(folder), cache)
        )


def assets_in(out: Path, cache: Path) -> dict[str, bytes]:
    """The files of the theme by path, as MkDocs has left them in a folder, and the fonts."""
    found = sorted(
        file
        for file in out.rglob("*")
        if file.is_file() and not file.name.startswith("sitemap.xml")
    )
    theme = {file.relative_to(out).as_posix(): file.read_bytes() for file in found}
    return {font.path: font.content for font in fonts.artifacts(cache)} | theme
