"""What the tests of the pages share: sizes, the rules of axe, and a watch over what goes wrong in a
browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

PHONE, DESKTOP = 390, 1366
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
HANOI = dt.timezone(dt.timedelta(hours=7))
# Every movement of the page, with what moved from where to where.
SHIFTS = """window.shifts = []; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput)
        shifts.push(entry.value + ' ' + entry.sources.map(s => [s.previousRect.y, s.currentRect.y,
            s.previousRect.x, s.currentRect.x,
            s.node && (s.node.outerHTML || s.node.data || '').slice(0, 120)]
                .join(' ')).join(' | ')) })
    .observe({type: 'layout-shift', buffered: true})"""
# Our fonts, used at once: by itself a page that was begun without them stays so, and how it looked
# would depend on the machine.
OUR_FONTS = """() => { const root = document.documentElement.dataset.root;
    return root === undefined ? 0 : Promise.all([400, 600].map(weight => {
        const face = new FontFace('Be Vietnam Pro',
            `url(${root}assets/fonts/be-vietnam-pro-${weight}.woff2)`, {weight});
        document.fonts.add(face); return face.load() })).then(faces => faces.length) }"""

Open = Callable[..., Page]


class Watch:
    """What went wrong in a browser context, and what was asked of another host, as lines to
    read."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.troubles: list[str] = []
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' +"
            " e.violatedDirective + ' ' + e.blockedURI))"
        )
        context.on(
            "console",
            lambda m: (
                m.type in ("error", "warning")
                and self.troubles.append(f"console {m.type}: {m.text}")
            ),
        )
        context.on("weberror", lambda e: self.troubles.append(f"exception: {e.error}"))
        # A page that is left while its icon is still on the way has done nothing wrong.
        context.on(
            "requestfailed",
            lambda r: (
                r.failure == "net::ERR_ABORTED"
                or self.troubles.append(f"failed: {r.url} {r.failure}")
            ),
        )
        context.on(
            "response", lambda r: r.status >= 400 and self.troubles.append(f"{r.status}: {r.url}")
        )
        context.on(
            "request",
            lambda r: (
                not r.url.startswith("data:")
                and urlsplit(r.url).netloc != host
                and self.troubles.append(f"other host: {r.url}")
            ),
        )


def troubles(page: Page) -> list[str]:
    return page.watch.troubles  # type: ignore[attr-defined, no-any-return]


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe-core finds, a line for each element; the script must be in the page. No rule asked
    for needs style sheets read ahead."""
    options = {**rules, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate(
        "options => axe.run(options).then(results => results.violations)", options
    )
    return [
        f"{v['id']}: {node['html'][:160]} {node['failureSummary']}"
        for v in found
        for node in v["nodes"]
    ]
