"""The files beside the pages: search index, opening data for scripts, short addresses, sitemap, robots, headers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from generator import model as m
from generator.catalogue import Catalogue
from generator.outputs import Artifact, Page
from generator.outputs.procedures import address, fee_fact, is_complete, time_fact
from generator.quantities import format_clock
from generator.rendering import Words

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)


def artifacts(catalogue: Catalogue, words: Words) -> Iterator[Artifact]:
    """The files of one language."""
    yield Artifact(path=f"assets/search/{words.lang}.js", content=_script("niemyetIndex", _search_index(catalogue, words)))
    yield Artifact(path=f"assets/js/office-{words.lang}.js", content=_script("niemyetOffice", _office(catalogue, words)))


def shared_artifacts(catalogue: Catalogue, pages: Iterable[Page]) -> Iterator[Artifact]:
    """The files that all languages share. `pages` are all pages of the site."""
    site_url = catalogue.settings.site_url.rstrip("/") + "/"
    default = catalogue.settings.default_language
    for procedure in catalogue.procedures.values():
        if procedure.is_public(catalogue.on):
            content = _redirect(site_url, procedure, str(procedure.title), default)
            for code in dict.fromkeys((procedure.code, *procedure.previous_codes)):
                for folder in ("q", "Q"):  # a QR code in capitals is smaller, and paths know the difference
                    yield Artifact(
                        path=f"{folder}/{code if folder == 'q' else code.upper()}/index.html", content=content, source=procedure.origin.path
                    )
    yield Artifact(path="sitemap.xml", content=_sitemap(site_url, pages, default))
    yield Artifact(path="robots.txt", content=f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n".encode())
    headers = (
        f"/*\n  Content-Security-Policy: {CSP}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n"
    )
    yield Artifact(path="_headers", content=headers.encode())


def _script(name: str, value: Any) -> bytes:
    """Data as a script that also loads from a USB stick. `<` is escaped so that it can stand anywhere."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, code in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(character, code)
    return f"window.{name}={text};\n".encode()


def _search_index(catalogue: Catalogue, words: Words) -> dict[str, Any]:
    docs = []
    for p in catalogue.public_procedures:
        if not is_complete(catalogue, words, p):
            continue
        sector = catalogue.sectors.get(p.sector)
        forms = (catalogue.official_forms.get(paper.form) for paper in p.papers)
        docs.append(
            {
                "c": p.code,
                "t": words.text(p.title),
                "n": words.text(p.name) if p.short_name else "",
                "a": list(p.aliases.get(words.lang, ())),
                "k": words.text(sector.name) if sector else "",
                "x": sorted({f.number for f in forms if f and f.number}),
                "u": words.home + address(p),
                "m": f"{time_fact(words, p)[0]} · {fee_fact(catalogue, words, p)[0]}",
                "p": "procedure",
            }
        )
    for event in catalogue.life_events.values():
        docs.append(_entry(words, words.text(event.name), f"viec/{event.id}/", words.text(event.summary), "event"))
    for key, path in (
        ("fees", "phi-le-phi/"),
        ("process", "quy-trinh/"),
        ("contacts", "lien-he/"),
        ("hours", "gio-lam-viec/"),
        ("guidance", "ban-huong-dan/"),
        ("handling", "cach-xu-ly/"),
        ("standards", "chuan-muc/"),
        ("law", "tu-sach-phap-luat/"),
        ("notices", "thong-bao/"),
        ("forms", "phieu/"),
        ("letters", "mau-thu/"),
    ):
        docs.append(_entry(words, words.ui(f"{key}_title"), path, words.ui(f"{key}_lead"), "page"))
    return {"lang": words.lang, "docs": docs}


def _entry(words: Words, title: str, path: str, line: str, kind: str) -> dict[str, Any]:
    return {"c": "", "t": title, "n": "", "a": [], "k": "", "x": [], "u": words.home + path, "m": line, "p": kind}


def _office(catalogue: Catalogue, words: Words) -> dict[str, Any]:
    """Hours and days off, for the open-now line; weekdays as JavaScript counts them, Sunday being 0. `clock`: times as people read them."""
    hours: dict[int, list[list[str]]] = {}
    for span in catalogue.office.hours:
        for day in span.days:
            hours.setdefault((m.DAYS.index(day) + 1) % 7, []).append([span.start, span.end])
    times = sorted({time for spans in hours.values() for span in spans for time in span})
    off = {d.day.isoformat(): words.text(d.name) for d in catalogue.calendar.off if d.day >= catalogue.on and words.has(d)}
    keys = ("open_until", "closed_opens_at", "closed_opens_on", "closed_holiday", "closed", "tomorrow")
    return {
        "zone": catalogue.office.time_zone,
        "hours": {day: sorted(spans) for day, spans in sorted(hours.items())},
        "clock": {time: format_clock(time, words.lang) for time in times},
        "off": off,
        "work": [d.day.isoformat() for d in catalogue.calendar.work if d.day >= catalogue.on],
        "days": [words.ui(f"day_{day}") for day in ("sun", "mon", "tue", "wed", "thu", "fri", "sat")],
        "text": {key: words.ui(key) for key in keys},
    }


def _redirect(site_url: str, procedure: m.Procedure, title: str, lang: str) -> bytes:
    target = f"../../{address(procedure)}"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="robots" content="noindex"><link rel="canonical" href="{escape(site_url + address(procedure))}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="refresh" content="0; url={target}"></head>'
        f'<body><main><p><a href="{target}">{escape(procedure.code)} {escape(title)}</a></p></main></body></html>\n'
    ).encode()


def _sitemap(site_url: str, pages: Iterable[Page], default: str) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]

    def url(path: str, lang: str) -> str:
        return escape(site_url + ("" if lang == default else f"{lang}/") + path)

    for page in pages:
        if not page.is_indexed:
            continue
        modified = f"<lastmod>{page.modified.isoformat()}</lastmod>" if page.modified else ""
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url(page.path, lang)}"/>' for lang in page.langs if len(page.langs) > 1
        )
        lines.append(f"<url><loc>{url(page.path, page.lang)}</loc>{modified}{others}</url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()
