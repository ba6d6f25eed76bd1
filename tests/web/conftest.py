"""Pages of the built site, each in a fresh context that is watched and closed afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import DESKTOP, OUR_FONTS, Open, Watch
from playwright.sync_api import Browser, BrowserContext, Page

from niemyet.cli.main import main
from niemyet.publish.build import build
from niemyet.publish.usb_export import write_copy

CHANGED = (
    ("procedures/ho-tich/xac-nhan-thong-tin-ho-tich.yml", "status: active", "status: repealed"),
    ("procedures/giao-duc/tuyen-sinh-trung-hoc-co-so.yml", "status: active", "status: suspended"),
    ("content/notices/nghi-tet-duong-lich-2027.yml", 'from: "2026-12-01"', 'from: "2026-11-24"'),
    (
        "procedures/dat-dai/hoa-giai-tranh-chap-dat-dai.yml",
        'verified_on: "2026-11-24"',
        'verified_on: "2026-05-24"',
    ),
    (
        "procedures/dat-dai/hoa-giai-tranh-chap-dat-dai.yml",
        'review_by: "2027-05-24"',
        'review_by: "2026-11-24"',
    ),
)
"""What the shipped data do not have: procedures no longer in force, stopped, and reviewed too late;
a notice on the home page."""
PRINTED = (
    "thu-tuc/1.001193-*",
    "*gio-lam-viec*",
    "*phieu/*",
    "*mau-thu/*",
    "en/thu-tuc/2.000635-*",
)


@pytest.fixture(scope="session")
def full_site(
    today: dt.date, copy_data: Callable[[Path], Path], made_once: Callable[..., Path]
) -> Path:
    """A folder with a site that has printed sheets and procedures in every state (`site`), and its
    copy for a stick (`stick`)."""

    def fill(folder: Path) -> None:
        root = copy_data(folder / "project")
        for path, old, new in CHANGED:
            file = root / path
            text = file.read_text("utf-8")
            assert text.count(old) == 1, f"{path} does not say {old}"
            file.write_text(text.replace(old, new), "utf-8")
        only = [word for pattern in PRINTED for word in ("--only", pattern)]
        assert main(["print", "--root", str(root), "--today", str(today), *only]) == 0
        built = build(root, folder / "site", today)
        assert built.is_built, [f.message("en") for f in built.project.findings]
        write_copy(folder / "stick", folder / "site", built.project.catalogue, today)

    return made_once("full", fill)


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def open_page(browser: Browser, contexts: list[BrowserContext], site_url: str) -> Open:
    """Opens an address of the site in a fresh context; `at` stops the clock at a moment, or lets it
    run on from there when it `is_running`; `without` is a script that does nothing.

    Our fonts are there at once, unless not in a `hurry`, as for a citizen.
    """

    def open_(
        path: str,
        width: int = DESKTOP,
        *,
        at: dt.datetime | None = None,
        is_running: bool = False,
        base: str = site_url,
        without: str = "",
        hurry: bool = True,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 800 else 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(context, urlsplit(base).netloc)  # type: ignore[attr-defined]
        if at is not None and is_running:
            page.clock.install(time=at)
        elif at is not None:
            page.clock.set_fixed_time(at)
        if without:
            page.route(
                f"**/{without}",
                lambda route: route.fulfill(body="", content_type="text/javascript"),
            )
        page.goto(base + path)
        if hurry and options.get("java_script_enabled", True):
            page.evaluate(OUR_FONTS)
        return page

    return open_
