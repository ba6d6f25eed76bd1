"""The files that make it this office (office, calendar, vocabulary, settings) become model
values."""

from __future__ import annotations

from niemyet.model import base as m
from niemyet.model.reader import Node


def office(node: Node) -> m.Office:
    rule = node.node("meeting_rule")
    return m.Office(
        origin=node.origin,
        is_sample=node.get("sample"),
        name=node.text("name"),
        short_name=node.maybe("short_name"),
        ward=node.text("ward"),
        province=node.text("province"),
        authority=node.text("authority"),
        responsible=node.text("responsible"),
        letter_symbol=node.get("letter_symbol"),
        address=node.text("address"),
        directions=node.maybe("directions"),
        map_url=node.get("map_url"),
        email=node.get("email"),
        main_hotline=node.get("main_hotline"),
        time_zone=node.get("time_zone"),
        hours=_hours(node),
        hours_note=node.maybe("hours_note"),
        meeting_rule=m.MeetingRule(
            origin=rule.origin,
            text=rule.text("text"),
            start=rule.get("start"),
            end=rule.get("end"),
            exceptions=rule.maybe("exceptions"),
        )
        if rule
        else None,
        meetings=tuple(
            m.Meeting(
                origin=n.origin,
                name=n.text("name"),
                day=n.get("day"),
                start=n.get("start"),
                end=n.get("end"),
            )
            for n in node.each("meetings")
        ),
        counters=tuple(
            m.Counter(
                origin=n.origin,
                id=n.get("id"),
                kind=n.get("kind"),
                number=n.get("number"),
                name=n.text("name"),
                place=n.maybe("place"),
                sectors=n.ids("sectors"),
                help=n.maybe("help"),
                hours=_hours(n),
            )
            for n in node.each("counters")
        ),
        reception=tuple(
            m.Reception(
                origin=n.origin,
                who=n.get("who"),
                day=n.get("day"),
                weeks=n.ids("weeks"),  # type: ignore[arg-type]
                start=n.get("start"),
                end=n.get("end"),
                place=n.maybe("place"),
                note=n.maybe("note"),
            )
            for n in node.each("reception")
        ),
        accessibility=node.texts("accessibility"),
    )


def _hours(node: Node) -> tuple[m.Hours, ...]:
    return tuple(
        m.Hours(origin=n.origin, days=n.get("days"), start=n.get("start"), end=n.get("end"))
        for n in node.each("hours")
    )


def calendar(node: Node) -> m.Calendar:
    def day(n: Node) -> m.CalendarDay:
        return m.CalendarDay(
            origin=n.origin,
            day=n.day("date"),
            name=n.text("name"),
            verification=n.get("verification"),
        )

    return m.Calendar(
        origin=node.origin,
        known_until=node.day("known_until"),
        off=tuple(day(n) for n in node.each("days_off")),
        work=tuple(day(n) for n in node.each("make_up_days")),
        source_note=node.text("source"),
    )


def terms(node: Node, key: str) -> tuple[m.Term, ...]:
    """The words of one list of the vocabulary."""
    return tuple(
        m.Term(
            origin=n.origin,
            id=n.get("id"),
            name=n.text("name"),
            summary=n.maybe("summary"),
            icon=n.get("icon"),
            place=n.maybe("place"),
            hotline=n.get("hotline"),
        )
        for n in node.each(key)
    )


def units(node: Node) -> tuple[m.Unit, ...]:
    return tuple(
        m.Unit(
            origin=n.origin,
            id=n.get("id"),
            name=n.text("name"),
            ask=n.maybe("ask"),
            for_each=n.get("for_each"),
        )
        for n in node.each("units")
    )


def life_events(node: Node) -> tuple[m.LifeEvent, ...]:
    return tuple(
        m.LifeEvent(
            origin=n.origin,
            id=n.get("id"),
            name=n.text("name"),
            summary=n.maybe("summary"),
            icon=n.get("icon"),
            aliases=n.words("aliases"),
            steps=_short_journey(n) or tuple(_journey_step(s) for s in n.each("steps")),
            note=n.maybe("note"),
        )
        for n in node.each("life_events")
    )


def _short_journey(node: Node) -> tuple[m.JourneyStep, ...]:
    """A plain list of codes: every procedure is a step."""
    origins = (
        m.Origin(node.source, (*node.at, "procedures", i))
        for i in range(len(node.ids("procedures")))
    )
    return tuple(
        m.JourneyStep(origin=origin, procedures=(m.JourneyProcedure(origin=origin, code=code[:8]),))
        for origin, code in zip(origins, node.ids("procedures"), strict=True)
    )


def _journey_step(node: Node) -> m.JourneyStep:
    return m.JourneyStep(
        origin=node.origin,
        title=node.maybe("title"),
        when=node.maybe("when"),
        choose=node.get("choose", "all"),
        procedures=tuple(
            m.JourneyProcedure(
                origin=m.Origin(n.source, (*n.at, "code")),
                code=n.get("code")[:8],
                when=n.maybe("when"),
            )
            for n in node.each("procedures")
        ),
        elsewhere=node.maybe("elsewhere"),
        after_result=node.get("after_result", False),
        note=node.maybe("note"),
    )


def search_queries(node: Node) -> tuple[m.SearchQuery, ...]:
    return tuple(
        m.SearchQuery(
            origin=n.origin,
            query=n.get("query"),
            lang=n.get("lang", node.lang),
            expect=n.ids("expect"),
        )
        for n in node.each("queries")
    )


def settings(node: Node) -> m.Settings:
    licence = node.node("licence")
    assert licence is not None
    return m.Settings(
        origin=node.origin,
        site_url=node.get("site_url"),
        languages=tuple(
            m.Language(id=n.get("id"), name=n.get("name")) for n in node.each("languages")
        ),
        most_used=tuple(code[:8] for code in node.ids("most_used")),
        popular_searches=node.words("popular_searches"),
        online_portal=_portal(node, "online_portal"),
        law_portal=_portal(node, "law_portal"),
        edit_url=node.get("edit_url"),
        report_email=node.get("report_email"),
        licence_name=licence.get("name"),
        licence_url=licence.get("url"),
        calendar_months_ahead=node.get("calendar_months_ahead", 3),
        kiosk_idle_seconds=node.get("kiosk_idle_seconds", 90),
        kiosk_print=node.get("kiosk_print", False),
    )


def _portal(node: Node, key: str) -> m.Portal:
    portal = node.node(key)
    assert portal is not None
    return m.Portal(name=portal.text("name"), url=portal.get("url"))


def walls(node: Node) -> tuple[m.Wall, ...]:
    """The walls of the posters file, each with its sheets in the order they hang."""
    return tuple(
        m.Wall(
            origin=n.origin,
            id=n.get("id"),
            name=n.text("name"),
            sheets=tuple(
                m.HungSheet(
                    origin=h.origin,
                    sheet=h.get("sheet"),
                    size=h.get("size"),
                    copies=h.get("copies", 1),
                    ink=h.get("ink", "full"),
                )
                for h in n.each("sheets")
            ),
        )
        for n in node.each("walls")
    )


def printed_sheets(node: Node) -> tuple[m.PrintedSheet, ...]:
    """The lines of the print register."""
    return tuple(
        m.PrintedSheet(
            origin=n.origin,
            wall=n.get("wall"),
            sheet=n.get("sheet"),
            size=n.get("size"),
            copies=n.get("copies"),
            ink=n.get("ink"),
            version=n.get("version"),
            printed=n.day("printed"),
        )
        for n in node.each("printed")
    )
