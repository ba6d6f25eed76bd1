"""Whole dong and file sizes as people read them.

Formatters take `lang`: "vi" is Vietnamese, "en" English; any other language gets a form that
needs no words, such as VND 8,000.
"""

from __future__ import annotations


def format_vnd(amount_vnd: int, lang: str = "vi") -> str:
    """`8.000 đồng`, in English `VND 8,000`. Raises: ValueError for a float, so that no fraction
    slips in."""
    grouped = f"{amount_vnd:,d}"
    return f"{grouped.replace(',', '.')} đồng" if lang == "vi" else f"VND {grouped}"


def format_bytes(size: int, lang: str = "vi") -> str:
    """The size of a file as people read it: `85 KB`, `1,2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0KB"
    text = f"{size / 1e6:.1f}"
    return f"{text.replace('.', ',') if lang == 'vi' else text}\u00a0MB"
