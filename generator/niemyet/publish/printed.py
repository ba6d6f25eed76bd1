"""What a print run left in its folder, as far as the site may show it: only what is current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from niemyet.model.catalogue import Catalogue
from niemyet.paper.sharing_pictures import pictures
from niemyet.publish.sheet_versions import Listings, versions_of_pages
from niemyet.source.print_index import is_there, read_index, read_pictures
from niemyet.view.artifact import FOLDER, Artifact, address_of
from niemyet.view.procedure_view import address
from niemyet.web import print_room
from niemyet.web.shell import Pictures


def current_sheets(catalogue: Catalogue, listings: Listings, folder: Path) -> print_room.Prints:
    """The sheets in a print folder that say what the site says; what is older is not shown until it
    is printed again.

    `listings` are those of each language, by code.
    """
    printed = read_index(folder)
    if not printed:
        return print_room.Prints()
    own = listings[catalogue.settings.default_language]
    current = {address(s): own[s.code].version for s in catalogue.public_summaries}
    current.update(versions_of_pages(catalogue, listings))
    found: dict[tuple[str, str], list[print_room.Print]] = {}
    for made in printed.values():
        is_current = made.version in (current.get(made.page), current.get(made.id))
        if is_current and not made.is_variant and is_there(folder, made):
            found.setdefault((made.page, made.lang), []).append(print_room.Print(made))
    return print_room.Prints({key: tuple(of_page) for key, of_page in found.items()})


def current_pictures(catalogue: Catalogue, folder: Path) -> Pictures:
    """The sharing pictures in a print folder that say what the data say; the catalogue need hold no
    procedure."""
    drawn = read_pictures(folder)
    return {
        (picture.lang, picture.card): picture.id
        for picture in (pictures(catalogue) if drawn else ())
        if drawn.get(picture.id, ("",))[0] == picture.version
    }


def sheet_files(shown: print_room.Prints, folder: Path) -> Iterator[Artifact]:
    """The files of the sheets as they stand in the site. Raises: OSError."""
    for path in shown.files():
        yield Artifact(path=path, content=(folder / path.removeprefix(f"{FOLDER}/")).read_bytes())


def picture_files(shown: Pictures, folder: Path) -> Iterator[Artifact]:
    """The sharing pictures as they stand in the site. Raises: OSError."""
    for id in shown.values():
        yield Artifact(path=address_of(id), content=(folder / f"{id}.png").read_bytes())
