"""The text form of a record: twenty labels, rows, groups, and every way they come broken."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import KITE, changed, imported, read

from niemyet.importing.national_text import LABELS, MAX_BYTES, parse_record

PLACES = (
    "Nộp đơn.",
    "8000 VNĐ (/bản)",
    "3 WORKING_DAY",
    "Đơn xin thả diều;",
    "Luật Thả diều",
    "Giấy thả diều",
    "12/QĐ-BTD",
)


def codes(raw: bytes) -> list[str]:
    return [finding.code for finding in parse_record("dieu.txt", raw)[1]]


def test_a_tidy_record_is_read_whole_and_without_a_finding() -> None:
    record, findings = parse_record("dieu.txt", KITE.encode())
    assert record is not None and findings == []
    assert (record.code, record.decision, record.sector) == ("9.000001", "12/QĐ-BTD", "Hộ tịch")
    assert [(row.channel, row.limit, row.fee) for row in record.channels] == [
        ("DIRECT", "3 WORKING_DAY", "8000 VNĐ (/bản)"),
        ("ONLINE", "7.5 WORKING_DAY", "0 VNĐ ()"),
    ]
    assert record.channels[1].note == "Qua Cổng dịch vụ công."
    assert [(group.name, len(group.rows)) for group in record.papers] == [
        ("* Giấy tờ phải nộp:", 1),
        ("* Giấy tờ phải xuất trình:", 1),
        ("* Lưu ý:", 1),
    ]
    assert [(row.title, row.number) for row in record.legal] == [
        ("Luật Thả diều", "7/2025/QH15"),
        ("Luật Hộ tịch", "Luật 60/2014/QH13"),
        ("Thông tư quy định phí thả diều", "8/2025/TT-BTD"),
    ]
    assert record.authority == ""
    assert len(record.steps) == 3


def test_rows_and_labels_keep_the_lines_they_stand_on() -> None:
    record = read(KITE)
    lines = KITE.splitlines()
    assert lines[record.lines["sector"] - 1].startswith("Lĩnh vực")
    assert "DIRECT" in lines[record.channels[0].line - 1]
    assert "Ảnh con diều" in lines[record.papers[1].rows[0].line - 1]
    assert "7/2025" in lines[record.legal[0].line - 1]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("Diều không", "Diều\u200e khô\u00adng"),
        lambda text: text.replace("Đơn xin thả", "Đơn\u00a0xin\tthả"),
        lambda text: text.replace("- - Đơn", "- \uf0b7 Đơn"),
        lambda text: (
            text.replace("\n  [", "\n\t[").replace("\n    - ", "\n\t- ").replace("\n  * ", "\n\t* ")
        ),
    ],
    ids=[
        "CRLF",
        "BOM",
        "NFD",
        "invisible",
        "tab and hard space",
        "private bullet",
        "tabs for indents",
    ],
)
def test_dirt_that_nobody_sees_changes_nothing(change: object) -> None:
    assert callable(change)
    made, tidy = imported(change(KITE)).drafts[0].data, imported(KITE).drafts[0].data
    assert {**made, "imported": None} == {**tidy, "imported": None}


def test_labels_in_another_order_give_the_same_record() -> None:
    head, _, body = KITE.partition("\n")
    blocks: list[str] = []
    for line in body.splitlines(keepends=True):
        if any(line.startswith(f"{label}:") for label in LABELS):
            blocks.append(line)
        else:
            blocks[-1] += line
    mixed = read(head + "\n" + "".join(reversed(blocks)))
    tidy = read(KITE)
    assert (mixed.channels[0].limit, mixed.legal[1].number, mixed.conditions) == (
        "3 WORKING_DAY",
        "Luật 60/2014/QH13",
        tidy.conditions,
    )


def test_a_missing_label_is_said_by_name() -> None:
    _, findings = parse_record("dieu.txt", changed(("Lĩnh vực: Hộ tịch\n", "")).encode())
    assert [(finding.code, finding.values["label"]) for finding in findings] == [
        ("I004", "Lĩnh vực")
    ]


def test_a_label_met_again_is_text_unless_the_first_was_empty() -> None:
    assert (
        read(changed(("Từ khóa: diều giấy, sáo diều", "Từ khóa:\nTừ khóa: diều giấy"))).keywords
        == "diều giấy"
    )
    record = read(
        changed(("Từ khóa: diều giấy, sáo diều", "Từ khóa: diều giấy\nMã thủ tục: 9.999999"))
    )
    assert record.code == "9.000001" and "9.999999" in record.keywords
    assert "I005" in codes(changed(("Từ khóa: diều", "Từ khóa: a\nTừ khóa: diều")).encode())


def test_a_stray_line_before_the_first_channel_is_pointed_at() -> None:
    _, findings = parse_record(
        "dieu.txt",
        changed(("Cách thức thực hiện:\n", "Cách thức thực hiện:\n  ba ngày\n")).encode(),
    )
    assert [(f.code, f.position.line, f.values["text"]) for f in findings] == [
        ("I006", 14, "ba ngày")
    ]


def test_a_value_over_several_lines_stays_together() -> None:
    record = read(
        changed(
            ("Mô tả: Qua Cổng dịch vụ công.\n", "Mô tả: Qua Cổng.\n* Thời hạn giải quyết: 5 ngày\n")
        )
    )
    assert record.channels[1].note == "Qua Cổng.\n* Thời hạn giải quyết: 5 ngày"
    record = read(changed(("  * Luật Thả diều (7/2025/QH15)", "  * Luật Thả\ndiều (7/2025/QH15)")))
    assert record.legal[0].title == "Luật Thả diều"


def test_a_group_heading_may_hold_brackets_and_run_over_lines() -> None:
    record = read(changed(("[ * Giấy tờ phải nộp: ]", "[ Đối với diều [to]\nvà nặng ]")))
    assert record.papers[0].name == "Đối với diều [to] và nặng" or record.papers[0].name.startswith(
        "Đối với diều [to"
    )
    assert sum(len(group.rows) for group in record.papers) == 3


def test_a_group_heading_that_never_closes_swallows_no_paper() -> None:
    record = read(changed(("[ * Giấy tờ phải nộp: ]", "[ * Giấy tờ phải nộp:")))
    assert next(row.text for group in record.papers for row in group.rows) == "- Đơn xin thả diều;"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n",
        b"\xff\xfe\x00",
        b"PK\x03\x04\x00\x00",
        b"M\xe3 th\xe5",
        "xin chào".encode(),
        b"a" * (MAX_BYTES + 1),
        b"%PDF\n\x00",
    ],
    ids=["empty", "blank", "utf-16", "zip", "latin", "prose", "too large", "pdf"],
)
def test_what_is_no_record_is_refused_with_a_reason(raw: bytes) -> None:
    record, findings = parse_record("dieu.txt", raw)
    assert record is None
    assert "I001" in [finding.code for finding in findings]
    assert all(finding.message("vi") and finding.message("en") for finding in findings)


@pytest.mark.parametrize(
    ("filler", "old"),
    [
        ("a", "Đơn xin thả diều"),
        ("(", "Luật Thả diều"),
        (") ", "8000 VNĐ (/bản)"),
        ("- ", "Qua Cổng dịch vụ công."),
        ("Bước 1: ", "Nộp đơn."),
        ("8000 VNĐ | ", "8000 VNĐ (/bản)"),
        ("Bản chính: 1 ", "Đơn xin thả diều"),
        ("[", "* Lưu ý:"),
        ("a., ", "Giấy thả diều"),
    ],
)
def test_a_line_of_a_megabyte_is_read_to_its_end(filler: str, old: str) -> None:
    outcome = imported(changed((old, filler * (1_000_000 // len(filler)))))
    assert len(outcome.drafts) + outcome.refused == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_findings_and_never_an_exception(raw: bytes) -> None:
    record, findings = parse_record("x.txt", raw)
    assert record is not None or findings


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, len(KITE)), st.booleans())
def test_a_record_shuffled_or_cut_anywhere_is_imported_or_refused(
    chance: random.Random, cut: int, shuffle: bool
) -> None:
    lines = KITE[:cut].splitlines(keepends=True) if cut % 2 else KITE.splitlines(keepends=True)
    if shuffle:
        chance.shuffle(lines)
    outcome = imported("".join(lines))
    assert outcome.refused + len(outcome.drafts) == 1
    assert not outcome.refused or any(
        finding.code in ("I001", "I002", "I003", "I013") for finding in outcome.findings
    )
    assert "I009" not in [finding.code for finding in outcome.findings]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.sampled_from(PLACES))
def test_any_text_in_any_place_gives_a_draft_that_obeys_the_schema(text: str, old: str) -> None:
    outcome = imported(changed((old, text)))
    assert "I009" not in [finding.code for finding in outcome.findings]
