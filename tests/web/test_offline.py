"""The site without a network: from a stick, and from what the browser keeps."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import socket
import time
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from counting import due_date
from counting import total as total_vnd
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from theme_files import own_file_of_theme

from niemyet.model.catalogue import Catalogue
from niemyet.publish.build import build
from niemyet.publish.usb_export import write_copy
from niemyet.values.money import format_vnd


class Sight:
    """A page in a context of its own, with everything that went wrong in it."""

    def __init__(self, browser: Browser, **options: object) -> None:
        self.context = browser.new_context(**options)  # type: ignore[arg-type]
        self.troubles: list[str] = []
        self.context.on(
            "console",
            lambda m: (
                m.type in ("error", "warning") and self.troubles.append(f"{m.type}: {m.text}")
            ),
        )
        self.context.on("weberror", lambda e: self.troubles.append(f"exception: {e.error}"))
        self.context.on(
            "request",
            lambda r: (
                r.url.startswith(("http://motcua", "https:"))
                and self.troubles.append(f"outside: {r.url}")
            ),
        )
        self.page: Page = self.context.new_page()


@pytest.fixture(scope="module")
def unpacked(
    built_site: Path, catalogue: Catalogue, today: dt.date, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The zip file as a clerk unpacks it, in a folder with a space and marks."""
    folder = tmp_path_factory.mktemp("usb")
    write_copy(folder / "a.zip", built_site, catalogue, today)
    with zipfile.ZipFile(folder / "a.zip") as packed:
        packed.extractall(folder / "Ổ USB của phường")
    return folder / "Ổ USB của phường"


def test_the_copy_works_from_a_stick(
    browser: Browser, unpacked: Path, catalogue: Catalogue
) -> None:
    sight = Sight(browser)
    page = sight.page
    page.goto((unpacked / "MO-TRANG.html").as_uri())
    page.locator(".ny-btn--pri").click()
    expect(page.locator(".ny-saved")).to_contain_text("25/11/2026")

    # Search, with and without the list of results.
    page.locator("main .ny-search__input").press_sequentially("dang ky ket hon")
    expect(page.locator(".ny-search__list [role=option]").first).to_contain_text(
        "kết hôn", ignore_case=True
    )
    page.keyboard.press("Enter")
    procedure = catalogue.procedures["1.000894"]
    page.wait_for_url(f"**/thu-tuc/{procedure.slug}/index.html")
    expect(page.locator("h1")).to_have_text(str(procedure.title))

    # The tick list, kept on this computer.
    box = page.locator("[data-ny-check]").first
    box.check()
    expect(page.locator("[data-ny-progress]")).to_contain_text("1/")
    page.reload()
    expect(box).to_be_checked()

    # On by links alone, to another language and back home.
    page.locator(".ny-lang").click()
    page.wait_for_url(f"**/en/thu-tuc/{procedure.slug}/index.html")
    expect(page.locator(".ny-saved")).to_contain_text("25 November 2026")
    page.locator(".ny-brand").click()
    page.wait_for_url("**/en/index.html")
    page.locator(".ny-hero__pop a").first.click()
    page.wait_for_url("**/en/thu-tuc/index.html?q=*")
    expect(page.locator(".ny-search__list [role=option]").first).to_be_visible()

    # A printed address.
    page.goto((unpacked / "trang/q/1.001193/index.html").as_uri())
    page.wait_for_url(f"**/thu-tuc/{catalogue.procedures['1.001193'].slug}/index.html")
    assert sight.troubles == []
    sight.context.close()


def test_the_answers_of_the_copy_are_those_of_the_site(
    browser: Browser, unpacked: Path, catalogue: Catalogue
) -> None:
    """The promised day, the calendar entry, what to pay, the ticks, the search and the size of the
    text, without a server."""
    sight = Sight(browser, accept_downloads=True, timezone_id="America/Los_Angeles")
    page = sight.page
    page.clock.set_fixed_time(dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC))
    copies = catalogue.procedures["2.000815"]
    home = (unpacked / "trang/index.html").as_uri()

    # The day, over a holiday and a weekend, as Python counts it.
    permit = next(
        p
        for p in catalogue.public_procedures
        if p.counter == "quay-3" and p.channels[0].limit.value.kind == "working_days"
    )
    page.goto(home.replace("index.html", f"thu-tuc/{permit.slug}/index.html#cach=counter"))
    row = next(r for r in permit.channels if r.channel == "counter")
    expect(page.locator("[data-ny-received]")).to_have_value("2026-11-25")
    for day, at in (
        ("2026-11-25", "09:00"),
        ("2026-11-27", "17:01"),
        ("2026-12-31", "16:59"),
        ("2027-02-03", "08:00"),
    ):
        page.locator("[data-ny-received]").fill(day)
        page.locator("[data-ny-received-at]").fill(at)
        due = due_date(
            row.limit.value,
            dt.date.fromisoformat(day),
            at,
            catalogue.work_calendar_at(permit.counter),
        )
        assert due.date is not None
        expect(page.locator("[data-ny-due]")).to_contain_text(f"{due.date:%d/%m/%Y}")
    with page.expect_download() as download:
        page.locator("[data-ny-ics]").click()
    entry = Path(download.value.path()).read_bytes().decode("utf-8")
    assert entry.startswith("BEGIN:VCALENDAR\r\n") and entry.endswith("END:VCALENDAR\r\n")
    assert f"DTSTART;VALUE=DATE:{due.date:%Y%m%d}\r\n" in entry

    # What to pay, with counts.
    page.goto(home.replace("index.html", f"thu-tuc/{copies.slug}/index.html#cach=counter"))
    fields = page.locator("[data-ny-total] input[type=number]")
    fields.nth(0).fill("3")
    fields.nth(1).fill("2")
    fee = catalogue.fees["phi-chung-thuc-ban-sao"]
    assert fee.current is not None
    total = total_vnd(fee.current.amount, 3)
    assert total
    expect(page.locator("[data-ny-sum]")).to_contain_text(format_vnd(total * 2))

    # Ticks and large text are kept, and stay when another file is opened; the search leads from
    # file to file.
    page.locator("[data-ny-check]").first.check()
    page.locator("[data-ny-text]").click()
    page.locator(".ny-search__input").press_sequentially("khai tu")
    option = page.locator(".ny-search__list [role=option]").first
    expect(option).to_contain_text("khai tử", ignore_case=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc/*/index.html")
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    expect(page.locator("[data-ny-check]:checked")).to_have_count(0)
    page.go_back()
    expect(page.locator("[data-ny-check]:checked")).to_have_count(1)
    # The list is filtered too.
    page.goto(home.replace("index.html", "thu-tuc/index.html"))
    whole = page.locator(".ny-row:visible").count()
    page.locator(".ny-switch").first.click()
    assert 0 < page.locator(".ny-row:visible").count() < whole
    assert sight.troubles == []
    sight.context.close()


# What the browser keeps


class Host:
    """A site on this machine whose files can be exchanged, and which can be cut off or slow."""

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self.folder, self.prefix, self.delay, self.is_up = folder, prefix, 0.0, True
        self.asked: list[str] = []
        host = self

        class Handler(SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                host.asked.append(path)
                self.directory = str(host.folder)
                return super().translate_path(
                    path.removeprefix(host.prefix.rstrip("/")) if host.prefix else path
                )

            def send_head(self) -> Any:
                if not host.is_up:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return None
                time.sleep(host.delay)
                return super().send_head()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A line that is cut is no error of the server."""

        self.server = Server(("127.0.0.1", 0), Handler)
        Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/{prefix.lstrip('/')}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def host(built_site: Path) -> Iterator[Host]:
    host = Host(built_site)
    yield host
    host.close()


def version_of(page: Page) -> str:
    """The version whose worker holds the page."""
    names: list[str] = page.evaluate("() => caches.keys()")
    versions = {name.split(" ")[-2] for name in names}
    assert len(versions) == 1, names
    return versions.pop()


def until(page: Page, condition: str, arg: Any = None, seconds: float = 30) -> None:
    """Waits for a condition that is itself waited for, which wait_for_function takes for true."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(50)


SETTLED = """async () => {
    const worker = navigator.serviceWorker.controller,
        key = location.origin + location.pathname.replace(/index.html$/, '');
    return Boolean(worker && worker.state === 'activated' && await caches.match(key));
}"""
"""The worker has taken over and has kept the page that is open."""
IS_GONE = "async version => (await caches.keys()).every(name => !name.includes(version))"
IS_IDLE = (
    "async () => { const found = await navigator.serviceWorker.getRegistration(); return"
    " !found.installing && !found.waiting; }"
)


def settle(page: Page) -> None:
    until(page, SETTLED)


def open_first(sight: Sight, url: str) -> Page:
    sight.page.goto(url)
    settle(sight.page)
    return sight.page


@pytest.fixture
def sight(browser: Browser) -> Iterator[Sight]:
    sight = Sight(browser, locale="vi-VN")
    yield sight
    sight.context.close()


REGISTER = "thu-tuc/dang-ky-khai-sinh/"


@pytest.mark.parametrize("prefix", ["", "/phuong/hoa-sen/"])
@pytest.mark.parametrize("how", ["cut", "offline"])
def test_the_second_visit_needs_no_network(
    built_site: Path, sight: Sight, prefix: str, how: str
) -> None:
    host = Host(built_site, prefix)
    page = open_first(sight, host.url + REGISTER)
    before = page.locator("main").inner_text()
    expect(page.locator(".ny-saved")).to_be_empty()
    assert sight.troubles == []
    if how == "cut":
        host.is_up = False
    else:
        sight.context.set_offline(True)

    page.goto(host.url + REGISTER + "?v=abc")
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).strftime("%d/%m/%Y")
    expect(page.locator(".ny-saved")).to_have_text(
        f"Bản lưu trên máy, ngày {today} – phí và thời hạn có thể đã đổi."
    )
    page.goto(host.url + REGISTER)
    assert page.locator("main").inner_text() == before
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.ny-header')).borderTopWidth")
        == "4px"
    ), "no style sheet"
    # The tick list and the search work too.
    page.locator("[data-ny-check]").first.check()
    expect(page.locator("[data-ny-progress]")).to_contain_text("1/")
    page.locator(".ny-search__input").press_sequentially("ket hon")
    expect(page.locator(".ny-search__list [role=option]").first).to_be_visible()
    # The home page is always there, what was never opened is not, and both say so.
    page.locator(".ny-brand").click()
    page.wait_for_url(host.url)
    expect(page.locator(".ny-saved")).to_contain_text(today)
    page.goto(host.url + "en/phi-le-phi/")
    expect(page.locator("[data-ny-retry]")).to_contain_text("There is no network now")
    assert page.locator("[data-ny-retry] a").evaluate("a => a.href") == host.url + "en/phi-le-phi/"
    expect(page.locator("[data-ny-kept] li").first).to_be_visible()
    assert sight.context.cookies() == []
    host.close()


def test_a_stale_page_passes_axe(host: Host, sight: Sight) -> None:
    open_first(sight, host.url + REGISTER)
    host.is_up = False
    for path in (REGISTER, "khong-co-mang/?to=phi-le-phi/"):
        sight.page.goto(host.url + path)
        expect(sight.page.locator(".ny-saved")).not_to_be_empty()
        sight.page.evaluate(Axe().axe_script)
        for scheme in ("light", "dark"):
            sight.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = sight.page.evaluate(
                "() => axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id"
                " + v.nodes[0].html))"
            )
            assert found == []


def test_a_slow_network_gives_the_kept_page_and_then_says_that_a_newer_one_is_there(
    host: Host, sight: Sight
) -> None:
    page = open_first(sight, host.url + REGISTER)
    host.delay = 5
    start = time.monotonic()
    page.goto(host.url + REGISTER, wait_until="domcontentloaded")
    assert time.monotonic() - start < 4.9
    expect(page.locator(".ny-saved")).to_contain_text("Bản lưu trên máy")
    expect(page.locator(".ny-saved")).to_contain_text("Trang có bản mới.", timeout=10_000)


def test_with_a_network_nothing_stale_is_shown(
    host: Host, sight: Sight, built_site: Path, tmp_path: Path
) -> None:
    page = open_first(sight, host.url + REGISTER)
    changed = tmp_path / "changed"
    shutil.copytree(built_site, changed)
    file = changed / REGISTER / "index.html"
    file.write_text(file.read_text("utf-8").replace("khai sinh", "KHAI SINH MỚI"), "utf-8")
    index = changed / "assets/search/vi.js"
    renamed, times = re.subn(r'(?<=[ "])sinh(?=[ "])', "SINH_MỚI", index.read_text("utf-8"))
    assert times
    index.write_text(renamed, "utf-8")
    host.folder = changed  # the same worker, so no new version is there to help
    page.goto(host.url + REGISTER)
    expect(page.locator("h1")).to_contain_text("KHAI SINH MỚI")
    expect(page.locator(".ny-saved")).to_be_empty()
    page.locator(".ny-search__input").press_sequentially("khai sinh")
    expect(page.locator(".ny-search__list [role=option]").first).to_contain_text("SINH_MỚI")
    # And the newer page is the one that is kept.
    host.is_up = False
    page.goto(host.url + REGISTER)
    expect(page.locator("h1")).to_contain_text("KHAI SINH MỚI")
    # What comes from an older search is told as such, on a page that came with the network but did
    # not fetch the search ahead.
    host.is_up = True
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto(host.url + REGISTER)
    expect(page.locator(".ny-saved")).to_be_empty()
    host.is_up = False
    page.locator(".ny-search__input").press_sequentially("khai sinh")
    expect(page.locator(".ny-search__list [role=option]").first).to_be_visible()
    expect(page.locator(".ny-saved")).to_contain_text("Bản lưu trên máy")


@pytest.fixture(scope="session")
def next_site(project: Path, today: dt.date, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after a change of one fee and of the style sheet."""
    folder = tmp_path_factory.mktemp("next")
    root = folder / "project"
    for part in ("procedures", "content", "site_config"):
        shutil.copytree(project / part, root / part)
    shutil.copy(project / "mkdocs.yml", root)
    fees = [
        file
        for file in sorted((root / "content/fees").glob("*.yml"))
        if "amount_vnd: 8000\n" in file.read_text("utf-8")
    ]
    assert fees
    for file in fees:
        file.write_text(
            file.read_text("utf-8").replace("amount_vnd: 8000\n", "amount_vnd: 7654321\n"), "utf-8"
        )
    more = "\n.ny-header{border-top-width:9px}\n"
    own_file_of_theme(root, "assets/css/niemyet.css", lambda text: text + more)
    assert build(root, folder / "site", today, print_folder=folder / "no-print").is_built
    return folder / "site"


def test_a_new_version_replaces_the_old_one_within_one_visit(
    host: Host, sight: Sight, next_site: Path
) -> None:
    first = next(
        path.parent.relative_to(next_site).as_posix() + "/"
        for path in sorted((next_site / "thu-tuc").rglob("index.html"))
        if "7.654.321" in path.read_text("utf-8") and path.parent.name
    )
    page = open_first(sight, host.url + first)
    old = version_of(page)
    other = sight.context.new_page()
    other.goto(host.url + REGISTER)
    settle(other)
    host.folder = next_site
    host.asked.clear()

    # One visit: the page is new at once, and when the worker is new, so is everything that is kept.
    other.goto(host.url + "phi-le-phi/")
    assert "7.654.321" in other.locator("main").inner_text()
    until(other, IS_GONE, old)
    assert version_of(other) != old
    # The window that shows the page of before is told; the one that was just opened need not be.
    expect(page.locator(".ny-saved")).to_contain_text("Trang có bản mới.")
    expect(other.locator(".ny-saved")).to_be_empty()
    assert "7.654.321" not in page.locator("main").inner_text()

    # What was opened before has come along, in the new version, styles and all.
    host.is_up = False
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator("main")).to_contain_text("7.654.321")
    expect(page.locator(".ny-saved")).to_contain_text("Bản lưu trên máy")
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.ny-header')).borderTopWidth")
        == "9px"
    )
    other.goto(host.url + REGISTER)
    expect(other.locator("h1")).to_contain_text("khai sinh")
    assert (
        sight.page.evaluate(
            "() => navigator.serviceWorker.getRegistrations().then(all => all.length)"
        )
        == 1
    )


def test_the_whole_site_is_kept_on_request_and_comes_along_to_the_next_version(
    host: Host, sight: Sight, next_site: Path
) -> None:
    page = open_first(sight, host.url + "khong-co-mang/")
    save = page.locator("[data-ny-save]")
    size = json.loads((host.folder / "assets/offline.json").read_text("utf-8"))["size"]
    expect(save).to_have_text(f"Lưu cả trang ({size / 1e6:.1f} MB)".replace(".", ","))
    save.click()
    expect(page.locator("[data-ny-told]")).to_have_text("Đã lưu cả trang.", timeout=60_000)
    expect(page.locator("[data-ny-retry]")).to_be_hidden()
    expect(page.locator("[data-ny-nothing]")).to_be_hidden()
    expect(page.locator("[data-ny-whole]")).to_be_visible()
    old = version_of(page)

    host.folder = next_site
    host.asked.clear()
    page.goto(host.url)
    until(page, IS_GONE, old, 60)
    host.is_up = False
    for path in ("en/phi-le-phi/", "lien-he/", "Q/1.001193/"):
        page.goto(host.url + path)
        expect(page.locator(".ny-saved")).not_to_be_empty()
    page.goto(host.url + "phi-le-phi/")
    expect(page.locator("main")).to_contain_text("7.654.321")

    page.goto(host.url + "khong-co-mang/")
    page.locator("[data-ny-forget]").click()
    expect(page.locator("[data-ny-nothing]")).to_be_visible()
    page.goto(host.url + "lien-he/")
    page.wait_for_url("**/khong-co-mang/?to=lien-he%2F")


def test_a_version_that_cannot_be_fetched_whole_leaves_the_one_before(
    host: Host, sight: Sight, next_site: Path, tmp_path: Path
) -> None:
    page = open_first(sight, host.url + REGISTER)
    old = version_of(page)
    broken = tmp_path / "broken"
    shutil.copytree(next_site, broken)
    (broken / "assets/js/search-core.js").unlink()
    host.folder = broken
    page.goto(host.url)
    until(page, IS_IDLE)
    page.evaluate(
        "() => navigator.serviceWorker.getRegistration().then(r => r.update()).catch(() => 0)"
    )
    until(page, IS_IDLE)
    assert "search-core.js" in " ".join(host.asked)
    host.is_up = False
    page.goto(host.url + REGISTER)
    expect(page.locator(".ny-saved")).to_contain_text("Bản lưu trên máy")
    assert old in " ".join(page.evaluate("() => caches.keys()"))
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.ny-header')).borderTopWidth")
        == "4px"
    )


def test_only_pages_and_their_parts_of_this_site_are_kept(host: Host, sight: Sight) -> None:
    page = open_first(sight, host.url + REGISTER + "?q=bi-mat")
    kept: list[str] = page.evaluate(
        """async () => (await Promise.all((await caches.keys())
            .map(async name => (await (await caches.open(name)).keys())))).flat()
            .map(request => request.url)"""
    )
    assert host.url + REGISTER in kept and host.url in kept
    assert all(url.startswith(host.url) and "?" not in url for url in kept)
    assert not any(
        part in url for url in kept for part in (".pdf", "robots", "sitemap", "offline.json")
    )
    assert len([url for url in kept if "/thu-tuc/" in url]) == 1, (
        "more than the frame and what was opened"
    )


def test_the_site_can_be_installed(built_site: Path, catalogue: Catalogue) -> None:
    manifest = json.loads((built_site / "manifest.webmanifest").read_text("utf-8"))
    assert (
        manifest["lang"] == "vi"
        and manifest["start_url"] == manifest["scope"] == "./"
        and manifest["display"] == "standalone"
    )
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in manifest["icons"]:
        with Image.open(built_site / icon["src"]) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
            corner = image.convert("RGBA").getpixel((0, 0))
            assert corner == (142, 18, 25, 255) if icon["purpose"] == "maskable" else corner[3] == 0


def test_the_version_follows_the_contents(built_site: Path, next_site: Path) -> None:
    def version(site: Path) -> str:
        found = re.search(r'const VERSION = "([0-9a-f]{12})"', (site / "sw.js").read_text("utf-8"))
        assert found
        return found[1]

    assert version(built_site) != version(next_site)
    listed = json.loads((built_site / "assets/offline.json").read_text("utf-8"))
    assert listed["version"] == version(built_site)
    for path, size, _ in listed["files"]:
        assert (built_site / path / "index.html").stat().st_size == size, path
    keys = [
        {
            path: key
            for path, _, key in json.loads((s / "assets/offline.json").read_text("utf-8"))["files"]
        }
        for s in (built_site, next_site)
    ]
    differs = {path for path in keys[0] if keys[0][path] != keys[1][path]}
    assert differs == {
        path
        for path in keys[0]
        if (built_site / path / "index.html").read_bytes()
        != (next_site / path / "index.html").read_bytes()
    }
    assert differs
