"""Which strings the frame of a site asks for, and what is filled into them: a project may be older
than the program.

`python -m niemyet.model.ui_strings site_config/i18n/vi.yml …` prints the list anew, as
`interface.yml` beside this module holds it.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

FILE = Path(__file__).with_name("interface.yml")


@cache
def blanks_by_string() -> Mapping[str, frozenset[str]]:
    """Every string by its key, with the names of the blanks that are filled in."""
    return MappingProxyType(
        {key: frozenset(names.split()) for key, names in _strings_in(FILE).items()}
    )


def _strings_in(file: Path) -> dict[str, str]:
    strings: dict[str, str] = yaml.load(
        file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return strings


def blanks_in(text: str) -> list[str]:
    """The names of the blanks of a string in their order; what is no plain `{name}` stands as it is
    written. Raises ValueError."""
    found = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None:
            found.append(
                name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            )
    return found


def strange_blanks(text: str, known: Collection[str]) -> list[str]:
    """The blanks of a string that nothing is filled into; `…` where its braces are not in pairs."""
    try:
        return [name or "…" for name in blanks_in(text) if name not in known]
    except ValueError:
        return ["…"]


def listed(languages: Iterable[Mapping[str, str]]) -> str:
    """The list of what the strings of some languages hold, as YAML."""
    found: dict[str, set[str]] = {}
    for strings in languages:
        for key, text in strings.items():
            found.setdefault(key, set()).update(blanks_in(text))
    return "".join(f'{key}: "{" ".join(sorted(names))}"\n' for key, names in sorted(found.items()))


if __name__ == "__main__":
    sys.stdout.write(listed(_strings_in(Path(name)) for name in sys.argv[1:]))
