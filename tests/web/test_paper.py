"""Every page on paper: its text without the frame, black on white, with its address and the day at
the foot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from browsing import DESKTOP, HANOI, Open
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from niemyet.model.catalogue import Catalogue

MOMENT = dt.datetime(2026, 11, 25, 9, tzinfo=HANOI)
BIRTH = "thu-tuc/dang-ky-khai-sinh/"
# What must be on paper, and on how many leaves at most.
SHEETS = {
    "": (
        "main h1, main h2, .ny-tile__t, .ny-row__t, .ny-row__m, .ny-sectors strong, .ny-hours td",
        3,
    ),
    "thu-tuc/": ("main h1, .ny-row__t, .ny-row__m", 5),
    "linh-vuc/ho-tich/": ("main h1, .ny-row__t, .ny-row__m", 2),
    BIRTH: (
        (
            "main h1, .ny-main h2:not(#chon), .ny-check__n, .ny-check__m, .ny-table th, .ny-table"
            " strong, .ny-steps h3, .ny-trust dd"
        ),
        7,
    ),
    "viec/co-con-nho/": ("main h1, .ny-way__t, .ny-way__m, .ny-bring__n, .ny-trip h3", 2),
    "phi-le-phi/": ("main h1, main h2, .ny-table th, .ny-table strong, .ny-table td", 8),
    "lien-he/": ("main h1, .ny-people h3, .ny-tel, .ny-people p", 3),
    "tu-sach-phap-luat/": ("main h1, main h2, .ny-laws h3, .ny-laws p", 12),
    "gio-lam-viec/": (
        (
            "main h1, main h2, .ny-hours th, .ny-hours td, .ny-table td, .ny-plain li, .ny-counters"
            " strong"
        ),
        3,
    ),
    "quy-trinh/": ("main h1, .ny-flow h2, .ny-flow p", 3),
    "chuan-muc/": ("main h1, main h2, .ny-creed strong", 3),
    "quyen-rieng-tu/": ("main h1, main h2, .ny-prose p, .ny-prose td", 3),
    "en/": ("main h1, main h2, .ny-tile__t, .ny-row__t", 3),
    "en/" + BIRTH: ("main h1, .ny-check__n, .ny-table strong, .ny-steps h3", 7),
}

Print = Callable[[str], tuple[Page, PdfDocument]]


@pytest.fixture
def print_page(open_page: Open) -> Print:
    def print_(path: str) -> tuple[Page, PdfDocument]:
        page = open_page(path, DESKTOP, at=MOMENT, color_scheme="dark")
        return page, PdfDocument(page.pdf(prefer_css_page_size=True))

    return print_


def squeezed(text: str) -> str:
    """Without anything that lines and hyphens may change."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]+", "", text).casefold()


def text_of(document: PdfDocument) -> str:
    return "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


@pytest.mark.parametrize("path", SHEETS)
def test_a_printed_page_keeps_its_text_and_loses_its_frame(
    print_page: Print, catalogue: Catalogue, path: str
) -> None:
    selectors, most = SHEETS[path]
    page, document = print_page(path)
    printed = squeezed(text_of(document))
    wanted: list[str] = page.evaluate(
        """selectors => [...document.querySelectorAll(selectors)].filter(e => e.checkVisibility()
            && !e.closest('.ny-js')).flatMap(e => {
            const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), found = [];
            while (walk.nextNode()) found.push(
                walk.currentNode.parentElement.closest('.ny-vh, svg') ? '' : walk.currentNode.data);
            return found }).filter(text => text.trim())""",
        selectors,
    )
    assert len(wanted) > 8
    assert [text for text in wanted if squeezed(text) not in printed] == []
    lang = "en" if path.startswith("en/") else "vi"
    ui = catalogue.strings[lang]
    for key in (
        "all_contacts",
        "hours_and_reception",
        "rate_send",
        "skip_to_content",
        "share",
        "add_to_calendar",
    ):
        assert squeezed(ui[key]) not in printed, key
    address = f"{catalogue.settings.site_url}{path}"
    if path.endswith(BIRTH):
        address = f"{catalogue.settings.site_url}q/1.001193/"
    assert squeezed(address) in printed
    assert squeezed("Printed on 25/11/2026" if lang == "en" else "In ngày 25/11/2026") in printed
    assert 1 <= len(document) <= most


@pytest.mark.parametrize("path", SHEETS)
def test_a_printed_page_is_black_on_white(print_page: Print, path: str) -> None:
    _, document = print_page(path)
    for i in range(len(document)):
        image = document[i].render(scale=0.7).to_pil().convert("HSV")
        saturated = sum(image.getchannel("S").histogram()[70:])
        dark = sum(image.getchannel("V").histogram()[:128])
        assert saturated < 60, f"colour on leaf {i + 1}"
        assert 20 < dark < 0.2 * image.width * image.height, f"leaf {i + 1} is empty or dark"


def test_the_chosen_case_alone_is_printed(print_page: Print, catalogue: Catalogue) -> None:
    birth = catalogue.procedures["1.001193"]
    case = birth.cases[-1]
    _, whole = print_page(BIRTH)
    _, chosen = print_page(f"{BIRTH}#truong-hop={case.id}&cach=counter")
    text = squeezed(text_of(chosen))
    assert squeezed(f"{catalogue.strings['vi']['choice_printed']}: {case.name}") in text
    assert len(text) < len(squeezed(text_of(whole)))
    assert len(chosen) <= 6


def test_no_row_of_a_table_is_broken(print_page: Print) -> None:
    """The last row on a leaf and the first on the next have each their own name and amount."""
    page, document = print_page("phi-le-phi/")
    rows: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll('.ny-table--fees tbody tr')]
            .map(r => [r.querySelector('th').firstChild.data,
                r.querySelector('strong').textContent])"""
    )
    leaves = [squeezed(document[i].get_textpage().get_text_range()) for i in range(len(document))]
    assert len(rows) > 10
    for name, amount in rows:
        assert any(squeezed(name) in leaf and squeezed(amount) in leaf for leaf in leaves), name
    head = squeezed(page.locator(".ny-table--fees thead th").first.inner_text())
    assert all(head in leaf for leaf in leaves[:-1]), "a leaf without the heads of its columns"
