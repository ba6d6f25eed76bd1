"""The copy of the site for a USB stick: every link is a file, every page says its day, the same
site gives the same bytes."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from niemyet.cli.main import main
from niemyet.cli.options import REFUSED
from niemyet.model.catalogue import Catalogue
from niemyet.publish.site_writer import NotOurs
from niemyet.publish.usb_export import write_copy
from niemyet.web.usb_copy import FOLDER, START, file_address, page

LINKING = ("href", "src", "action", "data-page", "data-index", "data-vi", "data-en", "poster")


@pytest.fixture(scope="module")
def copy(
    built_site: Path, catalogue: Catalogue, today: dt.date, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("stick") / "usb"
    write_copy(folder, built_site, catalogue, today)
    return folder


@pytest.fixture(scope="module")
def pages(copy: Path) -> dict[Path, html.HtmlElement]:
    parser = html.HTMLParser(encoding="utf-8")
    return {
        file: html.document_fromstring(file.read_bytes(), parser=parser)
        for file in sorted(copy.rglob("*.html"))
    }


def addresses(tree: html.HtmlElement) -> list[str]:
    found = [str(value) for name in LINKING for value in tree.xpath(f"//@{name}")]
    return found + [
        content.partition("url=")[2]
        for content in tree.xpath("//meta[@http-equiv='refresh']/@content")
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("../../thu-tuc/", "../../thu-tuc/index.html"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        ("../lien-he/#don-vi", "../lien-he/index.html#don-vi"),
        ("thu-tuc/?q=a/b", "thu-tuc/index.html?q=a/b"),
        ("?q=a/", "?q=a/"),
        ("#a/", "#a/"),
        ("", ""),
        ("../assets/logo.svg", "../assets/logo.svg"),
        ("https://vbpl.vn/", "https://vbpl.vn/"),
        ("//vbpl.vn/", "//vbpl.vn/"),
        ("mailto:a@b.example?body=c/", "mailto:a@b.example?body=c/"),
    ],
)
def test_an_address_of_a_folder_becomes_that_of_its_page(address: str, expected: str) -> None:
    assert file_address(address) == expected


def test_only_attributes_of_tags_are_changed() -> None:
    text = (
        '<p title="a > b" data-ny-x="y/">href="x/" <a class=\'k\' href=\'x/?a=1&amp;b=2\''
        " >x/</a></p>"
    )
    assert page(text, "") == text.replace("x/?a", "x/index.html?a")


def test_every_link_of_the_copy_is_a_file(copy: Path, pages: dict[Path, html.HtmlElement]) -> None:
    checked, broken = 0, []
    for file, tree in pages.items():
        for address in addresses(tree):
            if re.match(r"[a-z]+:|#|$", address):
                continue
            checked += 1
            if not (file.parent / re.split("[?#]", address)[0]).resolve().is_file():
                broken.append(f"{file.relative_to(copy)}: {address}")
    assert checked > 5000
    assert broken == []


def test_every_address_of_the_search_is_a_file(copy: Path, catalogue: Catalogue) -> None:
    for lang in catalogue.languages:
        text = (copy / FOLDER / f"assets/search/{lang}.js").read_text("utf-8")
        found = re.findall(r'"urls":"([^"]*)"', text)[0].split(" ")
        assert len(found) > 20
        # From a folder the search opens the file of the address (tests/web/test_search_core.py).
        assert [
            address for address in found if not (copy / FOLDER / address / "index.html").is_file()
        ] == []


def test_every_page_of_the_copy_says_from_which_day_it_is(
    pages: dict[Path, html.HtmlElement], copy: Path
) -> None:
    seen: Counter[str] = Counter()
    for file, tree in pages.items():
        if tree.get("data-page"):  # only leads on
            continue
        note = " ".join(
            tree.xpath(
                "string(//*[contains(@class, 'ny-saved') or contains(@class, 'ny-alert')])"
            ).split()
        )
        lang = tree.get("lang") or ""
        assert ("25/11/2026" if lang == "vi" else "25 November 2026") in note, file.relative_to(
            copy
        )
        seen[lang] += 1
    assert seen["vi"] > 60 and seen["en"] > 40


def test_names_fit_every_stick(copy: Path) -> None:
    names = [
        file.relative_to(copy).as_posix()
        for file in copy.rglob("*")
        if file.is_file() and file.name != ".niemyet"
    ]
    assert START in names and f"{FOLDER}/index.html" in names
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in names)
    assert all(not part.endswith(".") for name in names for part in name.split("/"))
    assert max(map(len, names)) < 160
    assert len({name.casefold() for name in names}) == len(names), (
        "two names differ only by capitals"
    )


def test_the_same_site_gives_the_same_zip(
    built_site: Path,
    catalogue: Catalogue,
    today: dt.date,
    copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zips = [tmp_path / "một.zip", tmp_path / "hai.zip"]
    for target, zone in zip(zips, ("UTC", "Asia/Ho_Chi_Minh"), strict=True):
        monkeypatch.setenv("TZ", zone)
        write_copy(target, built_site, catalogue, today)
    assert zips[0].read_bytes() == zips[1].read_bytes()
    with zipfile.ZipFile(zips[0]) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == sorted(names)
        inside = {name: packed.read(name) for name in names}
    assert inside == {
        f.relative_to(copy).as_posix(): f.read_bytes()
        for f in copy.rglob("*")
        if f.is_file() and f.name != ".niemyet"
    }
    write_copy(zips[0], built_site, catalogue, today)  # an older copy may be replaced


@pytest.mark.parametrize("what", ["zip of somebody", "no zip", "folder"])
def test_what_we_did_not_make_is_not_replaced(
    built_site: Path, catalogue: Catalogue, today: dt.date, tmp_path: Path, what: str
) -> None:
    target = tmp_path / ("usb" if what == "folder" else "usb.zip")
    if what == "folder":
        target.mkdir()
        (target / "luận văn.docx").write_text("years of work")
    elif what == "no zip":
        target.write_text("years of work")
    else:
        with zipfile.ZipFile(target, "w") as packed:
            packed.writestr("luận văn.docx", "years of work")
    before = sorted(tmp_path.rglob("*")), target.read_bytes() if target.is_file() else b""
    with pytest.raises(NotOurs):
        write_copy(target, built_site, catalogue, today)
    assert (sorted(tmp_path.rglob("*")), target.read_bytes() if target.is_file() else b"") == before


def test_the_copy_may_not_lie_in_the_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            [
                "build",
                "--out",
                str(tmp_path / "site"),
                "--offline",
                str(tmp_path / "site" / "usb.zip"),
            ]
        )
        == REFUSED
    )
    assert "ngoài" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
