"""A third language comes by data alone: strings, names and one procedure are written, no line of
the program is changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from niemyet.checks.texts import texts_in
from niemyet.publish.build import build
from niemyet.source.canonical_form import render
from niemyet.source.loader import load_tree
from niemyet.source.ui_strings import shipped

MARK = "가"
"""Begins every word of the sample, so that a word without it is known to be of another language."""
PROCEDURE = "procedures/ho-tich/dang-ky-ket-hon.yml"
PLACES = (
    "site_config/",
    "content/fees/",
    "content/steps/",
    "content/hotlines/",
    "content/official_forms/",
    "content/legal/",
)
FREE = re.compile(r"[\d\W_]+|VND|https?|PDF|KB|MB")
# Numbers, names and addresses are the same in every language.
SAME = re.compile(
    r"\S+@\S+|\S+\.example\S*|\S+\.gov\.vn\S*|\d[\w./-]*(?:/[A-ZĐ\d-]+)*|CC BY"
    r" 4\.0|QH1\d|[A-ZĐ]+-[A-ZĐ]+|\b(?:VI|EN|KO|VND)\b"
)


def sample(text: str) -> str:
    """The English text with every word marked; gaps like {n} stay."""
    return re.sub(
        r"\{\w+\}|\w[\w'’-]*", lambda w: w[0] if w[0][0] == "{" else f"{MARK}{w[0]}", text
    )


@pytest.fixture(scope="module")
def third(project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project with a third language, and its site."""
    import shutil

    root = tmp_path_factory.mktemp("third") / "project"
    for part in ("content", "procedures", "site_config"):
        shutil.copytree(project / part, root / part)
    shutil.copy(project / "mkdocs.yml", root)
    strings = {key: sample(text) for key, text in shipped()["en"].items()}
    (root / "site_config/i18n").mkdir()
    (root / "site_config/i18n/ko.yml").write_text(render("strings", strings), "utf-8")
    for source in load_tree(root)[0]:
        if not source.path.startswith(PLACES) and source.path != PROCEDURE:
            continue
        for written in texts_in(source, "vi"):
            if "en" not in written.by_lang:
                continue
            at: Any = source.data
            for part in written.at:
                at = at[part]
            english = at["en"]
            at["ko"] = (
                [sample(word) for word in english] if isinstance(english, list) else sample(english)
            )
        if source.kind == "settings":
            source.data["languages"].append({"id": "ko", "name": "한국어"})
        (root / source.path).write_text(render(source.kind, source.data), "utf-8")
    (root / "content/pages/ko").mkdir()
    title, text = sample("Privacy"), sample("Nothing leaves the phone.")
    page = f"---\ntitle: {title}\ndescription: {text}\n---\n\n# {title}\n\n{text}\n"
    (root / "content/pages/ko/quyen-rieng-tu.md").write_text(page, "utf-8")
    out = root.parent / "site"
    built = build(root, out, dt.date(2026, 11, 25))
    errors = [
        f"{f.code} {f.position} {f.message('en')}"
        for f in built.findings
        if f.severity.name == "ERROR"
    ]
    assert built.is_built, errors
    return root, out


def tree_of(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def files(site: Path) -> list[Path]:
    return sorted((site / "ko").rglob("*.html"))


def test_the_pages_are_there(third: tuple[Path, Path]) -> None:
    _, site = third
    there = {file.relative_to(site / "ko").as_posix() for file in files(site)}
    common = (
        "index.html",
        "404.html",
        "thu-tuc/index.html",
        "phi-le-phi/index.html",
        "gio-lam-viec/index.html",
        "bao-sai/index.html",
    )
    assert there >= {*common, "thu-tuc/dang-ky-ket-hon/index.html", "quyen-rieng-tu/index.html"}
    assert sum(name.startswith("thu-tuc/") for name in there) == 2, (
        "only the list and the one procedure that is complete"
    )
    assert {tree_of(file).get("lang") for file in files(site)} == {"ko"}
    for name in ("assets/search/ko.js", "assets/js/office-ko.js", "assets/js/sheet-ko.js"):
        assert MARK in (site / name).read_text("utf-8")


def test_pages_of_three_languages_name_each_other(third: tuple[Path, Path]) -> None:
    _, site = third
    for folder, lang in (("", "vi"), ("en/", "en"), ("ko/", "ko")):
        for path in ("", "thu-tuc/dang-ky-ket-hon/"):
            tree = tree_of(site / folder / path / "index.html")
            named = {
                a.get("hreflang"): a.get("href")
                for a in tree.xpath("//head/link[@rel='alternate']")
            }
            base = "https://motcua.hoasen.example/"
            assert named == {
                "vi": base + path,
                "en": f"{base}en/{path}",
                "ko": f"{base}ko/{path}",
                "x-default": base + path,
            }
            switch = {
                a.get("lang"): a.get("href") for a in tree.xpath("//a[contains(@class,'ny-lang')]")
            }
            assert set(switch) == {"vi", "en", "ko"} - {lang}
            for href in switch.values():
                target = (site / folder / path / href).resolve()
                assert (target / "index.html").is_file() and target.as_posix().endswith(
                    path.rstrip("/")
                )
    only_two = tree_of(site / "thu-tuc/dang-ky-khai-sinh/index.html")
    assert "ko" not in only_two.xpath("//head/link[@rel='alternate']/@hreflang")
    assert [a.get("href") for a in only_two.xpath("//a[@lang='ko']")] == ["../../ko/"], (
        "a page that is missing leads to the home"
    )


def said(tree: html.HtmlElement) -> Iterator[str]:
    """What a page says to people, without what is marked as another language."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.xpath(
            "ancestor-or-self::*[@lang][1]/@lang"
        ) != ["ko"]:
            continue
        if element.tag not in ("script", "style"):
            yield element.text or ""
            yield from (
                element.get(name) or ""
                for name in (
                    "alt",
                    "aria-label",
                    "placeholder",
                    "title",
                    "data-text",
                    "data-done",
                    "data-none",
                )
            )
        yield from (child.tail or "" for child in element)


def foreign(text: str) -> list[str]:
    """The words of a text that are not of the sample language; gaps for a script and the letters of
    a list are no words."""
    words = (
        word.strip(".,:;()[]{}“”\"'!?·–—-/…<>+")
        for word in SAME.sub(" ", re.sub(r"\{\w+\}", " ", text)).split()
    )
    return [
        word for word in words if len(word) > 1 and not FREE.fullmatch(word) and MARK not in word
    ]


def test_no_word_of_another_language_is_mixed_in(third: tuple[Path, Path]) -> None:
    _, site = third
    strange, read = [], 0
    for file in files(site):
        for text in said(tree_of(file)):
            read += text.count(MARK)
            strange += [
                f"{file.relative_to(site)}: {word} ({' '.join(text.split())[:60]})"
                for word in foreign(text)
            ]
    assert read > 3000
    assert strange == []
    english = tree_of(site / "en/thu-tuc/dang-ky-ket-hon/index.html")
    assert len(foreign(str(english.xpath("string(//main)")))) > 300, (
        "the finder no longer finds anything"
    )


def test_every_link_of_the_third_language_leads_somewhere(third: tuple[Path, Path]) -> None:
    _, site = third
    broken = []
    for file in files(site):
        if file.name == "404.html":
            continue
        for href in tree_of(file).xpath("//a/@href"):
            path = re.split("[?#]", str(href))[0]
            if path and ":" not in path:
                target = (file.parent / path).resolve()
                if not (target / "index.html").is_file() and not target.is_file():
                    broken.append(f"{file.relative_to(site)}: {href}")
    assert broken == []


def test_the_strings_were_all_there_was_to_write(third: tuple[Path, Path]) -> None:
    root, _ = third
    written = yaml.safe_load((root / "site_config/i18n/ko.yml").read_text("utf-8"))
    assert written.keys() == shipped()["en"].keys()
    assert not (root / "generator").exists()
