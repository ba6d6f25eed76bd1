"""Values as a reader of one language sees them: texts, amounts, limits, days and phones in
words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from niemyet.findings.errors import NiemyetError
from niemyet.model.base import Limit, Text, texts_of
from niemyet.model.catalogue import Catalogue
from niemyet.model.content import Hotline, LegalDocument, OfficialForm
from niemyet.model.fees import Amount
from niemyet.model.office import DAYS, Counter, Day
from niemyet.model.procedure import Step
from niemyet.values.dates import format_clock, format_date
from niemyet.values.money import format_vnd
from niemyet.values.phones import format_phone, tel_uri
from niemyet.values.time_limits import format_limit
from niemyet.values.vietnamese import capitalised

ROOT = "\x01"
"""Stands for the way back to the site's root inside a page body; no data can hold it, the loader
refuses controls."""


class MissingTranslation(NiemyetError):
    """A text was asked for in a language it does not have: the page should not have been made."""


class Words:
    """Values as a reader of one language sees them."""

    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        self.catalogue = catalogue
        self.lang = lang
        self.strings: Mapping[str, str] = catalogue.strings[lang]

    @property
    def is_default(self) -> bool:
        return self.lang == self.catalogue.settings.default_language

    @property
    def in_default_language(self) -> Words:
        """The same catalogue in the default language."""
        return Words(self.catalogue, self.catalogue.settings.default_language)

    @property
    def home(self) -> str:
        """The address of this language's home page, from the root."""
        return "" if self.is_default else f"{self.lang}/"

    @property
    def main_hotline(self) -> Hotline | None:
        """The number to call when nothing else fits; None while it has no phone."""
        hotline = self.catalogue.hotlines.get(self.catalogue.office.main_hotline)
        return hotline if hotline and hotline.phone else None

    @property
    def site_url(self) -> str:
        """The address of the site, with a slash at its end."""
        return self.catalogue.settings.site_url.rstrip("/") + "/"

    def text(self, text: Text | None) -> str:
        """A human text in this language; empty for no text. Raises MissingTranslation."""
        if text is None:
            return ""
        try:
            return text.by_lang[self.lang]
        except KeyError:
            raise MissingTranslation(
                "missing_translation", lang=self.lang, text=str(text)
            ) from None

    def texts(self, texts: Iterable[Text], between: str) -> str:
        """Several human texts in one line."""
        return between.join(self.text(text) for text in texts)

    def has(self, *values: Any) -> bool:
        """Whether every text inside the values exists in this language."""
        return all(self.lang in text.by_lang for value in values for text in texts_of(value))

    def ui(self, key: str, **values: object) -> str:
        """A string of the frame, filled. Raises KeyError for a key the language file lacks: a check
        finds it first."""
        return self.strings[key].format_map(values) if values else self.strings[key]

    def limit(self, limit: Limit) -> str:
        return format_limit(limit.value, self.lang, self.text(limit.text) or None, self.strings)

    def date(self, day: dt.date) -> str:
        return format_date(day, self.lang)

    def step_limit(self, step: Step) -> str:
        """How long a step takes; empty where nobody says."""
        is_said = step.limit and step.limit.value.kind != "not_specified"
        return self.limit(step.limit) if step.limit and is_said else ""

    def counter(self, counter: Counter) -> str:
        """A counter as people look for it: by its number, else by its name."""
        if counter.number:
            return self.ui("counter_number", number=counter.number)
        return self.text(counter.name)

    def phone(self, hotline: Hotline) -> str:
        return format_phone(hotline.phone) if hotline.phone else ""

    def tel(self, hotline: Hotline) -> str:
        return tel_uri(hotline.phone) if hotline.phone else ""

    def unit(self, id: str) -> str:
        unit = self.catalogue.units.get(id)
        return self.text(unit.name) if unit else ""

    def amount(self, amount: Amount, unit: str) -> str:
        """The amount in as few words as can be true: `8.000 đồng/bản`, `Miễn phí`, `Do tỉnh quy
        định`."""
        if amount.status == "fixed" and amount.amount_vnd is not None:
            return self._per(amount.amount_vnd, unit)
        if amount.status == "tiered" and amount.tiers:
            return self._per(amount.tiers[0].amount_vnd, unit)
        return self.ui(f"fee_{amount.status}")

    def _per(self, amount_vnd: int, unit: str) -> str:
        name, amount = self.unit(unit), format_vnd(amount_vnd, self.lang)
        return f"{amount}/{name}" if name else amount

    def amount_details(self, amount: Amount, unit: str) -> list[str]:
        """What the short amount leaves out: the tiers, the cap, the note."""
        details = []
        name = self.unit(unit)
        for tier in amount.tiers:
            first, last, value = tier.first, tier.last, format_vnd(tier.amount_vnd, self.lang)
            end = "open" if last is None else "one" if first == last else "range"
            details.append(self.ui(f"tier_{end}", unit=name, first=first, last=last, amount=value))
        if amount.cap_vnd is not None:
            details.append(self.ui("fee_cap", amount=format_vnd(amount.cap_vnd, self.lang)))
        if amount.note:
            details.append(self.text(amount.note))
        return details

    def law(self, document: LegalDocument) -> str:
        """A legal document by kind and number: `Nghị định 123/2015/NĐ-CP`."""
        return f"{self.ui(f'law_{document.kind}')} {document.number}"

    def places(self, form: OfficialForm) -> str:
        """Where an official form is to be had."""
        return ", ".join(self.ui(f"form_at_{place}") for place in form.available)

    def day(self, day: str) -> str:
        return self.ui(f"day_{day}")

    def days(self, days: tuple[Day, ...]) -> str:
        """Weekdays at the start of a line; a run of three or more becomes `Thứ Hai – thứ Sáu`."""
        places = [DAYS.index(d) for d in days]
        is_run = len(places) > 2 and places == list(range(places[0], places[-1] + 1))
        text = (
            f"{self.day(days[0])} – {self.day(days[-1])}"
            if is_run
            else ", ".join(self.day(d) for d in days)
        )
        return capitalised(text)

    def span(self, start: str, end: str) -> str:
        return f"{format_clock(start, self.lang)}–{format_clock(end, self.lang)}"
