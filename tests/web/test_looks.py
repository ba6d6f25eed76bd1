"""The main pages look as they were left: pictures in tests/web/looks, compared with a tolerance
that looks.py describes."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, HANOI, PHONE, Open
from looks import RENEW, complaint, difference, keep
from PIL import Image, ImageFilter
from playwright.sync_api import Page

KEPT = Path(__file__).with_name("looks")
MOMENT = dt.datetime(2026, 11, 25, 9, tzinfo=HANOI)
STILL = """*, *::before, *::after {
    transition: none !important; animation: none !important; caret-color: transparent !important
}"""
BIRTH = "thu-tuc/dang-ky-khai-sinh/"
CHOSEN = BIRTH + "#truong-hop=qua-han&cach=counter"
LOOKS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "home-phone": ("", PHONE, {}),
    "home-phone-dark": ("", PHONE, {"color_scheme": "dark"}),
    "home-phone-large": ("", PHONE, {"large": True}),
    "home-desktop": ("", DESKTOP, {}),
    "list-phone": ("thu-tuc/", PHONE, {}),
    "list-desktop": ("thu-tuc/", DESKTOP, {}),
    "procedure-phone": (CHOSEN, PHONE, {}),
    "procedure-phone-dark": (CHOSEN, PHONE, {"color_scheme": "dark"}),
    "procedure-desktop": (BIRTH, DESKTOP, {}),
    "journey-phone": ("viec/co-con-nho/", PHONE, {}),
    "journey-desktop": ("viec/co-con-nho/", DESKTOP, {}),
    "fees-phone": ("phi-le-phi/", PHONE, {}),
    "contacts-phone": ("lien-he/", PHONE, {}),
    "survey-phone": ("phieu/phieu-khao-sat/", PHONE, {}),
    "kiosk": ("?kiosk=1", 1080, {}),
}
"""Name: address, width, and what is special. Heights are capped: a page further down is made of the
same parts."""
HEIGHTS = {PHONE: 1400, DESKTOP: 1000, 1080: 1920}
Look = Callable[[str], Page]


@pytest.fixture
def look(open_page: Open) -> Look:
    def open_(name: str) -> Page:
        path, width, options = LOOKS[name]
        is_large = options.get("large", False)
        given = {key: value for key, value in options.items() if key != "large"}
        page = open_page(path, width, at=MOMENT, locale="vi-VN", reduced_motion="reduce", **given)
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
            " document.adoptedStyleSheets = [sheet] }",
            STILL,
        )
        if is_large:
            page.locator("[data-ny-text]").click()
        page.evaluate(
            "() => Promise.all([...document.fonts].map(font => font.load())).then(() =>"
            " document.fonts.ready).then(() => 0)"
        )
        assert page.evaluate("() => document.fonts.check('600 1rem \"Be Vietnam Pro\"')")
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
        page.wait_for_timeout(150)
        return page

    return open_


def shot(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


@pytest.mark.parametrize("name", LOOKS)
def test_a_page_looks_as_it_was_left(look: Look, name: str, tmp_path: Path) -> None:
    picture, kept = shot(look(name)), KEPT / f"{name}.png"
    if RENEW:
        if complaint(name, kept, picture, tmp_path):
            keep(picture, kept)
        return
    assert not (said := complaint(name, kept, picture, tmp_path)), said


def test_the_pictures_are_few_small_and_all_used() -> None:
    files = list(KEPT.iterdir())
    assert sorted(file.name for file in files) == sorted(f"{name}.png" for name in LOOKS)
    assert sum(file.stat().st_size for file in files) < 1_200_000


DISTURBED = {
    "a block that moved": "e => { e.style.cssText = 'position:relative;left:14px' }",
    "a block that is missing": "e => { e.style.visibility = 'hidden' }",
    "a block of another colour": "e => { e.style.background = '#f2e6c8' }",
    "other words": "e => { e.querySelector('*').textContent = 'Một câu khác hẳn' }",
}


@pytest.mark.parametrize("what", DISTURBED)
@pytest.mark.parametrize(
    ("name", "selector"),
    [
        ("home-phone", ".ny-tile"),
        ("procedure-phone", ".ny-facts > div"),
        ("procedure-desktop", ".ny-side .ny-card"),
    ],
)
def test_a_disturbed_page_is_noticed(
    look: Look, name: str, selector: str, what: str, tmp_path: Path
) -> None:
    page = look(name)
    before = shot(page)
    keep(before, tmp_path / "kept.png")
    assert complaint(name, tmp_path / "kept.png", shot(page), tmp_path) == "", (
        "a page is not like itself"
    )
    page.locator(selector).first.evaluate(DISTURBED[what])
    said = complaint(name, tmp_path / "kept.png", shot(page), tmp_path)
    assert f"{name}.difference.png" in said and "make looks" in said
    for part in ("actual", "difference"):
        assert (tmp_path / f"{name}.{part}.png").is_file()


def test_letters_drawn_a_little_otherwise_are_no_difference(look: Look) -> None:
    """Softer, half a pixel aside, with noise: so much and more another build of the browser may
    do."""
    before = shot(look("procedure-phone"))
    dice = random.Random(4)
    noise = Image.frombytes(
        "L", before.size, bytes(dice.randrange(0, 12) for _ in range(before.width * before.height))
    )
    noisy = Image.merge("RGB", [Image.blend(channel, noise, 0.04) for channel in before.split()])
    aside = before.transform(
        before.size, Image.Transform.AFFINE, (1, 0, 0.35, 0, 1, 0.2), Image.Resampling.BILINEAR
    )
    for after in (before.filter(ImageFilter.GaussianBlur(0.6)), noisy, aside):
        assert before.tobytes() != after.tobytes()
        assert not difference(before, after).is_seen


def test_a_picture_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    assert "make looks" in complaint("x", tmp_path / "x.png", Image.new("RGB", (4, 4)), tmp_path)
