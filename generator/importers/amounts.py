"""What a record says about money, read without guessing.

A national record writes `0 VNĐ` where it knows no amount, and loses thousands (`20 VNĐ` for 20.000). So an amount
counts only where its size can be trusted, `0` never means free, and the words beside it are kept.
Source: the public records of July 2026: of 3,263 rows 153 have an amount that can be trusted, 1,222 say `0 VNĐ ()`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.importers.phrases import LONGEST_TEXT, one_line
from generator.text import fold

_PARTS = re.compile(r"\s\|\s(?=\s*[0-9][0-9.]{0,14}\s*VN[ĐD]\b)")
_VARIANT = re.compile(r"\s*([0-9][0-9.]{0,14})\s*VN[ĐD]\s*(?:\((.*)\))?\s*", re.DOTALL)
_EXACT = re.compile(
    r"(?:(?:mức thu )?(?:phí|lệ phí)\s*:?\s*)?([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3})\s*(?:đồng|đ|vnđ|vnd)\s*(?:/\s*([^/.,;()\n]{1,40}))?\.?",
    re.IGNORECASE,
)
_UNIT_ONLY = re.compile(r"/\s*([^.;()\n]{1,40})\.?")
_PER = re.compile(r"[0-9]\s*(?:đồng|đ|vnđ)\s*/\s*([^\d.,;:()\n]{1,30})", re.IGNORECASE)
_FREE = re.compile(r"khong|(?:khong thu|mien)(?: toan bo)? phi(?:(?: va)? le phi)?|khong thu le phi|khong thu phi hoac le phi")
_PROVINCE = re.compile(r"hoi dong nhan dan|\bhdnd\b")
_CHARGE, _FEE = re.compile(r"\ble phi\b"), re.compile(r"(?<!le )\bphi\b(?! luat)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAmount:
    """One amount or the lack of it. `unit` is as written; `note` is for citizens; a problem is for the staff."""

    status: str
    amount_vnd: int = 0
    unit: str = ""
    note: str = ""
    kind: str = "fee"
    problem: str = ""
    original: str = ""


NOT_STATED = ReadAmount(status="not_stated")


def read_amounts(written: str) -> tuple[ReadAmount, ...]:
    """Every variant that a row's text about money holds, in its order; one that states nothing where it is empty."""
    if not written.strip():
        return (NOT_STATED,)
    return tuple(dict.fromkeys(_variant(part.strip()) for part in _PARTS.split(written) if part.strip())) or (NOT_STATED,)


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
        problem = "Nguồn ghi số tiền lạ, có thể mất số 0; hãy tra lại văn bản quy định mức thu."
        if exact:
            return _fixed(_digits(exact[1]), exact[2] or "", "", note, problem, written)
        return _words_only("not_stated", note, problem, written)
    if _PROVINCE.search(fold(note)):
        problem = "Nguồn vừa ghi một số tiền vừa ghi do Hội đồng nhân dân cấp tỉnh quyết định; hãy ghi mức của tỉnh."
        return _words_only("by_province", note, problem, written)
    exact, unit = _EXACT.fullmatch(note), _UNIT_ONLY.fullmatch(note)
    if exact and _digits(exact[1]) == amount:
        return _fixed(amount, exact[2] or "", "", note)
    if unit:
        return _fixed(amount, unit[1], "", note)
    per = _PER.search(note)
    problem = "Số tiền có lời kèm theo; hãy xem có trường hợp miễn, giảm hay mức khác không." if note else ""
    return _fixed(amount, per[1] if per else "", note, note, problem, written)


def _from_words(note: str, written: str) -> ReadAmount:
    """A row whose number says nothing: only its words count."""
    plain = fold(note)
    exact = _EXACT.fullmatch(note)
    if exact:
        return _fixed(_digits(exact[1]), exact[2] or "", "", note, "Số tiền lấy từ lời ghi của nguồn; hãy tra lại.", one_line(written))
    if _FREE.fullmatch(plain):
        return _words_only("free", note, "", "")
    if _PROVINCE.search(plain):
        problem = "Do Hội đồng nhân dân cấp tỉnh quyết định; hãy ghi mức của tỉnh khi có nghị quyết."
        return _words_only("by_province", note, problem, one_line(written))
    problem = "Nguồn không nêu rõ số tiền; hãy tra văn bản quy định mức thu."
    return _words_only("not_stated", note, problem, one_line(written))


def _fixed(amount: int, unit: str, note: str, words: str, problem: str = "", original: str = "") -> ReadAmount:
    return ReadAmount(
        status="fixed", amount_vnd=amount, unit=unit.strip(), note=note, kind=_kind(words), problem=problem, original=original
    )


def _words_only(status: str, note: str, problem: str, original: str) -> ReadAmount:
    return ReadAmount(status=status, note=note[:LONGEST_TEXT], kind=_kind(note), problem=problem, original=original)


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
    while note.startswith("(") and note.endswith(")") and _is_one_pair(note):
        note = note[1:-1].strip()
    return note


def _is_one_pair(text: str) -> bool:
    depth = 0
    for i, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return i == len(text) - 1
    return False
