"""Who sees little or is troubled by motion: more contrast, colours chosen by the system, no
motion."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, Open, violations
from playwright.sync_api import expect

REGISTER = "thu-tuc/dang-ky-khai-sinh/"
PATHS = ("", "thu-tuc/", REGISTER, "phi-le-phi/", "viec/co-con-nho/", "lien-he/")
ENHANCED = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
# The contrast of two colours given as custom properties of the page, as WCAG counts it.
RATIO = """([a, b]) => {
    const light = name => {
        const box = document.body.appendChild(document.createElement('i'));
        box.style.color = `var(${name})`;
        const parts = getComputedStyle(box).color.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255);
        box.remove();
        const [r, g, b] = parts.map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b };
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05) }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_gives_text_of_seven_to_one_and_lines_of_three(
    open_page: Open, scheme: str
) -> None:
    plain = open_page("", PHONE, color_scheme=scheme)
    assert plain.evaluate(RATIO, ["--line", "--card"]) < 3, "the ordinary lines are strong already"
    plain.evaluate(Axe().axe_script)
    if scheme == "light":
        assert violations(plain, ENHANCED) != [], "the measure finds nothing"
    for path in PATHS:
        page = open_page(path, PHONE, color_scheme=scheme, contrast="more")
        page.evaluate(Axe().axe_script)
        assert violations(page, ENHANCED) == [], path
        for ground in ("--card", "--ground"):
            assert page.evaluate(RATIO, ["--line", ground]) >= 3
            assert page.evaluate(RATIO, ["--edge", ground]) >= 7
            assert page.evaluate(RATIO, ["--focus", ground]) >= 3


def test_a_chosen_background_stands_with_more_contrast_too(open_page: Open) -> None:
    page = open_page("", DESKTOP, color_scheme="dark", contrast="more")
    page.locator("[data-ny-theme]").click()
    assert (
        page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_colours_of_the_system_nothing_lives_by_its_background(
    open_page: Open, scheme: str
) -> None:
    page = open_page(REGISTER, PHONE, color_scheme=scheme, forced_colors="active")
    ticks = page.locator(".ny-check__box svg")
    page.locator("[data-ny-check]").first.check()
    expect(ticks.nth(0)).to_be_visible()
    expect(ticks.nth(1)).to_be_hidden()
    width = "(e, name) => parseFloat(getComputedStyle(e)[name])"
    assert page.locator(".ny-bar__pri").evaluate(width, "borderTopWidth") >= 2
    assert page.locator(".ny-facts > div").first.evaluate(width, "outlineWidth") >= 1
    assert page.locator(".ny-opt:has(:checked)").first.evaluate(width, "outlineWidth") >= 2
    assert (
        page.locator(".ny-steps > li").first.evaluate(
            "e => parseFloat(getComputedStyle(e, '::before').borderTopWidth)"
        )
        >= 1
    )
    size = page.locator("[data-ny-text]")
    assert size.evaluate("e => getComputedStyle(e).outlineStyle") == "none"
    size.click()
    page.locator("h1").click()
    assert size.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    # Every drawing has a colour that is not the ground's.
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    fills = page.evaluate(
        """() => [...document.querySelectorAll('svg.ny-ic')].filter(e =>
            e.checkVisibility({visibilityProperty: true}))
            .filter(e => !e.closest('.ny-check__box')).map(e => getComputedStyle(e).fill)"""
    )
    assert len(fills) > 10
    assert ground not in fills


def test_where_the_focus_is_can_be_seen_in_colours_of_the_system(open_page: Open) -> None:
    page = open_page(REGISTER, DESKTOP, forced_colors="active")
    for _ in range(12):
        page.keyboard.press("Tab")
        line, width = page.evaluate(
            "() => getComputedStyle(document.activeElement).outline.match(/(solid|none|auto)"
            " (\\d+)/).slice(1)"
        )
        assert line == "solid" and int(width) >= 2


@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_for_whom_motion_troubles(open_page: Open, path: str) -> None:
    moving = """() => [...document.querySelectorAll('*')]
        .flatMap(e => [null, '::before', '::after'].map(p => getComputedStyle(e, p)))
        .filter(s => parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'
            || s.scrollBehavior === 'smooth').length"""
    assert open_page(path, reduced_motion="reduce").evaluate(moving) == 0
    if path == "":
        assert open_page(path, reduced_motion="no-preference").evaluate(moving) > 0, (
            "the measure sees no motion at all"
        )
