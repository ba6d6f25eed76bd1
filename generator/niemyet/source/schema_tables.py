"""The field tables of the guide come from the JSON Schemas, so that the guide cannot say anything
else.

`python -m niemyet.source.schema_tables CONTRIBUTING.md` puts fresh tables between the markers of a
Markdown file.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from niemyet.source.loader import atomic_write
from niemyet.source.schema import kinds, schema

_HEAD = "| Khóa | Tên | Bắt buộc | Ý nghĩa | Ví dụ |\n| --- | --- | --- | --- | --- |\n"
_MARKED = re.compile(r"(<!-- fields:([a-z_]+) -->\n).*?(<!-- /fields -->)", re.DOTALL)
_OPENING = re.compile(r"<!-- fields:")
# What needs quote marks in YAML: numbers, codes, days, hours, phones, words with a meaning, and
# signs with one.
_QUOTED = re.compile(
    r"[0-9 .:+-]+|true|false|null|yes|no|on|off|~|[-?:,\[\]{}#&*!|>'\"%@`].*|.*(?:: |:$| #).*"
)
_QUOTED_IN_A_LINE = re.compile(r"[\[\]{},]")


def render_fields(kind: str) -> str:
    """The fields of a kind of file as a Markdown table; keys of a nested group are written
    `group.key`.

    A group that two keys share is spelled out once. Raises ValueError for a kind without a schema.
    """
    if kind not in kinds():
        raise ValueError(f"no schema for the kind {kind!r}; there are: {', '.join(kinds())}")
    root = schema(kind)
    if "properties" not in root:
        raise ValueError(f"the kind {kind!r} has no fixed keys")
    rows = (
        " | ".join(cell.replace("|", "\\|") for cell in row)
        for row in _rows(root, root["$defs"], "", {})
    )
    return _HEAD + "".join(f"| {row} |\n" for row in rows)


def update(text: str) -> str:
    """A Markdown text with a fresh table between each `<!-- fields:KIND -->` and `<!-- /fields
    -->`.

    Raises ValueError for an unknown kind or a marker that is not closed.
    """
    if len(_OPENING.findall(text)) != len(_MARKED.findall(text)):
        raise ValueError(
            "each <!-- fields:KIND --> needs a line of its own and a <!-- /fields --> before the"
            " next one"
        )
    return _MARKED.sub(lambda found: f"{found[1]}\n{render_fields(found[2])}\n{found[3]}", text)


def _rows(
    group: Any, shared: Any, above: str, told: dict[str, str]
) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of a group of keys. `told` has the first key of every shared group spelled out so
    far."""
    for key, written in group["properties"].items():
        path = above + key
        node = _resolved(written, shared)
        below, name = _group_below(node, shared)
        meaning = [written["description"], _choices(node, shared)]
        if name in told:
            meaning.append(f"Các khóa bên trong: như `{told[name]}`.")
        example = (
            "" if below or not written.get("examples") else f"`{_yaml(written['examples'][0])}`"
        )
        required = "có" if key in group.get("required", ()) else "không"
        yield f"`{path}`", written["title"], required, " ".join(filter(None, meaning)), example
        if below and name not in told:
            if name:
                told[name] = path
            yield from _rows(below, shared, f"{path}.", told)


def _resolved(node: Any, shared: Any) -> Any:
    """A node with the shared definition it refers to, if it refers to one."""
    return shared[node["$ref"].rsplit("/", 1)[-1]] if "$ref" in node else node


def _group_below(node: Any, shared: Any) -> tuple[Any, str]:
    """The group of keys a node holds, itself or as the items of a list, and its name when it is a
    shared one."""
    inner = node.get("items", node)
    name = inner.get("$ref", "").rsplit("/", 1)[-1]
    found = _resolved(inner, shared)
    if "properties" not in found:
        return None, ""
    if not name:
        name = next((key for key, part in shared.items() if part is found), "")
    return found, name


def _choices(node: Any, shared: Any) -> str:
    """What may be chosen, with what each choice means."""
    node = _resolved(node.get("items", node), shared)
    labels = node.get("x-enum-labels", {})
    choices = [
        f"`{value}` ({labels[value]})" if value in labels else f"`{value}`"
        for value in node.get("enum", ())
    ]
    return f"Chọn: {', '.join(choices)}." if choices else ""


def _yaml(value: Any, *, inside: bool = False) -> str:
    """A value on one line as a clerk would write it, with quote marks where the guide asks for
    them."""
    if isinstance(value, list):
        return f"[{', '.join(_yaml(part, inside=True) for part in value)}]"
    if isinstance(value, dict):
        return (
            f"{{{', '.join(f'{key}: {_yaml(part, inside=True)}' for key, part in value.items())}}}"
        )
    if (
        isinstance(value, str)
        and not _QUOTED.fullmatch(value)
        and not (inside and _QUOTED_IN_A_LINE.search(value))
    ):
        return value
    return json.dumps(value, ensure_ascii=False)


def main(arguments: list[str]) -> None:
    """Brings the tables of the Markdown files named up to date."""
    if not arguments:
        raise SystemExit("usage: python -m niemyet.source.schema_tables CONTRIBUTING.md")
    for name in arguments:
        file = Path(name)
        atomic_write(file, update(file.read_text("utf-8")).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
