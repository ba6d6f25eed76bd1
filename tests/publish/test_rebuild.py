"""A build that has a past gives the same site as one that has none, and touches only what
changed."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from theme_files import own_file_of_theme

from niemyet.publish import build_cache, procedure_pages, workers
from niemyet.publish.build import Built, build
from niemyet.publish.procedure_pages import Outcome
from niemyet.publish.project import load_project
from niemyet.web.mkdocs import BadTheme

Copy = Callable[..., Path]
PROCEDURE = "procedures/ho-tich/dang-ky-khai-tu.yml"
GONE = "procedures/ho-tich/xac-nhan-thong-tin-ho-tich.yml"
"""A procedure that others name as related and no life event leads to."""
PAGE = "thu-tuc/dang-ky-khai-tu/index.html"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def times(folder: Path) -> dict[str, int]:
    return {
        file.relative_to(folder).as_posix(): file.stat().st_mtime_ns
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def must_build(root: Path, out: Path, today: dt.date) -> Built:
    built = build(root, out, today, print_folder=root / "no-print")
    assert built.is_built
    return built


@pytest.fixture(scope="module")
def built(project: Path, today: dt.date, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What a build says about the shipped project."""
    return must_build(project, tmp_path_factory.mktemp("built") / "site", today)


def fresh(root: Path, out: Path, today: dt.date) -> dict[str, bytes]:
    """The site of a build without a past."""
    file = root / ".cache" / build_cache.FILE
    if file.exists():
        file.rename(file.with_name(f"{file.name}.{out.name}"))
    must_build(root, out, today)
    return tree(out)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def edit_procedure(root: Path) -> None:
    replace(root / PROCEDURE, 'cutoff: "15:00"', 'cutoff: "14:00"')


def rename_procedure(root: Path) -> None:
    """Its title stands on the pages of others that name it as related."""
    replace(root / PROCEDURE, "vi: Đăng ký khai tử", "vi: Khai tử")


def delete_procedure(root: Path) -> None:
    code = (root / GONE).read_text("utf-8").split('"')[1]
    (root / GONE).unlink()
    for file in [*root.glob("procedures/*/*.yml"), *root.glob("site_config/*.yml")]:
        lines = file.read_text("utf-8").split("\n")
        file.write_text(
            "\n".join(line for line in lines if line.strip() != f'- "{code}"').replace(
                "related:\nlegal", "legal"
            ),
            "utf-8",
        )


def move_procedure(root: Path) -> None:
    (root / "procedures/ho-tich/dang-ky-khai-sinh.yml").rename(
        root / "procedures/ho-tich/khai-sinh.yml"
    )


def rename_office(root: Path) -> None:
    replace(root / "site_config/office.yml", "Hoa Sen", "Hoa Súng")


def change_fee(root: Path) -> None:
    replace(root / "content/fees/ho-tich.yml", "amount_vnd: 8000", "amount_vnd: 9000")


def change_page(root: Path) -> None:
    file = root / "content/pages/gioi-thieu.md"
    file.write_text(file.read_text("utf-8") + "\n\nMột câu nữa.\n", "utf-8")


def change_theme(root: Path) -> None:
    own_file_of_theme(root, "assets/css/niemyet.css", lambda text: text + "\n/* x */\n")


NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="two processes need fork")


def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes share even the smallest build."""
    monkeypatch.setattr(workers, "FEWEST", 1)
    monkeypatch.setattr(workers, "can_fork", lambda: True)


CHANGES = (
    edit_procedure,
    rename_procedure,
    delete_procedure,
    move_procedure,
    rename_office,
    change_fee,
    change_page,
    change_theme,
)


def test_after_any_change_the_site_is_as_if_built_afresh(
    copy_project: Copy, tmp_path: Path, today: dt.date
) -> None:
    root, out = copy_project(), tmp_path / "site"
    must_build(root, out, today)
    for change in CHANGES:
        before = tree(out)
        change(root)
        must_build(root, out, today)
        after = tree(out)
        assert after != before, change.__name__
        assert after == fresh(root, tmp_path / f"fresh-{change.__name__}", today), change.__name__


@NEEDS_FORK
def test_changes_treated_by_two_processes_give_what_a_fresh_build_gives(
    copy_project: Copy, tmp_path: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = copy_project(), tmp_path / "site"
    must_build(root, out, today)
    share(monkeypatch)
    for change in (edit_procedure, delete_procedure, rename_office):
        change(root)
        must_build(root, out, today)
        assert tree(out) == fresh(root, tmp_path / f"fresh-{change.__name__}", today), (
            change.__name__
        )


def test_only_files_that_changed_are_treated_again(
    copy_project: Copy, tmp_path: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = copy_project(), tmp_path / "site"
    must_build(root, out, today)
    treated: list[str] = []
    check_file = procedure_pages.check_file
    monkeypatch.setattr(
        procedure_pages,
        "check_file",
        lambda base, path: (treated.append(path), check_file(base, path))[1],
    )
    must_build(root, out, today)
    assert treated == []
    edited = [
        PROCEDURE,
        *(
            f"procedures/dat-dai/{f.name}"
            for f in sorted(root.glob("procedures/dat-dai/*.yml"))[:3]
        ),
    ]
    for path in edited:
        (root / path).write_text((root / path).read_text("utf-8") + "# sửa\n", "utf-8")
    must_build(root, out, today)
    assert sorted(treated) == sorted(edited)
    must_build(root, out, today)
    assert len(treated) == len(edited)
    assert tree(out) == fresh(root, tmp_path / "fresh", today)


def test_one_edited_procedure_rewrites_only_what_shows_it(
    copy_project: Copy, tmp_path: Path, today: dt.date
) -> None:
    root, out = copy_project(), tmp_path / "site"
    must_build(root, out, today)
    before = times(out)
    must_build(root, out, today)
    assert {path for path, time in times(out).items() if before[path] != time} <= {".niemyet"}
    edit_procedure(root)
    must_build(root, out, today)
    changed = {path for path, time in times(out).items() if before[path] != time} - {".niemyet"}
    assert changed >= {PAGE, "sw.js", "assets/offline.json"} and len(changed) <= 4, changed


@pytest.mark.parametrize("is_shared", [False, pytest.param(True, marks=NEEDS_FORK)])
@pytest.mark.parametrize(
    "harm", ["edited", "deleted", "a folder in its place", "a link in its place"]
)
def test_a_site_touched_by_others_is_put_right(
    project: Path,
    tmp_path: Path,
    today: dt.date,
    monkeypatch: pytest.MonkeyPatch,
    harm: str,
    is_shared: bool,
) -> None:
    out = tmp_path / "site"
    if is_shared:
        share(monkeypatch)
    must_build(project, out, today)
    good = tree(out)
    page = out / PAGE
    if harm == "edited":
        page.write_bytes(page.read_bytes().replace(b"ny-main", b"ny-mine"))
    else:
        page.unlink()
    if harm == "a folder in its place":
        page.mkdir()
        (page / "x").touch()
    if harm == "a link in its place":
        page.symlink_to(out / "index.html")
    (out / "la").mkdir()
    (out / "la" / "lung.txt").touch()
    (out / "trong" / "sau").mkdir(parents=True)
    must_build(project, out, today)
    assert (
        tree(out) == good
        and not page.is_symlink()
        and not (out / "la").exists()
        and not (out / "trong").exists()
    )


@pytest.mark.parametrize("harm", [b"", b"x" * 100, b"cut", b"flipped"])
def test_a_damaged_memory_is_as_good_as_none(
    copy_project: Copy, tmp_path: Path, built_site: Path, today: dt.date, harm: bytes
) -> None:
    root, out = copy_project(), tmp_path / "site"
    must_build(root, out, today)
    file = root / ".cache" / build_cache.FILE
    raw = file.read_bytes()
    flipped = bytearray(raw)
    for place in range(9, len(raw), 1009):
        flipped[place] ^= 1
    damaged = {b"cut": raw[: len(raw) // 2], b"flipped": bytes(flipped)}
    file.write_bytes(damaged.get(harm, harm))
    must_build(root, out, today)
    must_build(root, out, today)
    assert tree(out) == tree(built_site)


def test_a_value_that_is_not_as_it_was_kept_is_none(tmp_path: Path) -> None:
    cache = build_cache.BuildCache(tmp_path)
    cache.put_parts("kind", "key", {"a": [1, "ấ"], "b": None})
    assert cache.parts("kind", "key") == {"a": [1, "ấ"], "b": None}
    assert cache.get("kind", "other key", "a") is None and cache.get("other", "key", "a") is None
    with closing(sqlite3.connect(cache.file)) as database, database:
        database.execute("UPDATE kept SET value = zeroblob(4) WHERE part = 'a'")
    assert cache.parts("kind", "key") == {"b": None}
    cache.put_parts("kind", "new key", {"c": 1})
    assert cache.parts("kind", "key") == {} and cache.parts("kind", "new key") == {"c": 1}


def test_only_the_newest_sites_are_remembered(tmp_path: Path) -> None:
    cache = build_cache.BuildCache(tmp_path)
    for number in range(5):
        cache.put("site", "key", number, str(number))
    cache.put("site", "key", 0, "0")
    cache.prune("site", 2)
    assert cache.parts("site", "key") == {"4": 4, "0": 0}
    cache.forget("site", "0")
    assert cache.parts("site", "key") == {"4": 4}


def test_a_memory_that_cannot_be_kept_does_no_harm(
    copy_project: Copy, tmp_path: Path, built_site: Path, today: dt.date
) -> None:
    root = copy_project()
    (root / ".cache" / build_cache.FILE).mkdir(parents=True)
    must_build(root, tmp_path / "site", today)
    assert tree(tmp_path / "site") == tree(built_site)


@NEEDS_FORK
def test_two_processes_build_what_one_builds(
    copy_project: Copy,
    tmp_path: Path,
    built: Built,
    built_site: Path,
    today: dt.date,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    share(monkeypatch)
    result = must_build(copy_project(), tmp_path / "site", today)
    assert tree(tmp_path / "site") == tree(built_site)
    assert result.findings == built.findings


@NEEDS_FORK
def test_a_disk_that_refuses_the_second_process_leaves_the_site_as_it_was(
    copy_project: Copy, tmp_path: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out, first = copy_project(), tmp_path / "web" / "site", os.getpid()
    must_build(root, out, today)
    good = tree(out)
    write = procedure_pages.write

    def refuse(folder: Path, artifact: object) -> None:
        if os.getpid() != first:
            raise OSError(28, "No space left on device", str(folder))
        write(folder, artifact)  # type: ignore[arg-type]

    share(monkeypatch)
    monkeypatch.setattr(procedure_pages, "write", refuse)
    rename_office(root)
    with pytest.raises(OSError, match="No space left"):
        build(root, out, today)
    assert tree(out) == good and list(out.parent.iterdir()) == [out]


@NEEDS_FORK
def test_a_theme_that_another_process_could_not_use_is_refused_here(
    copy_project: Copy,
    tmp_path: Path,
    today: dt.date,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    root, out = copy_project(), tmp_path / "web" / "site"
    must_build(root, out, today)
    good = tree(out)
    share(monkeypatch)
    replace(root / "mkdocs.yml", "- niemyet", "- nosuch")
    rename_office(root)
    with pytest.raises(BadTheme):
        build(root, out, today)
    assert tree(out) == good and list(out.parent.iterdir()) == [out]
    assert capfd.readouterr().err.count("nosuch") <= 1, "said once"


def test_a_build_finds_what_the_check_finds(built: Built, project: Path, today: dt.date) -> None:
    assert (
        list(built.findings) == list(load_project(project, today).findings)
        and len(built.findings) > 5
    )


def test_an_outcome_survives_being_kept(project: Path, today: dt.date, built: Built) -> None:
    cards = built.catalogue.summaries
    findings = tuple(built.findings)
    outcome = Outcome(
        path="a.yml",
        digest="d",
        findings=findings,
        summary=next(iter(cards.values())),
        names=("a",),
        listings={},
    )
    assert Outcome.from_plain(outcome.to_plain()) == outcome
