"""How a time limit is said in the languages the program itself speaks."""

from __future__ import annotations

from collections.abc import Mapping

LIMIT_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "limit_same_day": "Trong ngày",
        "limit_unknown": "Chưa quy định",
        "limit_from_to": "{first} đến {last}",
        "limit_one_working_days": "{n} ngày làm việc",
        "limit_working_days": "{n} ngày làm việc",
        "limit_one_calendar_days": "{n} ngày",
        "limit_calendar_days": "{n} ngày",
        "limit_one_hours": "{n} giờ",
        "limit_hours": "{n} giờ",
        "limit_one_months": "{n} tháng",
        "limit_months": "{n} tháng",
    },
    "en": {
        "limit_same_day": "Same day",
        "limit_unknown": "Not specified",
        "limit_from_to": "{first} to {last}",
        "limit_one_working_days": "{n} working day",
        "limit_working_days": "{n} working days",
        "limit_one_calendar_days": "{n} day",
        "limit_calendar_days": "{n} days",
        "limit_one_hours": "{n} hour",
        "limit_hours": "{n} hours",
        "limit_one_months": "{n} month",
        "limit_months": "{n} months",
    },
}
"""Messages to the staff are in these two languages only; a page takes the same words from the
strings of its language."""
