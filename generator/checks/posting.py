"""What an office is bound to post, and does not.

What it checks: forms without a form (P001), survey and suggestion forms (P002), notices that never end (P003), the camera
notice (P004), missing papers (P005) and steps (P006).
Why it matters to citizens: they can prepare before they come.
Wrong: a paper named "Tờ khai đăng ký khai sinh" without `form`.
Right: `form: to-khai-khai-sinh`.
Source: Decree 63/2010/NĐ-CP article 8; Circular 02/2017/TT-VPCP: full content with forms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.values import IN_USE, text_in_both
from generator.diagnostics import Diagnostic
from generator.text import fold

FORM_WORDS = tuple(f"{fold(word)} " for word in ("tờ khai", "đơn", "mẫu", "giấy đề nghị", "bản khai", "phiếu khai"))


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings P001 to P006."""
    for p in catalogue.procedures.values():
        if p.status not in IN_USE:
            continue
        for paper in p.papers:
            if not paper.form and paper.nature == "submit" and fold(str(paper.name)).startswith(FORM_WORDS):
                yield paper.origin.finding("P001", "name", **text_in_both("name", paper.name))
        if not p.papers and p.papers_note is None:
            yield p.origin.finding("P005", "name", key=True)
        if not p.steps:
            yield p.origin.finding("P006", "name", key=True)
    if catalogue.unsure.is_whole("form"):
        kinds = {form.kind for form in catalogue.forms.values()}
        for kind in ("survey", "suggestion"):
            if kind not in kinds:
                yield catalogue.office.origin.finding("P002", kind=kind)
    for notice in catalogue.notices.values():
        if notice.kind in ("closure", "alert") and notice.until is None:
            yield notice.origin.finding("P003", "kind")
    if catalogue.unsure.is_whole("notice") and not any(n.kind == "camera" for n in catalogue.notices.values()):
        yield catalogue.office.origin.finding("P004")
