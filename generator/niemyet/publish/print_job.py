"""A print run of a project: the sheets it asks for, with what follows the press for some kinds, and
a note for the next run."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from niemyet.letters.docx import docx_of
from niemyet.model.catalogue import Catalogue
from niemyet.paper.all_sheets import written_letters
from niemyet.paper.pdf_forms import finish_form
from niemyet.paper.pdf_tiles import cut
from niemyet.paper.print_run import Finish, PrintRun, print_pictures, print_sheets
from niemyet.paper.sharing_pictures import pictures
from niemyet.paper.sheet import Sheet
from niemyet.paper.typst import Press, Pressed, font_files
from niemyet.publish.build_cache import BuildCache, program
from niemyet.publish.project import Project
from niemyet.source.loader import atomic_write, find_files, read_text
from niemyet.source.print_index import LOW_INK, is_there, read_index, read_pictures
from niemyet.values.digest import digest_of_parts

_TILED = "ghep-a4"


def press(
    project: Project,
    chosen: Sequence[Sheet],
    out: Path,
    *,
    is_whole: bool,
    with_tiles: bool,
    show: Callable[[int, int], None],
) -> PrintRun:
    """Makes sheets below `out`, with `is_whole` the sharing pictures too, and takes others away.
    `with_tiles` cuts large ones into A4 pages beside. Raises: OSError, MissingFont."""
    engine = Press()
    run = print_sheets(
        chosen,
        out,
        project.texts,
        finish=_finishers(project.catalogue),
        press=engine,
        show=show,
        is_whole=is_whole,
    )
    if is_whole:
        run.findings += print_pictures(pictures(project.catalogue), out, engine)
    for made in run.sheets if with_tiles else ():
        if made.paper not in ("a4", "a5"):
            tiles = cut((out / f"{made.id}.pdf").read_bytes())
            atomic_write(out / f"{made.id}-{_TILED}.pdf", tiles)
    return run


def _finishers(catalogue: Catalogue) -> Mapping[str, Finish]:
    """A form gets boxes to tick on screen, a letter a Word file beside it."""
    written = written_letters(catalogue)

    def letter(sheet: Sheet, pressed: Pressed) -> tuple[bytes, Mapping[str, bytes]]:
        return pressed.pdf, {"docx": docx_of(written[sheet.id.removeprefix(f"{LOW_INK}/")])}

    return {"form": finish_form, "letter": letter}


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """The note that a whole run leaves in the project's cache: from what it printed what."""

    root: Path
    out: Path
    today: dt.date
    on: dt.date | None

    def count(self) -> int | None:
        """How many sheets it printed, from the same data, by the same program, and all still there;
        None where any of this is not so."""
        index = read_index(self.out)
        is_same = self._cache.get(*self._key()) == self._printed()
        return (
            len(index) if is_same and all(is_there(self.out, m) for m in index.values()) else None
        )

    def keep(self) -> None:
        """Notes that everything is printed."""
        self._cache.put(*self._key(), self._printed())

    @property
    def _cache(self) -> BuildCache:
        return BuildCache(self.root / ".cache")

    def _printed(self) -> list[str]:
        return [*sorted(read_index(self.out)), *sorted(read_pictures(self.out))]

    def _key(self) -> tuple[str, str]:
        """The name of the note, and a key of everything a whole run is made from."""
        parts = [read_text(self.root, path, [])[1] for path, _ in find_files(self.root)[0]]
        fonts = (str(file.stat().st_size) for file in font_files())
        engine, today = importlib.metadata.version("typst"), self.today.isoformat()
        key = digest_of_parts(program(), engine, today, str(self.on), *fonts, *parts)
        return f"print-{digest_of_parts(str(self.out))}", key
