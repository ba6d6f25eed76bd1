"""Every code has its words, every placeholder its value, and both languages say them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml
from bad_inputs import BASE, CASES, TODAY, every_finding_of

from niemyet.findings.finding import (
    MESSAGES_FILE,
    YAML_PROBLEMS_FILE,
    Diagnostic,
    Position,
    plain_problem,
    rule,
    rules,
)
from niemyet.importing.run import import_records
from niemyet.letters.values import fill, source_of_arguments
from niemyet.model.builder import build_catalogue
from niemyet.source.loader import load_tree, parse_source
from niemyet.source.schema import _explain
from niemyet.view.words import Words

GENERATOR = Path(__file__).parents[2] / "generator" / "niemyet"
LANGUAGES = ("vi", "en")
LANGUAGE_PARTS = ("message", "hint", "why")
SHARED_PARTS = ("wrong", "right")
CODE = re.compile(r'"([YSRFDHLPWTI][0-9]{3})"')


@cache
def entries() -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = yaml.safe_load(MESSAGES_FILE.read_text("utf-8"))
    return loaded


def made_elsewhere() -> Iterator[Diagnostic]:
    """Findings that no file in the repository can give: links, pipes, sizes, and rules our schemas
    do not use."""
    at = Position("content/notices/tin.yml")
    yield Diagnostic(code="Y007", position=at, values={"size": "2000000", "limit": "1000000"})
    yield Diagnostic(code="Y009", position=at)
    yield Diagnostic(code="Y015", position=at, values={"reason": "Permission denied"})
    source, _ = parse_source("content/notices/tin.yml", "notice", "kind: camera\n")
    assert source is not None
    yield source.finding("Y018")
    (error,) = jsonschema.Draft202012Validator(
        {"properties": {"kind": {"const": "alert"}}}
    ).iter_errors(source.data)
    yield from _explain(source, error)
    yield from made_by_importing()
    yield from made_by_printing()
    yield from made_by_filling()


def made_by_printing() -> Iterator[Diagnostic]:
    """Findings about sheets; `tests/paper/test_printing.py` makes each of them happen."""
    at = Position("site_config/posters.yml", 5, 16)
    yield Diagnostic(code="P007", position=at, values={"sheet": "a/b", "reason": "x"})
    yield Diagnostic(code="P008", position=at, values={"sheet": "a/b", "word": "x", "length": "30"})
    yield Diagnostic(code="P009", position=at, values={"sheet": "a/b", "near": "a/c"})
    yield Diagnostic(code="P010", position=at, values={"sheet": "a/b", "size": "A1", "paper": "A4"})


def made_by_importing() -> Iterator[Diagnostic]:
    """Findings about records, which are not files of a project."""
    record = (
        "Mã thủ tục: 9.000001\nTên thủ tục: Thả diều\nLĩnh vực: Diều\nTừ khóa: gió\nTừ khóa:"
        " sáo\nCách thức thực hiện:\n  ba ngày\n"
    )
    nameless = ("9.000001\nTên thủ tục: Thả diều", "9.000002")
    changes = (
        ("x", "x"),
        ("x", "x"),
        ("9.000001", "9.00001"),
        nameless,
        (record, ""),
        ("9.000001", "2.000635"),
    )
    files = [
        (f"{number}.txt", record.replace(old, new).encode())
        for number, (old, new) in enumerate(changes)
    ]
    spoilt = (
        ("Lĩnh vực: Diều", f"Lĩnh vực: {'Diều ' * 30}"),
        ("  ba ngày\n", "  * Hình thức nộp: DIRECT\n" * 600),
    )
    files += [
        (f"{old[:2]}.txt", record.replace("000001", f"00001{n}").replace(old, new).encode())
        for n, (old, new) in enumerate(spoilt)
    ]
    yield from import_records(files, load_tree(BASE)[0], TODAY).findings
    yield Diagnostic(code="I009", position=Position("a.txt"), values={"problem": "“x” dài quá"})


def made_by_filling() -> Iterator[Diagnostic]:
    """Findings about what staff give for a letter, which is no file of a project."""
    blanks = """
  - {id: ho_ten, label: Tên, required: true}
  - {id: ly_do, label: Lý do, role: reason, required: true}
  - {id: ngay_hen, label: Ngày hẹn, kind: date, role: first_date, required: true}
  - {id: ngay_moi, label: Ngày mới, kind: date, role: new_date, days: so_ngay, required: true}"""
    head = (
        "kind: apology_late\ntitle: Thư\npurpose: Xin lỗi\nwhen: Khi trễ\nsource:"
        " Mẫu\nmust_contain: [Lý do]\nparagraphs: [Xin lỗi]"
    )
    source, _ = parse_source("content/letters/thu.yml", "letter", f"{head}\nblanks:{blanks}\n")
    assert source is not None
    catalogue, _ = build_catalogue([*load_tree(GENERATOR.parents[1])[0], source], TODAY)
    letter, words = catalogue.letters["thu"], Words(catalogue, "vi")
    for given in (
        ["ly_doo=x", "mau_sac=x", "ho_ten=…", "ngay_hen=31/11", "so_ngay=999"],
        ["ngay_moi=2026-11-29", "ho_ten=王"],
        ["ngay_moi=2030-01-04", f"ho_ten={'x' * 41}"],
        ["ngay_hen=2026-11-25", "ngay_moi=2026-11-25"],
        ["so_ngay=2", "ngay_moi=2026-11-25"],
    ):
        yield from fill(letter, [source_of_arguments(given)[0]], words, TODAY, range(0x2000))[1]
    for text in ("- a", "ly_do: [a]"):
        file, _ = parse_source("thu.yml", "values", text)
        assert file is not None
        yield from fill(letter, [file], words, TODAY)[1]
    yield letter.origin.finding("P118", letter="late", problem="x")


def all_findings() -> list[Diagnostic]:
    return [finding for case in CASES for finding in every_finding_of(case)] + list(
        made_elsewhere()
    )


def placeholders(code: str) -> set[str]:
    texts = [rule(code).sentence(lang, part) for lang in LANGUAGES for part in ("message", "hint")]
    return {
        name
        for text in texts
        for _, name, _, _ in string.Formatter().parse(text)
        if name is not None
    }


def test_the_codes_of_the_program_and_of_the_messages_are_the_same() -> None:
    used = {
        code for path in GENERATOR.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))
    }
    assert used == set(rules())


@pytest.mark.parametrize("code", list(rules()))
def test_a_message_is_complete_in_both_languages(code: str) -> None:
    entry = entries()[code]
    assert list(entry) == ["severity", *LANGUAGES, *SHARED_PARTS]
    for lang in LANGUAGES:
        texts = entry[lang]
        assert isinstance(texts, dict)
        assert list(texts) in ([*LANGUAGE_PARTS], [*LANGUAGE_PARTS, "source"])
        assert all(text.strip() == text != "" for text in texts.values())
        assert texts.get("source", ".").endswith(".")
        assert texts["message"].endswith((".", "?")), "a message is a sentence"
        assert texts["why"].endswith(".")
        assert not texts["hint"].endswith("."), "a hint goes on in its line"
    assert all(str(entry[part]).strip() for part in SHARED_PARTS)
    assert entry["wrong"] != entry["right"]
    assert ("source" in entry["vi"]) == ("source" in entry["en"])  # type: ignore[operator]


@pytest.mark.parametrize("code", list(rules()))
def test_a_message_has_no_jargon(code: str) -> None:
    jargon = re.compile(
        r"\b(?:schema|regex|pattern|null|string|integer|array|object|boolean|parse|token|enum)\b",
        re.IGNORECASE,
    )
    for lang in LANGUAGES:
        for part in LANGUAGE_PARTS:
            assert not jargon.search(re.sub(r"\{\w+\}", "", rule(code).sentence(lang, part))), (
                code,
                lang,
                part,
            )


def test_codes_stand_in_the_order_of_the_manual() -> None:
    letters = [code[0] for code in rules()]
    assert list(dict.fromkeys(letters)) == list("YSRFDLHPWTI")
    assert letters == sorted(letters, key="YSRFDLHPWTI".index)
    for letter in set(letters):
        numbers = [int(code[1:]) for code in rules() if code[0] == letter]
        blocks = {
            number // 100: [n for n in numbers if n // 100 == number // 100] for number in numbers
        }
        for hundred, block in blocks.items():
            assert block == list(range(hundred * 100 + 1, hundred * 100 + len(block) + 1))


def test_every_code_is_met_with_all_the_values_its_words_need() -> None:
    given: dict[str, list[set[str]]] = {}
    for finding in all_findings():
        given.setdefault(finding.code, []).append(set(finding.values))
    assert set(given) == set(rules())
    lacking = {
        code: placeholders(code) - set.intersection(*values) for code, values in given.items()
    }
    assert {code: names for code, names in lacking.items() if names} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_can_be_said(lang: str) -> None:
    for finding in all_findings():
        for said in (finding.message(lang), finding.hint(lang)):
            assert said.strip() and "{" not in re.sub(r"“[^”]*”|\[.*\]", "", said), (
                finding.code,
                said,
            )
            assert "““" not in said and "..." not in said, said


def test_what_is_asked_in_an_unknown_language_is_said_in_vietnamese() -> None:
    finding = Diagnostic(code="Y006", position=Position("a.yml"))
    assert finding.message("km") == finding.message("vi") != finding.message("en")


def test_braces_in_a_value_are_not_placeholders() -> None:
    finding = Diagnostic(code="Y014", position=Position("a.yml"), values={"name": "{x} {0} {"})
    assert "{x} {0} {" in finding.message("vi")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('a: "x', "mở ra mà chưa đóng"),
        ("a: [1", "chưa đóng bằng ]"),
        ("a: {b: 1", "chưa đóng bằng }"),
        ("a: b: c", "hai dấu hai chấm"),
        ("a:\n  - b\n c", "thụt đầu dòng"),
        ("- a\nb: c", "dấu gạch ngang"),
        ("- a\n-b\n", "thiếu dấu hai chấm"),
        ("a: @b", "ký tự đặc biệt"),
        ('a: "C:\\q"', "dấu \\"),
        ('a: "\\xg"', "dấu \\"),
        ('a: "\\ud800"', "dấu \\"),
        ("a: ]", "đóng ngoặc thừa"),
        ("a: - b", "phải đứng ở dòng riêng"),
        ("a: |x\n", "phải xuống dòng"),
        ("a: !b!c d", "dấu !"),
        ("a: !<b", "dấu !"),
        ("%YAML 3.0\n---\na", "dấu %"),
    ],
)
def test_what_the_yaml_reader_says_is_put_in_plain_vietnamese(text: str, part: str) -> None:
    _, findings = parse_source("content/notices/tin.yml", "notice", text)
    (finding,) = findings
    assert part in finding.message("vi")
    assert finding.values["problem"] in finding.message("en")


def test_every_plain_problem_is_one_that_the_reader_can_have() -> None:
    table = yaml.safe_load(YAML_PROBLEMS_FILE.read_text("utf-8"))
    assert len(table) >= 12
    for english, vietnamese in table.items():
        assert plain_problem(english, "vi") == vietnamese, "an earlier fragment hides this one"
        assert plain_problem(english, "en") == english
    assert plain_problem("something new", "vi") == "something new"


def test_the_base_is_about_a_day_that_all_bad_inputs_share() -> None:
    assert f'"{TODAY}"' in (BASE / "procedures/ho-tich/dang-ky-khai-sinh.yml").read_text("utf-8")
