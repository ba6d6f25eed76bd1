"""The files beside the pages: search index, opening data for scripts, short addresses, sitemap,
robots, headers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any, NamedTuple

from niemyet.model.catalogue import Catalogue
from niemyet.model.office import DAYS, Hours
from niemyet.values.dates import format_clock
from niemyet.values.sheet_version import PARTS
from niemyet.view import machine_words
from niemyet.view.artifact import Artifact, PrintedPage
from niemyet.view.pages import SEARCHED, address_of, event_page
from niemyet.view.procedure_view import address
from niemyet.view.words import Words
from niemyet.web import search_index
from niemyet.web.listing import Listing

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
    " 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none';"
    " form-action 'self'"
)
CSP_OF_REDIRECTS = (
    "default-src 'none'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)


def artifacts(
    catalogue: Catalogue, words: Words, printed: Iterable[PrintedPage] = ()
) -> Iterator[Artifact]:
    """The files of one language, but what the search reads."""
    yield Artifact(
        path=f"assets/js/office-{words.lang}.js",
        content=_script("niemyetOffice", _json(_office(catalogue, words))),
    )
    yield Artifact(
        path=f"assets/js/sheet-{words.lang}.js",
        content=_script("niemyetSheet", _json(_sheet(words, printed))),
    )
    yield Artifact(
        path=f"assets/js/answers-{words.lang}.js",
        content=_script("niemyetAnswers", _json(machine_words.constants(catalogue, words))),
    )
    yield Artifact(
        path=f"assets/js/kiosk-{words.lang}.js",
        content=_script("niemyetKiosk", _json(_kiosk(words))),
    )


def search_indexes(
    catalogue: Catalogue, listings: Mapping[str, Mapping[str, Listing]]
) -> Iterator[Artifact]:
    """What the search of each language reads. `listings` has the procedures of each language by
    code."""
    for lang in catalogue.languages:
        yield Artifact(
            path=f"assets/search/{lang}.js",
            content=_search_index(catalogue, Words(catalogue, lang), listings[lang]),
        )


def redirects(catalogue: Catalogue, printed: Iterable[PrintedPage] = ()) -> Iterator[Artifact]:
    """The printed addresses: of every public procedure, and of the pages `printed` that sheets lead
    to. Small files, but many."""
    site_url = catalogue.settings.site_url.rstrip("/") + "/"
    default = catalogue.settings.default_language
    for card in catalogue.summaries.values():
        if card.is_public:
            content = _redirect(
                site_url, address(card), f"{card.code} {card.title}", default, card.languages
            )
            for code in dict.fromkeys((card.code, *card.previous_codes)):
                yield from _short(code, content, card.path)
    for page in dict.fromkeys(replace(page, versions=()) for page in printed):
        if page.lang == default:
            yield from _short(
                page.short, _redirect(site_url, page.page, page.title, default, catalogue.languages)
            )


class Address(NamedTuple):
    """A page in the list for search engines: its folder from the language's home, its languages,
    and its ISO day (empty: unknown)."""

    path: str
    lang: str
    langs: tuple[str, ...]
    modified: str


def shared_artifacts(catalogue: Catalogue, pages: Iterable[Address]) -> Iterator[Artifact]:
    """The files that all languages share, but the printed addresses. `pages` are those that search
    engines may list."""
    site_url = catalogue.settings.site_url.rstrip("/") + "/"
    default = catalogue.settings.default_language
    yield Artifact(path="sitemap.xml", content=_sitemap(site_url, pages, default))
    yield Artifact(
        path="robots.txt",
        content=f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n".encode(),
    )
    headers = (
        f"/*\n  Content-Security-Policy: {CSP}; frame-ancestors 'none'\n  X-Content-Type-Options:"
        " nosniff\n  Referrer-Policy: no-referrer\n"
    )
    yield Artifact(path="_headers", content=headers.encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(name: str, text: str) -> bytes:
    """JSON as a script that also loads from a USB stick. `<` is escaped so that it can stand
    anywhere."""
    for character, code in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(character, code)
    return f"window.{name}={text};\n".encode()


def _search_index(catalogue: Catalogue, words: Words, listings: Mapping[str, Listing]) -> bytes:
    results = [
        listings[card.code].found for card in catalogue.public_summaries if card.code in listings
    ]
    for event in catalogue.life_events.values():
        title, lead = words.text(event.name), words.text(event.summary)
        url, aliases = words.home + event_page(event.id), event.aliases.get(words.lang, ())
        results.append(search_index.found(title, url, lead, "event", aliases=aliases))
    for page in SEARCHED:
        title, lead = words.ui(f"{page}_title"), words.ui(f"{page}_lead")
        results.append(search_index.found(title, words.home + address_of(page), lead, "page"))
    return search_index.script(words.lang, results)


def _office(catalogue: Catalogue, words: Words) -> dict[str, Any]:
    """Hours of the office and of counters that have their own, and days off, for the open-now line.
    `clock`: times as people read them."""
    own = {counter.id: counter.hours for counter in catalogue.office.counters if counter.hours}
    spans = [span for hours in (catalogue.office.hours, *own.values()) for span in hours]
    times = sorted({time for span in spans for time in (span.start, span.end)})
    off = {
        d.day.isoformat(): d.name.get(words.lang) or words.ui("day_off")
        for d in catalogue.calendar.off
        if d.day >= catalogue.on
    }
    keys = (
        "open_until", "closed_opens_at", "closed_opens_on", "closed_holiday", "closed",
        "tomorrow", "printed_from", "printed_on",
    )  # fmt: skip
    return {
        "zone": catalogue.office.time_zone,
        "hours": _week(catalogue.office.hours),
        "counters": {id: _week(hours) for id, hours in own.items()},
        "clock": {time: format_clock(time, words.lang) for time in times},
        "off": off,
        "work": [d.day.isoformat() for d in catalogue.calendar.work if d.day >= catalogue.on],
        "days": [words.day(day) for day in (DAYS[-1], *DAYS[:-1])],
        "text": {key: words.ui(key) for key in keys},
    }


def _week(hours: Iterable[Hours]) -> dict[int, list[list[str]]]:
    """Spans by weekday as JavaScript counts them, Sunday being 0."""
    week: dict[int, list[list[str]]] = {}
    for span in hours:
        for day in span.days:
            week.setdefault((DAYS.index(day) + 1) % 7, []).append([span.start, span.end])
    return {day: sorted(spans) for day, spans in sorted(week.items())}


def _short(name: str, content: bytes, source: str = "") -> Iterator[Artifact]:
    """A printed address, also in capitals: a QR code in capitals is smaller, and paths know the
    difference."""
    for path in (f"q/{name}", f"Q/{name.upper()}"):
        yield Artifact(path=f"{path}/index.html", content=content, source=source)


def _redirect(site_url: str, page: str, title: str, lang: str, languages: Iterable[str]) -> bytes:
    """A page that leads on to another: by a script, which takes the version of the sheet along,
    else by itself."""
    target, name = f"../../{page}", escape(title)
    others = "".join(
        f' data-{other}="../../{other}/{page}"' for other in languages if other != lang
    )
    return (
        f'<!doctype html>\n<html lang="{lang}" data-page="{target}"{others}><head><meta'
        ' charset="utf-8"><meta http-equiv="Content-Security-Policy"'
        f' content="{CSP_OF_REDIRECTS}"><title>{name}</title><meta name="robots"'
        f' content="noindex"><link rel="canonical" href="{escape(site_url + page)}"><meta'
        ' name="viewport" content="width=device-width,initial-scale=1"><link rel="icon"'
        ' href="../../assets/logo.svg"><script src="../../assets/js/q.js"></script><noscript><meta'
        f' http-equiv="refresh" content="0; url={target}"></noscript></head><body><main><h1><a'
        f' href="{target}">{name}</a></h1></main></body></html>\n'
    ).encode()


def _sheet(words: Words, printed: Iterable[PrintedPage]) -> dict[str, Any]:
    """What a page needs to tell whether a scanned sheet is current."""
    anchors = {
        "time": "thoi-han",
        "fee": "le-phi",
        "papers": "giay-to",
        "steps": "cac-buoc",
        "where": "noi-dung",
        "rest": "can-cu",
    }
    keys = (
        "sheet_current", "sheet_old", "sheet_changed",
        "sheet_from", "sheet_updated", "sheet_unknown",
    )  # fmt: skip
    return {
        "lang": words.lang,
        "text": {key: words.ui(key) for key in keys},
        "parts": [
            {"id": part, "name": words.ui(f"part_{part}"), "href": f"#{anchors[part]}"}
            for part in PARTS
        ],
        "versions": {words.home + page.page: list(page.versions) for page in printed},
    }


def _kiosk(words: Words) -> dict[str, Any]:
    """What the touch screen needs: seconds without a touch before it returns home, whether it may
    print, and its words."""
    settings = words.catalogue.settings
    keys = (
        "kiosk_there", "kiosk_leaving", "kiosk_stay", "kiosk_done", "kiosk_phone",
        "kiosk_phone_hint", "kiosk_close",
        "kiosk_home", "kiosk_back", "kiosk_bar",
    )  # fmt: skip
    return {
        "idle": settings.kiosk_idle_seconds,
        "print": settings.kiosk_print,
        "site": words.site_url,
        "text": {key: words.ui(key) for key in keys},
    }


def _sitemap(site_url: str, pages: Iterable[Address], default: str) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        ),
    ]

    def url(path: str, lang: str) -> str:
        return escape(site_url + ("" if lang == default else f"{lang}/") + path)

    for page in pages:
        modified = f"<lastmod>{page.modified}</lastmod>" if page.modified else ""
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url(page.path, lang)}"/>'
            for lang in page.langs
            if len(page.langs) > 1
        )
        lines.append(f"<url><loc>{url(page.path, page.lang)}</loc>{modified}{others}</url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()
