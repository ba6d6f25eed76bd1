"""How long the office may take, as a record writes it: a number with a unit, or words that speak of
time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from niemyet.importing.phrases import LONGEST_TEXT, one_line, short_name, without_bullet
from niemyet.importing.sentences import sentence
from niemyet.values.vietnamese import fold

_UNITS = {
    "working day": "working_days", "working days": "working_days", "ngay lam viec": "working_days",
    "day": "calendar_days", "days": "calendar_days", "ngay": "calendar_days",
    "hour": "hours", "hours": "hours", "gio": "hours",
    "month": "months", "months": "months", "thang": "months",
}  # fmt: skip
_NUMBER = re.compile(r"\s*([0-9]{1,4}(?:[.,][0-9]{1,4})?)?\s*([^\d\s][^\n]{0,30})?\s*")
_UNSTATED = tuple(map(fold, ("", "other", "Không quy định", "Không có", "null", "undefined")))
_LONGEST_LINE = 300
_LONGEST_WORDS = 1200

_LENGTH = re.compile(
    r"[0-9]\s{0,3}(?:\([^()]{1,30}\)\s{0,3})?(?:ngày|giờ|tháng|tuần)\b(?!\s{0,3}[0-9])",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\btrong (?:cùng )?ngày\b|\bngay (?:sau|khi|trong|lập tức)\b|\b(?:trả|giải quyết)(?: kết quả|"
    r" hồ sơ)? ngay\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\bthời hạn\b", re.IGNORECASE)
_NONE_SET = re.compile(r"\bkhông quy định (?:về )?thời hạn\b", re.IGNORECASE)
_SUM = re.compile(r"[\s,;]*\b(?:trong đó|cụ thể(?: như sau)?|gồm|bao gồm)\s*:\s*\Z", re.IGNORECASE)

_AFTER_THREE = re.compile(
    r"\b(?:tiếp )?nhận(?: được)?(?: hồ sơ)?,? sau (?:15|15 giờ 00|15h)(?: giờ)?(?: cùng ngày)?,?"
    r" thì [^.;()]{0,160}?"
    r"\btrả [^.;()]{0,80}?\b(?:trong|vào) ngày làm việc (?:tiếp theo|kế tiếp|sau)\b",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(r"\b(?:trường hợp|nếu) hồ sơ (?:đã )?(?:đầy đủ|hợp lệ)", re.IGNORECASE)
_FOR_SOME = re.compile(r"\b(?:trường hợp|đối với)\b", re.IGNORECASE)
CUTOFF = "15:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimit:
    """A limit in our model; a problem says what a person should look at, `original` in which words.

    `used_note`: the words came from the row's note, all of them.
    """

    data: dict[str, Any]
    problem: str = ""
    used_note: bool = False
    original: str = ""


def read_limit(written: str, note: str = "", after_three: str = "") -> ReadLimit:
    """A limit from what the row writes, else the same day where the steps say so, else from the
    row's note, else none.

    `after_three` is the line of the steps that `same_day_rule` found.
    """
    found = _NUMBER.fullmatch(written)
    number, unit = (found[1] or "", fold((found[2] or "").replace("_", " "))) if found else ("", "")
    kind = _UNITS.get(unit)
    if found and number and kind:
        value = _value(number)
        if value is not None:
            return ReadLimit(data={"kind": kind, "value": value})
        return _in_words(one_line(written), sentence("limit_fraction"))
    if found and unit in ("other", "") and (number or unit == "other"):
        return _without_unit(number, note, after_three)
    if fold(written) in _UNSTATED:
        return _without_unit("", note, after_three)
    return _in_words(one_line(written), sentence("limit_in_words"))


def same_day_rule(steps: Iterable[str]) -> str:
    """The line of the steps that sets the rule of 15:00 for the whole procedure, or nothing.

    A rule for some cases, or beside another number of days, is no rule for the whole.
    """
    rule = ""
    for line in map(one_line, steps):
        found = _AFTER_THREE.search(line)
        rest = line if found is None else line[: found.start()] + line[found.end() :]
        if re.search(
            r"[0-9]\s(?:\([^()]{1,30}\)\s)?(?:ngày|tháng)\b(?!\s[0-9])", rest, re.IGNORECASE
        ):
            return ""
        if found is not None:
            sentence = line[line.rfind(". ", 0, found.start()) + 1 : found.start()]
            if _FOR_SOME.search(_IN_ORDER.sub("", sentence)):
                return ""
            rule = rule or line
    return rule


def _value(number: str) -> int | str | None:
    whole, _, part = number.replace(",", ".").partition(".")
    if part.rstrip("0") == "5":
        return f"{int(whole)}.5"
    if part.strip("0"):
        return None
    return int(whole) if 1 <= int(whole) <= 3650 else None


def _without_unit(number: str, note: str, after_three: str) -> ReadLimit:
    said = _from_note(note) if note else None
    if said is not None:
        return said
    if after_three and number.lstrip("0") in ("", "1"):
        return ReadLimit(
            data={"kind": "same_day", "cutoff": CUTOFF},
            problem=sentence("limit_without_unit_same_day"),
            original=after_three,
        )
    if number.strip("0.,"):
        text = f"{number} (nguồn không ghi đơn vị tính)"
        return _in_words(text, sentence("limit_without_unit"))
    return ReadLimit(data={"kind": "not_specified"}, problem=sentence("no_limit"))


def _from_note(note: str) -> ReadLimit | None:
    """The lines of a note that say how long; None where none does."""
    lines = [line for line in map(one_line, note.split("\n")) if line]
    if len(lines) == 1 and len(lines[0]) > _LONGEST_WORDS:
        lines = lines[0].replace(". ", ".\n").split("\n")
    chosen = [line for line in lines if _LENGTH.search(line) or _AT_ONCE.search(line)]
    chosen = chosen or [
        line for line in lines if _SPOKEN.search(line) and not _NONE_SET.search(line)
    ]
    if not chosen:
        return None
    problem = sentence("limit_from_note")
    whole = " ".join(chosen)
    if len(chosen) > 1 and _SUM.search(chosen[0]) and _LENGTH.search(chosen[0]):
        return _in_words(without_bullet(_SUM.sub("", chosen[0]))[:_LONGEST_LINE], problem)
    several = len(chosen) > 1 or len(_LENGTH.findall(whole[:_LONGEST_WORDS])) > 1
    if len(whole) <= (_LONGEST_WORDS if several else _LONGEST_LINE):
        return ReadLimit(
            data={"kind": "text", "text": without_bullet(whole)},
            problem=problem,
            used_note=len(chosen) == len(lines),
        )
    if len(chosen) == 1:
        text = short_name(whole, _LONGEST_LINE)
        if _LENGTH.search(text) or _AT_ONCE.search(text) or _SPOKEN.search(text):
            return _in_words(text, problem)
    return ReadLimit(data={"kind": "not_specified"}, problem=sentence("several_limits"))


def _in_words(text: str, problem: str) -> ReadLimit:
    return ReadLimit(data={"kind": "text", "text": text[:LONGEST_TEXT]}, problem=problem)
