"""The page of every procedure: what to bring, how long, how much, where, and how we know."""

from __future__ import annotations

import json
from typing import Any

import jinja2
from markupsafe import Markup

from niemyet.model.catalogue import Catalogue
from niemyet.model.summary import Summary
from niemyet.view.artifact import Page
from niemyet.view.procedure_view import ProcedureView, address
from niemyet.view.words import Words

RELATED = "\x04"
"""Stands in the body of a page for the list of related procedures, which are known when all files
are read.

It holds no icons: the page has drawn its own by then.
"""


def page_of(env: jinja2.Environment, view: ProcedureView, langs: tuple[str, ...]) -> Page:
    """The page of a procedure that is complete in the languages `langs`, with `RELATED` in its
    body."""
    words, procedure = view.words, view.procedure
    return Page(
        path=address(procedure),
        lang=words.lang,
        title=words.text(procedure.title),
        description=words.text(procedure.summary),
        body=env.get_template("procedure.html").render(
            p=procedure, v=view, related=Markup(RELATED), linked=linked_data(view)
        ),
        langs=langs,
        nav="procedures",
        source=procedure.origin.path,
        modified=procedure.verified_on,
        card=procedure.sector,
    )


def linked_data(view: ProcedureView) -> Markup:
    """The service in the words of schema.org, for search engines: data that no browser runs."""
    words, settings = view.words, view.catalogue.settings
    office = view.catalogue.office
    page = f"{words.site_url}{words.home}{address(view.procedure)}"
    channel: dict[str, Any] = {
        "@type": "ServiceChannel",
        "serviceUrl": view.online_url if view.online else page,
        "availableLanguage": settings.default_language,
        "serviceLocation": {
            "@type": "Place",
            "name": view.where.value or view.unit,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": view.address,
                "addressLocality": words.text(office.ward),
                "addressRegion": words.text(office.province),
                "addressCountry": "VN",
            },
        },
    }
    if view.hotline and view.hotline.phone:
        channel["servicePhone"] = {
            "@type": "ContactPoint",
            "telephone": words.tel(view.hotline).removeprefix("tel:"),
        }
    who = "; ".join(words.text(term.name) for term in view.applicants) or words.text(
        view.procedure.applicants_note
    )
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": page,
        "url": page,
        "identifier": view.procedure.code,
        "name": words.text(view.procedure.title),
        "description": words.text(view.procedure.summary),
        "serviceType": words.text(view.sector.name) if view.sector else words.ui("all_procedures"),
        "serviceOperator": {"@type": "GovernmentOrganization", "name": view.unit},
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": f"{words.text(office.ward)}, {words.text(office.province)}",
        },
        "audience": {"@type": "Audience", "audienceType": who or words.ui("applicants_unknown")},
        "availableChannel": channel,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def related_links(
    catalogue: Catalogue, words: Words, env: jinja2.Environment, card: Summary
) -> str:
    """What stands in the place of `RELATED` on the page of a procedure, as the macro `related` says
    it; empty when nothing is related."""
    found = (catalogue.summaries.get(code) for code in card.related)
    shown = [
        (address(other), other.titles[words.lang])
        for other in found
        if other and other.is_public and words.lang in other.languages
    ]
    macros: Any = env.get_template("macros.html").module
    return str(macros.related(shown)) if shown else ""
