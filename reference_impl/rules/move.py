"""Rules: moves within the municipality."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["MoveRules"]


@subject
class MoveRules:
    """How juki handles 転居."""

    move_notice: Literal["new", "old", "none"] = "new"
    """Which address the notice of a move tells (住基法30条の6第1項)."""
    register_notice_on_move: bool = True
    """The municipality of the family register is told of a new address (住基法19条1項)."""
    move_of_house_refused: bool = False
    """A move to another house of the same lot is refused (標準仕様書 4.1.2.1: it is a move)."""
    notify_room_change: bool = True
    """A change of 方書 alone is notified (標準仕様書 1.1.1: it is part of the address)."""
