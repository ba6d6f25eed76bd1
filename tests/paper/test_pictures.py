"""A page that is shared brings its title, a description and a picture of its sector, made on this
machine and never out of date."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from niemyet.model.catalogue import Catalogue
from niemyet.paper.print_run import print_pictures
from niemyet.paper.sharing_pictures import pictures
from niemyet.paper.typst import Press
from niemyet.publish.build import build
from niemyet.view.artifact import HEIGHT, WIDTH

MOST_BYTES = 100_000
DAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def sharing(page: Path) -> dict[str, str]:
    tree = html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    metas = tree.xpath("//head/meta[@property or @name]")
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}


def test_there_is_a_picture_for_the_site_and_every_sector_in_every_language(
    catalogue: Catalogue,
) -> None:
    made = list(pictures(catalogue))
    assert {(p.lang, p.card) for p in made} == set(
        itertools.product(catalogue.languages, ("", *catalogue.sectors))
    )
    assert len({p.id for p in made}) == len({p.version for p in made}) == len(made)


def test_pictures_are_drawn_once_in_the_size_chats_show(
    catalogue: Catalogue, press: Press, tmp_path: Path
) -> None:
    some = list(pictures(catalogue))[:3]
    assert print_pictures(some, tmp_path, press) == []
    files = [tmp_path / f"{picture.id}.png" for picture in some]
    for file in files:
        with Image.open(file) as image:
            assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
            assert len(image.convert("RGB").getcolors(1000) or ()) > 8, "an empty picture"
        assert file.stat().st_size < MOST_BYTES
    before = [file.stat().st_mtime_ns for file in files]
    assert print_pictures(some, tmp_path, press) == []
    assert [file.stat().st_mtime_ns for file in files] == before
    assert print_pictures(some[:1], tmp_path, press) == []
    assert [file.is_file() for file in files] == [True, False, False]


def test_pages_name_only_pictures_that_are_there_and_current(
    copy_project: Callable[..., Path], catalogue: Catalogue, press: Press, tmp_path: Path
) -> None:
    root = copy_project()
    drawn = [p for p in pictures(catalogue) if p.lang == "vi" and p.card in ("", "ho-tich")]
    print_pictures(drawn, root / "print", press)
    site = tmp_path / "site"
    assert build(root, site, DAY).is_built
    base = catalogue.settings.site_url
    for path, picture in (
        ("", "trang"),
        ("thu-tuc/dang-ky-ket-hon/", "linh-vuc-ho-tich"),
        ("linh-vuc/ho-tich/", "linh-vuc-ho-tich"),
        ("thu-tuc/tach-ho/", "trang"),
    ):
        shared = sharing(site / path / "index.html")
        assert shared["og:url"] == base + path
        assert shared["og:image"] == f"{base}in/the/vi/{picture}.png"
        assert (site / shared["og:image"].removeprefix(base)).is_file()
        assert (shared["og:locale"], shared["twitter:card"]) == ("vi_VN", "summary_large_image")
        assert shared["og:title"] and shared["og:description"] == shared["description"]
    english = sharing(site / "en/thu-tuc/dang-ky-ket-hon/index.html")
    assert (english["og:locale"], english["twitter:card"], english["og:title"]) == (
        "en_US",
        "summary",
        "Marriage registration",
    )
    assert "og:image" not in english

    words = root / "site_config/vocabulary.yml"
    words.write_text(
        words.read_text("utf-8").replace("vi: Hộ tịch\n", "vi: Hộ tịch mới\n", 1), "utf-8"
    )
    assert build(root, site, DAY).is_built
    assert sharing(site / "thu-tuc/dang-ky-ket-hon/index.html")["og:image"].endswith(
        "/trang.png"
    ), "the sector's picture has the old name"
    assert not (site / "in/the/vi/linh-vuc-ho-tich.png").exists()


def test_every_page_can_be_shared(built_site: Path, catalogue: Catalogue) -> None:
    wanted = {
        "og:type",
        "og:site_name",
        "og:title",
        "og:description",
        "og:url",
        "og:locale",
        "twitter:card",
    }
    files = [
        file
        for file in built_site.rglob("*.html")
        if file.relative_to(built_site).parts[0].lower() != "q"
    ]
    assert len(files) > 150
    for file in files:
        shared = sharing(file)
        assert shared.keys() >= wanted and all(shared[name] for name in wanted), file
        assert "og:image" not in shared, "no print run, no picture"
