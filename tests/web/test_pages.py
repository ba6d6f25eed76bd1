"""The shipped site in a real browser: sizes, colours, keyboard, no JavaScript, paper, hours, and
nothing but our own files."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ALL_RULES, COLOUR_RULES, DESKTOP, HANOI, PHONE, Open, troubles, violations
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdfium2 import PdfDocument

from niemyet.model.catalogue import Catalogue
from niemyet.model.procedure import Procedure
from niemyet.view.facts import fee_fact
from niemyet.view.words import Words

PAGES = (
    "home", "list", "sector", "life event", "long procedure", "short procedure", "fees",
    "hotlines", "hours", "process", "law bookcase",
    "survey form", "error slip", "404", "English home", "English life event", "English procedure",
)  # fmt: skip
IS_WIDER = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
# Text that leaves the window or is cut off by its own box.
CUT = """() => [...document.querySelectorAll(
        'main h1, main p, main dd, main dt, main .ny-row__t, main .ny-btn, .ny-header a')]
    .filter(e => e.checkVisibility() && !e.closest('.ny-vh, .ny-scroll'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1
        || (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
        && getComputedStyle(e).overflowX !== 'visible'))
    .map(e => e.outerHTML.slice(0, 120))"""
SURVEY = "phieu-khao-sat"


@pytest.fixture(scope="session")
def addresses(catalogue: Catalogue) -> dict[str, str]:
    """Where each of PAGES is, from the root."""
    in_english = [
        p for p in catalogue.public_procedures if "en" in catalogue.summaries[p.code].languages
    ]
    return {
        "home": "",
        "list": "thu-tuc/",
        "sector": "linh-vuc/ho-tich/",
        "life event": "viec/nguoi-than-qua-doi/",
        "long procedure": f"thu-tuc/{longest(catalogue.public_procedures).slug}/",
        "short procedure": (
            f"thu-tuc/{min(catalogue.public_procedures, key=lambda p: len(p.papers)).slug}/"
        ),
        "fees": "phi-le-phi/",
        "hotlines": "lien-he/",
        "hours": "gio-lam-viec/",
        "process": "quy-trinh/",
        "law bookcase": "tu-sach-phap-luat/",
        "survey form": f"phieu/{SURVEY}/",
        "error slip": "bao-sai/?ma=1.001193",
        "404": "404.html",
        "English home": "en/",
        "English life event": "en/viec/co-con-nho/",
        "English procedure": f"en/thu-tuc/{longest(in_english).slug}/",
    }


def longest(procedures: Any) -> Procedure:
    """The procedure with the most papers."""
    return max(procedures, key=lambda p: len(p.papers))


def stored(page: Page) -> dict[str, str]:
    return page.evaluate("() => ({...localStorage})")  # type: ignore[no-any-return]


def test_axe_finds_what_is_wrong(open_page: Open) -> None:
    page = open_page("thu-tuc/", color_scheme="dark")
    page.evaluate(Axe().axe_script)
    page.evaluate(
        """() => { document.querySelector('.ny-lead').style.color = '#333';
            document.querySelector('.ny-search label').remove();
            document.querySelector('.ny-search input').removeAttribute('placeholder') }"""
    )
    assert {line.partition(":")[0] for line in violations(page, ALL_RULES)} >= {
        "color-contrast",
        "label",
    }
    assert {line.partition(":")[0] for line in violations(page, COLOUR_RULES)} == {"color-contrast"}


def test_the_watch_sees_what_is_wrong(open_page: Open) -> None:
    page = open_page("")
    assert troubles(page) == []
    with page.expect_console_message(lambda message: message.text.startswith("CSP: img-src")):
        page.evaluate(
            "() => { document.body.append(Object.assign(new Image(), {src:"
            " 'https://elsewhere.example/spy.png'})) }"
        )
    with page.expect_response("**/missing.js"):
        page.evaluate(
            "() => { document.head.append(Object.assign(document.createElement('script'), {src:"
            " '/missing.js'})) }"
        )
    assert any(line.startswith("console error: CSP: img-src") for line in troubles(page))
    assert any(line.startswith("404: ") for line in troubles(page))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_when_enlarged(
    open_page: Open, addresses: dict[str, str], name: str
) -> None:
    """WCAG 2.2, 1.4.10 and 1.4.4: 320 px, a window of 1366 px at 200 %, and text alone at 200 %."""
    page = open_page(addresses[name], 320, device_scale_factor=2)
    assert page.evaluate(IS_WIDER) <= 0, "at 320 px"
    assert page.evaluate(CUT) == [], "at 320 px"
    page.set_viewport_size({"width": 683, "height": 450})
    assert page.evaluate(IS_WIDER) <= 0, "at a zoom of 200 %"
    assert page.evaluate(CUT) == [], "at a zoom of 200 %"
    page.set_viewport_size({"width": 1366, "height": 900})
    before = page.evaluate("() => document.scrollingElement.scrollHeight")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert page.evaluate("() => document.scrollingElement.scrollHeight") > before, (
        "the text did not grow"
    )
    assert page.evaluate(IS_WIDER) <= 0, "with text at 200 %"
    assert page.evaluate(CUT) == [], "with text at 200 %"


# Keyboard


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def test_the_first_tab_stop_leads_to_the_content(
    open_page: Open, addresses: dict[str, str]
) -> None:
    page = open_page(addresses["long procedure"])
    page.keyboard.press("Tab")
    skip = focused(page)
    expect(skip).to_have_class("ny-skip")
    box = skip.bounding_box()
    assert box is not None and box["y"] >= 0, "the skip link stays hidden"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("name", ["home", "long procedure", "fees"])
def test_tab_visits_everything_once_and_shows_where_it_is(
    open_page: Open, addresses: dict[str, str], name: str, width: int
) -> None:
    page = open_page(addresses[name], width)
    # Of a group of radio buttons only the chosen one is a stop; a day or an hour has a stop for
    # each of its parts.
    expected = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
            .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled
                && e.tabIndex >= 0)
            .filter(e => e.type !== 'radio' || e.checked)
            .map((e, i) => { e.dataset.stop = i; return String(i) })"""
    )
    visited = []
    unmarked = []
    for _ in range(len(expected) + 20):
        if len(visited) == len(expected):
            break
        page.keyboard.press("Tab")
        stop, is_marked, html = page.evaluate(
            """() => { const e = document.activeElement;
                const box = e.matches('.ny-check input') ? e.nextElementSibling : e;
                const s = getComputedStyle(box);
                return [e.dataset.stop, s.outlineStyle !== 'none'
                    && parseFloat(s.outlineWidth) >= 2,
                e.outerHTML.slice(0, 100)] }"""
        )
        if stop is None or stop in visited[-1:]:
            continue
        visited.append(stop)
        if not is_marked:
            unmarked.append(html)
    assert visited == expected, "the order of the tab stops is not the order of the page"
    assert unmarked == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_and_closes_from_the_keyboard(open_page: Open, key: str) -> None:
    page = open_page("", PHONE)
    button, menu = page.locator("[data-ny-menu]"), page.locator("#danh-muc")
    expect(menu).to_be_hidden()
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    page.keyboard.press(key)
    expect(menu).to_be_visible()
    page.keyboard.press(key)
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_every_target_is_big_enough_for_a_thumb(open_page: Open, addresses: dict[str, str]) -> None:
    page = open_page(addresses["long procedure"], PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .ny-btn, .ny-bar a, .ny-check label,'
                + 'summary, .ny-row, .ny-search__input')].filter(e => e.checkVisibility())
            .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
            .filter(([r]) => r.height < 40 || r.width < 40)
            .map(([r, html]) => `${Math.round(r.width)}x${Math.round(r.height)} ${html}`)"""
    )
    assert small == []


# Without JavaScript


def test_without_scripts_a_procedure_is_all_there(
    open_page: Open, addresses: dict[str, str], catalogue: Catalogue
) -> None:
    procedure = longest(catalogue.public_procedures)
    words = Words(catalogue, "vi")
    page = open_page(addresses["long procedure"], PHONE, java_script_enabled=False)
    papers = page.locator(".ny-check__n")
    assert sorted(papers.all_inner_texts()) == sorted(words.text(p.name) for p in procedure.papers)
    steps = page.locator(".ny-steps h3")
    assert steps.all_inner_texts() == [
        words.text(catalogue.step(step).title) for step in procedure.steps
    ]
    fees = page.locator(".ny-table--fees tbody tr")
    assert fees.count() == len(procedure.fees) > 0
    assert all(text.strip() for text in page.locator(".ny-table--fees td strong").all_inner_texts())
    expect(page.locator("[data-ny-fact=fee]")).to_have_text(
        fee_fact(catalogue, words, procedure)[0]
    )
    for found in (papers, steps, fees):
        for i in range(found.count()):
            expect(found.nth(i)).to_be_visible()
    expect(page.locator(".ny-share")).to_be_hidden()
    expect(page.locator(".ny-hint.ny-js")).to_be_hidden()
    expect(page.locator("[data-ny-menu]")).to_be_hidden()
    expect(page.locator("#danh-muc a").first).to_be_visible()


def test_without_scripts_the_list_leads_everywhere(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("", PHONE, java_script_enabled=False)
    page.locator(".ny-search__input").fill("khai sinh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc/?q=*")
    expect(page.locator(".ny-row")).to_have_count(len(catalogue.public_procedures))
    page.locator(".ny-row").first.click()
    expect(page.locator("h1")).to_have_text(str(catalogue.public_procedures[0].title))


# Paper


def pages_of_pdf(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", [SURVEY, "phieu-gop-y"])
def test_a_form_fits_on_one_leaf_of_paper(
    open_page: Open, catalogue: Catalogue, name: str, lang: str
) -> None:
    form = catalogue.forms[name]
    page = open_page(f"{Words(catalogue, lang).home}phieu/{name}/")
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= pages_of_pdf(pdf) <= 2, "more than both sides of one A4 leaf"
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.0-9]* 84[12][.0-9]*\]", pdf), "not A4"
    questions = [q for section in form.sections for q in section.questions]
    boxes = sum(
        len(form.scales[q.scale]) if q.type == "scale" else len(q.options)
        for q in questions
        if q.type not in ("lines", "field")
    )
    ticks = page.locator(".ny-sheet .ny-tick")
    assert ticks.count() == boxes
    sizes = ticks.evaluate_all(
        "all => all.map(e => [e.offsetWidth, e.offsetHeight, getComputedStyle(e).borderTopStyle])"
    )
    assert all(
        width >= 12 and height >= 12 and style == "solid" for width, height, style in sizes
    ), "boxes too small to tick"
    assert page.locator(".ny-dots span").count() == sum(
        q.lines for q in questions if q.type == "lines"
    )
    for selector in (".ny-header", ".ny-footer", ".ny-pagehead", ".ny-noprint >> nth=0"):
        expect(page.locator(selector)).to_be_hidden()


@pytest.mark.parametrize("width", [320, 768])
def test_long_words_and_long_scales_do_not_widen_a_form(open_page: Open, width: int) -> None:
    page = open_page(f"phieu/{SURVEY}/")
    page.set_viewport_size({"width": width, "height": 900})
    wide, narrowest = page.evaluate("""() => {
            const sheet = document.querySelector(".ny-sheet")
            for (const row of sheet.querySelectorAll(".ny-scale tr")) {
                while (row.children.length < 8) row.append(row.lastElementChild.cloneNode(true))
            }
            const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT), texts = []
            while (walker.nextNode())
                if (walker.currentNode.data.trim()) texts.push(walker.currentNode)
            texts.forEach(text => { text.data = "nghiêng".repeat(26) })
            return [document.documentElement.scrollWidth,
                Math.min(...[...sheet.querySelectorAll(".ny-tick")].map(box => box.offsetWidth))]
        }""")
    assert wide <= width
    assert narrowest >= 16, "boxes too small to tick"


def test_a_printed_procedure_is_a_checklist_with_an_address(
    open_page: Open, addresses: dict[str, str], catalogue: Catalogue
) -> None:
    page = open_page(addresses["long procedure"])
    page.emulate_media(media="print")
    for selector in (".ny-header", ".ny-footer", ".ny-side", ".ny-bar", ".ny-search"):
        expect(page.locator(selector)).to_be_hidden()
    papers = page.locator(".ny-check__n")
    assert papers.count() == len(longest(catalogue.public_procedures).papers)
    expect(papers.last).to_be_visible()
    expect(page.locator(".ny-printed")).to_contain_text(
        f"{catalogue.settings.site_url}q/{longest(catalogue.public_procedures).code}/"
    )


# Hours


MOMENTS = {
    "2026-11-25T07:29": ("closed", "Đang nghỉ, mở lại lúc 7:30", "Closed, opens at 7:30 am"),
    "2026-11-25T07:30": ("open", "Đang mở cửa, đến 11:30", "Open now, until 11:30 am"),
    "2026-11-25T11:30": ("closed", "Đang nghỉ, mở lại lúc 13:30", "Closed, opens at 1:30 pm"),
    "2026-11-25T16:59": ("open", "Đang mở cửa, đến 17:00", "Open now, until 5:00 pm"),
    "2026-11-25T17:00": (
        "closed",
        "Đã đóng cửa, mở lại 7:30 ngày mai",
        "Closed, opens 7:30 am tomorrow",
    ),
    "2026-11-27T23:59": (
        "closed",
        "Đã đóng cửa, mở lại 7:30 ngày mai",
        "Closed, opens 7:30 am tomorrow",
    ),
    "2026-11-28T09:00": ("open", "Đang mở cửa, đến 11:30", "Open now, until 11:30 am"),
    "2026-11-28T14:00": (
        "closed",
        "Đã đóng cửa, mở lại 7:30 thứ Hai",
        "Closed, opens 7:30 am Monday",
    ),
    "2026-11-29T09:00": (
        "closed",
        "Đã đóng cửa, mở lại 7:30 ngày mai",
        "Closed, opens 7:30 am tomorrow",
    ),
    "2026-12-31T18:00": (
        "closed",
        "Đã đóng cửa, mở lại 7:30 thứ Bảy",
        "Closed, opens 7:30 am Saturday",
    ),
    "2027-01-01T09:00": (
        "closed",
        "Nghỉ Tết Dương lịch, mở lại 7:30 ngày mai",
        "Closed for New Year's Day, opens 7:30 am tomorrow",
    ),
}
"""What the sign says at a moment in Hanoi: the office is open 7:30 to 11:30 and 13:30 to 17:00, on
Saturday mornings too."""


@pytest.mark.parametrize(
    ("path", "zone"),
    [("gio-lam-viec/", "Asia/Ho_Chi_Minh"), ("en/gio-lam-viec/", "America/Los_Angeles")],
)
def test_the_page_says_whether_the_office_is_open(open_page: Open, path: str, zone: str) -> None:
    page = open_page(path, timezone_id=zone)
    said = {}
    for moment in MOMENTS:
        page.clock.set_fixed_time(dt.datetime.fromisoformat(moment).replace(tzinfo=HANOI))
        page.reload()
        status = page.locator("main [data-ny-status]").first
        said[moment] = (status.get_attribute("data-state"), status.inner_text())
    assert said == {
        moment: (state, en if path.startswith("en/") else vi)
        for moment, (state, vi, en) in MOMENTS.items()
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [("", "mở lại 7:30 thứ Năm, 11 tháng 2"), ("en/", "opens 7:30 am Thursday, February 11")],
)
def test_a_day_a_week_ahead_is_named_with_its_date(open_page: Open, path: str, text: str) -> None:
    # Thursday 4 February 2027 is the first day of Tết; the office opens again on Thursday 11
    # February.
    page = open_page(path, at=dt.datetime(2027, 2, 4, 9, tzinfo=HANOI))
    expect(page.locator("main [data-ny-status]").first).to_contain_text(text)


def test_the_sign_turns_when_the_office_closes(
    browser: Browser, contexts: list[BrowserContext], site_url: str
) -> None:
    context = browser.new_context(timezone_id="Europe/Paris")
    contexts.append(context)
    page = context.new_page()
    page.clock.install(time=dt.datetime(2026, 11, 25, 11, 29, tzinfo=HANOI))
    page.goto(site_url)
    status = page.locator("[data-ny-status]").first
    expect(status).to_have_attribute("data-state", "open")
    page.clock.fast_forward("01:30")
    expect(status).to_have_attribute("data-state", "closed")
    expect(page.locator(".is-today th").first).to_have_text("Thứ Hai – thứ Sáu")


# What a person does stays, and only that


def test_ticks_survive_a_reload_and_stay_with_their_procedure(
    open_page: Open, site_url: str, addresses: dict[str, str], catalogue: Catalogue
) -> None:
    procedure = longest(catalogue.public_procedures)
    other = next(
        f"thu-tuc/{p.slug}/" for p in catalogue.public_procedures if p.papers and p is not procedure
    )
    page = open_page(addresses["long procedure"], PHONE)
    boxes = page.locator("[data-ny-check]")
    total = boxes.count()
    progress = page.locator("[data-ny-progress]")
    expect(progress).to_have_text(f"0/{total} đã có")
    page.locator(".ny-check label").nth(0).click()
    page.locator(".ny-check label").nth(total - 1).click()
    expect(progress).to_have_text(f"2/{total} đã có")
    page.reload()
    assert [boxes.nth(i).is_checked() for i in range(total)] == [True, *[False] * (total - 2), True]
    expect(progress).to_have_text(f"2/{total} đã có")
    assert list(stored(page)) == [f"ny.papers.{procedure.code}"]
    page.goto(site_url + other)
    assert page.locator("[data-ny-check]").count() > 0
    expect(page.locator("[data-ny-check]:checked")).to_have_count(0)


def test_the_colours_a_person_chose_stay(open_page: Open, site_url: str) -> None:
    page = open_page("", color_scheme="light")
    background = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button = page.locator("[data-ny-theme]")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(background)
    assert dark != light
    page.goto(f"{site_url}thu-tuc/")
    assert page.evaluate(background) == dark
    assert stored(page) == {"ny.scheme": "dark"}


def test_large_text_is_remembered_and_there_before_the_first_paint(
    browser: Browser, contexts: list[BrowserContext], site_url: str
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 844}, service_workers="block")
    contexts.append(context)
    page = context.new_page()
    page.goto(site_url)
    size = "() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    plain = page.evaluate(size)
    button = page.get_by_role("button", name="Chữ to", exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert page.evaluate(size) == pytest.approx(plain * 1.25, rel=0.06)
    assert stored(page) == {"ny.text": "large"}

    # On the next page it stands before anything is painted: what moves afterwards is no more than
    # without it.
    context.add_init_script(
        """window.shifts = 0; new PerformanceObserver(list => list.getEntries()
            .forEach(e => { shifts += e.value }))
            .observe({type: 'layout-shift', buffered: true});
        new PerformanceObserver(() => { window.atPaint = window.atPaint
            || document.documentElement.dataset.text })
            .observe({type: 'paint', buffered: true})"""
    )
    page.goto(site_url + "en/thu-tuc/")
    page.wait_for_timeout(300)
    assert page.evaluate("() => atPaint") == "large"
    assert page.evaluate("() => shifts") < 0.02
    button = page.get_by_role("button", name="Large text", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    page.goto(site_url)
    assert page.evaluate(size) == plain
    assert stored(page) == {}


def test_on_a_phone_the_background_is_chosen_in_the_menu(open_page: Open) -> None:
    page = open_page("", PHONE, color_scheme="light")
    button = page.locator("[data-ny-theme]")
    expect(button).to_be_hidden()
    page.locator("[data-ny-menu]").click()
    expect(button).to_have_text("Nền tối")
    assert (button.bounding_box() or {"height": 0})["height"] >= 44
    button.click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


def test_without_scripts_there_are_no_buttons_that_would_not_work(open_page: Open) -> None:
    page = open_page("", PHONE, java_script_enabled=False)
    for name in ("text", "theme", "menu"):
        expect(page.locator(f"[data-ny-{name}]")).to_be_hidden()
    expect(page.locator(".ny-nav a").first).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_large_text_loses_nothing_on_the_narrowest_phone(
    open_page: Open, addresses: dict[str, str], name: str
) -> None:
    page = open_page(addresses[name], 320)
    before = page.evaluate("() => document.scrollingElement.scrollHeight")
    page.locator("[data-ny-text]").click()
    assert page.evaluate("() => document.scrollingElement.scrollHeight") > before, (
        "the text did not grow"
    )
    assert page.evaluate(IS_WIDER) <= 0
    assert page.evaluate(CUT) == []


def test_an_unknown_address_gives_a_page_that_helps(open_page: Open) -> None:
    page = open_page("thu-tuc/khong/co/trang/nay/")
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang này")
    page.locator(".ny-hero__links a").nth(1).click()
    expect(page.locator("h1")).to_have_text("Tất cả thủ tục")
    assert [
        line for line in troubles(page) if "khong/co" not in line and "status of 404" not in line
    ] == []


def test_a_short_address_leads_to_its_procedure(open_page: Open, catalogue: Catalogue) -> None:
    procedure = longest(catalogue.public_procedures)
    page = open_page(f"q/{procedure.code}/")
    page.wait_for_url(f"**/thu-tuc/{procedure.slug}/")
    expect(page.locator("h1")).to_have_text(str(procedure.title))


# From a USB stick


def test_the_site_works_from_a_folder(
    open_page: Open, built_site: Path, addresses: dict[str, str]
) -> None:
    base = built_site.as_uri() + "/"
    for path in ("index.html", f"{addresses['long procedure']}index.html"):
        page = open_page(path, base=base, at=dt.datetime(2026, 11, 25, 9, tzinfo=HANOI))
        expect(page.locator("[data-ny-status]").first).to_have_attribute("data-state", "open")
        page.locator(".ny-search__input").press_sequentially("khai sinh")
        expect(page.locator(".ny-search__list [role=option]").first).to_contain_text(
            "khai sinh", ignore_case=True
        )
        assert troubles(page) == []


def test_searching_finds_and_opens_a_procedure(open_page: Open, catalogue: Catalogue) -> None:
    """With the keyboard alone, from the top of the page."""
    page = open_page("", PHONE)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(".ny-search__input").evaluate("e => e === document.activeElement"):
            break
    page.keyboard.type("dang ky ket hon")
    option = page.locator(".ny-search__list [role=option]").first
    expect(option).to_contain_text(str(catalogue.procedures["1.000894"].title))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/thu-tuc/{catalogue.procedures['1.000894'].slug}/")
    assert troubles(page) == []


# Rating and error slip


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_rating_opens_a_letter_and_sends_nothing(
    open_page: Open, addresses: dict[str, str], width: int
) -> None:
    page = open_page(addresses["long procedure"], width, color_scheme="light")
    page.locator(".ny-rate summary").click()
    no, yes = page.locator(".ny-rate__no"), page.locator(".ny-rate__yes")
    expect(no).to_be_hidden()
    expect(yes).to_be_hidden()
    page.get_by_label("2 · Khó hiểu").check()
    expect(no).to_be_visible()
    expect(yes).to_be_hidden()
    page.get_by_label("Thiếu thông tin").check()
    page.get_by_label("5 · Rất rõ").check()
    expect(no).to_be_hidden()
    page.get_by_label("Đủ thông tin").check()
    page.locator(".ny-rate textarea").fill("Chữ & số: 100 %")
    letter = unquote(page.locator("[data-ny-rate-mail]").get_attribute("href") or "")
    assert letter.startswith("mailto:baosai@hoasen.example?subject=Góp ý về trang: ")
    assert "- 5 · Rất rõ\r\n- Đủ thông tin\r\nChữ & số: 100 %" in letter
    assert "Thiếu thông tin" not in letter, "what no longer fits the mark is taken back"
    assert page.evaluate(IS_WIDER) <= 0
    page.evaluate(Axe().axe_script)
    assert violations(page, ALL_RULES) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOUR_RULES) == []
    assert stored(page) == {}
    assert troubles(page) == []


def test_the_error_slip_knows_its_procedure_and_fits_one_leaf(
    open_page: Open, addresses: dict[str, str]
) -> None:
    page = open_page(addresses["long procedure"])
    code = page.locator("[data-ny-proc]").get_attribute("data-ny-proc")
    page.get_by_role("link", name="In phiếu báo sai").click()
    field = page.get_by_label("Mã thủ tục")
    expect(field).to_have_value(code or "")
    page.get_by_label("Phí, lệ phí").check()
    page.get_by_label("Trang đang ghi").fill("5.000 đồng")
    letter = unquote(page.locator("[data-ny-slip-mail]").get_attribute("href") or "")
    assert letter.startswith(f"mailto:baosai@hoasen.example?subject=Báo nội dung sai: {code}&body=")
    assert "- Phí, lệ phí" in letter and "Trang đang ghi: 5.000 đồng" in letter
    field.press("Enter")
    assert page.url.endswith(f"bao-sai/?ma={code}"), "no key sends the slip anywhere"
    leaves = PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert len(leaves) == 1
    text = leaves[0].get_textpage().get_text_bounded()
    assert code in text and "Bàn hướng dẫn" in text and "Trang này có rõ không" not in text
    assert stored(page) == {}
    assert troubles(page) == []


def test_without_scripts_the_slip_is_blank_and_whole(open_page: Open) -> None:
    page = open_page("bao-sai/?ma=1.001193", java_script_enabled=False)
    expect(page.get_by_label("Mã thủ tục")).to_have_value("")
    expect(page.locator("main a[href^='mailto:']").first).to_be_visible()
    expect(page.locator(".ny-slip")).to_be_visible()
    page = open_page("bao-sai/?ma=%22%3E%3Cb%3E1.001193")
    expect(page.get_by_label("Mã thủ tục")).to_have_value("")
