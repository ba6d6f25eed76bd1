"""Survey and suggestion forms on A4, for the pen, and the map by which a program can find their
boxes again.

Each page carries four version-1 QR codes, 13 mm wide, error correction H, at its corners: two
letters of the kind of form, four of its version (the same four stand in print), `P`, the page, and
the corner (`KS7QK2P1TL`). Whoever reads a filled form knows from any one of them which form it is,
in which language and version, which page, and which way up.

`reader_map` is a JSON object. Lengths are millimetres from the upper left corner of the page, x to
the right, y down:

- `form`, `lang`, `title`, `version`, `label` (the version as printed), `pages`;
- `page_size`: `[210, 297]`;
- `corners`: for each page and corner `text` (what the code says), `page` (from 1), `corner` (TL,
  TR, BL, BR), `x`, `y`, `w`, `h` of the code without the white around it;
- `marks`: in reading order, `question` and its `text`, `option` (from 0; null for writing) and its
  `label`, `kind` (`box`; `field`, one line to write on; `lines`, several), `answers` (`one`, `many`
  or `text`), `page`, `x`, `y`, `w`, `h`. A box is measured along the middle of its printed frame.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from niemyet.model.base import Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.forms_and_letters import Form, FormQuestion
from niemyet.paper.line_breaks import MAY_BREAK
from niemyet.paper.sheet import PAPERS, PressError, Sheet, make_sheet
from niemyet.values.sheet_version import mark_of, version_of
from niemyet.view.office_view import blocks_of
from niemyet.view.pages import form_page
from niemyet.view.words import Words

PAGE_SIZE = tuple(map(float, PAPERS["a4"]))
CORNER_SIZE, CORNER_MARGIN = 13.0, 7.0
_FAR_X, _FAR_Y = (side - CORNER_MARGIN - CORNER_SIZE for side in PAGE_SIZE)
CORNERS = {
    "TL": (CORNER_MARGIN, CORNER_MARGIN),
    "TR": (_FAR_X, CORNER_MARGIN),
    "BL": (CORNER_MARGIN, _FAR_Y),
    "BR": (_FAR_X, _FAR_Y),
}
"""Where the corner codes of a page are: their upper left corner in millimetres."""
MOST_PAGES = 9
KIND_LETTERS = {"survey": "KS", "suggestion": "GY"}
GLAD, HAPPY, NEUTRAL, SAD, UPSET = (
    f"emoticon-{name}-outline" for name in ("excited", "happy", "neutral", "sad", "frown")
)
FACES = {
    2: (HAPPY, SAD),
    3: (HAPPY, NEUTRAL, SAD),
    4: (GLAD, HAPPY, SAD, UPSET),
    5: (GLAD, HAPPY, NEUTRAL, SAD, UPSET),
}
"""The faces over a scale, from good to bad, by its number of points; longer scales have none."""


class LostMark(PressError):
    """The print and the data disagree about the boxes of a form."""


def sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    """Every form that is complete in the language."""
    for form in catalogue.forms.values():
        if not words.has(form):
            continue
        content = _content(form, words)
        said = json.dumps([words.lang, form.id, content], ensure_ascii=False, sort_keys=True)
        version = version_of(form.revised_on, [said])
        yield make_sheet(
            words,
            id=f"phieu/{form.id}",
            kind="form",
            paper="a4",
            title=words.text(form.title),
            page=form_page(form.id),
            short_address=form.id,
            day=form.revised_on,
            version=version,
            content={
                **content,
                "corner": {"size": CORNER_SIZE, "margin": CORNER_MARGIN},
                "corners": corner_codes(form.kind, version),
            },
            source=form.origin.path,
            icons={face for faces in FACES.values() for face in faces},
        )


def reader_map(sheet: Sheet, marks: Sequence[Mapping[str, Any]], pages: int) -> bytes:
    """The map of a printed form as JSON; see above. Raises: LostMark when a box or line of the form
    is missing or there twice."""
    marks = [{key: _plain(value) for key, value in mark.items()} for mark in marks]
    asked = Counter(asked_marks(sheet.data))
    printed = Counter(
        (mark["question"], -1 if mark["option"] is None else mark["option"]) for mark in marks
    )
    odd = sorted({*(asked - printed), *(printed - asked)})
    if odd:
        reason = f"BOXES: {sheet.id}: {odd}"
        raise LostMark("sheet_not_made", reason=reason, word=f"id: {odd[0][0]}")
    codes = sheet.data["corners"]
    corners = [
        {
            "text": codes[page][corner]["text"],
            "page": page + 1,
            "corner": corner,
            "x": x,
            "y": y,
            "w": CORNER_SIZE,
            "h": CORNER_SIZE,
        }
        for page in range(pages)
        for corner, (x, y) in CORNERS.items()
    ]
    found = {
        "form": sheet.page.split("/")[1],
        "lang": sheet.lang,
        "title": sheet.title,
        "version": sheet.version,
        "label": sheet.data["version_label"],
        "pages": pages,
        "page_size": list(PAGE_SIZE),
        "corners": corners,
        "marks": marks,
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def asked_marks(data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The question and option of every box a form must have; -1 for a place to write."""
    for section in data["sections"]:
        for block in section["blocks"]:
            for question in block["questions"]:
                if block["kind"] in ("field", "lines"):
                    yield question["id"], -1
                else:
                    yield from ((question["id"], number) for number in range(len(block["options"])))


@functools.cache
def corner_codes(kind: str, version: str) -> list[dict[str, dict[str, str]]]:
    """What the corner codes of each page say, for a program that reads the list and for the press
    that draws them."""
    start = KIND_LETTERS[kind] + mark_of(version)
    return [
        {
            corner: {"text": text, "corner_qr": text}
            for corner in CORNERS
            for text in (f"{start}P{page}{corner}",)
        }
        for page in range(1, MOST_PAGES + 1)
    ]


def _content(form: Form, words: Words) -> dict[str, Any]:
    return {
        "intro": words.text(form.intro),
        "sections": [
            {
                "title": words.text(section.title),
                "blocks": [_block(words, *block) for block in blocks],
            }
            for section, blocks in blocks_of(form)
        ],
        "return_to": words.text(form.return_to),
        "privacy": words.text(form.privacy),
    }


def _block(
    words: Words, kind: str, questions: Iterable[FormQuestion], options: Sequence[Text]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "options": [words.text(option) for option in options],
        "icons": list(FACES.get(len(options), ())) if kind == "scale" else [],
        "questions": [
            {
                "id": q.id,
                "text": words.text(q.text),
                "help": words.text(q.help),
                "lines": q.lines,
                "optional": q.is_optional,
            }
            for q in questions
        ],
    }


def _plain(value: Any) -> Any:
    """A value of a mark as it is exported: hundredths of a millimetre, words without the places
    where the press may break them."""
    if isinstance(value, str):
        return value.replace(MAY_BREAK, "")
    return round(value, 2) if isinstance(value, float) else value
