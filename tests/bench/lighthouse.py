"""What Lighthouse says of the built site on a telephone: four scores, how the page arrives, and the
bytes of a first visit.

    python tests/bench/lighthouse.py [--site FOLDER] [--runs 3] [PAGE …]

Without `--site` the shipped data are built first. Looks at the home page, the list and the longest
procedure, or at the pages named (from the root of the site), as a plain host sends them: text in
gzip. The median of the runs counts. Ends with 1 when a page misses what is asked of it. Lighthouse
comes by `npx` in a pinned version, since it is no Python package.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from project import ROOT, copy_project
from shipped import CHROMIUM_FLAGS

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_KB, MOST_KB_WITHOUT_FONTS = 120, 60
"""What a first visit to a procedure may weigh."""
MOST_SHIFT = 0.0005
"""What is shown as 0 in three places."""


class Host(SimpleHTTPRequestHandler):
    """A static host: text in gzip, right types, connections kept."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012  (the base class declares it so)
        "": "application/octet-stream",
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
        ".png": "image/png",
    }

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(file)
        is_packed = file.suffix not in (".woff2", ".png")
        body = packed(file) if is_packed else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error of the host."""


@cache
def packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), partial(Host, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def report(npx: str, chromium: str, url: str, folder: Path) -> dict[str, Any]:
    """One run of Lighthouse with its own browser and an empty cache."""
    out = folder / "report.json"
    flags = " ".join(("--headless", *CHROMIUM_FLAGS))
    command = [
        npx, "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={out}",
        f"--chrome-flags={flags}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    run = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(f"Lighthouse ended with {run.returncode}:\n{run.stderr[-2000:]}")
    return json.loads(out.read_text("utf-8"))  # type: ignore[no-any-return]


def figures(found: Mapping[str, Any]) -> dict[str, float]:
    """Scores in points, milliseconds, and KB (of 1000 bytes) as they came over the wire."""
    audits = found["audits"]
    requests = audits["network-requests"]["details"]["items"]
    fonts = sum(
        item["transferSize"] for item in requests if urlsplit(item["url"]).path.endswith(".woff2")
    )
    whole = sum(
        item["transferSize"] for item in requests if urlsplit(item["url"]).scheme.startswith("http")
    )
    return {
        **{name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES},
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "fcp": audits["first-contentful-paint"]["numericValue"],
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "kb": whole / 1000,
        "kb_without_fonts": (whole - fonts) / 1000,
    }


def misses(found: Mapping[str, Any]) -> list[str]:
    """The audits that cost points, with what they show first."""
    ids = {
        ref["id"]
        for name in CATEGORIES
        for ref in found["categories"][name]["auditRefs"]
        if ref["weight"]
    }
    failed = [
        audit
        for id, audit in found["audits"].items()
        if id in ids and audit["score"] is not None and audit["score"] < 0.9
    ]
    shown = [
        json.dumps(audit.get("details", {}).get("items", []), ensure_ascii=False)[:300]
        for audit in failed
    ]
    return [
        f"  {a['id']}: {a['title']} {a.get('displayValue', '')} {items}"
        for a, items in zip(failed, shown, strict=True)
    ]


def too_much(page: str, got: Mapping[str, float]) -> list[str]:
    wrong = [
        f"{name} {got[name]:.0f} < {least}" for name, least in LEAST.items() if got[name] < least
    ]
    if got["cls"] > MOST_SHIFT:
        wrong.append(f"layout shift {got['cls']:.3f}")
    if page.startswith("thu-tuc/") and page != "thu-tuc/":
        limits = (("kb", MOST_KB), ("kb_without_fonts", MOST_KB_WITHOUT_FONTS))
        wrong += [f"{name} {got[name]:.1f} > {most}" for name, most in limits if got[name] > most]
    return wrong


def longest_procedure(site: Path) -> str:
    page = max(site.glob("thu-tuc/*/index.html"), key=lambda file: file.stat().st_size)
    return f"{page.parent.relative_to(site).as_posix()}/"


def look(site: Path, pages: list[str], runs: int, npx: str, chromium: str) -> int:
    print(f"{'page':44} perf  a11y  best   seo    CLS  FCP ms  LCP ms      KB  KB without fonts")
    failed = 0
    with served(site) as url, tempfile.TemporaryDirectory() as folder:
        for page in pages or ["", "thu-tuc/", longest_procedure(site)]:
            found = [report(npx, chromium, url + page, Path(folder)) for _ in range(runs)]
            all_of_them = [figures(one) for one in found]
            got = {
                name: statistics.median(one[name] for one in all_of_them) for name in all_of_them[0]
            }
            scores = " ".join(f"{got[name]:5.0f}" for name in CATEGORIES)
            rest = (
                f"{got['cls']:6.3f} {got['fcp']:7.0f} {got['lcp']:7.0f} {got['kb']:7.1f}"
                f" {got['kb_without_fonts']:7.1f}"
            )
            print(f"{page or 'home':44}{scores} {rest}", flush=True)
            wrong = too_much(page, got)
            if wrong:
                failed += 1
                print("  " + "; ".join(wrong), *misses(found[0]), sep="\n")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument(
        "--site", type=Path, help="a built site; the shipped data are built by default"
    )
    parser.add_argument(
        "--runs", type=int, default=3, help="how often each page is looked at (default: 3)"
    )
    options = parser.parse_args()
    npx = shutil.which("npx")
    if npx is None:
        sys.exit(f"Thiếu npx để chạy {LIGHTHOUSE}. Cài: sudo apt-get install npm")
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    chromium = next((path for name in names if name and (path := shutil.which(name))), None)
    if chromium is None:
        sys.exit("Thiếu Chromium: chạy tests/install-browser, hoặc đặt biến CHROMIUM")
    if options.site:
        return look(options.site, options.pages, options.runs, npx, chromium)
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        site = Path(folder) / "site"
        subprocess.run(
            project.build(site),
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        return look(site, options.pages, options.runs, npx, chromium)


if __name__ == "__main__":
    sys.exit(main())
