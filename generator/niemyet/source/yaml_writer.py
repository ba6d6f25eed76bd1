"""The one form in which data files are kept: block YAML that every reader, of YAML 1.1 or 1.2,
reads alike.

`write` makes it. `read` understands that form and nothing else, in a fifth of the time of a YAML
parser, and without positions; where it returns None the parser decides. Tests hold that both read
the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
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
_TEXT = (
    rf"(?:{_LETTER}|[(“‘]|[0-9]+(?:/[0-9]+)*[ /]{_LETTER})"
    r"[^:#\n]*+(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*+)*"
)
_PLAIN = re.compile(_TEXT)
_KEY = re.compile(r"[a-z][a-z0-9_]*")
# A line is spaces, perhaps a dash, perhaps a key, then a plain text or what else remains.
_LINE = re.compile(
    rf"^( *)(- )?(?:({_KEY.pattern}):(?: (?=.)|$))?(?:({_TEXT})$|(.*)$)", re.MULTILINE
)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
# What YAML 1.1 takes for true, false or nothing, in any mixture of capitals.
_RESERVED = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_LITERAL = re.compile(r"(?![ \n])[^ \n]*+(?:(?: +(?=[^ \n])|\n+(?=[^\n]))[^ \n]*+)*\n?")
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
_BARS = ("|", "|-")
_DEEPEST = 60


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


def write(
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


def read(text: str, short: list[str] | None = None) -> Any:
    """The mapping a text in the one form holds, or None when the text is not in that form (or holds
    a fault).

    `short` is given every key of two letters, each time it occurs: among them are the languages of
    the texts.
    """
    short = [] if short is None else short
    if (
        not text.endswith("\n")
        or not text.replace("\n", "").isprintable()
        or not unicodedata.is_normalized("NFC", text)
    ):
        return None
    root: dict[str, Any] = {}
    child: Any
    here: Any = root  # the open container, its indent, and whether it is a list
    indent, is_list = 0, False
    stack: list[tuple[Any, int, bool]] = []
    pending: str | None = None  # a key of `here` whose value begins on the next line
    lines = _LINE.findall(text, 0, len(text) - 1)
    number, last = 0, len(lines)
    while number < last:
        space, dash, key, text, rest = lines[number]
        number += 1
        depth = len(space)
        if pending is not None:
            if depth != indent + 2 or depth > _DEEPEST:
                return None
            stack.append((here, indent, is_list))
            here[pending] = child = [] if dash else {}
            here, indent, is_list, pending = child, depth, bool(dash), None
        else:
            while depth < indent:
                here, indent, is_list = stack.pop()
            if depth != indent or is_list != bool(dash):
                return None
        if dash and key:
            child = {}
            here.append(child)
            stack.append((here, indent, is_list))
            here, indent, is_list = child, depth + 2, False
        if text:
            if text[-1] == " ":
                return None
            value: Any = text
            if len(text) <= 5 and text.lower() in _RESERVED:
                if text not in _CONSTANTS:
                    return None
                value = _CONSTANTS[text]
        elif not rest:
            if not key or key in here or key in _RESERVED:
                return None
            pending = key
            continue
        elif rest[0] == '"':
            value = _unquoted(rest)
            if value is None:
                return None
        elif rest in _BARS:
            number, value = _literal(lines, number, indent + 2, keep=rest == "|")
            if value is None:
                return None
        elif _INTEGER.fullmatch(rest) and rest != "-0":
            value = int(rest)
        elif rest in ("[]", "{}"):
            value = [] if rest == "[]" else {}
        else:
            return None
        if key:
            if key in here or key in _RESERVED:
                return None
            here[key] = value
            if len(key) == 2:
                short.append(key)
        elif dash:
            here.append(value)
        else:
            return None
    return root if root and pending is None else None


def _unquoted(rest: str) -> str | None:
    inside = rest[1:-1]
    if "\\" in inside or '"' in inside or len(rest) < 2 or rest[-1] != '"':
        try:
            inside = json.loads(rest)
        except ValueError:
            return None
        if json.dumps(inside, ensure_ascii=False) != rest or (
            "\n" in inside and _LITERAL.fullmatch(inside)
        ):
            return None
        if not inside.replace("\n", "").isprintable() or not unicodedata.is_normalized(
            "NFC", inside
        ):
            return None
    return None if inside and is_plain(inside) else inside


def _literal(
    lines: list[tuple[str, str, str, str, str]], number: int, indent: int, *, keep: bool
) -> tuple[int, str | None]:
    """The lines of a literal block from `number` on, and the number of the line after it."""
    taken: list[str] = []
    while number < len(lines):
        space, dash, key, plain, rest = lines[number]
        rest = plain or rest
        if space or dash or key or rest:
            if len(space) < indent:
                break
            lead = f"{key}: " if key and rest else f"{key}:" if key else ""
            taken.append(space[indent:] + dash + lead + rest)
        else:
            taken.append("")
        number += 1
    text = "\n".join(taken)
    if not text or text[-1] == "\n":
        return number, None
    text += "\n" if keep else ""
    return number, text if "\n" in text and _LITERAL.fullmatch(text) else None
