"""Rules: differences of the register for other systems, at juki."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["DifferenceRules"]


@subject
class DifferenceRules:
    """How juki provides differences (標準仕様書 7.2.3)."""

    difference_minutes: int = 10
    """Minutes between two files; 0, at once, is a correct variant (7.2.3: ten at most)."""
    difference_assumes: bool = False
    """Unknown parts of a birth date are filled with 01 (標準仕様書 1.1.8: they stay unknown)."""
    difference_items: Literal["newest", "first"] = "newest"
    """Which state of a record a difference tells (標準仕様書 7.2.3)."""
