"""Moments as telegrams tell time: in Japan."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

JAPAN = dt.timezone(dt.timedelta(hours=9))


def japan_time(moment: str) -> str:
    """Return a moment as telegrams tell time, in Japan; what has no zone stays as it is.

    >>> japan_time("2026-11-22T15:50:18+00:00"), japan_time("2026-11-22")
    ('2026-11-23 00:50:18 JST', '2026-11-22')
    """
    with suppress(ValueError):
        known = dt.datetime.fromisoformat(moment)
        if known.tzinfo:
            return f"{known.astimezone(JAPAN):%Y-%m-%d %H:%M:%S} JST"
    return moment


def japan_day(moment: str) -> str:
    """Return the day of a moment in Japan.

    >>> japan_day("2026-11-22T15:50:18+00:00")
    '2026-11-23'
    """
    return japan_time(moment)[:10]
