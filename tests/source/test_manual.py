"""The guide and the editor settings say what the schemas say."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from bad_inputs import findings_of

from niemyet.cli.main import main as run
from niemyet.findings.finding import Diagnostic, Severity, rules
from niemyet.source.loader import Source, kind_of, load_tree, parse_source
from niemyet.source.schema import check_source, kinds, schema
from niemyet.source.schema_tables import main, render_fields, update

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "CONTRIBUTING.md"
REGENERATE = "python -m niemyet.source.schema_tables CONTRIBUTING.md"
TODAY = dt.date(2026, 11, 25)
FEES = "content/fees/ho-tich.yml"
MISTAKES = re.findall(
    r"^\| `([^`]+)` \| `([^`]+)` \| ([A-Z][0-9]{3}) \|", GUIDE.read_text("utf-8"), re.MULTILINE
)
WITH_KEYS = [kind for kind in kinds() if "properties" in schema(kind)]


def rows_of(kind: str) -> dict[str, list[str]]:
    """The cells of each row of a table, by key."""
    lines = render_fields(kind).splitlines()[2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {row[0].strip("`"): row for row in cells}


def keys_in(node: Any) -> set[str]:
    """Every key a schema names, at any depth, shared groups left out."""
    below = [keys_in(part) for part in node.get("properties", {}).values()]
    return set(node.get("properties", {})).union(
        *below, keys_in(node["items"]) if "items" in node else set()
    )


def test_the_guide_is_up_to_date() -> None:
    text = GUIDE.read_text("utf-8")
    assert update(text) == text, f"run: {REGENERATE}"


def test_the_guide_has_a_table_for_every_kind_of_file_and_names_the_command() -> None:
    text = GUIDE.read_text("utf-8")
    assert sorted(re.findall(r"^<!-- fields:([a-z_]+) -->$", text, re.MULTILINE)) == WITH_KEYS
    assert REGENERATE in text


@pytest.mark.parametrize("kind", WITH_KEYS)
def test_a_table_has_five_cells_a_row_and_every_key(kind: str) -> None:
    rows = rows_of(kind)
    assert {len(row) for row in rows.values()} == {5}
    assert {path.rsplit(".", 1)[-1] for path in rows} >= keys_in(schema(kind))


def test_a_row_says_the_key_its_name_whether_it_must_be_there_its_meaning_and_an_example() -> None:
    rows = rows_of("procedure")
    assert rows["code"] == [
        "`code`",
        "Mã thủ tục",
        "có",
        "Mã trong Cơ sở dữ liệu quốc gia về thủ tục hành chính, đặt trong dấu nháy kép.",
        '`"1.001193"`',
    ]
    assert rows["short_name"][2] == "không"


def test_keys_of_nested_groups_are_dotted_and_a_shared_group_is_spelled_out_once() -> None:
    rows = rows_of("procedure")
    assert rows["channels.limit.kind"][2] == "có"
    assert "steps.limit.kind" not in rows
    assert rows["steps.limit"][3].endswith("như `channels.limit`.")


def test_choices_are_listed_with_their_meaning() -> None:
    assert (
        "`by_province` (Do Hội đồng nhân dân cấp tỉnh quyết định)"
        in rows_of("fees")["fees.values.status"][3]
    )
    assert "`counter` (Trực tiếp tại quầy)" in rows_of("procedure")["papers.channels"][3]


@pytest.mark.parametrize("kind", WITH_KEYS)
def test_an_example_can_be_copied_into_any_yaml_reader(kind: str) -> None:
    """PyYAML reads YAML 1.1 and our loader almost nothing but text; quoted as in the guide, both
    find the same value."""
    written = {example.strip("`") for *_, example in rows_of(kind).values() if example}
    assert written
    for example in written:
        source, findings = parse_source("site_config/office.yml", "office", f"key: {example}\n")
        assert source is not None and not findings, example
        assert yaml.safe_load(f"key: {example}") == source.data, example


@pytest.mark.parametrize("kind", WITH_KEYS)
def test_no_key_is_a_word_that_another_yaml_reader_takes_for_something_else(kind: str) -> None:
    assert [key for key in keys_in(schema(kind)) if yaml.safe_load(key) != key] == []


def fee_file(old: str = "", new: str = "") -> Source:
    """The guide's example of a fee as a file, with its last line that says `old` changed to
    `new`."""
    found = re.search(
        r"<!-- example:fees -->\n```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    place = found[1].rindex(old)
    changed = found[1][:place] + new + found[1][place + len(old) :]
    source, findings = parse_source(FEES, "fees", f"name: Phí, lệ phí hộ tịch\nfees:\n{changed}")
    assert source is not None and not findings
    return source


def errors_in(source: Source, rest: list[Source]) -> list[Diagnostic]:
    """The errors in one file, among the other files of the project."""
    findings = findings_of([*rest, source], today=TODAY)
    return [f for f in findings if f.severity is Severity.ERROR and f.position.path == source.path]


@pytest.fixture(scope="module")
def rest() -> list[Source]:
    """The shipped files that a fee refers to."""
    return [
        source
        for source in load_tree(ROOT)[0]
        if source.path != FEES and source.kind != "procedure"
    ]


def test_the_example_of_a_fee_is_without_error(rest: list[Source]) -> None:
    assert errors_in(fee_file(), rest) == []


@pytest.mark.parametrize(("wrong", "right", "code"), MISTAKES)
def test_a_mistake_the_guide_shows_gives_the_code_it_names(
    wrong: str, right: str, code: str, rest: list[Source]
) -> None:
    source = fee_file(right, wrong)
    assert wrong in source.text
    assert [f.code for f in errors_in(source, rest)] == [code]


def test_the_finding_the_guide_shows_is_what_the_check_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = re.search(
        r"<!-- example:finding -->\n```text\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    assert shown is not None
    for folder in ("procedures", "content", "site_config"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / FEES).write_text(fee_file("amount_vnd: 10000", "amount_vnd: 10.000").text, "utf-8")
    assert run(["check", "--root", str(tmp_path), "--today", TODAY.isoformat()]) == 1
    assert shown[1] in capsys.readouterr().out


def test_the_example_of_a_day_off_is_valid() -> None:
    found = re.search(
        r"<!-- example:calendar -->\n```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    text = f'known_until: "2027-12-31"\nsource: Văn bản\ndays_off:\n{found[1]}'
    source, findings = parse_source("site_config/calendar.yml", "calendar", text)
    assert source is not None and not findings
    assert check_source(source) == []


def test_every_code_the_guide_names_exists() -> None:
    named = set(re.findall(r"\b[YSRFDLHPWTI][0-9]{3}\b", GUIDE.read_text("utf-8")))
    assert named
    assert named <= set(rules())


OVERRIDES = ("site_config/i18n/", "site_config/theme/", "site_config/templates/")
"""Folders that a project may have; the sample has none."""


def test_every_file_the_documents_point_at_exists() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "LICENSE-CONTENT.md"):
        text = (ROOT / name).read_text("utf-8")
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
        named = re.findall(r"`((?:site_config|content|procedures|generator|tests)/[\w./-]+)`", text)
        missing = [path for path in (*links, *named) if not (ROOT / path).exists()]
        assert [path for path in missing if not path.startswith(OVERRIDES)] == [], name


def test_only_what_stands_between_the_markers_changes() -> None:
    text = "a\n<!-- fields:calendar -->\nold\n<!-- /fields -->\nb\n"
    new = update(text)
    assert (
        new == f"a\n<!-- fields:calendar -->\n\n{render_fields('calendar')}\n<!-- /fields -->\nb\n"
    )
    assert update(new) == new
    assert update("no markers\n") == "no markers\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!-- fields:giay -->\n<!-- /fields -->\n", "no schema for the kind 'giay'"),
        ("<!-- fields:strings -->\n<!-- /fields -->\n", "no fixed keys"),
        ("<!-- fields:calendar -->\n", "needs a line of its own"),
        (
            "<!-- fields:calendar -->\n<!-- fields:fees -->\n<!-- /fields -->\n",
            "needs a line of its own",
        ),
    ],
)
def test_a_wrong_marker_is_said_instead_of_guessed(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        update(text)


def test_the_command_rewrites_the_files_named(tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text("<!-- fields:calendar -->\n<!-- /fields -->\n", "utf-8")
    main([str(file)])
    assert render_fields("calendar") in file.read_text("utf-8")
    with pytest.raises(SystemExit, match="usage"):
        main([])


def test_the_editor_checks_every_data_file_against_the_schema_the_program_uses() -> None:
    mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    found = {
        file.relative_to(ROOT).as_posix(): Path(name).stem
        for name, globs in mapped.items()
        for glob in ([globs] if isinstance(globs, str) else globs)
        for file in ROOT.glob(glob)
    }
    files = [
        file.relative_to(ROOT).as_posix()
        for top in ("procedures", "content", "site_config")
        for file in (ROOT / top).rglob("*.yml")
    ]
    assert found == {path: kind for path in files if (kind := kind_of(path)) is not None}
    assert all((ROOT / name).is_file() for name in mapped)
