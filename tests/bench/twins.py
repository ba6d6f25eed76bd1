"""The same pages for other makers: stock MkDocs with Material, and Hugo with our own frame, markup
and icons."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from built_site import SHORT, BuiltPage

_MKDOCS = """site_name: Niêm Yết
site_url: {site_url}
theme:
  name: material
  language: vi
  font: false
plugins: [search]
markdown_extensions: [tables]
nav:
{nav}
not_in_nav: |
  /*
"""

_HUGO = """baseURL = {site_url}
languageCode = "vi"
title = "Niêm Yết"
disableKinds = ["taxonomy", "term", "rss"]
disablePathToLower = true
timeout = "600s"
[outputs]
home = ["html", "json"]
[markup.goldmark.parser]
autoHeadingID = false
[markup.goldmark.parser.attribute]
block = true
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions]
linkify = false
taskList = false
[markup.goldmark.extensions.typographer]
disable = true
"""

_ALTERNATE = '<link rel="alternate" hreflang="{{ .lang }}" href="{{ .href }}">'

_ICONS = "{{ range .Params.icons }}{{ index $.Site.Data.icons . | safeHTML }}{{ end }}"

_SEARCH = """[{{ range $i, $p := where .Site.RegularPages "Params.code" "ne" nil }}{{ if $i }},
{{ end }}{"c":{{ $p.Params.code | jsonify }},"t":{{ $p.Title | jsonify }},
"u":{{ $p.RelPermalink | jsonify }}}{{ end }}]
"""


def write_stock(folder: Path, pages: Sequence[BuiltPage]) -> None:
    """A stock MkDocs project: one Markdown file per page, its navigation holds the home page and
    the sectors alone."""
    nav = [
        "  - index.md",
        *(
            f"  - {page.path}index.md"
            for page in pages
            if re.fullmatch("linh-vuc/[^/]+/", page.path)
        ),
    ]
    site_url = next(page.canonical for page in pages if not page.path)
    for page in pages:
        _write(
            folder / "docs" / f"{page.path}index.md",
            f"{_front_matter(title=page.title, description=page.description)}{page.text}",
        )
    _write(folder / "mkdocs.yml", _MKDOCS.format(site_url=site_url, nav="\n".join(nav)))


def write_hugo(folder: Path, pages: Sequence[BuiltPage], site: Path) -> None:
    """A Hugo site: the text of the pages with their markup, the frame of the built `site`, its
    redirects, search index and files."""
    parents = {parent for page in pages for parent in _parents(page.path)}
    for page in pages:
        matter = _front_matter(
            title=page.title,
            description=page.description,
            layout=page.lang,
            root="../" * page.path.count("/") or "./",
            other=page.other,
            icons=list(page.icons),
            **({"code": page.code} if page.code else {}),
            **({"aliases": page.aliases} if page.aliases else {}),
            **(
                {"alternates": [{"lang": lang, "href": href} for lang, href in page.alternates]}
                if page.alternates
                else {}
            ),
        )
        _write(folder / "content" / _hugo_file(page.path, parents), f"{matter}{page.rich}")
    for parent in parents - {page.path for page in pages}:
        _write(
            folder / "content" / f"{parent}_index.md",
            _front_matter(title=parent, build={"render": "never"}),
        )
    site_url = next(page.canonical for page in pages if not page.path)
    _write(folder / "hugo.toml", _HUGO.format(site_url=json.dumps(site_url)))
    for lang in {page.lang for page in pages}:
        model = next((page for page in pages if page.lang == lang and page.code), None)
        model = model or next(page for page in pages if page.lang == lang)
        frame = hugo_frame((site / model.path / "index.html").read_text("utf-8"), model)
        _write(folder / "layouts/_default" / f"{lang}.html", frame)
    icons = {name: drawing for page in pages for name, drawing in page.icons.items()}
    _write(folder / "data/icons.json", json.dumps(icons))
    _write(folder / "layouts/index.json", _SEARCH)
    redirected = next((page for page in pages if page.aliases), None)
    if redirected:
        example = (site / redirected.aliases[0].strip("/") / "index.html").read_text("utf-8")
        _write(folder / "layouts/alias.html", hugo_redirect(example, redirected))
    shutil.copy(site / "404.html", folder / "layouts/404.html")
    _copy_static(site, folder / "static")


def hugo_frame(html: str, page: BuiltPage) -> str:
    """A built page as a Hugo template: what belongs to the page becomes a field, everything else
    stays as it is.

    Raises: ValueError when the page does not look as expected.
    """
    head, opening, rest = re.split(r"(<main\b[^>]*>)", html, maxsplit=1)
    tail = rest.rpartition("</main>")[2]
    head = re.sub(r'<link rel="alternate"[^>]*>\n?', "", head)
    head = re.sub(r"<symbol.*</symbol>", _ICONS, head, flags=re.DOTALL)
    fields = (
        (r"(<title>)[^<]*?((?: · [^<]*)?</title>)", r"\1{{ .Title }}\2"),
        (r'(<meta name="description" content=")[^"]*', r"\1{{ .Description }}"),
        (
            r'(<link rel="canonical" href=")[^"]*(">)',
            r"\1{{ .Permalink }}\2{{ range .Params.alternates }}\n" + _ALTERNATE + "{{ end }}",
        ),
    )
    for pattern, template in fields:
        head, found = re.subn(pattern, template, head, count=1)
        if not found:
            raise ValueError(f"{page.path}index.html has no {pattern}")
    head = re.sub(
        r'(<a\b[^>]*?\bhref=")[^"]*("[^>]*?\bhreflang=")', r"\1{{ .Params.other }}\2", head
    )
    frame = f"{head}{opening}\n{{{{ .Content }}}}</main>{tail}"
    return re.sub(r'="(?:\.\./)+', '="{{ .Params.root }}', frame)


def hugo_redirect(html: str, page: BuiltPage) -> str:
    """A page that sends the reader on, as the template Hugo makes all of them from."""
    html = html.replace(page.canonical, "{{ .Permalink }}").replace(
        f"../../{page.path}", "../..{{ .Page.RelPermalink }}"
    )
    return re.sub(
        r"(<title>)[^<]*",
        r"\1{{ .Page.Title }}",
        re.sub(r"(<a [^>]*>)[^<]*", r"\1{{ .Page.Params.code }} {{ .Page.Title }}", html),
    )


def _hugo_file(path: str, parents: set[str]) -> str:
    """A page with pages below it is a section to Hugo; any other is a file named as its folder."""
    return f"{path}_index.md" if path in parents or not path else f"{path.rstrip('/')}.md"


def _parents(path: str) -> Iterable[str]:
    parts = path.split("/")[:-2]
    return ("/".join(parts[: i + 1]) + "/" for i in range(len(parts)))


def _copy_static(site: Path, target: Path) -> None:
    """What Hugo does not make: all files but the pages, the search index and the list of
    addresses."""
    for file in site.rglob("*"):
        path = file.relative_to(site)
        made = (
            path.parts[0] in SHORT
            or path.name in ("index.html", "sitemap.xml")
            or path.as_posix() == "404.html"
        )
        if (
            file.is_file()
            and not made
            and path.parts[:2] != ("assets", "search")
            and not path.name.startswith(".")
        ):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target / path)


def _front_matter(**values: object) -> str:
    """Lines of YAML whose values are JSON, which is YAML too."""
    return (
        "---\n"
        + "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()
        )
        + "---\n"
    )


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
