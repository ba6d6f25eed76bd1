"""What hangs on walls and stands on counters: whole, readable from its distance, in its place, with
codes that lead home."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdf_reading import (
    bare,
    codes_in,
    faults,
    outside,
    overlaps,
    pictures,
    sizes_in,
    squeezed,
    strings_in,
    structure_of,
    text_of,
)
from shipped import PROJECT, TODAY

from niemyet.model.base import Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.posters import PrintedSheet
from niemyet.paper import fee_sheets, list_sheets, wall_sheet
from niemyet.paper.all_sheets import wall_sheets
from niemyet.paper.line_breaks import with_breaks
from niemyet.paper.posters import for_wall, reprints
from niemyet.paper.sheet import Sheet
from niemyet.paper.typst import Press, Pressed
from niemyet.publish.project import load_project
from niemyet.values.sheet_version import DAY_LETTERS, version_of
from niemyet.view.facts import describe_fee
from niemyet.view.pages import PRINTED, name_of
from niemyet.view.words import Words
from niemyet.web import office_pages
from niemyet.web.renderer import Renderer

WALL_ROWS, WALL_AMOUNTS, WALL_TITLES = 26, 38, 72
A3_BODY, A3_NOTES = 16, 13
NOTES = {"a1": WALL_ROWS, "a3": A3_NOTES, "a4": 11}
PAGES = {"bang-phi/a1": 3, "bang-phi/a3": 4, "danh-muc/ho-tich": 2}
"""Sheets that need more than one page with the shipped data."""
LONG = " ".join(["Cấp", "giấy", "chứng", "nhận", "quyền", "sở", "hữu", "nhà", "ở"] * 5)
assert len(LONG.split()) == 45

Made = Callable[..., tuple[Sheet, Pressed]]


def sheets_on_walls(catalogue: Catalogue, words: Words) -> list[Sheet]:
    """The wall sheets and the lists of procedures."""
    return [*wall_sheets(catalogue, words), *list_sheets.sheets(catalogue, words)]


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_project(PROJECT, TODAY).catalogue


@pytest.fixture(scope="module")
def words(shipped: Catalogue) -> Words:
    return Words(shipped, "vi")


@pytest.fixture(scope="module")
def sheets(shipped: Catalogue) -> dict[str, Sheet]:
    return {
        sheet.id: sheet
        for lang in shipped.languages
        for sheet in sheets_on_walls(shipped, Words(shipped, lang))
    }


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture(scope="module")
def made(press: Press, sheets: dict[str, Sheet]) -> Made:
    """A shipped sheet with full or low ink, pressed once."""
    pressed: dict[tuple[str, str], Pressed] = {}

    def make(id: str, ink: str = "full") -> tuple[Sheet, Pressed]:
        if (id, ink) not in pressed:
            pressed[id, ink] = press.make(
                sheets[id].kind, with_breaks({**sheets[id].data, "ink": ink})
            )
        return sheets[id], pressed[id, ink]

    return make


def ids() -> list[str]:
    """The sheets of the first language, so that each is a test of its own."""
    catalogue = load_project(PROJECT, TODAY).catalogue
    return [sheet.id for sheet in sheets_on_walls(catalogue, Words(catalogue, "vi"))]


IDS = ids()


def check_whole(sheet: Sheet, pdf: bytes) -> None:
    """Every text is there; none is too small, over another or where no printer reaches."""
    text = text_of(pdf).casefold()
    lost = [
        value
        for value in strings_in(without_marks(sheet.data))
        if squeezed(value).casefold() not in text
    ]
    assert not lost, (sheet.id, lost[:3])
    assert not outside(pdf), sheet.id
    assert not overlaps(pdf), sheet.id
    small = sorted({size for size, _ in sizes_in(pdf) if size < NOTES[sheet.paper] - 0.01})
    assert not small, (sheet.id, small)


def without_marks(data: Any) -> dict[str, Any]:
    """The data of a sheet without what is not printed as it stands: the word for free, the title of
    a sign of many parts."""
    return {
        key: value
        for key, value in data.items()
        if key != "free" and not (key == "title" and "number" in data)
    }


@functools.lru_cache(maxsize=16)
def letters_of(pdf: bytes) -> list[tuple[float, str]]:
    return [(size, letter) for size, letter in sizes_in(pdf) if bare(letter)]


def size_of(pdf: bytes, text: str) -> float:
    """The smallest letter of a text, where it stands largest; 0 when it is not there."""
    sizes = letters_of(pdf)
    drawn, wanted = "".join(letter for _, letter in sizes), bare(text)
    found, at = 0.0, drawn.find(wanted)
    while at >= 0:
        found = max(found, min(size for size, _ in sizes[at : at + len(wanted)]))
        at = drawn.find(wanted, at + 1)
    return found


@pytest.mark.parametrize("id", IDS)
def test_a_sheet_is_whole_with_much_ink_and_with_little(id: str, made: Made) -> None:
    texts = set()
    for ink in ("full", "low"):
        sheet, pressed = made(id, ink)
        assert not faults(pressed.pdf)
        check_whole(sheet, pressed.pdf)
        assert pressed.pages == PAGES.get(id, 1)
        texts.add(text_of(pressed.pdf))
    assert len(texts) == 1


def test_the_sheets_of_other_languages_are_whole(sheets: dict[str, Sheet], made: Made) -> None:
    others = [id for id in sheets if id.startswith("en/")]
    assert {id.removeprefix("en/") for id in others} <= set(IDS)
    assert len(others) > 20
    for id in others:
        sheet, pressed = made(id)
        check_whole(sheet, pressed.pdf)


@pytest.mark.parametrize("id", IDS)
def test_low_ink_has_no_dark_fields(id: str, made: Made) -> None:
    """A code is dark by half; nothing else may need as much ink."""
    _, pressed = made(id, "low")
    for grey in pictures(pressed.pdf, 18):
        dark = sum(grey.histogram()[:128])
        assert dark < 0.16 * grey.width * grey.height, (id, dark)


def test_the_structure_is_that_of_a_document(made: Made, sheets: dict[str, Sheet]) -> None:
    for id in IDS:
        _, pressed = made(id)
        counts = structure_of(pressed.pdf)
        assert counts["H1"] == 1 if "H1" in counts else counts["/H1"] == 1, id
        content = sheets[id].data
        if sheets[id].kind in ("fees", "contacts"):
            assert counts["/TH"] == 3 + len(content["groups"]), id
        if sheets[id].kind in ("process", "list"):
            assert counts["/LI"] == len(
                content["steps" if sheets[id].kind == "process" else "procedures"]
            ), id
        if sheets[id].kind == "standards":
            assert counts["/LI"] == sum(len(standard["items"]) for standard in content["standards"])
            assert counts["/H2"] == len(content["standards"])
        if sheets[id].kind == "hours":
            assert counts["/TH"] == 2 + 2 + 3


@pytest.mark.parametrize("id", [id for id in IDS if id.endswith("/a1")])
def test_a_wall_is_read_at_two_metres(id: str, made: Made) -> None:
    sheet, pressed = made(id)
    assert size_of(pressed.pdf, sheet.title) >= WALL_TITLES
    assert size_of(pressed.pdf, sheet.data["office"]["hotline"]) >= WALL_AMOUNTS


def test_amounts_and_phones_on_a_wall_are_larger_than_their_rows(made: Made) -> None:
    sheet, pressed = made("bang-phi/a1")
    amounts = {
        one["value"].partition("/")[0]
        for group in sheet.data["groups"]
        for row in group["rows"]
        for one in row["amounts"]
    }
    assert len(amounts) > 8
    assert {
        amount: size for amount in amounts if (size := size_of(pressed.pdf, amount)) < WALL_AMOUNTS
    } == {}
    sheet, pressed = made("duong-day-nong/a1")
    phones = [row["phone"] for group in sheet.data["groups"] for row in group["rows"]]
    assert len(phones) > 8
    assert {
        phone: size for phone in phones if (size := size_of(pressed.pdf, phone)) < WALL_AMOUNTS
    } == {}


def test_names_on_a_counter_are_read_at_one_metre(made: Made) -> None:
    for id, names in (
        (
            "bang-phi/a3",
            lambda data: [row["name"] for group in data["groups"] for row in group["rows"]],
        ),
        (
            "duong-day-nong/a3",
            lambda data: [row["title"] for group in data["groups"] for row in group["rows"]],
        ),
        (
            "quy-trinh/a3",
            lambda data: [step[key] for step in data["steps"] for key in ("name", "text", "who")],
        ),
        (
            "chuan-muc/a3",
            lambda data: [
                item["name"] for standard in data["standards"] for item in standard["items"]
            ],
        ),
        (
            "gio-lam-viec/a3",
            lambda data: [
                data["rule"]["text"],
                *(span for line in data["hours"] for span in line["spans"]),
            ],
        ),
        ("camera/a3", lambda data: [row["text"] for row in data["rows"]]),
        (
            "phan-anh/a3",
            lambda data: [
                text
                for side in data["sides"]
                for text in (side["for"], side["phone"], *side["steps"])
            ],
        ),
        ("danh-muc/ho-tich", lambda data: [item["name"] for item in data["procedures"]]),
    ):
        sheet, pressed = made(id)
        found = names(sheet.data)
        assert found
        assert {
            name: size for name in found if (size := size_of(pressed.pdf, name)) < A3_BODY - 0.01
        } == {}, id


def test_the_number_of_a_counter_is_read_at_ten_metres(made: Made) -> None:
    """Digits are 0.74 em tall; a hundredth of the distance is twice what is comfortable to read."""
    sheet, pressed = made("bien/quay-1")
    largest = max(size for size, letter in sizes_in(pressed.pdf) if letter == sheet.data["number"])
    assert largest * 0.74 * 25.4 / 72 >= 100
    assert size_of(pressed.pdf, sheet.data["name"]) >= 48


def test_amounts_limits_and_phones_are_those_of_the_site(
    shipped: Catalogue, words: Words, made: Made
) -> None:
    table = text_of(made("bang-phi/a1")[1].pdf)
    for fee in shipped.fees.values():
        assert fee.current
        row = describe_fee(words, fee)
        for amount in row.amounts:
            assert squeezed(amount.channel_name + amount.value) in table, fee.id
            assert all(squeezed(detail) in table for detail in amount.details), fee.id
    phones = text_of(made("duong-day-nong/a1")[1].pdf)
    assert all(squeezed(words.phone(hotline)) in phones for hotline in shipped.hotlines.values())
    hours = text_of(made("gio-lam-viec/a3")[1].pdf)
    for days, spans in office_pages.day_spans(words, shipped.office.hours):
        assert squeezed(words.days(days) + "".join(spans)) in hours
    answers = text_of(made("phan-anh/a3")[1].pdf)
    assert squeezed(words.limit(shipped.handlings["thai-do-can-bo"].limit)) in answers


def codes_of(pdf: bytes, dpi: float) -> list[set[str]]:
    """What the codes of each page lead to."""
    return [set(codes_in(picture)) for picture in pictures(pdf, dpi)]


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("dpi", [72, 150])
def test_codes_are_read_from_a_small_picture(id: str, dpi: int, made: Made, words: Words) -> None:
    sheet, pressed = made(id)
    # A sheet of A4 is held nearer: the same number of dots as A3 has.
    found = codes_of(pressed.pdf, dpi * (2**0.5 if sheet.paper == "a4" else 1))
    own = sheet.data["qr"]
    assert own == f"{sheet.data['url']}?v={sheet.version}"
    assert all(own in page for page in found)
    procedures = {f"{words.site_url}q/{item['code']}/" for item in sheet.data.get("procedures", ())}
    assert set().union(*found) - {own} == procedures


def test_codes_lead_to_pages_there_are(
    shipped: Catalogue, words: Words, sheets: dict[str, Sheet]
) -> None:
    known = wall_sheet.short_addresses(shipped)
    for sheet in sheets.values():
        short = sheet.data["url"].removeprefix(words.site_url + "q/").rstrip("/")
        assert known[short] == sheet.page, sheet.id
    pages = {page.path for page in office_pages.pages(Renderer.of(shipped, words.lang))}
    pages |= {"phi-le-phi/", *(f"linh-vuc/{id}/" for id in shipped.sectors)}
    assert set(known.values()) <= pages


def test_a_short_address_leads_to_one_page(shipped: Catalogue) -> None:
    parts = (
        set(map(name_of, PRINTED)),
        {wall_sheet.sector_address(id) for id in shipped.sectors},
        set(shipped.forms),
    )
    assert sum(map(len, parts)) == len(wall_sheet.short_addresses(shipped))


def test_the_same_sheet_is_the_same_bytes(sheets: dict[str, Sheet], made: Made) -> None:
    again = Press()
    for id in ("bang-phi/a1", "danh-muc/ho-tich", "quy-trinh/a3", "bien/quay-1"):
        assert (
            again.make(sheets[id].kind, with_breaks(dict(sheets[id].data))).pdf == made(id)[1].pdf
        )


def test_tomorrow_the_sheets_are_the_same(sheets: dict[str, Sheet]) -> None:
    later = load_project(PROJECT, TODAY, TODAY.replace(day=26)).catalogue
    assert {sheet.id: sheet.version for sheet in sheets_on_walls(later, Words(later, "vi"))} == {
        id: sheets[id].version for id in IDS
    }


def test_another_day_alone_asks_for_no_reprint(
    shipped: Catalogue, sheets: dict[str, Sheet]
) -> None:
    """The day of the data moves whenever a procedure is checked again; what hangs is still true."""
    office_sheet, hung = sheets["gio-lam-viec/a3"], next(iter(shipped.walls.values())).sheets[0]
    earlier = version_of(TODAY.replace(year=2025), ()) + office_sheet.version[DAY_LETTERS:]
    changed = office_sheet.version[:DAY_LETTERS] + "000"
    for version, is_reprinted in ((earlier, False), (office_sheet.version, False), (changed, True)):
        line = PrintedSheet(
            origin=hung.origin,
            sheet=office_sheet.id,
            size="a2",
            copies=1,
            ink="full",
            wall="cua-vao",
            version=version,
            printed=TODAY,
        )
        assert bool(reprints(replace(shipped, printed=(line,)), sheets)) is is_reprinted


@pytest.mark.parametrize("paper", ["a4", "a2", "a0"])
def test_a_sheet_may_be_hung_on_other_paper(
    paper: str, sheets: dict[str, Sheet], press: Press, shipped: Catalogue
) -> None:
    hung = next(iter(shipped.walls.values())).sheets[0]
    for id in ("gio-lam-viec/a3", "bang-phi/a1", "bien/quay-2", "danh-muc/chung-thuc"):
        sheet = for_wall(sheets[id], replace(hung, size=paper), id)
        pdf = press.make(sheet.kind, with_breaks(dict(sheet.data))).pdf
        assert not outside(pdf)
        assert not overlaps(pdf)
        width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
        assert round(min(width, height) * 25.4 / 72) == {"a4": 210, "a2": 420, "a0": 841}[paper]


# Extremes: more and longer than any office has. A new sheet begins; nothing becomes smaller, is cut
# or lies over another.


def many(items: list[dict[str, Any]], number: int, key: str) -> list[dict[str, Any]]:
    return [
        {
            **items[n % len(items)],
            key: f"{LONG} {n}" if n % 3 == 0 else f"{items[n % len(items)][key]} {n}",
        }
        for n in range(number)
    ]


def regrouped(data: Any, number: int, key: str) -> list[dict[str, Any]]:
    rows = many([row for group in data["groups"] for row in group["rows"]], number, key)
    return [
        {**group, "rows": rows[n :: len(data["groups"])]} for n, group in enumerate(data["groups"])
    ]


EXTREMES: dict[str, tuple[Callable[[Any], dict[str, Any]], int]] = {
    "bang-phi/a1": (lambda data: {"groups": regrouped(data, 60, "name")}, 4),
    "bang-phi/a3": (lambda data: {"groups": regrouped(data, 60, "name")}, 4),
    "duong-day-nong/a1": (lambda data: {"groups": regrouped(data, 30, "title")}, 3),
    "duong-day-nong/a3": (lambda data: {"groups": regrouped(data, 30, "title")}, 3),
    "quy-trinh/a3": (lambda data: {"steps": many(data["steps"], 20, "name")}, 2),
    "chuan-muc/a1": (
        lambda data: {
            "standards": [{**s, "items": many(s["items"], 12, "text")} for s in data["standards"]]
        },
        2,
    ),
    "gio-lam-viec/a3": (lambda data: {"receptions": many(data["receptions"], 14, "who")}, 2),
    "camera/a3": (lambda data: {"rows": many(data["rows"], 14, "text")}, 2),
    "phan-anh/a3": (
        lambda data: {
            "sides": [{**s, "steps": [f"{LONG} {n}." for n in range(9)]} for s in data["sides"]]
        },
        2,
    ),
    "danh-muc/ho-tich": (lambda data: {"procedures": many(data["procedures"], 60, "name")}, 5),
    "danh-muc/quan-su": (lambda data: {"procedures": many(data["procedures"], 4, "name")}, 1),
}


@pytest.mark.parametrize("id", EXTREMES)
def test_extremes_begin_a_new_sheet(id: str, sheets: dict[str, Sheet], press: Press) -> None:
    change, least = EXTREMES[id]
    data = {
        **sheets[id].data,
        **change(sheets[id].data),
        "title": f"{sheets[id].title}: {' '.join(LONG.split()[:12])}",
    }
    sheet = replace(sheets[id], data=data, title=data["title"])
    pressed = press.make(sheet.kind, with_breaks(data))
    check_whole(sheet, pressed.pdf)
    assert pressed.pages >= least
    assert not faults(pressed.pdf)
    codes = codes_of(pressed.pdf, 150)
    assert all(data["qr"] in page for page in codes)


@pytest.mark.parametrize(
    ("name", "number"),
    [(LONG, "1"), ("Một cửa", "12"), (" ".join(LONG.split()[:20]), ""), ("Hộ tịch", "A12")],
)
def test_a_sign_with_a_long_name_stays_a_sign(
    name: str, number: str, sheets: dict[str, Sheet], press: Press
) -> None:
    sheet = sheets["bien/quay-2"]
    other = {**sheet.data["other"], "counter": "Counter" if number else ""}
    data = {**sheet.data, "name": name, "number": number, "other": other}
    pressed = press.make(sheet.kind, with_breaks(data))
    check_whole(replace(sheet, data=data), pressed.pdf)
    assert pressed.pages == 1


def test_notes_of_many_rows_are_said_once(shipped: Catalogue, words: Words, made: Made) -> None:
    sheet, pressed = made("bang-phi/a1")
    text = text_of(pressed.pdf)
    for note in sheet.data["notes"]:
        assert text.count(squeezed(note)) == pressed.pages
        number = note.partition(" ")[0]
        rows = [
            row
            for group in sheet.data["groups"]
            for row in group["rows"]
            if number in row["see"].split()
        ]
        assert len(rows) >= fee_sheets.SHARED_BY


def test_a_fee_that_is_not_sure_says_so(
    shipped: Catalogue, words: Words, sheets: dict[str, Sheet]
) -> None:
    unsure = {
        words.text(fee.name) for fee in shipped.fees.values() if fee.verification == "unverified"
    }
    said = {
        row["name"]
        for group in sheets["bang-phi/a1"].data["groups"]
        for row in group["rows"]
        if words.ui("verification_unverified") in row["notes"]
    }
    assert unsure == said != set()


def test_sectors_follow_the_order_of_the_vocabulary(
    shipped: Catalogue, sheets: dict[str, Sheet], words: Words
) -> None:
    places = {
        words.text(g.name): list(shipped.sectors).index(g.sector) if g.sector else 99
        for g in shipped.fee_groups
    }
    order = [places[group["name"]] for group in sheets["bang-phi/a1"].data["groups"]]
    assert all(before <= after for before, after in pairwise(order))


def test_a_text_that_lacks_a_language_takes_its_sheet_away_not_the_others(
    shipped: Catalogue,
) -> None:
    office_ = shipped.office
    bare_counter = replace(office_.counters[0], name=Text({"vi": "Quầy thử"}))
    half = replace(shipped, office=replace(office_, counters=(bare_counter, *office_.counters[1:])))
    found = {sheet.id for sheet in sheets_on_walls(half, Words(half, "en"))}
    assert "en/bien/quay-1" not in found
    assert {"en/bien/quay-2", "en/gio-lam-viec/a3"} <= found
    sign = next(
        sheet for sheet in sheets_on_walls(half, Words(half, "vi")) if sheet.id == "bien/quay-1"
    )
    assert sign.data["other"] is None


def test_english_on_a_vietnamese_sign_is_marked_as_english(made: Made) -> None:
    _, pressed = made("bien/quay-1")
    with pikepdf.open(io.BytesIO(pressed.pdf)) as document:
        langs = {
            str(item.Lang)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Lang" in item
        }
    assert {"vi", "en"} <= {lang[:2] for lang in langs}
