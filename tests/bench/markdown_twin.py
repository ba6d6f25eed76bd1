"""The same pages for stock MkDocs: every page's body turned back into the Markdown a person would have written."""

from __future__ import annotations

from pathlib import Path

from lxml import html as lhtml

from generator.outputs import Page

_CONFIG = """site_name: Niêm Yết
theme:
  name: material
  language: vi
  font: false
plugins: [search]
markdown_extensions: [tables, attr_list]
nav: [index.md]
not_in_nav: |
  /*
"""


def write_twin(folder: Path, pages: list[Page]) -> None:
    """A stock MkDocs project with one Markdown file per page, navigation of one entry so that it stays linear."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, "utf-8")
    for page in pages:
        prefix = "" if page.lang == "vi" else f"{page.lang}/"
        file = folder / "docs" / f"{prefix}{page.path}index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {page.title!r}\ndescription: {page.description[:150]!r}\n---\n{markdown(page.body)}", "utf-8")


def markdown(body: str) -> str:
    """Headings, paragraphs, lists, tables and links; what only decorates (icons, forms) is dropped."""
    lines: list[str] = []
    for element in lhtml.fragment_fromstring(f"<div>{body}</div>").iter("h1", "h2", "h3", "p", "li", "table", "dt", "dd", "summary"):
        if element.tag == "table":
            rows = [[_inline(cell) for cell in row.iter("th", "td")] for row in element.iter("tr")]
            width = max((len(row) for row in rows), default=0)
            for number, row in enumerate(rows):
                lines.append("| " + " | ".join(row + [""] * (width - len(row))) + " |")
                if number == 0:
                    lines.append("|" + " --- |" * width)
            lines.append("")
        elif not any(parent.tag == "table" for parent in element.iterancestors()):
            text = _inline(element)
            if text and not (element.tag == "p" and any(parent.tag == "li" for parent in element.iterancestors())):
                mark = {"h1": "# ", "h2": "\n## ", "h3": "\n### ", "li": "- ", "dt": "\n**"}.get(element.tag, "")
                lines.append(f"{mark}{text}{'**' if element.tag == 'dt' else ''}" + ("" if element.tag == "li" else "\n"))
    return "\n".join(lines) + "\n"


def _inline(element: lhtml.HtmlElement) -> str:
    parts = []
    for node in element.iter():
        if node.tag == "a" and node.text_content().strip():
            parts.append(f"[{' '.join(node.text_content().split())}]({(node.get('href') or '').lstrip(chr(1)) or '#'})")
        elif node.text and not any(parent.tag == "a" for parent in node.iterancestors()):
            parts.append(node.text)
        if node.tail and node is not element and not any(parent.tag == "a" for parent in node.iterancestors()):
            parts.append(node.tail)
    return " ".join(" ".join(parts).split()).replace("|", "\\|")
