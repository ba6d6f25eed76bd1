"""Long official wording becomes short names and numbered parts, and nothing of it is lost.

A name is a part of the words of the source; whatever a name leaves out stays beside it in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, count

from niemyet.values.vietnamese import fold, slug

LONGEST_NAME = 160
LONGEST_TITLE = 110
LONGEST_TEXT = 6000
LONGEST_ID = 60

_BULLET = re.compile(r"\A(?:[-+*–—•]\s*)+")
_NUMBERING = re.compile(
    r"\A(?:\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ]{1,2}[0-9]?|[ivx]{1,4})[.)]+\s*)+(?=\S)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;:](?=\s)")
_BRACKET = re.compile(r"\s\(")
_CAPITALS = re.compile(r"[^\W\d_]")


def one_line(text: str) -> str:
    """All words on one line with single spaces."""
    return " ".join(text.split())


def without_bullet(text: str) -> str:
    """A text without the dashes, pluses and stars before it."""
    return _BULLET.sub("", text.strip()).strip()


def without_numbering(text: str) -> str:
    """A heading without what counts it: `a)`, `1.2.`, `(i)`, `*`."""
    return _NUMBERING.sub("", without_bullet(text)).strip()


def bare_end(text: str) -> str:
    """A name without the stop, comma or colon after it."""
    return text.rstrip(" .;:,") or text


def short_name(text: str, longest: int = LONGEST_NAME) -> str:
    """The text itself where it is short, else its first sentence or what stands before a bracket,
    else whole words and `…`."""
    whole = bare_end(one_line(text))
    if len(whole) <= longest:
        return whole
    for ends in (_ENDS, _BRACKET):
        cut = next((found.start() for found in ends.finditer(whole, 20, longest + 1)), 0)
        if cut:
            return bare_end(whole[:cut])
    head = whole[: longest - 1]
    comma = head.rfind(", ")
    return (
        f"{bare_end(head[:comma] if comma >= longest // 2 else head.rpartition(' ')[0] or head)}…"
    )


def title_and_rest(text: str) -> tuple[str, str]:
    """A step's text as a short title and what follows it; the whole text follows where the title
    ends mid-sentence."""
    first, _, others = text.partition("\n")
    if len(first) <= LONGEST_TITLE:
        return bare_end(first), others
    cut = next((found.start() for found in _ENDS.finditer(first, 8, LONGEST_TITLE)), 0)
    if cut:
        rest = first[cut + 1 :].strip()
        return bare_end(first[:cut]), f"{rest}\n{others}".strip()
    return short_name(first, LONGEST_TITLE), text


def pieces(text: str, longest: int = LONGEST_TEXT) -> Iterator[str]:
    """A text in parts that fit, cut at a line end, a sentence or a space."""
    start = 0
    while len(text) - start > longest:
        end = start + longest
        cut = max(text.rfind("\n", start, end), text.rfind(". ", start, end) + 1)
        if cut < start + longest // 2:
            cut = max(text.rfind(" ", start, end), 0)
        if cut <= start:
            cut = end
        part = text[start:cut].strip()
        if part:
            yield part
        start = cut
    rest = text[start:].strip()
    if rest:
        yield rest


def first_piece(text: str, longest: int = LONGEST_TEXT) -> str:
    """The beginning of a text that fits; nothing where there is no word."""
    return next(pieces(text, longest), "")


def is_shouted(text: str) -> bool:
    """Whether a text of several words is in capitals, but for a word or two."""
    letters = [char for char in text if char.isalpha()]
    return len(text.split()) > 1 and sum(char.isupper() for char in letters) > 0.7 * len(letters)


def sentence_case(text: str) -> str:
    """`ĐĂNG KÝ KHAI SINH` as `Đăng ký khai sinh`; names of places and offices lose their capitals
    too."""
    lower = text.lower()
    found = _CAPITALS.search(lower)
    return lower[: found.start()] + found.group().upper() + lower[found.end() :] if found else lower


def capitalised(text: str) -> str:
    """A text with its first letter in upper case, the rest as it was."""
    return text[:1].upper() + text[1:]


def short_slug(text: str, longest: int = LONGEST_ID) -> str:
    """A slug cut at a word; `muc` where a text has no letter for one."""
    whole = slug(text[: longest * 4])
    if len(whole) > longest:
        head = whole[: longest + 1]
        whole = head[: head.rfind("-")] if "-" in head else head[:longest]
    return whole.strip("-") or "muc"


def unique(name: str, taken: set[str]) -> str:
    """The id, or the id with the first free number after it; it is taken from then on."""
    found = first_free(name, taken.__contains__, "-{}")
    taken.add(found)
    return found


def first_free(name: str, is_taken: Callable[[str], bool], number: str = " ({})") -> str:
    """The name, or the name with the first number after it that makes one not taken."""
    numbered = (name + number.format(n) for n in count(2))
    return next(free for free in chain((name,), numbered) if not is_taken(free))


def split_list(text: str) -> list[str]:
    """A list of names written with commas: a comma outside brackets before a capital letter parts
    two names."""
    parts = _split(
        text,
        lambda i, depth: (
            text[i] in "\n;"
            or (text[i] == "," and depth == 0 and text[i + 1 : i + 4].lstrip()[:1].isupper())
        ),
    )
    return [part for part in (bare_end(without_bullet(one_line(p))) for p in parts) if fold(part)]


def split_outside_brackets(text: str) -> list[str]:
    """The parts between commas and semicolons that stand in no brackets."""
    parts = _split(text, lambda i, depth: text[i] in ",;" and depth == 0)
    return [part.strip() for part in parts if fold(part)]


def _split(text: str, is_end: Callable[[int, int], bool]) -> list[str]:
    """The parts of a text between characters for which `is_end(place, depth of brackets)`."""
    parts, start, depth = [], 0, 0
    for i, char in enumerate(text):
        depth = max(0, depth + {"(": 1, ")": -1}.get(char, 0))
        if is_end(i, depth):
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def lines(text: str) -> list[str]:
    """Each line an item, its bullet left out; a very long line in parts."""
    return [part for line in text.split("\n") for part in pieces(without_bullet(one_line(line)))]
