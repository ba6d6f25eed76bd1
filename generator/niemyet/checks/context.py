"""What a rule may look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from niemyet.checks.names import KnownNames
from niemyet.model.catalogue import Catalogue


@dataclass(frozen=True)
class Context:
    """A catalogue, which knows procedures by their cards, on the day it is checked."""

    catalogue: Catalogue
    today: dt.date

    @cached_property
    def names(self) -> KnownNames:
        """Every name of the catalogue; one look-up for all, since it counts its suggestions."""
        return KnownNames(self.catalogue)
