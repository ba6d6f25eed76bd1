"""How fast the search box is on a slow phone: ready after the first focus, and an answer to each
key.

`search_speed.py SITE` measures a built site; `--counts 74,400` builds copies of the project of that
size and measures those. Chromium is slowed down six times on its main thread, where all of the
search runs (workers, which it has none of, would not be slowed). Each figure ends with the layout
of what it shows. One line a figure goes to stderr, the report as JSON to stdout.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

SLOWDOWN = 6
ROUNDS = 7
GOALS = {"ready_ms": 150.0, "key_ms": 50.0, "index_kb": 10.0}
QUERIES = Path(__file__).resolve().parents[2] / "site_config/search_queries.yml"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]

# From the focus to the suggestions on the screen, and to the answer for somebody who types that
# very moment.
READY = """() => new Promise(done => {
    const input = document.querySelector('main .ny-search__input'),
        list = input.form.querySelector('.ny-search__list');
    const start = performance.now();
    new MutationObserver((_, watch) => {
        if (list.hidden) return;
        watch.disconnect();
        list.getBoundingClientRect();
        const shown = performance.now() - start;
        input.value = 'khai sinh';
        input.dispatchEvent(new Event('input', {bubbles: true}));
        Promise.resolve().then(() => {}).then(() => { list.getBoundingClientRect();
            done([shown, performance.now() - start]); });
    }).observe(list, {attributes: true, attributeFilter: ['hidden']});
    input.focus();
})"""
# Every key of a query: searching, showing, and the layout.
KEYS = """async query => {
    const input = document.querySelector('main .ny-search__input'),
        list = input.form.querySelector('.ny-search__list');
    const times = [];
    for (let i = 1; i <= query.length; i += 1) {
        const start = performance.now();
        input.value = query.slice(0, i);
        input.dispatchEvent(new Event('input', {bubbles: true}));
        await Promise.resolve().then(() => {}).then(() => {});
        list.getBoundingClientRect();
        times.push(performance.now() - start);
        await new Promise(done => setTimeout(done));
    }
    return times;
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def measure(site: Path) -> dict[str, Any]:
    """The figures of one built site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    queries = [
        entry["query"]
        for entry in yaml.safe_load(QUERIES.read_text("utf-8"))["queries"]
        if "lang" not in entry
    ]
    try:
        with sync_playwright() as playwright:
            names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
            chromium = next(path for name in names if name and (path := shutil.which(name)))
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            home, cold = (
                [_ready(browser, address + page) for _ in range(ROUNDS)]
                for page in ("", "lien-he/")
            )
            keys = sorted(_keys(browser, address, queries))
            browser.close()
    finally:
        server.shutdown()
        server.server_close()
    index = (site / "assets/search/vi.js").read_bytes()
    return {
        "docs": len(re.findall(r'"kinds":"(\w*)"', index.decode())[0]),
        "index_kb": round(len(gzip.compress(index, 9, mtime=0)) / 1000, 1),
        "home_ms": {
            "shown": _summary(one[0] for one in home),
            "first_answer": _summary(one[1] for one in home),
        },
        "cold_ms": {
            "shown": _summary(one[0] for one in cold),
            "first_answer": _summary(one[1] for one in cold),
        },
        "key_ms": {
            "median": round(statistics.median(keys), 1),
            "p95": round(keys[int(len(keys) * 0.95)], 1),
            "worst": round(keys[-1], 1),
        },
        "keys": len(keys),
        "slowdown": SLOWDOWN,
    }


def _slow_page(browser: Browser, address: str) -> Any:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def _ready(browser: Browser, address: str) -> tuple[float, float]:
    page = _slow_page(browser, address)
    shown, answered = page.evaluate(READY)
    page.context.close()
    return shown, answered


def _summary(times: Iterable[float]) -> dict[str, float]:
    """The best tells what the program needs, the median what a busy machine makes of it."""
    found = sorted(times)
    return {"best": round(found[0], 1), "median": round(statistics.median(found), 1)}


def _keys(browser: Browser, address: str, queries: list[str]) -> list[float]:
    page = _slow_page(browser, address)
    page.evaluate(READY)
    times = [taken for query in queries for taken in page.evaluate(KEYS, query)]
    page.context.close()
    return times


def line(name: str, found: dict[str, Any]) -> str:
    """The figures beside their goals."""
    home, cold, key = found["home_ms"], found["cold_ms"], found["key_ms"]
    return (
        f"{name}: tìm kiếm, CPU chậm {found['slowdown']} lần (nhanh nhất/trung vị, ms): trang chủ"
        f" hiện gợi ý {_two(home['shown'])}, gõ ngay có kết quả {_two(home['first_answer'])}; trang"
        f" khác, chưa có chỉ mục {_two(cold['shown'])}, {_two(cold['first_answer'])} (mục tiêu"
        f" {GOALS['ready_ms']:.0f}); mỗi phím trung vị {key['median']}, p95 {key['p95']} (mục tiêu"
        f" {GOALS['key_ms']:.0f}); chỉ mục {found['index_kb']} KB gzip (mục tiêu"
        f" {GOALS['index_kb']:.0f} với bộ kèm theo)"
    )


def _two(times: dict[str, float]) -> str:
    return f"{times['best']:.0f}/{times['median']:.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Đo tốc độ ô tìm kiếm trên máy chậm.")
    parser.add_argument("site", nargs="?", type=Path, help="trang đã dựng")
    parser.add_argument(
        "--counts",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[],
        metavar="N,N",
    )
    options = parser.parse_args()
    report = {}
    if options.site:
        report[str(options.site)] = measure(options.site)
    with tempfile.TemporaryDirectory(prefix="niemyet-search-") as folder:
        for count in options.counts:
            report[str(count)] = measure(_built(Path(folder) / str(count), count))
    for name, found in report.items():
        print(line(name, found), file=sys.stderr)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


def _built(folder: Path, count: int) -> Path:
    """The site of a copy of the project with so many procedures."""
    from project import SEED, copy_project
    from synthetic import write_procedures

    project = copy_project(folder / "project")
    write_procedures(project.root, count, SEED)
    subprocess.run(
        project.build(folder / "site"),
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    return folder / "site"


if __name__ == "__main__":
    sys.exit(main())
