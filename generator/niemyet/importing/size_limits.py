"""How much of a record our files can hold, asked before anything is written.

A list has as many items as its schema allows and a file as many bytes as the reader takes; what is
more is refused whole, since half a list of papers is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from niemyet.importing.known_names import Additions, Ledger
from niemyet.importing.national_record import Record
from niemyet.importing.phrases import LONGEST_TEXT
from niemyet.source.loader import MAX_BYTES
from niemyet.source.schema import schema

MOST_ITEMS = 500
_MOST_PAPER_ROWS = 2 * MOST_ITEMS
_MOST_COMMAS = 10 * MOST_ITEMS

Excess = tuple[str, str, str]
"""The field of the record, and the problem in Vietnamese and in English."""


def too_many_rows(record: Record) -> Excess | None:
    """A part of a record with more rows, or more commas, than any procedure can have."""
    papers = sum(len(group.rows) for group in record.papers)
    for key, vi, en, count, most in (
        ("channels", "cách thực hiện", "ways to hand in", len(record.channels), MOST_ITEMS),
        ("papers", "giấy tờ", "papers", papers, _MOST_PAPER_ROWS),
        ("papers", "nhóm giấy tờ", "groups of papers", len(record.papers), MOST_ITEMS),
        ("legal", "căn cứ pháp lý", "legal documents", len(record.legal), MOST_ITEMS),
        ("applicants", "đối tượng", "applicants", _parts(record.applicants), MOST_ITEMS),
        ("results", "kết quả", "results", _parts(record.results), _MOST_COMMAS),
        ("cooperating", "cơ quan phối hợp", "offices", _parts(record.cooperating), _MOST_COMMAS),
    ):
        if count > most:
            vi = f"có {count} dòng {vi}, nhiều nhất {most}"
            return key, vi, f"it has {count} {en}, at most {most}"
    return None


def _parts(text: str) -> int:
    return 1 + sum(text.count(mark) for mark in ",;\n")


def too_many_items(data: Mapping[str, Any], ledger: Ledger, added: Additions) -> Excess | None:
    """A list of a draft, or of the vocabulary with what the draft adds, that is longer than its
    schema allows."""
    properties = schema("procedure")["properties"]
    for key, value in data.items():
        most = properties[key].get("maxItems", MOST_ITEMS)
        if isinstance(value, list) and len(value) > most:
            title = properties[key]["title"]
            vi = f"mục “{title}” có {len(value)} dòng, nhiều nhất {most}"
            return key, vi, f"“{key}” has {len(value)} items, at most {most}"
        items = value if isinstance(value, list) else ()
        longest = max((len(item) for item in items if isinstance(item, str)), default=0)
        if longest > LONGEST_TEXT:
            title, end = properties[key]["title"], str(LONGEST_TEXT)
            vi = f"mục “{title}” có một dòng {longest} chữ, nhiều nhất {end}"
            return key, vi, f"“{key}” has a line of {longest} characters, at most {end}"
    for key, words in added.words.items():
        count = len(set(getattr(ledger, key).values())) + len(words)
        if words and count > MOST_ITEMS:
            vi = f"bộ từ vựng đã đầy, mục {key} sẽ có {count} từ, nhiều nhất {MOST_ITEMS}"
            en = f"the vocabulary is full: {key} would have {count} words, at most {MOST_ITEMS}"
            return key, vi, en
    return None


def size_of(text: str) -> int:
    """Bytes of a file with this text."""
    return len(text.encode("utf-8", "surrogatepass"))


def too_large(path: str, text: str) -> Excess | None:
    """A file that would be larger than the reader takes."""
    size = size_of(text)
    if size <= MAX_BYTES:
        return None
    vi, en = (
        f"{path} {words} {size} byte, {most} {MAX_BYTES}"
        for words, most in (("sẽ có", "nhiều nhất"), ("would have", "at most"))
    )
    return "code", vi, en
