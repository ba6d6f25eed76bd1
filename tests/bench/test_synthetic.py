"""What the benchmark stands on: the made-up procedures are sound, and the twins say what our pages
say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import markdown as python_markdown
import pytest
import yaml
from built_site import BuiltPage, markdown, read_page
from lxml import html as lhtml
from project import ROOT, copy_project, differences
from synthetic import write_procedures, yaml_of
from twins import hugo_frame, hugo_redirect

from niemyet.cli.main import main
from niemyet.source.schema import is_valid

COUNT = 140

PAGE = """<!doctype html>
<html lang="vi" data-root="../../">
<head>
<title>Đăng ký khai tử · Phường Hoa Sen</title>
<meta name="description" content="Một câu.">
<link rel="canonical" href="https://phuong.example/thu-tuc/dang-ky-khai-tu/">
<link rel="alternate" hreflang="vi" href="https://phuong.example/thu-tuc/dang-ky-khai-tu/">
<link rel="alternate" hreflang="en" href="https://phuong.example/en/thu-tuc/dang-ky-khai-tu/">
<link rel="stylesheet" href="../../assets/css/niemyet.css">
</head>
<body>
<header><a href="../../">Trang chủ</a><a
href="../../en/thu-tuc/dang-ky-khai-tu/" hreflang="en">EN</a></header>
<main id="noi-dung">
<article data-ny-proc="1.000656">
<h1>Đăng ký khai tử</h1>
<p>Mã 1.000656 · <strong>miễn phí</strong>, mẫu [01] và *bản sao*_mới_ &lt; 3 trang.</p>
<form><label>Tìm</label><input name="q"></form>
<dl><div><dt><svg></svg>Thời hạn</dt><dd>Trong ngày</dd></div></dl>
<ul><li><label><input type="checkbox"><span>Tờ khai</span><span>1 bản chính</span></label></li></ul>
<p>Các bước:</p>
<ol><li><div><h3>Nộp hồ sơ</h3><p>Tại quầy.</p></div></li><li
>Nhận kết quả<ul><li>bản giấy</li></ul></li></ol>
<table><tr><th>Khoản thu</th><th>Mức</th></tr>
<tr><td>Bản sao | trích lục</td><td><a href="../../phi-le-phi/">8.000 đồng</a></td></tr></table>
<details><summary>Có được không?</summary><p>1. Được.</p></details>
<div>Chữ rời <p>đoạn</p> cuối</div>
</article>
</main>
<footer><img src="../../assets/logo.svg" alt="">Chân trang</footer>
</body>
</html>
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("bench") / "project").root


@pytest.fixture(scope="module")
def written(project: Path) -> list[Path]:
    return write_procedures(project, COUNT, seed=1)


def load(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)


def page() -> BuiltPage:
    return read_page(
        "thu-tuc/dang-ky-khai-tu/",
        PAGE,
        {"https://phuong.example/thu-tuc/dang-ky-khai-tu/": ["/q/1.000656/"]},
    )


def words(html: str) -> list[str]:
    """The words of some HTML without those of forms, in order."""
    element = lhtml.fragment_fromstring(f"<div>{html}</div>")
    for form in element.iter("form"):
        form.drop_tree()
    return re.findall(r"[^\W_]+", " ".join(element.itertext()))


# Procedures


def test_the_project_has_the_number_asked_for(project: Path, written: list[Path]) -> None:
    assert len(list(project.glob("procedures/*/*.yml"))) == COUNT
    assert len(set(written)) == len(written) > 0


def test_every_procedure_obeys_the_schema(written: list[Path]) -> None:
    invalid = [file.name for file in written if not is_valid("procedure", load(file))]
    assert not invalid


def test_the_checks_find_no_error(
    project: Path, written: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["check", "--root", str(project), "--today", "2026-11-24", "--format", "github"]) == 0
    )
    mentioned = {file.name for file in written if file.name in capsys.readouterr().out}
    assert not mentioned


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(
    tmp_path: Path, written: list[Path]
) -> None:
    for name, seed in (("same", 1), ("other", 2)):
        write_procedures(copy_project(tmp_path / name).root, COUNT, seed=seed)
    first = written[0].parents[2]
    assert differences(first / "procedures", tmp_path / "same/procedures") == []
    assert differences(first / "procedures", tmp_path / "other/procedures") != []


def test_one_in_ten_is_in_two_languages(written: list[Path]) -> None:
    english = [file for file in written if "\n  en: " in file.read_text("utf-8")]
    assert 0.05 < len(english) / len(written) < 0.15


def test_files_are_of_the_size_of_real_ones(written: list[Path]) -> None:
    sizes = sorted(file.stat().st_size for file in written)
    assert 4_000 < sizes[len(sizes) // 2] < 7_000


def test_nothing_leads_to_the_last_one(written: list[Path]) -> None:
    code = re.search('^code: "(.*)"$', written[-1].read_text("utf-8"), re.MULTILINE)
    assert code
    assert not [file.name for file in written[:-1] if code[1] in file.read_text("utf-8")]


def test_files_are_written_as_the_shipped_ones_are() -> None:
    shipped = sorted((ROOT / "procedures").glob("*/*.yml"))
    same = [file for file in shipped if yaml_of(load(file)) == file.read_text("utf-8")]
    assert len(same) > len(shipped) / 2  # people may add comments and quotes of their own


def test_fewer_than_the_shipped_ones_cannot_be_had(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "procedures", tmp_path / "procedures")
    with pytest.raises(ValueError, match="more than 3"):
        write_procedures(tmp_path, 3, seed=1)


# Twins


def test_the_markdown_keeps_every_word_in_its_order() -> None:
    main_element = lhtml.document_fromstring(PAGE).find(".//main")
    html = python_markdown.markdown(markdown(main_element), extensions=["tables"])
    original = "".join(lhtml.tostring(child, encoding="unicode") for child in main_element)
    assert words(html) == words(original)


def test_the_markdown_keeps_the_shape() -> None:
    html = python_markdown.markdown(page().text, extensions=["tables"])
    element = lhtml.fragment_fromstring(f"<div>{html}</div>")
    assert [
        len(element.findall(f".//{tag}")) for tag in ("h1", "h3", "ul", "ol", "table", "strong")
    ] == [1, 1, 2, 1, 1, 3]
    assert element.find(".//td/a").get("href") == "../../phi-le-phi/"


def test_a_page_is_read_with_its_head() -> None:
    read = page()
    assert (read.title, read.description, read.lang, read.code) == (
        "Đăng ký khai tử",
        "Một câu.",
        "vi",
        "1.000656",
    )
    assert [lang for lang, _ in read.alternates] == ["vi", "en"]
    assert (read.other, read.aliases) == ("../../en/thu-tuc/dang-ky-khai-tu/", ("/q/1.000656/",))


def test_the_frame_for_hugo_filled_by_hand_is_the_page_again() -> None:
    read = page()
    frame = hugo_frame(PAGE, read)
    ranged = re.search(r"\{\{ range .Params.alternates \}\}(.*?)\{\{ end \}\}", frame, re.DOTALL)
    assert ranged
    links = "".join(
        ranged[1].replace("{{ .lang }}", lang).replace("{{ .href }}", href)
        for lang, href in read.alternates
    )
    frame = frame.replace(ranged[0], links)
    body = PAGE.partition('<main id="noi-dung">\n')[2].partition("</main>")[0]
    values = {
        ".Title": read.title,
        ".Description": read.description,
        ".Permalink": read.canonical,
        ".Params.other": read.other,
        ".Params.root": "../../",
        ".Content": body,
    }
    for name, value in values.items():
        frame = frame.replace(f"{{{{ {name} }}}}", value)
    assert frame == PAGE


def test_a_redirect_for_hugo_names_no_page_of_its_own() -> None:
    html = (
        f'<title>Đăng ký khai tử</title><link rel="canonical" href="{page().canonical}"><meta'
        f' http-equiv="refresh" content="0; url=../../{page().path}"><a'
        f' href="../../{page().path}">1.000656 Đăng ký khai tử</a>'
    )
    template = hugo_redirect(html, page())
    assert "khai" not in template
    assert template.count("{{ .Page.RelPermalink }}") == 2


# Comparing two builds


def test_a_changed_a_missing_and_an_extra_file_are_differences_and_a_manifest_is_not(
    tmp_path: Path,
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, files in (
        (one, {"a": "1", "b/c": "2", "d": "3", ".niemyet": "4"}),
        (other, {"a": "1", "b/c": "0", "e": "3"}),
    ):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    assert differences(one, other) == ["b/c", "d", "e"]
