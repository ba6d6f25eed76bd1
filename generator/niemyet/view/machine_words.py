"""What the scripts of a procedure's page read: short words beside what people read, and one file of
constants a language.

A script never learns anything that the page does not also say to a reader without scripts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from niemyet.model.catalogue import Catalogue
from niemyet.model.fees import Amount
from niemyet.values.money import format_vnd
from niemyet.values.time_limits import TimeLimit
from niemyet.values.work_calendar import WorkCalendar
from niemyet.view.words import Words

ASKED = (
    "choice_now", "choice_papers", "choice_papers_more", "choice_not_offered",
    "choice_see_below", "choice_printed", "papers_cleared", "due_on", "due_between",
    "due_today", "due_skipped", "due_worked", "due_received_later", "due_after_cutoff",
    "due_reception_only", "due_counts_working_days", "due_counts_calendar_days", "due_no_hours",
    "due_no_not_specified", "due_no_text", "due_no_before_calendar", "due_no_beyond_calendar",
    "due_no_moment", "due_choose", "ics_summary", "ics_bring", "ics_earliest", "ics_handed_in",
    "total_is", "total_free", "total_at_least", "total_unknown", "total_choose", "total_count",
    "total_enter", "total_by_province", "total_not_stated", "fee_not_stated", "read_aloud",
    "read_pause", "read_on", "read_stop", "read_bar", "short_counter", "short_online",
    "short_post", "where_post", "day_off",
)  # fmt: skip


def constants(catalogue: Catalogue, words: Words) -> dict[str, Any]:
    """The working calendar, the place and the sentences that all procedure pages of one language
    share."""
    calendar, office, lang = catalogue.work_calendar, catalogue.office, words.lang
    name = {
        "place": words.text(office.name),
        "ward": words.text(office.ward),
        "address": words.text(office.address),
    }
    days = {"off": catalogue.calendar.off, "work": catalogue.calendar.work}
    return {
        "calendar": {
            "from": calendar.first_known_day.isoformat(),
            "until": calendar.last_known_day.isoformat(),
            "weekly": sorted(calendar.weekly),
            "closing": _closing(calendar),
            **{
                key: {d.day.isoformat(): d.name.get(lang) or words.ui("day_off") for d in given}
                for key, given in days.items()
            },
        },
        "counters": {
            c.id: _closing(catalogue.work_calendar_at(c.id)) for c in office.counters if c.hours
        },
        **name,
        "portal": words.text(catalogue.settings.online_portal.name),
        "money": [format_vnd(0, lang).replace("0", "{n}"), "." if lang == "vi" else ","],
        "text": {key: words.ui(key) for key in ASKED},
    }


def _closing(calendar: WorkCalendar) -> dict[str, str]:
    return {str(day): time for day, time in sorted(calendar.closing.items())}


def limit_words(limit: TimeLimit) -> str:
    """A limit as words for a script: `working_days 7.5`, `range 1 3 working_days`, `same_day
    15:00`, `text`."""
    match limit.kind:
        case "range":
            return f"range {_number(limit.minimum)} {_number(limit.maximum)} {limit.unit}"
        case "same_day":
            return f"same_day {limit.cutoff}" if limit.cutoff else "same_day"
        case "text" | "not_specified":
            return limit.kind
        case kind:
            return f"{kind} {_number(limit.value)}"


def _number(value: Decimal | None) -> str:
    return f"{value:f}"


def amount_words(amount: Amount) -> str:
    """An amount as words for a script: `fixed 8000`, `tiered 1-2:2000 3-:1000 max:200000`,
    `by_province`."""
    out: list[str] = [amount.status]
    if amount.status == "fixed":
        out.append(str(amount.amount_vnd))
    out += [f"{tier.first}-{tier.last or ''}:{tier.amount_vnd}" for tier in amount.tiers]
    if amount.cap_vnd is not None:
        out.append(f"max:{amount.cap_vnd}")
    return " ".join(out)
