"""Records in, outcomes out: which become new files, which are in the project already, which are
refused. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from niemyet.findings.finding import Diagnostic, Position, Severity, in_order
from niemyet.importing.draft import Draft, make_draft
from niemyet.importing.drift_report import Drift, compare, deleted_code
from niemyet.importing.field_differences import Difference, differences, stamp
from niemyet.importing.file_plan import additions_for, plan_files, updated_text
from niemyet.importing.known_names import Ledger, open_ledger
from niemyet.importing.national_json import parse_records
from niemyet.importing.national_record import Record, code_of
from niemyet.importing.national_text import parse_record
from niemyet.importing.size_limits import Excess, too_large
from niemyet.source.canonical_form import render
from niemyet.source.loader import Source


@dataclass(slots=True)
class Outcome:
    """What an import comes to. `planned` has the text of each file to write, `replaced` the paths
    that exist already."""

    read: int = 0
    drafts: list[Draft] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    differ: dict[str, tuple[Source, list[Difference]]] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    findings: list[Diagnostic] = field(default_factory=list)
    planned: dict[str, str] = field(default_factory=dict)

    @property
    def to_look_at(self) -> list[Draft]:
        """Drafts that ask for more than a better summary."""
        return [
            draft
            for draft in self.drafts
            if any(row["at"] != "summary" for row in draft.data.get("to_review", ()))
        ]

    def say(self, at: Position, code: str, **values: str) -> None:
        self.findings.append(Diagnostic(code=code, position=at, values=values))

    def refuse(self, at: Position, excess: Excess) -> None:
        _, vi, en = excess
        self.say(at, "I012", problem_vi=vi, problem_en=en)
        self.refused += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a comparison comes to: values that differ, codes that are published but in no record,
    codes marked as deleted, and why files could not be read."""

    drift: Sequence[Drift]
    absent: Sequence[str]
    deleted: Sequence[str]
    unread: Sequence[Diagnostic]


def read_file(path: str, raw: bytes) -> tuple[list[Record], list[Diagnostic]]:
    """The records of a file, by what it holds: JSON begins with a bracket."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return parse_records(path, raw)
    record, findings = parse_record(path, raw)
    return ([] if record is None else [record]), findings


def import_records(
    files: Iterable[tuple[str, bytes]],
    sources: Sequence[Source],
    today: dt.date,
    status: str = "active",
    update: bool = False,
) -> Outcome:
    """Maps every record of every file onto a project; `sources` are the project's files, valid by
    their schemas."""
    ledger = open_ledger(sources)
    run = _Import(ledger, today, status, update)
    outcome = run.outcome
    for path, raw in files:
        records, findings = read_file(path, raw)
        outcome.findings += findings
        outcome.read += max(1, len(records))
        outcome.refused += not records
        for record in records:
            run.take(record)
    names = dict(_sector_names(sources, ledger))
    outcome.planned |= plan_files(ledger.added, sources, names) | outcome.updated
    for path, text in outcome.planned.items():
        if excess := too_large(path, text):
            outcome.refuse(Position(path), excess)
            outcome.refused += len(outcome.drafts) + len(outcome.updated) - 1
            outcome.drafts, outcome.updated, outcome.planned = [], {}, {}
            break
    return outcome


def compare_records(
    files: Iterable[tuple[str, bytes]], sources: Sequence[Source], today: dt.date
) -> Comparison:
    """Compares what a project publishes with the records of every file."""
    ledger = open_ledger(sources)
    drift: list[Drift] = []
    unread: list[Diagnostic] = []
    seen: set[str] = set()
    deleted: set[str] = set()
    for path, raw in files:
        records, findings = read_file(path, raw)
        unread += (finding for finding in findings if finding.severity is Severity.ERROR)
        for record in records:
            gone = deleted_code(record.code)
            if gone in ledger.codes:
                deleted.add(gone)
            draft, _ = make_draft(record, ledger, today)
            code = draft.data["code"] if draft else ""
            if draft and code in ledger.codes and code not in seen:
                seen.add(code)
                drift += compare(ledger.codes[code], draft, ledger, today)
    published = {
        source.data["code"][:8]
        for source in sources
        if source.kind == "procedure" and source.data["status"] in ("active", "suspended")
    }
    return Comparison(
        drift=sorted(drift, key=lambda one: (one.weight, one.code)),
        absent=sorted(published - seen - deleted),
        deleted=sorted(deleted),
        unread=in_order(unread),
    )


@dataclass(slots=True)
class _Import:
    """One run: what it reads against, and what has come of it so far."""

    ledger: Ledger
    today: dt.date
    status: str
    update: bool
    outcome: Outcome = field(default_factory=Outcome)
    first: dict[str, str] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """A record becomes a new file, is compared with the file there is, or is refused."""
        outcome, code = self.outcome, code_of(record)
        if code and code in self.first:
            outcome.say(_place_of(record), "I008", procedure=code, first=self.first[code])
            outcome.refused += 1
            return
        self.first[code] = record.path
        known = self.ledger.codes.get(code)
        draft, findings = make_draft(record, self.ledger, self.today, self.status)
        if draft is None:
            outcome.findings += findings
            outcome.refused += 1
        elif known is not None:
            self.compare(known, draft)
        else:
            outcome.findings += findings
            draft.data["imported"] = stamp(draft, self.ledger, self.today.isoformat())
            text = render("procedure", draft.data)
            if excess := too_large(draft.path, text):
                outcome.refuse(_place_of(record), excess)
                return
            outcome.planned[draft.path] = text
            self.ledger.accept(draft.slug, draft.additions)
            outcome.drafts.append(draft)

    def compare(self, source: Source, draft: Draft) -> None:
        outcome, code = self.outcome, draft.data["code"]
        found = differences(source, draft, self.ledger)
        if not found:
            outcome.unchanged.append(code)
            return
        day = self.today.isoformat()
        text = updated_text(source, draft, self.ledger, found, day) if self.update else None
        if text is not None and (excess := too_large(source.path, text)):
            outcome.refuse(_place_of(draft.record), excess)
            return
        if text is not None:
            outcome.updated[source.path] = text
            self.ledger.accept(source.stem, additions_for(draft, found))
            found = [difference for difference in found if not difference.may_replace]
            if not found:
                return
        outcome.differ[code] = (source, found)
        fields = ", ".join(difference.title for difference in found)
        outcome.say(
            _place_of(draft.record), "I011", procedure=code, place=source.path, fields=fields
        )


def _place_of(record: Record) -> Position:
    return Position(record.path, record.lines.get("code", 1))


def _sector_names(sources: Sequence[Source], ledger: Ledger) -> Iterator[tuple[str, str]]:
    listed = [
        word for source in sources if source.kind == "vocabulary" for word in source.data["sectors"]
    ]
    for word in (*listed, *ledger.added.words.get("sectors", ())):
        name = word["name"]
        yield (
            word["id"],
            name if isinstance(name, str) else name.get("vi") or next(iter(name.values())),
        )
