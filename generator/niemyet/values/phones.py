"""Telephone numbers as dialled in Vietnam."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from niemyet.values.vietnamese import normalise, quote

PhoneKind = Literal["landline", "mobile", "short", "freephone", "premium"]
_PHONES: Mapping[PhoneKind, re.Pattern[str]] = {
    "landline": re.compile(r"02[0-9]{9}"),
    "mobile": re.compile(r"0[35789][0-9]{8}"),
    "freephone": re.compile(r"1800[0-9]{4,6}"),
    "premium": re.compile(r"1900[0-9]{4,6}"),
    "short": re.compile(r"1(?![89]00)[0-9]{2,3}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number as dialled in Vietnam; a call to `freephone` (1800) is free, to `premium` (1900) it
    is not."""

    digits: str
    kind: PhoneKind


def parse_phone(text: str) -> Phone:
    """A number with any spaces, dots, hyphens or brackets, national or with +84.

    Landlines have 11 digits from 02, mobiles 10 from 03 05 07 08 09, short numbers 3 or 4 from 1;
    1800 and 1900 are followed by 4 to 6. Raises: ValueError for anything else.
    """
    bare = re.sub(r"[ .()\-]", "", normalise(text))
    digits = re.sub(r"\A(?:\+|00)840?", "0", bare)
    for kind, pattern in _PHONES.items():
        if pattern.fullmatch(digits):
            return Phone(digits=digits, kind=kind)
    raise ValueError(
        f'Số điện thoại "{quote(text)}" không đúng: kiểm tra lại mã vùng và số chữ số.'
    )


def format_phone(phone: Phone) -> str:
    """Digits grouped for reading: `0236 3 123 456`, `024 3825 1234`, `0903 343 439`, `1800 1096`,
    `1022`."""
    digits = phone.digits
    if phone.kind == "short":
        return digits
    if phone.kind == "landline" and digits[:3] in ("024", "028"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if phone.kind == "landline":
        return f"{digits[:4]} {digits[4]} {digits[5:8]} {digits[8:]}"
    return (
        f"{digits[:4]} {digits[4:7]} {digits[7:]}"
        if len(digits) == 10
        else f"{digits[:4]} {digits[4:]}"
    )


def tel_uri(phone: Phone) -> str:
    """`tel:+842363123456`, which works from abroad too; a number without area code stays:
    `tel:1022`.

    Source: RFC 3966.
    """
    return f"tel:+84{phone.digits[1:]}" if phone.digits.startswith("0") else f"tel:{phone.digits}"
