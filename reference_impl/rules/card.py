"""Rules: renewals and states of individual number cards at juki."""

from __future__ import annotations

from reference_impl.rules.subject import subject

__all__ = ["CardRules"]


@subject
class CardRules:
    """How juki answers 更新対象者データ and keeps カード発行状況."""

    use_place_of_stay: bool = True
    """A place of stay that was set is where things are sent to (標準仕様書 7.1.1.4)."""
    answer_renewals: bool = True
    """Each person of a renewal list is told with a delivery address (標準仕様書 7.1.1.4)."""
    renewal_print_kind: str = "2"
    """What is printed for a renewal: a card (標準仕様書 7.1.1.4)."""
    match_renewals: bool = True
    """A code of a renewal list that nobody here has is shown, the others go on (7.1.1.4)."""
    keep_card_status: bool = True
    """The state of a card is kept with its holder's record (標準仕様書 7.1.1.3)."""
    newest_card_status: bool = True
    """A later state takes the place of an earlier one (標準仕様書 7.1.1.3)."""
