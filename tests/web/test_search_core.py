"""The search engine and the search box in a real browser: what citizens type, the keyboard, what a
screen reader hears, a USB stick."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from niemyet.web import search_index

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "generator/niemyet/web/theme/assets/js"
CORE, BOX = SCRIPTS / "search-core.js", SCRIPTS / "search.js"
DOCS: list[dict[str, Any]] = json.loads((HERE / "search_docs.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = json.loads(
    (HERE / "search_core_cases.json").read_text(encoding="utf-8")
)
KINDS = sorted({case["kind"] for case in CASES})
NOTHING = "không có"
"""The kind of query that must find nothing."""

SHOWN = 3
"""A hit counts when it is among the first three results."""

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def index_of(docs: list[dict[str, Any]]) -> dict[str, Any]:
    """The index as the generator makes it: t(itle), n(ame), a(liases), k (sector), c(ode), x
    (forms), u(rl), m (line), p (kind)."""
    return search_index.index(
        "vi",
        [
            search_index.found(
                doc["t"],
                doc["u"],
                doc.get("m", ""),
                doc.get("p", "procedure"),
                aliases=doc.get("a", ()),
                official=doc.get("n", ""),
                sector=doc.get("k", ""),
                codes=(doc.get("c", ""), *doc.get("x", ())),
            )
            for doc in docs
        ],
    )


class Engine:
    """search-core.js on one page of the browser, with the docs of this folder as its index."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_script_tag(path=CORE)
        page.evaluate("index => { window.index = NiemYetSearch.build(index); }", index_of(DOCS))

    def find(self, queries: list[str]) -> list[list[dict[str, Any]]]:
        """The results of each query, best first: code, address, alias, score."""
        return self.page.evaluate(
            """queries => queries.map(text => NiemYetSearch.query(window.index, text, 8)
                .map(({doc, alias, score}) => ({code: doc.c, address: doc.u, alias, score})))""",
            queries,
        )

    def misses(self, cases: list[dict[str, Any]]) -> list[str]:
        """The cases without a hit, each with what was found instead."""
        found = self.find([as_typed(case) for case in cases])
        wrong = []
        for case, results in zip(cases, found, strict=True):
            codes = [result["code"] for result in results[:SHOWN]]
            hit = not codes if case["kind"] == NOTHING else set(codes) & set(case["expect"])
            if not hit:
                wrong.append(f"{case['query']}: {codes} instead of {case['expect'] or 'nothing'}")
        return wrong


def as_typed(case: dict[str, Any]) -> str:
    """The query, decomposed where the case is about decomposed input."""
    return unicodedata.normalize("NFD" if case["kind"] == "NFD" else "NFC", case["query"])


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Engine]:
    page = browser.new_page()
    yield Engine(page)
    page.close()


# What is found


@pytest.mark.parametrize("kind", KINDS)
def test_what_citizens_type_is_found(engine: Engine, kind: str) -> None:
    cases = [case for case in CASES if case["kind"] == kind]
    misses = engine.misses(cases)
    assert 1 - len(misses) / len(cases) >= 0.95, misses


def test_the_acceptance_queries_are_found(engine: Engine, shared_data: Path) -> None:
    codes = {doc["c"] for doc in DOCS}
    every = json.loads((shared_data / "search" / "queries.json").read_text(encoding="utf-8"))
    cases = [case for case in every if codes.intersection(case["expect"])]
    assert len(cases) >= 0.95 * len(every), "the docs of this folder have lost procedures"
    decomposed = [as_typed(case) for case in cases if case["kind"] == "NFD"]
    assert any(text != unicodedata.normalize("NFC", text) for text in decomposed)
    misses = engine.misses(cases)
    assert 1 - len(misses) / len(cases) >= 0.97, misses


def test_a_procedure_is_found_by_its_title_its_code_and_its_popular_names(engine: Engine) -> None:
    asked = [
        (doc["c"], text)
        for doc in DOCS
        if doc["p"] == "procedure"
        for text in (
            doc["t"],
            doc["n"],
            doc["c"],
            doc["c"].replace(".", ""),
            doc["c"][2:],
            *doc["a"],
        )
        if text
    ]
    found = engine.find([text for _, text in asked])
    missed = [
        text
        for (code, text), results in zip(asked, found, strict=True)
        if code not in [r["code"] for r in results[:SHOWN]]
    ]
    assert missed == []


def test_capitals_and_decomposed_letters_change_nothing(engine: Engine) -> None:
    texts = [as_typed(case) for case in CASES]
    plain = engine.find(texts)
    assert engine.find([text.upper() for text in texts]) == plain
    assert engine.find([unicodedata.normalize("NFD", text) for text in texts]) == plain


def test_results_come_best_first_and_none_far_behind(engine: Engine) -> None:
    for results in engine.find([case["query"] for case in CASES]):
        scores = [result["score"] for result in results]
        assert all(a >= b > 0 for a, b in pairwise(scores))
        assert not scores or scores[-1] >= scores[0] / 5


def test_a_wrong_code_finds_nothing(engine: Engine) -> None:
    known = {doc["c"] for doc in DOCS}
    wrong = ["1.001194", "1001194", "001194", "1.0011933", "9.001193"]
    assert not known.intersection(wrong)
    assert engine.find(wrong) == [[]] * len(wrong)


def test_a_procedure_comes_before_a_page_with_the_same_name(engine: Engine) -> None:
    titled = [{"t": "Tách hộ", "u": kind, "p": kind} for kind in ("page", "event", "procedure")]
    ask = (
        "index => NiemYetSearch.query(NiemYetSearch.build(index), 'tách hộ').map(hit => hit.doc.p)"
    )
    found = engine.page.evaluate(ask, index_of(titled))
    assert found == ["procedure", "event", "page"]


@pytest.mark.parametrize(
    ("query", "code", "why"),
    [
        ("kết hôn", "1.000894", "the procedure before the page about its occasion"),
        ("khai sinh", "1.001193", "the shortest name that says it"),
        ("con", "1.001022", "a name with few other words"),
        ("có khai sinh", "1.004772", "words side by side"),
        ("bằng", "2.000908", "the word with these marks, not bảng"),
        ("động", "1.003583", "the word with these marks, not đóng"),
        ("hon nhan", "1.004873", "a title before an official name"),
        ("chích", "2.000635", "the same sound: trích"),
    ],
)
def test_the_closest_name_comes_first(engine: Engine, query: str, code: str, why: str) -> None:
    (results,) = engine.find([query])
    assert results[0]["code"] == code, why


@pytest.mark.parametrize(
    ("query", "code", "alias"),
    [
        ("khai sinh", "1.001193", None),
        ("hôn thú", "1.000894", "hôn thú"),
        ("hon thu", "1.000894", "hôn thú"),
        ("nhập hộ khẩu", "1.004222", "nhập hộ khẩu"),
        ("1.001193", "1.001193", None),
    ],
)
def test_an_alias_is_named_only_when_it_tells_more_than_the_title(
    engine: Engine, query: str, code: str, alias: str | None
) -> None:
    (results,) = engine.find([query])
    assert (results[0]["code"], results[0]["alias"]) == (code, alias)


def test_the_limit_is_kept(engine: Engine) -> None:
    assert engine.page.evaluate("NiemYetSearch.query(window.index, 'chứng thực', 2).length") == 2


@pytest.mark.parametrize(
    "spellings",
    [
        ("hoà giải", "hòa giải", "HOÀ GIẢI", "hoa giai"),
        ("uỷ quyền", "ủy quyền", "uy quyen"),
        ("Thuý", "Thúy", "thuy"),
        ("kỹ", "kĩ", "ki"),
        ("quý", "quí", "qui"),
        ("đăng k\u200ey\u0301", "đăng ký", "dang ki"),
        ("y tế", "y te"),
    ],
)
def test_spellings_of_one_word_fold_to_one(engine: Engine, spellings: tuple[str, ...]) -> None:
    assert set(engine.page.evaluate("texts => texts.map(NiemYetSearch.fold)", spellings)) == {
        spellings[-1]
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đăng ký, khai-sinh!", ["đăng", "ký", "khai", "sinh"]),
        ("mã 1.001193.", ["mã", "1.001193"]),
        ("1,001193; 2.000", ["1.001193", "2.000"]),
        ("a, b", ["a", "b"]),
        ("hộ ho\u0323\u0302", ["hộ", "hộ"]),
        (" … ", []),
    ],
)
def test_words_are_letters_digits_and_inner_dots(
    engine: Engine, text: str, words: list[str]
) -> None:
    assert engine.page.evaluate("NiemYetSearch.tokens", text) == words


def test_no_text_breaks_the_engine(engine: Engine) -> None:
    odd = [
        "",
        " ",
        "\0",
        "...",
        "(?:[",
        "\\",
        "💍 cưới",
        "w" * 5000,
        "giấy " * 5000,
        "constructor",
        "__proto__",
        "<i> khai sinh",
    ]
    found = engine.find(odd)
    assert found[:6] == [[]] * 6
    assert found[-1][0]["code"] == "1.001193"
    sparse = [{"t": "—", "u": ""}, {"t": "Khai sinh", "u": "x/", "a": ["…"]}]
    found_in = (
        "index => NiemYetSearch.query(NiemYetSearch.build(index), 'khai sinh').map(hit =>"
        " hit.doc.u)"
    )
    assert engine.page.evaluate(found_in, index_of(sparse)) == ["x/"]
    assert engine.page.evaluate(found_in, index_of([])) == []


def test_an_index_of_very_many_words_is_read(engine: Engine) -> None:
    """More than a character each can stand for; what is shown is spelled as it was written."""
    docs = [
        {"t": " ".join(f"w{n}" for n in range(start, start + 100)), "u": f"{start}/"}
        for start in range(0, 60_000, 100)
    ]
    docs.append(
        {
            "t": "Đăng ký,  khai‑sinh (lần 2) a/b",
            "u": "x/",
            "a": ["\u201cquote\u201d \U0001f48d", "a b"],
        }
    )
    ask = """([index, queries]) => { const built = NiemYetSearch.build(index);
        return queries.map(text => NiemYetSearch.query(built, text)
            .map(hit => [hit.doc.u, hit.doc.t])[0]); }"""
    found = engine.page.evaluate(
        ask, [index_of(docs), ["w0", "w55199", "w55200", "w57350", "w59999", "đăng ký b"]]
    )
    assert [url for url, _ in found] == ["0/", "55100/", "55200/", "57300/", "59900/", "x/"]
    assert found[4][1] == docs[599]["t"]
    assert found[5][1] == "Đăng ký, khai‑sinh (lần 2) a/b"


def test_no_two_words_share_a_character() -> None:
    characters = [search_index.character(number) for number in range(60_000)]
    assert len(set(characters)) == len(characters)
    assert not set("".join(characters)) & set("\"'\\<!#")
    assert all(c.isprintable() or ord(c) > 0xA0 for c in characters)


def test_the_scripts_stay_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) for path in (CORE, BOX)}
    assert all(size <= 5500 for size in sizes.values()), sizes


# The box

PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'self'; style-src 'self'">
<title>Thử hộp tìm kiếm</title>
<script src="{root}assets/js/search-core.js" defer></script>
<script src="{root}assets/js/search.js" defer></script>
</head>
<body>
<main>
<h1>Thử hộp tìm kiếm</h1>
<form class="ny-search" role="search" aria-label="Tìm thủ tục" action="{root}thu-tuc/" method="get"
 data-ny-search data-index="{root}assets/search/{index}.js" data-root="{root}"
 data-none="Chưa tìm thấy. Hãy gọi." data-count="{{n}} kết quả" data-all="Tất cả thủ tục"
 data-list-label="Kết quả" data-hotline="0236 3123 456" data-tel="tel:+842363123456">
<label for="tim">Tìm thủ tục</label>
<input id="tim" type="text" name="q">
<div class="ny-search__status" role="status" aria-live="polite"></div>
<ul class="ny-search__list" hidden></ul>
</form>
<p><a href="#sau">Liên kết ở sau</a></p>
</main>
</body>
</html>
"""
MARKUP = "Tên có <img src=x onerror=document.title='hỏng'> thẻ"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site as it lies on a USB stick: the box on three pages, and a page for each address
    the index has."""
    root = tmp_path_factory.mktemp("stick")
    (root / "assets" / "search").mkdir(parents=True)
    (root / "assets" / "js").mkdir()
    for script in (CORE, BOX):
        shutil.copy(script, root / "assets" / "js")
    docs = [
        *DOCS,
        {
            "c": "",
            "t": MARKUP,
            "n": "",
            "a": [],
            "k": "",
            "x": [],
            "u": "markup/",
            "m": "",
            "p": "page",
        },
    ]
    index = index_of(docs)
    (root / "assets" / "search" / "vi.js").write_text(
        f"window.niemyetIndex={json.dumps(index, ensure_ascii=False)};\n", encoding="utf-8"
    )
    for doc in docs:
        (root / doc["u"]).mkdir(parents=True, exist_ok=True)
        (root / doc["u"] / "index.html").write_text(
            f"<!doctype html><title>{doc['c']}</title>", encoding="utf-8"
        )
    (root / "index.html").write_text(PAGE.format(root="", index="vi"), encoding="utf-8")
    (root / "thu-tuc" / "index.html").write_text(
        PAGE.format(root="../", index="vi"), encoding="utf-8"
    )
    (root / "lost.html").write_text(PAGE.format(root="", index="lost"), encoding="utf-8")
    return root


class Box:
    """The search box of an open page, and what went wrong on that page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )
        page.goto(address)
        self.input = page.locator("input[name=q]")
        self.list = page.locator(".ny-search__list")
        self.options = page.locator("[role=option]")
        self.none = page.locator(".ny-search__none")
        self.status = page.locator(".ny-search__status")

    def type(self, text: str) -> None:
        self.input.press_sequentially(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def active(self) -> int:
        """Which option the box points to, -1 for none; the option must say the same of itself."""
        named = self.input.get_attribute("aria-activedescendant")
        selected = [
            i
            for i in range(self.options.count())
            if self.options.nth(i).get_attribute("aria-selected") == "true"
        ]
        ids = [self.options.nth(i).get_attribute("id") for i in selected]
        assert ids == ([named] if named else [])
        return selected[0] if selected else -1

    def expect_closed(self) -> None:
        expect(self.list).to_be_hidden()
        expect(self.none).to_be_hidden()
        expect(self.input).to_have_attribute("aria-expanded", "false")
        assert self.input.get_attribute("aria-activedescendant") is None


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page of its own; pytest-playwright's `page` warns under this pytest, and a warning is an
    error here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def box(tab: Page, folder: Path) -> Iterator[Box]:
    box = Box(tab, (folder / "index.html").as_uri())
    yield box
    assert box.errors == []


def expect_clean(page: Page) -> None:
    violations = Axe().run(page, options=AXE).response["violations"]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []


def marks(place: Locator) -> list[str]:
    return place.locator("mark").all_inner_texts()


def test_a_list_opens_while_typing(box: Box) -> None:
    expect(box.input).to_have_role("combobox")
    expect(box.input).to_have_attribute("aria-autocomplete", "list")
    box.expect_closed()
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    expect(box.list).to_have_role("listbox")
    expect(box.list).to_have_accessible_name("Kết quả")
    expect(box.input).to_have_attribute("aria-expanded", "true")
    expect(box.input).to_have_attribute("aria-controls", str(box.list.get_attribute("id")))
    expect(box.options.first).to_have_accessible_name(
        re.compile("^Đăng ký khai sinh Trong ngày · Miễn phí")
    )
    assert box.active() == -1
    expect(box.input).to_be_focused()
    box.input.fill("")
    box.expect_closed()


def test_the_index_waits_for_the_first_use(box: Box) -> None:
    index = box.page.locator("script[src$='search/vi.js']")
    expect(index).to_have_count(0)
    box.input.focus()
    expect(index).to_have_count(1)
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    expect(index).to_have_count(1)


def test_an_option_shows_why_it_was_found(box: Box) -> None:
    box.type("hon thu")
    expect(box.options.first.locator(".ny-search__title")).to_have_text("Đăng ký kết hôn")
    expect(box.options.first.locator(".ny-search__meta")).to_have_text(
        "1 ngày làm việc · Miễn phí · hôn thú"
    )
    assert marks(box.options.first.locator(".ny-search__alias")) == ["hôn", "thú"]


def test_the_typed_part_is_marked(box: Box) -> None:
    box.type("khai si")
    expect(box.options.first.locator(".ny-search__title")).to_have_text("Đăng ký khai sinh")
    assert marks(box.options.first.locator(".ny-search__title")) == ["khai", "si"]


def test_text_from_the_data_stays_text(box: Box) -> None:
    box.type("onerror")
    expect(box.options.first.locator(".ny-search__title")).to_have_text(MARKUP)
    assert box.list.locator("img").count() == 0


def test_arrows_walk_the_list_and_come_round(box: Box) -> None:
    box.type("chung thuc")
    expect(box.options).to_have_count(8)
    box.press("ArrowDown")
    assert box.active() == 0
    box.press("ArrowDown", "ArrowDown", "ArrowUp")
    assert box.active() == 1
    box.press("ArrowUp", "ArrowUp")
    assert box.active() == 7
    box.press("ArrowDown")
    assert box.active() == 0
    expect(box.input).to_be_focused()
    expect(box.input).to_have_value("chung thuc")


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight", "c"])
def test_keys_of_the_text_give_the_text_back(box: Box, key: str) -> None:
    box.type("chung thu")
    expect(box.list).to_be_visible()
    box.press("ArrowDown")
    assert box.active() == 0
    box.press(key)
    expect(box.input).not_to_have_attribute("aria-activedescendant", re.compile("."))
    assert box.active() == -1
    expect(box.list).to_be_visible()


def test_home_and_end_move_in_the_text(box: Box) -> None:
    box.type("hộ")
    box.press("Home")
    assert box.input.evaluate("input => input.selectionStart") == 0
    box.press("End")
    assert box.input.evaluate("input => input.selectionStart") == 2


def test_escape_closes_then_clears(box: Box) -> None:
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    box.press("ArrowDown", "Escape")
    box.expect_closed()
    expect(box.input).to_have_value("khai sinh")
    box.press("Escape")
    expect(box.input).to_have_value("")


def test_arrows_open_a_closed_list(box: Box) -> None:
    box.type("chung thuc")
    expect(box.list).to_be_visible()
    box.press("Escape", "ArrowDown")
    expect(box.list).to_be_visible()
    assert box.active() == 0
    box.press("Alt+ArrowUp")
    box.expect_closed()
    box.press("ArrowUp")
    expect(box.list).to_be_visible()
    assert box.active() == 7
    box.press("Escape", "Alt+ArrowDown")
    expect(box.list).to_be_visible()
    assert box.active() == -1


def test_tab_closes_the_list_and_moves_on(box: Box) -> None:
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    box.press("ArrowDown", "Tab")
    box.expect_closed()
    expect(box.page.get_by_role("link", name="Liên kết ở sau")).to_be_focused()


def test_enter_opens_the_first_result(box: Box) -> None:
    box.type("khai sinh")
    box.press("Enter")
    box.page.wait_for_url("**/thu-tuc/dang-ky-khai-sinh/index.html")


def test_enter_opens_the_chosen_result(box: Box) -> None:
    box.type("tam tru")
    expect(box.options.nth(1).locator(".ny-search__title")).to_have_text("Gia hạn tạm trú")
    box.press("ArrowDown", "ArrowDown", "Enter")
    box.page.wait_for_url("**/thu-tuc/gia-han-tam-tru/index.html")


def test_keys_of_an_input_method_are_left_alone(box: Box) -> None:
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    went = box.input.evaluate(
        """input => ["ArrowDown", "Escape"].map(key => input.dispatchEvent(
            new KeyboardEvent("keydown", {key, isComposing: true, bubbles: true,
                cancelable: true})))"""
    )
    assert went == [True, True]
    expect(box.list).to_be_visible()
    assert box.active() == -1


def test_a_click_opens_a_result(box: Box) -> None:
    box.type("khai tu")
    box.options.first.click()
    box.page.wait_for_url("**/thu-tuc/dang-ky-khai-tu/index.html")


def test_a_press_on_a_result_leaves_the_focus_in_the_box(box: Box) -> None:
    box.type("khai tu")
    box.options.first.hover()
    box.page.mouse.down()
    expect(box.input).to_be_focused()
    expect(box.list).to_be_visible()


def test_a_tap_opens_a_result(browser: Browser, folder: Path) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}
    )
    box = Box(context.new_page(), (folder / "index.html").as_uri())
    box.input.tap()
    box.type("khai tu")
    box.options.first.tap()
    box.page.wait_for_url("**/thu-tuc/dang-ky-khai-tu/index.html")
    assert box.errors == []
    context.close()


@pytest.mark.parametrize("how", [{"button": "middle"}, {"modifiers": ["Control"]}])
def test_a_result_opens_beside_this_page(box: Box, how: dict[str, Any]) -> None:
    box.type("khai tu")
    expect(box.list).to_be_visible()
    with box.page.context.expect_page() as opened:
        box.options.first.click(**how)
    opened.value.wait_for_url("**/thu-tuc/dang-ky-khai-tu/index.html")
    assert box.page.url.endswith("/index.html")
    expect(box.input).to_have_value("khai tu")


def test_a_press_elsewhere_closes_and_a_press_in_the_box_opens_again(box: Box) -> None:
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    box.page.locator("h1").click()
    box.expect_closed()
    box.input.click()
    expect(box.list).to_be_visible()


def test_focus_elsewhere_closes(box: Box) -> None:
    box.type("khai sinh")
    expect(box.list).to_be_visible()
    box.page.get_by_role("link", name="Liên kết ở sau").focus()
    box.expect_closed()


def test_the_number_of_results_is_said(box: Box) -> None:
    box.type("ho kinh doanh")
    expect(box.status).to_have_text(re.compile(r"^\d kết quả$"))
    expect(box.status).to_have_text(f"{box.options.count()} kết quả")
    box.input.fill("")
    expect(box.status).to_be_empty()


def test_nothing_found_offers_the_telephone_and_the_list(box: Box) -> None:
    box.type("bitcoin")
    expect(box.none).to_be_visible()
    expect(box.none).to_contain_text("Chưa tìm thấy. Hãy gọi.")
    expect(box.list).to_be_hidden()
    expect(box.input).to_have_attribute("aria-expanded", "false")
    expect(box.status).to_have_text("Chưa tìm thấy. Hãy gọi.")
    call = box.none.get_by_role("link", name="0236 3123 456")
    expect(call).to_have_attribute("href", "tel:+842363123456")
    assert call.evaluate("link => link.closest('[role=listbox]')") is None
    box.press("Tab")
    expect(call).to_be_focused()
    expect(box.none).to_be_visible()
    box.press("Tab", "Enter")
    box.page.wait_for_url("**/thu-tuc/index.html")


def test_enter_on_nothing_stays(box: Box) -> None:
    box.type("bitcoin")
    expect(box.none).to_be_visible()
    box.press("Enter", "ArrowDown")
    expect(box.none).to_be_visible()
    assert box.active() == -1
    assert box.page.url.endswith("/index.html")


def test_an_address_with_a_query_shows_its_results(tab: Page, folder: Path) -> None:
    box = Box(tab, (folder / "thu-tuc" / "index.html").as_uri() + "?q=h%E1%BB%99+kh%E1%BA%A9u")
    expect(box.input).to_have_value("hộ khẩu")
    expect(box.options.first).to_contain_text("Đăng ký thường trú")
    box.options.first.click()
    tab.wait_for_url("**/stick*/thu-tuc/dang-ky-thuong-tru/index.html")
    assert box.errors == []


def test_without_the_index_the_form_opens_the_list(tab: Page, folder: Path) -> None:
    box = Box(tab, (folder / "lost.html").as_uri())
    box.type("khai sinh")
    box.expect_closed()
    box.press("Enter")
    tab.wait_for_url("**/thu-tuc/index.html?q=khai+sinh")


def test_two_boxes_on_a_page_do_not_meet(tab: Page, folder: Path) -> None:
    form = re.search(r"<form.*?</form>", PAGE, re.S)
    assert form
    twice = PAGE.replace(
        "</main>",
        form[0].replace('"tim"', '"tim-nua"').replace("Tìm thủ tục", "Tìm nữa") + "</main>",
    )
    (folder / "twice.html").write_text(twice.format(root="", index="vi"), encoding="utf-8")
    tab.goto((folder / "twice.html").as_uri())
    for n in (0, 1):
        tab.locator("input[name=q]").nth(n).press_sequentially("khai sinh")
        expect(tab.locator(".ny-search__list").nth(n)).to_be_visible()
        expect(tab.locator(".ny-search__list").nth(1 - n)).to_be_hidden()
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_the_box_is_accessible_in_every_state(box: Box) -> None:
    expect_clean(box.page)
    box.type("chung thuc")
    expect(box.list).to_be_visible()
    expect_clean(box.page)
    box.press("ArrowDown")
    assert box.active() == 0
    expect_clean(box.page)
    box.input.fill("bitcoin")
    expect(box.none).to_be_visible()
    expect_clean(box.page)
