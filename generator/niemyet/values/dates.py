"""Days and clock times are read and written in one way. Nothing here reads the clock.

Parsers raise `ValueError` with a sentence a clerk can read. Formatters take `lang`: "vi" is
Vietnamese, "en" English; any other language gets a form that needs no words, such as 2026-11-24.
"""

from __future__ import annotations

import datetime as dt
import re

from niemyet.values.vietnamese import quote

ONE_DAY = dt.timedelta(days=1)
WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""The days of the week in the languages of messages, as `dt.date.weekday` counts them."""
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_date(text: str) -> dt.date:
    """A real day written as ISO `2026-11-24` in ASCII digits. Raises: ValueError for anything
    else."""
    found = _DATE.fullmatch(text)
    try:
        if found:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError(f'Ngày "{quote(text)}" không có trên lịch.') from None
    raise ValueError(f'Ngày "{quote(text)}" phải viết theo dạng năm-tháng-ngày, ví dụ 2026-11-24.')


def format_date(day: dt.date | str, lang: str = "vi") -> str:
    """`24/11/2026`, in English `24 November 2026`; ISO text is parsed. Raises: ValueError as
    `parse_date`."""
    day = parse_date(day) if isinstance(day, str) else day
    if lang == "vi":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}" if lang == "en" else day.isoformat()


def format_long_date(day: dt.date | str, lang: str = "vi") -> str:
    """`ngày 05 tháng 3 năm 2026`: days 1–9 and months 1–2 get a leading zero, as in official
    letters."""
    day = parse_date(day) if isinstance(day, str) else day
    if lang != "vi":
        return format_date(day, lang)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_name(day: dt.date, lang: str) -> str:
    """The day of the week in words; Vietnamese where there are none."""
    return WEEKDAYS.get(lang, WEEKDAYS["vi"])[day.weekday()]


def parse_clock(text: str) -> int:
    """Minutes since midnight of `HH:MM`, from 00:00 to 24:00. Raises: ValueError for anything
    else."""
    if not _CLOCK.fullmatch(text):
        raise ValueError(
            f'Giờ "{quote(text)}" phải viết theo dạng HH:MM từ 00:00 đến 24:00, ví dụ 07:30.'
        )
    return int(text[:2]) * 60 + int(text[3:])


def format_clock(text: str, lang: str = "vi") -> str:
    """`7:30` for `07:30`, in English `7:30 am`, `midday`, `midnight`. Raises: ValueError as
    `parse_clock`."""
    hour, minute = divmod(parse_clock(text), 60)
    return _clock_en(hour, minute, f":{minute:02d}") if lang == "en" else f"{hour}:{minute:02d}"


def format_hour_words(text: str, lang: str = "vi") -> str:
    """`15 giờ` or `7 giờ 30` as in a sentence, in English `3 pm`. Raises: ValueError as
    `parse_clock`."""
    hour, minute = divmod(parse_clock(text), 60)
    if lang == "vi":
        return f"{hour} giờ {minute:02d}" if minute else f"{hour} giờ"
    if lang != "en":
        return f"{hour}:{minute:02d}"
    return _clock_en(hour, minute, f":{minute:02d}" if minute else "")


def _clock_en(hour: int, minute: int, minutes: str) -> str:
    if minute == 0 and hour % 12 == 0:
        return "midday" if hour == 12 else "midnight"
    return f"{(hour + 11) % 12 + 1}{minutes} {'am' if hour < 12 else 'pm'}"
