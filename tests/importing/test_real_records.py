"""Every real record at hand is imported whole or refused with a reason. The records are not part of
the project."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from records import TODAY
from shipped import PROJECT

from niemyet.findings.finding import Diagnostic, Severity
from niemyet.importing.run import Outcome, import_records
from niemyet.publish.project import load_project
from niemyet.source.loader import load_tree, write_files
from niemyet.source.schema import is_valid

FOLDER = PROJECT.parent / "shared/data/national-records"
WHOLE = (
    ("conditions", "Yêu cầu, điều kiện thực hiện", "Từ khóa"),
    ("results", "Kết quả thực hiện", "Căn cứ pháp lý"),
)

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="../shared/data/national-records is not here"
)

COPIES = re.compile(
    r"^    - (.*?)\n      Số lượng: Bản chính: (\d+), Bản sao: (\d+)$", re.MULTILINE | re.DOTALL
)


def files() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.txt"))]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped office without its procedures, so that every record is new to it."""
    made = tmp_path_factory.mktemp("imported")
    for folder in ("content", "site_config"):
        shutil.copytree(PROJECT / folder, made / folder)
    return made


@pytest.fixture(scope="module")
def outcome(root: Path) -> Outcome:
    made = import_records(files(), load_tree(root)[0], TODAY)
    write_files(
        root, made.planned, [path.relative_to(root).as_posix() for path in root.rglob("*.yml")]
    )
    return made


@pytest.fixture(scope="module")
def findings(root: Path, outcome: Outcome) -> list[Diagnostic]:
    return list(load_project(root, TODAY).findings)


def letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFC", text).lower() if char.isalnum())


def block(text: str, start: str, end: str) -> str:
    found = re.search(rf"^{start}:(.*?)^{end}:", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def pairs(outcome: Outcome) -> Iterator[tuple[str, dict[str, Any]]]:
    texts = {name: unicodedata.normalize("NFC", raw.decode("utf-8-sig")) for name, raw in files()}
    for draft in outcome.drafts:
        yield texts[draft.record.path], draft.data


def test_every_record_is_imported_or_refused_with_a_reason(outcome: Outcome) -> None:
    assert outcome.read == len(files()) > 0
    assert len(outcome.drafts) + outcome.refused == outcome.read
    errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    assert len(errors) == outcome.refused
    assert "I009" not in [finding.code for finding in errors]


def test_every_draft_obeys_the_schema(outcome: Outcome) -> None:
    assert [draft.path for draft in outcome.drafts if not is_valid("procedure", draft.data)] == []


def test_the_imported_project_has_no_error_but_what_the_office_itself_leads_to(
    findings: list[Diagnostic],
) -> None:
    """Settings and life events of the shipped office lead to procedures that were not among the
    records."""
    errors = [f for f in findings if f.severity is Severity.ERROR]
    assert {(f.code, f.position.path.split("/")[0]) for f in errors} <= {("R001", "site_config")}
    assert "Y018" not in {f.code for f in findings}


def test_every_channel_row_is_there_in_its_order(outcome: Outcome) -> None:
    ways = {"DIRECT": "counter", "ONLINE": "online", "POSTAL": "post"}
    for text, data in pairs(outcome):
        rows = re.findall(
            r"^  \* Hình thức nộp: (\w+)",
            block(text, "Cách thức thực hiện", "Thành phần hồ sơ"),
            re.MULTILINE,
        )
        assert [row["channel"] for row in data["channels"]] == [ways[row] for row in rows], data[
            "code"
        ]


def test_every_paper_is_there_with_its_copies_and_every_other_row_is_a_note(
    outcome: Outcome,
) -> None:
    for text, data in pairs(outcome):
        rows = COPIES.findall(block(text, "Thành phần hồ sơ", "Đối tượng thực hiện"))
        wanted = [
            (int(originals), int(copies))
            for _, originals, copies in rows
            if (originals, copies) != ("0", "0")
        ]
        assert [
            (paper["originals"], paper["copies"]) for paper in data.get("papers", [])
        ] == wanted, data["code"]
        words = letters(
            " ".join(f"{p['name']} {p.get('note', '')}" for p in data.get("papers", []))
            + " ".join(data.get("notes", []))
        )
        assert [words_of for words_of, *_ in rows if letters(words_of)[:3000] not in words] == [], (
            data["code"]
        )


def test_no_step_condition_or_result_is_lost(outcome: Outcome) -> None:
    for text, data in pairs(outcome):
        for key, start, end in WHOLE:
            wanted = block(text, start, end)
            if "Không có thông tin" not in wanted:
                assert letters("".join(data[key])) == letters(wanted), data["code"]
        steps = letters(
            "".join(f"{step['title']} {step.get('text', '')}" for step in data["steps"])
        )
        lines = block(text, "Trình tự thực hiện", "Cách thức thực hiện").splitlines()
        for part in (part for line in lines for part in re.split(r"(?<=[.;:])\s+(?=Bước\s)", line)):
            assert letters(re.sub(r"^\W*Bước\s+\d+", "", part))[:3000] in steps, data["code"]


def test_no_amount_is_made_up(outcome: Outcome) -> None:
    texts = dict(files())
    for draft in outcome.drafts:
        raw = re.sub(r"(?<=\d)\.(?=\d{3})", "", texts[draft.record.path].decode("utf-8-sig"))
        for path, entries in draft.additions.entries.items():
            for value in (
                value for entry in entries if "/fees/" in path for value in entry["values"]
            ):
                assert "amount_vnd" not in value or re.search(
                    rf"(?<!\d){value['amount_vnd']}(?!\d)", raw
                ), draft.path


def test_the_same_folder_again_changes_nothing(root: Path, outcome: Outcome) -> None:
    again = import_records(files(), load_tree(root)[0], TODAY)
    assert len(again.unchanged) == len(outcome.drafts)
    assert again.planned == {}
