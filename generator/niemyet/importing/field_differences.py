"""Where a record and a file of the project disagree, field by field, and whether somebody edited
the field since its import.

Three values are compared: what the import wrote (kept as a short hash), what the file says now,
what the record says now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from niemyet.importing.draft import Draft
from niemyet.importing.known_names import Entry, Ledger
from niemyet.importing.laws import number_key
from niemyet.source.loader import Source
from niemyet.source.schema import schema
from niemyet.values.vietnamese import normalise

FIELDS = (
    "name", "summary", "decision", "receiving", "authority", "cooperating", "applicants",
    "conditions", "cases", "channels", "papers", "papers_note", "fees", "steps", "results",
    "notes", "legal", "aliases",
)  # fmt: skip
"""What a record says about a procedure; the rest is made by the import or by the staff."""

BY_HAND = ("fees",)
"""What lives in other files too, so that `--update` leaves it to a person."""

UNORDERED = ("legal", "applicants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs. An edited one is never replaced; one that may be replaced nobody has
    touched."""

    field: str
    ours: Any
    theirs: Any
    is_edited: bool

    @property
    def title(self) -> str:
        """The field's name in Vietnamese."""
        return str(schema("procedure")["properties"][self.field]["title"])

    @property
    def may_replace(self) -> bool:
        return not self.is_edited and self.field not in BY_HAND


def hashes(
    data: Mapping[str, Any], fees: Mapping[str, Entry], legal: Mapping[str, Entry]
) -> dict[str, str]:
    """A short hash of each field a record speaks about."""
    return {key: _hash(_comparable(key, data, fees, legal)) for key in FIELDS if key in data}


def stamp(draft: Draft, ledger: Ledger, day: str) -> dict[str, Any]:
    """What a file keeps about its import."""
    fields = hashes(draft.data, *_entries(draft, ledger))
    record = draft.record
    return {"from": record.form, "date": day, "record_sha256": record.sha256, "fields": fields}


def differences(source: Source, draft: Draft, ledger: Ledger) -> list[Difference]:
    """Fields in which the record of today asks for something else than the file says.

    Where the record itself has not changed since the import, what the staff wrote stands and
    nothing is said.
    """
    data = source.data
    imported = data.get("imported", {}).get("fields")
    fees, legal = _entries(draft, ledger)
    found = []
    for key in FIELDS:
        ours = _comparable(key, data, fees, legal)
        theirs = _comparable(key, draft.data, fees, legal)
        if _says_the_same(ours, theirs):
            continue
        if key in UNORDERED and sorted(ours or ()) == sorted(theirs or ()):
            continue
        if imported is None and theirs is None:
            continue  # the staff wrote what no record says
        before = None if imported is None else imported.get(key, _hash(None))
        if before is not None and _hash(theirs) == before:
            continue
        is_edited = before is None or _hash(ours) != before
        if key == "summary" and is_edited:
            continue  # the sentence the import makes is only a stand-in for one by the staff
        if key == "legal":
            ours, theirs = (
                [legal[id]["number"] if id in legal else id for id in part.get(key, ())]
                for part in (data, draft.data)
            )
        found.append(Difference(field=key, ours=ours, theirs=theirs, is_edited=is_edited))
    return found


def _says_the_same(ours: Any, theirs: Any) -> bool:
    """Equal in Vietnamese; what the staff put beside the words of a record, such as who signed a
    decision, is no difference."""
    ours, theirs = _plain(ours), _plain(theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(ours.get(key) == value for key, value in theirs.items())
    return bool(ours == theirs)


def _entries(draft: Draft, ledger: Ledger) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Fees and legal documents by id, those of the draft included."""
    fees, legal = dict(ledger.fees), dict(ledger.legal)
    for path, entries in draft.additions.entries.items():
        kind = fees if path.startswith("content/fees/") else legal
        kind.update({entry["id"]: entry for entry in entries})
    return fees, legal


def _comparable(
    key: str, data: Mapping[str, Any], fees: Mapping[str, Entry], legal: Mapping[str, Entry]
) -> Any:
    """A field without the ids that only name things: fees by what they say, laws by number."""
    value = data.get(key)
    if value is None:
        return None
    if key == "fees":
        return [_fee(use, fees.get(use["fee"], {})) for use in value]
    if key == "legal":
        return [number_key(legal[id]["number"]) if id in legal else id for id in value]
    if key in ("papers", "cases"):
        return [{k: v for k, v in row.items() if k != "id"} for row in value]
    if key == "receiving":
        return {k: v for k, v in value.items() if k != "counter"}
    return value


def _fee(use: Mapping[str, Any], fee: Mapping[str, Any]) -> dict[str, Any]:
    shown = {k: v for k, v in use.items() if k != "fee"}
    values = fee.get("values") or [{}]
    said = {k: v for k, v in values[-1].items() if k not in ("from", "from_is", "legal")}
    return {**shown, **said, **{k: fee[k] for k in ("unit", "kind") if k in fee}}


def _hash(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(normalise(written).encode("utf-8", "replace")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """A value in Vietnamese only, for asking whether two say the same."""
    if isinstance(value, dict):
        if "vi" in value:
            return _plain(value["vi"])
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def shown(value: Any) -> str:
    """A value on one line for a person: texts and numbers, lists by their parts."""
    return "; ".join(_parts(_plain(value))) or "—"


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            words = ", ".join(_parts(part))
            if words:
                yield words
    elif isinstance(value, dict):
        for part in value.values():
            yield from _parts(part)
    elif value is not None:
        yield " ".join(_labels().get(str(value), str(value)).split())


@cache
def _labels() -> dict[str, str]:
    """The Vietnamese words for the values that schemas list, such as `counter`."""
    found: dict[str, str] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.update(node.get("x-enum-labels", {}))
            for part in node.values():
                walk(part)

    for kind in ("fees", "procedure"):
        walk(schema(kind))
    return found
