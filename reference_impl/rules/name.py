"""Rules: names, readings and households."""

from __future__ import annotations

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
