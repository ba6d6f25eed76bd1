"""What stands on the counters: a sign for each, and the label of the suggestion box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from niemyet.model.base import Text
from niemyet.model.catalogue import Catalogue
from niemyet.model.office import Counter
from niemyet.paper.sheet import Sheet
from niemyet.paper.wall_sheet import wall_sheet
from niemyet.view.office_view import day_spans
from niemyet.view.pages import name_of
from niemyet.view.words import Words

KINDS = {
    "counter": ("desk", "hours"),
    "guidance": ("human-greeting-variant", "guidance"),
    "results": ("file-check-outline", "hours"),
    "cashier": ("cash-multiple", "fees"),
    "law_bookcase": ("bookshelf", "law"),
    "waiting": ("seat-outline", "hours"),
    "self_service": ("laptop", "guidance"),
}
"""The picture on the sign of each kind of counter that has no number, and the page its code leads
to."""


def sheets(catalogue: Catalogue, words: Words) -> Iterator[Sheet]:
    for counter in catalogue.office.counters:
        if words.has(counter):
            if counter.kind == "suggestion_box":
                yield from _box(catalogue, words, counter)
            else:
                yield _sign(catalogue, words, counter)


def _sign(catalogue: Catalogue, words: Words, counter: Counter) -> Sheet:
    icon, page = KINDS[counter.kind]
    hours = () if counter.hours in ((), catalogue.office.hours) else counter.hours
    other = _other(catalogue, words, counter.name, counter.help)
    if other:
        label = Words(catalogue, other["lang"]).ui("print_counter")
        other["counter"] = label if counter.number else ""
    content = {
        "number": counter.number,
        "icon": icon,
        "name": words.text(counter.name),
        "help": words.text(counter.help),
        "hours": [
            f"{words.days(days)}: {', '.join(spans)}" for days, spans in day_spans(words, hours)
        ],
        "other": other,
    }
    title = words.text(counter.name)
    if counter.number:
        title = f"{words.counter(counter)}: {title}"
    return wall_sheet(
        words,
        id=f"bien/{counter.id}",
        kind="sign",
        paper="a3",
        title=title,
        short=name_of(page),
        content=content,
        source=counter.origin.path,
        icons=(icon, "clock-outline"),
    )


def _box(catalogue: Catalogue, words: Words, counter: Counter) -> Iterator[Sheet]:
    form = next((form for form in catalogue.forms.values() if form.kind == "suggestion"), None)
    if form is None or not words.has(form.intro, form.privacy, form.return_to):
        return
    content = {
        "help": _without(words.text(counter.help), words.text(form.intro)),
        "intro": words.text(form.intro),
        "privacy": words.text(form.privacy),
        "other": _other(catalogue, words, counter.name, form.intro),
    }
    yield wall_sheet(
        words,
        id=f"bien/{counter.id}",
        kind="box",
        paper="a4",
        title=words.text(counter.name),
        short=form.id,
        content=content,
        source=counter.origin.path,
        icons=("mailbox-open", "shield-account"),
    )


def _without(text: str, said: str) -> str:
    """A text without the sentences that are said already."""
    return " ".join(sentence for sentence in re.split(r"(?<=[.!?]) ", text) if sentence not in said)


def _other(
    catalogue: Catalogue, words: Words, name: Text, text: Text | None
) -> dict[str, Any] | None:
    """The name and the text in the second language of the site, for signs in the first."""
    second = next((lang for lang in catalogue.languages if lang != words.lang), "")
    other = Words(catalogue, second) if second else None
    if not words.is_default or other is None or not other.has(name, text):
        return None
    return {"lang": second, "name": other.text(name), "help": other.text(text)}
