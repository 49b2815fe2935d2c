"""The time in Japan."""

from __future__ import annotations

import datetime as dt

__all__ = ["JST", "now", "today"]

JST = dt.timezone(dt.timedelta(hours=9))


def now() -> dt.datetime:
    """Return the real time, whatever the date of the network."""
    return dt.datetime.now(JST)


def today() -> dt.date:
    """Return the real date, whatever that of the network."""
    return now().date()
