"""The whole built site, file by file: every link leads somewhere, every page is well made, every
language keeps to itself."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from lxml import etree, html
from search_texts import index_in

from niemyet.model.base import texts_of
from niemyet.model.catalogue import Catalogue
from niemyet.paper.wall_sheet import short_addresses
from niemyet.view.procedure_view import address

VIETNAMESE = re.compile("[ĂăÂâĐđÊêÔôƠơƯưÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĨĩŨũ\u1ea0-\u1ef9]")
XHTML = "{http://www.w3.org/1999/xhtml}link"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# Attributes that hold words for people; the others hold names, addresses and drawings.
SAID = (
    "alt",
    "aria-label",
    "content",
    "data-all",
    "data-count",
    "data-done",
    "data-list-label",
    "data-none",
    "data-text",
    "placeholder",
    "title",
)


@dataclass
class Document:
    """One HTML file of the site; its path is from the root of the site."""

    path: str
    file: Path

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(
            self.file.read_bytes(), parser=html.HTMLParser(encoding="utf-8")
        )

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(str(id) for id in self.tree.xpath("//@id"))

    @property
    def is_redirect(self) -> bool:
        return bool(self.tree.xpath("/html/@data-page"))

    @property
    def is_not_found(self) -> bool:
        return self.path.endswith("404.html")

    @property
    def address(self) -> str:
        return self.path.removesuffix("index.html")

    @property
    def canonical(self) -> list[str]:
        return [str(href) for href in self.tree.xpath("//head/link[@rel='canonical']/@href")]

    @property
    def lang(self) -> str:
        return str(self.tree.get("lang"))

    @property
    def alternates(self) -> dict[str, str]:
        return {
            str(link.get("hreflang")): str(link.get("href"))
            for link in self.tree.xpath("//head/link[@rel='alternate'][@hreflang]")
        }


@pytest.fixture(scope="module")
def documents(built_site: Path) -> dict[str, Document]:
    """Every HTML file, by its path from the root."""
    files = sorted(built_site.rglob("*.html"))
    return {
        path: Document(path, file)
        for file in files
        if (path := file.relative_to(built_site).as_posix())
    }


@pytest.fixture(scope="module")
def pages(documents: dict[str, Document]) -> list[Document]:
    """The pages people read; short addresses only lead to them."""
    return [d for d in documents.values() if not d.is_redirect]


@pytest.fixture(scope="module")
def site(catalogue: Catalogue) -> str:
    return catalogue.settings.site_url.rstrip("/") + "/"


def target_of(url: str, document: Document, site: str) -> tuple[str, str] | None:
    """The path and fragment an address leads to inside the site; None when it leads elsewhere."""
    parts = urlsplit(url)
    if url.startswith(site):
        path = unquote(urlsplit(url).path).lstrip("/")
    elif parts.scheme or parts.netloc:
        return None
    elif parts.path.startswith("/"):
        path = unquote(parts.path).lstrip("/")
    elif parts.path:
        folder = document.path.rpartition("/")[0]
        steps: list[str] = folder.split("/") if folder else []
        for step in unquote(parts.path).split("/")[:-1]:
            if step == "..":
                assert steps, f"{document.path}: {url} leaves the site"
                steps.pop()
            elif step not in ("", "."):
                steps.append(step)
        path = "/".join([*steps, unquote(parts.path).rpartition("/")[2]])
    else:
        path = document.path
    if path == "" or path.endswith("/"):
        path += "index.html"
    return path, unquote(parts.fragment)


def links_of(document: Document) -> Iterator[str]:
    for element in document.tree.iter():
        for name in ("href", "src", "action", "data-index", "poster", "srcset"):
            if isinstance(element.tag, str) and element.get(name) is not None:
                yield element.get(name) or ""
        if isinstance(element.tag, str) and element.get("http-equiv") == "refresh":
            yield (element.get("content") or "").partition("url=")[2]


def test_the_site_has_what_the_catalogue_has(
    documents: dict[str, Document], catalogue: Catalogue
) -> None:
    assert len(catalogue.public_procedures) > 20
    for procedure in catalogue.public_procedures:
        for lang in catalogue.summaries[procedure.code].languages:
            home = "" if lang == catalogue.settings.default_language else f"{lang}/"
            page = documents[f"{home}{address(procedure)}index.html"]
            assert page.tree.xpath("string(//h1)") == procedure.title.get(lang)


def test_every_link_leads_to_a_file_and_a_place_in_it(
    documents: dict[str, Document], built_site: Path, site: str
) -> None:
    broken = []
    checked = 0
    for document in documents.values():
        for url in links_of(document):
            found = target_of(url, document, site)
            if found is None:
                assert urlsplit(url).scheme in ("https", "mailto", "tel"), f"{document.path}: {url}"
                continue
            checked += 1
            path, fragment = found
            if path not in documents:
                if not (built_site / path).is_file():
                    broken.append(f"{document.path}: {url}")
            elif fragment and fragment not in documents[path].ids:
                broken.append(f"{document.path}: {url} (no such place)")
    assert checked > 5000
    assert broken == []


def test_references_between_elements_lead_somewhere(pages: list[Document]) -> None:
    broken = []
    for page in pages:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
            for value in page.tree.xpath(f"//@{name}"):
                broken += [
                    f"{page.path}: {name}={id}" for id in str(value).split() if id not in page.ids
                ]
    assert broken == []


def test_a_page_draws_the_icons_it_shows_and_no_others(pages: list[Document]) -> None:
    for page in pages:
        drawn = page.tree.xpath("//symbol/@id")
        assert sorted(drawn) == sorted(
            {str(href).removeprefix("#") for href in page.tree.xpath("//use/@href")}
        ), page.path
        assert drawn and not page.tree.xpath("//svg[use][not(@aria-hidden='true')]"), page.path


def test_style_sheets_name_only_files_of_the_site(built_site: Path) -> None:
    sheets = list(built_site.rglob("*.css"))
    named = 0
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        urls = re.findall(r"url\(\s*['\"]?([^'\")]+)", text)
        assert "@import" not in text
        named += len(urls)
        assert all(
            (sheet.parent / url).resolve().is_file() for url in urls if not url.startswith("data:")
        ), urls
    assert named >= 2, "the fonts are no longer found"


def test_a_page_has_one_of_each_thing_it_needs(
    pages: list[Document], catalogue: Catalogue, site: str
) -> None:
    faults = []
    for page in pages:
        expected_lang = next(
            (lang for lang in catalogue.languages if page.path.startswith(f"{lang}/")),
            catalogue.settings.default_language,
        )
        title = page.tree.xpath("//head/title")
        description = page.tree.xpath("//head/meta[@name='description']/@content")
        for what, is_right in {
            "one h1": (
                len(page.tree.xpath("//h1")) == 1 and page.tree.xpath("normalize-space(//h1)")
            ),
            "one title": len(title) == 1 and str(title[0].text_content()).strip(),
            "one description": len(description) == 1 and str(description[0]).strip(),
            "lang": page.lang == expected_lang,
            "canonical": page.canonical == [site + page.address],
            "one main": len(page.tree.xpath("//main")) == 1,
            "viewport": (
                page.tree.xpath("//head/meta[@name='viewport']/@content")
                == ["width=device-width,initial-scale=1"]
            ),
            "policy": (
                len(page.tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content"))
                == 1
            ),
        }.items():
            if not is_right:
                faults.append(f"{page.path}: {what}")
        repeated = [id for id, times in page.ids.items() if times > 1]
        faults += [f"{page.path}: id {id} is there twice" for id in repeated]
        faults += [f"{page.path}: empty id" for id in page.ids if not id.strip()]
    assert faults == []


def test_titles_tell_pages_of_one_language_apart(pages: list[Document]) -> None:
    titles = Counter((page.lang, page.tree.findtext("head/title")) for page in pages)
    assert [key for key, times in titles.items() if times > 1] == []


def test_headings_skip_no_level(pages: list[Document]) -> None:
    faults = []
    for page in pages:
        levels = [
            int(h.tag[1])
            for h in page.tree.xpath(
                "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
            )
        ]
        faults += [
            f"{page.path}: h{a} then h{b}" for a, b in itertools.pairwise(levels) if b > a + 1
        ]
    assert faults == []


def test_no_script_or_style_stands_in_a_page(documents: dict[str, Document]) -> None:
    faults = []
    for document in documents.values():
        for element in document.tree.iter():
            if not isinstance(element.tag, str):
                continue
            is_run = (
                element.tag == "script"
                and not element.get("src")
                and element.get("type") != "application/ld+json"
            )
            if element.tag in ("style", "iframe", "object", "embed", "base") or is_run:
                faults.append(f"{document.path}: <{element.tag}>")
            faults += [
                f"{document.path}: {name}={value!r}"
                for name, value in element.attrib.items()
                if name == "style"
                or name.startswith("on")
                or str(value).lower().lstrip().startswith(("javascript:", "vbscript:"))
            ]
    assert faults == []


def test_nothing_comes_from_another_host(documents: dict[str, Document], site: str) -> None:
    faults = []
    for document in documents.values():
        loaded = document.tree.xpath(
            "//@src | //@srcset | //@poster | //link[not(@rel='canonical' or"
            " @rel='alternate')]/@href"
        )
        faults += [
            f"{document.path}: {url}"
            for url in loaded
            if urlsplit(str(url)).netloc or urlsplit(str(url)).scheme
        ]
        faults += [
            f"{document.path}: {url}"
            for url in document.tree.xpath("//form/@action")
            if urlsplit(str(url)).netloc
        ]
    assert faults == []


def test_pages_of_two_languages_name_each_other(
    documents: dict[str, Document], pages: list[Document], catalogue: Catalogue, site: str
) -> None:
    faults = []
    paired = 0
    for page in pages:
        others = page.alternates
        if not others:
            continue
        paired += 1
        if others.get(page.lang) != site + page.address:
            faults.append(f"{page.path}: does not name itself")
        if others.get("x-default") != others.get(catalogue.settings.default_language):
            faults.append(f"{page.path}: x-default is not the default language")
        for lang, url in others.items():
            found = target_of(url, page, site)
            other = documents.get(found[0]) if found else None
            if other is None:
                faults.append(f"{page.path}: {lang} leads to {url}, which is missing")
            elif other.alternates != others:
                faults.append(f"{page.path} and {other.path} do not name each other")
            elif lang != "x-default" and other.lang != lang:
                faults.append(f"{page.path}: {url} is in {other.lang}, not {lang}")
    assert faults == []
    assert paired > 40
    by_language = {
        lang: {
            p.address.removeprefix(f"{lang}/")
            for p in pages
            if p.lang == lang and not p.is_not_found
        }
        for lang in ("vi", "en")
    }
    both = by_language["vi"] & by_language["en"]
    assert {p.address for p in pages if p.lang == "vi" and p.alternates} == both


def test_the_sitemap_lists_exactly_the_pages_to_be_found(
    pages: list[Document], built_site: Path, site: str
) -> None:
    tree = etree.parse(built_site / "sitemap.xml")
    listed = [str(loc.text) for loc in tree.iter(f"{SITEMAP}loc")]
    hidden = {
        p.path
        for p in pages
        if "noindex" in "".join(p.tree.xpath("//meta[@name='robots']/@content"))
    }
    assert sorted(listed) == sorted(
        site + p.address for p in pages if not p.is_not_found and p.path not in hidden
    )
    alternates = {
        str(url.findtext(f"{SITEMAP}loc")): {
            str(x.get("hreflang")): str(x.get("href")) for x in url.iter(XHTML)
        }
        for url in tree.iter(f"{SITEMAP}url")
    }
    for page in pages:
        if not page.is_not_found:
            assert alternates[site + page.address] == {
                lang: url for lang, url in page.alternates.items() if lang != "x-default"
            }
    assert f"Sitemap: {site}sitemap.xml" in (built_site / "robots.txt").read_text("utf-8")


def test_every_short_address_leads_to_its_procedure(
    documents: dict[str, Document], catalogue: Catalogue, site: str
) -> None:
    expected = {}
    for procedure in catalogue.public_procedures:
        for code in (procedure.code, *procedure.previous_codes):
            expected[f"q/{code}/index.html"] = expected[f"Q/{code.upper()}/index.html"] = procedure
    printed = {
        f"{folder}/{name}/index.html"
        for p in short_addresses(catalogue)
        for folder, name in (("q", p), ("Q", p.upper()))
    }
    assert {path for path in documents if documents[path].is_redirect} == {*expected, *printed}
    for path, procedure in expected.items():
        document = documents[path]
        page = f"{address(procedure)}index.html"
        icon, script = ("assets/logo.svg", ""), ("assets/js/q.js", "")
        assert [target_of(url, document, site) for url in links_of(document)] == [
            (page, ""),
            icon,
            script,
            (page, ""),
            (page, ""),
        ], path
        assert document.tree.xpath("string(//title)") == f"{procedure.code} {procedure.title}"
        assert document.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert documents[page].tree.xpath("//*[@data-ny-proc]/@data-ny-proc") == [procedure.code]


# A language keeps to itself


@pytest.fixture(scope="module")
def english(catalogue: Catalogue, project: Path) -> list[str]:
    """What may hold Vietnamese letters on an English page, the longest first: English values that
    do, numbers of law, names."""
    values = {text.get("en") or "" for text in texts_of(catalogue)}
    values |= {alias for p in catalogue.procedures.values() for alias in p.aliases.get("en", ())}
    values |= set(catalogue.strings["en"].values())
    values |= {document.number for document in catalogue.legal.values()}
    values |= {p.decision.number for p in catalogue.procedures.values() if p.decision}
    values |= {form.number for form in catalogue.official_forms.values()}
    values |= {
        line.strip()
        for file in (project / "content/pages/en").glob("*.md")
        for line in file.read_text("utf-8").splitlines()
    }
    return sorted((v for v in values if VIETNAMESE.search(v)), key=len, reverse=True)


def leaks(text: str, english: list[str]) -> str:
    """What remains Vietnamese in a text when all that may be is taken away; empty when nothing
    does."""
    text = " ".join(text.split())
    if not VIETNAMESE.search(text):
        return ""
    if any(
        text in value for value in english if "](" in value or "**" in value
    ):  # a piece of a line of Markdown
        return ""
    for value in english:
        text = text.replace(value, "")
    return text if VIETNAMESE.search(text) else ""


def test_an_english_page_says_nothing_that_is_only_vietnamese(
    pages: list[Document], english: list[str]
) -> None:
    found = []
    read = 0
    for page in pages:
        if page.lang != "en":
            continue
        for element in page.tree.iter():
            if not isinstance(element.tag, str) or element.xpath(
                "ancestor-or-self::*[@lang][1]/@lang"
            ) == ["vi"]:
                continue
            said = [
                element.text or "",
                *(child.tail or "" for child in element),
                *(element.get(name) or "" for name in SAID),
            ]
            for text in said:
                read += bool(text.strip())
                if leak := leaks(text, english):
                    found.append(f"{page.path}: <{element.tag}> {leak}")
    assert read > 2000
    assert found == []


def test_the_english_search_and_signs_say_nothing_that_is_only_vietnamese(
    built_site: Path, english: list[str]
) -> None:
    for name in ("assets/search/en.js", "assets/js/office-en.js"):
        text = (built_site / name).read_text("utf-8")
        data = (
            index_in(text)
            if "niemyetIndex" in text
            else json.loads(text[text.index("=") + 1 :].rstrip().rstrip(";"))
        )
        stack, found, read = [data], [], 0
        while stack:
            value = stack.pop()
            if isinstance(value, str):
                read += 1
                found.append(leaks(value, english))
            elif isinstance(value, dict | list):
                stack.extend(value.values() if isinstance(value, dict) else value)
        assert read > 10
        assert [leak for leak in found if leak] == []


def test_the_leak_finder_finds_leaks(catalogue: Catalogue, english: list[str]) -> None:
    number = next(
        document.number
        for document in catalogue.legal.values()
        if VIETNAMESE.search(document.number)
    )
    assert leaks(f"Decree {number}", english) == ""
    for procedure in catalogue.public_procedures:
        assert leaks(f"See {procedure.title}", english), procedure.title


def test_vietnamese_pages_hold_no_english_frame(pages: list[Document], project: Path) -> None:
    strings = {
        lang: yaml.safe_load((project / f"generator/niemyet/i18n/{lang}.yml").read_text("utf-8"))
        for lang in ("vi", "en")
    }
    foreign = {
        text
        for key, text in strings["en"].items()
        if len(text) > 12 and "{" not in text and text not in strings["vi"].values()
    }
    found = [
        f"{page.path}: {text}"
        for page in pages
        if page.lang == "vi"
        for text in page.tree.xpath("//body//text()")
        if text.strip() in foreign
    ]
    assert len(foreign) > 50
    assert found == []
