"""Rules: changes of nationality."""

from __future__ import annotations

from reference_impl.rules.subject import subject

__all__ = ["NationRules"]


@subject
class NationRules:
    """How juki handles 帰化, 国籍取得 and 国籍喪失."""

    nationality_carries: tuple[str, ...] = (
        "juminhyo_code",
        "individual_number",
        "addressee_number",
    )
    """What the new record takes over from the old one (標準仕様書 4.5.3–4.5.5: all three)."""
    nationality_in_one_notice: bool = False
    """Removal and entry are told in one notice: a correct variant (no text divides them)."""
