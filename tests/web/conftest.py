"""Pages of the built site, each in a fresh context that is watched and closed afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import DESKTOP, Open, Watch
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def open_page(browser: Browser, contexts: list[BrowserContext], site_url: str) -> Open:
    """Opens an address of the site in a fresh context; `at` stops the clock at a moment."""

    def open_(path: str, width: int = DESKTOP, *, at: dt.datetime | None = None, base: str = site_url, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844 if width < 800 else 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(context, urlsplit(base).netloc)  # type: ignore[attr-defined]
        if at is not None:
            page.clock.set_fixed_time(at)
        page.goto(base + path)
        return page

    return open_
