"""What the project has already, and what the drafts of this run add to it: ids, numbers, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from niemyet.importing.laws import number_key
from niemyet.source.loader import Source, parse_source
from niemyet.values.vietnamese import fold, slug

ENGLISH_FILE = Path(__file__).with_name("english.yml")
VOCABULARY = "site_config/vocabulary.yml"
SHARED_FEES = "content/fees/chung.yml"
NOT_STATED_FEE = "chua-neu"
_PLACE = 2

Entry = dict[str, Any]


@dataclass(slots=True)
class Additions:
    """New entries by file: fees and legal documents; and words of the vocabulary by list
    (`sectors`, `applicants`)."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    words: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, path: str, entry: Entry) -> None:
        self.entries.setdefault(path, []).append(entry)


@dataclass(slots=True)
class Ledger:
    """Everything known by name. It grows with each draft that is accepted."""

    languages: tuple[str, ...] = ("vi",)
    codes: dict[str, Source] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    fees: dict[str, Entry] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    legal: dict[str, Entry] = field(default_factory=dict)
    legal_keys: dict[str, str] = field(default_factory=dict)
    legal_starts: dict[str, list[str]] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    applicants: dict[str, str] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    added: Additions = field(default_factory=Additions)

    def accept(self, slug_: str, new: Additions) -> None:
        """Takes over what a draft adds, so that the next draft finds it."""
        self.slugs.add(slug_)
        for path, entries in new.entries.items():
            for entry in entries:
                self.added.add(path, entry)
                self._learn_entry(path, entry)
        for key, words in new.words.items():
            for word in words:
                self.added.words.setdefault(key, []).append(word)
                _learn_words(getattr(self, key), [word])

    def _learn_entry(self, path: str, entry: Entry) -> None:
        if path.startswith("content/fees/"):
            self.fees[entry["id"]] = entry
        else:
            self.learn_document(entry)

    def learn_document(self, document: Entry) -> None:
        """A legal document, findable by its number however it is written."""
        key = number_key(document["number"])
        self.legal[document["id"]] = document
        if key not in self.legal_keys:
            self.legal_keys[key] = document["id"]
            self.legal_starts.setdefault(_start(key), []).append(key)

    def whole_number(self, key: str) -> str:
        """The id of the one document whose number goes on where this one broke off
        (`118/2025/NĐ-C`), or nothing."""
        longer = [
            known
            for known in self.legal_starts.get(_start(key), ())
            if known.startswith(key) and len(key.split()) > _PLACE
        ]
        return self.legal_keys[longer[0]] if len(longer) == 1 else ""


def open_ledger(sources: Iterable[Source]) -> Ledger:
    """The ledger of a project whose files are valid by their schemas."""
    ledger = Ledger()
    for source in sources:
        data = source.data
        if source.kind == "procedure":
            ledger.slugs.add(source.stem)
            for code in (data["code"][:8], *data.get("previous_codes", ())):
                ledger.codes.setdefault(code, source)
        elif source.kind == "fees":
            ledger.fees.update({fee["id"]: fee for fee in data["fees"]})
        elif source.kind == "legal":
            for document in data["documents"]:
                ledger.learn_document(document)
        elif source.kind == "vocabulary":
            _learn_words(ledger.sectors, data["sectors"])
            _learn_words(ledger.applicants, data["applicants"])
            ledger.units = {
                fold(name): unit["id"] for unit in data["units"] for name in _names(unit)
            }
            ledger.bodies = tuple(body["id"] for body in data["bodies"])
        elif source.kind == "settings":
            ledger.languages = tuple(language["id"] for language in data["languages"])
    return ledger


@cache
def english_names() -> Mapping[str, str]:
    """English names of sectors and applicants, by the folded Vietnamese name."""
    source, _ = parse_source(ENGLISH_FILE.name, "", ENGLISH_FILE.read_text("utf-8"))
    return (
        {} if source is None else {folded(name): english for name, english in source.data.items()}
    )


def folded(name: str) -> str:
    """A name as the ledger knows it: a hyphen, a dash and a comma make no difference."""
    return slug(fold(name))


def _start(key: str) -> str:
    """The number and the year."""
    return " ".join(key.split()[:_PLACE])


def _learn_words(known: dict[str, str], words: Iterable[Mapping[str, Any]]) -> None:
    for word in words:
        for name in _names(word):
            known.setdefault(folded(name), word["id"])


def _names(word: Mapping[str, Any]) -> Iterable[str]:
    name = word["name"]
    return (
        name if isinstance(name, str) else name.get("vi") or next(iter(name.values())),
        *word.get("national_names", ()),
    )
