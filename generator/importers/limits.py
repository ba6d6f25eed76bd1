"""How long the office may take, as a record writes it: a number with a unit, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from generator.importers.phrases import LONGEST_TEXT, one_line, short_name
from generator.text import fold

_UNITS = {
    "working day": "working_days", "working days": "working_days", "ngay lam viec": "working_days",
    "day": "calendar_days", "days": "calendar_days", "ngay": "calendar_days",
    "hour": "hours", "hours": "hours", "gio": "hours", "month": "months", "months": "months", "thang": "months",
}  # fmt: skip
_NUMBER = re.compile(r"\s*([0-9]{1,4}(?:[.,][0-9]{1,4})?)?\s*([^\d\s][^\n]{0,30})?\s*")
_UNSTATED = tuple(map(fold, ("", "other", "Không quy định", "Không có", "null", "undefined")))
_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimit:
    """A limit in our model; a problem says what a person should look at. `used_note`: the words came from the row's note."""

    data: dict[str, Any]
    problem: str = ""
    used_note: bool = False


def read_limit(written: str, note: str = "") -> ReadLimit:
    """A limit from what the row writes, else from the words of the row's note, else none."""
    found = _NUMBER.fullmatch(written)
    number, unit = (found[1] or "", fold((found[2] or "").replace("_", " "))) if found else ("", "")
    kind = _UNITS.get(unit)
    if found and number and kind:
        value = _value(number)
        if value is not None:
            return ReadLimit(data={"kind": kind, "value": value})
        return _in_words(one_line(written), "Thời hạn có số lẻ mà hệ thống không tính được; hãy xem lại.")
    if found and unit in ("other", "") and (number or unit == "other"):
        return _without_unit(number, note)
    if fold(written) in _UNSTATED:
        return _from_note(note) if note else ReadLimit(data={"kind": "not_specified"}, problem="Nguồn không ghi thời hạn.")
    return _in_words(one_line(written), "Thời hạn viết bằng lời; nếu là một con số thì ghi lại bằng số.")


def _value(number: str) -> int | str | None:
    whole, _, part = number.replace(",", ".").partition(".")
    if part.rstrip("0") == "5":
        return f"{int(whole)}.5"
    if part.strip("0"):
        return None
    return int(whole) if 1 <= int(whole) <= 3650 else None


def _without_unit(number: str, note: str) -> ReadLimit:
    if note:
        return _from_note(note)
    if number.strip("0.,"):
        problem = "Nguồn ghi con số nhưng mất đơn vị; hãy tra lại là ngày, giờ hay tháng."
        return _in_words(f"{number} (nguồn không ghi đơn vị tính)", problem)
    return ReadLimit(data={"kind": "not_specified"}, problem="Nguồn không ghi thời hạn; hãy tra lại trong trình tự thực hiện.")


def _from_note(note: str) -> ReadLimit:
    words = one_line(note)
    fits = len(words) <= _LONGEST_WORDS
    text = words if fits else short_name(words, _LONGEST_WORDS)
    problem = "Thời hạn lấy từ phần mô tả của nguồn; nếu là một con số thì ghi lại bằng số."
    return ReadLimit(data={"kind": "text", "text": text}, problem=problem, used_note=fits)


def _in_words(text: str, problem: str) -> ReadLimit:
    return ReadLimit(data={"kind": "text", "text": text[:LONGEST_TEXT]}, problem=problem)
