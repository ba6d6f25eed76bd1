"""A file that was imported takes over fields of a newer record, those nobody edited; every other
byte stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from niemyet.importing.draft import Draft
from niemyet.importing.field_differences import Difference, stamp
from niemyet.importing.known_names import Additions, Ledger
from niemyet.source.canonical_form import render
from niemyet.source.loader import Source, parse_source


def updated_text(
    source: Source, draft: Draft, ledger: Ledger, found: Sequence[Difference], day: str
) -> str | None:
    """The text of the file with every field replaced that may be, or None where there is none."""
    keys = [difference.field for difference in found if difference.may_replace]
    if not keys or "imported" not in source.data:
        return None
    new = stamp(draft, ledger, day)
    fields = {
        **source.data["imported"]["fields"],
        **{key: new["fields"][key] for key in keys if key in new["fields"]},
    }
    for key in keys:
        if key not in new["fields"]:
            fields.pop(key, None)
    changes: dict[str, Any] = {key: draft.data.get(key) for key in keys}
    changes["imported"] = {**new, "fields": fields}
    text = source.text
    for key, value in changes.items():
        text = _with_block(text, key, value)
    wanted = {key: value for key, value in {**source.data, **changes}.items() if value is not None}
    read, findings = parse_source(source.path, source.kind, text)
    return text if read is not None and not findings and read.data == wanted else None


def additions_for(draft: Draft, found: Sequence[Difference]) -> Additions:
    """What the replaced fields need elsewhere: legal documents and applicants. Fees are left to a
    person."""
    keys = {difference.field for difference in found if difference.may_replace}
    needed = Additions()
    if "legal" in keys:
        needed.entries = {
            path: entries
            for path, entries in draft.additions.entries.items()
            if path.startswith("content/legal/")
        }
    if "applicants" in keys:
        needed.words = {
            key: words for key, words in draft.additions.words.items() if key == "applicants"
        }
    return needed


def _with_block(text: str, key: str, value: Any) -> str:
    """The text with the lines of one key replaced, put at the end where the key is new, or taken
    out."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
    end = next(
        (i for i in range(start + 1, len(lines)) if lines[i] and lines[i][0] not in " -#"),
        len(lines),
    )
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    block = [] if value is None else _block(key, value)
    return "\n".join([*lines[:start], *block, *lines[max(start, end) :]]) + "\n"


def _block(key: str, value: Any) -> list[str]:
    data: Mapping[str, Any] = {key: value}
    return render("procedure", data).rstrip("\n").split("\n")
