"""A value stands in one file and is printed in many places: page, poster and leaflet say the same
as the data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from lxml import html

from niemyet.model.catalogue import Catalogue
from niemyet.model.fees import Amount
from niemyet.model.procedure import Procedure
from niemyet.paper import procedure_sheets
from niemyet.values.money import format_vnd
from niemyet.view.procedure_view import ProcedureView, address
from niemyet.view.words import Words

MONEY = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})*\s+đồng")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060\ufffe]+", "", unicodedata.normalize("NFC", text))


def money_in(text: str) -> set[str]:
    return {squeezed(found) for found in MONEY.findall(unicodedata.normalize("NFC", text))}


def amounts_of(amount: Amount) -> Iterator[int]:
    yield from (value for value in (amount.amount_vnd, amount.cap_vnd) if value is not None)
    yield from (tier.amount_vnd for tier in amount.tiers)


def money_of(catalogue: Catalogue, procedure: Procedure) -> set[str]:
    """Every amount the data give for a procedure today."""
    found = set()
    for use in procedure.fees:
        fee = catalogue.fees[use.fee]
        channels = use.channels or tuple(row.channel for row in procedure.channels)
        for channel in channels if fee.current else ():
            found |= {
                squeezed(format_vnd(value, "vi"))
                for value in amounts_of(fee.current.amount_for(channel))
            }
    return found


def test_page_poster_leaflet_and_data_agree(
    catalogue: Catalogue, built_site: Path, printed: Path
) -> None:
    words = Words(catalogue, "vi")
    with_money = 0
    for procedure in catalogue.public_procedures:
        view = ProcedureView(catalogue, words, procedure)
        page = html.fromstring((built_site / address(procedure) / "index.html").read_text("utf-8"))
        facts = " ".join(page.xpath("//dl[@class='ny-facts']")[0].itertext())
        section = " ".join(
            " ".join(part.itertext()) for part in page.xpath("//section[@aria-labelledby='le-phi']")
        )
        limits = [squeezed(words.limit(row.limit)) for row in procedure.channels]
        given = money_of(catalogue, procedure)
        with_money += bool(given)
        whole = " ".join(page.xpath("//*[@data-ny-proc]")[0].itertext())
        page_text = squeezed(whole)
        assert given <= money_in(f"{facts} {section}"), procedure.code
        assert all(limit in page_text for limit in limits), procedure.code
        phones = {
            squeezed(text) for text in page.xpath("//aside//a[starts-with(@href, 'tel:')]//text()")
        }
        for sheet in procedure_sheets.sheets(view):
            pdf = (printed / f"{sheet.id}.pdf").read_bytes()
            text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf))
            drawn = squeezed(text)
            assert given <= money_in(text), (sheet.id, given - money_in(text))
            assert money_in(text) <= money_in(whole) | given, (sheet.id, money_in(text))
            assert all(limit in drawn for limit in limits), (sheet.id, limits)
            assert view.hotline and squeezed(words.phone(view.hotline)) in drawn, sheet.id
            assert any(squeezed(words.phone(view.hotline)) in phone for phone in phones), sheet.id
    assert with_money > 10
