"""Letters and their placeholders: P101 to P105."""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.checks.context import Context
from niemyet.checks.values import both
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Text
from niemyet.model.forms_and_letters import Letter
from niemyet.values.placeholders import RESERVED, faults_in, names_in
from niemyet.values.vietnamese import closest, quote

_ROLES = {
    "reason": ("lý do", "the reason"),
    "first_date": ("ngày hẹn ban đầu", "the first date"),
    "new_date": ("ngày hẹn mới", "the new date"),
}
_ROLE_KINDS = {"reason": "text", "first_date": "date", "new_date": "date"}


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    names: dict[str, Letter] = {}
    for letter in catalogue.letters.values():
        yield from check_letter(letter)
        for name in {letter.command, letter.id} - {""}:
            if name in names:
                where = names[name].origin.path
                yield letter.origin.finding("P104", "command", name=name, where=where)
            names.setdefault(name, letter)


def check_letter(letter: Letter) -> Iterator[Diagnostic]:
    """The findings of one letter by itself."""
    blanks = {blank.id: blank for blank in letter.blanks}
    texts = _texts(letter)
    for at, lang, text in texts:
        unknown = [f"{{{name}}}" for name in sorted(names_in(text) - blanks.keys())]
        for fault in unknown + faults_in(text):
            near = closest(fault.strip("{}"), list(blanks)) or list(blanks)[:1]
            yield letter.origin.finding(
                "P101", *at, lang, name=quote(fault), near=near[0] if near else "ho_ten"
            )
    languages = sorted({lang for text in letter.paragraphs for lang in text.by_lang})
    for lang in languages:
        used = {
            name for _, written_in, text in texts if written_in == lang for name in names_in(text)
        }
        for blank in letter.blanks:
            if blank.id not in used:
                yield blank.origin.finding("P102", "id", name=blank.id, lang=lang)
    if letter.kind.startswith("apology") and letter.paragraphs:
        for role, (vi, en) in _ROLES.items():
            found = letter.blank_with(role)
            if found is None or not found.is_required:
                yield letter.origin.finding("P103", "kind", role=role, **both("role", vi, en))
    yield from _names(letter)
    yield from _roles(letter)


def _texts(letter: Letter) -> list[tuple[tuple[str | int, ...], str, str]]:
    """Every text of a letter that may hold blanks, with its place and language."""
    found: list[tuple[tuple[str | int, ...], Text | None]] = [
        (("subject",), letter.subject),
        (("to",), letter.to),
    ]
    found += [(("paragraphs", number), text) for number, text in enumerate(letter.paragraphs)]
    return [(at, lang, words) for at, text in found if text for lang, words in text.by_lang.items()]


def _names(letter: Letter) -> Iterator[Diagnostic]:
    seen = dict.fromkeys(RESERVED, "niemyet letter")
    for blank in letter.blanks:
        for key, name in (("id", blank.id), ("days", blank.days)):
            if name and name in seen:
                yield blank.origin.finding("P104", key, name=name, where=seen[name])
            elif name:
                seen[name] = letter.origin.path


def _roles(letter: Letter) -> Iterator[Diagnostic]:
    for blank in letter.blanks:
        wanted = _ROLE_KINDS.get(blank.role, blank.kind)
        if blank.kind != wanted:
            vi = f"vai trò {blank.role} cần kind: {wanted}"
            en = f"the role {blank.role} needs kind: {wanted}"
            yield blank.origin.finding("P105", "role", name=blank.id, **both("problem", vi, en))
        elif blank.days and blank.role != "new_date":
            vi, en = "days chỉ dùng với role: new_date", "days goes only with role: new_date"
            yield blank.origin.finding("P105", "days", name=blank.id, **both("problem", vi, en))
