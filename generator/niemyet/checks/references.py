"""Names that lead from one file to another: R001 to R003, R011 to R014."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from niemyet.checks.context import Context
from niemyet.checks.names import KnownNames
from niemyet.checks.values import both, place, written
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Item
from niemyet.model.catalogue import Catalogue
from niemyet.model.procedure import Procedure, Step
from niemyet.model.vocabulary import JourneyProcedure, JourneyStep
from niemyet.values.vietnamese import quote


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    finder = context.names
    for card in catalogue.summaries.values():
        if not all(code in catalogue.summaries for code in card.related):
            yield from finder.each(catalogue.procedure(card), "procedure", card.related, "related")
    yield from _money_and_law(finder)
    yield from _office(finder)
    yield from _journeys(finder)
    yield from _other_content(finder)
    yield from _duplicates(catalogue)
    yield from _twice_in_a_file(catalogue)


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    yield from _procedure(context.names, procedure)
    data = written(procedure)
    for key in ("cases", "papers"):
        yield from _twice(
            procedure, [((key, i), row["id"]) for i, row in enumerate(data.get(key, ()))]
        )


def _procedure(finder: KnownNames, p: Procedure) -> Iterator[Diagnostic]:
    yield from finder.one(p, "sector", p.sector, "sector")
    yield from finder.each(p, "applicant", p.applicants, "applicants")
    yield from finder.one(p, "body", p.body, "receiving", "body")
    yield from finder.one(p, "counter", p.counter, "receiving", "counter")
    cases = {case.id for case in p.cases}
    data = written(p)
    for key in ("channels", "papers", "fees"):
        for i, row in enumerate(data.get(key, ())):
            yield from finder.each(p, "case", row.get("cases", ()), key, i, "cases", known=cases)
    for paper in p.papers:
        yield from finder.one(paper, "official_form", paper.form, "form")
    for use in p.fees:
        yield from finder.one(use, "fee", use.fee, "fee")
    for step in p.steps:
        yield from finder.one(step, "step", step.id, "step")
        yield from finder.one(step, "actor", step.actor, "actor")
    yield from finder.each(p, "legal", p.legal, "legal")


def _money_and_law(finder: KnownNames) -> Iterator[Diagnostic]:
    c = finder.catalogue
    for group in c.fee_groups:
        yield from finder.one(group, "sector", group.sector, "sector")
    for unit in c.units.values():
        yield from finder.one(unit, "unit", unit.for_each, "for_each")
    for fee in c.fees.values():
        yield from finder.one(fee, "unit", fee.unit, "unit")
        for value in fee.values:
            yield from finder.each(value, "legal", value.legal, "legal")
    for document in c.legal.values():
        yield from finder.one(document, "legal", document.replaced_by, "replaced_by")
        yield from finder.each(document, "legal", document.amends, "amends")
    for official in c.official_forms.values():
        yield from finder.each(official, "legal", official.legal, "legal")


def _office(finder: KnownNames) -> Iterator[Diagnostic]:
    c = finder.catalogue
    for body in c.bodies.values():
        yield from finder.one(body, "hotline", body.hotline, "hotline")
    if c.unresolved.is_whole("settings"):
        yield from finder.each(c.settings, "procedure", c.settings.most_used, "most_used")
    if c.unresolved.is_whole("office"):
        yield from finder.one(c.office, "hotline", c.office.main_hotline, "main_hotline")
    for counter in c.office.counters:
        yield from finder.each(counter, "sector", counter.sectors, "sectors")
    for reception in c.office.reception:
        yield from finder.one(reception, "hotline", reception.who, "who")


def _journeys(finder: KnownNames) -> Iterator[Diagnostic]:
    c = finder.catalogue
    for event in c.life_events.values():
        data = written(event)
        if ("procedures" in data) == ("steps" in data):
            yield event.origin.finding("R012", "id", **both("what", "Việc này", "This life event"))
        for step in event.steps:
            yield from _journey_step(finder, step)
    for query in c.queries:
        for i, name in enumerate(query.expect):
            yield from finder.one(
                query,
                "procedure" if name[:1].isdigit() and "." in name else "life_event",
                name,
                "expect",
                i,
            )


def _journey_step(finder: KnownNames, step: JourneyStep) -> Iterator[Diagnostic]:
    first: dict[str, JourneyProcedure] = {}
    if not step.procedures and step.elsewhere is None:
        yield step.origin.finding("R012", **both("what", "Bước này", "This step"))
    for part in step.procedures:
        yield from finder.one(part, "procedure", part.code)
        if first.setdefault(part.code, part) is not part:
            yield part.origin.finding("R014", procedure=part.code, first=place(first[part.code]))
    if step.choose == "any" and (
        len(step.procedures) < 2 or any(part.when is None for part in step.procedures)
    ):
        yield step.origin.finding("R013", "choose")


def _other_content(finder: KnownNames) -> Iterator[Diagnostic]:
    c = finder.catalogue
    for step in c.steps.values():
        yield from _shared_step(finder, step)
    for notice in c.notices.values():
        yield from finder.one(notice, "hotline", notice.contact, "contact")
        yield from finder.each(notice, "legal", notice.legal, "legal")
    for handling in c.handlings.values():
        yield from finder.one(handling, "hotline", handling.answered_by, "answered_by")
        yield from finder.one(handling, "letter", handling.letter, "letter")
        yield from finder.one(handling, "form", handling.form, "form")
        yield from finder.each(handling, "legal", handling.legal, "legal")
    for form in c.forms.values():
        for section in form.sections:
            for question in section.questions:
                yield from finder.one(question, "scale", question.scale, "scale", known=form.scales)


def _shared_step(finder: KnownNames, step: Step) -> Iterator[Diagnostic]:
    yield from finder.one(step, "actor", step.actor, "actor")
    yield from finder.each(step, "legal", step.legal, "legal")


def _duplicates(catalogue: Catalogue) -> Iterator[Diagnostic]:
    for kind, item, first in catalogue.duplicates:
        if isinstance(item, Procedure):
            yield item.origin.finding("R003", "code", procedure=item.code, first=place(first))
        else:
            yield item.origin.finding(
                "R002", "id", id=quote(written(item).get("id", "")), kind=kind, first=place(first)
            )


def _twice_in_a_file(catalogue: Catalogue) -> Iterator[Diagnostic]:
    for form in catalogue.forms.values():
        data = written(form)
        yield from _twice(
            form, [(("scales", i), scale["id"]) for i, scale in enumerate(data.get("scales", ()))]
        )
        questions = [
            (("sections", i, "questions", j), question["id"])
            for i, section in enumerate(data["sections"])
            for j, question in enumerate(section["questions"])
        ]
        yield from _twice(form, questions)
    languages = catalogue.settings.languages
    yield from _twice(
        catalogue.settings,
        [(("languages", i), language.id) for i, language in enumerate(languages)],
    )


def _twice(item: Item, ids: Iterable[tuple[tuple[str | int, ...], str]]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str | int, ...]] = {}
    for below, name in ids:
        if name in first:
            line = item.origin.source.position((*item.origin.at, *first[name])).line
            yield item.origin.finding("R011", *below, "id", id=quote(name), first=str(line))
        else:
            first[name] = below
