"""Answers, not documents: the choice, the promised day, the sum to pay and the tick list, counted
twice and walked by keyboard."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ALL_RULES, DESKTOP, HANOI, PHONE, SHIFTS, Open, troubles, violations
from counting import due_date
from counting import total as total_vnd
from playwright.sync_api import Browser, Locator, Page, Response, Route, expect

from niemyet.model.catalogue import Catalogue
from niemyet.model.fees import Amount, Tier
from niemyet.model.office import Counter
from niemyet.model.procedure import Procedure
from niemyet.publish.build import build
from niemyet.values.money import format_vnd
from niemyet.values.time_limits import TimeLimit
from niemyet.values.work_calendar import WorkCalendar
from niemyet.view.facts import is_countable
from niemyet.view.machine_words import amount_words, limit_words

SCRIPTS = Path(__file__).parents[2] / "generator/niemyet/web/theme/assets/js"
CASES = 10_000
BIRTH = "1.001193"
COPIES = "2.000815"
MORNING = dt.datetime(2026, 11, 25, 9, tzinfo=HANOI)

TET_2026 = {dt.date(2026, 2, day): "Tết Nguyên đán" for day in range(14, 23)}
SWAPPED = WorkCalendar(
    first_known_day=dt.date(2026, 1, 1),
    last_known_day=dt.date(2027, 6, 30),
    off=TET_2026
    | {dt.date(2026, 4, day): "Giỗ Tổ Hùng Vương" for day in (26, 27)}
    | {dt.date(2026, 4, 30): "Ngày Chiến thắng", dt.date(2026, 5, 1): "Quốc tế Lao động"}
    | {
        dt.date(2026, 8, 31): "Nghỉ hoán đổi",
        dt.date(2026, 9, 1): "Quốc khánh",
        dt.date(2026, 9, 2): "Quốc khánh",
    }
    | {dt.date(2026, 11, 24): "Ngày Văn hóa Việt Nam", dt.date(2026, 11, 28): "Nghỉ cả thứ Bảy"}
    | {dt.date(2027, 2, day): "Tết Nguyên đán" for day in range(4, 11)},
    work={
        dt.date(2026, 8, 22): "Làm bù cho ngày 31/8",
        dt.date(2026, 2, 28): "Làm bù cho Tết",
        dt.date(2026, 9, 6): "Làm bù Chủ nhật",
    },
    closing={**dict.fromkeys(range(5), "17:00"), 5: "11:30"},
)
"""Swapped days, a make-up Sunday, a holiday on a Saturday with open counters, Tết twice."""


@pytest.fixture
def calendars(catalogue: Catalogue) -> tuple[WorkCalendar, ...]:
    """The calendar of the shipped office, swapped days, and offices that work other weeks and
    hours."""
    six_days = WorkCalendar(
        last_known_day=dt.date(2027, 6, 30),
        weekly=frozenset(range(6)),
        off=SWAPPED.off,
        work=SWAPPED.work,
    )
    closing = {1: "09:15", 2: "24:00"}
    odd = WorkCalendar(
        last_known_day=dt.date(2026, 12, 31),
        weekly=frozenset({1, 3, 6}),
        off=SWAPPED.off,
        work=SWAPPED.work,
        closing=closing,
    )
    hours = tuple(
        replace(catalogue.office.hours[0], days=days, start=start, end=end)
        for days, start, end in POLICE_HOURS
    )
    with_police = replace(
        catalogue,
        office=replace(catalogue.office, counters=(replace(police(catalogue), hours=hours),)),
    )
    counter = with_police.work_calendar_at("quay-cong-an")
    assert counter.closing != catalogue.work_calendar.closing
    return (
        catalogue.work_calendar,
        SWAPPED,
        SWAPPED,
        six_days,
        odd,
        counter,
        replace(SWAPPED, closing=counter.closing),
    )


POLICE_HOURS = ((("tue", "thu"), "08:00", "11:00"), (("thu", "sat"), "14:00", "16:00"))
"""A counter that is open on two mornings, on Thursday afternoon and on Saturday afternoon, when the
office is closed."""


def police(catalogue: Catalogue) -> Counter:
    counter = catalogue.office.counter("quay-cong-an")
    assert counter is not None
    return counter


def for_script(calendar: WorkCalendar) -> dict[str, Any]:
    return {
        "from": calendar.first_known_day.isoformat().zfill(10),
        "until": calendar.last_known_day.isoformat(),
        "weekly": sorted(calendar.weekly),
        "closing": {str(day): time for day, time in calendar.closing.items()},
        "off": {day.isoformat(): name for day, name in calendar.off.items()},
        "work": {day.isoformat(): name for day, name in calendar.work.items()},
    }


def test_a_counter_without_hours_of_its_own_keeps_those_of_the_office(catalogue: Catalogue) -> None:
    assert (
        catalogue.work_calendar_at("quay-1")
        == catalogue.work_calendar
        == catalogue.work_calendar_at("khong-co")
    )


@pytest.fixture(scope="module")
def police_site(
    project: Path, today: dt.date, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Catalogue]:
    """The site of an office whose police counter has POLICE_HOURS."""
    folder = tmp_path_factory.mktemp("police")
    for part in ("procedures", "content", "site_config"):
        shutil.copytree(project / part, folder / "project" / part)
    shutil.copy(project / "mkdocs.yml", folder / "project")
    office = folder / "project/site_config/office.yml"
    text = office.read_text("utf-8")
    old = text[
        text.index("    hours:\n", text.index("id: quay-cong-an")) : text.index(
            "  - id: ban-huong-dan"
        )
    ]
    new = "    hours:\n" + "".join(
        f'      - days: [{", ".join(days)}]\n        start: "{start}"\n        end: "{end}"\n'
        for days, start, end in POLICE_HOURS
    )
    office.write_text(text.replace(old, new), "utf-8")
    built = build(folder / "project", folder / "site", today, print_folder=folder / "print")
    assert built.is_built
    return folder / "site", built.project.catalogue


def test_a_procedure_of_a_counter_counts_with_the_hours_of_that_counter(
    open_page: Open, police_site: tuple[Path, Catalogue], serve_folder: Callable[[Path], str]
) -> None:
    site, catalogue = police_site
    base = serve_folder(site)
    calendar = catalogue.work_calendar_at("quay-cong-an")
    assert calendar.closing == {1: "11:00", 3: "16:00", 5: "16:00"}
    found = [p for p in catalogue.public_procedures if p.counter == "quay-cong-an" and not p.cases]
    procedure = next(
        p
        for p in found
        if len({row.limit.value for row in p.channels}) == 1
        and is_countable(p.channels[0].limit.value)
    )
    page = open_page(
        address(procedure), base=base, at=MORNING
    )  # a Wednesday: the office is open, this counter is not
    status = page.locator("[data-ny-status]")
    expect(status).to_have_text("Đã đóng cửa, mở lại 8:00 ngày mai")
    differs = 0
    for moment in (
        "2026-12-01 11:00",
        "2026-12-01 11:01",
        "2026-11-25 09:00",
        "2026-11-26 15:59",
        "2026-11-28 15:00",
    ):
        day, at = moment.split()
        page.locator("[data-ny-received]").fill(day)
        page.locator("[data-ny-received-at]").fill(at)
        due = due_date(procedure.channels[0].limit.value, dt.date.fromisoformat(day), at, calendar)
        assert due.date is not None
        expect(page.locator("[data-ny-due]")).to_contain_text(f"{due.date:%d/%m/%Y}")
        differs += (
            due.date
            != due_date(
                procedure.channels[0].limit.value,
                dt.date.fromisoformat(day),
                at,
                catalogue.work_calendar,
            ).date
        )
    assert differs >= 2, "the hours of the counter never matter"
    # The other pages go by the office.
    other = next(p for p in catalogue.public_procedures if p.counter == "quay-1")
    expect(
        open_page(address(other), base=base, at=MORNING).locator("[data-ny-status]")
    ).to_have_text("Đang mở cửa, đến 11:30")
    # On Saturday afternoon it is the other way round.
    saturday = dt.datetime(2026, 11, 28, 15, tzinfo=HANOI)
    expect(
        open_page(address(procedure), base=base, at=saturday).locator("[data-ny-status]")
    ).to_have_text("Đang mở cửa, đến 16:00")
    expect(
        open_page(address(other), base=base, at=saturday).locator("[data-ny-status]")
    ).to_have_attribute("data-state", "closed")


def random_limit(dice: random.Random) -> TimeLimit:
    unit: Any = dice.choice(["working_days", "working_days", "calendar_days", "months", "hours"])
    most = {"working_days": 60, "calendar_days": 120, "months": 7, "hours": 72}[unit]

    def number() -> Decimal:
        return (
            Decimal(dice.randint(0, most * 100)) / 100
            if dice.random() < 0.3
            else Decimal(dice.randint(0, most))
        )

    kind = dice.choice(["one", "one", "one", "range", "same_day", "not_specified", "text"])
    if kind == "one":
        return TimeLimit(kind=unit, value=number())
    if kind == "range":
        least, largest = sorted((number(), number()))
        return TimeLimit(kind="range", minimum=least, maximum=largest, unit=unit)
    if kind == "same_day":
        return TimeLimit(
            kind="same_day", cutoff=dice.choice([None, "15:00", "11:00", "00:00", "24:00"])
        )
    return TimeLimit(kind=kind)  # type: ignore[arg-type]


def test_the_promised_day_is_the_one_that_python_counts(
    open_page: Open, calendars: tuple[WorkCalendar, ...]
) -> None:
    dice = random.Random(20261124)
    cases, expected = [], []
    for _ in range(CASES):
        place = dice.randrange(len(calendars))
        calendar, limit = calendars[place], random_limit(dice)
        near = dice.choice([*calendar.off, *calendar.work])  # most files come in around holidays
        day = (
            near + dt.timedelta(days=dice.randint(-9, 4))
            if dice.random() < 0.7
            else dt.date(2025, 12, 20) + dt.timedelta(dice.randrange(560))
        )
        at = dice.choice(
            [
                "00:00",
                "09:15",
                "09:16",
                "11:30",
                "11:31",
                "15:00",
                "15:01",
                "17:00",
                "17:01",
                "23:59",
            ]
        )
        due = due_date(limit, day, at, calendar)
        cases.append([limit_words(limit), day.isoformat(), at, place])
        expected.append(
            {
                "date": due.date.isoformat() if due.date else None,
                "reason": due.reason,
                "skipped": [day.isoformat() for day, _ in due.skipped],
                "receipt": due.receipt.isoformat() if due.receipt else None,
                "earliest": due.earliest.isoformat() if due.earliest else None,
            }
        )
    page = open_page("", base="about:blank")
    page.add_script_tag(path=SCRIPTS / "promise.js")
    found = page.evaluate(
        """([cases, calendars]) => cases.map(([limit, day, time, place]) => {
            const due = NiemYetPromise.due(limit, day, time, calendars[place]);
            return {...due, receipt: due.receipt || null, earliest: due.earliest || null} })""",
        [cases, [for_script(calendar) for calendar in calendars]],
    )
    wrong = [
        (case, mine, theirs)
        for case, mine, theirs in zip(cases, expected, found, strict=True)
        if mine != theirs
    ]
    assert wrong[:5] == []
    reasons = {due["reason"] for due in expected}
    assert len(reasons) == 9, f"the cases never meet some of the reasons, only {reasons}"
    assert sum(bool(due["skipped"]) for due in expected) > 1000
    assert (
        sum(
            case[3] == 0 and due["date"] is not None
            for case, due in zip(cases, expected, strict=True)
        )
        > 500
    )


def test_a_sum_is_the_one_that_python_adds_up(open_page: Open, catalogue: Catalogue) -> None:
    dice = random.Random(8000)
    amounts = [
        value
        for fee in catalogue.fees.values()
        for row in fee.values
        for value in (row.amount, *row.by_channel.values())
    ]
    for _ in range(300):
        bounds = sorted(dice.sample(range(1, 60), dice.randint(1, 4)))
        ends: list[int | None] = [*bounds[:-1], dice.choice([None, bounds[-1]])]
        tiers, first = [], 1
        for last in ends:
            tiers.append(Tier(first=first, last=last, amount_vnd=dice.randrange(0, 50_000, 500)))
            first = (last or 0) + 1
        cap = dice.choice([None, 0, dice.randrange(1000, 900_000)])
        amounts.append(Amount(status="tiered", tiers=tuple(tiers), cap_vnd=cap))
        amounts.append(Amount(status="fixed", amount_vnd=dice.randrange(0, 5_000_000), cap_vnd=cap))
    cases = [
        (
            dice.choice(amounts),
            dice.choice([0, 1, 2, 3, dice.randint(4, 80), dice.randint(81, 9999)]),
        )
        for _ in range(CASES)
    ]
    page = open_page("", base="about:blank")
    page.add_script_tag(path=SCRIPTS / "fees.js")
    found = page.evaluate(
        "cases => cases.map(([amount, n]) => NiemYetFees.total(amount, n))",
        [[amount_words(a), n] for a, n in cases],
    )
    wrong = [
        (amount_words(a), n, total_vnd(a, n), sum)
        for (a, n), sum in zip(cases, found, strict=True)
        if total_vnd(a, n) != sum
    ]
    assert wrong[:5] == []
    assert {a.status for a, _ in cases} == {"free", "fixed", "tiered", "by_province", "not_stated"}


@pytest.mark.parametrize(
    ("pages", "total"),
    [
        (1, 2000),
        (2, 4000),
        (3, 5000),
        (10, 12_000),
        (198, 200_000),
        (199, 200_000),
        (5000, 200_000),
    ],
)
def test_a_certified_copy_costs_what_the_circular_says(
    catalogue: Catalogue, pages: int, total: int
) -> None:
    """Thông tư 226/2016/TT-BTC: 2.000 đồng for each of the first two pages, 1.000 from the third,
    at most 200.000 a copy."""
    fee = catalogue.fees["phi-chung-thuc-ban-sao"]
    assert fee.current is not None
    assert total_vnd(fee.current.amount, pages) == total


def test_what_nobody_can_say_is_no_zero(open_page: Open) -> None:
    closed = Amount(status="tiered", tiers=(Tier(first=1, last=10, amount_vnd=100),))
    cases = [
        (Amount(status="free"), 3, 0),
        (Amount(status="by_province"), 3, None),
        (Amount(status="not_stated"), 0, None),
        (closed, 10, 1000),
        (closed, 11, None),
    ]
    page = open_page("", base="about:blank")
    page.add_script_tag(path=SCRIPTS / "fees.js")
    for amount, count, cost in cases:
        assert total_vnd(amount, count) == cost
        found = page.evaluate(
            "([amount, n]) => NiemYetFees.total(amount, n)", [amount_words(amount), count]
        )
        assert found == cost


# The choice


def address(procedure: Procedure, choice: str = "", lang: str = "") -> str:
    return f"{lang}thu-tuc/{procedure.slug}/{choice}"


def faults(page: Page) -> list[str]:
    """The troubles of a walk over several pages, some of which were left while their icon was still
    coming."""
    return [line for line in troubles(page) if "ERR_ABORTED" not in line]


def shown(found: Locator) -> list[str]:
    return [
        text
        for text, is_seen in found.evaluate_all(
            "all => all.map(e => [e.innerText.trim(), e.checkVisibility()])"
        )
        if is_seen
    ]


@pytest.fixture
def birth(catalogue: Catalogue) -> Procedure:
    return catalogue.procedures[BIRTH]


def test_the_page_follows_the_choice(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth), PHONE, at=MORNING)
    everything = shown(page.locator(".ny-check__n"))
    assert len(everything) == len(birth.papers)
    page.get_by_label("Đã quá 60 ngày").check()
    page.get_by_label("Trực tuyến", exact=True).check()
    online = [str(p.name) for p in birth.papers if not p.channels or "online" in p.channels]
    assert sorted(shown(page.locator(".ny-check__n"))) == sorted(online) != sorted(everything)
    expect(page.locator("[data-ny-progress]")).to_have_text(f"0/{len(online)} đã có")
    assert shown(page.locator("tr[data-limit] th")) == [shown(page.locator("tr[data-limit] th"))[0]]
    assert len(shown(page.locator("tr[data-ny-fee]"))) == 2
    expect(page.locator("[data-ny-fact=fee]")).to_have_text("Do tỉnh quy định")
    expect(page.locator("[data-ny-fact=where]")).to_have_text("Cổng Dịch vụ công quốc gia")
    expect(page.locator("[data-ny-fact=how]")).to_have_text("Trực tuyến")
    expect(page.locator("[data-ny-now]")).to_contain_text(
        "Thời hạn: Trong ngày. Phí, lệ phí: Do tỉnh quy định."
    )
    assert page.locator("[data-ny-now]").get_attribute("role") == "status"
    page.get_by_label("Mọi trường hợp").check()
    page.get_by_label("Mọi cách nộp").check()
    assert shown(page.locator(".ny-check__n")) == everything
    assert "#" not in page.url
    assert troubles(page) == []


def test_every_case_and_channel_shows_its_own_papers_and_fees(
    open_page: Open, catalogue: Catalogue, site_url: str
) -> None:
    """The procedures with the most cases, every combination of them; Python says what must be
    seen."""
    procedures = sorted(
        catalogue.public_procedures, key=lambda p: (-len(p.cases), -len(p.channels))
    )[:4]
    page = open_page("", PHONE)
    for procedure in procedures:
        page.goto(site_url + address(procedure))
        for case in procedure.cases:
            for channel in dict.fromkeys(row.channel for row in procedure.channels):
                page.evaluate(
                    "hash => { location.hash = hash }", f"truong-hop={case.id}&cach={channel}"
                )
                page.wait_for_function(
                    "id => document.querySelector(`input[value='${id}']`).checked", arg=case.id
                )

                def concerns(item: Any, case: str = case.id, channel: str = channel) -> bool:
                    own = (item.channel,) if hasattr(item, "channel") else item.channels
                    return (not item.cases or case in item.cases) and (not own or channel in own)

                papers = [str(p.name) for p in procedure.papers if concerns(p)]
                assert sorted(shown(page.locator(".ny-check__n"))) == sorted(papers)
                assert len(shown(page.locator("tr[data-limit]"))) == sum(
                    map(concerns, procedure.channels)
                )
                assert len(shown(page.locator("tr[data-ny-fee]"))) == sum(
                    map(concerns, procedure.fees)
                )


def test_a_choice_is_sent_as_an_address(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth, "#truong-hop=qua-han&cach=post"), PHONE, at=MORNING)
    expect(page.get_by_label("Đã quá 60 ngày")).to_be_checked()
    expect(page.get_by_label("Qua bưu chính")).to_be_checked()
    expect(page.locator("[data-ny-note=where]")).to_contain_text("Gửi về: Số 1 đường Hoa Sen")
    assert not page.evaluate("() => document.documentElement.classList.contains('is-choosing')")
    page.locator("a[href='#khi-nao']").click()
    page.wait_for_function("() => location.hash.includes('cach=post')")
    page.get_by_label("Trực tiếp tại quầy").check()
    assert page.url.endswith("#truong-hop=qua-han&cach=counter")
    page.locator(".ny-lang").click()
    page.wait_for_url("**/en/**")
    expect(page.get_by_label("More than 60 days after birth")).to_be_checked()
    expect(page.get_by_label("In person", exact=True)).to_be_checked()
    assert faults(page) == []


@pytest.mark.parametrize(
    "hash",
    ["#truong-hop=khong-co&cach=bay", "#truong-hop=%E0%A4%A", "#=&&=", "#truong-hop=<b>x</b>"],
)
def test_a_damaged_address_chooses_nothing(open_page: Open, birth: Procedure, hash: str) -> None:
    page = open_page(address(birth, hash), PHONE)
    assert len(shown(page.locator(".ny-check__n"))) == len(birth.papers)
    expect(page.locator("[data-ny-choice]")).to_be_hidden()
    assert troubles(page) == []


def test_the_printed_sheet_is_for_the_choice_and_says_so(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth, "#truong-hop=qua-han&cach=online"))
    page.emulate_media(media="print")
    expect(page.locator("[data-ny-choice]")).to_be_visible()
    expect(page.locator("[data-ny-choice]")).to_have_text(
        "Phiếu này dành cho: Đã quá 60 ngày · Trực tuyến"
    )
    expect(page.locator("[data-ny-choose]")).to_be_hidden()
    expect(page.locator("[data-ny-promise]")).to_be_hidden()
    assert sorted(shown(page.locator(".ny-check__n"))) == sorted(
        str(p.name) for p in birth.papers if not p.channels or "online" in p.channels
    )
    page.goto(page.url.split("#")[0])
    page.reload()
    expect(page.locator("[data-ny-choice]")).to_be_hidden()
    assert len(shown(page.locator(".ny-check__n"))) == len(birth.papers)


def test_without_scripts_every_case_is_there_and_no_form_that_would_not_work(
    open_page: Open, catalogue: Catalogue
) -> None:
    procedure = max(catalogue.public_procedures, key=lambda p: len(p.cases))
    page = open_page(
        address(procedure, f"#truong-hop={procedure.cases[0].id}"), PHONE, java_script_enabled=False
    )
    assert sorted(shown(page.locator(".ny-check__n"))) == sorted(
        str(p.name) for p in procedure.papers
    )
    assert len(shown(page.locator("tr[data-limit]"))) == len(procedure.channels)
    assert len(shown(page.locator("tr[data-ny-fee]"))) == len(procedure.fees)
    for name in ("choose", "promise", "total", "clear", "choice"):
        for found in page.locator(f"[data-ny-{name}]").all():
            expect(found).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
@pytest.mark.parametrize("lang", ["", "en/"])
def test_a_page_with_a_choice_is_sound(
    open_page: Open, catalogue: Catalogue, birth: Procedure, lang: str, width: int, scheme: str
) -> None:
    copies = catalogue.procedures[COPIES]
    for path in (
        address(birth, "#truong-hop=qua-han&cach=online", lang),
        address(copies, lang=lang),
    ):
        page = open_page(path, width, at=MORNING, color_scheme=scheme)
        page.evaluate(Axe().axe_script)
        assert violations(page, ALL_RULES) == []
        assert (
            page.evaluate(
                "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
            )
            <= 0
        )
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                    '.ny-opt, .ny-reckon input, .ny-reckon button, .ny-textbtn')]
                .filter(e => e.checkVisibility() && e.type !== 'checkbox'
                    && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
        )
        assert small == []
        assert troubles(page) == []


# Walks by keyboard


def test_a_case_and_a_way_are_chosen_with_the_arrow_keys(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth), DESKTOP, at=MORNING)
    tab_to(page, "input[name=truong-hop]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Đã quá 60 ngày")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Trực tiếp tại quầy")).to_be_checked()
    assert page.url.endswith("#truong-hop=qua-han&cach=counter")
    expect(page.locator("[data-ny-choice]")).to_have_text(
        "Phiếu này dành cho: Đã quá 60 ngày · Trực tiếp tại quầy"
    )
    page.keyboard.press("Enter")  # a form that is sent would leave the page
    assert page.url.endswith("#truong-hop=qua-han&cach=counter")


def test_the_tick_list_is_ticked_and_cleared_by_keyboard(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth), DESKTOP)
    tab_to(page, "[data-ny-check]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    progress = page.locator("[data-ny-progress]")
    expect(progress).to_have_text(f"2/{len(birth.papers)} đã có")
    page.reload()
    expect(progress).to_have_text(f"2/{len(birth.papers)} đã có")
    tab_to(page, "[data-ny-clear]")
    page.keyboard.press("Enter")
    expect(progress).to_have_text(f"0/{len(birth.papers)} đã có")
    expect(page.locator("[data-ny-toast]")).to_have_text("Đã bỏ mọi dấu.")
    assert page.evaluate("() => localStorage.length") == 0


def test_the_calendar_is_walked_by_keyboard(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth), DESKTOP, at=MORNING)
    day = page.locator("[data-ny-received]")
    expect(day).to_have_value("2026-11-25")
    tab_to(page, "[data-ny-received]")
    page.keyboard.press("ArrowUp")  # the first part of the day
    assert day.input_value() != "2026-11-25"
    tab_to(page, "[data-ny-ics]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"nhan-ket-qua-{BIRTH}.ics"


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no tab stop is {selector}")


# The promised day


def moment(page: Page, day: str, time: str) -> list[str]:
    page.locator("[data-ny-received]").fill(day)
    page.locator("[data-ny-received-at]").fill(time)
    return page.locator("[data-ny-due] > *").all_inner_texts()


def test_the_page_says_which_days_were_passed_and_why(
    open_page: Open, catalogue: Catalogue, birth: Procedure
) -> None:
    page = open_page(address(birth, "#truong-hop=dung-han&cach=counter"), PHONE, at=MORNING)
    assert page.locator("[data-ny-due] > *").all_inner_texts() == [
        "Có kết quả trong ngày: thứ Tư, 25/11/2026"
    ]
    assert moment(page, "2026-11-25", "15:01") == [
        "Có kết quả chậm nhất: thứ Năm, 26/11/2026",
        "Nhận sau 15:00 nên trả vào ngày làm việc kế tiếp.",
    ]
    assert moment(page, "2027-02-03", "16:00") == [
        "Có kết quả chậm nhất: thứ Năm, 11/02/2027",
        "Nhận sau 15:00 nên trả vào ngày làm việc kế tiếp.",
        "Không tính ngày nghỉ: 04/02/2027 – 10/02/2027 (Tết Nguyên đán).",
    ]
    assert moment(page, "2026-11-28", "09:00") == [
        "Có kết quả chậm nhất: thứ Hai, 30/11/2026",
        "thứ Bảy, 28/11/2026 chỉ nhận hồ sơ, nên trả vào ngày làm việc kế tiếp.",
    ]
    assert moment(page, "2026-11-28", "13:00") == [
        "Có kết quả chậm nhất: thứ Hai, 30/11/2026",
        "Lúc đó quầy không mở, nên hồ sơ tính là nhận thứ Hai, 30/11/2026.",
    ]
    assert moment(page, "2026-11-23", "09:00") == [
        "Lịch nghỉ trên trang này bắt đầu từ 24/11/2026, nên không tính được cho ngày trước đó."
    ]
    assert moment(page, "2027-12-31", "16:00")[0].startswith("Ngày trả sẽ sau 31/12/2027")
    assert page.locator("[data-ny-ics]").is_disabled()
    assert moment(page, "", "16:00") == ["Hãy nhập ngày và giờ nộp."]
    assert troubles(page) == []


def test_a_limit_that_cannot_be_counted_is_refused_with_its_reason(
    open_page: Open, catalogue: Catalogue, site_url: str
) -> None:
    page = open_page("", PHONE)
    told = {}
    for procedure in catalogue.public_procedures:
        kinds = {row.limit.value.kind for row in procedure.channels}
        if (
            len(kinds) == 1
            and (kind := kinds.pop()) in ("text", "not_specified", "hours")
            and kind not in told
        ):
            page.goto(site_url + address(procedure))
            told[kind] = page.locator("[data-ny-due]").inner_text()
            expect(page.locator("[data-ny-received]")).to_have_count(0)
    assert told.keys() >= {"text", "not_specified"}
    assert "tùy từng hồ sơ" in told["text"]
    assert "Chưa có quy định về thời hạn" in told["not_specified"]
    assert faults(page) == []


def test_limits_that_differ_are_all_told_until_one_is_chosen(
    open_page: Open, catalogue: Catalogue
) -> None:
    procedure = next(
        p
        for p in catalogue.public_procedures
        if len({row.limit.value for row in p.channels}) > 1
        and {row.limit.value.kind for row in p.channels} <= {"working_days", "calendar_days"}
        and all(row.cases for row in p.channels)
    )
    page = open_page(address(procedure), PHONE, at=MORNING)
    lines = page.locator("[data-ny-due] > *").all_inner_texts()
    assert len(lines) == len({row.limit.value for row in procedure.channels}) + 1
    assert lines[-1].startswith("Thời hạn khác nhau")
    page.locator(f"input[value='{procedure.channels[0].cases[0]}']").check()
    page.locator(f"input[value='{procedure.channels[0].channel}']").check()
    assert page.locator("[data-ny-due] > strong").count() == 1
    due = due_date(
        procedure.channels[0].limit.value, MORNING.date(), "09:00", catalogue.work_calendar
    )
    assert due.date is not None
    expect(page.locator("[data-ny-due] > strong")).to_contain_text(f"{due.date:%d/%m/%Y}")


def test_the_page_knows_the_day_in_hanoi(open_page: Open, birth: Procedure) -> None:
    page = open_page(
        address(birth),
        PHONE,
        at=dt.datetime(2026, 11, 26, 0, 30, tzinfo=HANOI),
        timezone_id="America/Los_Angeles",
    )
    expect(page.locator("[data-ny-received]")).to_have_value("2026-11-26")
    expect(page.locator("[data-ny-received-at]")).to_have_value("00:30")


def test_the_promised_day_goes_into_a_calendar(
    open_page: Open, catalogue: Catalogue, birth: Procedure
) -> None:
    for lang, bring in (("", "giấy hẹn"), ("en/", "your receipt")):
        page = open_page(
            address(birth, "#truong-hop=qua-han&cach=counter", lang), PHONE, at=MORNING
        )
        moment(page, "2027-02-03", "16:00")
        with page.expect_download() as download:
            page.locator("[data-ny-ics]").click()
        raw = Path(download.value.path()).read_bytes()
        lines = raw.split(b"\r\n")
        assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75
        [line.decode() for line in lines]  # a letter cut in two would not be UTF-8
        event = dict(
            line.split(":", 1) for line in raw.replace(b"\r\n ", b"").decode().splitlines()
        )
        assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20270211", "20270212")
        office = catalogue.office
        place = ", ".join(
            text.by_lang[lang[:2] or "vi"] for text in (office.name, office.ward, office.address)
        )
        assert unescape(event["LOCATION"]) == place
        assert birth.title.by_lang[lang[:2] or "vi"] in event["SUMMARY"]
        assert bring in unescape(event["DESCRIPTION"])
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert event["UID"].endswith("@niemyet")
        assert re.search(r"(?<!\\)[,;]", event["LOCATION"] + event["DESCRIPTION"]) is None
        assert [line for line in lines if line.startswith((b"BEGIN", b"END"))] == [
            b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR",
        ]  # fmt: skip
        assert troubles(page) == []


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


# The sum


def test_what_copies_cost_follows_pages_and_copies(open_page: Open, catalogue: Catalogue) -> None:
    fee = catalogue.fees["phi-chung-thuc-ban-sao"]
    assert fee.current is not None
    page = open_page(address(catalogue.procedures[COPIES]), PHONE)
    out = page.locator("[data-ny-sum]")
    for pages, copies in ((1, 1), (5, 3), (250, 2), (2, 10)):
        page.get_by_label("Số trang bản chính").fill(str(pages))
        page.get_by_label("Số bản", exact=True).fill(str(copies))
        each = total_vnd(fee.current.amount, pages)
        assert each is not None
        expect(out).to_have_text(f"Tổng cộng: {format_vnd(each * copies)}")
    for wrong in ("", "0", "-3", "2.5", "10000"):
        page.get_by_label("Số bản", exact=True).fill(wrong)
        expect(out).to_have_text("Hãy nhập số từ 0 đến 9999.")
    assert troubles(page) == []


def test_a_sum_that_the_province_decides_is_no_zero(open_page: Open, birth: Procedure) -> None:
    page = open_page(address(birth), PHONE)
    out = page.locator("[data-ny-sum]")
    expect(out).to_contain_text("Mức thu khác nhau")
    page.get_by_label("Trong 60 ngày sau sinh").check()
    expect(out).to_have_text("Không phải nộp tiền.")
    page.get_by_label("Số bản", exact=True).fill("3")
    expect(out).to_have_text("Tổng cộng: 24.000 đồng")
    page.get_by_label("Đã quá 60 ngày").check()
    expect(out).to_have_text(
        "Đã tính được 24.000 đồng, chưa kể: Đăng ký khai sinh quá hạn (do tỉnh quy định)."
    )
    page.get_by_label("Số bản", exact=True).fill("0")
    expect(out).to_contain_text("Chưa tính được: Đăng ký khai sinh quá hạn (do tỉnh quy định).")


def test_every_procedure_page_counts_without_a_fault(
    open_page: Open, catalogue: Catalogue, site_url: str
) -> None:
    page = open_page("", PHONE, at=MORNING)
    empty = []
    for procedure in catalogue.public_procedures:
        for lang in catalogue.summaries[procedure.code].languages:
            page.goto(site_url + address(procedure, lang="en/" if lang == "en" else ""))
            said = page.locator("[data-ny-due], [data-ny-sum], [data-ny-now]").all_text_contents()
            empty += [
                f"{procedure.slug}: {text}"
                for text in said
                if not text or "{" in text or "undefined" in text
            ]
    assert empty == []
    assert faults(page) == []


# Where nothing can be kept, from a USB stick, and how it arrives


def test_it_works_where_nothing_may_be_kept(
    browser: Browser, site_url: str, birth: Procedure
) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused',"
        " 'SecurityError') }})"
    )
    page.goto(site_url + address(birth, "#cach=online"))
    page.locator(".ny-check label").filter(visible=True).first.click()
    expect(page.locator("[data-ny-progress]")).to_have_text(re.compile("^1/"))
    page.locator("[data-ny-clear]").click()
    expect(page.locator("[data-ny-progress]")).to_have_text(re.compile("^0/"))
    assert faults == []
    context.close()


def test_it_works_from_a_folder(open_page: Open, built_site: Path, birth: Procedure) -> None:
    page = open_page(
        f"thu-tuc/{birth.slug}/index.html#cach=online",
        PHONE,
        base=built_site.as_uri() + "/",
        at=MORNING,
    )
    expect(page.get_by_label("Trực tuyến", exact=True)).to_be_checked()
    page.get_by_label("Trực tiếp tại quầy").check()
    assert page.url.endswith("#cach=counter")
    with page.expect_download():
        page.locator("[data-ny-ics]").click()
    assert troubles(page) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("choice", ["", "#truong-hop=qua-han&cach=online"])
def test_nothing_moves_while_the_page_arrives(
    browser: Browser, site_url: str, catalogue: Catalogue, birth: Procedure, width: int, choice: str
) -> None:
    """The scripts come late, as over a slow line. The fonts never come: what they do is looked at
    apart."""
    for procedure in (birth, catalogue.procedures[COPIES]) if not choice else (birth,):
        context = browser.new_context(viewport={"width": width, "height": 844})
        page = context.new_page()
        page.add_init_script(SHIFTS)

        def late(route: Route) -> None:
            time.sleep(0.1)
            route.continue_()

        page.route(re.compile(r"assets/js/(?!boot)"), late)
        page.route(re.compile(r"\.woff2$"), lambda route: route.abort())
        page.goto(site_url + address(procedure, choice))
        page.wait_for_timeout(400)
        moved = page.evaluate("() => shifts")
        assert sum(float(line.split()[0]) for line in moved) < 0.001, moved
        context.close()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_fonts_that_come_move_nothing(
    browser: Browser, site_url: str, birth: Procedure, width: int
) -> None:
    """A page that was begun in the system's font stays in it; ours is kept for the next."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(site_url + address(birth))
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.fonts.check('1rem \"Be Vietnam Pro\"')")
    assert page.evaluate("() => shifts.reduce((sum, shift) => sum + parseFloat(shift), 0)") < 0.0005
    context.close()


def test_a_first_visit_is_light(
    open_page: Open, catalogue: Catalogue, site_url: str, built_site: Path
) -> None:
    """At most 120 KB with the fonts and 60 KB without, as a server sends them (text in gzip)."""
    page = open_page("")
    sizes: dict[str, tuple[int, int]] = {}
    got: dict[str, int] = {}  # what pages share is asked for once and then kept by the browser

    def note(response: Response) -> None:
        name = response.url.removeprefix(site_url).split("#")[0]
        file = built_site / name / "index.html" if name.endswith("/") else built_site / name
        got[name] = (
            len(file.read_bytes())
            if file.suffix == ".woff2"
            else len(gzip.compress(file.read_bytes(), 6))
        )

    page.on("response", note)
    for procedure in sorted(
        catalogue.public_procedures,
        key=lambda p: -(built_site / address(p) / "index.html").stat().st_size,
    )[:12]:
        page.goto(site_url + address(procedure), wait_until="networkidle")
        assets = {
            name: size
            for name, size in got.items()
            if name.startswith("assets/") and "search/" not in name
        }
        fonts = sum(size for name, size in assets.items() if name.startswith("assets/fonts/"))
        assert fonts
        whole = got[address(procedure)] + sum(assets.values())
        sizes[procedure.slug] = (whole, whole - fonts)
    heaviest = max(sizes.items(), key=lambda item: item[1])
    print(f"\nheaviest first visit: {heaviest}")
    assert heaviest[1][0] <= 120_000
    assert heaviest[1][1] <= 60_000


def test_the_constants_hold_the_whole_calendar(catalogue: Catalogue, built_site: Path) -> None:
    for lang in catalogue.languages:
        text = (built_site / f"assets/js/answers-{lang}.js").read_text("utf-8")
        given = json.loads(text.removeprefix("window.niemyetAnswers=").removesuffix(";\n"))
        assert {k: v for k, v in given["calendar"].items() if k not in ("off", "work")} == {
            k: v for k, v in for_script(catalogue.work_calendar).items() if k not in ("off", "work")
        }
        assert given["calendar"]["off"].keys() == {
            d.isoformat() for d in catalogue.work_calendar.off
        }
        assert all(given["calendar"]["off"].values())
