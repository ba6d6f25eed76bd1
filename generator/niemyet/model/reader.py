"""One valid file becomes model values, kind by kind. What the schema cannot say (a phone, a limit)
is found here."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from niemyet.model.base import Limit, Origin
from niemyet.model.content import Handling, Hotline, HotlineGroup, LegalDocument, Shelf
from niemyet.model.fees import Amount, Fee, FeeGroup, FeeValue, value_in_force
from niemyet.model.field_readers import Node, read
from niemyet.model.forms_and_letters import Form
from niemyet.model.procedure import ChannelRow, Procedure, Step
from niemyet.model.settings import Settings
from niemyet.model.vocabulary import JourneyProcedure, JourneyStep, LifeEvent, SearchQuery
from niemyet.values.phones import Phone, parse_phone
from niemyet.values.time_limits import TimeLimit, parse_decimal
from niemyet.values.vietnamese import quote

T = TypeVar("T")


def read_procedure(node: Node, on: dt.date) -> Procedure:
    """A procedure with the rows that are in force on a date, and those that were before it."""
    rows = [read(ChannelRow, n, limit=read_limit(n)) for n in node.each("channels")]
    receiving = node.data["receiving"]
    note = receiving.get("note")
    return read(
        Procedure,
        node,
        slug=node.source.stem,
        written_code=node.data["code"],
        body=receiving["body"],
        counter=receiving.get("counter", ""),
        receiving_note=node.clean(note) if note else None,
        channels=tuple(row for row in rows if row.is_in_force(on)),
        former_channels=tuple(row for row in rows if row.effective_to and row.effective_to < on),
        steps=tuple(read_own_step(n) for n in node.each("steps")),
    )


def read_limit(node: Node) -> Limit | None:
    """The limit of a mapping that may have one."""
    data = node.data.get("limit")
    if data is None:
        return None
    node = node.below("limit", data=data)
    kind = data["kind"]
    number = {k: parse_decimal(data[k]) for k in ("value", "minimum", "maximum") if k in data}
    needs_value = kind in ("working_days", "calendar_days", "hours", "months")
    if (
        (kind == "text") != ("text" in data)
        or (not needs_value and "value" in data)
        or (kind != "same_day" and "cutoff" in data)
    ):
        node.say("D003", "kind", kind=kind)
    try:
        value = TimeLimit(kind=kind, unit=data.get("unit"), cutoff=data.get("cutoff"), **number)
    except ValueError as error:
        code = "D006" if kind == "range" and len(number) == 2 and "unit" in data else "D003"
        node.say(code, "kind", kind=kind, problem=str(error))
        value = TimeLimit(kind="not_specified")
    return read(Limit, node, value=value)


def read_own_step(node: Node) -> Step:
    """A step of a procedure: a shared one by its id, or one with a title of its own."""
    if ("step" in node.data) == ("title" in node.data):
        node.say("R010")
    return read(Step, node, id=node.data.get("step", ""), limit=read_limit(node))


def read_file(kind: type[T], node: Node) -> T:
    """A record that is a whole file, whose name is its id."""
    return read(kind, node, id=node.source.stem)


def read_shared_step(node: Node) -> Step:
    return read(Step, node, id=node.source.stem, limit=read_limit(node))


def read_fee_group(node: Node, on: dt.date) -> tuple[FeeGroup, list[Fee]]:
    group = node.source.stem
    fees = [read_fee(n, group, on) for n in node.each("fees")]
    return read(FeeGroup, node, id=group, fees=tuple(fee.id for fee in fees)), fees


def read_fee(node: Node, group: str, on: dt.date) -> Fee:
    values = tuple(
        sorted(map(read_fee_value, node.each("values")), key=lambda value: value.from_date)
    )
    current, previous, upcoming = value_in_force(values, on)
    return read(
        Fee,
        node,
        group=group,
        values=values,
        current=current,
        previous=previous,
        upcoming=upcoming,
    )


def read_fee_value(node: Node) -> FeeValue:
    return read(
        FeeValue,
        node,
        is_observed=node.data.get("from_is") == "observed",
        amount=read(Amount, node),
        by_channel={n.data["channel"]: read(Amount, n) for n in node.each("by_channel")},
    )


def read_hotline_group(node: Node) -> tuple[HotlineGroup, list[Hotline]]:
    hotlines = list(map(read_hotline, node.each("hotlines")))
    return read(HotlineGroup, node, hotlines=tuple(h.id for h in hotlines)), hotlines


def read_hotline(node: Node) -> Hotline:
    phone: Phone | None = None
    written = node.data.get("phone", "")
    if written:
        try:
            phone = parse_phone(written)
        except ValueError:
            node.say("H001", "phone", value=quote(written))
    hotline = read(Hotline, node, phone=phone, written_phone=written)
    if not (written or hotline.email or hotline.url or hotline.address):
        node.say("H008", title=str(hotline.title))
    return hotline


def read_shelf(node: Node) -> tuple[Shelf, list[LegalDocument]]:
    documents = [read(LegalDocument, n) for n in node.each("documents")]
    return read(Shelf, node, documents=tuple(d.id for d in documents)), documents


def read_form(node: Node) -> Form:
    return read(
        Form,
        node,
        id=node.source.stem,
        scales={
            n.data["id"]: tuple(map(node.clean, n.data["options"])) for n in node.each("scales")
        },
    )


def read_handling(node: Node) -> Handling:
    return read(Handling, node, id=node.source.stem, limit=read_limit(node))


def read_life_event(node: Node) -> LifeEvent:
    """A life event with its steps; in a plain list of codes, every procedure is a step."""
    short = (
        JourneyProcedure(origin=Origin(node.source, (*node.at, "procedures", i)), code=code[:8])
        for i, code in enumerate(node.data.get("procedures", ()))
    )
    steps = [JourneyStep(origin=part.origin, procedures=(part,)) for part in short] or [
        read(
            JourneyStep,
            step,
            procedures=tuple(
                read(JourneyProcedure, n, origin=Origin(n.source, (*n.at, "code")))
                for n in step.each("procedures")
            ),
        )
        for step in node.each("steps")
    ]
    return read(LifeEvent, node, steps=tuple(steps))


def read_search_query(node: Node) -> SearchQuery:
    return read(SearchQuery, node, lang=node.data.get("lang", node.lang))


def read_settings(node: Node) -> Settings:
    licence = node.data["licence"]
    return read(Settings, node, licence_name=licence["name"], licence_url=licence["url"])
