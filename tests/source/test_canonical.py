"""The one form of the data files: order, quotes, comments kept, data never touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import ruamel.yaml
import yaml

from niemyet.cli.main import main
from niemyet.source.canonical_form import format_source, is_canonical, render
from niemyet.source.loader import Source, load_tree, parse_source

PROJECT = Path(__file__).resolve().parents[2]


def source_of(text: str, kind: str = "step") -> Source:
    source, findings = parse_source("content/steps/x.yml", kind, text)
    assert source is not None and not findings
    return source


def test_every_shipped_file_is_in_the_one_form_already() -> None:
    sources, _ = load_tree(PROJECT)
    assert len(sources) > 100
    assert [s.path for s in sources if not is_canonical(s)] == []
    assert [s.path for s in sources if render(s.kind, s.data) != s.text] == []


def test_readers_of_yaml_1_1_and_1_2_read_the_shipped_files_alike() -> None:
    reader = ruamel.yaml.YAML(typ="safe", pure=True)  # YAML 1.2
    for source in load_tree(PROJECT)[0]:
        one = yaml.load(source.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        two = reader.load(source.text)
        assert json.dumps(one) == json.dumps(two) == json.dumps(source.data), source.path


def test_keys_come_in_the_order_of_the_schema_and_languages_with_vietnamese_first() -> None:
    text = "text: {en: b, vi: a}\ntitle: 'Nộp'\nlạ: 1\n"
    assert format_source(source_of(text)) == 'title: Nộp\ntext:\n  vi: a\n  en: b\n"lạ": 1\n'


def test_comments_and_single_gaps_stay_where_they_belong() -> None:
    text = """# đầu tệp

title: Nộp   # bên cạnh
# trước khóa


text: |-   # cạnh khối
  # không phải ghi chú
  hai
actor: 'nguoi-dan'
# cuối
"""
    formatted = format_source(source_of(text))
    assert (
        formatted
        == """# đầu tệp

title: Nộp  # bên cạnh
# trước khóa

text: |-  # cạnh khối
  # không phải ghi chú
  hai
actor: nguoi-dan
# cuối
"""
    )
    assert format_source(source_of(formatted)) == formatted


def test_a_comment_moves_with_its_key_and_with_its_item() -> None:
    text = """documents:
# về luật
- number: "60/2014/QH13"  # số
  # định danh
  id: luat
  title: "a # b"
name: Kệ
"""
    formatted = format_source(source_of(text, "legal"))
    assert (
        formatted
        == """name: Kệ
documents:
  # về luật
  # định danh
  - id: luat
    number: 60/2014/QH13  # số
    title: "a # b"
"""
    )
    assert format_source(source_of(formatted, "legal")) == formatted


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_command_rewrites_what_is_not_in_form_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line_end: str
) -> None:
    folder = tmp_path / "content/steps"
    folder.mkdir(parents=True)
    loose, good, broken = folder / "loose.yml", folder / "good.yml", folder / "broken.yml"
    loose.write_bytes(f"actor: nguoi-dan{line_end}title: 'Nộp'{line_end}".encode())
    good.write_text("title: Nộp\n", "utf-8")
    broken.write_text("title: a\ntitle: b\n", "utf-8")
    before = good.stat().st_mtime_ns
    assert main(["fmt", "--check", "--root", str(tmp_path)]) == 1
    assert loose.read_bytes().startswith(b"actor")
    assert main(["fmt", "--root", str(tmp_path)]) == 1
    assert loose.read_bytes() == "title: Nộp\nactor: nguoi-dan\n".encode()
    assert broken.read_text("utf-8") == "title: a\ntitle: b\n"
    assert good.stat().st_mtime_ns == before
    assert "broken.yml:2:1" in capsys.readouterr().out
    assert sorted(p.name for p in folder.iterdir()) == ["broken.yml", "good.yml", "loose.yml"]


def test_the_command_takes_single_files_and_names_the_one_it_cannot_find(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "content/steps"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.yml").write_text("title: 'Nộp'\n", "utf-8")
    (tmp_path / "site_config").mkdir()
    main(["fmt", "--root", str(tmp_path), str(folder / "a.yml")])
    assert (folder / "a.yml").read_text("utf-8") == "title: Nộp\n"
    assert (folder / "b.yml").read_text("utf-8") == "title: 'Nộp'\n"
    assert main(["fmt", "--root", str(tmp_path), "content/steps/khong-co.yml"]) == 1
    assert "khong-co.yml" in capsys.readouterr().out
