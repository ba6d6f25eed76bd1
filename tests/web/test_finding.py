"""Finding a procedure without knowing its name: life events, filters in the address, and a person
when nothing is found."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ALL_RULES, COLOUR_RULES, DESKTOP, PHONE, Open, troubles, violations
from playwright.sync_api import Locator, Page, expect

from niemyet.model.catalogue import Catalogue

IS_WIDER = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
JOURNEYS = {
    "a child is born": "co-con-nho",
    "getting married": "ket-hon",
    "someone died": "nguoi-than-qua-doi",
    "moving house": "cho-o",
    "building a house": "nha-dat-xay-dung",
    "opening a small shop": "kinh-doanh",
    "losing papers": "mat-giay-to",
    "becoming old or disabled": "tro-cap",
}


def rows(page: Page) -> Locator:
    return page.locator("[data-facets]:visible")


def said(page: Page) -> Locator:
    return page.locator("[data-ny-filter-count]")


def asked(page: Page) -> dict[str, list[str]]:
    """What the address asks for; the page itself knows it at once."""
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def expected(catalogue: Catalogue, sector: str) -> int:
    return sum(card.sector == sector for card in catalogue.public_summaries)


# Filters


def test_a_filter_stands_in_the_address_and_back_undoes_it(
    open_page: Open, catalogue: Catalogue
) -> None:
    page = open_page("thu-tuc/", PHONE)
    everything = len(catalogue.public_summaries)
    expect(rows(page)).to_have_count(everything)
    page.get_by_label("Lĩnh vực", exact=True).select_option("ho-tich")
    in_sector = expected(catalogue, "ho-tich")
    expect(rows(page)).to_have_count(in_sector)
    assert asked(page) == {"linh-vuc": ["ho-tich"]}
    expect(said(page)).to_have_role("status")
    expect(said(page)).to_have_text(f"Đang hiện {in_sector} trong {everything} thủ tục")
    page.get_by_label("Trong ngày").check()
    assert asked(page) == {"linh-vuc": ["ho-tich"], "han": ["trong-ngay"]}
    both = rows(page).count()
    assert 0 < both < in_sector
    shared = page.evaluate("location.href")
    page.go_back()
    expect(rows(page)).to_have_count(in_sector)
    expect(page.get_by_label("Trong ngày")).not_to_be_checked()
    page.go_back()
    expect(rows(page)).to_have_count(everything)
    expect(page.get_by_label("Lĩnh vực", exact=True)).to_have_value("")
    page.go_forward()
    expect(rows(page)).to_have_count(in_sector)
    page.goto(shared)
    expect(rows(page)).to_have_count(both)
    expect(page.get_by_label("Lĩnh vực", exact=True)).to_have_value("ho-tich")
    page.get_by_role("button", name="Bỏ lọc").first.click()
    expect(rows(page)).to_have_count(everything)
    assert asked(page) == {}
    assert troubles(page) == []


def test_every_filter_shows_what_the_rows_say(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("thu-tuc/?phi=mien")
    fees = page.locator("[data-facets]:visible .ny-row__m > span:last-child")
    assert rows(page).count() > 0
    assert all(text.endswith("Miễn phí") for text in fees.all_inner_texts())
    for name in ("doi-tuong", "cach"):
        values = page.locator(f"select[name={name}] option").evaluate_all(
            "all => all.slice(1).map(o => [o.value, o.textContent])"
        )
        assert values
        for value, label in values:
            page.goto(page.url.partition("?")[0] + f"?{name}={value}")
            expect(page.locator(f"select[name={name}]")).to_have_value(value)
            assert 0 < rows(page).count() < len(catalogue.public_summaries) or value in (
                "counter",
                "cong-dan",
            )
            assert label.rpartition(" (")[0]


def test_counts_tell_what_a_choice_would_leave(open_page: Open) -> None:
    page = open_page("thu-tuc/?han=trong-ngay")
    option = page.locator("select[name=linh-vuc] option[value=ho-tich]")
    promised = int((option.text_content() or "").rpartition("(")[2].rstrip(")"))
    page.get_by_label("Lĩnh vực", exact=True).select_option("ho-tich")
    expect(rows(page)).to_have_count(promised)
    none_left = page.locator("select[name=linh-vuc] option[disabled]")
    assert none_left.count() > 0
    assert all(text.endswith("(0)") for text in none_left.all_text_contents())
    empty = page.locator("section[data-ny-letter]:visible").filter(
        has_not=page.locator("[data-facets]:visible")
    )
    expect(empty).to_have_count(0)
    assert (
        page.locator(".ny-letters a:visible").count()
        == page.locator("section[data-ny-letter]:visible").count()
    )


@pytest.mark.parametrize(
    "query",
    [
        "?linh-vuc=quan-su&phi=mien&han=trong-ngay&cach=post",
        "?linh-vuc=quan-su&doi-tuong=hop-tac-xa",
    ],
)
def test_nothing_left_leads_to_a_person(open_page: Open, query: str) -> None:
    page = open_page(f"thu-tuc/{query}", PHONE)
    expect(rows(page)).to_have_count(0)
    none = page.locator("[data-ny-filter-none]")
    expect(none).to_be_visible()
    expect(none.locator("a[href^='tel:']")).to_be_visible()
    expect(none.get_by_role("link", name="Hỏi Bàn hướng dẫn")).to_have_attribute(
        "href", "../ban-huong-dan/"
    )
    none.get_by_role("button", name="Bỏ lọc").click()
    assert rows(page).count() > 50
    expect(page.get_by_label("Lĩnh vực", exact=True)).to_be_focused()


def test_an_address_nobody_wrote_shows_everything(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("thu-tuc/?linh-vuc=%22%3E%3Cb%3E&doi-tuong=khong-co&phi=1")
    expect(rows(page)).to_have_count(len(catalogue.public_summaries))
    assert troubles(page) == []


def test_the_filters_work_from_the_keyboard(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("thu-tuc/")
    box = page.locator("main .ny-search__input")
    box.focus()
    walk = []
    for _ in range(5):
        page.keyboard.press("Tab")
        walk.append(page.evaluate("() => document.activeElement.name"))
    assert walk == ["linh-vuc", "doi-tuong", "cach", "phi", "han"]
    page.keyboard.press("Space")
    expect(page.get_by_label("Trong ngày")).to_be_checked()
    style = (
        "e => [getComputedStyle(e.nextElementSibling).outlineStyle,"
        " parseFloat(getComputedStyle(e.nextElementSibling).outlineWidth)]"
    )
    assert page.get_by_label("Trong ngày").evaluate(style) == ["solid", 3]
    assert rows(page).count() < len(catalogue.public_summaries)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bỏ lọc").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(len(catalogue.public_summaries))
    expect(page.get_by_label("Lĩnh vực", exact=True)).to_be_focused()
    page.keyboard.press("c")
    assert asked(page)["linh-vuc"]


def test_without_scripts_the_list_is_whole_and_has_no_filters(
    open_page: Open, catalogue: Catalogue
) -> None:
    page = open_page("thu-tuc/?linh-vuc=ho-tich", PHONE, java_script_enabled=False)
    expect(page.locator("[data-ny-filter]")).to_be_hidden()
    expect(page.locator(".ny-chips").first).to_be_visible()
    expect(page.locator(".ny-row:visible")).to_have_count(len(catalogue.public_summaries))


def test_nothing_jumps_when_the_filters_come_to_life(open_page: Open) -> None:
    page = open_page("thu-tuc/", PHONE, hurry=False)
    shift = """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value }))
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300) })"""
    assert page.evaluate(shift) < 0.0005


def test_filters_work_from_a_folder(
    open_page: Open, built_site: Path, catalogue: Catalogue
) -> None:
    page = open_page("thu-tuc/index.html?linh-vuc=cu-tru", base=built_site.as_uri() + "/")
    expect(rows(page)).to_have_count(expected(catalogue, "cu-tru"))
    page.get_by_label("Lĩnh vực", exact=True).select_option("ho-tich")
    expect(rows(page)).to_have_count(expected(catalogue, "ho-tich"))
    assert [line for line in troubles(page) if "exception" in line or "CSP" in line] == []


def test_english_filters_the_same(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("en/thu-tuc/")
    page.get_by_label("Sector", exact=True).select_option("ho-tich")
    expect(rows(page)).to_have_count(
        sum(
            card.sector == "ho-tich" and "en" in card.languages
            for card in catalogue.public_summaries
        )
    )
    expect(said(page)).to_contain_text("Showing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filters_in_use_are_accessible(open_page: Open, scheme: str) -> None:
    page = open_page("thu-tuc/?linh-vuc=ho-tich&han=trong-ngay", PHONE, color_scheme=scheme)
    page.evaluate(Axe().axe_script)
    assert violations(page, ALL_RULES if scheme == "light" else COLOUR_RULES) == []
    page.goto(page.url.partition("?")[0] + "?linh-vuc=quan-su&doi-tuong=hop-tac-xa")
    page.evaluate(Axe().axe_script)
    assert violations(page, ALL_RULES if scheme == "light" else COLOUR_RULES) == []
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                '.ny-filter select, .ny-switch, .ny-filter button, [data-ny-filter-none] a')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


# Life events in the search box


def test_an_empty_box_suggests_life_events(open_page: Open, catalogue: Catalogue) -> None:
    page = open_page("", PHONE)
    box, options = page.locator("main .ny-search__input"), page.locator("[role=option]")
    box.focus()
    expect(options).to_have_count(len(catalogue.life_events))
    expect(page.get_by_role("listbox")).to_have_accessible_name("Bạn đang cần việc gì?")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.evaluate(Axe().axe_script)
    assert violations(page, ALL_RULES) == []
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/co-con-nho/")
    assert troubles(page) == []


def test_suggestions_give_way_to_results_and_come_back(open_page: Open) -> None:
    page = open_page("thu-tuc/")
    box = page.locator("main .ny-search__input")
    box.click()
    head = page.locator(".ny-search__head")
    expect(head).to_be_visible()
    box.press_sequentially("mat giay to")
    expect(head).to_be_hidden()
    expect(page.get_by_role("listbox")).to_have_accessible_name("Kết quả tìm kiếm")
    event = page.get_by_role("option").filter(has_text="Nhiều bước").first
    expect(event).to_contain_text("Mất giấy tờ")
    box.fill("")
    expect(head).to_be_visible()
    page.keyboard.press("Tab")
    expect(head).to_be_hidden()


def test_the_index_is_fetched_at_the_first_use_where_searching_is_not_the_purpose(
    open_page: Open,
) -> None:
    page = open_page("lien-he/")
    index = page.locator("script[src$='search/vi.js']")
    page.wait_for_timeout(300)
    expect(index).to_have_count(0)
    page.locator(".ny-search__input").focus()
    expect(index).to_have_count(1)
    for purpose in ("", "thu-tuc/"):
        page.goto(page.url.partition("lien-he/")[0].partition("thu-tuc/")[0] + purpose)
        expect(page.locator("script[src$='search/vi.js']")).to_have_count(1)


def test_nothing_found_offers_the_hotline_and_the_guidance_desk(open_page: Open) -> None:
    page = open_page("", PHONE)
    page.locator("main .ny-search__input").press_sequentially("bitcoin")
    none = page.locator(".ny-search__none")
    expect(none).to_be_visible()
    expect(none.locator("a[href^='tel:+84']")).to_contain_text("Gọi")
    for link in ("Gọi", "Hỏi Bàn hướng dẫn", "Tất cả thủ tục"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_contain_text(link)
        box = page.locator(":focus").bounding_box()
        assert box is not None and box["height"] >= 44
    page.evaluate(Axe().axe_script)
    assert violations(page, ALL_RULES) == []


# Life events as journeys


@pytest.mark.parametrize("event", JOURNEYS.values(), ids=JOURNEYS.keys())
def test_the_great_events_of_life_are_journeys(
    open_page: Open, catalogue: Catalogue, event: str
) -> None:
    journey = catalogue.life_events[event]
    page = open_page(f"viec/{event}/", PHONE, java_script_enabled=False)
    stops = page.locator(".ny-journey__steps > li")
    expect(stops).to_have_count(len(journey.steps))
    assert len(journey.steps) > 1
    for i, step in enumerate(journey.steps):
        hrefs = (
            stops.nth(i)
            .locator("a.ny-way")
            .evaluate_all("all => all.map(a => a.getAttribute('href'))")
        )
        assert hrefs == [
            f"../../thu-tuc/{catalogue.summaries[part.code].slug}/" for part in step.procedures
        ]
        if len(step.procedures) > 1:
            expect(stops.nth(i).locator(".ny-ways__or").first).to_have_text(
                "hoặc" if step.choose == "any" else "và"
            )
        for part in step.procedures:
            if part.when:
                expect(stops.nth(i).get_by_text(str(part.when), exact=True)).to_be_visible()
    assert page.evaluate(IS_WIDER) <= 0


def test_each_paper_is_there_once_with_the_steps_it_is_for(
    open_page: Open, catalogue: Catalogue
) -> None:
    page = open_page("viec/co-con-nho/", DESKTOP)
    names = page.locator(".ny-bring__n").all_inner_texts()
    assert len(names) == len(set(names)) > 5
    certificate = page.locator(".ny-bring__list > li").filter(
        has=page.get_by_text("Giấy chứng sinh", exact=True)
    )
    expect(certificate).to_contain_text("bước 1a, 1b, 1d")
    assert not [name for name in names if "điện tử" in name], (
        "what is filled in online is not brought along"
    )


def test_a_step_that_waits_for_a_result_is_another_visit(open_page: Open) -> None:
    page = open_page("viec/ket-hon/", DESKTOP)
    trips = page.locator(".ny-trip")
    expect(trips).to_have_count(3)
    expect(trips.nth(0)).to_contain_text("nếu bạn cần các bước này")
    expect(trips.nth(1)).to_contain_text("Quầy số 1: bước 2")
    expect(trips.nth(1)).to_contain_text("Quầy số 4: bước 3")
    expect(page.locator(".ny-tags")).to_contain_text("đến 1–3 lần")


def test_what_is_only_in_vietnamese_says_so_on_the_english_page(
    open_page: Open, catalogue: Catalogue
) -> None:
    page = open_page("en/viec/mat-giay-to/")
    there = page.locator("a.ny-way[lang=vi]")
    assert there.count() > 0
    expect(page.locator(".ny-way__m").filter(has_text="In Vietnamese only").first).to_be_visible()
    there.first.click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("lang", ["", "en/"])
def test_every_journey_prints_as_one_leaf(open_page: Open, catalogue: Catalogue, lang: str) -> None:
    page = open_page(f"{lang}viec/co-con-nho/")
    for event in catalogue.life_events:
        page.goto(page.url.rpartition("viec/")[0] + f"viec/{event}/")
        page.emulate_media(media="print")
        for gone in (".ny-header", ".ny-footer", ".ny-search", ".ny-btn", ".ny-status"):
            expect(page.locator(gone).first).to_be_hidden()
        expect(page.locator(".ny-printed")).to_contain_text(f"/{lang}viec/{event}/")
        assert (
            1 <= len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 2
        ), event
