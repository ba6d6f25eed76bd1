"""A build as a whole: what changes with a value, what never changes, and what survives when it goes
wrong."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser
from search_texts import index_in
from theme_files import own_file_of_theme

import niemyet.publish.build as build_module
from niemyet.findings.finding import Severity
from niemyet.model.base import Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.fees import Fee
from niemyet.publish import procedure_pages, site_writer
from niemyet.publish.build import build
from niemyet.publish.project import Base, CheckedFile, complete, load_base
from niemyet.publish.site_writer import MARKER, NotOurs, replace_site, write
from niemyet.view.artifact import Artifact
from niemyet.view.procedure_view import address
from niemyet.web.mkdocs import BadTheme

Copy = Callable[..., Path]
Change = Callable[[Any], None]

_VERSION = re.compile(rb' data-ny-version="[0-9a-z]+"')
"""The version of the printed sheets stands in the page, and changes with what they say."""

OF_THE_WHOLE = {"sw.js", "assets/offline.json", "assets/js/sheet-vi.js", "assets/js/sheet-en.js"}
"""Files that name the contents of all others, or the versions of all sheets."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def change(file: Path, edit: Change) -> None:
    """Changes the data of a YAML file in place."""
    data = yaml.safe_load(file.read_text("utf-8"))
    edit(data)
    plain = json.loads(json.dumps(data))  # nothing shared, so that no anchor is written
    file.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "utf-8")


def different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def must_build(
    root: Path, out: Path, today: dt.date, on: dt.date | None = None
) -> dict[str, bytes]:
    result = build(root, out, today, on)
    assert result.is_built, [
        f"{f.code} {f.position}" for f in result.project.findings if f.severity is Severity.ERROR
    ]
    return tree(out)


@pytest.fixture(scope="module")
def fee(catalogue: Catalogue) -> Fee:
    """A fee of one fixed amount and one value that several procedures use."""
    fees = [
        f
        for f in catalogue.fees.values()
        if len(f.values) == 1
        and f.values[0].amount.status == "fixed"
        and not f.values[0].by_channel
    ]
    return max(fees, key=lambda f: len(catalogue.fee_uses.get(f.id, ())))


def fee_entry(data: Any, fee: Fee) -> Any:
    return next(entry for entry in data["fees"] if entry["id"] == fee.id)


# One value, one place


def test_a_changed_amount_changes_every_place_that_shows_it_and_nothing_else(
    copy_project: Copy,
    tmp_path: Path,
    built_site: Path,
    catalogue: Catalogue,
    fee: Fee,
    today: dt.date,
) -> None:
    project = copy_project()
    file = project / fee.origin.path

    def amount(value: int) -> Change:
        return lambda data: fee_entry(data, fee)["values"][0].update(amount_vnd=value)

    change(file, amount(7_654_321))
    first = must_build(project, tmp_path / "site", today)
    change(file, amount(9_753_186))
    second = must_build(project, tmp_path / "site", today)

    shown = {
        path
        for path, content in first.items()
        if b"7.654.321" in content or b"7,654,321" in content
    }
    changed = different(first, second) - OF_THE_WHOLE
    print(f"{len(changed)} files show the fee {fee.id}:", *sorted(changed), sep="\n  ")
    assert changed == shown
    for path in changed:
        restored = (
            second[path]
            .replace(b"9.753.186", b"7.654.321")
            .replace(b"9,753,186", b"7,654,321")
            .replace(b"9753186", b"7654321")
        )
        before, after = (_VERSION.sub(b"", content) for content in (first[path], restored))
        assert before == after, f"{path}: more than the amount changed"
    assert different(tree(built_site), first) - OF_THE_WHOLE == shown
    assert all(first[path] != second[path] for path in OF_THE_WHOLE)

    expected = {
        "phi-le-phi/index.html",
        "en/phi-le-phi/index.html",
        "thu-tuc/index.html",
        "assets/search/vi.js",
    }
    uses = [catalogue.procedure(card) for card in catalogue.fee_uses[fee.id] if card.is_public]
    expected |= {
        f"{'' if lang == 'vi' else lang + '/'}{address(p)}index.html"
        for p in uses
        for lang in catalogue.summaries[p.code].languages
    }
    assert len(uses) > 1
    assert expected <= changed


def test_a_day_in_the_future_shows_the_value_of_that_day_and_the_one_before(
    copy_project: Copy, tmp_path: Path, catalogue: Catalogue, fee: Fee, today: dt.date
) -> None:
    project = copy_project()

    def add_value(data: Any) -> None:
        values = fee_entry(data, fee)["values"]
        values.append(
            {**values[0], "from": "2027-06-01", "from_is": "effective", "amount_vnd": 7_654_321}
        )

    change(project / fee.origin.path, add_value)
    old = f"{fee.values[0].amount.amount_vnd:,}".replace(",", ".") + " đồng"
    pages = [f"{address(p)}index.html" for p in catalogue.fee_uses[fee.id] if p.is_public]

    now = must_build(project, tmp_path / "site", today)
    row = fee_row(now["phi-le-phi/index.html"], fee)
    assert old in row and "Từ ngày 01/06/2027: 7.654.321 đồng" in row
    assert all("7.654.321" not in amounts(now[page]) for page in pages)

    for day, value, past in (
        ("2027-05-31", old, ""),
        ("2027-06-01", "7.654.321 đồng", f"Trước 01/06/2027: {old}"),
    ):
        then = must_build(project, tmp_path / "site", today, dt.date.fromisoformat(day))
        row = fee_row(then["phi-le-phi/index.html"], fee)
        assert value in row and past in row
        for page in pages:
            assert value in amounts(then[page])
            history = text_of(then[page], "//section[@aria-labelledby='truoc-day']")
            assert (past in history) if past else ("Trước 01/06/2027" not in history)


def text_of(page: bytes, xpath: str) -> str:
    found = html.fromstring(page.decode()).xpath(xpath)
    return " ".join(" ".join(element.text_content() for element in found).split())


def fee_row(page: bytes, fee: Fee) -> str:
    return text_of(page, f"//tr[@id='{fee.id}']")


def amounts(page: bytes) -> str:
    """The amounts of a procedure's fee table."""
    return text_of(page, "//section[@aria-labelledby='le-phi']//td//strong")


# The same data give the same site

BUILD = """
import datetime as dt, sys
from pathlib import Path
import niemyet.publish.build as build_module
from niemyet.publish import procedure_pages, site_writer
from niemyet.publish.build import build
from niemyet.publish.project import Base, CheckedFile, complete, load_base
assert build(Path(sys.argv[1]), Path(sys.argv[2]), dt.date.fromisoformat(sys.argv[3])).is_built
"""


def test_two_builds_are_equal_wherever_and_in_whatever_time_zone(
    copy_project: Copy, project: Path, tmp_path: Path, built_site: Path, today: dt.date
) -> None:
    trees = [tree(built_site)]
    for zone, seed, locale in (
        ("UTC", "1", "C"),
        ("Asia/Ho_Chi_Minh", "2", "C.UTF-8"),
    ):
        root = copy_project(f"bản sao {seed}/dự án")
        out = tmp_path / f"kết quả {seed}" / "site"
        env = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONPATH": str(project),
        }
        subprocess.run(
            [sys.executable, "-c", BUILD, str(root), str(out), today.isoformat()],
            check=True,
            env=env,
            cwd=tmp_path,
        )
        trees.append(tree(out))
    assert different(trees[0], trees[1]) == set()
    assert different(trees[1], trees[2]) == set()


def test_plain_mkdocs_builds_the_same_site(
    copy_project: Copy, project: Path, tmp_path: Path, built_site: Path, today: dt.date
) -> None:
    root, out = copy_project(), tmp_path / "mkdocs"
    set_today(root, today)
    done = run_mkdocs(root, out, project)
    assert done.returncode == 0, done.stderr
    expected = tree(built_site)
    del expected[MARKER]
    assert different(expected, tree(out)) == set()


def test_plain_mkdocs_leaves_the_site_alone_where_the_data_have_errors(
    copy_project: Copy, project: Path, tmp_path: Path, today: dt.date
) -> None:
    root, out = copy_project(), tmp_path / "mkdocs"
    set_today(root, today)
    out.mkdir()
    (out / "index.html").write_text("the site of yesterday")
    (root / "content/fees/moi.yml").write_text("name: [", "utf-8")
    done = run_mkdocs(root, out, project)
    assert done.returncode != 0
    assert "content/fees/moi.yml:" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert tree(out) == {"index.html": b"the site of yesterday"}


def set_today(root: Path, today: dt.date) -> None:
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    assert "  - niemyet\n" in text
    config.write_text(
        text.replace("  - niemyet\n", f"  - niemyet:\n      today: '{today}'\n"), "utf-8"
    )


def run_mkdocs(root: Path, out: Path, project: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        str(root / "mkdocs.yml"),
        "-d",
        str(out),
    ]
    env = {**os.environ, "PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)


# When it goes wrong, the old site stays


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    """The site of yesterday, in a folder of its own."""
    out = tmp_path / "web" / "site"
    (out / "thu-tuc").mkdir(parents=True)
    for path, content in (
        (MARKER, "niemyet\n"),
        ("index.html", "yesterday"),
        ("thu-tuc/index.html", "a list"),
        ("thu-tuc/gone", ""),
    ):
        (out / path).write_text(content)
    return out


def assert_untouched(out: Path, before: dict[str, bytes], inode: int) -> None:
    assert tree(out) == before
    assert out.stat().st_ino == inode, "the folder was replaced"
    assert list(out.parent.iterdir()) == [out], "a staging folder stays behind"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/fees/moi.yml", "name: [\n"),
        ("content/notices/moi.yml", "tựa: không có khóa này\n"),
        ("procedures/ho-tich/moi.yml", 'code: "1.001193"\n'),
        ("site_config/office.yml", ""),
    ],
    ids=["no YAML", "unknown keys", "half a procedure", "no office"],
)
def test_a_build_with_errors_leaves_the_site_as_it_was(
    copy_project: Copy, previous: Path, today: dt.date, path: str, text: str
) -> None:
    project = copy_project()
    (project / path).write_text(text, "utf-8")
    before, inode = tree(previous), previous.stat().st_ino
    result = build(project, previous, today)
    assert not result.is_built
    assert path in {
        f.position.path for f in result.project.findings if f.severity is Severity.ERROR
    }
    assert_untouched(previous, before, inode)


@pytest.mark.parametrize("after", [0, 40])
def test_a_disk_that_refuses_leaves_the_site_as_it_was(
    project: Path, previous: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    written: list[str] = []
    write = site_writer.write

    def refuse(folder: Path, artifact: Artifact) -> None:
        if len(written) == after:
            raise OSError(28, "No space left on device")
        written.append(artifact.path)
        write(folder, artifact)

    monkeypatch.setattr(site_writer, "write", refuse)
    monkeypatch.setattr(procedure_pages, "write", refuse)
    before, inode = tree(previous), previous.stat().st_ino
    with pytest.raises(OSError, match="No space left"):
        build(project, previous, today)
    assert len(written) == after
    assert_untouched(previous, before, inode)


def test_a_site_that_cannot_be_put_in_place_leaves_the_old_one(
    previous: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if Path(target) == previous and not self.name.endswith("-previous"):
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    before, inode = tree(previous), previous.stat().st_ino
    with pytest.raises(OSError, match="Permission denied"):
        replace_site(previous, lambda folder: (folder / "index.html").touch())
    assert_untouched(previous, before, inode)


def test_a_broken_theme_leaves_the_site_as_it_was(
    copy_project: Copy, previous: Path, today: dt.date
) -> None:
    project = copy_project()
    own_file_of_theme(project, "main.html", lambda text: text.replace("{{ ny.description }}", ""))
    before, inode = tree(previous), previous.stat().st_ino
    with pytest.raises(BadTheme, match="description"):
        build(project, previous, today)
    assert_untouched(previous, before, inode)


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, content = os.write, "Thủ tục ".encode() * 9
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:7]))
    for path in ("q/1.000001/index.html", "q/1.000001/other.html", "index.html", "a/b/c.txt"):
        write(tmp_path, Artifact(path=path, content=content))
        write(tmp_path, Artifact(path=path, content=content + b"!"))
        assert (tmp_path / path).read_bytes() == content + b"!"


def test_a_good_build_replaces_the_whole_site(
    project: Path, previous: Path, built_site: Path, today: dt.date
) -> None:
    stages: list[tuple[str, dict[str, int]]] = []

    def progress(stage: str, **numbers: int) -> None:
        stages.append((stage, numbers))

    result = build(project, previous, today, progress=progress, print_folder=previous / "no-print")
    assert result.is_built
    assert tree(previous) == tree(built_site)
    assert list(previous.parent.iterdir()) == [previous]
    assert oct(previous.stat().st_mode & 0o777) == "0o755"
    assert stages[0] == ("reading", {}) and stages[1][0] == "rendering" and len(stages) == 2
    assert stages[1][1]["procedures"] == len(result.catalogue.public_summaries)
    assert result.seconds.keys() == {"check", "site"} and all(
        value > 0 for value in result.seconds.values()
    )


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_we_did_not_make_is_never_replaced(
    project: Path, tmp_path: Path, today: dt.date, what: str
) -> None:
    out = tmp_path / "web" / "site"
    out.parent.mkdir()
    if what == "folder":
        out.mkdir()
        (out / "luận văn.docx").write_text("years of work")
    else:
        out.write_text("years of work")
    with pytest.raises(NotOurs):
        build(project, out, today)
    assert list(out.parent.iterdir()) == [out]
    assert (
        out.read_text() if what == "file" else (out / "luận văn.docx").read_text()
    ) == "years of work"


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    replace_site(out, lambda folder: (folder / "index.html").touch())
    assert tree(out).keys() == {"index.html", MARKER}


# Text is text, whatever it looks like

HOSTILE = (
    "</script></title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"'`=><b"
    " onmouseover='alert(3)' style=color:red>--><!-- {{ 7*7 }} {% raw %} {# x #} ${7*7}"
    " [[office.name]] [[office.email]] **đậm** [x](javascript:alert(4)) &lt;i&gt; &amp; \\u003c "
    + "dài"
    * 60
)
FREE = ("number", "licence_name", "written_phone")


def hostile(value: Any) -> Any:
    """The same values with something hostile at the end of every text that people write freely."""
    if isinstance(value, Text):
        return Text({lang: f"{text} {HOSTILE}" for lang, text in value.by_lang.items()})
    if isinstance(value, tuple):
        return tuple(hostile(part) for part in value)
    if isinstance(value, Mapping):
        return {key: hostile(part) for key, part in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        if field.name in ("aliases", "popular_searches"):
            changed[field.name] = {
                lang: tuple(f"{word} {HOSTILE}" for word in words) for lang, words in old.items()
            }
        elif field.name in FREE and isinstance(old, str) and old:
            changed[field.name] = f"{old} {HOSTILE}"
        elif field.name not in (
            "origin",
            "sources",
            "strings",
            "duplicates",
            "given_summaries",
            "find",
        ):
            changed[field.name] = hostile(old)
    return dataclasses.replace(value, **changed)


@pytest.fixture(scope="module")
def hostile_site(project: Path, tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Path:
    """The shipped site with hostile text everywhere; no check stands in its way."""
    out = tmp_path_factory.mktemp("hostile") / "site"
    base = load_base(project, today)
    spoiled = dataclasses.replace(base, catalogue=hostile(base.catalogue), digest="hostile")
    check_file = procedure_pages.check_file

    def spoiled_file(base_: Base, path: str) -> CheckedFile:
        file = check_file(base, path)
        procedure = hostile(file.procedure)
        return file._replace(
            findings=(), procedure=procedure, summary=base_.catalogue.summary_of(procedure)
        )

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build_module, "load_base", lambda *_: spoiled)
        patched.setattr(build_module, "complete", lambda *given: (complete(*given)[0], []))
        patched.setattr(procedure_pages, "check_file", spoiled_file)
        built = build(project, out, today, print_folder=project / "no-print")
    assert built.is_built
    (out / MARKER).unlink()
    return out


def markup(page: bytes) -> set[tuple[str, ...]]:
    """Every element of a page with the names of its attributes."""
    root = html.document_fromstring(page.decode())
    return {
        (element.tag, *sorted(element.attrib))
        for element in root.iter()
        if isinstance(element.tag, str)
    }


def scripts(root: html.HtmlElement) -> list[tuple[str | None, str | None]]:
    """What a browser would run. Linked data are run by none; they must be JSON."""
    found = []
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            assert json.loads(script.text)["@type"] == "GovernmentService"
            found.append(("data", None))
        else:
            found.append((script.get("src"), script.text))
    return found


def test_no_text_becomes_markup(hostile_site: Path, built_site: Path) -> None:
    friendly, changed = tree(built_site), tree(hostile_site)
    assert changed.keys() == friendly.keys() - {MARKER}
    known = set().union(
        *(markup(content) for path, content in friendly.items() if path.endswith(".html"))
    )
    spoiled = 0
    for path, content in changed.items():
        if not path.endswith(".html"):
            continue
        root = html.document_fromstring(content.decode())
        spoiled += HOSTILE[-40:] in content.decode()
        assert markup(content) <= known, f"{path}: {markup(content) - known}"
        assert scripts(root) == scripts(html.document_fromstring(friendly[path].decode())), path
        for value in root.xpath("//@href | //@src | //@action"):
            assert not str(value).strip().lower().startswith("javascript:"), path
        assert not [c for c in root.xpath("//comment()") if "7*7" in str(c)], path
    assert spoiled > 100


def test_hostile_text_is_shown_as_it_was_written(hostile_site: Path, catalogue: Catalogue) -> None:
    procedure = catalogue.public_procedures[0]
    page = html.document_fromstring(
        (hostile_site / f"{address(procedure)}index.html").read_bytes().decode()
    )
    title = f"{procedure.title} {HOSTILE}"
    assert page.findtext(".//h1") == title
    assert page.findtext("head/title").startswith(title)
    assert page.xpath("//head/meta[@name='description']/@content") == [
        f"{procedure.summary} {HOSTILE}"
    ]
    assert page.xpath("string(//footer//h2)") == f"{catalogue.office.name} {HOSTILE}"
    prose = html.document_fromstring((hostile_site / "gioi-thieu/index.html").read_bytes().decode())
    assert f"{catalogue.office.name} {HOSTILE}" in prose.xpath("string(//main)")


def test_hostile_text_stays_inside_the_data_for_scripts(
    hostile_site: Path, catalogue: Catalogue
) -> None:
    text = (hostile_site / "assets/search/vi.js").read_text("utf-8")
    assert "<" not in text
    titles = [texts[0] for texts in index_in(text)["texts"]]
    assert set(titles[: len(catalogue.public_procedures)]) == {
        f"{p.title} {HOSTILE}" for p in catalogue.public_procedures
    }
    assert "<" not in (hostile_site / "assets/js/office-vi.js").read_text("utf-8")


def test_hostile_text_does_nothing_in_a_browser(
    hostile_site: Path, serve_folder: Callable[[Path], str], browser: Browser, catalogue: Catalogue
) -> None:
    url = serve_folder(hostile_site)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    troubles: list[str] = []
    context.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    context.on("console", lambda m: m.type in ("error", "warning") and troubles.append(m.text))
    context.on("weberror", lambda e: troubles.append(str(e.error)))
    page = context.new_page()
    # Not the survey: its scale must keep short words whole on a phone, so a word of 180 letters may
    # widen it.
    paths = [
        "",
        "phi-le-phi/",
        "lien-he/",
        "gio-lam-viec/",
        "tu-sach-phap-luat/",
        "phieu/",
        "quy-trinh/",
    ]
    too_wide = []
    for path in [*paths, address(catalogue.public_procedures[0])]:
        page.goto(url + path)
        excess = page.evaluate(
            "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        )
        if excess > 0:
            too_wide.append((path, excess))
    page.goto(url)
    page.locator(".ny-search__input").press_sequentially("khai sinh")
    assert page.locator(".ny-search__list [role=option]").first.inner_text().count("<script>") > 0
    context.close()
    assert troubles == []
    assert too_wide == []
