"""Letters: the layout of the decree in both files, the same words in both, and a finding for what
must not be sent."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from shipped import PROJECT, TODAY

from niemyet.cli import main
from niemyet.letters.docx import FONT, docx_of
from niemyet.letters.letter import Written, compose
from niemyet.letters.values import fill, source_of_arguments
from niemyet.paper.letter_sheets import blank_letters, letter_sheets
from niemyet.paper.typst import Press
from niemyet.publish.letter_desk import Desk, given_values, make_letter, open_desk
from niemyet.values.placeholders import Hole, faults_in, split_text
from niemyet.view.words import Words

COMMANDS = ("late", "fault", "thanks", "birth", "marriage", "condolence")
LATE = {
    "ho_ten": "Nguyễn Văn A",
    "ma_ho_so": "H-0042",
    "viec": "cấp bản sao trích lục",
    "ngay_hen": "2026-11-25",
    "buoc": "xác minh",
    "ly_do": "sổ cũ phải xác minh",
    "so_ngay": "3",
}
MM = 72 / 25.4


@cache
def desk() -> Desk:
    return open_desk(PROJECT, TODAY)


@cache
def press() -> Press:
    return Press()


def settings_of(values: dict[str, str]) -> list[str]:
    return [f"{key}={value}" for key, value in values.items()]


def examples(command: str) -> dict[str, str]:
    return {blank.id: blank.example for blank in desk().letter(command).blanks}


@cache
def files(command: str, lang: str = "vi", filled: bool = False) -> tuple[Written, bytes, bytes]:
    """A letter as it will be read, as PDF and as DOCX."""
    letter = desk().letter(command)
    given = given_values(settings_of(examples(command)), None)[0] if filled else []
    made = make_letter(desk(), letter, given, lang, TODAY)
    assert not made.findings
    words = Words(desk().catalogue, lang)
    pdf, docx = (
        made.files[name] for name in sorted(made.files, key=lambda name: name.endswith(".docx"))
    )
    return compose(words, letter, made.filling, TODAY), pdf, docx


def said(
    values: dict[str, str], command: str = "late", today: dt.date = TODAY
) -> list[tuple[str, str]]:
    """Place and code of what is said about values given on the command line."""
    given, found = given_values(settings_of(values), None)
    made = make_letter(desk(), desk().letter(command), given, "vi", today, found=found)
    assert not (made.files and made.findings)
    return [
        (f"{f.position.path}:{f.position.line}:{f.position.column}", f.code) for f in made.findings
    ]


def pdf_text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(
            document[number].get_textpage().get_text_bounded() for number in range(len(document))
        )


def body_of(docx: bytes) -> str:
    """The words of the body, content controls and tables too, a line for each paragraph."""
    lines = []
    for paragraph in Document(io.BytesIO(docx)).element.body.iter(qn("w:p")):
        parts = (
            ("\n" if part.tag == qn("w:br") else part.text or "")
            for part in paragraph.iter(qn("w:t"), qn("w:br"))
        )
        lines.append("".join(parts))
    return "\n".join(lines)


def squeezed(text: str) -> str:
    """Without spaces and places to break, which the two programs set as they need."""
    return re.sub(r"[\s\u200b\ufffe\u0002]+", "", text)


def lines_of(pdf: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Left, bottom, right and top of each line of the first page, in millimetres from the lower
    left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        textpage = document[0].get_textpage()
        found = {}
        for number in range(textpage.count_rects()):
            box = textpage.get_rect(number)
            found[textpage.get_text_bounded(*box).strip()] = tuple(value / MM for value in box)
        return found  # type: ignore[return-value]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_letter_is_one_valid_page_and_reads_the_same_in_both_files(
    command: str, filled: bool, lang: str
) -> None:
    written, pdf, docx = files(command, lang, filled)
    for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        assert [
            failure.message for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
        ] == []
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
    text = pdf_text(pdf)
    mark = " ".join(written.mark)
    assert squeezed(mark) in squeezed(text)
    in_pdf, in_docx = squeezed(text).replace(squeezed(mark), ""), squeezed(body_of(docx))
    assert sorted(in_pdf) == sorted(in_docx), "the same letters in both"
    for line in written.paragraphs:
        paragraph = squeezed("".join(piece.text for piece in line))
        assert paragraph in in_pdf and paragraph in in_docx
    assert unicodedata.is_normalized("NFC", text) and unicodedata.is_normalized(
        "NFC", body_of(docx)
    )
    assert ("…" in in_docx) is (not filled or not written.is_official or "……" in in_docx)
    footers = Document(io.BytesIO(docx)).sections[0]
    for footer in (footers.footer, footers.first_page_footer):
        assert squeezed("".join(p.text for p in footer.paragraphs)) == squeezed(mark)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_letter_gives_the_same_bytes_twice(command: str) -> None:
    written, pdf, docx = files(command)
    assert docx_of(written) == docx
    made = make_letter(desk(), desk().letter(command), [], "vi", TODAY)
    assert set(made.files.values()) == {pdf, docx}
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in package.namelist())


def test_the_pdf_has_the_head_and_the_margins_of_the_decree() -> None:
    lines = lines_of(files("late", filled=True)[1])
    country = lines["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    motto = lines["Độc lập - Tự do - Hạnh phúc"]
    assert country[0] > 94 and country[2] <= 195.5, (
        "the country on one line, inside the right margin"
    )
    assert 297 - 26 < country[3] < 297 - 19.5 and motto[3] < country[1] + 1
    assert abs((country[0] + country[2]) / 2 - (motto[0] + motto[2]) / 2) < 0.5
    body = [box for text, box in lines.items() if len(text) > 60 and "Mẫu tham khảo" not in text]
    assert len(body) > 4
    assert min(box[0] for box in body) == pytest.approx(30, abs=0.6)
    with pypdfium2.PdfDocument(files("late", filled=True)[1]) as document:
        textpage = document[0].get_textpage()
        text = textpage.get_text_range()
        ends = [
            textpage.get_charbox(number)[2] / MM
            for number in range(textpage.count_chars())
            if not text[number].isspace()
        ]
    assert 194 < max(ends) < 195.3, "lines end at the right margin"
    first = next(box for text, box in lines.items() if text.startswith("Trung tâm thành thật"))
    assert first[0] == pytest.approx(30 + 12.7, abs=0.6)
    assert lines["Nơi nhận:"][0] == pytest.approx(30, abs=0.6)
    assert lines["GIÁM ĐỐC"][0] > 105


def test_the_word_file_has_the_margins_sizes_and_language_of_the_decree() -> None:
    document = Document(io.BytesIO(files("late", filled=True)[2]))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [
        round(side.mm)
        for side in (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ] == [
        20,
        20,
        30,
        15,
    ]
    runs: dict[str, Any] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        for run in paragraph.iter(qn("w:r")):
            runs["".join(part.text or "" for part in run.iter(qn("w:t")))] = run.rPr

    def look(text: str) -> tuple[int, bool, bool]:
        found = next(shape for words, shape in runs.items() if words.startswith(text))
        on = [
            found.find(qn(tag)) is not None
            and found.find(qn(tag)).get(qn("w:val")) not in ("0", "false")
            for tag in ("w:b", "w:i")
        ]
        return int(found.find(qn("w:sz")).get(qn("w:val"))) // 2, on[0], on[1]

    assert look("CỘNG HÒA") == (13, True, False)
    assert look("Độc lập") == (14, True, False)
    assert look("ỦY BAN") == (13, False, False)
    assert look("TRUNG TÂM") == (13, True, False)
    assert look("Số:") == (13, False, False)
    assert look("V/v") == (12, False, False)
    assert look("Hoa Sen") == (14, False, True) or look("Hoa Sen, ") == (14, False, True)
    assert look("Nơi nhận") == (12, True, True)
    assert look("- Như trên;") == (11, False, False)
    assert look("GIÁM ĐỐC") == (14, True, False)
    paragraph = next(p for p in document.paragraphs if p.text.startswith("Trung tâm thành thật"))
    assert paragraph.paragraph_format.first_line_indent.cm == pytest.approx(1.27, abs=0.01)
    assert paragraph.paragraph_format.space_after.pt == 6
    styles = document.styles.element.xml
    assert f'w:ascii="{FONT}"' in styles and 'w:val="vi-VN"' in styles
    assert (
        document.core_properties.language == "vi-VN"
        and document.core_properties.author == "Trung tâm Phục vụ hành chính công"
    )
    assert section.different_first_page_header_footer and "PAGE" in section.header._element.xml
    assert [p.text for p in document.element.body.iter(qn("w:p")) if p.style == "Heading1"] == [
        "V/v xin lỗi vì trả\nkết quả trễ hẹn"
    ]


def test_a_blank_in_word_is_a_control_with_the_name_of_what_goes_there() -> None:
    document = Document(io.BytesIO(files("late")[2]))
    controls = list(document.element.body.iter(qn("w:sdt")))
    tags = [control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for control in controls]
    assert {blank.id for blank in desk().letter("late").blanks} <= set(tags)
    assert all(
        set(squeezed("".join(t.text for t in c.iter(qn("w:t"))))) <= set("…ngàytháengăm")
        for c in controls
    )
    assert not list(
        Document(io.BytesIO(files("thanks", filled=True)[2])).element.body.iter(qn("w:sdt"))
    )


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-12-02", "ngày 02 tháng 12 năm 2026"),
        ("2027-02-01", "ngày 01 tháng 02 năm 2027"),
        ("2027-03-10", "ngày 10 tháng 3 năm 2027"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_nought(day: str, shown: str) -> None:
    made = make_letter(
        desk(),
        desk().letter("thanks"),
        given_values([*settings_of(examples("thanks")), f"ngay={day}"], None)[0],
        "vi",
        TODAY,
    )
    for content in made.files.values():
        text = pdf_text(content) if content.startswith(b"%PDF") else body_of(content)
        assert f"Hoa Sen, {shown}" in " ".join(text.split())


def test_recipients_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    for command in ("late", "fault"):
        recipients = files(command)[0].recipients
        assert len(recipients) == 3
        assert [line[-1] for line in recipients] == [";", ";", "."]


def test_a_long_letter_has_its_number_on_the_second_page() -> None:
    values = {
        **examples("late"),
        **dict.fromkeys(("ly_do", "buoc", "viec", "noi_tra", "nguoi_theo_doi"), "rất dài " * 74),
    }
    made = make_letter(
        desk(), desk().letter("late"), given_values(settings_of(values), None)[0], "vi", TODAY
    )
    pdf = next(content for name, content in made.files.items() if name.endswith(".pdf"))
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
        first, second = (document[number].get_textpage() for number in (0, 1))
        number = second.get_text_bounded(bottom=(297 - 20) * MM).strip()
        assert number == "2"
        assert not first.get_text_bounded(bottom=(297 - 17) * MM).strip()


def test_a_name_full_of_markup_is_printed_as_it_is() -> None:
    name = "<b>*x*_#$ [a](b) \\n &amp; {ho_ten} @a"
    written, pdf, docx = _made({**LATE, "ho_ten": name})
    assert squeezed(name) in squeezed(pdf_text(pdf)) and name in body_of(docx)
    assert name in "".join(piece.text for piece in written.to)


def _made(values: dict[str, str]) -> tuple[Written, bytes, bytes]:
    letter, words = desk().letter("late"), Words(desk().catalogue, "vi")
    source, _ = source_of_arguments(settings_of(values))
    filling, findings = fill(letter, [source], words, TODAY)
    assert not findings
    made = make_letter(desk(), letter, [source], "vi", TODAY)
    pdf, docx = (made.files[name] for name in sorted(made.files, reverse=True))
    return compose(words, letter, filling, TODAY), pdf, docx


def test_the_new_date_counts_working_days_and_says_what_was_skipped() -> None:
    letter, words = desk().letter("late"), Words(desk().catalogue, "vi")
    source, _ = source_of_arguments(settings_of({**LATE, "ngay_hen": "2027-01-28", "so_ngay": "6"}))
    filling, findings = fill(
        letter, [source], words, dt.date(2027, 1, 29)
    )  # a Friday before Tết, 4 to 10 February
    assert not findings and filling.promise is not None
    assert filling.values["ngay_hen_moi"] == filling.promise.day == dt.date(2027, 2, 15)
    skipped = {day: names["vi"] for day, names in filling.promise.skipped}
    assert (
        skipped[dt.date(2027, 1, 30)] == "thứ Bảy"
        and skipped[dt.date(2027, 2, 4)] == "Tết Nguyên đán"
    )
    assert len(skipped) == 11


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"ly_do": ""}, [("--set:6:7", "P108")]),
        ({"ly_do": "   "}, [("--set:6:7", "P108")]),
        ({"ly_do": " … - ."}, [("--set:6:7", "P108")]),
        ({"so_ngay": "0"}, [("--set:7:9", "P110")]),
        ({"so_ngay": ""}, [("--set:7:9", "P108")]),
        ({"so_ngay": "ba"}, [("--set:7:9", "P110")]),
        ({"ngay_hen": "25/11/2026"}, [("--set:4:10", "P110")]),
        ({"ngay_hen": "2026-02-30"}, [("--set:4:10", "P110")]),
        ({"ma_ho_so": "H 42"}, [("--set:2:10", "P110")]),
        ({"dien_thoai": "12"}, [("--set:8:12", "P110")]),
        ({"ly_doo": "x"}, [("--set:8:1", "P106")]),
        ({"mau_sac": "x"}, [("--set:8:1", "P107")]),
        ({"__class__": "x"}, [("--set:8:1", "P107")]),
        ({"ngay_hen_moi": "2026-12-02"}, [("--set:8:1", "P114")]),
        ({"ho_ten": "x" * 41}, [("--set:1:8", "P115")]),
        ({"ly_do": "dài " * 200}, [("--set:6:7", "P115")]),
        ({"ho_ten": "王小明"}, [("--set:1:8", "P117")]),
        ({"ho_ten": "A\x01B"}, [("--set:1:9", "Y013")]),
        ({"ho_ten": "A\u202eB"}, [("--set:1:9", "Y013")]),
        ({"ho_ten": "A\udcffB"}, [("--set:1:8", "Y013")]),
        ({"ngay_hen": "2026-12-31"}, [("--set:7:9", "P113")]),
    ],
)
def test_a_value_that_will_not_do_is_a_finding_at_its_place(
    change: dict[str, str], wanted: list[tuple[str, str]]
) -> None:
    assert said({**LATE, **change}) == wanted


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-11-29", "P111"),
        ("2027-01-01", "P111"),
        ("2028-01-04", "P112"),
        ("2026-11-25", "P113"),
        ("2026-11-20", "P113"),
        ("2026-11-26", ""),
    ],
)
def test_a_new_date_must_be_a_working_day_to_come(day: str, code: str) -> None:
    values = {key: value for key, value in LATE.items() if key != "so_ngay"}
    assert said({**values, "ngay_hen_moi": day}) == ([("--set:7:14", code)] if code else [])


def test_a_letter_filled_in_part_says_what_is_missing() -> None:
    found = said({"ho_ten": "Nguyễn Văn A"})
    assert {code for _, code in found} == {"P109"} and len(found) == 6
    assert all(place.startswith("content/letters/xin-loi-tre-han.yml:") for place, _ in found)


def test_only_number_date_or_signer_leave_the_letter_blank() -> None:
    made = make_letter(
        desk(), desk().letter("late"), given_values(["nguoi_ky=Trần Thị B"], None)[0], "vi", TODAY
    )
    assert sorted(made.files) == ["xin-loi-tre-han.docx", "xin-loi-tre-han.pdf"]
    assert "Trần Thị B" in body_of(made.files["xin-loi-tre-han.docx"])


@pytest.mark.parametrize(
    "text",
    ["a{b}c", "{{a}} {b_1}", "{b.__class__}", "{b!r}", "{0}", "{", "}", "{}", "{b[0]}", "{{{b}}}"],
)
def test_a_name_in_braces_is_never_evaluated(text: str) -> None:
    parts = list(split_text(text))
    assert all(
        isinstance(part, str) or re.fullmatch(r"[a-z][a-z0-9_]*", part.name) for part in parts
    )
    holes = {part.name for part in parts if isinstance(part, Hole)}
    assert holes <= {"b", "b_1"}
    assert bool(faults_in(text)) is (
        text in ("{b.__class__}", "{b!r}", "{0}", "{", "}", "{}", "{b[0]}")
    )


# The command


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def _run(*arguments: str) -> tuple[int, str]:
        try:
            code = main.main(
                [
                    "letter",
                    *arguments,
                    "--root",
                    str(PROJECT),
                    "--today",
                    TODAY.isoformat(),
                    "--out",
                    str(tmp_path / "out"),
                ]
            )
        except SystemExit as stop:
            code = int(str(stop.code))
        out = capsys.readouterr()
        return code, out.out + out.err

    return _run


def given(values: dict[str, str]) -> Sequence[str]:
    return [part for setting in settings_of(values) for part in ("--set", setting)]


def test_the_command_lists_letters_and_their_blanks(run: Callable[..., tuple[int, str]]) -> None:
    code, text = run()
    assert code == 0 and run("--list") == (0, text) and run("late", "--list") == (0, text)
    assert [
        line.split(":")[0] for line in text.splitlines() if line and not line.startswith(" ")
    ] == list(COMMANDS)
    assert "so_ngay" in text and "* ly_do" in text


def test_the_command_writes_both_files_and_says_the_new_date(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, text = run("late", *given(LATE))
    assert (
        code == 0
        and "thứ Hai, 30/11/2026" in text
        and "28/11/2026 (thứ Bảy), 29/11/2026 (Chủ nhật)" in text
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"xin-loi-tre-han-h-0042-2026-11-25.{end}" for end in ("docx", "pdf")
    ]
    assert run("xin-loi-tre-han", *given(LATE))[0] == 0, (
        "the same letter again, by its file, changes nothing"
    )


def test_one_format_may_be_asked_for(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert run("birth", "--docx")[0] == 0
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".docx"]
    assert run("late", "--docx", *given({**LATE, "ho_ten": "王小明"}))[0] == 0, (
        "Word has a font for any name"
    )


def test_a_letter_somebody_edited_is_not_written_over(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    run("birth")
    file = tmp_path / "out/chuc-mung-khai-sinh.docx"
    file.write_bytes(b"edited")
    code, text = run("birth")
    assert code == 2 and "--replace" in text and file.read_bytes() == b"edited"
    assert run("birth", "--replace")[0] == 0 and file.read_bytes() != b"edited"


def test_values_in_a_file_have_places_and_the_command_line_the_last_word(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "thu.yml"
    lines = [f'{key}: "{value}"' for key, value in LATE.items()]
    file.write_text("\n".join([*lines[:5], 'ly_do: "  "', *lines[6:], ""]), "utf-8")
    code, text = run("late", "--from", str(file))
    assert code == 1 and f"{file}:6:8: lỗi P108" in text and not (tmp_path / "out").exists()
    assert run("late", "--from", str(file), "--set", "ly_do=sổ cũ")[0] == 0
    file.write_text("ho_ten: [a]\nho_ten: b\n", "utf-8")
    code, text = run("late", "--from", str(file))
    assert code == 1 and f"{file}:2:1: lỗi Y002" in text and f"{file}:1:9: lỗi P116" in text
    code, text = run("late", "--from", str(tmp_path / "none.yml"))
    assert code == 1 and "Y015" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lat",), "có phải là late?"),
        (("xyz",), "--list"),
        (("late", "--set", "ly_do"), "KHÓA=GIÁ_TRỊ"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(
    run: Callable[..., tuple[int, str]], tmp_path: Path, arguments: Sequence[str], words: str
) -> None:
    code, text = run(*arguments)
    assert code == 2 and words in text and not (tmp_path / "out").exists()


def test_a_full_disk_leaves_no_half_written_letter(
    run: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run("birth")[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    real = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.parent == out:
            raise OSError(28, "No space left on device", str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    code, text = run("late", *given(LATE))
    assert code == 2 and "niemyet letter: No space left on device: " in text
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


# The print room


def test_every_letter_is_a_sheet_for_the_press_and_for_word() -> None:
    for lang in ("vi", "en"):
        words = Words(desk().catalogue, lang)
        sheets = list(letter_sheets(words, TODAY))
        folder = "mau-thu" if lang == "vi" else "en/mau-thu"
        assert [sheet.id.rpartition("/")[0] for sheet in sheets] == [folder] * 6
        assert {sheet.kind for sheet in sheets} == {"letter"}
        assert [sheet.version for sheet in sheets] == [
            sheet.version for sheet in letter_sheets(words, TODAY)
        ]
        assert len({sheet.version for sheet in sheets}) == 6
        assert press().make(sheets[0].kind, sheets[0].data).pages == 1
        assert [written.id for written in blank_letters(words, TODAY)] == [
            sheet.id.rpartition("/")[2] for sheet in sheets
        ]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_a_letter_fill_it(command: str) -> None:
    assert said(examples(command), command) == []
