"""A letter as it will be read: every line of it, once, before any page is set. The PDF and the Word
file only lay it out.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (the parts of an official letter and their order).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from niemyet.letters.layout import LAYOUTS
from niemyet.letters.values import HEAD, Filling, Value, head_blanks
from niemyet.model.forms_and_letters import Blank, Letter
from niemyet.values.dates import format_long_date
from niemyet.values.placeholders import Hole, split_text
from niemyet.view.brand import colours
from niemyet.view.words import Words

DOTS = "…"
BREAK = "\u200b"
"""Where a long row of dots may go on in the next line."""

_WIDEST_HEAD = 19
"""How many capitals at 13 points fit beside the name of the country."""
_WIDEST_ABOUT = 31
_GRAVE = "#404040"
_UNIT = re.compile(
    r"(?i)\A(?:phường|xã|đặc khu|thị trấn)\s+|\s+(?:ward|commune|special zone|township)\Z"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, or a blank still to be filled with the name of what goes there."""

    text: str
    blank: str = ""
    label: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter, filled or blank. `superior`, `issuer`, `about` and `signature` are broken into
    lines where it reads best."""

    id: str
    lang: str
    layout: str
    title: str
    author: str
    day: dt.date
    country: str
    motto: str
    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: Line
    about: tuple[str, ...]
    heading: str
    place_date: Line
    to: Line
    paragraphs: tuple[Line, ...]
    signature: tuple[str, ...]
    signer: Line
    recipients_label: str
    recipients: tuple[str, ...]
    mark: tuple[str, ...]
    accent: str
    """The colour of a card's frame and heading, as `#rrggbb`."""

    @property
    def is_official(self) -> bool:
        return self.layout == "official"


def compose(words: Words, letter: Letter, filling: Filling, day: dt.date) -> Written:
    """The letter in the language of `words`. `day` is the day of the data, for a letter that has no
    date of its own.

    Raises: MissingTranslation.
    """
    office = words.catalogue.office
    is_official = letter.layout == "official"
    of_office = letter.issuer == "office"
    author = words.text(office.name if of_office else office.authority)
    subject = words.text(letter.subject or letter.title)
    writer = _Writer(words, letter, filling)
    name = filling.values.get(HEAD[2])
    recipients = [words.text(line).rstrip(".;") for line in letter.recipients]
    return Written(
        id=letter.id,
        lang=words.lang,
        layout=letter.layout,
        title=words.text(letter.title),
        author=author,
        day=filling.day or day,
        country=words.ui("letter_country") if is_official else "",
        motto=words.ui("letter_motto") if is_official else "",
        superior=_broken(words.text(office.authority).upper(), _WIDEST_HEAD)
        if is_official and of_office
        else (),
        issuer=_broken(author.upper(), _WIDEST_HEAD if is_official else 60),
        number=writer.number(office.letter_symbol) if is_official else (),
        about=_broken(f"{words.ui('letter_about')} {subject}", _WIDEST_ABOUT)
        if is_official
        else (),
        heading="" if is_official else subject.upper(),
        place_date=writer.place_date(),
        to=(Piece(f"{words.ui('letter_to')} "), *writer.line(words.text(letter.to)))
        if letter.to
        else (),
        paragraphs=tuple(writer.line(words.text(text)) for text in letter.paragraphs),
        signature=tuple(
            words.text(line).upper() for line in letter.signature or (letter.signer,) if line
        ),
        signer=(Piece(str(name)),) if name else writer.line("{nguoi_ky}"),
        recipients_label=words.ui("letter_recipients") if recipients else "",
        recipients=tuple(
            f"{text}{'.' if n == len(recipients) else ';'}" for n, text in enumerate(recipients, 1)
        ),
        mark=(words.ui("letter_mark"), words.ui("sample_notice"))
        if office.is_sample
        else (words.ui("letter_mark"),),
        accent=_GRAVE if letter.kind == "condolence" else colours()["brand"],
    )


class _Writer:
    """Puts values, or rows of dots, in the place of blanks."""

    def __init__(self, words: Words, letter: Letter, filling: Filling) -> None:
        self.words = words
        self.values = filling.values
        self.day = filling.day
        self.blanks = {blank.id: blank for blank in (*letter.blanks, *head_blanks(letter, words))}

    def line(self, text: str) -> Line:
        return tuple(self._pieces(list(split_text(text))))

    def number(self, symbol: str) -> Line:
        return (
            Piece(f"{self.words.ui('letter_number')} "),
            *self.line("{so}"),
            Piece(f"/{symbol or DOTS * 3}"),
        )

    def place_date(self) -> Line:
        place = Piece(f"{_place_of(self.words.text(self.words.catalogue.office.ward))}, ")
        return (
            (place, Piece(format_long_date(self.day, self.words.lang)))
            if self.day
            else (place, *self.line("{ngay}"))
        )

    def _pieces(self, parts: list[str | Hole]) -> Iterator[Piece]:
        for part, after in zip(parts, [*parts[1:], ""], strict=True):
            if isinstance(part, str):
                yield Piece(part)
                continue
            blank = self.blanks.get(part.name)
            value = self.values.get(part.name)
            if blank is None:
                yield Piece(f"{{{part.name}}}")
            elif value is None:
                yield Piece(self._dots(blank), blank.id, self.words.text(blank.label))
            else:
                text = self._shown(value)
                yield Piece(
                    text.rstrip(".") if isinstance(after, str) and after.startswith(".") else text
                )

    def _shown(self, value: Value) -> str:
        return format_long_date(value, self.words.lang) if isinstance(value, dt.date) else value

    def _dots(self, blank: Blank) -> str:
        """A row of dots as wide as what is to be written there; a date has its words already."""
        if blank.kind == "date":
            return self.words.ui("letter_date_blank")
        return BREAK.join(DOTS * max(2, round(blank.width / 2)))


def shown_blank(text: str, date: str, dates: frozenset[str]) -> str:
    """A text of a letter for reading on a screen: each blank as dots, those of `dates` as
    `date`."""
    return "".join(
        part if isinstance(part, str) else date if part.name in dates else DOTS
        for part in split_text(text)
    )


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line)


def press_data(written: Written) -> dict[str, Any]:
    """What the template `letter` prints, as JSON values."""
    return {
        "lang": written.lang,
        "official": written.is_official,
        "title": written.title,
        "author": written.author,
        "date": [written.day.year, written.day.month, written.day.day],
        "country": written.country,
        "motto": written.motto,
        "superior": list(written.superior),
        "issuer": list(written.issuer),
        "number": text_of(written.number),
        "about": list(written.about),
        "heading": written.heading,
        "place_date": text_of(written.place_date),
        "to": text_of(written.to),
        "paragraphs": [text_of(line) for line in written.paragraphs],
        "signature": list(written.signature),
        "signer": text_of(written.signer),
        "recipients_label": written.recipients_label,
        "recipients": list(written.recipients),
        "mark": list(written.mark),
        "accent": written.accent,
        "layout": asdict(LAYOUTS[written.layout]),
    }


def _place_of(ward: str) -> str:
    """The name of a place without its kind, as before the date of a letter; a number keeps it:
    `Phường 1`."""
    name = _UNIT.sub("", ward).strip()
    return ward if not name or name.isdigit() else name


def _broken(text: str, widest: int) -> tuple[str, ...]:
    """A text in as few lines as it needs, the lines as even as they can be."""
    words = text.split()
    lines = _wrapped(words, widest)
    for narrower in range(widest - 1, 0, -1):
        tried = _wrapped(words, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return tuple(lines)


def _wrapped(words: list[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
