"""The content of a built page as a person would write it for Hugo so that the page looks the same:
Markdown for what Markdown can say, with classes and ids as Goldmark takes them, and HTML for what
it cannot (tick boxes, tables with row headings, icons).

`alike` says whether two pages carry the same elements, attributes and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import html as lhtml

_ESCAPED = re.compile(r"([\\`*_\[\]])")
_LINE_START = re.compile(r"^(?:([-+#>:])|(\d+)([.)]))(?=\s|$)")
_HEADINGS = {"h1": "#", "h2": "##", "h3": "###", "h4": "####"}
_INLINE_MARKS = {"strong": "**", "em": "*"}
# Elements that stand in a line of text, as these pages use them.
_INLINE = {
    "a",
    "abbr",
    "b",
    "br",
    "button",
    "code",
    "em",
    "i",
    "input",
    "label",
    "span",
    "strong",
    "sub",
    "sup",
    "svg",
    "time",
    "use",
}
# What begins a block of HTML wherever it stands (CommonMark 4.6, kind 6), as these pages use it.
_OPENS_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|details|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|legend|li|main|nav|ol|p"
    r"|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b"
)
_SHUT = re.compile(r"></(?:use|path|circle)>")
_EMPTY_LINES = re.compile(r"\n\s*\n")

_Part = tuple[bool, str]
"""A piece of a document: whether it is HTML, and its text."""


def rich_markdown(element: lhtml.HtmlElement) -> str:
    """What is inside an element, as Markdown with HTML in it."""
    parts = list(_inside(element) or ())
    lines = []
    was_html = False
    for number, (is_html, text) in enumerate(parts):
        if number and not (is_html and was_html):
            lines.append("")
        if is_html and not was_html and not _OPENS_BLOCK.match(text):
            text = text.replace(">", ">\n", 1)
        lines.append(text)
        was_html = is_html
    return "\n".join(lines) + "\n"


def alike(one: str, other: str) -> bool:
    """Whether the content of two pages has the same elements with the same attributes, and the same
    words, in the same order."""
    return _outline(one) == _outline(other)


def _outline(page: str) -> tuple[list[tuple[str, dict[str, str]]], str]:
    tree = lhtml.document_fromstring(page.encode(), parser=lhtml.HTMLParser(encoding="utf-8"))
    main = tree.find(".//main")
    elements = [
        (str(part.tag), dict(part.attrib)) for part in main.iter() if isinstance(part.tag, str)
    ]
    return elements, "".join(main.text_content().split())


def _inside(element: lhtml.HtmlElement) -> Iterator[_Part] | None:
    """The parts of a container; None when text stands between its blocks."""
    if any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
        return None
    return (part for child in element if isinstance(child.tag, str) for part in _parts(child))


def _parts(element: lhtml.HtmlElement) -> Iterator[_Part]:
    written = _heading(element) or _paragraph(element) or _list(element)
    if written:
        yield False, written
        return
    inside = None if _is_inline(element) else _inside(element)
    if inside is None or element.tag in _INLINE or element.tag in ("table", "dl"):
        yield True, _EMPTY_LINES.sub("\n", _html(element))
        return
    yield True, _opening(element)
    yield from inside
    yield True, f"</{element.tag}>"


def _heading(element: lhtml.HtmlElement) -> str:
    if element.tag not in _HEADINGS or not _is_plain(element):
        return ""
    marks = _marks(element)
    return f"{_HEADINGS[element.tag]} {_line(element)}{f' {marks}' if marks else ''}"


def _paragraph(element: lhtml.HtmlElement) -> str:
    if element.tag != "p" or not _is_plain(element) or not _line(element):
        return ""
    text = _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", _line(element))
    marks = _marks(element)
    return f"{text}\n{marks}" if marks else text


def _list(element: lhtml.HtmlElement) -> str:
    items = list(element)
    if element.tag not in ("ul", "ol") or set(element.attrib) - {"class"} or not items:
        return ""
    if not all(
        item.tag == "li" and not item.attrib and _is_plain(item) and _line(item) for item in items
    ):
        return ""
    sign = "1." if element.tag == "ol" else "-"
    marks = _marks(element)
    return "\n".join([*(f"{sign} {_line(item)}" for item in items), *([marks] if marks else [])])


def _is_inline(element: lhtml.HtmlElement) -> bool:
    return all(child.tag in (*_INLINE, "path", "circle") for child in element.iterdescendants())


def _is_plain(element: lhtml.HtmlElement) -> bool:
    """Whether Markdown has a way to write it: one line of text, no attributes but a class and an
    id."""
    return not set(element.attrib) - {"class", "id"} and _is_inline(element)


def _marks(element: lhtml.HtmlElement) -> str:
    names = [f"#{element.get('id')}"] if element.get("id") else []
    names += [f".{name}" for name in (element.get("class") or "").split()]
    return f"{{{' '.join(names)}}}" if names else ""


def _line(element: lhtml.HtmlElement) -> str:
    return " ".join(_text(element).split())


def _text(element: lhtml.HtmlElement) -> str:
    parts = [_escape(element.text)]
    for child in element:
        parts += (_inline(child), _escape(child.tail))
    return "".join(parts)


def _inline(element: lhtml.HtmlElement) -> str:
    if element.tag in ("svg", "input", "br"):
        return _html(element)
    text = _text(element)
    mark = _INLINE_MARKS.get(str(element.tag))
    stands_alone = not (element.tail or "")[:1].isalnum() and text == text.strip() and text
    if mark and not element.attrib and stands_alone:
        return f"{mark}{text}{mark}"
    if element.tag == "a" and list(element.attrib) == ["href"]:
        href = element.get("href", "")
        return f"[{text}]({f'<{href}>' if set(href) & set(' ()') else href})"
    return f"{_opening(element)}{text}</{element.tag}>"


def _opening(element: lhtml.HtmlElement) -> str:
    attributes = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}"
        for name, value in element.attrib.items()
    )
    return f"<{element.tag}{attributes}>"


def _html(element: lhtml.HtmlElement) -> str:
    return _SHUT.sub("/>", lhtml.tostring(element, encoding="unicode", with_tail=False))


def _escape(text: str | None) -> str:
    return _ESCAPED.sub(r"\\\1", text or "").replace("&", "&amp;").replace("<", "&lt;")
