"""A national record as a draft of one procedure in our own model, with the fees, laws and words it
needs.

What the record does not say stays out; what it says unclearly is kept in its own words and listed
under `to_review`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niemyet.findings.finding import Diagnostic, Position
from niemyet.importing.channels import Channels, read_channels
from niemyet.importing.fees import Context, read_fees
from niemyet.importing.known_names import VOCABULARY, Additions, Ledger, english_names, folded
from niemyet.importing.laws import read_document
from niemyet.importing.limits import same_day_rule
from niemyet.importing.national_record import Record, code_of
from niemyet.importing.papers import Papers, read_papers
from niemyet.importing.phrases import (
    bare_end,
    capitalised,
    first_piece,
    is_shouted,
    lines,
    one_line,
    sentence_case,
    short_slug,
    split_list,
    split_outside_brackets,
    unique,
)
from niemyet.importing.sentences import Problem, sentence
from niemyet.importing.size_limits import Excess, too_many_items, too_many_rows
from niemyet.importing.steps import read_steps
from niemyet.source.canonical_form import render
from niemyet.source.loader import parse_source
from niemyet.source.schema import check_source, is_valid
from niemyet.values.vietnamese import fold, quote

REVIEW_DAYS = 90
LONGEST_SLUG = 80
NATIONAL_BASE = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"

_PREFIX = re.compile(r"\Athủ\s+tục\s*:?\s+(?=\S)", re.IGNORECASE)
_DECISION = re.compile(r"\A(?:quyết định)?\s*(?:số)?\s*:?\s*", re.IGNORECASE)
_GOOD_DECISION = re.compile(r"[0-9]{1,6}/(?:[0-9]{4}/)?QĐ-[0-9A-ZĐa-zđ-]+")
_BODIES = (("cong an", "cong-an"), ("chi huy quan su", "quan-su"), ("chqs", "quan-su"))
_OURS = re.compile(
    r"(?:uy ban nhan dan|ubnd)(?: cap)? (?:xa|phuong)|trung tam phuc vu hanh chinh cong"
)
_SAME_DAY = ("sau 15 gio", "ngay lam viec tiep theo")
_WITH_COMMAS = (folded("Cán bộ, công chức, viên chức"),)
LONGEST_ORIGINAL = 2000
LONGEST_SECTOR = 80
_LONGEST_APPLICANT = 120
_LONGEST_KEYWORDS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A procedure file to be, where it goes, and what else has to be written for it."""

    record: Record
    path: str
    data: dict[str, Any]
    additions: Additions

    @property
    def slug(self) -> str:
        return self.path.rsplit("/", 1)[-1].removesuffix(".yml")


@dataclass(slots=True)
class _Making:
    record: Record
    ledger: Ledger
    today: dt.date
    additions: Additions = field(default_factory=Additions)
    reviews: list[dict[str, str]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def review(self, at: str, problem: str, original: str = "") -> None:
        words = original.strip()
        row = {"at": at, "problem": problem}
        if words:
            fits = len(words) <= LONGEST_ORIGINAL
            row["original"] = words if fits else f"{words[: LONGEST_ORIGINAL - 1]}…"
        if row not in self.reviews:
            self.reviews.append(row)

    def review_all(self, problems: Sequence[Problem]) -> None:
        for at, problem, original in problems:
            self.review(at, problem, original)

    def say(self, code: str, key: str, **values: str) -> None:
        position = Position(self.record.path, self.record.lines.get(key, 1), 1)
        self.findings.append(Diagnostic(code=code, position=position, values=values))

    def too_big(self, excess: Excess) -> None:
        key, vi, en = excess
        self.say("I012", key, problem_vi=vi, problem_en=en)


def make_draft(
    record: Record, ledger: Ledger, today: dt.date, status: str = "active"
) -> tuple[Draft | None, list[Diagnostic]]:
    """The draft of a record, or None with the reason. The ledger is only read; see
    `Ledger.accept`."""
    making = _Making(record, ledger, today)
    if excess := too_many_rows(record):
        making.too_big(excess)
        return None, making.findings
    code, name = code_of(record), _name(making)
    if not code:
        making.say("I002", "code", written=quote(one_line(record.code) or "…"))
    if not name:
        making.say("I003", "name")
    if not code or not name:
        return None, making.findings
    sector = _sector(making)
    if not sector:
        return None, making.findings
    path = f"procedures/{sector}/{_slug(name, code, ledger)}.yml"
    data = {
        key: value
        for key, value in _data(making, code, name, sector, status).items()
        if value not in (None, "", [], {})
    }
    data.setdefault("legal", [])
    if making.reviews:
        data["to_review"] = making.reviews[:500]
    draft = Draft(record=record, path=path, data=data, additions=making.additions)
    if excess := too_many_items(data, ledger, making.additions):
        making.too_big(excess)
        return None, making.findings
    faults = _faults(draft)
    if faults:
        where = "; ".join(dict.fromkeys(fault.message("vi").rstrip(".") for fault in faults[:3]))
        making.say("I009", "code", problem=quote(where, 300))
        return None, making.findings
    return draft, making.findings


def _faults(draft: Draft) -> list[Diagnostic]:
    """What the schemas have against a draft and its entries, found by reading the very text that
    would be written."""
    parts: list[tuple[str, str, Any]] = [(draft.path, "procedure", draft.data)]
    for path, entries in draft.additions.entries.items():
        kind, key = ("fees", "fees") if path.startswith("content/fees/") else ("legal", "documents")
        parts.append((path, kind, {"name": "…", key: entries[:500]}))
    faults: list[Diagnostic] = []
    for path, kind, data in parts:
        if not is_valid(kind, data):
            source, findings = parse_source(path, kind, render(kind, data))
            faults += findings or ([] if source is None else check_source(source))
    return faults


def _data(making: _Making, code: str, name: str, sector: str, status: str) -> dict[str, Any]:
    record = making.record
    channels = read_channels(record.channels, same_day_rule(line.text for line in record.steps))
    papers = read_papers(record.papers, other_cases=bool(channels.cases))
    _review_rows(making, channels, papers)
    legal, documents = _legal(making, sector)
    context = Context(
        code=code,
        name=name,
        sector=sector,
        today=making.today,
        ledger=making.ledger,
        documents=documents,
    )
    fees = read_fees(record.channels, channels.rows, context, making.additions)
    making.review_all(fees.problems)
    results = split_list(record.results)
    written = record.code.strip()
    return {
        "code": code,
        "previous_codes": [written] if written != code else [],
        "name": name,
        "summary": _summary(making, name, results),
        "aliases": _aliases(record.keywords),
        "sector": sector,
        "status": status,
        "decision": _decision(making),
        "receiving": _receiving(making),
        "authority": first_piece(record.authority),
        "cooperating": split_list(record.cooperating),
        "applicants": _applicants(making),
        "conditions": lines(record.conditions),
        "cases": channels.cases or papers.cases,
        "channels": channels.rows,
        "papers": papers.papers,
        "papers_note": (
            "" if papers.papers else f"{NATIONAL_BASE} không liệt kê giấy tờ cho thủ tục này."
        ),
        "fees": fees.uses,
        "steps": read_steps(record.steps),
        "results": results,
        "notes": [*papers.notes, *channels.notes, *_description(record)],
        "legal": legal,
        "verification": "national_base",
        "verified_on": making.today.isoformat(),
        "verified_against": NATIONAL_BASE,
        "review_by": (making.today + dt.timedelta(days=REVIEW_DAYS)).isoformat(),
    }


def _name(making: _Making) -> str:
    written = one_line(making.record.name)
    name = bare_end(_PREFIX.sub("", written)) if fold(written) else ""
    if is_shouted(name):
        making.review("name", sentence("name_in_capitals"), written)
        name = sentence_case(name)
    return first_piece(capitalised(name))


def _slug(name: str, code: str, ledger: Ledger) -> str:
    slug = short_slug(name, LONGEST_SLUG)
    if slug in ledger.slugs:
        tail = code.replace(".", "-")
        slug = f"{short_slug(name, LONGEST_SLUG - len(tail) - 1)}-{tail}"
    return unique(slug, set(ledger.slugs))


def _word(making: _Making, key: str, list_key: str, name: str) -> str:
    """The id of a word of the vocabulary; a name it does not have is added and reported."""
    known: Mapping[str, str] = getattr(making.ledger, list_key)
    new = making.additions.words.setdefault(list_key, [])
    found = known.get(folded(name)) or next(
        (word["id"] for word in new if folded(word["national_names"][0]) == folded(name)), ""
    )
    if found:
        return found
    id = unique(short_slug(name), {*known.values(), *(word["id"] for word in new)})
    english = english_names().get(folded(name), name)
    word: dict[str, Any] = {"id": id, "name": _in_languages(making, name, english)}
    if list_key == "sectors":
        summary = _in_languages(
            making, f"Thủ tục thuộc lĩnh vực {name}", f"Procedures of the sector: {english}"
        )
        word |= {"summary": summary, "icon": "file-document-outline"}
    new.append({**word, "national_names": [name]})
    making.say("I007", key, name=quote(name, 80), file=VOCABULARY, id=id)
    return id


def _in_languages(making: _Making, text: str, english: str) -> str | dict[str, str]:
    languages = making.ledger.languages
    return (
        text
        if len(languages) == 1
        else {language: english if language == "en" else text for language in languages}
    )


def _sector(making: _Making) -> str:
    """The sector's id, or nothing where the source writes something else in its place."""
    written = making.record.sector
    name = bare_end(one_line(written))
    if folded(name) not in making.ledger.sectors and (
        len(name) > LONGEST_SECTOR or "\n" in written
    ):
        making.say("I013", "sector", written=quote(name, 80))
        return ""
    if not fold(name):
        making.review("sector", sentence("no_sector"))
        name = "Lĩnh vực khác"
    return _word(making, "sector", "sectors", name)


def _applicants(making: _Making) -> list[str]:
    """Names of the vocabulary may hold commas themselves, so the longest known name is taken
    first."""
    parts = split_outside_brackets(one_line(making.record.applicants))
    known = making.ledger.applicants
    found: list[str] = []
    while parts:
        sizes = range(min(len(parts), 6), 1, -1)
        whole = ((n, folded(", ".join(parts[:n]))) for n in sizes)
        size = next((n for n, name in whole if name in _WITH_COMMAS or name in known), 1)
        name = bare_end(", ".join(parts[:size]))
        if len(name) > _LONGEST_APPLICANT and folded(name) not in known:
            making.review("applicants", sentence("applicant_is_a_sentence"), name)
        else:
            found.append(_word(making, "applicants", "applicants", name))
        parts = parts[size:]
    return list(dict.fromkeys(found))


def _summary(making: _Making, name: str, results: Sequence[str]) -> str:
    making.review("summary", sentence("made_summary"))
    words = f"{name}. Kết quả: {'; '.join(results)}." if results else f"{name}."
    return words if len(words) <= 600 else f"{name}."[:6000]


def _aliases(keywords: str) -> list[str]:
    return [word[:120] for word in split_list(keywords[:_LONGEST_KEYWORDS].replace(",", "\n"))][:60]


def _decision(making: _Making) -> dict[str, str] | None:
    written = one_line(making.record.decision)
    number = bare_end(_DECISION.sub("", written))[:80]
    if not number:
        making.review("decision", sentence("no_decision"))
        return None
    plain = fold(number.replace("/", " ").replace("-", " "))
    if re.search(r"\bttr\b|\bdemo\b", plain):
        making.review("decision", sentence("not_a_decision"), written)
        return None
    if not _GOOD_DECISION.fullmatch(number):
        making.review("decision.number", sentence("unusual_decision"), written)
    return {"number": number}


def _receiving(making: _Making) -> dict[str, Any]:
    record = making.record
    words = one_line(f"{record.executing}. {record.authority}")
    plain = fold(words)
    named = next((id for part, id in _BODIES if part in plain), "ubnd")
    bodies = making.ledger.bodies
    body = named if named in bodies or not bodies else bodies[0]
    if body != named or (named == "ubnd") != bool(_OURS.search(plain)):
        offices = "; ".join(filter(None, (record.executing, record.authority)))
        making.review("receiving.body", sentence("ward_not_named"), offices)
    if record.delegated:
        making.review("receiving", sentence("delegated"), record.delegated)
    found: dict[str, Any] = {"body": body}
    if record.address:
        found["note"] = first_piece(record.address)
    return found


def _review_rows(making: _Making, channels: Channels, papers: Papers) -> None:
    record = making.record
    making.review_all([*channels.problems, *papers.problems])
    steps = "\n".join(line.text for line in record.steps)
    plain = fold(steps)
    if all(words in plain for words in _SAME_DAY) and not any(
        row["limit"]["kind"] == "same_day" for row in channels.rows
    ):
        line = next((line.text for line in record.steps if "15 giờ" in line.text), "")
        making.review("channels[0].limit", sentence("same_day_in_steps"), line)
    if record.level and "xa" not in fold(record.level).split():
        making.review("code", sentence("not_of_a_ward"), record.level)
    if fold(record.kind).replace("_", " ") in ("local regulation", "local"):
        making.review("code", sentence("local_procedure"), record.kind)


def _legal(making: _Making, sector: str) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """The ids of the legal basis in the order of the source, and the documents themselves."""
    path = f"content/legal/csdl-{sector}.yml"
    new: dict[str, Mapping[str, Any]] = {}
    documents: dict[str, Mapping[str, Any]] = {}
    for row in making.record.legal:
        if not fold(f"{row.title} {row.number}"):
            continue
        document = read_document(row)
        known = making.ledger.legal_keys.get(document.key)
        if known is not None:
            documents[known] = making.ledger.legal[known]
            continue
        whole = making.ledger.whole_number(document.key)
        if whole:
            documents[whole] = making.ledger.legal[whole]
            making.review(
                f"legal[{list(documents).index(whole)}]",
                sentence("cut_number"),
                f"{document.data['number']} → {documents[whole]['number']}",
            )
        elif document.key not in new:
            data = dict(document.data)
            data["id"] = unique(data["id"], {*making.ledger.legal, *documents})
            new[document.key] = documents[data["id"]] = data
            making.additions.add(path, data)
            if document.problem:
                making.review(
                    f"legal[{len(documents) - 1}]",
                    document.problem,
                    one_line(f"{row.title} ({row.number})"),
                )
    if not documents:
        making.review("legal", sentence("no_law"))
    return list(documents), documents


def _description(record: Record) -> list[str]:
    """The description, unless it only repeats the conditions, as nearly always."""
    return [] if fold(record.description) == fold(record.conditions) else lines(record.description)
