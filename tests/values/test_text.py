"""Vietnamese text: cleaning, folding, order and safe display."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import unicodedata
from itertools import groupby

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from niemyet.source.overrides import THEME
from niemyet.values.vietnamese import (
    closest,
    collation_key,
    fold,
    letter_of,
    normalise,
    quote,
    slug,
    sort_key,
)

SEARCH_CORE = THEME / "assets/js/search-core.js"

VOWELS = "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵ"
vietnamese = st.text(
    alphabet=VOWELS + VOWELS.upper() + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX 0123456789.,-–_/"
)
any_text = st.text() | vietnamese

ICU_ORDER = [
    "An", "Anh", "Ảnh", "Ánh", "Ăn", "Ân", "Bình", "Chính sách", "Chứng thực", "Cư trú", "Dân tộc",
    "Dung",
    "Dũng", "Đăng ký khai sinh", "Đinh", "Đức", "Giảm nghèo", "Oanh", "Ông", "Ơn", "Thuế", "Trẻ em",
    "Uyên", "Ưng",
]  # fmt: skip
ICU_ORDER_OF_WORDS_DIGITS_AND_CASE = [
    "10 ngày", "2 ngày", "An", "an bình", "An bình", "AN BÌNH", "An toàn", "anbinh", "Anh",
    "ân xá", "ba",
    "bà", "bá", "bà con", "ban", "bạn", "Chi", "Cử tri", "Cư trú", "Dương", "Đa", "Fax", "Ga",
    "hoà", "hòa",
    "Inh", "Jun", "Ka", "Va", "Wa", "Xa", "Y tế", "Za",
]  # fmt: skip


def shuffled(words: list[str]) -> list[str]:
    return random.Random(11).sample(words, len(words))


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("đăng k\u200eý", "đăng ký"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("8.000\u00a0đồng", "8.000 đồng"),
        ("8\u202f000", "8 000"),
        ("\ufeffhộ\u00ad tịch\u200b", "hộ tịch"),
        ("ky\u200d\u0301", "ký"),
        ("một\r\nhai\n\tba", "một\r\nhai\n\tba"),
    ],
)
def test_dirt_from_word_files_is_cleaned_and_line_breaks_stay(dirty: str, clean: str) -> None:
    assert normalise(dirty) == clean


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ki khai sinh"),
        ("UỶ BAN / Ủy ban", "uy ban uy ban"),
        ("hoà giải, hòa giải", "hoa giai hoa giai"),
        ("Kỹ thuật, kĩ thuật; quý – quí", "ki thuat ki thuat qui qui"),
        ("y tế, tuyển, máy, thuý", "y te tuyen may thuy"),
        ("mã 1,001193.", "ma 1.001193"),
        ("1.001193.000.00.00.H37", "1.001193.000.00.00.h37"),
        ("NĐ 118/2025/NĐ-CP", "nd 118 2025 nd cp"),
        ("le_phi", "le phi"),
        ("... — ?", ""),
    ],
)
def test_what_a_citizen_types_without_marks_folds_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(any_text)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(vietnamese)
def test_a_folded_vietnamese_text_is_plain_ascii(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9. ]*", fold(text))


@pytest.mark.skipif(
    shutil.which("node") is None, reason="needs node to run the search engine of the browser"
)
def test_the_browser_folds_a_query_exactly_as_the_generator_does() -> None:
    texts = [
        "Đăng ký kết hôn", "Tie\u0302\u0301ng Vie\u0323\u0302t", "đăng k\u200eý", "hộ\u00ad tịch",
        "ký.kỹ",
        "_ky_ my-ly", "1,001193", "1,5,7 , 8", "…Ủy ban.", ".h37.", "a..b.", "kỹ’s", "Straße ΑΣ",
        "中文ky",
        "ไทยน้ำ", "İstanbul",
        "\u0301 a", "½ ²", "😀 vỹ", "\x00ty\x1fhy", *ICU_ORDER, *ICU_ORDER_OF_WORDS_DIGITS_AND_CASE,
        VOWELS,
    ]  # fmt: skip
    script = (
        "const { fold, tokens } = require(process.argv[1]);"
        "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const folded = (text) => tokens(text).map(fold).filter(Boolean).join(' ');"
        "console.log(JSON.stringify(texts.map(folded)));"
    )
    run = subprocess.run(
        ["node", "-e", script, str(SEARCH_CORE)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    assert dict(zip(texts, json.loads(run.stdout), strict=True)) == {
        text: fold(text) for text in texts
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đăng ký khai sinh", "dang-ky-khai-sinh"),
        ("  Xây dựng, hạ tầng (2026) ", "xay-dung-ha-tang-2026"),
        ("Ưu đãi – NGƯỜI CÓ CÔNG", "uu-dai-nguoi-co-cong"),
        ("Straße №5", "strasse-no5"),
        ("中", "u4e2d"),
        ("—", ""),
    ],
)
def test_a_slug_is_a_readable_ascii_address(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(any_text, st.characters(categories=["Lu", "Ll", "Nd"]))
def test_a_text_with_a_letter_has_a_slug_that_is_its_own_slug(text: str, letter: str) -> None:
    found = slug(text + letter)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert slug(found) == found


@pytest.mark.parametrize(
    "order",
    [ICU_ORDER, ICU_ORDER_OF_WORDS_DIGITS_AND_CASE, ["ma", "mà", "mả", "mã", "má", "mạ"]],
    ids=["domain", "words", "tones"],
)
def test_the_order_is_the_vietnamese_order_of_icu(order: list[str]) -> None:
    assert sorted(shuffled(order), key=collation_key) == order


def test_every_letter_of_the_alphabet_stands_after_all_words_of_the_one_before() -> None:
    order = [
        f"{letter}{rest}"
        for letter in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
        for rest in ("", "n", "z")
    ]
    assert sorted(shuffled(order), key=collation_key) == order


def test_a_leading_thu_tuc_is_passed_over_unless_asked_for() -> None:
    names = ["Thủ tục xóa đăng ký", "THỦ TỤC đăng ký khai tử", "Đăng ký kết hôn", "Thủ tục"]
    assert sorted(names, key=collation_key) == [
        "Đăng ký kết hôn",
        "THỦ TỤC đăng ký khai tử",
        "Thủ tục",
        "Thủ tục xóa đăng ký",
    ]
    assert collation_key("Thủ tục an táng") < collation_key("Bình ổn giá")
    assert collation_key("Thủ tục an táng", strip_prefix=False) > collation_key("Bình ổn giá")
    assert letter_of(sort_key("Thủ tục xóa", strip_prefix=False)) == "T"


def test_punctuation_and_spacing_do_not_change_the_place_of_a_name() -> None:
    names = ["Thi đua – Khen thưởng", "“Thi đua -  khen thuyền”", "Thi đua, khen thuở"]
    assert sorted(names, key=collation_key) == [names[2], names[1], names[0]]


@given(any_text, any_text)
def test_only_equal_texts_share_a_place(one: str, other: str) -> None:
    assert (collation_key(one) == collation_key(other)) == (normalise(one) == normalise(other))


@given(vietnamese)
def test_composed_and_decomposed_text_share_a_place(text: str) -> None:
    assert collation_key(unicodedata.normalize("NFD", text)) == collation_key(text)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Đăng ký", "Đ"), ("ấp", "Â"), ("Ảnh", "A"), ("Ăn", "Ă"), ("ế", "Ê"), ("Ổn", "Ô"),
        ("ợ", "Ơ"),
        ("Ừ", "Ư"), ("Éc", "E"), ("жук", "Ж"), ("20 năm", "0–9"), ("—", "#"), ("", "#"),
        ("Thủ tục khai tử", "K"), ("“Thủ tục khai tử”", "T"),
    ],
)  # fmt: skip
def test_a_name_stands_under_its_own_letter(text: str, letter: str) -> None:
    assert letter_of(sort_key(text)) == letter


@given(st.lists(any_text))
def test_a_sorted_list_never_returns_to_a_letter(texts: list[str]) -> None:
    letters = [
        letter for letter, _ in groupby(map(sort_key, sorted(texts, key=collation_key)), letter_of)
    ]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("chanel", "channel"),
        ("hotlines", "hotline"),
        ("khai-sinhh", "khai-sinh"),
        ("lệ phí", "le_phi"),
        ("1.001139", "1.001193"),
    ],
)
def test_a_slip_of_the_pen_gets_a_suggestion(word: str, meant: str) -> None:
    known = ["channel", "hotline", "khai-sinh", "khai-tu", "le_phi", "1.001193", "2.000815", "x"]
    assert closest(word, known) == [meant]


@pytest.mark.parametrize("word", ["", "—", "decision", "3.999999"])
def test_a_word_like_nothing_known_gets_no_suggestion(word: str) -> None:
    assert closest(word, ["channel", "hotline", "1.001193", ""]) == []


def test_the_nearest_suggestion_comes_first_and_the_limit_holds() -> None:
    known = ["khai-sinh-lai", "khai-sinh", "khai-sinh-2", "ket-hon"]
    assert closest("khai sinh", known, limit=2) == ["khai-sinh", "khai-sinh-2"]


@given(st.text(min_size=1), st.lists(any_text), st.randoms())
def test_suggestions_do_not_depend_on_the_order_of_candidates(
    word: str, known: list[str], chance: random.Random
) -> None:
    mixed = chance.sample(known, len(known))
    found = closest(word, mixed, limit=3)
    assert found == closest(word, known, limit=3)
    assert set(found) <= set(known)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("50.000", "50.000"),
        (50000, "50000"),
        (None, "None"),
        ("một\nhai", r"một\nhai"),
        ("\x1b[31mđỏ\x9b", r"\x1b[31mđỏ\x9b"),
        ("phí\u202e0", r"phí\u202e0"),
        ("\ud800", r"\ud800"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        ("x" * 37 + "\u202e" + "y", "x" * 37 + "…"),
    ],
)
def test_a_quoted_value_stays_on_its_line(value: object, shown: str) -> None:
    assert quote(value) == shown


@given(any_text | st.text(alphabet="\x1b\u202e\n\ud800é"), st.integers(1, 60))
def test_a_quoted_value_prints_and_fits(text: str, width: int) -> None:
    shown = quote(text, width)
    assert shown.isprintable()
    assert len(shown) <= width


@given(vietnamese)
def test_a_short_printable_value_is_quoted_as_it_is(text: str) -> None:
    assume(len(text) <= 40)
    assert quote(text) == text
