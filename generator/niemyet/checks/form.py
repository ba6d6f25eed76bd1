"""The form of the files: one order of keys, one way of quoting.

What it checks: every data file is as `niemyet fmt` writes it (Y018).
Why it matters to citizens: a change to a fee shows as one line in a pull request, so that a second
person sees it.
Wrong: `{vi: Hộ tịch, en: Civil status}` on one line, or keys in another order.
Right: the file after `niemyet fmt`.
Source: YAML 1.1 and YAML 1.2 differ about words such as `no` and `07:30`; the one form is read
    alike by both.
"""

from __future__ import annotations

from collections.abc import Iterator

from niemyet.findings.finding import Diagnostic
from niemyet.model.catalogue import Catalogue
from niemyet.source.canonical_form import is_canonical
from niemyet.source.loader import Source


def check_source(catalogue: Catalogue, source: Source) -> Iterator[Diagnostic]:
    """Findings Y018 of one file."""
    if not is_canonical(source):
        yield source.finding("Y018")
