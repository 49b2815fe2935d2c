"""Rules: names, readings and households."""

from __future__ import annotations

from reference_impl.numbers import ADDRESSEE_WEIGHTS
from reference_impl.rules.subject import subject

__all__ = ["NameRules"]


@subject
class NameRules:
    """How juki handles 振り仮名, 世帯 and 続柄."""

    convert_reading: bool = True
    """Readings are converted to the network's form (標準仕様書 1.1.18)."""
    deepest_relation: int = 4
    """Words that a relation chains at most (標準仕様書 1.1.11)."""
    known_relations_only: bool = True
    """Relations use the fixed words (標準仕様書 1.1.11)."""
    household_weights: tuple[int, ...] = ADDRESSEE_WEIGHTS
    """Weights of the check digit of 世帯番号, from the right, in turn (標準仕様書 1.1.13)."""
    household_serial: bool = True
    """New 世帯番号 are serial (標準仕様書 1.1.13)."""
