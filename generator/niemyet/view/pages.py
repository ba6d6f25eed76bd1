"""The pages that every site has, and where they are. Sheets and bookmarks lead to them: what an
address says never changes."""

from __future__ import annotations

from typing import NamedTuple


class Addresses(NamedTuple):
    """From the home of a language, by the name of the page: its template is `{name}.html`, its
    strings `{name}_title` and `{name}_lead`."""

    procedures: str = "thu-tuc/"
    sectors: str = "linh-vuc/"
    events: str = "viec/"
    fees: str = "phi-le-phi/"
    process: str = "quy-trinh/"
    contacts: str = "lien-he/"
    hours: str = "gio-lam-viec/"
    guidance: str = "ban-huong-dan/"
    handling: str = "cach-xu-ly/"
    standards: str = "chuan-muc/"
    law: str = "tu-sach-phap-luat/"
    notices: str = "thong-bao/"
    forms: str = "phieu/"
    letters: str = "mau-thu/"
    report: str = "bao-sai/"
    print_room: str = "phong-in/"
    keep: str = "khong-co-mang/"


PAGES = Addresses()
NAVIGATION = ("procedures", "fees", "process", "hours", "contacts")
FOOTER = (
    "guidance", "handling", "standards", "law", "notices",
    "forms", "letters", "print_room", "keep", "report",
)  # fmt: skip
SEARCHED = (
    "fees", "process", "contacts", "hours", "guidance", "handling",
    "standards", "law", "notices", "forms", "letters", "report",
)  # fmt: skip
"""The pages that the search finds beside procedures and life events."""
PRINTED = (
    "fees", "contacts", "process", "standards", "hours",
    "notices", "guidance", "handling", "law", "forms",
)  # fmt: skip
"""The pages behind the codes of wall sheets. What is printed never dies: none is taken away."""


def address_of(page: str) -> str:
    address: str = getattr(PAGES, page)
    return address


def name_of(page: str) -> str:
    """The address as one word, as it follows `/q/` in a code."""
    return address_of(page).rstrip("/")


def sector_page(sector: str) -> str:
    return f"{PAGES.sectors}{sector}/"


def event_page(event: str) -> str:
    return f"{PAGES.events}{event}/"


def form_page(form: str) -> str:
    return f"{PAGES.forms}{form}/"
