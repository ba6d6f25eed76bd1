"""One valid file becomes model values, kind by kind. What the schema cannot say (a phone, a limit)
is found here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from niemyet.findings.finding import Diagnostic
from niemyet.model import base as m
from niemyet.source.loader import Path_, Source
from niemyet.values.phones import Phone, parse_phone
from niemyet.values.time_limits import TimeLimit, parse_decimal
from niemyet.values.vietnamese import normalise, quote


@dataclass(slots=True)
class Node:
    """A mapping of a source with its place. Readers ask it for typed values; absent keys give the
    empty value."""

    source: Source
    at: Path_
    data: Mapping[str, Any]
    lang: str
    findings: list[Diagnostic]

    def clean(self, value: Any) -> m.Text:
        """A human text in one spelling."""
        if type(value) is str:
            return m.Text({self.lang: normalise(value).strip()})
        return m.Text({k: normalise(v).strip() for k, v in value.items()})

    @property
    def origin(self) -> m.Origin:
        return m.Origin(self.source, self.at)

    def get(self, key: str, default: Any = "") -> Any:
        return self.data.get(key, default)

    def node(self, key: str) -> Node | None:
        value = self.data.get(key)
        return (
            Node(self.source, (*self.at, key), value, self.lang, self.findings)
            if isinstance(value, dict)
            else None
        )

    def each(self, key: str) -> Iterator[Node]:
        for i, value in enumerate(self.data.get(key) or ()):
            yield Node(self.source, (*self.at, key, i), value, self.lang, self.findings)

    def text(self, key: str) -> m.Text:
        return self.clean(self.data[key])

    def maybe(self, key: str) -> m.Text | None:
        return self.clean(self.data[key]) if key in self.data else None

    def texts(self, key: str) -> tuple[m.Text, ...]:
        return tuple(self.clean(value) for value in self.data.get(key) or ())

    def ids(self, key: str) -> tuple[str, ...]:
        return tuple(self.data.get(key) or ())

    def date(self, key: str) -> dt.date | None:
        value = self.data.get(key)
        return dt.date.fromisoformat(value) if value else None

    def day(self, key: str) -> dt.date:
        return dt.date.fromisoformat(self.data[key])

    def words(self, key: str) -> Mapping[str, tuple[str, ...]]:
        value = self.data.get(key) or {}
        if isinstance(value, list):
            value = {self.lang: value}
        return {lang: tuple(map(normalise, words)) for lang, words in value.items()}

    def limit(self, key: str) -> m.Limit | None:
        node = self.node(key)
        return _limit(node) if node else None

    def say(self, code: str, *below: str | int, key: bool = False, **values: str) -> None:
        self.findings.append(self.source.finding(code, (*self.at, *below), key=key, **values))


def _limit(node: Node) -> m.Limit:
    kind = node.get("kind")
    number = {
        k: parse_decimal(node.get(k)) for k in ("value", "minimum", "maximum") if k in node.data
    }
    needs_value = kind in ("working_days", "calendar_days", "hours", "months")
    if (
        (kind == "text") != ("text" in node.data)
        or (not needs_value and "value" in node.data)
        or (kind != "same_day" and "cutoff" in node.data)
    ):
        node.say("D003", "kind", kind=kind)
    try:
        value = TimeLimit(
            kind=kind, unit=node.get("unit", None), cutoff=node.get("cutoff", None), **number
        )
    except ValueError as error:
        code = "D006" if kind == "range" and len(number) == 2 and "unit" in node.data else "D003"
        node.say(code, "kind", kind=kind, problem=str(error))
        value = TimeLimit(kind="not_specified")
    return m.Limit(value=value, text=node.maybe("text"), note=node.maybe("note"))


def _amount(node: Node) -> m.Amount:
    tiers = tuple(
        m.Tier(first=t.get("first"), last=t.get("last", None), amount_vnd=t.get("amount_vnd"))
        for t in node.each("tiers")
    )
    return m.Amount(
        status=node.get("status"),
        amount_vnd=node.get("amount_vnd", None),
        tiers=tiers,
        cap_vnd=node.get("cap_vnd", None),
        note=node.maybe("note"),
    )


def procedure(node: Node, on: dt.date) -> m.Procedure:
    receiving = node.node("receiving")
    decision = node.node("decision")
    assert receiving is not None
    rows = tuple(_channel(n) for n in node.each("channels"))
    slug = node.source.stem
    return m.Procedure(
        origin=node.origin,
        code=node.get("code")[:8],
        written_code=node.get("code"),
        slug=slug,
        previous_codes=node.ids("previous_codes"),
        name=node.text("name"),
        short_name=node.maybe("short_name"),
        summary=node.text("summary"),
        aliases=node.words("aliases"),
        sector=node.get("sector"),
        status=node.get("status"),
        effective_from=node.date("effective_from"),
        effective_to=node.date("effective_to"),
        decision=m.Decision(
            number=decision.get("number"),
            issuer=decision.maybe("issuer"),
            date=decision.date("date"),
            url=decision.get("url"),
        )
        if decision
        else None,
        body=receiving.get("body"),
        counter=receiving.get("counter"),
        receiving_note=receiving.maybe("note"),
        authority=node.maybe("authority"),
        cooperating=node.texts("cooperating"),
        applicants=node.ids("applicants"),
        applicants_note=node.maybe("applicants_note"),
        conditions=node.texts("conditions"),
        cases=tuple(
            m.Case(origin=n.origin, id=n.get("id"), name=n.text("name"), note=n.maybe("note"))
            for n in node.each("cases")
        ),
        channels=tuple(r for r in rows if r.is_in_force(on)),
        former_channels=tuple(
            r for r in rows if r.effective_to is not None and r.effective_to < on
        ),
        papers=tuple(_paper(n) for n in node.each("papers")),
        papers_note=node.maybe("papers_note"),
        fees=tuple(
            m.FeeUse(
                origin=n.origin,
                fee=n.get("fee"),
                cases=n.ids("cases"),
                channels=n.ids("channels"),
                when=n.maybe("when"),
            )
            for n in node.each("fees")
        ),
        steps=tuple(_own_step(n) for n in node.each("steps")),
        results=node.texts("results"),
        notes=node.texts("notes"),
        questions=tuple(
            m.Question(question=n.text("question"), answer=n.text("answer"))
            for n in node.each("questions")
        ),
        related=tuple(code[:8] for code in node.ids("related")),
        legal=node.ids("legal"),
        verification=node.get("verification"),
        verified_on=node.day("verified_on"),
        verified_against=node.maybe("verified_against"),
        review_by=node.day("review_by"),
        owner=node.maybe("owner"),
    )


def _channel(node: Node) -> m.ChannelRow:
    limit = node.limit("limit")
    assert limit is not None
    return m.ChannelRow(
        origin=node.origin,
        channel=node.get("channel"),
        cases=node.ids("cases"),
        limit=limit,
        online_level=node.get("online_level"),
        url=node.get("url"),
        note=node.maybe("note"),
        why_different=node.maybe("why_different"),
        effective_from=node.date("effective_from"),
        effective_to=node.date("effective_to"),
    )


def _paper(node: Node) -> m.Paper:
    return m.Paper(
        origin=node.origin,
        id=node.get("id"),
        name=node.text("name"),
        nature=node.get("nature"),
        originals=node.get("originals", 0),
        copies=node.get("copies", 0),
        cases=node.ids("cases"),
        channels=node.ids("channels"),
        when=node.maybe("when"),
        alternatives=node.texts("alternatives"),
        where=node.maybe("where"),
        office_can_look_up=node.get("office_can_look_up", False),
        form=node.get("form"),
        note=node.maybe("note"),
    )


def _own_step(node: Node) -> m.Step:
    if ("step" in node.data) == ("title" in node.data):
        node.say("R010")
    return m.Step(
        origin=node.origin,
        id=node.get("step"),
        title=node.maybe("title"),
        text=node.maybe("text"),
        actor=node.get("actor"),
        limit=node.limit("limit"),
    )


def shared_step(node: Node) -> m.Step:
    return m.Step(
        origin=node.origin,
        id=node.source.stem,
        title=node.text("title"),
        text=node.text("text"),
        actor=node.get("actor"),
        limit=node.limit("limit"),
        order=node.get("order", None),
        receipt=node.maybe("receipt"),
        legal=node.ids("legal"),
    )


def fee_group(node: Node, on: dt.date) -> tuple[m.FeeGroup, list[m.Fee]]:
    fees = [_fee(n, node.source.stem, on) for n in node.each("fees")]
    group = m.FeeGroup(
        origin=node.origin,
        id=node.source.stem,
        name=node.text("name"),
        sector=node.get("sector"),
        fees=tuple(f.id for f in fees),
    )
    return group, fees


def _fee(node: Node, group: str, on: dt.date) -> m.Fee:
    values = tuple(sorted((_fee_value(n) for n in node.each("values")), key=lambda v: v.from_date))
    current, previous, upcoming = value_in_force(values, on)
    return m.Fee(
        origin=node.origin,
        id=node.get("id"),
        name=node.text("name"),
        kind=node.get("kind"),
        unit=node.get("unit"),
        group=group,
        values=values,
        current=current,
        previous=previous,
        upcoming=upcoming,
        verification=node.get("verification"),
    )


def value_in_force(
    values: tuple[m.FeeValue, ...], on: dt.date
) -> tuple[m.FeeValue | None, m.FeeValue | None, m.FeeValue | None]:
    """The value in force on a date, the one before it, and the next to come. `values` are oldest
    first.

    A first value whose date is only when it was seen also holds before that date: nobody saw
    anything else.
    """
    started = [i for i, value in enumerate(values) if value.from_date <= on]
    if started:
        now = started[-1]
    elif values and values[0].is_observed:
        now = 0
    else:
        return None, None, values[0] if values else None
    return (
        values[now],
        values[now - 1] if now else None,
        values[now + 1] if now + 1 < len(values) else None,
    )


def _fee_value(node: Node) -> m.FeeValue:
    return m.FeeValue(
        origin=node.origin,
        from_date=node.day("from"),
        is_observed=node.get("from_is") == "observed",
        amount=_amount(node),
        by_channel={n.get("channel"): _amount(n) for n in node.each("by_channel")},
        exemptions=node.texts("exemptions"),
        legal=node.ids("legal"),
    )


def hotline_group(node: Node) -> tuple[m.HotlineGroup, list[m.Hotline]]:
    hotlines = [_hotline(n) for n in node.each("hotlines")]
    group = m.HotlineGroup(
        origin=node.origin,
        name=node.text("name"),
        order=node.get("order", 99),
        hotlines=tuple(h.id for h in hotlines),
    )
    return group, hotlines


def _hotline(node: Node) -> m.Hotline:
    phone: Phone | None = None
    written = node.get("phone")
    if written:
        try:
            phone = parse_phone(written)
        except ValueError:
            node.say("H001", "phone", value=quote(written))
    if not (written or node.get("email") or node.get("url") or "address" in node.data):
        node.say("H008", title=str(node.text("title")))
    return m.Hotline(
        origin=node.origin,
        id=node.get("id"),
        title=node.text("title"),
        role=node.get("role"),
        phone=phone,
        written_phone=written,
        email=node.get("email"),
        url=node.get("url"),
        address=node.maybe("address"),
        hours=node.maybe("hours"),
        purpose=node.text("for"),
        person=node.maybe("person"),
        verification=node.get("verification"),
    )


def shelf(node: Node) -> tuple[m.Shelf, list[m.LegalDocument]]:
    documents = [_document(n) for n in node.each("documents")]
    return m.Shelf(
        origin=node.origin,
        name=node.text("name"),
        order=node.get("order", 99),
        documents=tuple(d.id for d in documents),
    ), documents


def _document(node: Node) -> m.LegalDocument:
    return m.LegalDocument(
        origin=node.origin,
        id=node.get("id"),
        number=node.get("number"),
        kind=node.get("kind"),
        title=node.text("title"),
        issuer=node.maybe("issuer"),
        date=node.date("date"),
        effective_from=node.date("effective_from"),
        effective_to=node.date("effective_to"),
        status=node.get("status"),
        replaced_by=node.get("replaced_by"),
        amends=node.ids("amends"),
        url=node.get("url"),
        on_shelf=node.get("on_shelf", False),
        note=node.maybe("note"),
        verification=node.get("verification"),
    )


def official_forms(node: Node) -> list[m.OfficialForm]:
    return [
        m.OfficialForm(
            origin=n.origin,
            id=n.get("id"),
            number=n.get("number"),
            title=n.text("title"),
            available=n.ids("available"),
            url=n.get("url"),
            legal=n.ids("legal"),
            note=n.maybe("note"),
            verification=n.get("verification"),
        )
        for n in node.each("forms")
    ]


def form(node: Node) -> m.Form:
    def question(n: Node) -> m.FormQuestion:
        return m.FormQuestion(
            origin=n.origin,
            id=n.get("id"),
            text=n.text("text"),
            type=n.get("type"),
            scale=n.get("scale"),
            options=n.texts("options"),
            lines=n.get("lines", 2),
            is_optional=n.get("optional", False),
            help=n.maybe("help"),
        )

    return m.Form(
        origin=node.origin,
        id=node.source.stem,
        kind=node.get("kind"),
        title=node.text("title"),
        intro=node.maybe("intro"),
        order=node.get("order", 99),
        revised_on=node.day("revised_on"),
        scales={n.get("id"): n.texts("options") for n in node.each("scales")},
        sections=tuple(
            m.FormSection(
                title=n.text("title"), questions=tuple(question(q) for q in n.each("questions"))
            )
            for n in node.each("sections")
        ),
        return_to=node.text("return_to"),
        privacy=node.maybe("privacy"),
        source_note=node.maybe("source"),
    )


def letter(node: Node) -> m.Letter:
    return m.Letter(
        origin=node.origin,
        id=node.source.stem,
        command=node.get("command"),
        kind=node.get("kind"),
        layout=node.get("layout", "official"),
        issuer=node.get("issuer", "office"),
        title=node.text("title"),
        order=node.get("order", 99),
        purpose=node.text("purpose"),
        when=node.text("when"),
        signer=node.maybe("signer"),
        signature=node.texts("signature"),
        subject=node.maybe("subject"),
        to=node.maybe("to"),
        must_contain=node.texts("must_contain"),
        blanks=tuple(_blank(n) for n in node.each("blanks")),
        paragraphs=node.texts("paragraphs"),
        recipients=node.texts("recipients"),
        source_note=node.text("source"),
    )


def _blank(node: Node) -> m.Blank:
    return m.Blank(
        origin=node.origin,
        id=node.get("id"),
        label=node.text("label"),
        kind=node.get("kind", "text"),
        role=node.get("role"),
        is_required=node.get("required", False),
        width=node.get("width", 24),
        days=node.get("days"),
        example=node.get("example"),
    )


def standard(node: Node) -> m.Standard:
    return m.Standard(
        origin=node.origin,
        id=node.source.stem,
        title=node.text("title"),
        order=node.get("order", 99),
        intro=node.maybe("intro"),
        items=tuple(
            m.StandardItem(title=n.text("title"), meaning=n.maybe("meaning"))
            for n in node.each("items")
        ),
        source_note=node.text("source"),
        verification=node.get("verification"),
    )


def notice(node: Node) -> m.Notice:
    return m.Notice(
        origin=node.origin,
        id=node.source.stem,
        kind=node.get("kind"),
        title=node.text("title"),
        paragraphs=node.texts("paragraphs"),
        from_date=node.day("from"),
        until=node.date("until"),
        on_home=node.get("on_home", False),
        contact=node.get("contact"),
        legal=node.ids("legal"),
    )


def handling(node: Node) -> m.Handling:
    limit = node.limit("limit")
    assert limit is not None
    return m.Handling(
        origin=node.origin,
        id=node.source.stem,
        title=node.text("title"),
        order=node.get("order", 99),
        group=node.get("group"),
        promise=node.text("promise"),
        steps=node.texts("steps"),
        answered_by=node.get("answered_by"),
        limit=limit,
        letter=node.get("letter"),
        form=node.get("form"),
        legal=node.ids("legal"),
        source_note=node.maybe("source"),
    )
