"""The files of the program that a project may replace one by one: a file at the same path below
`site_config/theme/` or `site_config/templates/` is used instead of the program's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from niemyet.findings.finding import Diagnostic, Position
from niemyet.values.vietnamese import closest, quote

_WEB = Path(__file__).parents[1] / "web"
THEME = _WEB / "theme"
TEMPLATES = _WEB / "templates"
OWN_THEME = "site_config/theme"
OWN_TEMPLATES = "site_config/templates"


def misplaced(root: Path) -> Iterator[Diagnostic]:
    """What may not stand among the files of a project that replace the program's: links and other
    things that are no file, and templates that replace none."""
    for place, theirs in ((OWN_THEME, THEME), (OWN_TEMPLATES, TEMPLATES)):
        if (root / place).is_symlink():
            continue  # told where the folder itself is found
        for file in sorted((root / place).rglob("*")):
            name = PurePosixPath(file.relative_to(root / place))
            position = Position(f"{place}/{name}")
            if file.is_symlink():
                yield Diagnostic(code="Y009", position=position)
            elif file.is_dir() or file.name.startswith("."):
                continue
            elif not file.is_file():
                reason = "không phải tệp thường"
                yield Diagnostic(code="Y015", position=position, values={"reason": reason})
            elif place == OWN_TEMPLATES or name.suffix == ".html":
                known = [f.relative_to(theirs).as_posix() for f in theirs.rglob("*.html")]
                if str(name) not in known:
                    near = closest(str(name), known) or sorted(known)[:1]
                    values = {"name": quote(str(name)), "near": near[0]}
                    yield Diagnostic(code="Y019", position=position, values=values)
