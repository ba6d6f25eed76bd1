"""The copy of a site for a USB stick: a folder opened without a server, which says on every page
from which day it is.

A browser shows the list of a folder where a server would send its page, so every address of a
folder becomes that of its page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape

from niemyet.model.catalogue import Catalogue
from niemyet.view.artifact import Artifact
from niemyet.view.words import Words
from niemyet.web.html import environment

START = "MO-TRANG.html"
"""The page to open first; the only file beside the folder of the site."""
FOLDER = "trang"
"""Where the site itself is, so that the page to open first stands alone."""

LEFT_OUT = re.compile(
    r"(?:.*/)?404\.html|Q/.*|_headers|robots\.txt|sitemap\.xml|sw\.js|manifest\.webmanifest"
    r"|assets/offline\.json|\.niemyet"
)
"""What only a server or a browser on the net has a use for. Capitals in paths would also meet small
ones on a stick."""

_TAG = re.compile(r"<[a-zA-Z](?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>")
_ADDRESS = re.compile(
    r"""(\s(?:href|action|data-page|data-(?=[a-z]{2}=)[a-z]{2})\s*=\s*)("[^"]*"|'[^']*')"""
)
_REFRESH = re.compile(r"""(\scontent\s*=\s*"\d+;\s*url=)([^"]*)(")""")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\n?')
_NOTE = re.compile(r'(<div class="ny-saved"[^>]*>)(</div>)')
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')


def artifacts(
    catalogue: Catalogue, site: Iterable[tuple[str, bytes]], day: dt.date
) -> Iterator[Artifact]:
    """Every file of the copy of a site that was built on `day`; `site` gives paths from its root
    with their bytes."""
    notes = _notes(catalogue, day)
    default = catalogue.settings.default_language
    yield Artifact(path=START, content=_start_page(Words(catalogue, default), day))
    for path, content in site:
        if LEFT_OUT.fullmatch(path):
            continue
        if path.endswith(".html"):
            lang = path.partition("/")[0]
            content = page(content.decode(), notes.get(lang, notes[default])).encode()
        yield Artifact(path=f"{FOLDER}/{path}", content=content)


def page(html: str, note: str) -> str:
    """A page of the site as it stands on a stick; `note` is the text, as HTML, that tells from
    which day it is."""
    html = _TAG.sub(lambda tag: _REFRESH.sub(_refresh, _ADDRESS.sub(_attribute, tag[0])), html)
    html = _MANIFEST.sub("", html)
    # Not every browser takes 'self' to mean the files of a stick.
    html = _POLICY.sub(
        lambda found: found[1] + found[2].replace("'self'", "'self' file:") + found[3], html
    )
    return _NOTE.sub(lambda found: found[1] + note + found[2], html)


def file_address(address: str) -> str:
    """An address inside the site with the page's file where it names a folder; others stay as they
    are."""
    end = next((at for at, character in enumerate(address) if character in "?#"), len(address))
    path, rest = address[:end], address[end:]
    if not path or _SCHEME.match(path):
        return address
    if path.rpartition("/")[2] in (".", ".."):
        path += "/"
    return f"{path}index.html{rest}" if path.endswith("/") else address


def _attribute(found: re.Match[str]) -> str:
    quote, value = found[2][0], found[2][1:-1]
    changed = file_address(unescape(value))
    return found[0] if changed == unescape(value) else f"{found[1]}{quote}{escape(changed)}{quote}"


def _refresh(found: re.Match[str]) -> str:
    return found[1] + escape(file_address(unescape(found[2]))) + found[3]


def _notes(catalogue: Catalogue, day: dt.date) -> Mapping[str, str]:
    made = {}
    for lang in catalogue.languages:
        words = Words(catalogue, lang)
        made[lang] = escape(words.ui("stick_note", date=words.date(day), site=words.site_url))
    return made


def _start_page(words: Words, day: dt.date) -> bytes:
    others = [
        Words(words.catalogue, lang) for lang in words.catalogue.languages if lang != words.lang
    ]
    links = [(f"{FOLDER}/{other.home}index.html", other.lang, _name(other)) for other in others]
    page = (
        environment(words)
        .get_template("start.html")
        .render(folder=FOLDER, day=day, links=links, site=words.site_url)
    )
    return (page + "\n").encode()


def _name(words: Words) -> str:
    return next(
        language.name
        for language in words.catalogue.settings.languages
        if language.id == words.lang
    )
