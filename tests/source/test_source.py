"""Whatever a clerk writes becomes data with places or findings, never an exception."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bad_inputs import CASES, ROOT, TODAY, base_texts, every_rule_about, files_of
from hypothesis import given, settings
from hypothesis import strategies as st

from niemyet.findings.finding import Diagnostic
from niemyet.model.catalogue import build_catalogue
from niemyet.source.loader import Source, atomic_write, kind_of, parse_source
from niemyet.source.schema import check_source, kinds
from niemyet.source.yaml_reader import MAX_DEPTH, lines_of

PATH = "content/notices/tin.yml"
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
WORDS = st.from_regex(r"[A-Za-zÀ-ỹđĐ][A-Za-zÀ-ỹđĐ0-9 .,/%()-]{0,20}[a-z0-9]", fullmatch=True)
SCALARS = WORDS | st.integers(-(10**17), 10**17) | st.booleans()
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=20,
)
YAML_LIKE = st.text(
    st.sampled_from(list("ab:-?[]{}&*!|>'\"%@`#,~ \n\t\\0.é\u202e\ufeff\u2028\x00\r")), max_size=80
)


def load(text: str) -> tuple[Source | None, list[Diagnostic]]:
    return parse_source(PATH, "notice", text)


def data_of(text: str) -> Any:
    source, findings = load(text)
    assert source is not None and findings == []
    return source.data


def as_yaml(value: Any, indent: int = 0) -> str:
    """Block style, one scalar a line, as a clerk writes."""
    pad = "  " * indent
    if isinstance(value, dict):
        parts = []
        for key, part in value.items():
            below = as_yaml(part, indent + 1)
            parts.append(
                f"{pad}{key}:\n{below}" if isinstance(part, dict | list) else f"{pad}{key}: {below}"
            )
        return "".join(parts)
    if isinstance(value, list):
        return "".join(
            f"{pad}-\n{as_yaml(p, indent + 1)}"
            if isinstance(p, dict | list)
            else f"{pad}- {as_yaml(p)}"
            for p in value
        )
    return f"{str(value).lower() if isinstance(value, bool) else value}\n"


def scalars(
    value: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from scalars(part, (*at, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from scalars(part, (*at, i))
    else:
        yield at, value


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=4))
@settings(deadline=None)
def test_every_data_path_has_a_place_whose_text_starts_its_value(data: dict[str, Any]) -> None:
    source, findings = load(unicodedata.normalize("NFC", as_yaml(data)))
    assert source is not None and findings == []
    lines = lines_of(source.text)
    found = list(scalars(source.data))
    assert len(found) == len(list(scalars(data)))
    for at, value in found:
        position = source.position(at)
        written = str(value).lower() if isinstance(value, bool) else str(value)
        assert lines[position.line - 1][position.column - 1 :] == written
        if isinstance(at[-1], str):
            key = source.position(at, key=True)
            assert lines[key.line - 1][key.column - 1 :].startswith(f"{at[-1]}:")


@given(YAML_LIKE | st.text(max_size=60), st.sampled_from(kinds()))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_findings_never_an_exception(text: str, kind: str) -> None:
    source, findings = parse_source(f"content/{kind}.yml", kind, text)
    if source is None:
        assert findings
    else:
        findings = [*findings, *check_source(source)]
        catalogue, found = build_catalogue([source], TODAY)
        findings.extend([*found, *every_rule_about(catalogue)])
    for finding in findings:
        assert finding.message("vi") and finding.message("en")
        assert finding.position.line >= 1 and finding.position.column >= 1 and finding.width >= 1


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_valid_file_with_a_piece_cut_out_or_put_in_never_raises(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(base_texts())))
    text = base_texts()[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    text = (
        text[:start]
        + data.draw(
            st.sampled_from(["", "0", '"', "\n", "- ", ": ", "[", "x", "null", "-1", "a: b\n"])
        )
        + text[end:]
    )
    kind = kind_of(path)
    assert kind is not None
    source, findings = parse_source(path, kind, text)
    others = [
        s
        for p, t in base_texts().items()
        if p != path and (s := parse_source(p, kind_of(p) or "", t)[0])
    ]
    catalogue, found = build_catalogue(
        [*others, *([source] if source else [])], TODAY, [] if source else [kind]
    )
    for finding in [*findings, *found, *every_rule_about(catalogue)]:
        assert finding.message("vi") and finding.hint("en") is not None


@pytest.mark.parametrize("case", CASES)
def test_every_bad_file_ends_in_data_or_findings(case: str) -> None:
    for path in files_of(case):
        text = (ROOT / case / path).read_bytes().decode("utf-8", "replace")
        source, findings = parse_source(path, kind_of(path) or "notice", text)
        assert source is not None or findings


@pytest.mark.parametrize(
    "written",
    [
        "7:30",
        "13:30",
        "no",
        "yes",
        "on",
        "2026-10-01",
        "1.001190",
        "2.000",
        "0243",
        "1e3",
        "0x1F",
        "1_000",
        "+84",
        ".5",
        "True",
        "NULL",
    ],
)
def test_what_other_readers_turn_into_something_else_stays_text(written: str) -> None:
    assert data_of(f"a: {written}\n") == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-3", -3),
        ("8000", 8000),
    ],
)
def test_only_constants_and_plain_integers_are_not_text(written: str, value: object) -> None:
    assert data_of(f"a: {written}\n") == {"a": value}


def test_an_integer_too_long_to_be_one_stays_text() -> None:
    assert data_of("a: 999999999999999999\nb: 9999999999999999999\n") == {
        "a": 999999999999999999,
        "b": "9999999999999999999",
    }


@pytest.mark.parametrize("quoted", ["'8000'", '"8000"', '"true"'])
def test_what_is_quoted_is_text(quoted: str) -> None:
    assert data_of(f"a: {quoted}\n") == {"a": quoted[1:-1]}


def test_text_is_composed() -> None:
    assert data_of(
        f"{unicodedata.normalize('NFD', 'tên')}: {unicodedata.normalize('NFD', 'Đăng ký')}\n"
    ) == {"tên": "Đăng ký"}


def test_a_place_that_leads_nowhere_is_that_of_the_nearest_one_above() -> None:
    source, _ = load("a:\n  b: 1\n")
    assert source is not None
    assert source.position(("a", "c")) == source.position(("a",))
    assert source.position(("x", 3, "y")) == source.position(())
    assert source.position(("a", "b", "c")) == source.position(("a", "b"))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_are_counted_alike_whatever_ends_them(end: str) -> None:
    source, findings = load(end.join(["a: 1", "b: 2", "b: 3", ""]))
    assert source is not None
    assert [(f.code, f.position.line) for f in findings] == [("Y002", 3)]
    assert source.position(("b",)).line == 2
    assert lines_of(source.text) == ["a: 1", "b: 2", "b: 3", ""]


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 50_000])
def test_depth_is_limited_before_it_can_hurt(depth: int) -> None:
    source, findings = load("a: " + "[" * depth + "]" * depth)
    assert (source is None) == (depth >= MAX_DEPTH)
    assert [f.code for f in findings] == (["Y012"] if depth >= MAX_DEPTH else [])


def test_laughs_are_not_multiplied() -> None:
    lines = ["a0: &a0 [ha, ha, ha]"] + [
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)
    ]
    source, findings = load("\n".join(lines))
    assert source is not None and {f.code for f in findings} == {"Y008"}
    assert source.data["a11"] == [None] * 9


@pytest.mark.parametrize("escape", ["\\u202e", "\\e", "\\0", "\\x1b", "\\x07", "\\N", "\\L"])
def test_a_hidden_character_is_found_even_when_it_is_spelled_as_an_escape(escape: str) -> None:
    assert [f.code for f in load(f'a: "x{escape}y"\n')[1]] == ["Y013"]


@pytest.mark.parametrize("path", sorted(base_texts()))
def test_every_file_of_the_base_has_a_kind(path: str) -> None:
    assert kind_of(path) in kinds()


@pytest.mark.parametrize(
    "path",
    [
        "procedures/a.yml",
        "procedures/a/b/c.yml",
        "content/notices/a.yaml",
        "content/a.yml",
        "site_config/i18n/vie.yml",
        "x/site_config/office.yml",
    ],
)
def test_data_has_one_place_only(path: str) -> None:
    assert kind_of(path) is None


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a/b.yml"
    atomic_write(file, b"old\n")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"old\n", 0o644)
    file.chmod(0o640)

    def refuse(draft: Path, target: Path) -> None:
        assert (draft.read_bytes(), target.read_bytes()) == (b"new\n", b"old\n")
        raise OSError(28, "full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr(Path, "replace", refuse)
        atomic_write(file, b"new\n")
    assert [path.name for path in file.parent.iterdir()] == ["b.yml"]
    atomic_write(file, b"new\n")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new\n", 0o640)
