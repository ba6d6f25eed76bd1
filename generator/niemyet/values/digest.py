"""The one digest by which contents are told apart: the first half of SHA-256, as hexadecimal."""

from __future__ import annotations

import hashlib

LENGTH = 32


def digest(content: bytes | memoryview) -> str:
    """A short name for exactly this content."""
    return hashlib.sha256(content).hexdigest()[:LENGTH]


def digest_of_parts(*parts: str | bytes) -> str:
    """A short name for exactly these parts in this order; where one ends belongs to it."""
    raw = [
        part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        for part in parts
    ]
    return digest(b"".join(len(part).to_bytes(8, "little") + part for part in raw))
