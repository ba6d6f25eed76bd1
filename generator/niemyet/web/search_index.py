"""The search index: every word once, and texts as one character for each of their words.

A phone reads such an index in a third of the time that the same texts as JSON take: it parses a few
long strings instead of thousands of short ones, and takes apart some thousand words instead of
every text. `assets/js/search-core.js` reads it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

END_OF_TEXT, END_OF_GROUP = "!", "#"
# As words of their own while texts are still written out; no text keeps such a character.
_TEXT, _GROUP, _RESULT = "\x01", "\x02", "\x03"
_CLEAR = dict.fromkeys(map(ord, (_TEXT, _GROUP, _RESULT)), " ")
KINDS = {"procedure": "p", "event": "e", "page": "o"}

Found = tuple[bytes, str, str, str]
"""One result, as plain values that are kept between builds: its texts in their groups, address,
line under the title, and kind."""


def found(
    title: str,
    url: str,
    line: str,
    kind: str,
    *,
    aliases: Iterable[str] = (),
    official: str = "",
    sector: str = "",
    codes: Iterable[str] = (),
) -> Found:
    """A result, of a kind of KINDS, by what it is called; `codes` are its own before those of its
    forms."""
    groups = ((title, *aliases), (official,), (sector,), codes)
    names = f" {_GROUP} ".join(
        f" {_TEXT} ".join(text.translate(_CLEAR) for text in group) for group in groups
    )
    return names.encode(), url, line.replace("\n", " "), KINDS[kind]


def character(number: int) -> str:
    """What stands for a word: none that JSON, a script or a page would have to escape, nor a mark
    above. The most used take one byte."""
    if number < 31:
        return chr(0x3D + number)
    if number < 65:
        return chr(0x3E + number)
    return chr((0x60 if number < 55_200 else 0x2860) + number)


def index(lang: str, results: Iterable[Found]) -> dict[str, Any]:
    """The index as it is written: `texts` by result, in groups of END_OF_GROUP and END_OF_TEXT; the
    others joined."""
    results = tuple(results)
    words = f" {_RESULT} ".encode().join([names for names, _, _, _ in results]).decode().split()
    counts = Counter(words)
    marks = {_TEXT: END_OF_TEXT, _GROUP: END_OF_GROUP, _RESULT: _RESULT}
    vocabulary = sorted(counts.keys() - marks.keys(), key=lambda word: (-counts[word], word))
    coded = marks | {word: character(number) for number, word in enumerate(vocabulary)}
    return {
        "lang": lang,
        "words": " ".join(vocabulary),
        "texts": "".join(map(coded.__getitem__, words)).split(_RESULT) if results else [],
        "urls": " ".join(url for _, url, _, _ in results),
        "lines": "\n".join(line for _, _, line, _ in results),
        "kinds": "".join(kind for _, _, _, kind in results),
    }


def script(lang: str, results: Iterable[Found]) -> bytes:
    """The index as a script, which also loads from a USB stick: a text that is parsed, as browsers
    do in half the time of a script."""
    quoted = (
        json.dumps(index(lang, results), ensure_ascii=False, separators=(",", ":"))
        .replace("\\", "\\\\")
        .replace("'", "\\'")
    )
    for odd, code in (("<", "\\x3c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        quoted = quoted.replace(odd, code)
    return f"window.niemyetIndex=JSON.parse('{quoted}');\n".encode()
