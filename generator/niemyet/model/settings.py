"""The settings of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from niemyet.model.base import Code, Item, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    name: Text
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Item):
    site_url: str
    languages: tuple[Language, ...]
    most_used: tuple[Code, ...]
    popular_searches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    online_portal: Portal
    law_portal: Portal
    edit_url: str = ""
    report_email: str
    licence_name: str
    licence_url: str
    calendar_months_ahead: int = 3
    kiosk_idle_seconds: int = 90
    kiosk_print: bool = False

    @property
    def default_language(self) -> str:
        return self.languages[0].id
