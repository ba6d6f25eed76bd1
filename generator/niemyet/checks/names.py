"""The names that files may mention, and what is said about one that does not exist: R001."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from niemyet.checks.values import both
from niemyet.findings.finding import Diagnostic
from niemyet.model.base import Item
from niemyet.model.catalogue import Catalogue
from niemyet.values.vietnamese import closest, quote

MOST_SUGGESTIONS = 100
"""Looking for a near name costs time; after this many wrong names the list itself shows what is
wrong."""

_VOCABULARY = "site_config/vocabulary.yml"
# What is pointed at: the kind of file that defines it, its name in both languages, where to write
# it.
_KINDS: Mapping[str, tuple[str, str, str, str]] = {
    "procedure": ("procedure", "Thủ tục", "The procedure", "procedures/"),
    "life_event": ("vocabulary", "Việc", "The life event", f"{_VOCABULARY}, life_events"),
    "sector": ("vocabulary", "Lĩnh vực", "The sector", f"{_VOCABULARY}, sectors"),
    "applicant": ("vocabulary", "Đối tượng", "The kind of applicant", f"{_VOCABULARY}, applicants"),
    "body": ("vocabulary", "Cơ quan tiếp nhận", "The receiving body", f"{_VOCABULARY}, bodies"),
    "actor": ("vocabulary", "Người thực hiện", "The actor", f"{_VOCABULARY}, actors"),
    "unit": ("vocabulary", "Đơn vị tính", "The unit", f"{_VOCABULARY}, units"),
    "counter": ("office", "Quầy", "The counter", "site_config/office.yml, counters"),
    "fee": ("fees", "Khoản thu", "The fee", "content/fees/"),
    "step": ("step", "Bước dùng chung", "The shared step", "content/steps/"),
    "hotline": ("hotlines", "Đường dây nóng", "The hotline", "content/hotlines/"),
    "legal": ("legal", "Văn bản", "The legal document", "content/legal/"),
    "official_form": ("official_forms", "Biểu mẫu", "The official form", "content/official_forms/"),
    "form": ("form", "Phiếu", "The form", "content/forms/"),
    "letter": ("letter", "Mẫu thư", "The letter", "content/letters/"),
    "case": ("", "Trường hợp", "The case", "cases"),
    "scale": ("", "Thang đánh giá", "The scale", "scales"),
}


@dataclass(slots=True)
class KnownNames:
    """Every name of a catalogue by kind; looks for a name and says what is missing."""

    catalogue: Catalogue
    known: dict[str, Container[str]] = field(init=False)
    near: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        c = self.catalogue
        self.known = {
            "procedure": c.summaries,
            "life_event": c.life_events,
            "sector": c.sectors,
            "applicant": c.applicants,
            "body": c.bodies,
            "actor": c.actors,
            "unit": c.units,
            "counter": {counter.id: counter for counter in c.office.counters},
            "fee": c.fees,
            "step": c.steps,
            "hotline": c.hotlines,
            "legal": c.legal,
            "official_form": c.official_forms,
            "form": c.forms,
            "letter": c.letters,
        }

    def one(
        self,
        item: Item,
        kind: str,
        name: str,
        *below: str | int,
        known: Container[str] | None = None,
    ) -> Iterator[Diagnostic]:
        """A finding when `name`, written `below` an item, does not exist; an empty name asks for
        nothing."""
        known = self.known[kind] if known is None else known
        source_kind, vi, en, where = _KINDS[kind]
        if not name or name in known or self.catalogue.unresolved.may_define(source_kind, name):
            return
        near = self._near(kind, name, known)
        advice = both(
            "advice",
            f"thêm vào {where}, hoặc sửa lại cho đúng",
            f"add it to {where}, or correct the name",
        )
        if near:
            advice = both(
                "advice",
                f"có phải là “{near}”? Nếu không, thêm “{quote(name)}” vào {where}",
                f"did you mean “{near}”? If not, add “{quote(name)}” to {where}",
            )
        values = {"name": quote(name), "near": near, "where": where, **both("kind", vi, en)}
        yield item.origin.finding("R001", *below, **values, **advice)

    def each(
        self,
        item: Item,
        kind: str,
        names: Iterable[str],
        *below: str | int,
        known: Container[str] | None = None,
    ) -> Iterator[Diagnostic]:
        for i, name in enumerate(names):
            yield from self.one(item, kind, name, *below, i, known=known)

    def _near(self, kind: str, name: str, known: Container[str]) -> str:
        if kind == "procedure":
            return next((code for code in _slips(name) if code in known), "")
        if (kind, name) not in self.near and len(self.near) < MOST_SUGGESTIONS:
            candidates = closest(name, known if isinstance(known, Iterable) else ())
            self.near[kind, name] = candidates[0] if candidates else ""
        return self.near.get((kind, name), "")


def _slips(code: str) -> Iterator[str]:
    """The codes one wrong or swapped digit away; among thousands of codes any other likeness is
    chance."""
    for i in range(len(code) - 1):
        yield code[:i] + code[i + 1] + code[i] + code[i + 2 :]
    for i, digit in enumerate(code):
        if digit != ".":
            yield from (code[:i] + other + code[i + 1 :] for other in "0123456789")
