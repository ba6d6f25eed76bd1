"""What people type finds what they mean: the shipped engine over the shipped index, in a
browser."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from niemyet.model.catalogue import Catalogue

GOAL = 0.97
OF_CITIZENS = 0.95
"""The least share for queries that were written by others."""
FIRST = 3
MOST_BYTES = 10_000
ASK = """queries => {
    const index = NiemYetSearch.build(niemyetIndex);
    return queries.map(query => NiemYetSearch.query(index, query)
        .map(hit => [hit.doc.c, hit.doc.u]));
}"""


@dataclass(frozen=True)
class Query:
    """A query, its kind, and the codes of which one must be among the first results."""

    kind: str
    text: str
    codes: tuple[str, ...]
    lang: str = "vi"


class Engine:
    """The search of the shipped site in one language: (code, address) of each result, best
    first."""

    def __init__(self, page: Any, lang: str, site_url: str) -> None:
        self.page = page
        page.goto(f"{site_url}{'' if lang == 'vi' else 'en/'}")
        page.add_script_tag(url=f"{site_url}assets/search/{lang}.js")
        assert page.evaluate("() => niemyetIndex.lang") == lang

    def ask(self, queries: list[str]) -> list[list[tuple[str, str]]]:
        return [[(code, url) for code, url in hits] for hits in self.page.evaluate(ASK, queries)]


@pytest.fixture(scope="module")
def engines(browser: Browser, site_url: str) -> Iterator[dict[str, Engine]]:
    context = browser.new_context()
    yield {lang: Engine(context.new_page(), lang, site_url) for lang in ("vi", "en")}
    context.close()


def codes_of(catalogue: Catalogue, lang: str) -> set[str]:
    return {
        p.code for p in catalogue.public_procedures if lang in catalogue.summaries[p.code].languages
    }


def recall(engines: dict[str, Engine], queries: list[Query]) -> float:
    """The share of queries with a right answer among the first three; prints it by kind, and each
    miss."""
    found: dict[str, list[bool]] = defaultdict(list)
    misses = []
    for lang in dict.fromkeys(q.lang for q in queries):
        asked = [q for q in queries if q.lang == lang]
        for query, hits in zip(asked, engines[lang].ask([q.text for q in asked]), strict=True):
            first = [code or url for code, url in hits[:FIRST]]
            is_found = any(code in query.codes for code in first)
            found[query.kind].append(is_found)
            if not is_found:
                misses.append(
                    f"  {query.kind}: {unicodedata.normalize('NFC', query.text)!r} → {first},"
                    f" expected {list(query.codes)}"
                )
    results = [is_found for kind in found.values() for is_found in kind]
    share = sum(results) / len(results)
    print(f"\nrecall@{FIRST}: {share:.1%} of {len(results)} queries")
    for kind, values in found.items():
        print(f"  {kind}: {sum(values)}/{len(values)}")
    print("\n".join(["misses:", *misses] if misses else ["no misses"]))
    return share


def test_the_queries_of_the_staff_find_what_they_mean(
    engines: dict[str, Engine], catalogue: Catalogue
) -> None:
    """`site_config/search_queries.yml`: a query that is added there is asked here."""
    queries = [
        Query(
            "staff",
            q.query,
            tuple(
                f"{'' if q.lang == 'vi' else 'en/'}viec/{e}/" if "." not in e else e
                for e in q.expect
            ),
            q.lang,
        )
        for q in catalogue.queries
    ]
    assert len(queries) >= 30
    assert len({(q.text, q.lang) for q in queries}) == len(queries), "a query is there twice"
    assert recall(engines, queries) >= GOAL


def test_every_life_event_is_found_by_its_popular_names(
    engines: dict[str, Engine], catalogue: Catalogue
) -> None:
    queries = [
        Query(
            "life event",
            text,
            (
                f"{'' if lang == 'vi' else 'en/'}viec/{event.id}/",
                *(part.code for part in event.procedures),
            ),
            lang,
        )
        for event in catalogue.life_events.values()
        for lang in catalogue.languages
        for text in (event.name.get(lang) or "", *event.aliases[lang])
    ]
    assert recall(engines, queries) == 1


def test_the_index_stays_small(built_site: Path) -> None:
    """What a phone fetches at the first focus."""
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), 9, mtime=0))
        for path in (built_site / "assets/search").glob("*.js")
    }
    assert len(sizes) == 2
    assert all(size <= MOST_BYTES for size in sizes.values()), sizes


def test_hard_ways_of_typing_find_what_they_mean(
    engines: dict[str, Engine], catalogue: Catalogue
) -> None:
    entries = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8"))
    queries = [
        Query(
            e["kind"],
            unicodedata.normalize("NFD" if e.get("form") == "nfd" else "NFC", e["query"]),
            tuple(e["codes"]),
            e.get("lang", "vi"),
        )
        for e in entries
    ]
    assert len(queries) >= 40
    assert len({(q.text, q.lang) for q in queries}) == len(queries)
    unknown = [q.text for q in queries if not codes_of(catalogue, q.lang).intersection(q.codes)]
    assert unknown == [], "queries for procedures the site does not have"
    assert recall(engines, queries) >= GOAL


def test_the_citizens_queries_find_what_they_mean(
    engines: dict[str, Engine], catalogue: Catalogue, shared_data: Path
) -> None:
    file = shared_data / "search" / "queries.json"
    if not file.is_file():
        pytest.skip(f"the citizens' queries are not here ({file})")
    known = codes_of(catalogue, "vi")
    queries = [
        Query(
            e["kind"],
            unicodedata.normalize("NFD" if e["kind"] == "NFD" else "NFC", e["query"]),
            tuple(e["expect"]),
        )
        for e in json.loads(file.read_text("utf-8"))
        if known.intersection(e["expect"])
    ]
    assert len(queries) > 50
    assert recall(engines, queries) >= OF_CITIZENS


def test_each_language_leads_to_its_own_pages(engines: dict[str, Engine], built_site: Path) -> None:
    for lang, words in {
        "en": [
            "birth",
            "certificate",
            "residence",
            "fees",
            "hours",
            "land",
            "khai sinh",
            "1.001193",
            "moving house",
            "complaint",
        ],
        "vi": [
            "khai sinh",
            "giấy",
            "cư trú",
            "phí",
            "giờ làm việc",
            "đất",
            "birth",
            "1.001193",
            "góp ý",
        ],
    }.items():
        urls = [url for hits in engines[lang].ask(words) for _, url in hits]
        assert len(urls) > 12
        assert [url for url in urls if url.startswith("en/") != (lang == "en")] == []
        assert [url for url in urls if not (built_site / url / "index.html").is_file()] == []


def test_every_procedure_is_found_by_its_own_name_and_code(
    engines: dict[str, Engine], catalogue: Catalogue
) -> None:
    for lang, engine in engines.items():
        procedures = [
            p for p in catalogue.public_procedures if lang in catalogue.summaries[p.code].languages
        ]
        assert procedures
        for by, asked in (
            ("name", [p.title.get(lang) or "" for p in procedures]),
            ("code", [p.code for p in procedures]),
        ):
            lost = [
                p.code
                for p, hits in zip(procedures, engine.ask(asked), strict=True)
                if not hits or hits[0][0] != p.code
            ]
            assert lost == [], f"{lang}: not first by their own {by}"


def test_a_wrong_code_leads_to_no_procedure(
    engines: dict[str, Engine], catalogue: Catalogue
) -> None:
    assert "9.999999" not in catalogue.procedures
    assert [code for code, _ in engines["vi"].ask(["9.999999"])[0] if code] == []
