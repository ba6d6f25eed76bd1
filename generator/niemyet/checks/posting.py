"""What must hang on the wall to be of use.

What it checks: papers that are forms name their form (P001); the survey and suggestion forms (P002)
and the camera notice (P004) exist; closures and alerts end (P003); papers (P005) and steps (P006)
are listed or explained.
Why it matters to citizens: coming twice because a paper or a form was not named is the most common
complaint.
Wrong: a paper named "Tờ khai đăng ký khai sinh" without `form`.
Right: the same paper with `form: to-khai-khai-sinh`.
Source: Circular 02/2017/TT-VPCP: the full content of a procedure is posted with its forms. Law
91/2025/QH15: people are told where cameras record.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from niemyet.checks.values import IN_USE, both, text_in_both
from niemyet.findings.finding import Diagnostic, Position
from niemyet.model.base import Procedure
from niemyet.model.catalogue import Catalogue

FORMS_FOLDER = "content/forms"
NOTICES_FOLDER = "content/notices"
# "Đơn vị", "đơn thuốc", "mẫu vật" begin alike and are no forms.
_FORM_NAME = re.compile(
    r"(?:tờ khai|bản khai|giấy đề nghị|đơn(?! (?:vị|giá|thuốc|hàng))|mẫu(?! vật))\b", re.IGNORECASE
)
_FORM_KINDS = {
    "survey": ("phiếu khảo sát", "survey form"),
    "suggestion": ("phiếu góp ý", "suggestion form"),
}


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Diagnostic]:
    """Findings P001 to P006."""
    for notice in catalogue.notices.values():
        if notice.kind in ("closure", "alert") and notice.until is None:
            yield notice.origin.finding("P003", "kind", **text_in_both("title", notice.title))
    if catalogue.unsure.is_whole("form"):
        present = {form.kind for form in catalogue.forms.values()}
        for kind, names in _FORM_KINDS.items():
            if kind not in present:
                yield Diagnostic(
                    code="P002",
                    position=Position(FORMS_FOLDER),
                    values={"kind": kind, **both("form", *names)},
                )
    if catalogue.unsure.is_whole("notice") and not any(
        n.kind == "camera" for n in catalogue.notices.values()
    ):
        yield Diagnostic(code="P004", position=Position(NOTICES_FOLDER))


def check_procedure(
    catalogue: Catalogue, procedure: Procedure, today: dt.date
) -> Iterator[Diagnostic]:
    """Findings P001, P005 and P006 of one procedure."""
    if procedure.status in IN_USE:
        yield from _procedure(procedure)


def _procedure(p: Procedure) -> Iterator[Diagnostic]:
    for paper in p.papers:
        name = paper.name.get("vi") or ""
        if not paper.form and paper.nature != "online_form" and _FORM_NAME.match(name):
            yield paper.origin.finding("P001", "name", "vi", **text_in_both("name", paper.name))
    if not p.papers and p.papers_note is None:
        yield p.origin.finding("P005", "papers", key=True)
    if not p.steps:
        yield p.origin.finding("P006", "steps", key=True)
