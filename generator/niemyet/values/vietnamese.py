"""Vietnamese text is compared, sorted and shown by the rules of this module alone.

Values in, values out: cleaning (`normalise`), search and identity (`fold`, `slug`,
`closest`), alphabetical order (`collation_key`, `letter_of`) and safe display inside one line
(`quote`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The 29 Vietnamese letters in order, with the foreign f j w z in their places: the bar of an A–Z
list."""

DIGITS_LABEL = "0–9"
OTHER_LABEL = "#"

CollationKey = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]

_CLEAN = {ord(space): " " for space in "\u00a0\u2007\u202f"} | dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)
_DIRT = re.compile(f"[{re.escape(''.join(map(chr, _CLEAN)))}]")

_MARKS = re.compile(r"[\u0300-\u036f]+")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_TOKEN = re.compile(r"[^ .]+(?:\.[^ .]+)*")
_OPEN_Y = re.compile(r"\b(h|k|l|m|s|t|qu|v)y\b", re.ASCII)

_PREFIX = re.compile(r"\A\s*thủ\s+tục\s+(?=\S)", re.IGNORECASE)
_SEPARATOR, _FIRST_DIGIT, _FIRST_LETTER, _FIRST_FOREIGN = 0, 1, 12, 100
_RANK = {letter: _FIRST_LETTER + place for place, letter in enumerate(ALPHABET)}
_HATS = {
    (_RANK[plain], hat): _RANK[hatted]
    for plain, hat, hatted in [
        ("a", "\u0306", "ă"), ("a", "\u0302", "â"), ("e", "\u0302", "ê"),
        ("o", "\u0302", "ô"), ("o", "\u031b", "ơ"), ("u", "\u031b", "ư"),
    ]
}  # fmt: skip
_TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}

_NEAR = 0.75
"""The least likeness (0 to 1) of a suggestion: one slip in a word of four letters, two in a code of
eight."""


def normalise(text: str) -> str:
    """One spelling for one text: NFC, ordinary spaces, nothing invisible; line breaks are left
    alone."""
    return unicodedata.normalize("NFC", text.translate(_CLEAN) if _DIRT.search(text) else text)


def fold(text: str) -> str:
    """Texts a citizen would type alike fold alike: no case, no marks, đ as d, `ký` as `kí`.

    Tokens are runs of letters and digits, held together by single dots, with one space between
    tokens; a comma between digits counts as a dot. The search engine in the browser
    (`search-core.js`: `tokens`, then `fold`) gives the same; a test compares them.
    """
    text = _DECIMAL_COMMA.sub(".", normalise(text).lower())
    parted = "".join(
        char if char == "." or unicodedata.category(char)[0] in "LMN" else " " for char in text
    )
    plain = _MARKS.sub("", unicodedata.normalize("NFD", parted)).replace("đ", "d")
    return " ".join(_TOKEN.findall(_OPEN_Y.sub(r"\1i", plain)))


def slug(text: str) -> str:
    """An address part of a–z, 0–9 and single hyphens: `Đăng ký khai sinh` becomes
    `dang-ky-khai-sinh`.

    A letter without an ASCII form is spelled `u` and its code point, so a name in another script
    has an address too. Two names can share a slug: the procedure code is the key.
    """
    plain = unicodedata.normalize("NFKD", normalise(text))
    letters = (
        "".join(char for char in plain if not unicodedata.combining(char))
        .casefold()
        .replace("đ", "d")
    )
    spelled = (
        char if char.isascii() else f"u{ord(char):x}" if char.isalnum() else "-" for char in letters
    )
    return "-".join(re.findall("[a-z0-9]+", "".join(spelled)))


def collation_key(text: str, strip_prefix: bool = True) -> CollationKey:
    """Sorting by this key gives the Vietnamese alphabetical order, as ICU's `vi_VN` does.

    Four levels: letters (syllable by syllable, digits before letters, punctuation only parting
    words), then tones in the order ngang, huyền, hỏi, ngã, sắc, nặng, then lower case before upper,
    then the text itself, so that only equal texts have equal keys. A leading "Thủ tục " is passed
    over unless `strip_prefix` is false. Linear time.

    Source: Unicode CLDR, collation of `vi`.
    """
    text = normalise(text)
    letters: list[int] = []
    tones: list[int] = []
    cases: list[int] = []
    for char in unicodedata.normalize("NFKD", _PREFIX.sub("", text) if strip_prefix else text):
        lower = char.lower()
        rank = _RANK.get(lower) or _rank_other(lower)
        if rank is None:
            if letters and letters[-1] != _SEPARATOR:
                hatted = _HATS.get((letters[-1], char))
                if hatted:
                    letters[-1] = hatted
                else:
                    tones.append(_TONES.get(char, ord(char)))
        elif rank != _SEPARATOR:
            letters.append(rank)
            tones.append(0)
            cases.append(int(char != lower))
        elif letters and letters[-1] != _SEPARATOR:
            letters.append(_SEPARATOR)
    if letters and letters[-1] == _SEPARATOR:
        letters.pop()
    return tuple(letters), tuple(tones), tuple(cases), text


def sort_key(text: str, strip_prefix: bool = True) -> str:
    """`collation_key` as one string that sorts the same and takes little room."""
    text = normalise(text)
    places = [
        _PLACES.get(char, _UNKNOWN) for char in (_PREFIX.sub("", text) if strip_prefix else text)
    ]
    if not places or _UNKNOWN in places:
        letters, tones, cases, written = collation_key(text, strip_prefix)
        levels = (
            "".join(chr(min(place, 0x10FFFE) + 1) for place in level)
            for level in (letters, tones, cases)
        )
        return "\0".join((*levels, written))
    first, second, third = map("".join, zip(*places, strict=True))
    return "\0".join((_GAPS.sub(_GAP, first).strip(_GAP), second, third, text))


def _rank_other(char: str) -> int | None:
    """The place of a character outside the alphabet; None for a mark, which goes with the letter
    before."""
    kind = unicodedata.category(char)[0]
    if kind == "M":
        return None
    if kind == "L":
        return _FIRST_FOREIGN + ord(char)
    return (
        _FIRST_DIGIT + unicodedata.decimal(char, 10) if kind == "N" else _SEPARATOR
    )  # 10: numbers like Ⅻ


def _places() -> dict[str, tuple[str, str, str]]:
    """What each common character adds to the three levels of `sort_key`."""
    places = {}
    marks = ("", *_TONES)
    for letter in ALPHABET:
        for mark in marks:
            for char in {
                unicodedata.normalize("NFC", form + mark) for form in (letter, letter.upper())
            }:
                if len(char) == 1:
                    letters, tones, cases, _ = collation_key(char, strip_prefix=False)
                    places[char] = (
                        chr(letters[0] + 1),
                        "".join(chr(tone + 1) for tone in tones),
                        chr(cases[0] + 1),
                    )
    for digit in "0123456789":
        places[digit] = (chr(_FIRST_DIGIT + int(digit) + 1), chr(1), chr(1))
    return places | dict.fromkeys(" ,.-–/()“”:;", (_GAP, "", ""))


_GAP = chr(_SEPARATOR + 1)
_GAPS = re.compile(f"{_GAP}+")
_UNKNOWN = ("", "", "?")
_PLACES = _places()


def letter_of(order: str) -> str:
    """The heading in an A–Z list of a text by its `sort_key`: `Ấp` under Â, `2 con` under 0–9, a
    text without letters under #.

    Ă Â Đ Ê Ô Ơ Ư are letters of their own, tones are not. In `collation_key` order every heading
    comes once.
    """
    rank = ord(order[0]) - 1
    if rank < 0:
        return OTHER_LABEL
    if rank < _FIRST_LETTER:
        return DIGITS_LABEL
    if rank < _FIRST_FOREIGN:
        return ALPHABET[rank - _FIRST_LETTER].upper()
    foreign = chr(rank - _FIRST_FOREIGN)
    return foreign.upper() if foreign.upper().lower() == foreign else foreign


def closest(word: str, candidates: Iterable[str], limit: int = 1) -> list[str]:
    """At most `limit` candidates that `word` may have meant, nearest first; [] when none is near.

    Equally near ones come by code point. Case, marks and separators do not count: `le phi` is as
    near to `lệ_phí` as can be.
    """
    wanted = fold(word)
    if not wanted:
        return []
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    near: list[tuple[float, str]] = []
    for candidate in set(candidates):
        matcher.set_seq1(fold(candidate))
        if (
            matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR
        ):  # cheap upper bounds
            near.append((-matcher.ratio(), candidate))
    return [candidate for distance, candidate in sorted(near)[:limit] if -distance >= _NEAR]


def quote(value: object, width: int = 40) -> str:
    """A value on one line of at most `width` characters, safe for a terminal; the caller adds quote
    marks.

    What does not print (line ends, controls, bidi marks, odd spaces, lone surrogates) is spelled as
    an escape such as `\\n` or `\\u202e`, so nothing in a data file can move the cursor or reorder a
    message. A cut shows as "…".
    """
    pieces: list[str] = []
    length = 0
    for char in unicodedata.normalize("NFC", str(value)):
        pieces.append(char if char.isprintable() else char.encode("unicode_escape").decode("ascii"))
        length += len(pieces[-1])
        if length > width:
            while length > width - 1:
                length -= len(pieces.pop())
            return "".join(pieces) + "…"
    return "".join(pieces)


def capitalised(text: str) -> str:
    """The text with a capital at its start, as at the start of a line."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The text without a capital at its start, as inside a sentence."""
    return text[:1].lower() + text[1:]
