"""The shipped project as the tests take it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 25)
"""The day on which the tests build; a Wednesday, not a day off."""
DATA = ("procedures", "content", "site_config")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
