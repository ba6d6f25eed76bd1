"""What is larger than our files can hold is refused with a reason before anything is written."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml
from records import KITE, TODAY, base_sources, changed, imported

from niemyet.importing.known_names import open_ledger
from niemyet.importing.run import import_records
from niemyet.importing.size_limits import too_large, too_many_items
from niemyet.source.loader import MAX_BYTES

LINE = 200_000
FILLERS = ("ạ ", "a, A", "1 ngày ", "Trường hợp (", "8.000 đồng/bản; ")
PLACES = (
    "9.000001", "12/QĐ-BTD", "đăng ký thả diều", "Hộ tịch\n", "Nộp đơn.", "8000 VNĐ (/bản)",
    "Qua Cổng dịch vụ công.", "3 WORKING_DAY", "Đơn xin thả diều", "* Lưu ý:",
    "Công dân Việt Nam", "Ủy ban nhân dân xã, phường", "Giấy thả diều", "Luật Thả diều",
    "Có dây.", "diều giấy", "* Giấy tờ phải nộp:",
)  # fmt: skip


def codes(outcome: Any) -> list[str]:
    return [
        finding.code for finding in outcome.findings if finding.code in ("I009", "I012", "I013")
    ]


@pytest.mark.parametrize(("number", "place"), list(enumerate(PLACES)))
def test_a_very_long_line_in_any_place_never_makes_a_file_that_cannot_be_read_and_takes_little_time(
    number: int, place: str
) -> None:
    assert place in KITE
    filler = FILLERS[number % len(FILLERS)]
    text = KITE.replace(
        place, place.rstrip("\n") + filler * (LINE // len(filler)) + "\n" * place.endswith("\n"), 1
    )
    started = time.process_time()
    outcome = imported(text)
    assert time.process_time() - started < 4
    assert len(outcome.drafts) + outcome.refused == 1
    assert all(len(written.encode()) <= MAX_BYTES for written in outcome.planned.values())
    assert "I009" not in codes(outcome) and (outcome.drafts or outcome.planned == {})


def test_a_draft_larger_than_a_file_may_be_is_refused_and_says_how_large() -> None:
    outcome = imported(changed(("Nộp đơn.", "Nộp đơn thả diều ở phường. " * 50_000)))
    (finding,) = [finding for finding in outcome.findings if finding.code == "I012"]
    assert (
        str(MAX_BYTES) in finding.message("vi") and outcome.planned == {} and outcome.refused == 1
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  * Luật Thả diều (7/2025/QH15)\n",
            "".join(f"  * Luật Thả diều ({n}/2025/QH15)\n" for n in range(501)),
            "503",
        ),
        ("Giấy thả diều, Thẻ diều", ", ".join(f"Giấy {n}" for n in range(501)), "501"),
        (
            "- Diều nhẹ.\n- Có dây.\nTừ khóa",
            "".join(f"- Diều {n}.\n" for n in range(501)) + "Từ khóa",
            "501",
        ),
        ("Công dân Việt Nam", ", ".join(f"Người {n}" for n in range(700)), "nhiều nhất 500"),
    ],
    ids=["laws", "results", "conditions", "applicants"],
)
def test_a_list_longer_than_its_schema_allows_is_refused(old: str, new: str, said: str) -> None:
    outcome = imported(changed((old, new)))
    assert codes(outcome) == ["I012"] and outcome.planned == {}
    assert any(said in finding.message("vi") for finding in outcome.findings)


def test_a_vocabulary_that_is_full_takes_no_more_words() -> None:
    many = [
        changed(
            ("9.000001", f"9.{n:06d}"),
            ("Công dân Việt Nam", ", ".join(f"Người {n}-{m}" for m in range(90))),
        )
        for n in range(6)
    ]
    outcome = imported(*many)
    assert len(outcome.drafts) == 5 and codes(outcome) == ["I012"]
    assert len(yaml.safe_load(outcome.planned["site_config/vocabulary.yml"])["applicants"]) <= 500


def test_a_shelf_of_laws_that_is_full_by_bytes_goes_on_in_a_next_file() -> None:
    laws = "".join(f"  * {'Luật Thả diều ' * 400} ({n}/2025/QH15)\n" for n in range(200))
    outcome = imported(changed(("  * Luật Thả diều (7/2025/QH15)\n", laws)))
    shelves = [path for path in outcome.planned if path.startswith("content/legal/")]
    assert len(outcome.drafts) == 1 and len(shelves) > 1
    assert all(len(outcome.planned[path].encode()) <= MAX_BYTES for path in shelves)
    assert sum(len(yaml.safe_load(outcome.planned[path])["documents"]) for path in shelves) == 201


def test_sizes_are_told_in_both_languages() -> None:
    excess = too_large("procedures/a/b.yml", "ạ" * MAX_BYTES)
    assert (
        excess is not None
        and "procedures/a/b.yml" in excess[1]
        and "procedures/a/b.yml" in excess[2]
    )
    assert too_large("a.yml", "a") is None
    ledger = open_ledger(base_sources())
    assert too_many_items({"results": ["x"]}, ledger, ledger.added) is None


@pytest.mark.parametrize(
    "sector",
    [
        (
            "Hộ tịch. Thời hạn giải quyết là ba ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ theo"
            " quy định"
        ),
        "Hộ tịch\nCách làm",
    ],
)
def test_a_sentence_in_place_of_a_sector_makes_no_folder(sector: str) -> None:
    outcome = imported(changed(("Lĩnh vực: Hộ tịch", f"Lĩnh vực: {sector}")))
    assert codes(outcome) == ["I013"] and outcome.planned == {}
    (finding,) = [finding for finding in outcome.findings if finding.code == "I013"]
    assert "Hộ tịch" in finding.message("vi") and finding.position.line == 7


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"name": "", "code": ""},
        {"name": None, "code": 5},
        {"name": "\u200b", "code": "..."},
        {"name": "-", "code": "\u0301"},
    ],
)
def test_a_legal_row_without_a_word_breaks_nothing(row: dict[str, Any]) -> None:
    record = {
        "code": "9.000001",
        "name": "Thả diều",
        "categoriesDetails": [{"name": "Hộ tịch"}],
        "legalBasisesDetails": [row],
    }
    outcome = import_records([("a.json", json.dumps(record).encode())], base_sources(), TODAY)
    assert len(outcome.drafts) == 1


@pytest.mark.parametrize("depth", [50, 900, 5000, 100_000])
def test_deep_json_inside_a_record_is_imported_or_refused(depth: int) -> None:
    raw = b'{"code": "9.000001", "name": "x", "keywords": ' + b"[" * depth + b"]" * depth + b"}"
    outcome = import_records([("a.json", raw)], base_sources(), TODAY)
    assert len(outcome.drafts) + outcome.refused == 1
