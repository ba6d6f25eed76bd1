"""Money, dates, hours, phones, time limits and deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from counting import Due, due_date
from hypothesis import given
from hypothesis import strategies as st

from niemyet.values.dates import (
    format_clock,
    format_date,
    format_hour_words,
    format_long_date,
    parse_clock,
    parse_date,
)
from niemyet.values.money import format_vnd
from niemyet.values.phones import Phone, format_phone, parse_phone, tel_uri
from niemyet.values.time_limits import LimitKind, TimeLimit, format_limit, limit_key, parse_decimal
from niemyet.values.work_calendar import WorkCalendar

TET = {dt.date(2026, 2, day): "Tết Nguyên đán" for day in range(16, 21)}
CALENDAR_2026 = WorkCalendar(
    last_known_day=dt.date(2026, 12, 31),
    off=TET
    | {
        dt.date(2026, 4, 26): "Giỗ Tổ Hùng Vương",
        dt.date(2026, 4, 27): "Nghỉ bù Giỗ Tổ",
        dt.date(2026, 4, 30): "Ngày Chiến thắng",
        dt.date(2026, 5, 1): "Quốc tế Lao động",
        dt.date(2026, 8, 31): "Nghỉ hoán đổi",
        dt.date(2026, 9, 1): "Quốc khánh",
        dt.date(2026, 9, 2): "Quốc khánh",
        dt.date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
    },
    work={dt.date(2026, 8, 22): "Làm bù cho ngày 31/8"},
)
CULTURE_DAY = (dt.date(2026, 11, 24), "Ngày Văn hóa Việt Nam")


def limit(kind: LimitKind, value: str | None = None, **more: object) -> TimeLimit:
    return TimeLimit(kind=kind, value=None if value is None else Decimal(value), **more)  # type: ignore[arg-type]


def span(minimum: int, maximum: int, unit: str) -> TimeLimit:
    return limit("range", minimum=Decimal(minimum), maximum=Decimal(maximum), unit=unit)


def due(
    wanted: TimeLimit, received: str, at: str = "09:00", calendar: WorkCalendar = CALENDAR_2026
) -> Due:
    return due_date(wanted, dt.date.fromisoformat(received), at, calendar)


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (0, "0 đồng", "VND 0"),
        (8000, "8.000 đồng", "VND 8,000"),
        (1234567, "1.234.567 đồng", "VND 1,234,567"),
    ],
)
def test_money_is_written_the_way_of_the_language(amount: int, vi: str, en: str) -> None:
    assert (format_vnd(amount), format_vnd(amount, "en")) == (vi, en)


def test_money_is_never_a_float() -> None:
    with pytest.raises(ValueError, match="float"):
        format_vnd(8000.0)  # type: ignore[arg-type]


@given(st.integers(0, 10**12))
def test_money_written_keeps_every_digit(amount: int) -> None:
    assert format_vnd(amount).removesuffix(" đồng").replace(".", "") == str(amount)


@pytest.mark.parametrize(
    ("day", "vi", "en", "long"),
    [
        ("2026-11-24", "24/11/2026", "24 November 2026", "ngày 24 tháng 11 năm 2026"),
        ("2026-03-05", "05/03/2026", "5 March 2026", "ngày 05 tháng 3 năm 2026"),
        ("2026-02-10", "10/02/2026", "10 February 2026", "ngày 10 tháng 02 năm 2026"),
        ("2026-01-01", "01/01/2026", "1 January 2026", "ngày 01 tháng 01 năm 2026"),
    ],
)
def test_a_date_is_written_short_in_tables_and_long_in_letters(
    day: str, vi: str, en: str, long: str
) -> None:
    assert (format_date(day), format_date(day, "en"), format_long_date(day)) == (vi, en, long)
    assert format_long_date(day, "en") == en
    assert format_date(dt.date.fromisoformat(day)) == vi


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-13-01", "0000-01-01", "2025-02-29"],
    ids=["30 Feb", "month 13", "year 0", "29 Feb"],
)
def test_a_day_that_never_comes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f'^Ngày "{text}" không có trên lịch'):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-2-3",
        "20260203",
        "2026-W06-2",
        "٢٠٢٦-٠٢-٠٣",
        "03/02/2026",
        " 2026-02-03",
        "2026-02-03\n",
    ],
)
def test_a_date_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"phải viết theo dạng năm-tháng-ngày, ví dụ 2026-11-24\.$"
    ):
        parse_date(text)


@given(st.dates())
def test_a_date_read_is_written_back(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "minutes", "vi", "en", "words_vi", "words_en"),
    [
        ("07:30", 450, "7:30", "7:30 am", "7 giờ 30", "7:30 am"),
        ("15:00", 900, "15:00", "3:00 pm", "15 giờ", "3 pm"),
        ("13:05", 785, "13:05", "1:05 pm", "13 giờ 05", "1:05 pm"),
        ("12:00", 720, "12:00", "midday", "12 giờ", "midday"),
        ("12:15", 735, "12:15", "12:15 pm", "12 giờ 15", "12:15 pm"),
        ("00:00", 0, "0:00", "midnight", "0 giờ", "midnight"),
        ("00:20", 20, "0:20", "12:20 am", "0 giờ 20", "12:20 am"),
        ("24:00", 1440, "24:00", "midnight", "24 giờ", "midnight"),
    ],
)
def test_an_hour_is_read_strictly_and_written_for_people(
    text: str, minutes: int, vi: str, en: str, words_vi: str, words_en: str
) -> None:
    assert parse_clock(text) == minutes
    assert (format_clock(text), format_clock(text, "en")) == (vi, en)
    assert (format_hour_words(text), format_hour_words(text, "en")) == (words_vi, words_en)


@pytest.mark.parametrize(
    "text", ["7:30", "07:60", "24:01", "25:00", "07h30", "0730", "07:30:00", "٠٧:٣٠", "07:30\n", ""]
)
def test_an_hour_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"phải viết theo dạng HH:MM từ 00:00 đến 24:00"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("text", "digits", "kind", "shown", "uri"),
    [
        ("0236 3 123 456", "02363123456", "landline", "0236 3 123 456", "tel:+842363123456"),
        (
            "0238.3123.456",
            "02383123456",
            "landline",
            "0238 3 123 456",
            "tel:+842383123456",
        ),
        ("028.39102126", "02839102126", "landline", "028 3910 2126", "tel:+842839102126"),
        ("(024) 3825-1234", "02438251234", "landline", "024 3825 1234", "tel:+842438251234"),
        ("+84 (0)236 3 123 456", "02363123456", "landline", "0236 3 123 456", "tel:+842363123456"),
        ("0903.343.439", "0903343439", "mobile", "0903 343 439", "tel:+84903343439"),
        ("+84 903 343 439", "0903343439", "mobile", "0903 343 439", "tel:+84903343439"),
        ("0084903343439", "0903343439", "mobile", "0903 343 439", "tel:+84903343439"),
        ("1022", "1022", "short", "1022", "tel:1022"),
        ("113", "113", "short", "113", "tel:113"),
        ("18001096", "18001096", "freephone", "1800 1096", "tel:18001096"),
        ("1800.599.920", "1800599920", "freephone", "1800 599 920", "tel:1800599920"),
        ("1900 12345", "190012345", "premium", "1900 12345", "tel:190012345"),
    ],
)
def test_a_phone_number_is_known_by_its_kind_and_grouped_for_reading(
    text: str, digits: str, kind: str, shown: str, uri: str
) -> None:
    phone = parse_phone(text)
    assert (phone.digits, phone.kind, format_phone(phone), tel_uri(phone)) == (
        digits,
        kind,
        shown,
        uri,
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "0", "12", "12345", "2022", "1800", "1900", "1800109", "18001234567", "0236 3 123 45",
        "0236 3 123 4567", "0403343439", "09033434390", "+84 1022", "84903343439",
        "0903 343 439 máy lẻ 2",
        "٠٩٠٣٣٤٣٤٣٩", "0243…",
    ],
)  # fmt: skip
def test_a_number_nobody_can_dial_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r'^Số điện thoại ".*" không đúng'):
        parse_phone(text)


digits_of = st.text(alphabet="0123456789", min_size=7, max_size=7)
phones = st.one_of(
    st.builds(lambda area, rest: f"02{area}{rest}", st.integers(10, 99), digits_of),
    st.builds(
        lambda prefix, rest: f"0{prefix}{rest}", st.sampled_from([32, 58, 70, 86, 90]), digits_of
    ),
    st.builds(
        lambda prefix, rest: f"{prefix}{rest}",
        st.sampled_from([1800, 1900]),
        st.integers(1000, 999999),
    ),
    st.integers(100, 199).map(str),
)


@given(phones)
def test_a_phone_number_written_is_read_back(digits: str) -> None:
    phone = parse_phone(digits)
    assert phone == Phone(digits=digits, kind=phone.kind)
    assert parse_phone(format_phone(phone)) == phone
    assert format_phone(parse_phone(format_phone(phone))) == format_phone(phone)


@pytest.mark.parametrize(
    ("wanted", "vi", "en"),
    [
        (limit("same_day", cutoff="15:00"), "Trong ngày", "Same day"),
        (limit("working_days", "3"), "3 ngày làm việc", "3 working days"),
        (limit("working_days", "1"), "1 ngày làm việc", "1 working day"),
        (limit("working_days", "7.5"), "7,5 ngày làm việc", "7.5 working days"),
        (limit("calendar_days", "20"), "20 ngày", "20 days"),
        (limit("hours", "12"), "12 giờ", "12 hours"),
        (limit("months", "1.0"), "1 tháng", "1 month"),
        (span(1, 3, "working_days"), "1 đến 3 ngày làm việc", "1 to 3 working days"),
        (span(0, 1, "hours"), "0 đến 1 giờ", "0 to 1 hour"),
        (limit("not_specified"), "Chưa quy định", "Not specified"),
    ],
)
def test_a_time_limit_reads_as_people_say_it(wanted: TimeLimit, vi: str, en: str) -> None:
    assert (format_limit(wanted), format_limit(wanted, "en")) == (vi, en)


def test_a_time_limit_in_words_keeps_its_words() -> None:
    assert (
        format_limit(limit("text"), text="Theo lịch hẹn của cơ quan thuế")
        == "Theo lịch hẹn của cơ quan thuế"
    )
    with pytest.raises(ValueError, match="cần có lời diễn giải"):
        format_limit(limit("text"))


def test_the_fastest_limit_sorts_first_and_the_unknown_last() -> None:
    order = [
        limit("hours", "4"),
        limit("same_day"),
        limit("hours", "12"),
        limit("calendar_days", "1"),
        limit("working_days", "1"),
        span(1, 3, "working_days"),
        limit("working_days", "3"),
        limit("calendar_days", "5"),
        limit("working_days", "5"),
        limit("calendar_days", "20"),
        limit("working_days", "20"),
        limit("months", "1"),
        limit("text"),
        limit("not_specified"),
    ]
    mixed = order[1::2] + order[::2]
    assert sorted(mixed, key=limit_key) == order


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: limit("working_days"), "cần có value"),
        (
            lambda: limit("range", minimum=Decimal(1), unit="hours"),
            "cần có đủ minimum, maximum và unit",
        ),
        (
            lambda: limit("range", minimum=Decimal(1), maximum=Decimal(3)),
            "cần có đủ minimum, maximum và unit",
        ),
        (lambda: span(3, 1, "working_days"), "minimum lớn hơn maximum"),
        (lambda: limit("same_day", cutoff="15h"), 'Giờ "15h"'),
    ],
)
def test_a_time_limit_that_lacks_what_its_kind_needs_cannot_be_made(
    build: Callable[[], TimeLimit], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        build()


@pytest.mark.parametrize(
    ("text", "number"), [(3, "3"), ("3", "3"), ("7.5", "7.5"), ("7,5", "7.5"), ("0", "0")]
)
def test_a_number_of_days_is_exact(text: str | int, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "ba", "-1", "7.", ".5", "1e3", "10000", "NaN", "٣", "1.234"])
def test_a_number_of_days_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r'^Số ".*" không đúng'):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-11-23", True),
        ("2026-11-24", False),
        ("2026-11-21", False),
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-04-26", False),
        ("2026-04-27", False),
    ],
)
def test_holidays_and_swapped_days_of_2026_are_known(day: str, is_working: bool) -> None:
    assert CALENDAR_2026.is_working(dt.date.fromisoformat(day)) is is_working


def test_the_next_working_day_is_never_the_day_itself() -> None:
    assert CALENDAR_2026.next_working(dt.date(2026, 11, 23)) == dt.date(2026, 11, 25)
    assert CALENDAR_2026.next_working(dt.date(2026, 8, 21)) == dt.date(2026, 8, 22)
    assert CALENDAR_2026.next_working(dt.date(2026, 8, 28)) == dt.date(2026, 9, 3)


def test_tet_is_passed_and_named_but_ordinary_weekends_are_not() -> None:
    day, skipped = CALENDAR_2026.add_working_days(dt.date(2026, 2, 13), 2)
    assert day == dt.date(2026, 2, 24)
    assert skipped == tuple(TET.items())


def test_a_holiday_that_falls_on_a_sunday_moves_nothing_by_itself() -> None:
    day, skipped = CALENDAR_2026.add_working_days(dt.date(2026, 4, 24), 1)
    assert (day, skipped) == (dt.date(2026, 4, 28), ((dt.date(2026, 4, 27), "Nghỉ bù Giỗ Tổ"),))


@pytest.mark.parametrize("weekly", [frozenset(), frozenset({0, 7})])
def test_a_calendar_without_a_working_day_cannot_be_made(weekly: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="ít nhất một ngày trong tuần"):
        WorkCalendar(last_known_day=dt.date(2026, 12, 31), weekly=weekly)


@pytest.mark.parametrize(
    ("wanted", "received", "expected", "skipped"),
    [
        (limit("working_days", "3"), "2026-11-23", "2026-11-27", (CULTURE_DAY,)),
        (limit("working_days", "5"), "2026-11-09", "2026-11-16", ()),
        (limit("working_days", "2"), "2026-08-21", "2026-08-24", ()),
        (limit("working_days", "7.5"), "2026-11-02", "2026-11-12", ()),
        (limit("working_days", "1"), "2026-11-24", "2026-11-26", (CULTURE_DAY,)),
        (limit("working_days", "1"), "2026-11-21", "2026-11-25", (CULTURE_DAY,)),
        (span(1, 3, "working_days"), "2026-11-02", "2026-11-05", ()),
        (limit("calendar_days", "10"), "2026-11-02", "2026-11-12", ()),
        (limit("calendar_days", "10"), "2026-11-04", "2026-11-16", ()),
        (limit("calendar_days", "20"), "2026-11-04", "2026-11-25", (CULTURE_DAY,)),
        (limit("calendar_days", "30"), "2026-11-03", "2026-12-03", ()),
        (limit("months", "1"), "2026-03-10", "2026-04-10", ()),
        (limit("months", "1"), "2026-01-30", "2026-03-02", ()),
        (limit("months", "1.5"), "2026-03-02", "2026-04-17", ()),
        (limit("months", "2"), "2026-10-30", "2026-12-30", ()),
    ],
)
def test_the_due_day_of_a_real_file(
    wanted: TimeLimit, received: str, expected: str, skipped: tuple[tuple[dt.date, str], ...]
) -> None:
    found = due(wanted, received)
    assert (found.date, found.reason, found.skipped) == (
        dt.date.fromisoformat(expected),
        "counted",
        skipped,
    )


def test_three_days_off_in_a_row_are_all_named() -> None:
    found = due(limit("working_days", "1"), "2026-08-28")
    assert found.date == dt.date(2026, 9, 3)
    assert [name for _, name in found.skipped] == ["Nghỉ hoán đổi", "Quốc khánh", "Quốc khánh"]


@pytest.mark.parametrize(
    ("received", "at", "expected", "reason"),
    [
        ("2026-11-23", "15:00", "2026-11-23", "same_day"),
        ("2026-11-23", "15:01", "2026-11-25", "after_cutoff"),
        ("2026-11-20", "16:00", "2026-11-23", "after_cutoff"),
        ("2026-11-22", "16:00", "2026-11-23", "same_day"),
        ("2026-11-24", "16:00", "2026-11-25", "same_day"),
        ("2026-08-21", "16:00", "2026-08-22", "after_cutoff"),
    ],
)
def test_a_same_day_file_after_the_cut_off_is_due_the_next_working_day(
    received: str, at: str, expected: str, reason: str
) -> None:
    found = due(limit("same_day", cutoff="15:00"), received, at)
    assert (found.date, found.reason) == (dt.date.fromisoformat(expected), reason)


def test_a_same_day_file_without_a_cut_off_is_due_the_same_day() -> None:
    found = due(limit("same_day"), "2026-11-23", "16:59")
    assert (found.date, found.reason) == (dt.date(2026, 11, 23), "same_day")


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (limit("hours", "12"), "hours"),
        (limit("hours", "48"), "hours"),
        (span(4, 8, "hours"), "hours"),
        (limit("not_specified"), "not_specified"),
        (limit("text"), "text"),
        (limit("working_days", "30"), "beyond_calendar"),
    ],
)
def test_no_day_is_promised_where_none_can_be_counted(wanted: TimeLimit, reason: str) -> None:
    found = due(wanted, "2026-11-23")
    assert (found.date, found.reason) == (None, reason)


def test_the_last_day_of_the_known_calendar_can_still_be_promised() -> None:
    assert due(limit("calendar_days", "8"), "2026-12-23").date == dt.date(2026, 12, 31)
    assert due(limit("calendar_days", "9"), "2026-12-23").date is None


def test_an_office_open_on_saturday_counts_saturday() -> None:
    six_days = WorkCalendar(last_known_day=dt.date(2026, 12, 31), weekly=frozenset(range(6)))
    assert due(limit("working_days", "2"), "2026-11-19", calendar=six_days).date == dt.date(
        2026, 11, 21
    )


COUNTERS = replace(CALENDAR_2026, closing={**dict.fromkeys(range(5), "17:00"), 5: "11:30"})
"""The counters are open on working days until 17:00 and on Saturday mornings; Saturday is no
working day."""


@pytest.mark.parametrize(
    ("wanted", "received", "at", "receipt", "expected", "reason"),
    [
        (
            limit("working_days", "1"),
            "2026-11-21",
            "09:00",
            "2026-11-21",
            "2026-11-23",
            "counted",
        ),  # Saturday morning
        (
            limit("working_days", "1"),
            "2026-11-21",
            "11:31",
            "2026-11-23",
            "2026-11-25",
            "counted",
        ),  # Saturday afternoon
        (
            limit("working_days", "1"),
            "2026-11-22",
            "09:00",
            "2026-11-23",
            "2026-11-25",
            "counted",
        ),  # Sunday
        (limit("working_days", "1"), "2026-11-20", "17:00", "2026-11-20", "2026-11-23", "counted"),
        (limit("working_days", "1"), "2026-11-19", "17:01", "2026-11-20", "2026-11-23", "counted"),
        (
            limit("working_days", "1"),
            "2026-08-22",
            "15:00",
            "2026-08-22",
            "2026-08-24",
            "counted",
        ),  # a Saturday worked whole
        (
            limit("same_day", cutoff="15:00"),
            "2026-11-21",
            "09:00",
            "2026-11-21",
            "2026-11-23",
            "reception_only",
        ),
        (
            limit("same_day", cutoff="15:00"),
            "2026-11-19",
            "18:00",
            "2026-11-20",
            "2026-11-20",
            "same_day",
        ),
        (
            limit("same_day", cutoff="15:00"),
            "2026-08-22",
            "14:00",
            "2026-08-22",
            "2026-08-22",
            "same_day",
        ),
        (limit("calendar_days", "2"), "2026-11-21", "09:00", "2026-11-21", "2026-11-23", "counted"),
    ],
)
def test_a_file_counts_as_received_while_the_counters_are_open(
    wanted: TimeLimit, received: str, at: str, receipt: str, expected: str, reason: str
) -> None:
    found = due(wanted, received, at, COUNTERS)
    assert (found.receipt, found.date, found.reason) == (
        dt.date.fromisoformat(receipt),
        dt.date.fromisoformat(expected),
        reason,
    )


def test_a_holiday_that_keeps_the_counters_closed_is_named_even_on_a_saturday() -> None:
    saturday = replace(COUNTERS, off=COUNTERS.off | {dt.date(2026, 11, 21): "Ngày nghỉ"})
    assert due(limit("same_day"), "2026-11-21", "09:00", saturday).skipped == (
        (dt.date(2026, 11, 21), "Ngày nghỉ"),
    )


def test_a_range_has_an_earliest_day_too() -> None:
    found = due(span(1, 3, "working_days"), "2026-11-02")
    assert (found.earliest, found.date) == (dt.date(2026, 11, 3), dt.date(2026, 11, 5))


def test_no_day_is_promised_before_the_calendar_begins() -> None:
    later = replace(CALENDAR_2026, first_known_day=dt.date(2026, 8, 31))
    assert due(limit("working_days", "1"), "2026-08-30", calendar=later) == Due(
        date=None, reason="before_calendar"
    )
    assert due(limit("working_days", "1"), "2026-08-31", calendar=later).date == dt.date(2026, 9, 4)


def test_a_closing_hour_that_is_no_hour_is_refused() -> None:
    with pytest.raises(ValueError, match='Giờ "17h"'):
        replace(CALENDAR_2026, closing={0: "17h"})


def test_an_hour_of_receipt_that_is_no_hour_is_refused_for_every_limit() -> None:
    with pytest.raises(ValueError, match='Giờ "9h"'):
        due(limit("working_days", "3"), "2026-11-23", "9h")


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 10, 1)), st.integers(1, 20))
def test_a_later_file_is_never_due_earlier_and_always_on_a_working_day(
    received: dt.date, days: int
) -> None:
    wanted = limit("working_days", str(days))
    first = due_date(wanted, received, "09:00", CALENDAR_2026).date
    second = due_date(wanted, received + dt.timedelta(days=1), "09:00", CALENDAR_2026).date
    assert first is not None
    assert second is not None
    assert received < first <= second
    assert CALENDAR_2026.is_working(first)
