"""Reading a procedure aloud: by a voice of the device alone, the case that was chosen, stopped and
held at will, without a request.

Speech is stubbed: what a page asks to be spoken is noted, and the test says when a sentence has
been spoken.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ALL_RULES, DESKTOP, PHONE, Watch, troubles, violations
from playwright.sync_api import Browser, BrowserContext, Page, expect

from niemyet.model.catalogue import Catalogue
from niemyet.view.procedure_view import address

BIRTH = "1.001193"
STUB = """voices => {
    const target = new EventTarget(), spoken = [];
    window.spoken = spoken;
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
    Object.defineProperty(window, 'speechSynthesis', {value: Object.assign(target, {
        speaking: false, voices, cancelled: 0,
        getVoices() { return this.voices },
        speak(said) { this.said = said; this.speaking = true;
            spoken.push([said.text, said.voice.name, said.lang]) },
        cancel() { const old = this.said; this.said = null; this.speaking = false;
            this.cancelled += 1;
            if (old && old.onerror) old.onerror({error: 'canceled'}) },
        finish() { const old = this.said; this.said = null; this.speaking = false;
            if (old && old.onend) old.onend({}) },
    })});
}"""
HERE = {"name": "An", "lang": "vi-VN", "localService": True}
AWAY = {"name": "Cloud", "lang": "vi-VN", "localService": False}
ENGLISH = {"name": "Ann", "lang": "en_GB", "localService": True}

Listen = Callable[..., Page]


@pytest.fixture
def listen(
    browser: Browser, contexts: list[BrowserContext], site_url: str, catalogue: Catalogue
) -> Listen:
    def open_(
        voices: list[dict[str, Any]],
        path: str = "",
        width: int = DESKTOP,
        suffix: str = "",
        base: str = site_url,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844})
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(context, base.split("/")[2])  # type: ignore[attr-defined]
        page.add_init_script(
            f"({STUB})({voices!r})".replace("True", "true").replace("False", "false")
        )
        page.goto(base + (path or address(catalogue.procedures[BIRTH])) + suffix)
        page.wait_for_timeout(200)
        return page

    return open_


def spoken(page: Page) -> list[str]:
    return [line[0] for line in page.evaluate("() => spoken")]


def finish(page: Page) -> None:
    page.evaluate("() => speechSynthesis.finish()")


def to_the_end(page: Page) -> list[str]:
    for _ in range(200):
        if page.locator(".ny-reading").is_hidden():
            return spoken(page)
        finish(page)
    raise AssertionError("it never ends")


@pytest.mark.parametrize(
    "voices",
    [[], [AWAY], [ENGLISH], [AWAY, ENGLISH]],
    ids=["none", "of a server", "of another language", "both"],
)
def test_without_a_voice_of_this_device_there_is_no_button(
    listen: Listen, voices: list[dict[str, Any]]
) -> None:
    page = listen(voices)
    expect(page.locator("[data-ny-read]")).to_have_count(0)
    assert (
        page.evaluate(
            "() => performance.getEntriesByType('resource').filter(e =>"
            " e.name.includes('read.js')).length"
        )
        == 0
    )


def test_a_voice_that_comes_late_brings_the_button_and_takes_it_away_again(listen: Listen) -> None:
    page = listen([])
    page.evaluate(
        "voice => { speechSynthesis.voices = [voice]; speechSynthesis.dispatchEvent(new"
        " Event('voiceschanged')) }",
        HERE,
    )
    button = page.locator(".ny-share [data-ny-read]")
    expect(button).to_be_visible()
    button.click()
    page.evaluate(
        "() => { speechSynthesis.voices = []; speechSynthesis.dispatchEvent(new"
        " Event('voiceschanged')) }"
    )
    expect(button).to_be_hidden()
    expect(page.locator(".ny-reading")).to_be_hidden()
    assert page.evaluate("() => speechSynthesis.speaking") is False


def test_it_reads_name_papers_fee_time_and_place_in_the_local_voice(
    listen: Listen, catalogue: Catalogue
) -> None:
    page = listen([AWAY, ENGLISH, HERE])
    before = page.evaluate("() => performance.getEntriesByType('resource').length")
    page.locator(".ny-share [data-ny-read]").click()
    birth = catalogue.procedures[BIRTH]
    lines = to_the_end(page)
    assert lines[0] == f"{birth.title}."
    text = "\n".join(lines)
    for paper in birth.papers:
        assert str(paper.name) in text
    assert "Quầy số 1" in lines[-1]
    places = [
        text.index(page.locator(f"#{id}").inner_text()) for id in ("giay-to", "le-phi", "thoi-han")
    ]
    assert places == sorted(places)
    amounts = page.locator("[data-ny-amount]").all_inner_texts()
    assert amounts and all(amount in text for amount in amounts)
    assert {tuple(line[1:]) for line in page.evaluate("() => spoken")} == {("An", "vi-VN")}
    assert "·" not in text and "  " not in text
    assert page.evaluate("() => performance.getEntriesByType('resource').length") == before, (
        "something was asked for"
    )
    assert troubles(page) == []


def test_it_reads_the_case_that_was_chosen_and_stops_when_another_is(
    listen: Listen, catalogue: Catalogue
) -> None:
    birth = catalogue.procedures[BIRTH]
    case = birth.cases[-1]
    page = listen([HERE], suffix=f"#truong-hop={case.id}&cach=counter")
    page.locator(".ny-share [data-ny-read]").click()
    text = "\n".join(to_the_end(page))
    assert str(case.name) in text
    for paper in birth.papers:
        concerns = (not paper.cases or case.id in paper.cases) and (
            not paper.channels or "counter" in paper.channels
        )
        assert (f". {paper.name}." in text) == concerns, paper.id
    page.locator(".ny-share [data-ny-read]").click()
    expect(page.locator(".ny-reading")).to_be_visible()
    page.locator(".ny-opt").first.click()
    expect(page.locator(".ny-reading")).to_be_hidden()
    assert page.evaluate("() => speechSynthesis.speaking") is False


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_it_is_held_continued_and_stopped_by_keyboard(listen: Listen, width: int) -> None:
    page = listen([HERE], width=width)
    button = page.locator("[data-ny-read]:visible").first
    expect(button).to_have_text("Nghe đọc")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    finish(page)
    finish(page)
    second = spoken(page)[-1]
    expect(page.locator(".is-read")).to_have_count(1)

    hold = page.get_by_role("group", name="Đang đọc trang này").get_by_role("button").first
    hold.focus()
    page.keyboard.press("Enter")
    expect(hold).to_have_text("Đọc tiếp")
    assert page.evaluate("() => speechSynthesis.speaking") is False
    count = len(spoken(page))
    finish(page)
    assert len(spoken(page)) == count, "it went on although it was held"
    page.keyboard.press("Enter")
    expect(hold).to_have_text("Tạm dừng")
    assert spoken(page)[-1] == second, "it does not begin the same sentence again"

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".ny-reading")).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".is-read")).to_have_count(0)
    button.click()
    page.keyboard.press("Escape")
    expect(page.locator(".ny-reading")).to_be_hidden()


def test_a_page_that_is_left_is_silent(listen: Listen, site_url: str) -> None:
    page = listen([HERE])
    page.locator(".ny-share [data-ny-read]").click()
    page.evaluate(
        "() => addEventListener('pagehide', () => { localStorage.said ="
        " String(speechSynthesis.speaking) })"
    )
    page.goto(site_url)
    assert page.evaluate("() => localStorage.said") == "false"


def test_english_pages_are_read_by_an_english_voice(listen: Listen) -> None:
    page = listen([HERE, ENGLISH], path="en/thu-tuc/dang-ky-khai-sinh/")
    page.get_by_role("button", name="Read aloud").click()
    assert page.evaluate("() => spoken[0].slice(1)") == ["Ann", "en_GB"]


@pytest.mark.parametrize("width", [320, PHONE, DESKTOP])
def test_the_buttons_pass_axe_and_move_nothing(listen: Listen, width: int) -> None:
    page = listen([HERE], width=width)
    page.locator("[data-ny-read]:visible").first.click()
    page.evaluate(Axe().axe_script)
    assert violations(page, ALL_RULES) == []
    assert page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert all(
        (b.bounding_box() or {"height": 0})["height"] >= 44
        for b in page.locator(".ny-reading button").all()
    )


def test_it_weighs_little(built_site: Path) -> None:
    assert len(gzip.compress((built_site / "assets/js/read.js").read_bytes())) < 2600


def test_it_works_from_a_folder(listen: Listen, built_site: Path, catalogue: Catalogue) -> None:
    page = listen(
        [HERE],
        path=address(catalogue.procedures[BIRTH]) + "index.html",
        base=built_site.as_uri() + "/",
    )
    page.locator(".ny-share [data-ny-read]").click()
    assert spoken(page)[0] == f"{catalogue.procedures[BIRTH].title}."
    assert troubles(page) == []
