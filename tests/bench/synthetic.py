"""As many procedures as one likes: valid, varied, of the size of real ones, and the same for the
same seed.

The texts come from `phrases.yml` and say nothing about any real rule; fees, laws and forms are
those of the project.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import gcd
from pathlib import Path
from random import Random
from typing import Any

import yaml

PHRASES = Path(__file__).with_name("phrases.yml")
LONGEST_NAME = 70
"""A name beyond this gets a short name beside it, as the checks ask."""
ENGLISH_EVERY = 10
STEPS = ("chuan-bi-ho-so", "nop-ho-so", "nop-phi", "tham-tra", "ky-ket-qua", "nhan-ket-qua")
_PLAIN = re.compile(r"[^\W_](?:[^:#\n]|:(?=\S)|(?<=\S)#)*(?<!\s)")
_NUMBER = re.compile(r"[\d.:_eExX+-]+")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The ids of the project that procedures may use: laws and forms by sector, and the shipped
    codes."""

    fees: dict[str, tuple[str, ...]]
    laws: dict[str, tuple[str, ...]]
    forms: dict[str, tuple[tuple[str, Any], ...]]
    shipped: int


@dataclass(slots=True)
class Writer:
    """The random choices of one procedure, and its texts in one language or in two."""

    random: Random
    thing: dict[str, str]
    english: bool
    taken: set[str] = field(default_factory=set)

    def text(self, phrase: dict[str, str]) -> Any:
        vi = phrase["vi"].replace("{thing}", self.thing["vi"])
        return (
            {"vi": vi, "en": phrase["en"].replace("{thing}", self.thing["en"])}
            if self.english
            else vi
        )

    def one(self, phrases: Sequence[dict[str, str]]) -> Any:
        return self.text(self.random.choice(phrases))

    def some(self, phrases: Sequence[dict[str, str]], low: int, high: int) -> list[Any]:
        return [
            self.text(p)
            for p in self.random.sample(phrases, self.random.randint(low, min(high, len(phrases))))
        ]

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance


def write_procedures(project: Path, count: int, seed: int) -> list[Path]:
    """Adds procedures to a copy of the project until it has `count`; the paths of those it wrote.

    The shipped ones stay, since settings and life events name their codes. Nothing leads to the
    last one written.
    Raises: ValueError when the project already has more than `count`.
    """
    known = _known(project)
    if count < known.shipped:
        raise ValueError(f"the project has {known.shipped} procedures, more than {count}")
    number = count - known.shipped
    paths = []
    for path, data in procedures(known, number, seed):
        file = project / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml_of(data), "utf-8")
        paths.append(file)
    return paths


def procedures(known: Known, number: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """`number` procedures as (path, data), keys in the order of the schema."""
    phrases = _phrases()
    sectors = sorted(phrases["sectors"])
    for i in range(number):
        sector = sectors[i % len(sectors)]
        name, short, thing = _name(phrases, sector, i // len(sectors), seed)
        writer = Writer(
            random=Random(f"{seed}:{i}"),
            thing=thing,
            english=i % ENGLISH_EVERY == ENGLISH_EVERY // 2,
        )
        yield (
            f"procedures/{sector}/{_slug(name['vi'])}.yml",
            _procedure(writer, phrases, known, sector, i, number, name, short),
        )


def _procedure(
    w: Writer,
    phrases: dict[str, Any],
    known: Known,
    sector: str,
    index: int,
    number: int,
    name: dict[str, str],
    short: dict[str, str],
) -> dict[str, Any]:
    own = phrases["sectors"][sector]
    receiving = dict(own["receiving"])
    if w.maybe(0.7):
        receiving["note"] = w.one(phrases["receiving_notes"])
    cases = w.random.sample(phrases["cases"], w.random.choice((0, 0, 0, 2, 2, 3)))
    channels = ["counter", "online", "post"][: w.random.randint(1, 3)]
    data: dict[str, Any] = {"code": code(index), "name": w.text(name)}
    if len(name["vi"]) > LONGEST_NAME:
        data["short_name"] = w.text(short)
    data |= {
        "summary": w.one(phrases["summaries"]),
        "aliases": _aliases(w, phrases["aliases"]),
        "sector": sector,
        "status": "active",
        "receiving": receiving,
        "authority": w.text(_BODIES[own["receiving"]["body"]]),
        "applicants": [
            "cong-dan",
            *w.random.sample(
                ("to-chuc", "nguoi-nuoc-ngoai", "nguoi-viet-o-nuoc-ngoai"), w.random.randint(0, 2)
            ),
        ],
        "applicants_note": w.one(phrases["applicants_notes"]),
    }
    if w.maybe(0.6):
        data["conditions"] = w.some(phrases["conditions"], 1, 3)
    if cases:
        data["cases"] = [_case(w, case) for case in cases]
    data |= {
        "channels": _channels(w, phrases, channels, [case["id"] for case in cases]),
        "papers": _papers(w, phrases, known.forms.get(sector, ()), [case["id"] for case in cases]),
        "fees": _fees(w, phrases, known.fees, sector),
        "steps": _steps(w, phrases),
        "results": w.some(phrases["results"], 1, 2),
        "notes": w.some(phrases["notes"], 2, 4),
        "questions": [
            {"question": w.text(q["question"]), "answer": w.text(q["answer"])}
            for q in w.random.sample(phrases["questions"], w.random.randint(2, 4))
        ],
    }
    # Near ones, as real procedures point at their neighbours; never the last, which may be deleted.
    near = [n for n in range(max(0, index - 40), min(number - 1, index + 40)) if n != index]
    related = w.random.sample(near, min(len(near), w.random.randint(0, 3)))
    if related:
        data["related"] = [code(n) for n in related]
    data |= {
        "legal": _laws(w, known.laws, sector),
        "verification": "sample",
        "verified_on": "2026-11-24",
        "verified_against": w.text(
            {"vi": "Dữ liệu thử, không phải quy định thật", "en": "Test data, not a real rule"}
        ),
        "review_by": "2027-05-24",
        "owner": w.text(own["owner"]),
    }
    return data


_BODIES = {
    "ubnd": {"vi": "Ủy ban nhân dân phường", "en": "Ward People's Committee"},
    "cong-an": {"vi": "Công an phường", "en": "Ward Police"},
    "quan-su": {"vi": "Ban Chỉ huy quân sự phường", "en": "Ward Military Command"},
}


def code(index: int) -> str:
    return f"9.{index:06d}"


def _name(
    phrases: dict[str, Any], sector: str, index: int, seed: int
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The name, the short name and the matter of the `index`th procedure of a sector, no name given
    twice.

    Raises: ValueError when the phrases make no more names.
    """
    own = phrases["sectors"][sector]
    lists = (own["verbs"], own["things"], phrases["people"], phrases["situations"])
    total = 1
    for choices in lists:
        total *= len(choices)
    if index >= total:
        raise ValueError(f"the phrases make only {total} names in {sector}")
    step = next(
        n for n in range(int(total * 0.618), total) if gcd(n, total) == 1
    )  # neighbours differ, and all names come once
    place = (index * step + seed) % total
    picked = []
    for choices in lists:
        place, rest = divmod(place, len(choices))
        picked.append(choices[rest])
    verb, thing, people, situation = phrases["verbs"][picked[0]], *picked[1:]
    short = {lang: f"{verb[lang]} {thing[lang]} {people[lang]}" for lang in ("vi", "en")}
    if len(short["vi"]) > LONGEST_NAME:
        short = {lang: f"{verb[lang]} {thing[lang]}" for lang in ("vi", "en")}
    return (
        {
            lang: f"{verb[lang]} {thing[lang]} {people[lang]} {situation[lang]}"
            for lang in ("vi", "en")
        },
        short,
        thing,
    )


def _aliases(w: Writer, phrases: list[dict[str, str]]) -> Any:
    chosen = w.random.sample(phrases, w.random.randint(3, 6))
    words = {
        lang: [p[lang].replace("{thing}", w.thing[lang]) for p in chosen] for lang in ("vi", "en")
    }
    return words if w.english else words["vi"]


def _case(w: Writer, case: dict[str, str]) -> dict[str, Any]:
    data = {"id": case["id"], "name": w.text(case)}
    if w.maybe(0.5):
        data["note"] = w.text({"vi": case["note_vi"], "en": case["note_en"]})
    return data


def _channels(
    w: Writer, phrases: dict[str, Any], channels: list[str], cases: list[str]
) -> list[dict[str, Any]]:
    """One limit for all ways to hand in; it may differ from case to case."""
    groups: list[list[str]] = [[case] for case in cases] if cases and w.maybe(0.6) else [[]]
    rows = []
    for group in groups:
        kind = w.random.choice(
            ("working_days", "working_days", "working_days", "calendar_days", "same_day")
        )
        limit: dict[str, Any] = {"kind": kind}
        limit |= {"cutoff": "15:00"} if kind == "same_day" else {"value": w.random.randint(2, 30)}
        for channel in channels:
            row: dict[str, Any] = {"channel": channel}
            if group:
                row["cases"] = group
            row["limit"] = dict(limit)
            if channel == "online":
                row["online_level"] = w.random.choice(("full", "partial"))
                row["note"] = w.one(phrases["online_notes"])
            elif channel == "post":
                row["note"] = w.one(phrases["post_notes"])
            rows.append(row)
    return rows


def _papers(
    w: Writer, phrases: dict[str, Any], forms: Sequence[tuple[str, Any]], cases: list[str]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if forms:
        form, title = w.random.choice(forms)
        name = (
            title if isinstance(title, dict) else {"vi": title, "en": "The form of the procedure"}
        )
        rows.append(
            {
                "id": "to-khai",
                "name": w.text(name),
                "nature": "submit",
                "originals": 1,
                "copies": 0,
                "form": form,
            }
        )
    for paper in w.random.sample(phrases["papers"], w.random.randint(5, 8)):
        nature = w.random.choice(("submit", "submit", "present"))
        row: dict[str, Any] = {
            "id": paper["id"],
            "name": w.text(paper),
            "nature": nature,
            "originals": 1,
        }
        row["copies"] = w.random.choice((0, 0, 1))
        if cases and w.maybe(0.2):
            row["cases"] = [w.random.choice(cases)]
        if w.maybe(0.3):
            row["when"] = w.one(phrases["paper_times"])
        if w.maybe(0.4):
            row["where"] = w.one(phrases["paper_places"])
        if nature == "present" and w.maybe(0.5):
            row["office_can_look_up"] = True
        if w.maybe(0.4):
            row["note"] = w.one(phrases["paper_notes"])
        rows.append(row)
    identity = {
        "vi": "Giấy tờ tùy thân của người đi làm",
        "en": "Identity paper of the person who applies",
    }
    rows.append(
        {
            "id": "giay-to-tuy-than",
            "name": w.text(identity),
            "nature": "present",
            "originals": 1,
            "copies": 0,
            "alternatives": w.some(phrases["alternatives"], 2, 3),
            "office_can_look_up": True,
        }
    )
    return rows


def _fees(
    w: Writer, phrases: dict[str, Any], fees: dict[str, tuple[str, ...]], sector: str
) -> list[dict[str, Any]]:
    own = fees.get(sector) or fees["chung"]
    chosen = w.random.sample(own, min(len(own), w.random.randint(1, 3)))
    if w.maybe(0.5):
        chosen.append(w.random.choice([id for id in fees["ho-tich"] if id not in chosen]))
    rows: list[dict[str, Any]] = [{"fee": id} for id in chosen]
    for row in rows[1:]:
        row["when"] = w.one(phrases["fee_times"])
    return rows


def _steps(w: Writer, phrases: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"step": id, "text": w.one(texts)}
        for id, texts in zip(STEPS, phrases["shared_steps"], strict=True)
    ]
    if w.maybe(0.3):
        rows.pop(0)
    for own in w.random.sample(phrases["own_steps"], w.random.randint(0, 2)):
        row: dict[str, Any] = {
            "title": w.text(own["title"]),
            "text": w.text(own["text"]),
            "actor": own["actor"],
        }
        if w.maybe(0.6):
            row["limit"] = {"kind": "working_days", "value": w.random.randint(1, 5)}
        rows.insert(-2, row)
    return rows


def _laws(w: Writer, laws: dict[str, tuple[str, ...]], sector: str) -> list[str]:
    wanted = w.random.randint(5, 10)
    own = laws.get(sector, ())
    chosen = w.random.sample(own, min(len(own), wanted - 2))
    others = [
        law
        for name in ("chung", "phi-le-phi", "ho-tich", "xay-dung")
        for law in laws[name]
        if law not in chosen
    ]
    return [*chosen, *w.random.sample(others, wanted - len(chosen))]


def _known(project: Path) -> Known:
    def files(kind: str) -> Iterator[tuple[str, Any]]:
        for file in sorted((project / "content" / kind).glob("*.yml")):
            yield file.stem, yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)

    # A law that ends or has not begun is mentioned by the checks; in thousands of procedures that
    # would be thousands of lines.
    steady = ("in_force", "amended", "not_checked")
    return Known(
        fees={name: tuple(fee["id"] for fee in data["fees"]) for name, data in files("fees")},
        laws={
            name: tuple(
                d["id"]
                for d in data["documents"]
                if d["status"] in steady and "effective_to" not in d and "effective_from" not in d
            )
            for name, data in files("legal")
        },
        forms={
            name: tuple((form["id"], form["title"]) for form in data["forms"])
            for name, data in files("official_forms")
        },
        shipped=sum(1 for _ in project.glob("procedures/*/*.yml")),
    )


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = yaml.load(PHRASES.read_text("utf-8"), yaml.CSafeLoader)
    return phrases


def _slug(name: str) -> str:
    letters = (
        unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
        .encode("ascii", "ignore")
        .decode()
    )
    return "-".join(re.findall("[a-z0-9]+", letters))


def yaml_of(data: dict[str, Any]) -> str:
    """The data as the shipped files are written: two spaces a level, lists indented, double quotes
    only where needed."""
    return "\n".join(_lines(data, "")) + "\n"


def _lines(data: dict[str, Any] | list[Any], indent: str) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            if isinstance(item, dict):
                first, *rest = _lines(item, indent + "  ")
                yield f"{indent}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{indent}- {_scalar(item)}"
        return
    for key, value in data.items():
        if value == []:
            yield f"{indent}{key}: []"
        elif isinstance(value, dict | list):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _scalar(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if _PLAIN.fullmatch(value) and not _NUMBER.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
