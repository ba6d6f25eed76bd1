"""Every script works on the oldest engines that are supported: Chrome 70 and iOS 12.

`old_engine.py` turns the Chromium of the tests into one of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import HANOI, PHONE, Watch, troubles
from old_engine import FLOOR, IGNORE_HOUR_CYCLE, MEMBERS, NOT_IN_SAFARI, remove_newer
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_reading import HERE, STUB

PROJECT = Path(__file__).parents[2]
SCRIPTS = sorted((PROJECT / "generator/niemyet/web/theme/assets/js").glob("*.js"))
WORKER = PROJECT / "generator/niemyet/web/templates/sw.js"
BIRTH, COPIES = "thu-tuc/dang-ky-khai-sinh/", "thu-tuc/chung-thuc-ban-sao-tu-ban-chinh/"
MORNING = dt.datetime(2026, 11, 25, 9, 5, tzinfo=HANOI)
VOICE = f"({STUB})({[HERE]!r})".replace("True", "true")

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, contexts: list[BrowserContext], site_url: str) -> Visit:
    """Opens an address in a fresh context in which some scripts run before those of the page."""

    def open_(path: str, *before: str, at: dt.datetime = MORNING) -> Page:
        context = browser.new_context(viewport={"width": PHONE, "height": 844}, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(context, site_url.split("/")[2])  # type: ignore[attr-defined]
        page.clock.set_fixed_time(at)
        for script in before:
            page.add_init_script(script)
        page.set_default_timeout(6000)
        page.goto(site_url + path)
        return page

    return open_


# Without what is newer than the floor


def the_list(page: Page, url: str) -> list[str]:
    """What a citizen reads who filters the list, goes back and clears the filters."""
    page.goto(url + "thu-tuc/")
    rows, sector = page.locator("[data-facets]:visible"), page.get_by_label("Lĩnh vực", exact=True)
    count = page.locator("[data-ny-filter-count]")
    read = [*sector.locator("option").all_text_contents(), *rows.all_inner_texts()]
    for choice in ("ho-tich", "dat-dai", ""):
        sector.select_option(choice)
        read += [page.evaluate("location.search"), count.inner_text(), *rows.all_inner_texts()]
    page.get_by_label("Trong ngày").check()
    read += [count.inner_text(), *sector.locator("option").all_text_contents()]
    page.go_back()
    read.append(count.inner_text())
    sector.select_option("dat-dai")
    page.get_by_role("button", name="Bỏ lọc").first.click()
    return [*read, count.inner_text(), *rows.all_inner_texts()]


def the_search(page: Page, url: str) -> list[str]:
    """Suggestions, results with and without accents, a code, and nothing found."""
    page.goto(url)
    box, options = page.locator("main .ny-search__input"), page.locator("[role=option]:visible")
    box.focus()
    expect(options.first).to_be_visible()
    read = options.all_inner_texts()
    for words in ("khai sinh", "Giấy chứng tử", "giayd ket hon", "1,001193"):
        box.fill(words)
        expect(options.locator("mark") if words[0] != "1" else options).not_to_have_count(0)
        read += options.all_inner_texts()
    box.fill("bitcoin")
    expect(page.locator(".ny-search__none")).to_be_visible()
    read.append(page.locator(".ny-search__none").inner_text())
    box.fill("khai sinh")
    expect(options.first).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/thu-tuc/**")
    return [*read, page.url.removeprefix(url)]


def a_procedure(page: Page, url: str) -> list[str]:
    """The picker, papers, the promised day and its calendar, the sum to pay, reading aloud."""
    page.goto(url + BIRTH)
    said = page.locator(
        "[data-ny-due], [data-ny-sum], [data-ny-now], [data-ny-fact], [data-ny-progress],"
        " [data-ny-status]"
    )
    read = [page.locator("[data-ny-received-at]").input_value(), *said.all_inner_texts()]
    for label in ("Trong 60 ngày sau sinh", "Đã quá 60 ngày", "Trực tiếp tại quầy"):
        page.get_by_label(label).check()
        read += [page.evaluate("location.hash"), *said.all_inner_texts()]
    page.locator("[data-ny-check]").first.check()
    page.locator("[data-ny-received]").fill("2027-02-03")
    page.locator("[data-ny-received-at]").fill("16:00")
    page.get_by_label("Số bản", exact=True).fill("3")
    read += said.all_inner_texts()
    with page.expect_download() as download:
        page.locator("[data-ny-ics]").click()
    read.append(re.sub(r"DTSTAMP:\w+", "", Path(download.value.path()).read_text("utf-8")))
    page.locator("[data-ny-read]:visible").first.click()
    read.append(page.evaluate("() => spoken[0][0]"))
    page.goto(url + COPIES)
    page.get_by_label("Số trang bản chính").fill("5")
    page.get_by_label("Số bản", exact=True).fill("3")
    return [*read, *said.all_inner_texts()]


def everything_else(page: Page, url: str) -> list[str]:
    """Menu, large text, a scanned sheet, rating, error slip, the offline page, the kiosk."""
    page.goto(url + "lien-he/")
    page.locator("[data-ny-menu]").click()
    page.locator("[data-ny-text]").first.click()
    read = [
        page.locator("#danh-muc").inner_text(),
        page.locator("html").get_attribute("data-text") or "",
    ]
    page.goto(url + "q/1.001193/?v=abcdefghi")
    page.wait_for_url(f"**/{BIRTH}**")
    expect(page.locator(".ny-scan__lead")).to_be_visible()
    read.append(page.locator(".ny-scan").inner_text())
    page.locator("[data-ny-rate] summary").click()
    page.locator("[data-ny-rate] input[type=radio]").first.check()
    expect(page.locator("[data-ny-rate-mail]")).to_have_attribute("href", re.compile("subject="))
    read.append(page.locator("[data-ny-rate-mail]").get_attribute("href") or "")
    page.goto(url + "bao-sai/?ma=1.001193")
    page.locator("[data-ny-slip] textarea").first.fill("Số điện thoại sai")
    expect(page.locator("[data-ny-slip-mail]")).to_have_attribute("href", re.compile("subject="))
    read.append(page.locator("[data-ny-slip-mail]").get_attribute("href") or "")
    page.goto(url + "khong-co-mang/?to=lien-he/")
    expect(page.locator("[data-ny-save]")).to_be_visible()
    read += [
        page.locator("[data-ny-save]").inner_text(),
        page.locator("[data-ny-retry] a").get_attribute("href") or "",
    ]
    page.goto(url + "?kiosk=1")
    page.get_by_role("button", name="Xong, xóa dấu vết").click()
    page.wait_for_url(url)
    return [*read, page.locator(".ny-kiosk-bar").inner_text()]


PARTS = (the_list, the_search, a_procedure, everything_else)


def test_every_page_says_the_same_without_what_is_newer(visit: Visit, site_url: str) -> None:
    today, old, run = visit("", VOICE), visit("", remove_newer(), VOICE), set()
    old.on("response", lambda response: run.add(response.url.rpartition("/")[2]))
    assert (
        old.evaluate("() => [typeof [].keys().forEach, typeof [].at, typeof Object.hasOwn]")
        == ["undefined"] * 3
    )
    for part in PARTS:
        assert part(old, site_url) == part(today, site_url)
    assert troubles(old) == []
    assert {path.name for path in SCRIPTS} - run == set(), "nobody comes by these"


ALLOWED = {
    "reason": "why a day is promised; an AbortSignal has one too",
    "requestIdleCallback": "only where it is there",
    "startMessages": "only where it is there; older engines hand out messages unasked",
}
"""Names of newer members which the scripts may use, and why."""


@pytest.fixture(scope="module")
def newer(browser: Browser) -> tuple[set[str], set[str]]:
    """Globals, and names of members of any object, that only browsers after the floor have."""
    page = browser.new_page()
    listed = "[key, names]) => [key, names[1]]"
    read = f"keys => Object.entries(({MEMBERS})(keys)).map(({listed})"
    today: dict[str, list[str]] = dict(page.evaluate(read, list(FLOOR)))
    page.context.close()
    every = [{name for names in of.values() for name in names} for of in (today, FLOOR)]
    return set(today["window"]) - set(FLOOR["window"]), every[0] - every[1] | NOT_IN_SAFARI


@pytest.mark.parametrize("path", [*SCRIPTS, WORKER], ids=lambda path: path.name)
def test_no_script_names_what_is_newer(newer: tuple[set[str], set[str]], path: Path) -> None:
    """Also where no test comes by, and in the worker."""
    variables, members = newer
    assert {"globalThis", "structuredClone", "reportError"} < variables
    assert {"at", "replaceAll", "toSorted", "replaceChildren"} < members
    code = re.sub(r"^\s*//.*|\"[^\"\n]*\"", "", path.read_text("utf-8"), flags=re.M)
    named = set(re.findall(r"[A-Za-z_]\w*", code)) & variables
    named |= set(re.findall(r"\.\s*([A-Za-z_]\w*)", code)) & members
    assert named - ALLOWED.keys() == set()


# Without hourCycle


def test_the_emulation_writes_the_hour_as_old_engines_do(visit: Visit) -> None:
    write = """() => new Intl.DateTimeFormat('en-CA', {timeZone: 'UTC', hour: '2-digit',
        hourCycle: 'h23'}).format(new Date(Date.UTC(2026, 0, 1, 14)))"""
    assert visit("").evaluate(write) == "14"
    assert visit("", IGNORE_HOUR_CYCLE).evaluate(write).startswith("02")


@pytest.mark.parametrize(
    ("time", "status"),
    [
        ("00:05", "Đang nghỉ, mở lại lúc 7:30"),
        ("08:10", "Đang mở cửa, đến 11:30"),
        ("12:00", "Đang nghỉ, mở lại lúc 13:30"),
        ("14:10", "Đang mở cửa, đến 17:00"),
        ("16:00", "Đang mở cửa, đến 17:00"),
        ("22:10", "Đã đóng cửa, mở lại 7:30 ngày mai"),
    ],
)
@pytest.mark.parametrize("before", ["", IGNORE_HOUR_CYCLE], ids=["now", "before Chrome 73"])
def test_the_office_is_open_at_the_same_hours(
    visit: Visit, before: str, time: str, status: str
) -> None:
    hour, minute = map(int, time.split(":"))
    page = visit(BIRTH, before, at=dt.datetime(2026, 11, 25, hour, minute, tzinfo=HANOI))
    expect(page.locator("[data-ny-status]").first).to_have_text(status)
    expect(page.locator("[data-ny-received]")).to_have_value("2026-11-25")
    expect(page.locator("[data-ny-received-at]")).to_have_value(time)
