"""The letters as blank templates, to print and fill by hand; the Word file of the same letter is
`docx_of`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from niemyet.letters.letter import Written, compose, press_data
from niemyet.letters.values import Filling
from niemyet.paper.sheet import Sheet
from niemyet.values.sheet_version import version_of
from niemyet.view.pages import PAGES
from niemyet.view.words import Words

LOOKS = ("layout", "accent")
"""What a letter looks like makes no other version of it."""


def letter_sheets(words: Words, day: dt.date) -> Iterator[Sheet]:
    """A sheet for each letter that has a text in this language. `day` is the day of the data."""
    for written in blank_letters(words, day):
        data = press_data(written)
        said = {key: value for key, value in data.items() if key not in LOOKS} | {"date": ""}
        yield Sheet(
            id=f"{words.home}mau-thu/{written.id}",
            kind="letter",
            paper="a4",
            lang=words.lang,
            title=written.title,
            page=PAGES.letters,
            version=version_of(day, [json.dumps(said, ensure_ascii=False, sort_keys=True)]),
            source=words.catalogue.letters[written.id].origin.path,
            data=data,
        )


def blank_letters(words: Words, day: dt.date) -> Iterator[Written]:
    """Every letter of this language with its blanks left open, for the press and for Word alike."""
    for letter in words.catalogue.letters.values():
        if letter.paragraphs and words.has(letter):
            yield compose(words, letter, Filling(), day)
