"""The touch screen of the centre: nobody leaves the site, and nobody leaves anything behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from niemyet.model.catalogue import Catalogue

REGISTER = "thu-tuc/dang-ky-khai-sinh/"
SCREEN = {"width": 1080, "height": 1920}
SMALL = """() => [...document.querySelectorAll(`a, button, summary, select, [role=option],
        label:has(input[type=checkbox], input[type=radio]),
        input:not([type=checkbox], [type=radio])`)]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.classList.contains('ny-skip'))
    .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
    .filter(([r]) => r.height < 59.5 || r.width < 59.5)
    .map(([r, html]) => `${Math.round(r.width)}x${Math.round(r.height)} ${html}`)"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=SCREEN, has_touch=True, locale="vi-VN", service_workers="block"
    )  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def screen(context: BrowserContext, site_url: str) -> Page:
    """The screen at its home page, with a clock that the test moves."""
    page = context.new_page()
    page.clock.install()
    page.goto(site_url + "?kiosk=1")
    expect(page.locator(".ny-kiosk-bar")).to_be_visible()
    return page


def walk(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".ny-kiosk-bar")).to_be_visible()


def test_the_screen_returns_home_and_forgets_when_nobody_touches_it(
    screen: Page, site_url: str, catalogue: Catalogue
) -> None:
    idle = catalogue.settings.kiosk_idle_seconds
    walk(screen, site_url + REGISTER)
    screen.locator("[data-ny-check]").first.check()
    screen.locator("[data-ny-theme]").click()
    screen.locator(".ny-opt").last.click()
    screen.evaluate("() => { location.hash = 'le-phi' }")
    screen.locator(".ny-search__input").fill("nhận cha mẹ con")
    assert screen.evaluate("() => Object.keys(localStorage).length") == 2
    asking = screen.get_by_role("alertdialog", name="Bạn còn đó không?")

    screen.clock.run_for((idle - 17) * 1000)
    expect(asking).to_be_hidden()
    screen.clock.run_for(3000)
    expect(asking).to_be_visible()
    expect(asking).to_contain_text("Còn 1")
    # Somebody is there after all.
    screen.get_by_role("button", name="Tôi còn xem").click()
    expect(asking).to_be_hidden()
    screen.clock.run_for((idle - 17) * 1000)
    expect(asking).to_be_hidden()
    expect(screen.locator("[data-ny-check]").first).to_be_checked()

    # And then nobody is.
    screen.clock.run_for(5000)
    expect(asking).to_be_visible()
    with screen.expect_navigation(url=site_url):
        screen.clock.run_for(16_000)
    expect(screen.locator(".ny-search__input")).to_have_value("")
    assert screen.evaluate(
        "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()"
    ) == ["ny.kiosk", "ny.kiosk.turn"]
    expect(screen.locator("html")).to_have_attribute("data-kiosk", "")

    # The way back does not lead to what the one before has read or chosen.
    screen.get_by_role("button", name="Quay lại").click()
    screen.wait_for_timeout(500)
    expect(screen).to_have_url(site_url)
    walk(screen, site_url + REGISTER)
    expect(screen.locator("[data-ny-check]").first).not_to_be_checked()


def test_a_screen_nobody_uses_does_not_ask(screen: Page, catalogue: Catalogue) -> None:
    screen.clock.run_for(catalogue.settings.kiosk_idle_seconds * 3000)
    expect(screen.get_by_role("alertdialog")).to_be_hidden()


def test_done_forgets_at_once(screen: Page, site_url: str) -> None:
    walk(screen, site_url + "en/" + REGISTER)
    screen.locator("[data-ny-check]").first.check()
    screen.get_by_role("button", name="Done, remove my traces").click()
    screen.wait_for_url(site_url)
    assert screen.evaluate("() => Object.keys(localStorage)") == ["ny.kiosk.turn"]


NAME = "Nguyễn Thị Bí Mật"
TURN = """() => [localStorage, sessionStorage].map(store => store.getItem('ny.kiosk.turn'))"""
SAID_WHEN_SHOWN = """window.addEventListener('pageshow', event => {
    const filled = [...document.querySelectorAll('input, textarea')].map(field => field.value);
    const links = [...document.querySelectorAll("a[href^=mailto]")];
    const letters = links.map(a => decodeURIComponent(a));
    console.log(JSON.stringify([event.persisted, filled.join('') + letters.join('')]));
})"""
DEAF_TO_UNLOAD = """(() => {
    const plain = window.addEventListener;
    window.addEventListener = function (type, ...rest) {
        if (type !== 'unload') plain.call(window, type, ...rest);
    };
})()"""


@pytest.fixture(scope="module")
def keeping_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A Chromium with the back/forward cache, which Playwright switches off otherwise."""
    flag = "--disable-back-forward-cache"
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=[flag])
    yield browser
    browser.close()


@pytest.mark.parametrize("before", ["", DEAF_TO_UNLOAD], ids=["unload heard", "unload ignored"])
@pytest.mark.parametrize("is_stale", [False, True], ids=["fresh storage", "old sessionStorage"])
def test_the_way_back_shows_nothing_that_was_typed(
    keeping_browser: Browser, site_url: str, before: str, is_stale: bool
) -> None:
    """Firefox gives a page from its back/forward cache the sessionStorage of the time it was left.

    Other engines put a page into that cache even if it listens to `unload`.
    """
    page = keeping_browser.new_page(viewport=SCREEN, service_workers="block")  # type: ignore[arg-type]
    shown: list[str] = []
    page.on("console", lambda message: shown.append(message.text))
    for script in (SAID_WHEN_SHOWN, before):
        page.add_init_script(script)
    walk(page, site_url + "?kiosk=1")
    walk(page, site_url + "bao-sai/?ma=1.001193")
    for field in page.locator("[data-ny-slip] [id^=bs-]").all():
        field.fill(NAME)
    expect(page.locator("[data-ny-slip-mail]")).to_have_attribute("href", re.compile("%C3%AD"))
    first = page.evaluate(TURN)
    page.locator(".ny-nav a").first.click()
    page.wait_for_url(site_url + "thu-tuc/")
    page.get_by_role("button", name="Xong, xóa dấu vết").click()
    page.wait_for_url(site_url)
    expect(page.locator(".ny-kiosk-bar")).to_be_visible()
    assert page.evaluate(TURN) != first, "the visitor after has no number of his own"
    if is_stale:
        restore = "turn => { if (turn === null) delete sessionStorage['ny.kiosk.turn'];"
        page.evaluate(f"{restore} else sessionStorage['ny.kiosk.turn'] = turn }}", first[1])
    shown.clear()
    page.get_by_role("button", name="Quay lại").click()
    page.wait_for_timeout(500)
    page.evaluate("() => history.back()")
    page.wait_for_timeout(1000)
    expect(page).to_have_url(site_url)
    expect(page.locator(".ny-kiosk-bar")).to_be_visible()
    assert shown and not [line for line in shown if NAME in line]
    if before:
        assert any(line.startswith("[true") for line in shown), "no page came from the cache"
    page.context.close()


def test_a_page_is_empty_when_it_is_left(screen: Page, site_url: str) -> None:
    """Firefox keeps what stands in the fields at that moment and fills them with it later."""
    walk(screen, site_url + "bao-sai/")
    screen.locator("#bs-ghi").fill(NAME)
    screen.locator("[data-ny-slip] [type=checkbox]").first.check()
    left = screen.evaluate(
        """() => {
            const fields = [...document.querySelectorAll('[data-ny-slip] input, textarea')];
            dispatchEvent(new PageTransitionEvent('pagehide'));
            return [fields.some(field => field.checked || field.value.includes('Mật')),
                document.body.textContent];
        }"""
    )
    assert left == [False, ""]


def test_nothing_leads_out(screen: Page, context: BrowserContext, site_url: str) -> None:
    walk(screen, site_url + "thu-tuc/dang-ky-khai-sinh/")
    asked: list[str] = []
    context.on(
        "request", lambda request: request.is_navigation_request() and asked.append(request.url)
    )
    outside = screen.locator(f"main a[href]:not([href^='{site_url}'])")
    leads = (
        "a => !a.href.startsWith(document.baseURI.split('/').slice(0, 3).join('/')) &&"
        " a.checkVisibility()"
    )
    found = [link for link in outside.all() if link.evaluate(leads)]
    assert {link.evaluate("a => a.protocol") for link in found} >= {"https:", "tel:"}
    here = screen.url
    for link in found:
        link.click()
        box = screen.get_by_role("dialog", name="Mở trên điện thoại của bạn")
        expect(box).to_be_visible()
        address: str = link.evaluate("a => a.href")
        expect(box.locator(".ny-kiosk__address")).to_have_text(address.removeprefix("tel:"))
        box.get_by_role("button", name="Đóng").click()
        link.click(button="middle")
        expect(box).to_be_visible()
        screen.keyboard.press("Escape")
    assert screen.url == here and asked == [] and len(context.pages) == 1
    assert screen.evaluate("() => window.open('https://vbpl.vn')") is None
    # A link inside the site opens here, whatever keys are held.
    screen.locator(".ny-nav a").first.click(modifiers=["Control"])
    screen.wait_for_url(site_url + "thu-tuc/")
    assert len(context.pages) == 1
    assert (
        screen.evaluate(
            "() => document.dispatchEvent(new MouseEvent('contextmenu', {cancelable: true, bubbles:"
            " true}))"
        )
        is False
    )
    expect(screen.locator("[data-ny-print]:visible, [data-ny-share]:visible")).to_have_count(0)


def test_a_sheet_is_shown_and_not_opened(screen: Page, site_url: str, catalogue: Catalogue) -> None:
    walk(screen, site_url + "thu-tuc/")
    screen.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('afterbegin',
            '<a id="to" href="../in/thu-tuc/a.pdf"><img src="../assets/logo.svg" alt="">Tờ</a>')"""
    )
    screen.locator("#to").click()
    box = screen.get_by_role("dialog")
    expect(box.locator(".ny-kiosk__address")).to_have_text(
        f"{catalogue.settings.site_url}in/thu-tuc/a.pdf"
    )
    expect(box.locator("img")).to_be_visible()


@pytest.mark.parametrize("path", ["", REGISTER, "thu-tuc/", "phi-le-phi/", "lien-he/", "en/"])
def test_the_screen_is_for_fingers_and_for_everybody(
    screen: Page, site_url: str, path: str
) -> None:
    walk(screen, site_url + path)
    assert "\n".join(screen.evaluate(SMALL)) == ""
    assert (
        screen.evaluate(
            "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        )
        <= 0
    )
    screen.evaluate(Axe().axe_script)
    check = (
        "() => axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' ' +"
        " v.nodes[0].html.slice(0, 150)))"
    )
    for scheme in ("light", "dark"):
        screen.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert screen.evaluate(check) == []
    if not path:
        screen.locator(".ny-search__input").press_sequentially("khai sinh")
        expect(screen.locator(".ny-search__list [role=option]").first).to_be_visible()
        assert "\n".join(screen.evaluate(SMALL)) == ""
        screen.clock.run_for(80_000)
        expect(screen.get_by_role("alertdialog")).to_be_visible()
        assert screen.evaluate(check) == []


@pytest.mark.parametrize("path", ["", REGISTER, "phi-le-phi/"])
def test_large_text_fits_the_screen_and_is_forgotten(
    screen: Page, site_url: str, path: str
) -> None:
    walk(screen, site_url + path)
    brand = screen.locator(".ny-brand__ward")
    plain = brand.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    screen.locator("[data-ny-text]").click()
    assert brand.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == pytest.approx(
        plain * 1.2
    )
    assert (
        screen.evaluate(
            "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        )
        <= 0
    )
    assert (brand.bounding_box() or {"height": 999})["height"] < 2 * plain, (
        "the name of the ward is broken"
    )
    assert screen.evaluate(SMALL) == []
    screen.get_by_role("button", name="Xong, xóa dấu vết").click()
    screen.wait_for_url(site_url)
    expect(screen.locator("[data-ny-text]")).to_have_attribute("aria-pressed", "false")
    assert screen.evaluate("() => Object.keys(localStorage)") == ["ny.kiosk.turn"]


def test_the_screen_works_from_a_folder(browser: Browser, built_site: Path) -> None:
    page = browser.new_page()
    page.clock.install()
    page.goto((built_site / "index.html").as_uri() + "?kiosk=1")
    page.goto((built_site / REGISTER / "index.html").as_uri())
    expect(page.locator(".ny-kiosk-bar")).to_be_visible()
    page.locator("[data-ny-check]").first.check()
    page.get_by_role("button", name="Xong, xóa dấu vết").click()
    page.wait_for_url((built_site / "index.html").as_uri())
    page.context.close()


def test_without_the_word_nothing_changes(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url)
    expect(page.locator("html")).not_to_have_attribute("data-kiosk", "")
    assert not any("kiosk" in url for url in asked)
    page.context.close()
