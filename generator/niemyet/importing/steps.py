"""The steps of a record, one text in the source, become a numbered list; what stands below a step
stays with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from niemyet.importing.national_record import StepLine
from niemyet.importing.phrases import (
    LONGEST_TITLE,
    one_line,
    pieces,
    short_name,
    title_and_rest,
    without_bullet,
)

MOST_STEPS = 500

_STEP = re.compile(r"\W{0,4}bước\s+([0-9]{1,2})\s*[.:)\-–]*\s*", re.IGNORECASE)
_STEP_INSIDE = re.compile(r"(?<=[.;:])\s+(?=Bước\s+[0-9]{1,2}\s*[.:])")
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\)\s*")),
    ("number", re.compile(r"[0-9]{1,2}[.)](?![0-9])\s*")),
    ("letter", re.compile(r"[a-zđ][.)]\s*", re.IGNORECASE)),
    ("star", re.compile(r"\*\s*")),
    ("dash", re.compile(r"-\s*")),
)


def read_steps(lines: Sequence[StepLine]) -> list[dict[str, Any]]:
    """The steps in order. A heading of the source is a step of its own, unless it is `Bước n`,
    whose text follows it."""
    parts = (
        (line, part) for line in lines for part in _STEP_INSIDE.split(one_line(line.text)) if part
    )
    split = [
        StepLine(text=part, is_heading=line.is_heading and not _STEP.match(part))
        for line, part in parts
    ]
    marker = _marker(split)
    groups: list[tuple[bool, list[str]]] = []
    for line in split:
        if line.is_heading or not groups or groups[-1][0] or _begins(line.text, marker):
            groups.append((line.is_heading, [line.text]))
        else:
            groups[-1][1].append(line.text)
    counted = _counted_from_one([text for _, (text, *_) in groups])
    steps = [
        step for is_heading, texts in groups for step in _steps(is_heading, texts, marker, counted)
    ]
    if len(steps) > MOST_STEPS:
        rest = [
            f"{step['title']}\n{step.get('text', '')}".strip() for step in steps[MOST_STEPS - 1 :]
        ]
        steps = [
            *steps[: MOST_STEPS - 1],
            *({"title": "Các việc còn lại", "text": part} for part in pieces("\n".join(rest))),
        ][:MOST_STEPS]
    return steps


def _marker(lines: Sequence[StepLine]) -> str:
    """What the steps begin with: `Bước n`, else the mark of the first line that has one, else every
    line is a step."""
    if any(_STEP.match(line.text) for line in lines if not line.is_heading):
        return "step"
    for line in lines:
        found = next((name for name, pattern in _MARKERS if pattern.match(line.text)), "")
        if found and not line.is_heading:
            return found
    return ""


def _begins(text: str, marker: str) -> bool:
    if marker == "step":
        return _STEP.match(text) is not None
    return not marker or dict(_MARKERS)[marker].match(text) is not None


def _counted_from_one(texts: Sequence[str]) -> bool:
    """Whether the source's own numbers are simply 1, 2, 3 … so that the list need not repeat
    them."""
    numbers = [int(found[1]) for found in map(_STEP.match, texts) if found]
    return numbers == list(range(1, len(numbers) + 1)) and len(numbers) == len(texts)


def _steps(
    is_heading: bool, texts: list[str], marker: str, counted: bool
) -> Iterator[dict[str, Any]]:
    first, others = texts[0], texts[1:]
    if is_heading:
        yield from _step(first, others)
        return
    if marker == "step" and counted:
        bare = _STEP.sub("", first, count=1)
        if not bare and others:
            bare, others = others[0], others[1:]
        first = bare or first
    yield from _step(without_bullet(first) or first, others)


def _step(first: str, others: list[str]) -> Iterator[dict[str, Any]]:
    title, text = title_and_rest("\n".join([first, *others]))
    title = title or short_name(first, LONGEST_TITLE)
    for i, part in enumerate(pieces(text) if text else [""]):
        step: dict[str, Any] = {"title": title if i == 0 else f"{title} (tiếp)"}
        if part:
            step["text"] = part
        yield step
