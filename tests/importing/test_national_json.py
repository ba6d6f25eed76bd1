"""Records as the portal's interface gives them, tidy or not, become the same record as from
text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import KITE, TODAY, base_sources, draft, read

from niemyet.importing.national_json import parse_records
from niemyet.importing.run import import_records

LANTERN: dict[str, Any] = {
    "code": "9.000003",
    "name": "Thủ tục thả đèn",
    "procedureProposal": {"proposalNumber": "14/QĐ-BTD"},
    "isWard": True,
    "categoriesDetails": [{"name": "Hộ tịch"}],
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
    "departmentsExecuting": [{"name": "Ủy ban nhân dân phường"}],
    "executionSteps": [{"name": "Nộp", "description": "- Nộp đơn.\n- Nhận giấy."}],
    "executionMethods": [
        {
            "submissionMethod": "ONLINE",
            "processingTime": 3,
            "processingTimeUnit": "WORKING_DAY",
            "fees": [{"name": "/bản", "amount": 8000}],
            "description": "Qua mạng",
        }
    ],
    "executionCases": [
        {"name": "", "profileComponents": [{"name": "Đơn", "originalQty": 1, "copyQty": 0}]}
    ],
    "legalBasisesDetails": [
        {"name": "Luật Hộ tịch", "code": "60/2014/QH13"},
        {"name": "Thông tư về phí", "code": "8/2025/TT-BTD"},
    ],
    "resultsDetails": [{"name": "Giấy thả đèn"}],
    "keywords": None,
}


@pytest.mark.parametrize(
    "wrap", [lambda x: x, lambda x: [x], lambda x: {"data": x}, lambda x: {"result": {"data": [x]}}]
)
def test_a_record_is_found_however_it_is_wrapped(wrap: Any) -> None:
    records, findings = parse_records("x.json", json.dumps(wrap(LANTERN)).encode())
    assert findings == [] and [record.code for record in records] == ["9.000003"]


def test_it_becomes_a_draft_by_the_same_rules() -> None:
    outcome = import_records([("x.json", json.dumps(LANTERN).encode())], base_sources(), TODAY)
    (made,) = outcome.drafts
    data = made.data
    assert (data["name"], data["decision"], data["results"]) == (
        "Thả đèn",
        {"number": "14/QĐ-BTD"},
        ["Giấy thả đèn"],
    )
    assert data["channels"] == [
        {"channel": "online", "limit": {"kind": "working_days", "value": 3}, "note": "Qua mạng"}
    ]
    assert [(paper["name"], paper["originals"]) for paper in data["papers"]] == [("Đơn", 1)]
    assert [step["title"] for step in data["steps"]] == ["Nộp", "Nộp đơn", "Nhận giấy"]
    assert data["legal"] == ["luat-60-2014-qh13", "tt-8-2025-tt-btd"]
    assert data["imported"]["from"] == "national_json"
    assert (
        next(iter(made.additions.entries["content/fees/csdl-ho-tich.yml"]))["values"][0][
            "amount_vnd"
        ]
        == 8000
    )


def test_the_same_record_as_text_and_as_json_becomes_the_same_draft() -> None:
    def names(text: str) -> list[dict[str, str]]:
        return [{"name": name} for name in text.split(", ")]

    record = read(KITE)
    data = {
        "code": record.code,
        "name": record.name,
        "procedureProposal": {"proposalNumber": record.decision},
        "isWard": True,
        "categoriesDetails": names(record.sector),
        "subjectTypesDetails": names(record.applicants),
        "departmentsExecuting": [{"name": record.executing}],
        "executionSteps": [
            {"name": "", "description": "\n".join(line.text for line in record.steps)}
        ],
        "executionMethods": [
            {
                "submissionMethod": "DIRECT",
                "processingTime": "3",
                "processingTimeUnit": "WORKING_DAY",
                "fees": [{"name": "/bản", "amount": 8000}],
            },
            {
                "submissionMethod": "ONLINE",
                "processingTime": 7.5,
                "processingTimeUnit": "WORKING_DAY",
                "fees": [{"name": "", "amount": 0}],
                "description": record.channels[1].note,
            },
        ],
        "executionCases": [
            {
                "name": group.name,
                "profileComponents": [
                    {"name": row.text, "originalQty": row.originals, "copyQty": row.copies}
                    for row in group.rows
                ],
            }
            for group in record.papers
        ],
        "legalBasisesDetails": [{"name": row.title, "code": row.number} for row in record.legal],
        "requirementsAndConditions": record.conditions,
        "resultsDetails": names(record.results),
        "keywords": record.keywords.split(", "),
        "description": record.description,
    }
    (made,) = import_records([("x.json", json.dumps(data).encode())], base_sources(), TODAY).drafts
    wanted = draft(KITE)
    assert {**made.data, "imported": None} == {**wanted.data, "imported": None}
    assert made.additions == wanted.additions


@pytest.mark.parametrize("amount", [0, 20, "20", None, [], True, 1e300, "không"])
def test_an_amount_that_says_nothing_states_nothing(amount: Any) -> None:
    record = {
        **LANTERN,
        "executionMethods": [
            {"submissionMethod": "DIRECT", "fees": [{"name": "", "amount": amount}]}
        ],
    }
    outcome = import_records([("x.json", json.dumps(record).encode())], base_sources(), TODAY)
    added = [
        fee
        for path, fees in outcome.drafts[0].additions.entries.items()
        if "/fees/" in path
        for fee in fees
    ]
    assert {fee["values"][0]["status"] for fee in added} == {"not_stated"}


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b"{}",
        b'{"data": []}',
        b"[" * 100_000,
        b'{"a": 1}',
        b'["x"]',
        b"\xff{",
        b'{"data":' * 5000,
    ],
)
def test_what_holds_no_record_is_refused_with_a_reason(raw: bytes) -> None:
    records, findings = parse_records("x.json", raw)
    assert records == [] and [finding.code for finding in findings] == ["I001"]


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(LANTERN)), anything))
def test_any_value_under_any_key_is_imported_or_refused(values: dict[str, Any]) -> None:
    outcome = import_records(
        [("x.json", json.dumps({**LANTERN, **values}).encode())], base_sources(), TODAY
    )
    assert len(outcome.drafts) + outcome.refused >= 1
    assert "I009" not in [finding.code for finding in outcome.findings]
