"""What a browser keeps to show the site without a network: the worker, the list of everything, and
the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from niemyet.model.catalogue import Catalogue
from niemyet.values.digest import digest
from niemyet.view.artifact import Artifact
from niemyet.view.brand import colours
from niemyet.view.pages import PAGES
from niemyet.view.words import Words

WORKER = Path(__file__).with_name("templates") / "sw.js"
LIST = "assets/offline.json"
ICONS = (
    ("192", "192x192", "any"),
    ("512", "512x512", "any"),
    ("maskable-512", "512x512", "maskable"),
)
_KEY = 8
"""Letters of a key in the list; they only tell a file from its own older versions."""
_NOT_KEPT = ("Q/", "in/", "data/")
"""Capitals are the same pages again, sheets and data are kept when they are opened."""


class Contents:
    """What a site holds: by path, the digest of the content and its size in bytes."""

    def __init__(self, files: Mapping[str, tuple[str, int]]) -> None:
        self._files = dict(files)

    @property
    def version(self) -> str:
        """A name for exactly these contents."""
        lines = "".join(f"{path}\n{key}\n" for path, (key, _) in sorted(self._files.items()))
        return digest(lines.encode())[:12]

    def frame(self) -> list[str]:
        """The files every page needs; icons are the system's business."""
        return sorted(
            path
            for path in self._files
            if path.startswith("assets/") and not path.startswith("assets/icons/")
        )

    def pages(self) -> Iterator[tuple[str, int, str]]:
        """The address, size and key of every page that can be kept."""
        for path, (key, size) in sorted(self._files.items()):
            if path.endswith("index.html") and not path.startswith(_NOT_KEPT):
                yield path.removesuffix("index.html"), size, key[:_KEY]


def manifest(catalogue: Catalogue) -> Artifact:
    """What makes the site installable."""
    words = Words(catalogue, catalogue.settings.default_language)
    office = catalogue.office
    data = {
        "name": f"{words.text(office.name)} {words.text(office.ward)}",
        "short_name": words.text(office.short_name) or words.text(office.ward),
        "lang": words.lang,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": colours()["brand"],
        "background_color": colours()["ground"],
        "icons": [
            {"src": f"assets/icons/{name}.png", "sizes": size, "type": "image/png", "purpose": use}
            for name, size, use in ICONS
        ],
    }
    return Artifact(
        path="manifest.webmanifest",
        content=(json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(),
    )


def artifacts(catalogue: Catalogue, contents: Contents) -> Iterator[Artifact]:
    """The worker and its list, made last: both name everything else."""
    default = catalogue.settings.default_language
    homes = [Words(catalogue, lang).home for lang in catalogue.languages]
    pages = [*homes, *(home + PAGES.keep for home in homes)]
    version = contents.version
    values = {
        "version": version,
        "frame": _json([*contents.frame(), *pages]),
        "languages": _json([lang for lang in catalogue.languages if lang != default]),
        "zone": _json(catalogue.office.time_zone),
    }
    worker = WORKER.read_text("utf-8")
    for name, value in values.items():
        worker = worker.replace(f"[[{name}]]", value)
    yield Artifact(path="sw.js", content=worker.encode())
    files = list(contents.pages())
    listed = {"version": version, "size": sum(size for _, size, _ in files), "files": files}
    yield Artifact(path=LIST, content=(_json(listed) + "\n").encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
