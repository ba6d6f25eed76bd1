"""What a record says about money, read without guessing.

A national record writes `0 VNĐ` where it knows no amount, and loses thousands (`20 VNĐ` for 20.000)
and currencies (`10 VNĐ` for 10 US dollars). So an amount counts only where its size can be trusted,
`0` never means free, and the words beside it are kept. Source: the public records of July 2026: of
3,263 rows 153 have an amount that can be trusted, 1,222 say `0 VNĐ ()`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from niemyet.importing.phrases import LONGEST_TEXT, capitalised, one_line
from niemyet.importing.sentences import sentence
from niemyet.values.vietnamese import fold

_PARTS = re.compile(r"\s\|\s(?=\s*[0-9][0-9.]{0,14}\s*VN[ĐD]\b)")
_VARIANT = re.compile(r"\s*([0-9][0-9.]{0,14})\s*VN[ĐD]\s*(?:\((.*)\))?\s*", re.DOTALL)
_SUM = r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3})\s?(?:đồng|đ|vnđ|vnd)\b"
_EXACT = re.compile(
    rf"(?:(?:mức thu )?(?:phí|lệ phí)\s*:?\s*)?{_SUM}\s*(?:/\s*([^/.,;()\n]{{1,40}}))?\.?",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:mức thu )?(?:phí|lệ"
    rf" phí)\s?:?\s?)?{_SUM}\s?(?:/\s?([^/.,;()\n]{{1,40}}))?\s?\((.+)\)\.?",
    re.IGNORECASE,
)
_ANY_SUM = re.compile(rf"(?<![0-9.]){_SUM}", re.IGNORECASE)
_UNIT_ONLY = re.compile(r"/\s*([^.;()\n]{1,40})\.?")
_PER = re.compile(r"[0-9]\s*(?:đồng|đ|vnđ)\s*/\s*([^\d.,;:()\n]{1,30})", re.IGNORECASE)
_TIERS = re.compile(
    rf"(?<![0-9.]){_SUM}\s?/\s?([^/.,;()0-9]{{1,30}})[;,]\s?(?:từ|kể từ) \2 (?:thứ )?([0-9]{{1,3}})"
    r" trở (?:lên|đi),?\s?(?:thì )?(?:thu )?"
    rf"{_SUM}\s?/\s?\2[;,]\s?(?:mức thu )?tối đa (?:thu )?(?:không quá"
    rf" )?{_SUM}(?:\s?/\s?([^/.,;()0-9]{{1,30}}))?(?=[.;]|\Z)",
    re.IGNORECASE,
)
_DOLLARS = re.compile(
    r"(?:\b([0-9][0-9.,]{0,12})\s?(?:USD|đô la(?: Mỹ)?|\$)|(?:USD|\$)\s?([0-9][0-9.,]{0,12}))",
    re.IGNORECASE,
)
_DAY = r"(?:hết )?(?:ngày )?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b"
_UNTIL, _SINCE = (
    re.compile(rf"\bđến {_DAY}", re.IGNORECASE),
    re.compile(rf"(?<!ngày )\b(?:kể )?từ {_DAY}", re.IGNORECASE),
)
_FREE = re.compile(
    r"khong|(?:khong thu|mien)(?: toan bo)? phi(?:(?: va)? le phi)?|khong thu le phi|khong thu phi"
    r" hoac le phi"
)
_PROVINCE = re.compile(r"hoi dong nhan dan|\bhdnd\b")
_CHARGE, _FEE = re.compile(r"\ble phi\b"), re.compile(r"(?<!le )\bphi\b(?! luat)")

_MOST_BRACKETS = 4

Tier = tuple[int, int | None, int]
"""First and last unit (none: and above), and the amount of each in đồng."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAmount:
    """One amount or the lack of it. `unit` is as written; `note` is for citizens; a problem is for
    the staff.

    `since` and `until` are the days the source gives for it; `later` is what the source states for
    the time after.
    """

    status: str
    amount_vnd: int = 0
    unit: str = ""
    note: str = ""
    kind: str = "fee"
    problem: str = ""
    original: str = ""
    tiers: tuple[Tier, ...] = ()
    cap_vnd: int = 0
    since: dt.date | None = None
    until: dt.date | None = None
    later: ReadAmount | None = None

    @property
    def is_sum(self) -> bool:
        """Whether it is an amount of money."""
        return self.status in ("fixed", "tiered")

    @property
    def key(self) -> object:
        """The same for amounts that say the same, however their notes end."""
        words = fold(self.unit), fold(self.note)
        sums = self.amount_vnd, self.tiers, self.cap_vnd
        return self.status, words, sums, self.until, self.later


NOT_STATED = ReadAmount(status="not_stated")


def read_amounts(written: str, beside: str = "") -> tuple[ReadAmount, ...]:
    """Every variant that a row's text about money holds, in its order; one that states nothing
    where it is empty.

    `beside` is what the row says elsewhere: tiers, another currency, further amounts.
    """
    if not written.strip():
        return (NOT_STATED,)
    beside = one_line(beside)
    parts = (part.strip() for part in _PARTS.split(written))
    found = dict.fromkeys(_beside(_variant(part), beside) for part in parts if part)
    return tuple(found) or (NOT_STATED,)


def in_force(variants: tuple[ReadAmount, ...], today: dt.date) -> tuple[ReadAmount, ...]:
    """The variants without those of another time: one with dates stands before the one without,
    which comes after it."""
    dated = [v for v in variants if v.since or v.until]
    others = [v for v in variants if v.status == "fixed" and v not in dated]
    now = [v for v in dated if (v.since or today) <= today <= (v.until or today)]
    if not dated or len(now) > 1 or len(others) > 1:
        return variants
    rest = tuple(v for v in variants if v not in dated and v not in others)
    if not now:
        return (*others, *rest) if others else variants
    after = next(iter(others), None)
    if after is not None and not (now[0].until and fold(after.unit) == fold(now[0].unit)):
        return variants
    return (replace(now[0], later=after), *rest)


def _variant(written: str) -> ReadAmount:
    found = _VARIANT.fullmatch(written)
    if not found:
        return _from_words(_tidy(written), written)
    amount = int(found[1].replace(".", "")) if found[1].replace(".", "") else 0
    note = _tidy(found[2] or "")
    if amount == 0:
        return _from_words(note, written) if note else NOT_STATED
    return _stated(amount, note, one_line(written))


def _stated(amount: int, note: str, written: str) -> ReadAmount:
    if amount < 1000 or amount % 100 or amount > 1_000_000_000:
        exact = _EXACT.fullmatch(note)
        problem = sentence("odd_amount")
        if exact:
            return _fixed(_digits(exact[1]), exact[2] or "", "", note, problem, written)
        return _dated(note, written) or _words_only("not_stated", note, problem, written)
    if _PROVINCE.search(fold(note)):
        return _words_only("by_province", note, sentence("amount_and_province"), written)
    exact, unit = _EXACT.fullmatch(note), _UNIT_ONLY.fullmatch(note)
    if exact and _digits(exact[1]) == amount:
        return _fixed(amount, exact[2] or "", "", note)
    if unit:
        return _fixed(amount, unit[1], "", note)
    dated = _dated(note, written)
    if dated is not None and dated.amount_vnd == amount:
        return dated
    per = _PER.search(note)
    problem = sentence("amount_with_words") if note else ""
    return _fixed(amount, per[1] if per else "", note, note, problem, written)


def _dated(note: str, written: str) -> ReadAmount | None:
    """An amount with the days it is for in brackets after it; None where there is none."""
    found = _LEADING.fullmatch(note)
    if found is None:
        return None
    since, until = _day(_SINCE.search(found[3])), _day(_UNTIL.search(found[3]))
    if since is None and until is None:
        return None
    problem = sentence("dated_amount")
    days = capitalised(one_line(found[3]))
    made = _fixed(_digits(found[1]), found[2] or "", days, note, problem, written)
    return replace(made, since=since, until=until)


def _day(found: re.Match[str] | None) -> dt.date | None:
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _from_words(note: str, written: str) -> ReadAmount:
    """A row whose number says nothing: only its words count."""
    plain = fold(note)
    exact = _EXACT.fullmatch(note)
    if exact:
        problem = sentence("amount_from_words")
        return _fixed(_digits(exact[1]), exact[2] or "", "", note, problem, one_line(written))
    if _FREE.fullmatch(plain):
        return _words_only("free", note, "", "")
    if _PROVINCE.search(plain):
        return _words_only("by_province", note, sentence("by_province"), one_line(written))
    return _words_only("not_stated", note, sentence("no_amount"), one_line(written))


def _beside(amount: ReadAmount, beside: str) -> ReadAmount:
    """The amount in the light of what else the row says: dollars, tiers, or other amounts that a
    person has to look at."""
    asked = (found for text in (amount.note, beside) for found in _DOLLARS.finditer(text))
    dollars = next((found for found in asked if _is_it(found, amount)), None)
    if dollars is not None:
        original = amount.original or dollars.string
        return _words_only("not_stated", _clause(dollars), sentence("dollars"), original)
    if amount.status != "fixed":
        return amount
    tiers = next((found for text in (beside, amount.note) for found in _TIERS.finditer(text)), None)
    if tiers is not None and _digits(tiers[1]) == amount.amount_vnd and int(tiers[3]) > 1:
        return _tiered(amount, tiers)
    sums = (found[1] for text in (beside, amount.note) for found in _ANY_SUM.finditer(text))
    if {_digits(sum_) for sum_ in sums} - {amount.amount_vnd} and not amount.problem:
        return replace(amount, problem=sentence("other_amounts"), original=beside)
    return amount


def _tiered(amount: ReadAmount, found: re.Match[str]) -> ReadAmount:
    start, per_cap = int(found[3]), (found[6] or "").strip()
    note = (
        f"Mức tối đa tính cho mỗi {per_cap}." if per_cap and fold(per_cap) != fold(found[2]) else ""
    )
    tiers: tuple[Tier, ...] = ((1, start - 1, amount.amount_vnd), (start, None, _digits(found[4])))
    return ReadAmount(
        status="tiered",
        unit=found[2].strip(),
        note=note,
        kind=amount.kind,
        problem=sentence("tiers"),
        original=one_line(found.string),
        tiers=tiers,
        cap_vnd=_digits(found[5]),
    )


def _is_it(dollars: re.Match[str], amount: ReadAmount) -> bool:
    """Whether dollars in the words are the very number that the source calls đồng."""
    number = (dollars[1] or dollars[2]).rstrip(".,")
    written = _VARIANT.fullmatch(amount.original)
    stated = str(amount.amount_vnd) if amount.amount_vnd else written[1] if written else ""
    return stated != "" and re.sub(r"[.,]", "", number) == stated.replace(".", "")


def _clause(found: re.Match[str]) -> str:
    """The clause around some words."""
    text = found.string
    start = max(text.rfind(". ", 0, found.start()), text.rfind("; ", 0, found.start())) + 1
    ends = [end for end in (text.find(". ", found.end()), text.find(";", found.end())) if end >= 0]
    return text[start : min(ends, default=len(text))].strip()


def _fixed(
    amount: int, unit: str, note: str, words: str, problem: str = "", original: str = ""
) -> ReadAmount:
    return ReadAmount(
        status="fixed",
        amount_vnd=amount,
        unit=unit.strip(),
        note=note,
        kind=_kind(words),
        problem=problem,
        original=original,
    )


def _words_only(status: str, note: str, problem: str, original: str) -> ReadAmount:
    return ReadAmount(
        status=status,
        note=note[:LONGEST_TEXT],
        kind=_kind(note),
        problem=problem,
        original=original,
    )


def _kind(words: str) -> str:
    """Fee or charge, by whichever word the source uses first; a fee where it says neither."""
    plain = fold(words)
    charge, fee = _CHARGE.search(plain), _FEE.search(plain)
    return "charge" if charge and (not fee or charge.start() < fee.start()) else "fee"


def _digits(text: str) -> int:
    return int(text.replace(".", ""))


def _tidy(note: str) -> str:
    """The note on one line, without the brackets the database puts around it a second time."""
    note = one_line(note)
    for _ in range(_MOST_BRACKETS):
        if not (note.startswith("(") and note.endswith(")") and _is_one_pair(note)):
            break
        note = note[1:-1].strip()
    return note


def _is_one_pair(text: str) -> bool:
    depth = 0
    for i, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return i == len(text) - 1
    return False
