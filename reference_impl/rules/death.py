"""Rules: deaths and other removals from the register."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["DeathRules"]


@subject
class DeathRules:
    """How juki handles 死亡, 失踪 and 職権消除."""

    loose_death_date: Literal["kept", "today", "refused"] = "kept"
    """What becomes of a day unknown or off the calendar (標準仕様書 1.1.8: it is taken)."""
    removed_die_again: bool = False
    """Who is removed already is removed and notified again (住基法30条の6第1項: no change)."""
    loose_dates_everywhere: bool = False
    """Every event may lie on an unknown day (標準仕様書 1.1.8: birth, death, disappearance)."""
