"""What staff give for the blanks of a letter becomes values, or findings that name the place, on
the command line or in a file.

Values are data: nothing in them is evaluated. Dates are written 2026-12-02 and checked against the
office's working calendar.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.forms_and_letters import Blank, Letter
from niemyet.source.loader import Source
from niemyet.source.yaml_reader import Marks, scan
from niemyet.values.dates import ONE_DAY, WEEKDAYS, parse_date
from niemyet.values.phones import format_phone, parse_phone
from niemyet.values.placeholders import RESERVED
from niemyet.values.vietnamese import closest, normalise, quote
from niemyet.view.words import Words

ARGUMENTS = "--set"
"""The place of what stands on the command line: line 2 is the second value given there."""

HEAD = RESERVED
"""The number of a letter, its date, the name of who signs."""

MOST_DAYS = 60
LONGEST_TEXT = 600
LONGEST_WORD = 40

Value = str | dt.date

_CODE = re.compile(r"\S{1,40}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_WANTED = {
    "date": (
        "một ngày có thật, viết năm-tháng-ngày như 2026-12-02",
        "a real day, written year-month-day as in 2026-12-02",
    ),
    "code": (
        "một mã viết liền, không quá 40 ký tự",
        "a code without spaces, of at most 40 characters",
    ),
    "phone": (
        "số điện thoại đủ chữ số, như 0200 3 000 001",
        "a phone number with all its digits, such as 0200 3 000 001",
    ),
    "number": ("một số viết bằng chữ số", "a number in digits"),
    "days": (
        f"số ngày làm việc, từ 1 đến {MOST_DAYS}",
        f"a number of working days, from 1 to {MOST_DAYS}",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A new date counted in working days: from the day after `start`; `skipped` are the days that
    did not count."""

    start: dt.date
    count: int
    day: dt.date
    skipped: tuple[tuple[dt.date, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The values of a letter by blank; without any, the letter is a blank template. `day` is the
    letter's own date."""

    values: Mapping[str, Value] = field(default_factory=dict)
    day: dt.date | None = None
    promise: Promise | None = None
    is_filled: bool = False


def source_of_arguments(settings: Sequence[str]) -> tuple[Source, list[Diagnostic]]:
    """Values written `KEY=VALUE` as a source with places. Raises: ValueError for one without
    `=`."""
    data: dict[str, object] = {}
    marks = Marks(0, 0, {}, {})
    lines = [" ".join(re.split(r"[\t\r\n]", setting)) for setting in settings]
    source = Source(ARGUMENTS, "values", "\n".join(lines), data, _marks=marks)
    findings = [f for f in scan(ARGUMENTS, source.text) if f.code == "Y013"]
    for number, line in enumerate(lines):
        key, sign, value = line.partition("=")
        if not sign:
            raise ValueError(line)
        if key in data:
            findings.append(source.finding("Y002", (key,), key=True, key_name=key, first="1"))
        data[key] = value
        assert marks.keys is not None and isinstance(marks.children, dict)
        marks.keys[key] = (number, 0)
        marks.children[key] = Marks(number, len(key) + 1)
        broken = next((char for char in line if unicodedata.category(char) == "Cs"), None)
        if broken:
            findings.append(source.finding("Y013", (key,), character=f"U+{ord(broken):04X}"))
    return source, findings


def head_blanks(letter: Letter, words: Words) -> tuple[Blank, ...]:
    """The blanks of every letter: number, date, name of who signs."""
    labels = [words.ui(f"letter_key_{key}") for key in ("number", "date", "signer")]
    return tuple(
        Blank(
            origin=letter.origin,
            id=id,
            label=Text({words.lang: label}),
            kind=kind,
            role="",
            is_required=False,
            width=width,
            days="",
            example="",
        )
        for id, label, kind, width in zip(
            HEAD, labels, ("code", "date", "text"), (10, 24, 30), strict=True
        )
    )


def fill(
    letter: Letter,
    given: Sequence[Source],
    words: Words,
    today: dt.date,
    drawable: Collection[int] | None = None,
) -> tuple[Filling, list[Diagnostic]]:
    """The values of a letter from sources, the later ones before the earlier. A letter with
    findings must not be made.

    `drawable` are the characters the letter's font has; without it any will do.
    """
    filler = _Filler(letter, words, today, drawable)
    last = {key: source for source in given if isinstance(source.data, dict) for key in source.data}
    for source in given:
        filler.take(source, last)
    return filler.finish(), filler.findings


class _Filler:
    def __init__(
        self, letter: Letter, words: Words, today: dt.date, drawable: Collection[int] | None
    ) -> None:
        self.letter = letter
        self.catalogue: Catalogue = words.catalogue
        self.today = today
        self.drawable = drawable
        self.blanks = {blank.id: blank for blank in (*letter.blanks, *head_blanks(letter, words))}
        self.days = {blank.days: blank for blank in letter.blanks if blank.days}
        self.values: dict[str, Value] = {}
        self.counts: dict[str, int] = {}
        self.places: dict[str, Source] = {}
        self.findings: list[Diagnostic] = []

    def take(self, source: Source, last: Mapping[str, Source]) -> None:
        """Reads the values of a source; one that a later source gives too is left to that."""
        if not isinstance(source.data, dict):
            self.findings.append(source.finding("P116", key_name="tệp"))
            return
        for key, value in source.data.items():
            if key not in self.blanks and key not in self.days:
                self._unknown(source, key)
            elif last[key] is not source:
                continue
            elif isinstance(value, (bool, list, dict)):
                self.places[key] = source
                self._find("P116", source, key, key_name=key)
            else:
                self.places[key] = source
                text = normalise("" if value is None else str(value))
                self._read(source, key, " ".join(text.split()))

    def _find(self, code: str, source: Source, at: str, **values: Any) -> None:
        self.findings.append(source.finding(code, (at,), **values))

    def _unknown(self, source: Source, key: str) -> None:
        allowed = [*self.blanks, *self.days]
        near = closest(key, allowed)
        self._find(
            "P106" if near else "P107",
            source,
            key,
            key=True,
            name=quote(key),
            letter=self.letter.command or self.letter.id,
            allowed=", ".join(allowed),
            **({"near": near[0]} if near else {}),
        )

    def _read(self, source: Source, key: str, text: str) -> None:
        blank = self.blanks.get(key)
        if not any(char.isalnum() for char in text):
            if blank is None or blank.is_required:
                self._find("P108", source, key, name=key, **_label(blank or self.days[key]))
            return
        longest = max(map(len, text.split()))
        if len(text) > LONGEST_TEXT or longest > LONGEST_WORD:
            limits: dict[str, Any] = {"limit": str(LONGEST_TEXT), "word": str(LONGEST_WORD)}
            length, longest_word = str(len(text)), str(longest)
            self._find("P115", source, key, name=key, length=length, longest=longest_word, **limits)
            return
        drawable = self.drawable
        strange = [char for char in text if drawable is not None and ord(char) not in drawable]
        if strange:
            number = f"U+{ord(strange[0]):04X}"
            self._find("P117", source, key, name=key, character=strange[0], number=number)
            return
        try:
            if blank is None:
                self.counts[key] = _count(text)
            else:
                self.values[key] = _parsed(blank.kind, text)
        except ValueError:
            vi, en = _WANTED[blank.kind if blank else "days"]
            self._find("P110", source, key, name=key, value=quote(text), wanted_vi=vi, wanted_en=en)

    def finish(self) -> Filling:
        """The values, with the new date counted and checked, and what is still missing said."""
        is_filled = any(key not in HEAD for key in self.places)
        given = self.values.get("ngay")
        start = given if isinstance(given, dt.date) else self.today
        promise = self._promise(start) if is_filled else None
        if is_filled:
            for blank in self.letter.blanks:
                if blank.is_required and not {blank.id, blank.days} & self.places.keys():
                    self.findings.append(
                        blank.origin.finding("P109", "id", name=blank.id, **_label(blank))
                    )
        day = start if is_filled or isinstance(given, dt.date) else None
        return Filling(values=self.values, day=day, promise=promise, is_filled=is_filled)

    def _promise(self, start: dt.date) -> Promise | None:
        blank = self.letter.blank_with("new_date")
        if blank is None:
            return None
        count = self.counts.get(blank.days)
        if blank.days in self.places and blank.id in self.places:
            place = self.places[blank.id]
            self._find("P114", place, blank.id, key=True, name=blank.id, days=blank.days)
            return None
        key = blank.id if count is None else blank.days
        if count is not None:
            self.values[blank.id], _ = self.catalogue.work_calendar.add_working_days(start, count)
        day = self.values.get(blank.id)
        if not isinstance(day, dt.date) or not self._is_good(self.places[key], key, day, start):
            return None
        if count is None:
            return None
        return Promise(start=start, count=count, day=day, skipped=tuple(self._skipped(start, day)))

    def _is_good(self, source: Source, key: str, day: dt.date, start: dt.date) -> bool:
        """Whether a result can be promised for the day."""
        calendar = self.catalogue.work_calendar
        if day > calendar.last_known_day:
            known = calendar.last_known_day.isoformat()
            self._find("P112", source, key, day=day.isoformat(), known=known)
            return False
        if not calendar.is_working(day):
            why = {f"why_{lang}": name for lang, name in self._day_name(day).items()}
            better = calendar.next_working(day).isoformat()
            self._find("P111", source, key, day=day.isoformat(), better=better, **why)
            return False
        first = self.letter.blank_with("first_date")
        promised = self.values.get(first.id) if first else None
        for than, vi, en in (
            (promised, "ngày hẹn ban đầu", "the first date"),
            (start - ONE_DAY, "hôm qua", "yesterday"),
        ):
            if isinstance(than, dt.date) and day <= than:
                days: dict[str, Any] = {"day": day.isoformat(), "than": than.isoformat()}
                self._find("P113", source, key, **days, which_vi=vi, which_en=en)
                return False
        return True

    def _skipped(self, start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, Mapping[str, str]]]:
        day = start + ONE_DAY
        while day < end:
            if not self.catalogue.work_calendar.is_working(day):
                yield day, self._day_name(day)
            day += ONE_DAY

    def _day_name(self, day: dt.date) -> dict[str, str]:
        """Why a day is not worked: its name as a day off, or the day of the week."""
        off = next((item.name for item in self.catalogue.calendar.off if item.day == day), None)
        return {
            lang: (off and (off.get(lang) or str(off))) or names[day.weekday()]
            for lang, names in WEEKDAYS.items()
        }


def _label(blank: Blank) -> dict[str, Any]:
    label = blank.label
    return {f"label_{lang}": label.get(lang) or str(label) for lang in ("vi", "en")}


def _count(text: str) -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= MOST_DAYS:
        raise ValueError(text)
    return int(text)


def _parsed(kind: str, text: str) -> Value:
    """A value in the way it is printed; a date stays a date. Raises: ValueError."""
    if kind == "date":
        return parse_date(text)
    if kind == "phone":
        return format_phone(parse_phone(text))
    if kind in ("code", "number") and not (_CODE if kind == "code" else _NUMBER).fullmatch(text):
        raise ValueError(text)
    return text
