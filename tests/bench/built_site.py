"""What a finished site says, read back from its HTML alone: every page with its title, description
and text as Markdown.

Nothing here knows how the site was made, so that the measurement stays the same when the making
changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import html as lhtml
from rich_markdown import rich_markdown

SHORT = ("q", "Q")
"""The folders of the short addresses; their pages only send the reader on."""

_SKIPPED = {"form", "button", "script", "style", "svg", "input", "img", "template"}
_BLOCKS = {
    "div",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "main",
    "details",
    "aside",
    "figure",
    "fieldset",
}
_INLINE_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]])")
_SYMBOL = re.compile(r'(?=<symbol id="([^"]+)")(<symbol.*?</symbol>)', re.DOTALL)
_IS_LIST = re.compile(r"(?:-|1\.) ")
_LINE_START = re.compile(r"^(?:([-+#>])|(\d+)([.)]))(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltPage:
    """A page of a built site. `path` is its folder, with a slash at its end.

    `text` is the content of <main> as plain Markdown, `rich` the same with the markup that gives it
    its look; `icons` are the drawings of the page by name.
    """

    path: str
    lang: str
    title: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    other: str
    code: str
    text: str
    rich: str
    icons: Mapping[str, str]
    aliases: tuple[str, ...] = ()


def read_pages(site: Path) -> Iterator[BuiltPage]:
    """Every page of the site but the short addresses, which come as the aliases of the page they
    lead to."""
    short = _short_addresses(site)
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).parent.as_posix()
        path = "" if path == "." else f"{path}/"
        if path.split("/")[0] not in SHORT:
            yield read_page(path, file.read_text("utf-8"), short)


def read_page(path: str, text: str, short: dict[str, list[str]]) -> BuiltPage:
    """One page from its HTML; `short` has the short addresses by canonical address."""
    page = lhtml.document_fromstring(text.encode(), parser=lhtml.HTMLParser(encoding="utf-8"))
    canonical = _one(page, "//link[@rel='canonical']/@href")
    title = _one(page, "//title")
    return BuiltPage(
        path=path,
        lang=page.get("lang", ""),
        title=title.rpartition(" · ")[0] or title,
        description=_one(page, "//meta[@name='description']/@content"),
        canonical=canonical,
        alternates=tuple(
            (link.get("hreflang", ""), link.get("href", ""))
            for link in page.iter("link")
            if link.get("rel") == "alternate"
        ),
        other=_one(page, "//body//a[@hreflang][not(ancestor::main)]/@href"),
        code=_one(page, "//@data-ny-proc"),
        text=markdown(page.find(".//main")),
        rich=rich_markdown(page.find(".//main")),
        icons=dict(_SYMBOL.findall(text)),
        aliases=tuple(short.get(canonical, ())),
    )


def _one(page: lhtml.HtmlElement, place: str) -> str:
    return str(page.xpath(f"string({place})"))


def _short_addresses(site: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for folder in SHORT:
        for file in sorted((site / folder).glob("*/index.html")):
            leads_to = re.search(r'rel="canonical" href="([^"]*)"', file.read_text("utf-8"))
            if leads_to:
                found.setdefault(leads_to[1], []).append(f"/{folder}/{file.parent.name}/")
    return found


def markdown(element: lhtml.HtmlElement) -> str:
    """An element as the Markdown a person would have written: headings, paragraphs, lists, tables,
    links; no decoration."""
    return "\n\n".join(_blocks(element)) + "\n"


def _blocks(element: lhtml.HtmlElement, inside_list: bool = False) -> Iterator[str]:
    """The blocks of a container; loose text and inline elements between blocks make a paragraph of
    their own."""
    loose: list[str] = [_escape(element.text)]
    for child in element:
        block = _block(child, inside_list) if isinstance(child.tag, str) else []
        if block is None:
            loose.append(_inline_element(child))
        else:
            yield from _paragraph(loose)
            yield from block
            loose = []
        loose.append(_escape(child.tail))
    yield from _paragraph(loose)


def _block(element: lhtml.HtmlElement, inside_list: bool) -> list[str] | None:
    """The blocks an element makes, or None when it stands in a line of text."""
    tag = element.tag
    if tag in _SKIPPED:
        return []
    if tag in ("h1", "h2", "h3", "h4", "summary"):
        text = _inline(element)
        if not text:
            return []
        level = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "summary": "###"}[tag]
        return [f"**{text}**" if inside_list else f"{level} {text}"]
    if tag in ("p", "address", "legend"):
        return list(_blocks(element, inside_list))
    if tag in ("ul", "ol"):
        return _list(element)
    if tag == "table":
        return _table(element)
    if tag == "dl":
        return _terms(element)
    if tag in _BLOCKS:
        return list(_blocks(element, inside_list))
    if any(
        child.tag in _BLOCKS or child.tag in ("p", "ul", "ol", "h3")
        for child in element.iterdescendants()
    ):
        return list(_blocks(element, inside_list))  # a link or a label around blocks
    return None


def _list(element: lhtml.HtmlElement) -> list[str]:
    """A list as one block of one line an item, as people write them: several paragraphs in an item
    cost a parser far more.

    A list inside an item is a block of its own below it.
    """
    lines = []
    mark = "1." if element.tag == "ol" else "-"
    for item in element.iterchildren("li"):
        blocks = list(_blocks(item, inside_list=True))
        nested = [block for block in blocks if _IS_LIST.match(block)]
        text = " ".join(block for block in blocks if not _IS_LIST.match(block))
        if text or nested:
            lines.append(f"{mark} {text}")
            lines.extend("    " + block.replace("\n", "\n    ") for block in nested)
    return ["\n".join(lines)] if lines else []


def _terms(element: lhtml.HtmlElement) -> list[str]:
    """A list of terms as one paragraph a term, with what is said of it."""
    terms: list[str] = []
    for part in element.iter("dt", "dd"):
        text = _inline(part)
        if part.tag == "dt":
            terms.append(f"**{text}**")
        elif text and terms:
            terms[-1] += f" {text}"
    return terms


def _table(element: lhtml.HtmlElement) -> list[str]:
    rows = [
        [_inline(cell).replace("|", "\\|") for cell in row.iter("th", "td")]
        for row in element.iter("tr")
    ]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return []
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    caption = [_inline(c) for c in element.iterchildren("caption")]
    return [*caption, "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def _paragraph(parts: list[str]) -> Iterator[str]:
    text = " ".join("".join(parts).split())
    if text:
        yield _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def _inline(element: lhtml.HtmlElement) -> str:
    return " ".join(_inline_text(element).split())


def _inline_text(element: lhtml.HtmlElement) -> str:
    parts = [_escape(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            parts.append(_inline_element(child))
        parts.append(_escape(child.tail))
    return "".join(parts)


def _inline_element(element: lhtml.HtmlElement) -> str:
    if element.tag == "br":
        return " "
    text = _inline(element)
    if not text:
        return " "
    if element.tag == "a" and element.get("href"):
        href = element.get("href", "")
        gap = "" if (element.tail or "").strip() else " "
        return f"[{text}]({f'<{href}>' if set(href) & set(' ()') else href}){gap}"
    mark = _INLINE_MARKS.get(element.tag, "")
    # Spans and blocks set apart by style alone would run together as text.
    return (
        f"{mark}{text}{mark}"
        if mark or element.tag in ("abbr", "code", "kbd", "sup", "sub")
        else f" {text} "
    )


def _escape(text: str | None) -> str:
    return _SPECIAL.sub(r"\\\1", text or "").replace("<", "&lt;")
