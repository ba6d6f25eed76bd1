"""The one clock: what day it is in Vietnam, wherever the machine stands."""

from __future__ import annotations

import datetime as dt

VIETNAM_TIME = dt.timezone(dt.timedelta(hours=7))
"""Seven hours ahead of UTC all year since 1979."""


def today(now: dt.datetime | None = None) -> dt.date:
    """The day in Vietnam, of the moment `now` where one is given."""
    return (now or dt.datetime.now(dt.UTC)).astimezone(VIETNAM_TIME).date()
