"""A record as a draft: every row of it is there, nothing is made up, and doubts are listed."""

from __future__ import annotations

from typing import Any

import pytest
from records import KITE, TODAY, base_sources, changed, data, draft, imported, problems, read

from niemyet.importing.draft import make_draft
from niemyet.importing.known_names import ENGLISH_FILE, english_names, open_ledger
from niemyet.importing.laws import read_document
from niemyet.importing.national_record import LegalRow
from niemyet.importing.steps import read_steps
from niemyet.source.loader import parse_source
from niemyet.source.schema import is_valid

COUNTER = (
    "  * Hình thức nộp: DIRECT\n    Thời hạn giải quyết: {limit}\n    Phí, lệ phí: {fee}\n    Mô"
    " tả: {note}\n"
)


def channels(*rows: tuple[str, str, str]) -> tuple[str, str]:
    """A change of the record: its ways to hand in become rows at the counter."""
    start = KITE.index("  * Hình thức")
    new = "".join(COUNTER.format(limit=limit, fee=fee, note=note) for limit, fee, note in rows)
    return KITE[start : KITE.index("\nThành phần hồ sơ")], new


def fees_of(text: str) -> list[dict[str, Any]]:
    return [
        fee
        for path, entries in draft(text).additions.entries.items()
        if "/fees/" in path
        for fee in entries
    ]


def test_a_tidy_record_becomes_a_procedure_that_obeys_the_schema() -> None:
    made = data()
    assert is_valid("procedure", made)
    assert made["code"] == "9.000001"
    assert made["name"] == "Đăng ký thả diều"
    assert made["sector"] == "ho-tich"
    assert made["decision"] == {"number": "12/QĐ-BTD"}
    assert made["applicants"] == ["cong-dan", "can-bo-cong-chuc-vien-chuc"]
    assert made["results"] == ["Giấy thả diều", "Thẻ diều"]
    assert made["conditions"] == ["Diều nhẹ.", "Có dây."]
    assert made["aliases"] == ["diều giấy", "sáo diều"]
    assert [row["limit"] for row in made["channels"]] == [
        {"kind": "working_days", "value": 3},
        {"kind": "working_days", "value": "7.5"},
    ]
    assert made["channels"][1]["note"] == "Qua Cổng dịch vụ công."
    assert made["notes"] == ["Diều không được có đèn."]
    assert (made["verification"], made["verified_on"], made["review_by"]) == (
        "national_base",
        "2026-11-24",
        "2027-02-22",
    )


def test_the_file_is_named_after_the_procedure_and_by_code_where_the_name_is_taken() -> None:
    assert draft(KITE).path == "procedures/ho-tich/dang-ky-tha-dieu.yml"
    first, second = imported(KITE, changed(("9.000001", "9.000002"))).drafts
    assert second.path == "procedures/ho-tich/dang-ky-tha-dieu-9-000002.yml" != first.path
    long = draft(changed(("đăng ký thả diều.", "đăng ký thả diều " * 20))).slug
    assert len(long) <= 80 and not long.endswith("-")


@pytest.mark.parametrize(
    "code",
    [
        "1.0133611",
        "1.014955-Xoa",
        "2.009182739",
        "T-TVH-284957-TT",
        "",
        "Không có thông tin",
        "../../x",
    ],
)
def test_a_code_that_cannot_be_used_is_refused_and_quoted(code: str) -> None:
    outcome = imported(changed(("9.000001", code)))
    assert outcome.refused == 1 and outcome.drafts == [] and outcome.planned == {}
    (finding,) = [f for f in outcome.findings if f.code == "I002"]
    assert finding.position.line == 2 and (code in finding.values["written"] or "thông tin" in code)


def test_an_older_code_is_brought_to_its_present_form_and_kept() -> None:
    made = data(("9.000001", "9.000001.000.00.00.H37"))
    assert (made["code"], made["previous_codes"]) == ("9.000001", ["9.000001.000.00.00.H37"])


def test_a_record_without_a_name_is_refused() -> None:
    outcome = imported(changed(("Thủ tục đăng ký thả diều.", "Không có thông tin")))
    assert [f.code for f in outcome.findings] == ["I003"] and outcome.planned == {}


def test_the_same_code_twice_in_one_import_is_refused() -> None:
    outcome = imported(KITE, KITE)
    assert (len(outcome.drafts), outcome.refused) == (1, 1)
    assert [f.code for f in outcome.findings if f.code == "I008"] == ["I008"]


def test_a_name_in_capitals_is_written_as_a_sentence_and_listed() -> None:
    for shouted, name in (
        ("THỦ TỤC ĐĂNG KÝ\nTHẢ  DIỀU", "Đăng ký thả diều"),
        ("ĐĂNG KÝ THẢ DIỀU (Cấp xã)", "Đăng ký thả diều (cấp xã)"),
    ):
        made = data(("Thủ tục đăng ký thả diều.", shouted))
        assert made["name"] == name and "name" in problems(made)
    assert "name" not in problems(data())


@pytest.mark.parametrize("number", ["205/TTr-SNNMT", "Demo/QĐ-BCA"])
def test_a_number_that_is_no_decision_is_left_out_and_listed(number: str) -> None:
    made = data(("12/QĐ-BTD", number))
    assert "decision" not in made and problems(made)["decision"]


@pytest.mark.parametrize(
    ("written", "number"),
    [("Quyết định số 518/QĐ-BQP", "518/QĐ-BQP"), ("168./QĐ-BNV", "168./QĐ-BNV")],
)
def test_words_before_the_number_of_a_decision_are_left_out(written: str, number: str) -> None:
    assert data(("12/QĐ-BTD", written))["decision"] == {"number": number}


def test_papers_keep_copies_and_order_and_their_nature_comes_from_the_heading() -> None:
    assert [(p["name"], p["nature"], p["originals"], p["copies"]) for p in data()["papers"]] == [
        ("Đơn xin thả diều", "submit", 1, 0),
        ("Ảnh con diều", "present", 0, 2),
    ]


def test_headings_that_are_cases_become_cases_and_other_headings_stay_with_the_paper() -> None:
    big, small = (
        ("* Giấy tờ phải nộp:", "a) Trường hợp diều to:"),
        ("* Giấy tờ phải xuất trình:", "b) Trường hợp diều nhỏ:"),
    )
    made = data(big, small)
    assert [case["name"] for case in made["cases"]] == ["Trường hợp diều to", "Trường hợp diều nhỏ"]
    assert [paper["cases"] for paper in made["papers"]] == [[case["id"]] for case in made["cases"]]
    made = data(("[ * Giấy tờ phải nộp: ]", "[ Hồ sơ của người thả ]"))
    assert "cases" not in made and "Hồ sơ của người thả" in made["papers"][0]["note"]


def test_a_long_paper_has_a_short_name_and_the_whole_text_beside_it() -> None:
    long = "Đơn xin thả diều theo mẫu của phường. " + "Ghi rõ màu, cỡ và số sáo của con diều. " * 8
    paper, *_ = data(("Đơn xin thả diều;", long))["papers"]
    assert paper["name"] == "Đơn xin thả diều theo mẫu của phường"
    assert paper["note"] == long.strip()


def test_no_paper_in_the_source_is_said_instead_of_left_empty() -> None:
    made = data(
        ("Bản chính: 1, Bản sao: 0", "Bản chính: 0, Bản sao: 0"),
        ("Bản chính: 0, Bản sao: 2", "Bản chính: 0, Bản sao: 0"),
    )
    assert "papers" not in made and made["papers_note"]
    assert set(made["notes"]) == {"Đơn xin thả diều;", "Ảnh con diều", "Diều không được có đèn."}


def test_rows_of_one_way_become_cases_and_none_is_lost() -> None:
    change = channels(
        ("34 WORKING_DAY", "0 VNĐ ()", "Nộp tại quầy. - Trường hợp diều to: 34 ngày."),
        ("10 WORKING_DAY", "0 VNĐ ()", "Nộp tại quầy. - Trường hợp diều nhỏ: 10 ngày."),
        ("10 WORKING_DAY", "0 VNĐ ()", "Nộp tại quầy. - Trường hợp diều nhỏ: 10 ngày."),
    )
    made = data(change)
    assert len(made["channels"]) == 3
    assert len({tuple(row["cases"]) for row in made["channels"]}) == 3
    assert [case["name"] for case in made["cases"]] == [
        "Trường hợp diều to",
        "Trường hợp diều nhỏ",
        "Trường hợp diều nhỏ (2)",
    ]
    assert len({case["name"] for case in made["cases"]}) == 3


def test_rows_that_differ_only_in_their_limit_are_counted() -> None:
    made = data(channels(("3 ngày", "0 VNĐ ()", ""), ("5 ngày", "0 VNĐ ()", "")))
    assert [case["name"] for case in made["cases"]] == ["Trường hợp 1", "Trường hợp 2"]


def test_no_way_to_hand_in_is_listed_and_not_invented() -> None:
    start = KITE.index("  * Hình thức")
    made = data((KITE[start : KITE.index("\nThành phần hồ sơ")], ""))
    assert made["channels"] == [{"channel": "counter", "limit": {"kind": "not_specified"}}]
    assert "channels[0]" in problems(made)


AFTER_THREE = (
    "Trường hợp hồ sơ đầy đủ thì tiếp nhận; nếu nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày"
    " làm việc tiếp theo."
)


@pytest.mark.parametrize("written", ["1 OTHER", " OTHER", ""])
def test_the_three_o_clock_rule_is_the_limit_where_the_steps_set_it_for_the_whole_procedure(
    written: str,
) -> None:
    made = data(("Nộp đơn.", AFTER_THREE), ("3 WORKING_DAY", written))
    assert made["channels"][0]["limit"] == {"kind": "same_day", "cutoff": "15:00"}
    (row,) = [row for row in made["to_review"] if row["at"] == "channels[0].limit"]
    assert AFTER_THREE.rstrip(".") in row["original"]
    assert made["channels"][1]["limit"] == {"kind": "working_days", "value": "7.5"}


@pytest.mark.parametrize(
    "words",
    [
        "Đối với diều to, nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo.",
        "Nhận hồ sơ diều to sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo.",
        f"{AFTER_THREE} Nếu phải xác minh thì không quá 03 ngày làm việc.",
    ],
)
def test_a_three_o_clock_rule_for_some_is_a_hint_and_not_a_limit(words: str) -> None:
    made = data(("Nộp đơn.", words), ("3 WORKING_DAY", "1 OTHER"))
    assert made["channels"][0]["limit"]["kind"] == "text"
    assert any("same_day" in row["problem"] and row["original"] for row in made["to_review"])


def test_a_fee_of_one_way_is_bound_to_it_and_the_other_says_nothing() -> None:
    made = data()
    assert [(use["fee"], use["channels"]) for use in made["fees"]] == [
        ("phi-9-000001-dang-ky-tha-dieu", ["counter"]),
        ("chua-neu", ["online"]),
    ]
    fee = next(fee for fee in fees_of(KITE) if fee["id"] != "chua-neu")
    assert fee["values"][0]["amount_vnd"] == 8000 and fee["unit"] == "ban"
    assert fee["values"][0]["from_is"] == "observed"


def test_the_same_fee_for_every_way_is_bound_to_none() -> None:
    assert data(("8000 VNĐ (/bản)", "0 VNĐ ()"))["fees"] == [{"fee": "chua-neu"}]


def test_variants_in_one_row_are_fees_of_their_own_with_the_words_of_the_source() -> None:
    change = ("8000 VNĐ (/bản)", "5000 VNĐ (Diều nhỏ) | 9000 VNĐ (Diều to)")
    uses = data(change)["fees"]
    assert len({fee["id"] for fee in fees_of(changed(change))}) == 3
    assert [use.get("when") for use in uses] == ["Diều nhỏ", "Diều to", None]
    assert [
        fee["values"][0].get("amount_vnd")
        for fee in fees_of(changed(change))
        if fee["id"] != "chua-neu"
    ] == [5000, 9000]


def test_an_amount_without_any_law_is_not_stated_and_keeps_its_words() -> None:
    start = KITE.index("  * Luật Thả diều")
    text = changed((KITE[start : KITE.index("\nYêu cầu")], ""))
    fee = next(fee for fee in fees_of(text) if fee["id"] != "chua-neu")
    assert (
        fee["values"][0]["status"] == "not_stated" and "8.000 đồng/bản" in fee["values"][0]["note"]
    )
    assert data((KITE[start : KITE.index("\nYêu cầu")], ""))["legal"] == []


def test_a_law_the_project_has_is_led_to_and_a_new_one_is_added_unchecked() -> None:
    made = draft(KITE)
    assert made.data["legal"] == ["luat-7-2025-qh15", "luat-60-2014-qh13", "tt-8-2025-tt-btd"]
    new, _ = made.additions.entries["content/legal/csdl-ho-tich.yml"]
    assert (new["number"], new["kind"], new["status"], new["verification"]) == (
        "7/2025/QH15",
        "law",
        "not_checked",
        "national_base",
    )


@pytest.mark.parametrize(
    ("row", "number", "kind"),
    [
        ("Về diều (07/2025/NĐ-CP)", "07/2025/NĐ-CP", "decree"),
        ("Về diều (Thông tư số 03/2023/TT-BTP)", "03/2023/TT-BTP", "circular"),
        ("Về diều (72/2022//NĐ-CP)", "72/2022/NĐ-CP", "decree"),
        ("Về diều (250/QĐ - TTg)", "250/QĐ-TTg", "decision"),
        ("Nghị quyết về diều (190/2025/QH15)", "190/2025/QH15", "resolution"),
        ("Bộ luật Diều (91/2015/QH13)", "91/2015/QH13", "code"),
        ("Pháp lệnh Diều (Pháp lệnh số: 02/2020/UBTVQH14)", "02/2020/UBTVQH14", "ordinance"),
        ("Về diều (18/2009/TTLT/BGDĐT-BTC)", "18/2009/TTLT/BGDĐT-BTC", "joint_circular"),
        ("Về diều (2754/BHXH-CSXH)", "2754/BHXH-CSXH", "other"),
        ("Nghị định số 9/2024/NĐ-CP về diều (xem thêm)", "9/2024/NĐ-CP", "decree"),
    ],
)
def test_the_number_and_the_kind_of_a_law_are_read_from_any_spelling(
    row: str, number: str, kind: str
) -> None:
    made = draft(changed(("Luật Thả diều (7/2025/QH15)", row)))
    new = made.additions.entries["content/legal/csdl-ho-tich.yml"][0]
    assert (new["number"], new["kind"]) == (number, kind)


def test_one_law_written_with_and_without_a_zero_is_one_law() -> None:
    made = draft(
        changed(("  * Luật Hộ tịch (Luật 60/2014/QH13)", "  * Luật Thả diều (07/2025/QH15)"))
    )
    assert made.data["legal"] == ["luat-7-2025-qh15", "tt-8-2025-tt-btd"]


@pytest.mark.parametrize(
    ("office", "body", "is_sure"),
    [
        ("Ủy ban nhân dân xã, phường", "ubnd", True),
        ("Uỷ ban Nhân dân cấp xã", "ubnd", True),
        ("Thuế cơ sở", "ubnd", False),
        ("Không có thông tin", "ubnd", False),
    ],
)
def test_who_receives_is_taken_from_the_source_or_listed(
    office: str, body: str, is_sure: bool
) -> None:
    made = data(("Ủy ban nhân dân xã, phường", office))
    assert made["receiving"]["body"] == body
    assert ("receiving.body" not in problems(made)) is is_sure


def test_an_unknown_sector_is_added_in_every_language_and_reported() -> None:
    outcome = imported(changed(("Lĩnh vực: Hộ tịch", "Lĩnh vực: Diều – Sáo")))
    assert outcome.drafts[0].path.startswith("procedures/dieu-sao/")
    assert [f.values["id"] for f in outcome.findings if f.code == "I007"] == [
        "dieu-sao",
        "can-bo-cong-chuc-vien-chuc",
    ]
    vocabulary = outcome.planned["site_config/vocabulary.yml"]
    assert "id: dieu-sao" in vocabulary and vocabulary.index("dieu-sao") < vocabulary.index(
        "life_events:"
    )
    same = imported(
        changed(("Hộ tịch\n", "Diều – Sáo\n")),
        changed(("Hộ tịch\n", "Diều - Sáo\n"), ("9.000001", "9.000002")),
    )
    assert {made.data["sector"] for made in same.drafts} == {"dieu-sao"}


def test_an_added_word_has_its_english_name_where_one_is_known() -> None:
    (word,) = draft(changed(("Lĩnh vực: Hộ tịch", "Lĩnh vực: Thuỷ lợi"))).additions.words["sectors"]
    assert word["name"] == {"vi": "Thuỷ lợi", "en": "Irrigation"}
    (word,) = draft(changed(("Lĩnh vực: Hộ tịch", "Lĩnh vực: Diều"))).additions.words["sectors"]
    assert word["name"] == {"vi": "Diều", "en": "Diều"}
    source, findings = parse_source("x.yml", "", ENGLISH_FILE.read_text("utf-8"))
    assert source is not None and findings == [] and len(english_names()) == len(source.data)


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (("Bước 1: Nộp.", "- kèm ảnh", "Bước 2: Nhận."), ["Nộp", "Nhận"]),
        (("Bước 1: Nộp. Bước 2: Nhận.",), ["Nộp", "Nhận"]),
        (("- Nộp.", "+ kèm ảnh", "- Nhận."), ["Nộp", "Nhận"]),
        (("a) Nộp.", "- kèm ảnh", "b) Nhận."), ["a) Nộp", "b) Nhận"]),
        (("(i) Nộp.", "(ii) Nhận."), ["(i) Nộp", "(ii) Nhận"]),
        (("Nộp.", "Nhận."), ["Nộp", "Nhận"]),
        (
            ("Bước 1: Nộp.", "Bước 2: Nhận.", "Bước 1: Sửa."),
            ["Bước 1: Nộp", "Bước 2: Nhận", "Bước 1: Sửa"],
        ),
        (("Bước 1", "Nộp.", "Bước 2", "Nhận."), ["Nộp", "Nhận"]),
        (("+ Nộp.", "+ Nhận."), ["Nộp", "Nhận"]),
    ],
)
def test_steps_are_parted_where_the_source_counts_them(
    lines: tuple[str, ...], titles: list[str]
) -> None:
    start, end = KITE.index("    Bước 1"), KITE.index("\nCách thức")
    text = changed((KITE[start:end], "\n".join(f"    {line}" for line in lines) + "\n"))
    steps = read_steps(read(text).steps)
    assert [step["title"] for step in steps] == titles
    words = " ".join(f"{step['title']} {step.get('text', '')}" for step in steps)
    assert ("kèm ảnh" in words) is any("kèm ảnh" in line for line in lines)


def test_a_draft_can_be_kept_from_the_site() -> None:
    made, _ = make_draft(read(KITE), open_ledger(base_sources()), TODAY, "draft")
    assert made is not None and made.data["status"] == "draft"


def test_a_description_that_repeats_the_conditions_is_dropped_and_another_is_kept() -> None:
    assert "Diều nhẹ." not in data()["notes"]
    assert "Diều vui." in data(("Mô tả: - Diều nhẹ.", "Mô tả: - Diều vui."))["notes"]


def test_a_legal_row_without_a_word_is_no_fault_of_the_program() -> None:
    made = read_document(LegalRow(title="", number="", line=1))
    assert made.data["number"] == "…" and made.data["title"] == "…" and made.problem


def test_a_number_that_was_cut_off_is_joined_to_the_one_document_it_begins() -> None:
    cut = ("  * Luật Hộ tịch (Luật 60/2014/QH13)", "  * Luật Hộ tịch (60/2014/QH)")
    made = draft(changed(cut))
    assert "luat-60-2014-qh13" in made.data["legal"]
    assert not any(
        new["number"].startswith("60/2014")
        for new in made.additions.entries["content/legal/csdl-ho-tich.yml"]
    )
    assert "60/2014/QH → " in next(
        row["original"] for row in made.data["to_review"] if row["at"] == "legal[1]"
    )


def test_a_number_that_two_documents_begin_with_is_a_document_of_its_own() -> None:
    ledger = open_ledger(base_sources())
    for number in ("9/2025/NĐ-CP", "9/2025/NĐ-CT"):
        ledger.learn_document({"id": number.replace("/", "-").lower(), "number": number})
    assert (
        ledger.whole_number("9 2025 nd c") == ""
        and ledger.whole_number("9 2025 nd cp") == "9-2025-nđ-cp"
    )
    assert ledger.whole_number("9 2025") == "" and ledger.whole_number("8 2025 nd c") == ""


def test_a_paper_longer_than_a_note_may_be_is_kept_whole_and_listed() -> None:
    words = [f"chiếc diều số {n} màu đỏ." for n in range(500)]
    made = data(("Đơn xin thả diều;", "Đơn xin thả diều. Ghi rõ " + " ".join(words)))
    kept = " ".join([made["papers"][0]["note"], *made["notes"]])
    assert all(word in kept for word in words)
    assert "quá dài" in problems(made)["papers[0].note"]


@pytest.mark.parametrize(
    "office", ["Công an xã, Ủy ban nhân dân xã", "Công an xã", "Không có thông tin"]
)
def test_where_to_hand_in_is_listed_where_it_is_unclear(office: str) -> None:
    ledger = open_ledger(base_sources())
    made, _ = make_draft(read(changed(("Ủy ban nhân dân xã, phường", office))), ledger, TODAY)
    assert made is not None
    is_clear = office == "Công an xã" and "cong-an" in ledger.bodies
    assert ("receiving.body" in problems(made.data)) is not is_clear


def test_a_sentence_in_place_of_an_applicant_is_listed_and_makes_no_word() -> None:
    made = draft(changed(("Công dân Việt Nam", "Công dân thả diều " * 20)))
    assert made.additions.words.get("applicants", []) == [] or all(
        len(w["national_names"][0]) < 120 for w in made.additions.words["applicants"]
    )
    assert "applicants" in problems(made.data)
