"""A file of a project at the place of one of the program's is used instead of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bad_inputs import TODAY, copy_base
from theme_files import own_file_of_theme

from niemyet.publish import workers
from niemyet.publish.build import build
from niemyet.publish.project import load_project
from niemyet.source.overrides import TEMPLATES, THEME
from niemyet.web.mkdocs import BadTheme

LINK = '<link rel="stylesheet" href="./assets/css/site.css">'
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project that has data only."""
    root = copy_base(tmp_path / "project")
    (root / "content/pages").mkdir()
    (root / "mkdocs.yml").write_bytes((PROJECT / "mkdocs.yml").read_bytes())
    return root


def home_of(root: Path) -> str:
    out = root.parent / "site"
    assert build(root, out, TODAY).is_built
    return (out / "index.html").read_text("utf-8")


def own_template(root: Path, name: str, text: str) -> None:
    (root / "site_config/templates").mkdir(exist_ok=True)
    (root / "site_config/templates" / name).write_text(text, "utf-8")


STYLES = "niemyet.css"
"""The one file of the theme that a build fills in, with the colours of the brand."""


def test_a_project_of_data_only_has_the_look_of_the_program(root: Path) -> None:
    home = home_of(root)
    site = root.parent / "site"
    assert "ny-header" in home and LINK not in home
    for file in (THEME / "assets").rglob("*"):
        if file.is_file() and file.suffix != ".md" and file.name != STYLES:
            assert (site / file.relative_to(THEME)).read_bytes() == file.read_bytes(), file
    assert not list(site.rglob("*.md"))


def test_a_part_of_the_frame_a_picture_and_styles_are_replaced_one_by_one(root: Path) -> None:
    before = home_of(root)
    footer = own_file_of_theme(root, "partials/footer.html", lambda text: f"<p>Riêng</p>{text}")
    logo = own_file_of_theme(root, "assets/logo.svg", lambda text: text + "\n")
    own = root / "site_config/theme/assets/css/site.css"
    own.parent.mkdir(parents=True)
    own.write_text("body{letter-spacing:0}\n", "utf-8")
    after, site = home_of(root), root.parent / "site"
    assert "<p>Riêng</p>" in after and "<p>Riêng</p>" not in before
    assert after.index("niemyet.css") < after.index(LINK)
    assert (site / "assets/logo.svg").read_bytes() == logo.read_bytes()
    assert (site / "assets/css/site.css").read_bytes() == own.read_bytes()
    assert "assets/css/site.css" in (site / "sw.js").read_text("utf-8"), "also without a network"
    footer.unlink()
    assert "<p>Riêng</p>" not in home_of(root), "the program's is back"


def test_a_template_of_pages_is_replaced(root: Path) -> None:
    text = (TEMPLATES / "home.html").read_text("utf-8")
    own_template(root, "home.html", f"{text}<p>{{{{ lang }}}}: riêng</p>")
    assert "<p>vi: riêng</p>" in home_of(root)
    own_template(root, "home.html", f"{text}<p>{{{{ lang }}}}: khác</p>")
    assert "<p>vi: khác</p>" in home_of(root), "nothing old is kept"


@pytest.mark.parametrize(
    "text",
    ["<p>\n{% if %}", "<p>\n{{ nosuch }}", "<p>\n{{ words.nosuch }}", "<p>\n{{ ui.nosuch }}"],
)
def test_a_template_that_cannot_be_used_is_told_with_its_place(root: Path, text: str) -> None:
    home_of(root)
    own_template(root, "home.html", text)
    good = (root.parent / "site/index.html").read_bytes()
    with pytest.raises(BadTheme, match=r"site_config/templates/home\.html:2"):
        build(root, root.parent / "site", TODAY)
    assert (root.parent / "site/index.html").read_bytes() == good


@pytest.mark.skipif(not hasattr(os, "fork"), reason="two processes need fork")
def test_a_template_that_another_process_cannot_use_is_told_here(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FEWEST", 1)
    monkeypatch.setattr(workers, "can_fork", lambda: True)
    own_template(root, "procedure.html", "<p>\n{{ v.nosuch }}")
    with pytest.raises(BadTheme, match=r"site_config/templates/procedure\.html:2"):
        build(root, root.parent / "site", TODAY)


def test_a_part_of_the_frame_that_cannot_be_used_is_told_with_its_place(root: Path) -> None:
    own_file_of_theme(root, "partials/footer.html", lambda text: "\n{% if %}")
    with pytest.raises(BadTheme, match=r"partials/footer\.html:2"):
        build(root, root.parent / "site", TODAY)


def test_links_and_pipes_are_no_files_of_a_theme(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.css").write_text("x", "utf-8")
    folder = root / "site_config/theme/assets"
    folder.mkdir(parents=True)
    (folder / "css").symlink_to(outside)
    (folder / "a.css").symlink_to(outside / "secret.css")
    os.mkfifo(folder / "pipe.css")
    (root / "site_config/templates").symlink_to(outside)
    found = {(f.code, f.position.path) for f in load_project(root, TODAY).findings}
    theme = "site_config/theme/assets"
    assert found >= {
        ("Y009", f"{theme}/css"),
        ("Y009", f"{theme}/a.css"),
        ("Y015", f"{theme}/pipe.css"),
        ("Y009", "site_config/templates"),
    }
    assert not build(root, root.parent / "site", TODAY).is_built
