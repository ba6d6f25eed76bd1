"""Forms on paper and on a screen: valid, complete, in their place, and found again by a program
that sees only a picture."""

from __future__ import annotations

import ctypes
import dataclasses
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import page as validator
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageDraw
from shipped import PROJECT, TODAY

from niemyet.model.base import Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.forms_and_letters import Form, FormQuestion, FormSection
from niemyet.paper.form_sheets import CORNERS, LostMark, reader_map, sheets
from niemyet.paper.line_breaks import with_breaks
from niemyet.paper.pdf_forms import LostBox, finish_form, make_fillable
from niemyet.paper.sheet import PressError, Sheet
from niemyet.paper.typst import Press, Pressed
from niemyet.publish.project import load_project
from niemyet.view.words import Words

DPI = 150
PX = DPI / 25.4
PROFILES = (validator.ValidationProfile.PDF_A_2A, validator.ValidationProfile.PDF_UA_1)
FORMS = [(lang, form) for lang in ("vi", "en") for form in ("phieu-khao-sat", "phieu-gop-y")]
SURVEY = "phieu-khao-sat"
LONG = (
    "Cán bộ ở quầy có hướng dẫn "
    + "đầy đủ rõ ràng dễ hiểu " * 7
    + "để ông (bà) chỉ đi một lần không"
)
MARKUP = "<b>*x*_#$ `a` @b [c] \\d ~e -- f=g // h"


@pytest.fixture(scope="module")
def forms() -> Catalogue:
    return load_project(PROJECT, TODAY).catalogue


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture(scope="module")
def made(forms: Catalogue, press: Press) -> Callable[[str, str], tuple[Sheet, Pressed]]:
    """A shipped form in a language, pressed once."""
    found = [sheet for lang in ("vi", "en") for sheet in sheets(forms, Words(forms, lang))]
    by_key = {(sheet.lang, sheet.page.split("/")[1]): sheet for sheet in found}
    pressed: dict[tuple[str, str], tuple[Sheet, Pressed]] = {}

    def make(lang: str, form: str) -> tuple[Sheet, Pressed]:
        key = (lang, form)
        if key not in pressed:
            pressed[key] = (by_key[key], press.make("form", by_key[key].data, marks=True))
        return pressed[key]

    return make


@pytest.fixture
def press_form(forms: Catalogue, press: Press) -> Callable[[Form], tuple[Sheet, Pressed]]:
    """Any form, in Vietnamese."""

    def make(form: Form) -> tuple[Sheet, Pressed]:
        other = dataclasses.replace(forms, forms={form.id: form})
        (sheet,) = sheets(other, Words(other, "vi"))
        return sheet, press.make("form", sheet.data, marks=True)

    return make


def text(words: str) -> Text:
    return Text({"vi": words, "en": words})


class Maker:
    """Makes forms out of the shipped one."""

    def __init__(self, base: Form) -> None:
        self.base = base

    def question(
        self, id: str, kind: str = "scale", words: str = "Thái độ phục vụ", **values: Any
    ) -> FormQuestion:
        options = tuple(text(option) for option in values.pop("options", ()))
        help = values.pop("help", "")
        plain = {
            "scale": "ba-muc" if kind == "scale" else "",
            "lines": 2,
            "is_optional": False,
            **values,
        }
        return FormQuestion(
            origin=self.base.origin,
            id=id,
            text=text(words),
            type=kind,
            options=options,
            help=text(help) if help else None,
            **plain,
        )

    def form(self, *sections: tuple[str, Sequence[FormQuestion]], **values: Any) -> Form:
        own = tuple(
            FormSection(title=text(title), questions=tuple(questions))
            for title, questions in sections
        )
        return dataclasses.replace(self.base, sections=own, **values)


@pytest.fixture
def maker(forms: Catalogue) -> Maker:
    return Maker(forms.forms[SURVEY])


def faults(pdf: bytes) -> list[str]:
    """What an independent validator finds wrong, by the archival and the accessible standard."""
    reports = [validator.validate_pdf_bytes(pdf, profile=profile) for profile in PROFILES]
    found = [
        f"{report.profile}: {failure.rule_id} {failure.message}"
        for report in reports
        for failure in report.failures
    ]
    assert found or all(report.is_compliant for report in reports)
    return found


def squeezed(words: str) -> str:
    """Letters without blanks; a line of text may break anywhere between words."""
    return re.sub(r"[\s\u00ad\u200b\ufffe]", "", unicodedata.normalize("NFC", words))


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return squeezed("".join(page.get_textpage().get_text_range() for page in document))


def letters(pdf: bytes) -> Iterable[tuple[int, str, float, tuple[float, float, float, float]]]:
    """Every printed letter: page, letter, size in points, and its box in millimetres from the upper
    left."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        height = page.get_height()
        text_page = page.get_textpage()
        for index in range(text_page.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text_page.raw, index))
            if letter.isspace():
                continue
            left, bottom, right, top = text_page.get_charbox(index)
            size = pdfium.FPDFText_GetFontSize(text_page.raw, index)
            matrix = pdfium.FS_MATRIX()
            assert pdfium.FPDFText_GetMatrix(text_page.raw, index, ctypes.byref(matrix))
            yield (
                number,
                letter,
                size * abs(matrix.d),
                tuple(v * 25.4 / 72 for v in (left, height - top, right, height - bottom)),
            )


def pictures(pdf: bytes) -> list[Image.Image]:
    return [
        page.render(scale=DPI / 72, may_draw_forms=False).to_pil().convert("L")
        for page in pypdfium2.PdfDocument(pdf)
    ]


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [
            s
            for key, part in value.items()
            if key not in ("id", "kind", "icons")
            for s in strings(part)
        ]
    return [s for part in value for s in strings(part)] if isinstance(value, list) else []


def overlapping(marks: Sequence[Any]) -> list[tuple[Any, Any]]:
    def meet(a: Any, b: Any) -> bool:
        beside = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
        above = a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
        return a["page"] == b["page"] and not beside and not above

    return [(a, b) for i, a in enumerate(marks) for b in marks[i + 1 :] if meet(a, b)]


def check_sheet(sheet: Sheet, pressed: Pressed) -> None:
    """What must be true of every form, however long."""
    filled = make_fillable(pressed.pdf, pressed.marks)
    assert faults(pressed.pdf) == []
    assert faults(filled) == []
    printed = words_of(filled)
    content = {
        key: sheet.data[key]
        for key in ("title", "intro", "sections", "return_to", "privacy", "sample")
    }
    assert [words for words in strings(content) if squeezed(words) not in printed] == []
    version = squeezed(f"{sheet.data['t']['print_version']} {sheet.data['version_label']}")
    small = ""
    for number, letter, size, (left, top, right, bottom) in letters(filled):
        assert left >= 5 and right <= 205 and top >= 5 and bottom <= 292, (
            f"{letter} at the edge of page {number}"
        )
        if size < 10.95:
            assert size > 8.95
            small += letter
    assert re.fullmatch(
        rf"(?:(?:(?:Trang|Page)\d/\d·)?{re.escape(version)}){{{pressed.pages}}}", small
    )
    found = json.loads(reader_map(sheet, pressed.marks, pressed.pages))
    assert overlapping(found["marks"] + found["corners"]) == []
    assert all(mark["x"] >= 18 and mark["x"] + mark["w"] <= 192.1 for mark in found["marks"])
    rows: dict[str, set[int]] = {}
    for mark in found["marks"]:
        rows.setdefault(mark["question"], set()).add(mark["page"])
    assert all(len(pages) == 1 for pages in rows.values()), "a question is split between pages"
    assert {mark["page"] for mark in found["marks"]} <= set(range(1, pressed.pages + 1))
    no_letter_in_a_box(filled, found["marks"])


def no_letter_in_a_box(pdf: bytes, marks: Sequence[Any]) -> None:
    boxes = [mark for mark in marks if mark["kind"] == "box"]
    for number, letter, _, (left, top, right, bottom) in letters(pdf):
        x, y = (left + right) / 2, (top + bottom) / 2
        inside = [
            b
            for b in boxes
            if b["page"] == number and b["x"] < x < b["x"] + b["w"] and b["y"] < y < b["y"] + b["h"]
        ]
        assert not inside, f"{letter} is printed in a box of {inside[0]['question']}"


# The shipped forms


@pytest.mark.parametrize(("lang", "form"), FORMS)
def test_a_form_is_valid_complete_and_legible(
    made: Callable[..., Any], lang: str, form: str
) -> None:
    sheet, pressed = made(lang, form)
    assert pressed.pages == 1, "the shipped forms are one sheet of paper"
    check_sheet(sheet, pressed)


@pytest.mark.parametrize(("lang", "form"), FORMS)
def test_the_same_form_is_the_same_bytes(made: Callable[..., Any], lang: str, form: str) -> None:
    sheet, pressed = made(lang, form)
    again = Press().make("form", sheet.data, marks=True)
    assert again == pressed
    assert make_fillable(again.pdf, again.marks) == make_fillable(pressed.pdf, pressed.marks)
    assert reader_map(sheet, again.marks, again.pages) == reader_map(
        sheet, pressed.marks, pressed.pages
    )


def test_languages_and_changes_give_other_versions(
    made: Callable[..., Any], forms: Catalogue
) -> None:
    vi, en = made("vi", SURVEY)[0], made("en", SURVEY)[0]
    assert (vi.id, en.id) == (f"phieu/{SURVEY}", f"en/phieu/{SURVEY}")
    assert vi.page == en.page == f"phieu/{SURVEY}/"
    changed = dataclasses.replace(forms.forms[SURVEY], return_to=text("Nộp tại quầy 1."))
    other = dataclasses.replace(forms, forms={SURVEY: changed})
    (new,) = sheets(other, Words(other, "vi"))
    assert len({vi.version, en.version, new.version}) == 3
    firsts = {sheet.data["corners"][0]["TL"]["text"][:6] for sheet in (vi, en, new)}
    assert len(firsts) == 3, "a reader must tell them apart"


def test_a_form_that_lacks_a_translation_is_left_out_in_that_language(forms: Catalogue) -> None:
    changed = dataclasses.replace(forms.forms[SURVEY], return_to=Text({"vi": "Nộp tại quầy 1."}))
    other = dataclasses.replace(forms, forms={SURVEY: changed})
    assert len(list(sheets(other, Words(other, "vi")))) == 1
    assert list(sheets(other, Words(other, "en"))) == []


def test_fonts_are_embedded_and_ours(made: Callable[..., Any]) -> None:
    _, pressed = made("vi", SURVEY)
    with pikepdf.open(io.BytesIO(pressed.pdf)) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        fonts = [thing for thing in things if thing.get("/Type") == pikepdf.Name.FontDescriptor]
        assert fonts
        assert all("BeVietnamPro" in str(font.FontName) for font in fonts)
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_a_scale_has_header_cells_and_answers_are_lists(made: Callable[..., Any]) -> None:
    _, pressed = made("vi", SURVEY)
    with pikepdf.open(io.BytesIO(make_fillable(pressed.pdf, pressed.marks))) as document:
        kinds = [(str(element.S), element) for element in structure(document.Root.StructTreeRoot)]
    names = [name for name, _ in kinds]
    assert names.count("/H1") == 1
    assert names.count("/H2") == 4
    assert names.count("/TH") == 4
    assert names.count("/L") == 5
    assert names.count("/LI") == 5 + 4 + 4 + 3 + 3
    assert names.count("/Form") == 19 + 12
    assert names.count("/Figure") == 1, "the code that leads to the page"


def structure(element: Any) -> Iterable[Any]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


# Found again by a program


@pytest.mark.parametrize(("lang", "form"), FORMS)
def test_a_program_finds_corners_and_boxes_in_a_picture(
    made: Callable[..., Any], lang: str, form: str
) -> None:
    sheet, pressed = made(lang, form)
    found = json.loads(reader_map(sheet, pressed.marks, pressed.pages))
    check_positions(found, pictures(make_fillable(pressed.pdf, pressed.marks)))


def check_positions(found: Any, pages: Sequence[Image.Image]) -> None:
    for number, picture in enumerate(pages, 1):
        read = {
            code.text: code.position
            for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        }
        for corner in (c for c in found["corners"] if c["page"] == number):
            at = read[corner["text"]]
            assert (
                abs(at.top_left.x / PX - corner["x"]) < 0.6
                and abs(at.top_left.y / PX - corner["y"]) < 0.6
            )
            assert abs(at.bottom_right.x / PX - corner["x"] - corner["w"]) < 0.6
        for box in (
            mark for mark in found["marks"] if mark["page"] == number and mark["kind"] == "box"
        ):
            assert frame_share(picture, box) > 0.9, box
            assert ink_share(picture, box) == 0, box
        for line in (
            mark
            for mark in found["marks"]
            if mark["page"] == number and mark["kind"] in ("field", "lines")
        ):
            assert line["h"] % 9 == 0, "lines are 9 mm apart"
            for y in range(9, round(line["h"]) + 1, 9):
                strip = crop(picture, line["x"], line["y"] + y - 0.5, line["w"], 1.0)
                dots = [
                    strip.crop((x, 0, x + 1, strip.height)).getextrema()[0] < 200
                    for x in range(strip.width)
                ]
                assert sum(dots) > 0.2 * len(dots), line


def crop(paper: Image.Image, x: float, y: float, w: float, h: float) -> Image.Image:
    """A part of a picture, by millimetres."""
    return paper.crop((int(x * PX), int(y * PX), int((x + w) * PX), int((y + h) * PX)))


def frame_share(paper: Image.Image, box: Any) -> float:
    """How much of the outline of a box, at the place the map gives, is dark."""
    hits = []
    for step in range(40):
        t = 0.15 + 0.7 * step / 39
        for x, y in ((t, 0), (t, 1), (0, t), (1, t)):
            px, py = int((box["x"] + x * box["w"]) * PX), int((box["y"] + y * box["h"]) * PX)
            hits.append(paper.crop((px - 1, py - 1, px + 2, py + 2)).getextrema()[0] < 128)
    return sum(hits) / len(hits)


def ink_share(paper: Image.Image, box: Any) -> float:
    """How much of the inside of a box is dark."""
    counts = crop(paper, box["x"] + 0.8, box["y"] + 0.8, box["w"] - 1.6, box["h"] - 1.6).histogram()
    return sum(counts[:200]) / sum(counts)


def test_a_tick_is_seen_in_its_box_and_in_no_other(made: Callable[..., Any]) -> None:
    sheet, pressed = made("vi", SURVEY)
    boxes = [
        mark
        for mark in json.loads(reader_map(sheet, pressed.marks, pressed.pages))["marks"]
        if mark["kind"] == "box"
    ]
    (picture,) = pictures(pressed.pdf)
    for ticked in boxes[::3]:
        paper = picture.copy()
        x, y, w, h = (ticked[key] * PX for key in ("x", "y", "w", "h"))
        ImageDraw.Draw(paper).line(
            [(x + w * 0.2, y + h * 0.5), (x + w * 0.45, y + h * 0.8), (x + w * 0.9, y + h * 0.1)],
            fill=40,
            width=3,
        )
        seen = [box for box in boxes if ink_share(paper, box) > 0.05]
        assert seen == [ticked]


def test_the_map_says_which_form_it_is(made: Callable[..., Any]) -> None:
    sheet, pressed = made("vi", SURVEY)
    found = json.loads(reader_map(sheet, pressed.marks, pressed.pages))
    assert (found["form"], found["lang"], found["version"], found["page_size"]) == (
        SURVEY,
        "vi",
        sheet.version,
        [210, 297],
    )
    assert [corner["corner"] for corner in found["corners"]] == list(CORNERS)
    assert all(
        re.fullmatch(r"KS[0-9A-Z]{4}P1(TL|TR|BL|BR)", corner["text"]) for corner in found["corners"]
    )
    assert found["corners"][0]["text"][2:6] == sheet.data["version_label"][-4:], (
        "people and programs read the same letters"
    )
    first = found["marks"][0]
    assert (first["question"], first["kind"], first["option"], first["h"]) == (
        "thu-tuc",
        "field",
        None,
        9,
    )
    questions = list(dict.fromkeys(mark["question"] for mark in found["marks"]))
    assert questions[1:4] == ["quay", "so-lan", "trach-nhiem"]


def test_a_map_without_a_box_is_refused(made: Callable[..., Any]) -> None:
    sheet, pressed = made("vi", SURVEY)
    for wrong in (pressed.marks[:-1], [*pressed.marks, pressed.marks[-1]]):
        with pytest.raises(LostMark, match=SURVEY):
            reader_map(sheet, wrong, pressed.pages)


# Ticked on a screen


def test_fields_are_groups_and_boxes_with_names_in_words(made: Callable[..., Any]) -> None:
    for lang, name in (("vi", "Thái độ phục vụ: Hài lòng"), ("en", "Attitude: Satisfied")):
        _, pressed = made(lang, SURVEY)
        with pikepdf.open(io.BytesIO(make_fillable(pressed.pdf, pressed.marks))) as document:
            fields = {str(field.T): field for field in document.Root.AcroForm.Fields}
            attitude = fields["thai-do"]
            assert len(attitude.Kids) == 3 and int(attitude.get("/Ff", 0)) == 0
            assert str(attitude.Kids[0].TU) == name
            assert [sorted(kid.AP.N.keys()) for kid in attitude.Kids] == [
                ["/1", "/Off"],
                ["/2", "/Off"],
                ["/3", "/Off"],
            ]
            assert {str(field.FT) for field in fields.values()} == {"/Btn"}, (
                "text cannot be typed: decision 0017"
            )
            widgets = list(document.pages[0].Annots)
            assert all(widget.P.objgen == document.pages[0].obj.objgen for widget in widgets)
            tree = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
            assert all(
                tree[int(widget.StructParent)].K.Obj.objgen == widget.objgen for widget in widgets
            )


def test_several_answers_are_boxes_of_their_own(made: Callable[..., Any]) -> None:
    _, pressed = made("vi", "phieu-gop-y")
    with pikepdf.open(io.BytesIO(make_fillable(pressed.pdf, pressed.marks))) as document:
        fields = {str(field.T): field for field in document.Root.AcroForm.Fields}
    assert [name for name in fields if name.startswith("chu-de")] == [
        f"chu-de-{n}" for n in range(1, 9)
    ]
    assert set(fields) - {f"chu-de-{n}" for n in range(1, 9)} == {"muon-tra-loi"}


def test_fields_lie_on_the_printed_boxes(made: Callable[..., Any]) -> None:
    _, pressed = made("vi", SURVEY)
    boxes = [mark for mark in pressed.marks if mark["kind"] == "box"]
    with pikepdf.open(io.BytesIO(make_fillable(pressed.pdf, pressed.marks))) as document:
        height = float(document.pages[0].mediabox[3])
        for mark, widget in zip(boxes, document.pages[0].Annots, strict=True):
            left, bottom, right, top = (float(value) / 72 * 25.4 for value in widget.Rect)
            assert (left, height / 72 * 25.4 - top) == pytest.approx(
                (mark["x"], mark["y"]), abs=0.02
            )
            assert (right - left, top - bottom) == pytest.approx((mark["w"], mark["h"]), abs=0.02)


def test_a_browser_engine_ticks_unticks_and_draws_a_box(made: Callable[..., Any]) -> None:
    _, pressed = made("vi", SURVEY)
    boxes = [mark for mark in pressed.marks if mark["question"] == "thai-do"]
    document = pypdfium2.PdfDocument(make_fillable(pressed.pdf, pressed.marks))
    document.init_forms()
    page = document[0]

    def click(mark: Any) -> list[bool]:
        x, y = (
            (mark["x"] + mark["w"] / 2) * 72 / 25.4,
            page.get_height() - (mark["y"] + mark["h"] / 2) * 72 / 25.4,
        )
        for action in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
            action(document.formenv.raw, page.raw, 0, x, y)
        pdfium.FORM_ForceToKillFocus(document.formenv.raw)
        paper = page.render(scale=DPI / 72, draw_annots=True).to_pil().convert("L")
        return [ink_share(paper, box) > 0.05 for box in boxes]

    assert click(boxes[0]) == [True, False, False]
    assert click(boxes[2]) == [False, False, True]
    assert click(boxes[2]) == [False, False, False]


def test_a_box_the_pdf_does_not_have_is_refused(made: Callable[..., Any]) -> None:
    _, pressed = made("vi", SURVEY)
    box = next(mark for mark in pressed.marks if mark["kind"] == "box")
    with pytest.raises(LostBox, match="Ma"):
        make_fillable(pressed.pdf, [{**box, "text": "Ma"}])


def test_no_stream_ends_in_a_doubtful_byte(made: Callable[..., Any]) -> None:
    for lang, form in FORMS:
        _, pressed = made(lang, form)
        assert b"\r\nendstream" not in make_fillable(pressed.pdf, pressed.marks)


def test_places_to_break_stay_out_of_names_and_maps(
    maker: Maker, press: Press, forms: Catalogue
) -> None:
    address = "https://mot-cua.phuong-hoa-sen.example/gop-y"
    id = "mot-cau-hoi-rat-dai-va-ro"
    form = maker.form(
        ("Phần", [maker.question(id, "multi", words=f"Xem {address}", options=[address, "Có"])])
    )
    other = dataclasses.replace(forms, forms={form.id: form})
    (sheet,) = sheets(other, Words(other, "vi"))
    pressed = press.make("form", with_breaks(dict(sheet.data)), marks=True)
    pdf, beside = finish_form(sheet, pressed)
    found = json.loads(beside["json"])
    assert "\u200b" not in beside["json"].decode()
    assert (found["marks"][0]["question"], found["marks"][0]["label"]) == (id, address)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (first, _) = document.Root.AcroForm.Fields
        assert (str(first.T), str(first.TU)) == (f"{id}-1", f"Xem {address}: {address}")
    assert faults(pdf) == []


# Other data


def test_another_scale_is_one_word_in_the_data(
    forms: Catalogue, press_form: Callable[..., Any]
) -> None:
    base = forms.forms[SURVEY]
    five = [
        tuple(dataclasses.replace(q, scale="nam-muc" if q.scale else "") for q in s.questions)
        for s in base.sections
    ]
    sections = tuple(
        dataclasses.replace(s, questions=questions)
        for s, questions in zip(base.sections, five, strict=True)
    )
    sheet, pressed = press_form(dataclasses.replace(base, sections=sections))
    check_sheet(sheet, pressed)
    row = [mark for mark in pressed.marks if mark["question"] == "thai-do"]
    assert [mark["label"] for mark in row] == [
        "Rất hài lòng",
        "Hài lòng",
        "Bình thường",
        "Không hài lòng",
        "Rất không hài lòng",
    ]
    assert len({round(mark["y"], 2) for mark in row}) == 1


def test_a_long_form_goes_on_over_pages_each_with_its_own_codes(
    maker: Maker, press_form: Callable[..., Any]
) -> None:
    scales = [
        maker.question(f"muc-{n}", scale="nam-muc", help=LONG if n % 5 == 0 else "")
        for n in range(24)
    ]
    nine = [
        maker.question(
            f"chon-{n}", "choice", options=[f"Lựa chọn khá dài số {i}" for i in range(9)]
        )
        for n in range(5)
    ]
    rest = [
        maker.question("viet", "lines", lines=20),
        maker.question("dien", "field", words=LONG, help=LONG, is_optional=True),
        maker.question("nhieu", "multi", words=LONG, options=[f"{n} {LONG}" for n in range(9)]),
    ]
    form = maker.form(("Phục vụ", scales), ("Chọn", nine), ("Viết", rest), title=text(LONG))
    sheet, pressed = press_form(form)
    assert pressed.pages > 3
    check_sheet(sheet, pressed)
    found = json.loads(reader_map(sheet, pressed.marks, pressed.pages))
    assert len({corner["text"] for corner in found["corners"]}) == 4 * pressed.pages
    check_positions(found, pictures(pressed.pdf))
    document = pypdfium2.PdfDocument(pressed.pdf)
    for number, page in enumerate(document, 1):
        printed = squeezed(page.get_textpage().get_text_range())
        assert f"Trang{number}/{pressed.pages}" in printed
        assert squeezed(sheet.data["sample"]) in printed


def test_a_scale_too_wide_for_a_table_is_asked_row_by_row(
    maker: Maker, press_form: Callable[..., Any]
) -> None:
    ten = tuple(text(f"Mức {n}") for n in range(1, 11))
    questions = [maker.question(id, scale="muoi") for id in ("a", "b")]
    sheet, pressed = press_form(maker.form(("Điểm", questions), scales={"muoi": ten}))
    check_sheet(sheet, pressed)
    assert len(pressed.marks) == 20


def test_markup_in_words_prints_as_it_is(maker: Maker, press_form: Callable[..., Any]) -> None:
    questions = [
        maker.question("a", words=MARKUP, help=MARKUP),
        maker.question("b", "choice", words=MARKUP, options=[MARKUP, "- 1. x", "= y"]),
        maker.question("c", "field", words=MARKUP),
    ]
    sheet, pressed = press_form(
        maker.form(
            (f"1. {MARKUP}", questions), title=text(f"= {MARKUP}"), intro=text(f"- {MARKUP}")
        )
    )
    check_sheet(sheet, pressed)


def test_same_words_twice_keep_their_order(maker: Maker, press_form: Callable[..., Any]) -> None:
    questions = [
        maker.question(id, "choice", words="Có không?", options=["Có", "Không"])
        for id in ("mot", "hai")
    ]
    sheet, pressed = press_form(maker.form(("Phần", questions)))
    check_sheet(sheet, pressed)


def test_a_word_too_long_for_its_place_is_refused_with_the_word(
    maker: Maker, press_form: Callable[..., Any]
) -> None:
    word = "Thật" + "dài" * 60
    for form in (
        maker.form(("Phần", [maker.question("a", words=word)])),
        maker.form(("Phần", [maker.question("a", "choice", words=word, options=["x"])])),
        maker.form(("Phần", [maker.question("a", "multi", options=[word, "x"])])),
        maker.form(("Phần", [maker.question("a", "field", words=word)])),
        maker.form((word, [maker.question("a")])),
        maker.form(("Phần", [maker.question("a")]), title=text(word)),
        maker.form(("Phần", [maker.question("a")]), intro=text(word)),
        maker.form(("Phần", [maker.question("a")]), return_to=text(word)),
    ):
        with pytest.raises(PressError, match=f"^WORD: {word}$"):
            press_form(form)


@pytest.mark.parametrize("kind", ["scale", "choice", "multi", "field", "lines"])
def test_a_word_of_thirty_letters_stays_in_its_column(
    maker: Maker, press_form: Callable[..., Any], kind: str
) -> None:
    word = "Nghiêngnghiêngnghiêngnghiêngng"
    assert len(word) == 30
    options = [word, "Có"] if kind in ("choice", "multi") else []
    sheet, pressed = press_form(
        maker.form(
            (word, [maker.question("a", kind, words=word, options=options, help=word)]),
            title=text(word),
        )
    )
    check_sheet(sheet, pressed)


def test_a_long_word_in_a_scale_makes_its_table_give_way(
    maker: Maker, press_form: Callable[..., Any]
) -> None:
    word = "Nghiêngnghiêngnghiêngnghiêngng"
    scales = {"la": (text(word), text("Có"), text("Không"), text("Không biết"))}
    sheet, pressed = press_form(
        maker.form(("Phần", [maker.question("a", scale="la")]), scales=scales)
    )
    check_sheet(sheet, pressed)


def test_what_no_page_can_hold_is_refused(maker: Maker, press_form: Callable[..., Any]) -> None:
    with pytest.raises(PressError, match=r"^TALL: Chọn"):
        press_form(
            maker.form(("Phần", [maker.question("a", "choice", words="Chọn", options=[LONG] * 20)]))
        )
    with pytest.raises(PressError, match=r"^PAGES: "):
        press_form(
            maker.form(("Phần", [maker.question(f"a{n}", "lines", lines=20) for n in range(10)]))
        )


def test_a_real_office_prints_no_sample_notice(forms: Catalogue, press: Press) -> None:
    other = dataclasses.replace(forms, office=dataclasses.replace(forms.office, is_sample=False))
    for sheet in sheets(other, Words(other, "vi")):
        pressed = press.make("form", sheet.data, marks=True)
        assert squeezed("đơn vị hư cấu") not in words_of(pressed.pdf)
        check_sheet(sheet, pressed)
