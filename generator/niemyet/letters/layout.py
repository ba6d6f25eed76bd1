"""The measures that the PDF and the Word file of a letter share: places in millimetres, type in
points.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (margins and type of an official letter).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Margins around the text, its type, and the two columns above the signature."""

    top: int
    bottom: int
    left: int
    right: int
    body: int
    foot_columns: tuple[int, int]
    head_columns: tuple[int, int] = (64, 101)
    head: int = 13
    motto: int = 14
    about: int = 12
    place_date: int = 14
    heading: int = 22
    recipients_label: int = 12
    recipients: int = 11
    signature: int = 14
    mark: int = 9

    @property
    def width(self) -> int:
        """How wide the text is on A4."""
        return 210 - self.left - self.right


LAYOUTS = {
    "official": Layout(top=20, bottom=20, left=30, right=15, body=14, foot_columns=(75, 90)),
    "card": Layout(top=34, bottom=30, left=30, right=30, body=15, foot_columns=(60, 90)),
}
