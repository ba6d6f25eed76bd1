"""What must be posted, and names that only look like forms."""

from __future__ import annotations

import pytest
from bad_inputs import NOTICE, SECOND, base_texts, codes_after

NOTE = "papers_note: {vi: Hỏi tại quầy., en: Ask at the counter.}\n"


def paper(name: str, rest: str = "nature: submit") -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        SECOND: ((NOTE, f"papers:\n  - {{id: giay, name: {{vi: {name}, en: Paper}}, {rest}}}\n"),)
    }


@pytest.mark.parametrize(
    "name",
    [
        "Tờ khai đăng ký",
        "Đơn đề nghị",
        "ĐƠN XIN",
        "Mẫu số 01",
        "Giấy đề nghị cấp lại",
        "Bản khai cá nhân",
    ],
)
def test_a_paper_with_the_name_of_a_form_needs_one(name: str) -> None:
    assert codes_after(paper(name)) == ["P001"]
    assert codes_after(paper(name, "nature: submit, form: to-khai-khai-sinh")) == []


@pytest.mark.parametrize(
    "name",
    ["Đơn vị xác nhận", "Đơn thuốc", "Mẫu vật", "Đơngiá", "Giấy chứng sinh", "Bản sao căn cước"],
)
def test_other_papers_need_none(name: str) -> None:
    assert codes_after(paper(name)) == []


def test_a_form_filled_in_online_has_no_paper() -> None:
    assert codes_after(paper("Tờ khai điện tử", "nature: online_form")) == []


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("closure", ["P003"]), ("alert", ["P003"]), ("information", []), ("camera", [])],
)
def test_what_disturbs_people_must_end(kind: str, codes: list[str]) -> None:
    text = base_texts()[NOTICE].replace("kind: camera", f"kind: {kind}")
    assert codes_after({"content/notices/tin.yml": text}) == codes
    assert codes_after({"content/notices/tin.yml": f'{text}until: "2026-12-01"\n'}) == []


def test_a_missing_form_or_notice_may_be_in_a_broken_file() -> None:
    assert codes_after({"content/forms/gop-y.yml": "kind: [", NOTICE: "kind: ["}) == [
        "Y001",
        "Y001",
    ]


def test_an_empty_list_of_papers_needs_a_reason() -> None:
    assert codes_after({SECOND: ((NOTE, "papers: []\n"),)}) == ["P005"]
    assert codes_after({SECOND: ((NOTE, f"papers: []\n{NOTE}"),)}) == []
