"""Drafts become texts of files: new ones whole, entries at the end of lists of files that exist.

A file that was imported takes over fields of a newer record, those nobody edited; every other byte
stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from niemyet.importing.draft import Draft
from niemyet.importing.field_differences import Difference, stamp
from niemyet.importing.known_names import VOCABULARY, Additions, Entry, Ledger
from niemyet.importing.size_limits import size_of
from niemyet.source.canonical_form import render
from niemyet.source.loader import MAX_BYTES, Source, kind_of, parse_source

MOST_ENTRIES = 500
_HEAD_BYTES = 2000
_SHELF_ORDER = 50
_BASE = "(theo Cơ sở dữ liệu quốc gia)"


def plan_files(
    added: Additions, sources: Iterable[Source], names: Mapping[str, str]
) -> dict[str, str]:
    """The text of every file that gets entries or words, by path. `names` has the name of each
    sector by id, for new files."""
    by_path = {source.path: source for source in sources}
    planned: dict[str, str] = {}
    for path, entries in added.entries.items():
        planned |= _with_entries(path, entries, by_path, names)
    vocabulary = by_path.get(VOCABULARY)
    words = {key: entries for key, entries in added.words.items() if entries}
    if vocabulary is not None and words:
        planned[VOCABULARY] = _with_items(vocabulary, words)
    return planned


def _with_entries(
    path: str, entries: Sequence[Entry], by_path: Mapping[str, Source], names: Mapping[str, str]
) -> dict[str, str]:
    """A file with more entries; what does not fit goes to a next one, `…-2.yml`."""
    kind = kind_of(path) or ""
    key = "fees" if kind == "fees" else "documents"
    planned: dict[str, str] = {}
    number, rest = 1, list(entries)
    while rest:
        place = path if number == 1 else path.replace(".yml", f"-{number}.yml")
        number += 1
        source = by_path.get(place)
        fits = _fitting(kind, key, rest, source)
        now, rest = rest[:fits], rest[fits:]
        if now and source is not None:
            planned[place] = _with_items(source, {key: now})
        elif now:
            planned[place] = render(kind, _new_file(kind, key, now, place, names))
    return planned


def _fitting(kind: str, key: str, entries: Sequence[Entry], source: Source | None) -> int:
    """How many of the entries have room in a file, by number and by bytes."""
    room = MOST_ENTRIES - (len(source.data[key]) if source else 0)
    size = _HEAD_BYTES + (size_of(source.text) if source else 0)
    for number, entry in enumerate(entries[: max(0, room)]):
        size += size_of(render(kind, {key: [entry]}))
        if size > MAX_BYTES:
            return number
    return max(0, min(room, len(entries)))


def _new_file(
    kind: str, key: str, entries: Sequence[Mapping[str, Any]], path: str, names: Mapping[str, str]
) -> dict[str, Any]:
    stem = path.rsplit("/", 1)[-1].removesuffix(".yml")
    sector = next(
        (id for id in sorted(names, key=len, reverse=True) if stem.startswith(f"csdl-{id}")), ""
    )
    if kind == "fees":
        if not sector:
            return {"name": "Khoản thu dùng chung", key: list(entries)}
        return {"name": f"{names[sector]} {_BASE}", "sector": sector, key: list(entries)}
    name = f"{names.get(sector, stem)} {_BASE}"
    return {"name": name, "order": _SHELF_ORDER, key: list(entries)}


def _with_items(source: Source, added: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The text of a file with items at the end of some of its lists; the rest of the text stays as
    it was."""
    longer = {key: [*source.data.get(key, ()), *items] for key, items in added.items()}
    wanted = {**source.data, **longer}
    text = source.text
    for key, items in added.items():
        text = _insert(source.kind, text, key, items)
    read, findings = parse_source(source.path, source.kind, text)
    if read is not None and not findings and read.data == wanted:
        return text
    return render(source.kind, wanted)


def _insert(kind: str, text: str, key: str, items: Sequence[Mapping[str, Any]]) -> str:
    lines = text.splitlines()
    start, end = _block_of(lines, key)
    first = lines[start + 1] if start + 1 < len(lines) else ""
    indent = " " * (len(first) - len(first.lstrip(" ")))
    block = [
        f"{indent}{line.removeprefix('  ')}" if line else line
        for line in render(kind, {key: list(items)}).splitlines()[1:]
    ]
    return "\n".join([*lines[:end], *block, *lines[end:]]) + "\n"


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
    lines = text.removesuffix("\n").split("\n")
    start, end = _block_of(lines, key)
    block = [] if value is None else render("procedure", {key: value}).rstrip("\n").split("\n")
    return "\n".join([*lines[:start], *block, *lines[end:]]) + "\n"


def _block_of(lines: Sequence[str], key: str) -> tuple[int, int]:
    """The first line of a key of the file, and the line after its value; both are the end of the
    file where there is no such key."""
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
    end = next(
        (i for i in range(start + 1, len(lines)) if lines[i] and lines[i][0] not in " -#"),
        len(lines),
    )
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end
