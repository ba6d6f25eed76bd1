"""Every template, on phone and desk, light and dark, in both languages: accessible, quiet, and
nothing but our own files.

The samples are listed in `samples.txt`, and a test holds that they show everything the built site
can show, so no template and no state of one can be forgotten. `make looks` lists them anew.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import (
    ALL_RULES,
    COLOUR_RULES,
    DESKTOP,
    HANOI,
    PHONE,
    SHIFTS,
    Open,
    troubles,
    violations,
)
from looks import RENEW
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect
from samples import kind_of, parts_of, samples

IS_WIDER = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
LOOKS = (
    "() => [document.documentElement.outerHTML, document.scrollingElement.scrollHeight,"
    " getComputedStyle(document.body).color]"
)
TEMPLATES = Path(__file__).resolve().parents[2] / "generator/niemyet/web/templates"


LISTED = Path(__file__).with_name("samples.txt")
SAMPLES = LISTED.read_text("utf-8").split()
MORNING = dt.datetime(2026, 11, 25, 9, tzinfo=HANOI)
"""The office is open; twelve hours later it is closed."""


@pytest.fixture(scope="session")
def full_url(full_site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(full_site / "site")


def address_of(path: str) -> str:
    return path.removesuffix("index.html")


def opened(open_page: Open, full_url: str, path: str, width: int) -> Page:
    # A printed address is seen only where the script that leads on does not run.
    page = open_page(
        address_of(path),
        width,
        at=MORNING,
        is_running=True,
        base=full_url,
        without="assets/js/q.js" if path.startswith("q/") else "",
    )
    if page.locator("[data-ny-keep]").count():  # it asks the worker what is kept
        expect(page.locator("[data-ny-save]")).to_be_visible()
    page.evaluate(Axe().axe_script)
    return page


def faults_in_the_dark(page: Page, has_scheme: bool) -> list[str]:
    """The scheme changes colours and nothing else, so only what depends on colours is looked at
    again."""
    markup, height, ink = page.evaluate(LOOKS)
    page.emulate_media(color_scheme="dark")
    dark_markup, dark_height, dark_ink = page.evaluate(LOOKS)
    found = [f"dark: {line}" for line in violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light")
    if (dark_markup, dark_height) != (markup, height):
        found.append("the scheme changes more than colours")
    if dark_ink == ink and has_scheme:
        found.append("there is no dark scheme")
    return found


@pytest.mark.parametrize("path", SAMPLES)
def test_a_page_is_sound(open_page: Open, full_url: str, path: str) -> None:
    """No sideways scrolling, nothing that axe finds, nothing kept, no error, nothing from
    elsewhere; on a phone and, after hours, on a desk.

    Each template is dark on a phone in one language and on a desk in the other.
    """
    page = opened(open_page, full_url, path, PHONE)
    found: list[str] = []
    for width, height in ((PHONE, 844), (DESKTOP, 900)):
        if width == DESKTOP:
            page.set_viewport_size({"width": width, "height": height})
            page.clock.fast_forward("12:00:00")
            if page.locator("[data-ny-status]").count():
                expect(page.locator("[data-ny-status]").first).to_have_attribute(
                    "data-state", "closed"
                )
        faults = ["scrolls sideways"] if page.evaluate(IS_WIDER) > 0 else []
        faults += violations(page, ALL_RULES)
        if width == (DESKTOP if path.startswith("en/") else PHONE):
            faults += faults_in_the_dark(page, has_scheme=not path.startswith("q/"))
        found += [f"{width}: {line}" for line in faults]
    kept = page.evaluate(
        "() => [document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)]"
    )
    assert kept == ["", [], []] and page.context.cookies() == []
    assert found + troubles(page) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("lang", ["", "en/"])
def test_what_opens_is_accessible(open_page: Open, full_url: str, lang: str, width: int) -> None:
    """Results of a search, the menu of a phone, and everything that unfolds on a procedure."""
    found: list[str] = []

    def look(page: Page, what: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found.extend(
                f"{what}, {scheme}: {line}"
                for line in violations(page, ALL_RULES if scheme == "light" else COLOUR_RULES)
            )

    page = opened(open_page, full_url, lang, width)
    page.locator(".ny-search__input").press_sequentially("birth" if lang else "dang ky")
    expect(page.locator(".ny-search__list [role=option]").nth(1)).to_be_visible()
    look(page, "results")
    page.keyboard.press("Escape")
    if width == PHONE:
        page.locator("[data-ny-menu]").click()
        expect(page.locator("#danh-muc")).to_be_visible()
        look(page, "menu")
    found += troubles(page)
    page = opened(open_page, full_url, f"{lang}thu-tuc/dang-ky-khai-sinh/", width)
    unfold = (
        "() => [...document.querySelectorAll('details')].filter(e => e.checkVisibility()).map(e =>"
        " e.open = true).length"
    )
    assert page.evaluate(unfold) > 1
    page.locator("[data-ny-rate] input[type=radio]").first.check()
    look(page, "unfolded")
    assert found + troubles(page) == []


OFTEN = (
    "index.html",
    "thu-tuc/index.html",
    "gio-lam-viec/index.html",
    "viec/nguoi-than-qua-doi/index.html",
)


@pytest.mark.parametrize("width", [320, 412, 600, 1366])
def test_nothing_moves_while_a_page_arrives(browser: Browser, full_url: str, width: int) -> None:
    """Scripts come late, as over a slow line, on the widths of telephones, tablets and desks."""

    def late(route: Route) -> None:
        time.sleep(0.05)
        route.continue_()

    moved: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.add_init_script(SHIFTS)
    context.route(re.compile(r"assets/js/(?!boot)"), late)
    every = [path for path in SAMPLES if not path.startswith(("en/", "q/"))]
    for path in every if width == 412 else OFTEN:
        page = context.new_page()
        page.goto(full_url + address_of(path))
        page.wait_for_timeout(150)
        shifts = page.evaluate("() => shifts")
        if sum(float(line.split()[0]) for line in shifts) > 0.0005:
            moved.append(f"{path}: {shifts}")
        page.close()
    context.close()
    assert moved == []


def test_the_samples_show_everything(full_site: Path) -> None:
    """Whatever a page of a kind is made of is on a sample of that kind; every template is used in
    the site they are taken from."""
    site = full_site / "site"
    if RENEW:
        LISTED.write_text("".join(f"{path}\n" for path in sorted(samples(site))), "utf-8")
        return
    shown: dict[tuple[str, str], set[str]] = {}
    for path in SAMPLES:
        shown.setdefault(kind_of(path), set()).update(parts_of(site / path))
    everywhere = {
        lang: set().union(*(parts for (of, _), parts in shown.items() if of == lang))
        for lang in ("vi", "en")
    }
    for file in site.rglob("*.html"):
        path = file.relative_to(site).as_posix()
        if not path.startswith("Q/"):
            lang, kind = kind_of(path)
            assert parts_of(file) <= shown.get((lang, kind), everywhere[lang]), path
    assert len(SAMPLES) < 70, "samples are meant to be few"
    marks = {
        token
        for path in TEMPLATES.glob("*.html")
        for token in re.findall(r'class="([^"{}]*)"', path.read_text("utf-8"))
    }
    unseen = {f".{name}" for mark in marks for name in mark.split()} - everywhere["vi"]
    assert unseen == set(), "no page of the site shows this"


def test_the_policy_is_strict_on_every_page(full_site: Path) -> None:
    """Nothing is allowed but our own files, before anything is loaded; no page has a script or a
    style of its own."""
    site = full_site / "site"
    for file in sorted(site.rglob("*.html")):
        tree = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        first = next(
            e
            for e in tree.head
            if e.get("http-equiv") == "Content-Security-Policy"
            or e.tag in ("script", "link", "style")
        )
        policy = dict(
            part.strip().split(" ", 1) for part in str(first.get("content", "")).split(";")
        )
        assert policy["default-src"] == "'none'", file
        assert policy["script-src"] == "'self'" and policy.get("style-src", "'self'") == "'self'", (
            file
        )
        assert set(" ".join(policy.values()).split()) <= {"'none'", "'self'", "data:"}, file
        assert "data:" not in " ".join(
            value for name, value in policy.items() if name != "img-src"
        ), file
        assert (
            tree.xpath("//style | //script[not(@src) and not(@type='application/ld+json')]") == []
        ), file
        assert (
            tree.xpath(
                "//@style | //@*[starts-with(name(), 'on')] | //*[starts-with(@href,"
                " 'javascript:')]"
            )
            == []
        ), file
    headers = (site / "_headers").read_text("utf-8")
    assert "default-src 'none'" in headers and "unsafe" not in headers
