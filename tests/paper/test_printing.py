"""A print run: valid sheets, the same bytes twice, only what changed, and bad input that harms
nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdf_reading import (
    MM,
    bare,
    codes_in,
    faults,
    missing_from,
    outside,
    overlaps,
    pictures,
    sizes_in,
    squeezed,
    strings_in,
    structure_of,
    text_of,
)

from niemyet.cli.main import main
from niemyet.model.catalogue import Catalogue
from niemyet.paper import pdf_fixes, procedure_sheets
from niemyet.paper import typst as press_module
from niemyet.paper.form_sheets import LostMark
from niemyet.paper.line_breaks import with_breaks
from niemyet.paper.pdf_fixes import DoubtfulStream
from niemyet.paper.pdf_forms import LostBox
from niemyet.paper.pdf_tiles import count_tiles, cut
from niemyet.paper.print_run import print_sheets
from niemyet.paper.sheet import PressError, Sheet
from niemyet.paper.typst import MissingFont, Press
from niemyet.source.print_index import read_index
from niemyet.values.sheet_version import PARTS, changed_parts, day_of, version_of
from niemyet.view.procedure_view import ProcedureView
from niemyet.view.words import Words

Copy = Callable[..., Path]
A3_FLOOR, A3_NOTES, LEAFLET_FLOOR = 16, 13, 11


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture(scope="module")
def words(catalogue: Catalogue) -> Words:
    return Words(catalogue, "vi")


@pytest.fixture(scope="module")
def sheets(catalogue: Catalogue, words: Words) -> list[Sheet]:
    """Poster and leaflet of the most used procedures."""
    wanted = catalogue.settings.most_used[:5]
    return [
        s
        for code in wanted
        for s in procedure_sheets.sheets(
            ProcedureView(catalogue, words, catalogue.procedures[code])
        )
    ]


@pytest.fixture(scope="module")
def pressed(printed: Path, sheets: list[Sheet]) -> list[tuple[Sheet, bytes]]:
    """The sheets with their PDFs."""
    return [(sheet, (printed / f"{sheet.id}.pdf").read_bytes()) for sheet in sheets]


def test_every_sheet_is_an_archive_and_accessible(pressed: list[tuple[Sheet, bytes]]) -> None:
    assert {sheet.id: faults(pdf) for sheet, pdf in pressed if faults(pdf)} == {}


def test_every_font_is_embedded(pressed: list[tuple[Sheet, bytes]]) -> None:
    for _, pdf in pressed:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            descriptors = [
                d
                for d in document.objects
                if isinstance(d, pikepdf.Dictionary) and d.get("/Type") == "/FontDescriptor"
            ]
            assert descriptors
            assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)


def test_papers_and_steps_are_lists_and_amounts_are_tables(
    pressed: list[tuple[Sheet, bytes]],
) -> None:
    for sheet, pdf in pressed:
        counts = structure_of(pdf)
        items = sum(len(group["items"]) for group in sheet.data["papers"]) + len(
            sheet.data["steps"]
        )
        assert counts["/LI"] >= items, sheet.id
        assert counts["/H1"] == 1
        assert counts.get("/TH", 0) == 2 * (
            bool(sheet.data["limits"]) + bool(sheet.data["fees"])
        ), sheet.id


def test_the_same_sheet_is_the_same_bytes(pressed: list[tuple[Sheet, bytes]]) -> None:
    again = Press()
    for sheet, pdf in pressed[:4]:
        assert again.make(sheet.kind, with_breaks(dict(sheet.data))).pdf == pdf


def check_whole(sheet: Sheet, pdf: bytes) -> None:
    """Nothing is lost, too small, over another or off the paper."""
    text = text_of(pdf)
    shown = dict(sheet.data)
    if (
        sheet.kind == "poster"
    ):  # the poster leaves to the leaflet where to get a paper, and what the result is called
        shown["papers"] = [
            {**g, "items": [{"name": i["name"], "notes": i["notes"]} for i in g["items"]]}
            for g in shown["papers"]
        ]
        shown.pop("results")
        shown.pop("summary")
    pages = len(pypdfium2.PdfDocument(pdf))
    lost = [
        part for value in strings_in(shown) for part in missing_from(text, value, breaks=2 * pages)
    ]
    assert not lost, (sheet.id, lost[:3])
    assert not outside(pdf), (sheet.id, "off the paper", "".join(outside(pdf))[:60])
    assert not overlaps(pdf), (sheet.id, "over each other", overlaps(pdf))
    floor = A3_NOTES if sheet.kind == "poster" else LEAFLET_FLOOR
    small = sorted({size for size, letter in sizes_in(pdf) if size < floor - 0.01})
    assert not small, (sheet.id, small)


def test_nothing_is_lost_cut_or_too_small(pressed: list[tuple[Sheet, bytes]]) -> None:
    for sheet, pdf in pressed:
        check_whole(sheet, pdf)


def test_names_texts_and_amounts_keep_to_the_floor(pressed: list[tuple[Sheet, bytes]]) -> None:
    for sheet, pdf in pressed:
        floor = A3_FLOOR if sheet.kind == "poster" else LEAFLET_FLOOR
        sizes = sizes_in(pdf)
        drawn = "".join(letter for _, letter in sizes)
        names = [i["name"] for g in sheet.data["papers"] for i in g["items"]] + [
            s["text"] for s in sheet.data["steps"]
        ]
        names += [row["value"] for row in (*sheet.data["limits"], *sheet.data["fees"])] + [
            fact["value"] for fact in sheet.data["facts"]
        ]
        found = 0
        for name in filter(None, map(bare, names)):
            at = drawn.find(name)
            if at >= 0:
                found += 1
                assert min(size for size, _ in sizes[at : at + len(name)]) >= floor - 0.01, (
                    sheet.id,
                    name,
                )
        assert found > len(names) // 2


EXTREME = [(25, 15), (1, 1), (40, 20), (3, 15), (25, 2)]


@pytest.mark.parametrize(("papers", "steps"), EXTREME)
@pytest.mark.parametrize("kind", ["poster", "leaflet"])
def test_extremes_begin_a_new_sheet_instead_of_smaller_type(
    press: Press, sheets: list[Sheet], kind: str, papers: int, steps: int
) -> None:
    sheet = next(sheet for sheet in sheets if sheet.kind == kind)
    sentence = "Cán bộ kiểm tra hồ sơ, hẹn ngày. "
    name = "Văn bản của cơ quan có thẩm quyền xác nhận nơi cư trú ".strip()
    data = {
        **sheet.data,
        "title": " ".join(f"chữ{n}" for n in range(45)),
        "papers": [
            {
                "title": "",
                "items": [
                    {"name": f"{name} số {n}", "notes": [f"{n} bản sao"], "more": []}
                    for n in range(papers)
                ],
            }
        ],
        "steps": [
            {
                "name": f"Bước {n}",
                "text": f"{n} " + sentence * (n % 5 + 1),
                "meta": "Quầy",
            }
            for n in range(steps)
        ],
        "fees": [
            {"name": f"Khoản {n}", "value": f"{n + 1}.000 đồng", "notes": []}
            for n in range(60 if papers == 25 else 2)
        ],
    }
    extreme = replace(sheet, data=data)
    made = press.make(sheet.kind, with_breaks(data))
    check_whole(extreme, made.pdf)
    assert made.pages > 1 or papers + steps < 20


def test_a_code_leads_to_the_page_of_the_site(
    pressed: list[tuple[Sheet, bytes]], built_site: Path, words: Words
) -> None:
    for sheet, pdf in pressed:
        for dpi in (300, 100):
            drawn = pictures(pdf, dpi)
            for picture in (drawn[0], *drawn[1:][-1:]):
                found = codes_in(picture)
                assert len(found) == 1, (sheet.id, dpi, found)
                address, _, version = found[0].partition("?v=")
                assert version == sheet.version
                path = address.removeprefix(words.site_url) + "index.html"
                target = re.search(
                    r'data-page="../../([^"]+)"', (built_site / path).read_text("utf-8")
                )
                assert target and target[1] == sheet.page


def test_low_ink_says_the_same(press: Press, pressed: list[tuple[Sheet, bytes]]) -> None:
    sheet, pdf = pressed[0]
    low = press.make(sheet.kind, with_breaks({**sheet.data, "ink": "low"})).pdf
    assert text_of(low) == text_of(pdf)
    assert darkness(low) < 0.6 * darkness(pdf)
    assert not faults(low)


def darkness(pdf: bytes) -> float:
    picture = pictures(pdf, 36)[0]
    return sum(255 - value for value in picture.tobytes()) / (255 * picture.width * picture.height)


def test_text_never_becomes_markup(press: Press, sheets: list[Sheet]) -> None:
    sheet = sheets[0]
    nasty = "*đậm* _nghiêng_ #panic(1) $x^2$ @nhãn <b> `mã` = tiêu đề - 1. \\"
    data = {**sheet.data, "title": nasty, "papers_note": nasty}
    assert text_of(press.make(sheet.kind, data).pdf).count(squeezed(nasty)) >= 2


# The run


@pytest.fixture
def few(sheets: list[Sheet]) -> list[Sheet]:
    return sheets[:2]


def test_a_second_run_makes_nothing_and_a_change_makes_one(
    tmp_path: Path, few: list[Sheet], press: Press
) -> None:
    first = print_sheets(few, tmp_path, {}, press=press)
    assert [made.id for made in first.made] == [sheet.id for sheet in few]
    before = tree(tmp_path)
    second = print_sheets(few, tmp_path, {}, press=press)
    assert not second.made
    assert tree(tmp_path) == before
    changed = [replace(few[0], data={**few[0].data, "papers_note": "Mang theo bản chính."}), few[1]]
    third = print_sheets(changed, tmp_path, {}, press=press)
    assert [made.id for made in third.made] == [few[0].id]
    fresh = tmp_path / "fresh"
    print_sheets(changed, fresh, {}, press=press)
    after = {
        path: content for path, content in tree(tmp_path).items() if not path.startswith("fresh/")
    }
    assert after == tree(fresh)


def test_a_sheet_that_is_no_longer_wanted_is_taken_away(
    tmp_path: Path, few: list[Sheet], press: Press
) -> None:
    print_sheets(few, tmp_path, {}, press=press)
    print_sheets(few[:1], tmp_path, {}, press=press)
    assert not (tmp_path / f"{few[1].id}.pdf").exists()
    assert [entry["id"] for entry in json.loads((tmp_path / "index.json").read_text("utf-8"))] == [
        few[0].id
    ]


def test_sheets_for_a_wall_outlive_a_run_of_everything(
    tmp_path: Path, few: list[Sheet], press: Press
) -> None:
    hung = replace(few[0], id=f"tuong/cua/01-{few[0].id.replace('/', '-')}")
    print_sheets([hung], tmp_path, {}, press=press, is_whole=False)
    print_sheets(few, tmp_path, {}, press=press)
    index = read_index(tmp_path)
    assert {made.id for made in index.values() if made.is_variant} == {hung.id}
    assert (tmp_path / f"{hung.id}.pdf").is_file()


def test_a_long_word_is_a_finding_at_its_place_and_stops_no_other_sheet(
    tmp_path: Path, few: list[Sheet], press: Press
) -> None:
    word = "a" * 30
    sources = {few[0].source: f"code: x\nname: Đơn {word}\n"}
    bad = replace(few[0], data={**few[0].data, "papers_note": f"Đơn {word}"})
    run = print_sheets([bad, few[1]], tmp_path, sources, press=press)
    (finding,) = run.findings
    assert (finding.code, finding.position.line, finding.position.column) == ("P008", 2, 11)
    assert [made.id for made in run.made] == [few[1].id]
    assert not (tmp_path / f"{bad.id}.pdf").exists()


def test_a_letter_no_font_has_is_a_finding(tmp_path: Path, few: list[Sheet], press: Press) -> None:
    run = print_sheets(
        [replace(few[0], data={**few[0].data, "papers_note": "☐ №"}), few[1]],
        tmp_path,
        {},
        press=press,
    )
    assert [f.code for f in run.findings] == ["P007"]
    assert "☐" in run.findings[0].values["reason"]
    assert len(run.made) == 1


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (LostBox("sheet_not_made", reason="BOX: Đơn xin", word="Đơn xin"), 2),
        (LostMark("sheet_not_made", reason="BOXES: [('ten', 0)]", word="id: ten"), 3),
        (LostMark("sheet_not_made", reason="BOXES: [('xa', 0)]", word="id: xa"), 1),
        (DoubtfulStream("sheet_not_made", reason="a stream ends in CR"), 1),
    ],
)
def test_a_sheet_at_fault_after_the_press_is_a_finding_and_stops_no_other(
    tmp_path: Path, few: list[Sheet], press: Press, fault: PressError, line: int
) -> None:
    def finish(sheet: Sheet, pressed: Any) -> tuple[bytes, dict[str, bytes]]:
        if sheet.id == few[0].id:
            raise fault
        return pressed.pdf, {}

    sources = {few[0].source: "code: x\nname: Đơn xin\nid: ten\n"}
    kinds = {sheet.kind: finish for sheet in few}
    run = print_sheets(few, tmp_path, sources, press=press, finish=kinds)
    (finding,) = run.findings
    assert (finding.code, finding.values["sheet"]) == ("P007", few[0].id)
    assert (finding.position.path, finding.position.line) == (few[0].source, line)
    assert fault.values["reason"] in finding.message("en")
    assert [made.id for made in run.made] == [few[1].id] == list(read_index(tmp_path))
    assert not (tmp_path / f"{few[0].id}.pdf").exists()


def test_a_stream_that_nothing_mends_is_a_finding(
    tmp_path: Path, few: list[Sheet], press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every PDF has `endstream` after a line end; as if each of them were doubtful."""
    monkeypatch.setattr(pdf_fixes, "_DOUBTFUL", b"endstream")
    run = print_sheets(few, tmp_path, {}, press=press)
    assert [(f.code, f.values["sheet"]) for f in run.findings] == [
        ("P007", sheet.id) for sheet in few
    ]
    assert not run.made and read_index(tmp_path) == {}


def test_a_full_disk_leaves_the_old_sheet_whole(
    tmp_path: Path, few: list[Sheet], press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_sheets(few, tmp_path, {}, press=press)
    before = tree(tmp_path)
    changed = [replace(sheet, data={**sheet.data, "papers_note": "Khác."}) for sheet in few]
    real = os.fdopen

    class Full(io.BytesIO):
        """A file on a disk that is full after half of what is written."""

        def __init__(self, handle: int, mode: str) -> None:
            super().__init__()
            self.file = real(handle, mode)

        def write(self, data: Any) -> int:
            self.file.write(data[: len(data) // 2])
            self.file.close()
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", Full)
    with pytest.raises(OSError, match="No space"):
        print_sheets(changed, tmp_path, {}, press=press)
    monkeypatch.undo()
    assert tree(tmp_path) == before


def test_a_missing_font_is_said_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(press_module, "TYPEFACES", tmp_path)
    with pytest.raises(MissingFont, match=r"texgyretermes-regular\.otf"):
        Press()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


# The command


def test_an_unknown_wall_is_said_with_the_nearest(
    copy_project: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_project()
    assert (
        main(["print", "--root", str(root), "--today", "2026-11-24", "--wall", "tuong-ho-tik"]) == 2
    )
    said = capsys.readouterr().err
    assert "site_config/posters.yml" in said
    assert "“tuong-ho-tich”" in said
    assert not (root / "print").exists()


def test_a_wall_is_recorded_and_a_change_asks_for_a_reprint(
    copy_project: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_project()
    posters = root / "site_config/posters.yml"
    posters.write_text(
        "walls:\n  - id: cua\n    name: Cửa\n    sheets:\n      - sheet: thu-tuc/1.001193-a3\n     "
        "   size: a2\n",
        "utf-8",
    )
    (root / "site_config/print_register.yml").unlink(missing_ok=True)
    given = ["--root", str(root), "--today", "2026-11-24"]
    assert main(["print", *given, "--wall", "cua"]) == 0
    (made,) = (root / "print/tuong/cua").glob("*.pdf")
    assert [round(edge) for edge in pypdfium2.PdfDocument(made)[0].get_size()] == [
        round(420 * MM),
        round(594 * MM),
    ]
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    assert main(["print", *given, "--changed"]) == 0
    assert "còn đúng" in capsys.readouterr().out
    file = next(
        path
        for path in (root / "procedures").rglob("*.yml")
        if "1.001193" in path.read_text("utf-8").splitlines()[0]
    )
    text = file.read_text("utf-8")
    file.write_text(text.replace("\n    originals: 1\n", "\n    originals: 2\n", 1), "utf-8")
    assert file.read_text("utf-8") != text
    assert main(["print", *given[:-1], "2026-12-01", "--changed"]) == 0
    listed = (root / "print/can-in-lai.md").read_text("utf-8")
    assert "giấy tờ" in listed
    assert "lệ phí" not in listed.split("giấy tờ")[0].splitlines()[-1]
    assert "2026-12-01" in (root / "site_config/print_register.yml").read_text("utf-8")


def test_a_sheet_nobody_makes_is_a_finding_at_its_line(
    copy_project: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_project()
    start = "walls:\n  - id: cua\n    name: Cửa\n    sheets:\n"
    lines = (
        f"{start}      - sheet: thu-tuc/1.001193-a9\n      - sheet: thu-tuc/1.001193-a4\n       "
        " size: a1\n"
    )
    (root / "site_config/posters.yml").write_text(lines, "utf-8")
    assert (
        main(
            ["print", "--root", str(root), "--today", "2026-11-24", "--only", "thu-tuc/1.001193-a3"]
        )
        == 1
    )
    said = capsys.readouterr().out
    assert "site_config/posters.yml:5:16: lỗi P009" in said
    assert "site_config/posters.yml:7:15: lỗi P010" in said


# Versions and tiles


def test_a_version_tells_its_day_and_what_changed() -> None:
    old = version_of(dt.date(2026, 3, 1), ["a", "b", "c", "d", "e", "f"])
    new = version_of(dt.date(2026, 11, 1), ["a", "x", "c", "d", "y", "f"])
    assert day_of(old) == dt.date(2026, 3, 1)
    assert [PARTS[n] for n in changed_parts(old, new)] == ["fee", "where"]
    assert changed_parts(old, version_of(dt.date(2027, 1, 1), ["a", "b", "c", "d", "e", "f"])) == []


def test_a_large_sheet_is_cut_into_pages_that_overlap(pressed: list[tuple[Sheet, bytes]]) -> None:
    across, down, _ = count_tiles(297, 420)
    _, pdf = pressed[0]
    tiles = pypdfium2.PdfDocument(cut(pdf))
    assert len(tiles) == across * down * len(pypdfium2.PdfDocument(pdf))
    assert {tuple(sorted(round(edge / MM) for edge in tile.get_size())) for tile in tiles} == {
        (210, 297)
    }
    assert cut(pdf) == cut(pdf)
    assert count_tiles(200, 290) == (2, 2, False) or count_tiles(190, 280) == (1, 1, False)
