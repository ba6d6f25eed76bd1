"""The site adapter: MkDocs turns hand-written pages into HTML and renders one shell per language; we stamp every page into it.

Nothing above this module knows MkDocs. A shell is ordinary HTML with slots; a slot is a control character, which no
data can hold, so a page can never be mistaken for part of its frame.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from generator import fonts
from generator.catalogue import Catalogue
from generator.outputs import Artifact, Page, files, indexes, office, procedures
from generator.rendering import ROOT, Words, environment, icon

SLOTS = ("title", "description", "links", "languages", "body", "home")
NAVIGATION = ("thu-tuc", "phi-le-phi", "quy-trinh", "gio-lam-viec", "lien-he")
FOOTER = ("ban-huong-dan", "cach-xu-ly", "chuan-muc", "tu-sach-phap-luat", "thong-bao", "phieu", "mau-thu")
SHELL = "_shell"
"""The folder of the shells among MkDocs' pages."""

_SLOT = re.compile("\x02([a-z:-]+)\x03|(\x01)")
_FIELD = re.compile(r"\[\[([a-z_.]+)\]\]")
_HEADING = re.compile(r"\A\s*<h1[^>]*>.*?</h1>", re.DOTALL)


def slot(name: str) -> str:
    return f"\x02{name}\x03"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A hand-written page after Markdown: its slug, language, title, description, HTML and source."""

    slug: str
    lang: str
    title: str
    description: str
    html: str
    source: str


def frame(words: Words, *, csp: bool = True) -> dict[str, Any]:
    """The context of `theme/main.html` for the shell of one language. Every text in it is already escaped."""
    catalogue, ui = words.catalogue, {key: escape(text) for key, text in words.strings.items()}
    here, settings = catalogue.office, catalogue.settings
    hotline = words.main_hotline
    home = slot("home")
    return {
        "lang": words.lang,
        "root": ROOT,
        "home": home,
        "csp": files.CSP if csp else "",
        "title": slot("title"),
        "description": slot("description"),
        "links": slot("links"),
        "languages": slot("languages"),
        "body": slot("body"),
        "site_name": escape(f"{words.text(here.name)} {words.text(here.ward)}"),
        "ui": ui,
        "nav": [{"href": f"{home}{id}/", "label": ui[f"nav_{_key(id)}"], "current": slot(f"nav:{id}")} for id in NAVIGATION],
        "footer": [{"href": f"{home}{id}/", "label": ui[f"nav_{_key(id)}"]} for id in (*FOOTER, *prose_slugs(catalogue))],
        "icons": {"theme": icon("weather-night"), "menu": icon("menu")},
        "licence_name": escape(settings.licence_name),
        "licence_url": escape(settings.licence_url),
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
            "hours": [escape(f"{words.days(d)}: {', '.join(s)}") for d, s in office.day_spans(words, here.hours)],
        },
    }


def prose_slugs(catalogue: Catalogue) -> tuple[str, ...]:
    """The hand-written pages every site links from its footer."""
    return ("gioi-thieu", "quyen-rieng-tu", "tro-nang", "giay-phep-du-lieu")


def _key(id: str) -> str:
    return id.replace("-", "_")


class Shell:
    """A shell cut at its slots once; filling it is joining strings."""

    def __init__(self, html: str) -> None:
        # Split gives text, slot name or None, root mark or None, text, …
        parts = _SLOT.split(html)
        self.texts: list[str] = parts[0::3]
        self.names: list[str] = [name or "root" for name in parts[1::3]]
        missing = set(SLOTS) - set(self.names)
        if missing:
            raise ValueError(f"theme/main.html lacks the slots {', '.join(sorted(missing))}")

    def fill(self, values: Mapping[str, str]) -> str:
        out = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            out.append(values.get(name, ""))
            out.append(text)
        return "".join(out)


def pages_of(catalogue: Catalogue, prose: Iterable[Prose]) -> Iterator[Page]:
    """Every page of the site in every language, without frames."""
    written = list(prose)
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        env = environment(words)
        yield from indexes.pages(catalogue, words, env)
        yield from office.pages(catalogue, words, env)
        yield from _prose_pages(words, env, written)
        yield from procedures.pages(catalogue, words, env)


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
                body=template.render(title=page.title, lead=page.description, html=_fill_fields(words, _HEADING.sub("", page.html))),
                langs=tuple(lang for lang in words.catalogue.languages if lang in langs),
                source=page.source,
            )


def _fill_fields(words: Words, html: str) -> str:
    """Puts the office's own values, escaped, where a hand-written page says `[[office.name]]`. Unknown fields stay."""
    here, hotline = words.catalogue.office, words.main_hotline
    values = {f"office.{k}": words.text(getattr(here, k)) for k in ("name", "ward", "province", "address", "authority", "responsible")}
    values["office.email"] = here.email
    values["office.phone"] = words.phone(hotline) if hotline else ""
    values["settings.licence"] = words.catalogue.settings.licence_name
    values["settings.report_email"] = words.catalogue.settings.report_email
    return _FIELD.sub(lambda found: escape(values[found.group(1)]) if found.group(1) in values else found.group(), html)


def artifacts_of(catalogue: Catalogue, shells: Mapping[str, Shell], prose: Iterable[Prose], cache: Path) -> Iterator[Artifact]:
    """Every file of the site that is not copied from the theme."""
    stamp = Stamp(catalogue, shells)
    pages = []
    for page in pages_of(catalogue, prose):
        yield stamp.page(page)
        pages.append(_without_body(page))
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        yield stamp.not_found(words)
        yield from files.artifacts(catalogue, words)
    yield from files.shared_artifacts(catalogue, pages)
    yield from fonts.artifacts(cache)


def _without_body(page: Page) -> Page:
    return Page(path=page.path, lang=page.lang, title=page.title, description="", body="", langs=page.langs, modified=page.modified)


class Stamp:
    """Puts pages into the shell of their language."""

    def __init__(self, catalogue: Catalogue, shells: Mapping[str, Shell]) -> None:
        self.catalogue = catalogue
        self.shells = shells
        self.default = catalogue.settings.default_language
        self.site_url = catalogue.settings.site_url.rstrip("/") + "/"
        self.words = {lang: Words(catalogue, lang) for lang in catalogue.languages}

    def page(self, page: Page) -> Artifact:
        path = self.words[page.lang].home + page.path
        root = "../" * path.count("/") or "./"
        return Artifact(path=f"{path}index.html", content=self._fill(page, root), source=page.source)

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
        return Artifact(path=f"{words.home}404.html", content=self._fill(page, urlsplit(self.site_url).path or "/"))

    def _fill(self, page: Page, root: str) -> bytes:
        values = {
            "root": root,
            "home": root + self.words[page.lang].home,
            "title": escape(page.title),
            "description": escape(page.description),
            "links": self._links(page),
            "languages": self._languages(page, root),
            "body": page.body.replace(ROOT, root),
            f"nav:{page.nav}": ' aria-current="true"',
        }
        return self.shells[page.lang].fill(values).encode()

    def _url(self, lang: str, path: str) -> str:
        return escape(self.site_url + self.words[lang].home + path)

    def _links(self, page: Page) -> str:
        lines = [f'<link rel="canonical" href="{self._url(page.lang, page.path)}">\n']
        if len(page.langs) > 1:
            lines += [f'<link rel="alternate" hreflang="{lang}" href="{self._url(lang, page.path)}">\n' for lang in page.langs]
            lines.append(f'<link rel="alternate" hreflang="x-default" href="{self._url(self.default, page.path)}">\n')
        return "".join(lines)

    def _languages(self, page: Page, root: str) -> str:
        """Links to the other languages: the same page where it exists, else that language's home."""
        links = []
        for language in self.catalogue.settings.languages:
            if language.id == page.lang:
                continue
            path = page.path if language.id in page.langs else ""
            href = escape(root + self.words[language.id].home + path)
            name = escape(language.name)
            links.append(
                f'<a class="ny-iconbtn ny-lang" href="{href}" hreflang="{language.id}" lang="{language.id}" title="{name}">'
                f'<span class="ny-vh">{name}</span><span aria-hidden="true">{language.id.upper()}</span></a>'
            )
        return "".join(links)


def build_with_mkdocs(config_file: Path, site_dir: Path, catalogue: Catalogue, cache: Path, *, csp: bool = True) -> None:
    """Runs one MkDocs build that writes the whole site into `site_dir`, a folder it may empty.

    Raises: mkdocs.exceptions.MkDocsException for a fault in mkdocs.yml or the theme.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(str(config_file), site_dir=str(site_dir))
    plugin: Any = config.plugins["niemyet"]
    plugin.use(catalogue, cache, csp=csp)
    build(config)
