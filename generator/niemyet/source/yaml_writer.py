"""Data as block YAML in one form, which every reader, of YAML 1.1 or 1.2, reads alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Path_ = tuple[str | int, ...]
KeyOrder = Callable[[Path_, Mapping[str, Any]], list[str]]

_LETTER = r"[^\W\d_]"
# Text that no reader takes for a number, a date or an indicator: it begins with a letter, with (, “
# or ‘, or with digits and a slash or space before a letter; a colon or # inside does not stand
# where it would mean something. No group is possessive, since Python before 3.11.5 matches those
# wrongly.
_PLAIN = re.compile(
    rf"(?:{_LETTER}|[(“‘]|[0-9]+(?:/[0-9]+)*[ /]{_LETTER})"
    r"[^:#\n]*+(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*+)*"
)
_KEY = re.compile(r"[a-z][a-z0-9_]*")
# What YAML 1.1 takes for true, false or nothing, in any mixture of capitals.
_RESERVED = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_LITERAL = re.compile(r"(?![ \n])[^ \n]*+(?:(?: +(?=[^ \n])|\n+(?=[^\n]))[^ \n]*+)*\n?")


@dataclass(slots=True)
class Comments:
    """Comments by the data path they stand at: whole lines above it (an empty one is a gap), and at
    the end of its line."""

    above: dict[Path_, list[str]] = field(default_factory=dict)
    beside: dict[Path_, str] = field(default_factory=dict)
    below: list[str] = field(default_factory=list)


def is_plain(text: str) -> bool:
    """Whether a text can stand without quotes."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text[-1] != " "
        and text.isprintable()
        and not (len(text) <= 5 and text.lower() in _RESERVED)
    )


def dump(
    data: Any,
    key_order: KeyOrder = lambda at, mapping: list(mapping),
    comments: Comments | None = None,
) -> str:
    """Data as text, with a line end at its end. `key_order` gives the keys of a mapping in the
    order to write them.

    Raises: ValueError for a mapping key or a value that a data file cannot hold.
    """
    writer = _Writer(key_order, comments or Comments())
    writer.mapping(data, (), 0)
    writer.lines.extend(writer.comments.below)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    def __init__(self, key_order: KeyOrder, comments: Comments) -> None:
        self.key_order = key_order
        self.comments = comments
        self.lines: list[str] = []

    def mapping(self, data: Mapping[str, Any], at: Path_, indent: int, dash: str = "") -> None:
        for key in self.key_order(at, data):
            path = (*at, key)
            self.above(path, indent - len(dash))
            lead = " " * (indent - len(dash)) + dash
            dash = ""
            name = (
                key
                if _KEY.fullmatch(key) and key not in _RESERVED
                else json.dumps(key, ensure_ascii=False)
            )
            self.node(data[key], path, indent, f"{lead}{name}:")

    def sequence(self, data: list[Any], at: Path_, indent: int) -> None:
        for i, value in enumerate(data):
            path = (*at, i)
            self.above(path, indent)
            if isinstance(value, dict) and value:
                self.mapping(value, path, indent + 2, "- ")
            elif isinstance(value, list) and value:
                self.lines.append(" " * indent + "-" + self.beside(path))
                self.sequence(value, path, indent + 2)
            else:
                self.node(value, path, indent, " " * indent + "-")

    def node(self, value: Any, path: Path_, indent: int, lead: str) -> None:
        if isinstance(value, dict) and value:
            self.lines.append(lead + self.beside(path))
            self.mapping(value, path, indent + 2)
        elif isinstance(value, list) and value:
            self.lines.append(lead + self.beside(path))
            self.sequence(value, path, indent + 2)
        elif (
            isinstance(value, str)
            and "\n" in value
            and _LITERAL.fullmatch(value)
            and value.replace("\n", "").isprintable()
        ):
            self.lines.append(
                f"{lead} {'|' if value.endswith(chr(10)) else '|-'}{self.beside(path)}"
            )
            space = " " * (indent + 2)
            self.lines.extend(
                space + line if line else "" for line in value.rstrip("\n").split("\n")
            )
        else:
            self.lines.append(f"{lead} {_scalar(value)}{self.beside(path)}")

    def above(self, path: Path_, indent: int) -> None:
        for line in self.comments.above.get(path, ()):
            self.lines.append(" " * indent + line if line else "")

    def beside(self, path: Path_) -> str:
        comment = self.comments.beside.get(path)
        return f"  {comment}" if comment else ""


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value if is_plain(value) else json.dumps(value, ensure_ascii=False)
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    if value == [] or value == {}:
        return "[]" if isinstance(value, list) else "{}"
    raise ValueError(f"{type(value).__name__} has no form in a data file")
