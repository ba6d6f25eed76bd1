"""Hours of an office as rows of days, as pages and sheets show them."""

from __future__ import annotations

from niemyet.model.base import Text
from niemyet.model.forms_and_letters import Form, FormQuestion, FormSection
from niemyet.model.office import DAYS, Day, Hours
from niemyet.view.words import Words


def day_spans(words: Words, hours: tuple[Hours, ...]) -> list[tuple[tuple[Day, ...], list[str]]]:
    """Opening hours for reading: days that share the same spans stand together, in the order of the
    week."""
    by_day: dict[Day, list[tuple[str, str]]] = {}
    for span in hours:
        for day in span.days:
            by_day.setdefault(day, []).append((span.start, span.end))
    groups: dict[tuple[tuple[str, str], ...], list[Day]] = {}
    for day in DAYS:
        if day in by_day:
            groups.setdefault(tuple(sorted(by_day[day])), []).append(day)
    return [(tuple(days), [words.span(*span) for span in spans]) for spans, days in groups.items()]


def blocks_of(
    form: Form,
) -> list[tuple[FormSection, list[tuple[str, list[FormQuestion], tuple[Text, ...]]]]]:
    """Each section as blocks of neighbouring questions of one type; scale questions of one scale
    share a table."""
    result = []
    for section in form.sections:
        blocks: list[tuple[str, list[FormQuestion], tuple[Text, ...]]] = []
        for question in section.questions:
            options = (
                form.scales.get(question.scale, ())
                if question.type == "scale"
                else question.options
            )
            joined = (
                blocks and blocks[-1][0] == question.type == "scale" and blocks[-1][2] == options
            )
            if joined:
                blocks[-1][1].append(question)
            else:
                blocks.append((question.type, [question], options))
        result.append((section, blocks))
    return result
