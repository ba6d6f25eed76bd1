"""Names that lead from one file to another.

What it checks: every id a file mentions exists (R001); no id or code is given twice (R002, R003,
R011); every step of a life event leads somewhere (R012), its choices say which to take (R013) and
it names no procedure twice (R014).
Why it matters to citizens: a name that leads nowhere leaves a hole on the page, such as a fee, a
form or a counter.
Wrong: `fee: ban-sao-trich-lục-ho-tich` where the fee list has `ban-sao-trich-luc`.
Right: `fee: ban-sao-trich-luc`.
Source: Circular 02/2017/TT-VPCP asks for the full content of each procedure to be posted, with its
    forms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from niemyet.checks.values import both, place, written
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Item, JourneyProcedure, JourneyStep, Procedure, Step
from niemyet.model.catalogue import Catalogue
from niemyet.values.vietnamese import closest, quote

MOST_SUGGESTIONS = 100
"""Looking for a near name costs time; after this many wrong names the list itself shows what is
wrong."""

# What is pointed at: the kind of file that defines it, its name in both languages, where to write
# it.
_KINDS: Mapping[str, tuple[str, str, str, str]] = {
    "procedure": ("procedure", "Thủ tục", "The procedure", "procedures/"),
    "life_event": (
        "vocabulary",
        "Việc",
        "The life event",
        "site_config/vocabulary.yml, life_events",
    ),
    "sector": ("vocabulary", "Lĩnh vực", "The sector", "site_config/vocabulary.yml, sectors"),
    "applicant": (
        "vocabulary",
        "Đối tượng",
        "The kind of applicant",
        "site_config/vocabulary.yml, applicants",
    ),
    "body": (
        "vocabulary",
        "Cơ quan tiếp nhận",
        "The receiving body",
        "site_config/vocabulary.yml, bodies",
    ),
    "actor": ("vocabulary", "Người thực hiện", "The actor", "site_config/vocabulary.yml, actors"),
    "unit": ("vocabulary", "Đơn vị tính", "The unit", "site_config/vocabulary.yml, units"),
    "counter": ("office", "Quầy", "The counter", "site_config/office.yml, counters"),
    "fee": ("fees", "Khoản thu", "The fee", "content/fees/"),
    "step": ("step", "Bước dùng chung", "The shared step", "content/steps/"),
    "hotline": ("hotlines", "Đường dây nóng", "The hotline", "content/hotlines/"),
    "legal": ("legal", "Văn bản", "The legal document", "content/legal/"),
    "official_form": ("official_forms", "Biểu mẫu", "The official form", "content/official_forms/"),
    "form": ("form", "Phiếu", "The form", "content/forms/"),
    "letter": ("letter", "Mẫu thư", "The letter", "content/letters/"),
    "case": ("", "Trường hợp", "The case", "cases"),
    "scale": ("", "Thang đánh giá", "The scale", "scales"),
}


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings R001, R002, R003 and R011 to R014."""
    finder = _finder(catalogue)
    for card in catalogue.cards.values():
        if not all(code in catalogue.cards for code in card.related):
            yield from finder.each(catalogue.procedure(card), "procedure", card.related, "related")
    yield from _money_and_law(finder)
    yield from _office(finder)
    yield from _journeys(finder)
    yield from _other_content(finder)
    yield from _duplicates(catalogue)
    yield from _twice_in_a_file(catalogue)


def check_procedure(
    catalogue: Catalogue, procedure: Procedure, today: dt.date
) -> Iterator[Diagnostic]:
    """Findings R001 and R011 of one procedure."""
    yield from _procedure(_finder(catalogue), procedure)
    data = written(procedure)
    for key in ("cases", "papers"):
        yield from _twice(
            procedure, [((key, i), row["id"]) for i, row in enumerate(data.get(key, ()))]
        )


def _finder(catalogue: Catalogue) -> _Finder:
    """The finder of a catalogue, made once: thousands of procedures ask for it one after
    another."""
    global _last
    if _last is None or _last.catalogue is not catalogue:
        _last = _Finder(catalogue)
    return _last


@dataclass(slots=True)
class _Finder:
    catalogue: Catalogue
    known: dict[str, Container[str]] = field(init=False)
    near: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        c = self.catalogue
        self.known = {
            "procedure": c.cards,
            "life_event": c.life_events,
            "sector": c.sectors,
            "applicant": c.applicants,
            "body": c.bodies,
            "actor": c.actors,
            "unit": c.units,
            "counter": {counter.id: counter for counter in c.office.counters},
            "fee": c.fees,
            "step": c.steps,
            "hotline": c.hotlines,
            "legal": c.legal,
            "official_form": c.official_forms,
            "form": c.forms,
            "letter": c.letters,
        }

    def knows_all(self, p: Procedure) -> bool:
        """Whether every name in a procedure exists: a quick look, since nearly always it does."""
        known: dict[str, Any] = self.known
        single = (("sector", p.sector), ("body", p.body), ("counter", p.counter))
        return (
            all(not name or name in known[kind] for kind, name in single)
            and all(name in known["applicant"] for name in p.applicants)
            and all(name in known["legal"] for name in p.legal)
            and all(use.fee in known["fee"] for use in p.fees)
            and all(not paper.form or paper.form in known["official_form"] for paper in p.papers)
            and all(
                (not s.id or s.id in known["step"]) and (not s.actor or s.actor in known["actor"])
                for s in p.steps
            )
            and not self._names_a_case(p)
        )

    @staticmethod
    def _names_a_case(p: Procedure) -> bool:
        """Whether any row is for certain cases; then each is looked at as it is written."""
        return any(
            row.get("cases")
            for key in ("channels", "papers", "fees")
            for row in written(p).get(key, ())
        )

    def one(
        self,
        item: Item,
        kind: str,
        name: str,
        *below: str | int,
        known: Container[str] | None = None,
    ) -> Iterator[Diagnostic]:
        """A finding when `name`, written `below` an item, does not exist; an empty name asks for
        nothing."""
        known = self.known[kind] if known is None else known
        source_kind, vi, en, where = _KINDS[kind]
        if not name or name in known or self.catalogue.unsure.may_define(source_kind, name):
            return
        near = self._near(kind, name, known)
        advice_vi = (
            f"có phải là “{near}”? Nếu không, thêm “{quote(name)}” vào {where}"
            if near
            else f"thêm vào {where}, hoặc sửa lại cho đúng"
        )
        advice_en = (
            f"did you mean “{near}”? If not, add “{quote(name)}” to {where}"
            if near
            else f"add it to {where}, or correct the name"
        )
        values = {**both("kind", vi, en), **both("advice", advice_vi, advice_en)}
        yield item.origin.finding(
            "R001", *below, name=quote(name), near=near, where=where, **values
        )

    def each(
        self,
        item: Item,
        kind: str,
        names: Iterable[str],
        *below: str | int,
        known: Container[str] | None = None,
    ) -> Iterator[Diagnostic]:
        for i, name in enumerate(names):
            yield from self.one(item, kind, name, *below, i, known=known)

    def _near(self, kind: str, name: str, known: Container[str]) -> str:
        if kind == "procedure":
            return next((code for code in _slips(name) if code in known), "")
        if (kind, name) not in self.near and len(self.near) < MOST_SUGGESTIONS:
            candidates = closest(name, known if isinstance(known, Iterable) else ())
            self.near[kind, name] = candidates[0] if candidates else ""
        return self.near.get((kind, name), "")


_last: _Finder | None = None


def _slips(code: str) -> Iterator[str]:
    """The codes one wrong or swapped digit away; among thousands of codes any other likeness is
    chance."""
    for i in range(len(code) - 1):
        yield code[:i] + code[i + 1] + code[i] + code[i + 2 :]
    for i, digit in enumerate(code):
        if digit != ".":
            yield from (code[:i] + other + code[i + 1 :] for other in "0123456789")


def _procedure(finder: _Finder, p: Procedure) -> Iterator[Diagnostic]:
    if finder.knows_all(p):
        return
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


def _money_and_law(finder: _Finder) -> Iterator[Diagnostic]:
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


def _office(finder: _Finder) -> Iterator[Diagnostic]:
    c = finder.catalogue
    for body in c.bodies.values():
        yield from finder.one(body, "hotline", body.hotline, "hotline")
    if c.unsure.is_whole("settings"):
        yield from finder.each(c.settings, "procedure", c.settings.most_used, "most_used")
    if c.unsure.is_whole("office"):
        yield from finder.one(c.office, "hotline", c.office.main_hotline, "main_hotline")
    for counter in c.office.counters:
        yield from finder.each(counter, "sector", counter.sectors, "sectors")
    for reception in c.office.reception:
        yield from finder.one(reception, "hotline", reception.who, "who")


def _journeys(finder: _Finder) -> Iterator[Diagnostic]:
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


def _journey_step(finder: _Finder, step: JourneyStep) -> Iterator[Diagnostic]:
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


def _other_content(finder: _Finder) -> Iterator[Diagnostic]:
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


def _shared_step(finder: _Finder, step: Step) -> Iterator[Diagnostic]:
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
