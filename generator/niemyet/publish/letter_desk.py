"""The desk where a letter is filled, set and put into its folder. Nothing is written while a
finding stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from niemyet.checks import Context, calendars, letters, translations
from niemyet.findings.errors import NiemyetError
from niemyet.findings.finding import Diagnostic, Severity, in_order
from niemyet.letters.docx import docx_of
from niemyet.letters.letter import compose, press_data
from niemyet.letters.values import Filling, fill, head_blanks, source_of_arguments
from niemyet.model.builder import build_catalogue
from niemyet.model.catalogue import Catalogue
from niemyet.model.forms_and_letters import Letter
from niemyet.paper.sheet import PressError
from niemyet.paper.typst import Press, letters_drawn
from niemyet.source.loader import Source, load_tree, parse_source, read_text
from niemyet.values.vietnamese import closest, quote, slug
from niemyet.view.words import MissingTranslation, Words

TEMPLATE = "letter"
_NEEDED = ("content/letters/", "site_config/")


class NoSuchLetter(NiemyetError):
    """No letter has the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The letters of an office, with what is wrong about them or about the office they are sent
    from."""

    catalogue: Catalogue
    findings: Sequence[Diagnostic]
    sources: Mapping[str, Source | str]

    @property
    def errors(self) -> list[Diagnostic]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    def letter(self, name: str) -> Letter:
        """A letter by its command or its file. Raises: NoSuchLetter."""
        wanted = name.removesuffix(".yml").rpartition("/")[2]
        for letter in self.printed():
            if wanted in (letter.command, letter.id):
                return letter
        names = [
            known for letter in self.printed() for known in (letter.command, letter.id) if known
        ]
        near = closest(wanted, names)
        if near:
            raise NoSuchLetter("no_such_letter_near", name=quote(name), near=near[0])
        raise NoSuchLetter("no_such_letter", name=quote(name))

    def printed(self) -> Iterator[Letter]:
        """The letters that have a text."""
        return (letter for letter in self.catalogue.letters.values() if letter.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files of a letter by name, or why there are none."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    filling: Filling = field(default_factory=Filling)
    findings: Sequence[Diagnostic] = ()
    sources: Mapping[str, Source | str] = field(default_factory=dict)


def open_desk(root: Path, today: dt.date) -> Desk:
    """Reads the office and its letters. Procedures are left alone: a fault in one does not keep an
    apology waiting."""
    sources, findings = load_tree(root, leave_out="procedure")
    catalogue, found = build_catalogue(sources, today)
    context = Context(catalogue, today)
    checks = (
        *letters.check_across(context),
        *calendars.check_across(context),
        *translations.check_across(context),
    )
    ours = [f for f in (*findings, *found, *checks) if f.position.path.startswith(_NEEDED)]
    return Desk(
        catalogue=catalogue,
        findings=in_order(ours),
        sources={source.path: source for source in sources},
    )


def given_values(
    settings: Sequence[str], file: Path | None
) -> tuple[list[Source], list[Diagnostic]]:
    """What was given in a file, then on the command line, which has the last word. Raises:
    ValueError for one without `=`."""
    given: list[Source] = []
    findings: list[Diagnostic] = []
    if file is not None:
        text, _ = read_text(file.parent, file.name, findings)
        findings = [replace(f, position=replace(f.position, path=str(file))) for f in findings]
        source, found = parse_source(str(file), "values", text) if text is not None else (None, [])
        findings += found
        given += [source] if source else []
    if settings:
        source, found = source_of_arguments(settings)
        findings += found
        given.append(source)
    return given, findings


def make_letter(
    desk: Desk,
    letter: Letter,
    given: Sequence[Source],
    lang: str,
    today: dt.date,
    *,
    pdf: bool = True,
    docx: bool = True,
    found: Sequence[Diagnostic] = (),
) -> Made:
    """A letter in the formats asked for; without values, a blank template. `found` is what was
    wrong with the sources.

    Raises: MissingTranslation, MissingFont.
    """
    words = Words(desk.catalogue, lang)
    filling, findings = fill(
        letter, given, words, today, letters_drawn() if pdf and not found else None
    )
    sources = {**desk.sources, **{source.path: source for source in given}}
    if findings or found:
        return Made(findings=in_order([*found, *findings]), sources=sources)
    written = compose(words, letter, filling, desk.catalogue.on)
    name = file_name(letter, filling, lang if not words.is_default else "")
    files: dict[str, bytes] = {}
    if pdf:
        try:
            files[f"{name}.pdf"] = Press().make(TEMPLATE, press_data(written)).pdf
        except PressError as error:
            at = letter.origin.finding(
                "P118",
                "paragraphs",
                key=True,
                letter=letter.command or letter.id,
                problem=error.values["reason"],
            )
            return Made(findings=[at], sources=sources)
    if docx:
        files[f"{name}.docx"] = docx_of(written)
    return Made(files=files, filling=filling, sources=sources)


def file_name(letter: Letter, filling: Filling, lang: str) -> str:
    """`xin-loi-tre-han`, and for a filled letter its file number or the name in it, and its day."""
    parts = [letter.id]
    if filling.is_filled:
        values = [
            (blank.kind != "code", str(filling.values[blank.id]))
            for blank in letter.blanks
            if blank.id in filling.values
        ]
        whose = min(
            (value for value in values if value[1]), key=lambda value: value[0], default=(True, "")
        )[1]
        parts += [slug(whose)[:60].strip("-"), filling.day.isoformat() if filling.day else ""]
    return "-".join(part for part in (*parts, lang) if part)


def listing(desk: Desk, lang: str) -> Iterator[str]:
    """Every letter with its blanks, as lines to print."""
    words = Words(desk.catalogue, lang)
    for letter in desk.printed():
        try:
            yield f"{letter.command or letter.id}: {words.text(letter.title)}"
            for blank in (*letter.blanks, *head_blanks(letter, words)):
                mark = "*" if blank.is_required else " "
                example = f"  ({blank.example})" if blank.example else ""
                yield f"  {mark} {blank.id:<22}{words.text(blank.label)}{example}"
                if blank.days:
                    yield f"    {blank.days:<22}{words.ui('letter_key_days')}"
        except MissingTranslation:
            yield f"{letter.command or letter.id}: {letter.title}"
        yield ""
