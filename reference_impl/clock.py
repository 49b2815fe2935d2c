"""The clock of a run: the real time of day, on a date that can be moved."""

from __future__ import annotations

import datetime as dt

__all__ = ["ShiftedClock"]

JST = dt.timezone(dt.timedelta(hours=9), "JST")


class ShiftedClock:
    """Tells Japanese time, moved by whole days with ``shift``, and by seconds since.

    It never stands still, so that two telegrams keep their order.
    """

    def __init__(self) -> None:
        self._offset = dt.timedelta()

    def now(self) -> dt.datetime:
        """Tell the time."""
        return dt.datetime.now(JST) + self._offset

    def shift(self, day: dt.date) -> None:
        """Make ``day`` the current date; the time of day is the real one again."""
        self._offset = dt.timedelta(days=(day - dt.datetime.now(JST).date()).days)

    def advance(self, seconds: float) -> None:
        """Move on by some seconds, as if they had passed."""
        self._offset += dt.timedelta(seconds=seconds)
