"""What must hang on the wall to be of use: P001 to P006."""

from __future__ import annotations

import re
from collections.abc import Iterator

from niemyet.checks.context import Context
from niemyet.checks.values import IN_USE, both, text_in_both
from niemyet.findings.finding import Diagnostic, Position
from niemyet.model.procedure import Procedure

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


def check_across(context: Context) -> Iterator[Diagnostic]:
    catalogue = context.catalogue
    for notice in catalogue.notices.values():
        if notice.kind in ("closure", "alert") and notice.until is None:
            yield notice.origin.finding("P003", "kind", **text_in_both("title", notice.title))
    if catalogue.unresolved.is_whole("form"):
        present = {form.kind for form in catalogue.forms.values()}
        for kind, names in _FORM_KINDS.items():
            if kind not in present:
                values = {"kind": kind, **both("form", *names)}
                yield Diagnostic(code="P002", position=Position(FORMS_FOLDER), values=values)
    if catalogue.unresolved.is_whole("notice") and not any(
        n.kind == "camera" for n in catalogue.notices.values()
    ):
        yield Diagnostic(code="P004", position=Position(NOTICES_FOLDER))


def check_procedure(context: Context, procedure: Procedure) -> Iterator[Diagnostic]:
    p = procedure
    if p.status not in IN_USE:
        return
    for paper in p.papers:
        name = paper.name.get("vi") or ""
        if not paper.form and paper.nature != "online_form" and _FORM_NAME.match(name):
            yield paper.origin.finding("P001", "name", "vi", **text_in_both("name", paper.name))
    if not p.papers and p.papers_note is None:
        yield p.origin.finding("P005", "papers", key=True)
    if not p.steps:
        yield p.origin.finding("P006", "steps", key=True)
