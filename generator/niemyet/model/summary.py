"""What the other procedures, the lists and the checks across files need to know of a procedure."""

from __future__ import annotations

from typing import NamedTuple


class Summary(NamedTuple):
    """A procedure on the catalogue's date, in plain values: ten thousand stay small, and they can
    be kept from one build to the next.

    `titles` are the titles by language, `order` the sort key of the first, `languages` those in
    which its page is complete.
    """

    code: str
    path: str
    slug: str
    sector: str
    status: str
    counter: str
    is_public: bool
    is_gone: bool
    has_aliases: bool
    titles: dict[str, str]
    order: str
    languages: tuple[str, ...]
    previous_codes: tuple[str, ...]
    related: tuple[str, ...]
    fees: tuple[str, ...]
    legal: tuple[str, ...]
    verified_on: str

    @property
    def title(self) -> str:
        """The title in the default language, or in the first there is."""
        return next(iter(self.titles.values()), "")
