"""Rules: leaving the municipality."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["MoveOutRules"]


@subject
class MoveOutRules:
    """How juki handles 転出."""

    future_move_out_refused: bool = False
    """A move-out with a date to come is refused (標準仕様書 4.0.3: it may lie ahead)."""
    remove_at_report: bool = False
    """The report alone removes the record (標準仕様書 1.1.5: the planned date does)."""
    remove_early: bool = True
    """A move-in notified before the planned date removes the record (標準仕様書 1.1.5)."""
    remove_due_at_once: bool = True
    """What is due at its report is removed then, not at the next day: both are correct."""
    removal_notice_date: Literal["planned", "removed"] = "planned"
    """The date of the notice of a removal (住基令30条の5第2号: the planned one)."""
    removal_notice_address: Literal["old", "new"] = "old"
    """The address in the notice of a removal (住基法30条の6第1項: as it stood)."""
    move_out_days: int = 14
    """A report that comes later than this is handled ex officio (標準仕様書 4.1.3.0.1)."""
    cancel_move_out: bool = True
    """A cancelled move-out has no effect (標準仕様書 4.6.0.1)."""
