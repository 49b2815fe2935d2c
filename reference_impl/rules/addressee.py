"""Rules: addressee numbers and linkage requests at juki, and atena."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["AddresseeRules"]


@subject
class AddresseeRules:
    """How a node behaves in addressee numbers and linkage requests at juki, and atena."""

    # -- juki: addressee and linkage -------------------------------------------------------------

    addressee_first: bool = False
    """付番依頼 is sent before 本人確認情報: a correct variant (no text orders them)."""
    assume_birth_date: bool = False
    """Unknown parts of a birth date are filled with 01 (標準仕様書 1.1.8: they stay unknown)."""
    tell_birth_date_unknown: bool = True
    """付番依頼 says that parts are unknown, and how (標準仕様書 1.1.8)."""
    code_to_atena: Literal["", "text", "addressee_number"] = ""
    """Where the juminhyo code stands in 付番依頼 (共通機能 2.4.2: nowhere)."""
    import_integrated_number: bool = False
    """A number in 付番結果 is taken for one's own (標準仕様書 7.1.2.3: not implemented)."""
    linkage_number: Literal["own", "other"] = "own"
    """Whose individual number 符号取得要求 carries (番号法施行令27条1項)."""
    refuse_unknown_addressee: bool = True
    """A linkage request with an addressee number of nobody is refused (番号法施行令27条1項)."""
    linkage_unasked: bool = False
    """符号取得要求 leaves before anybody asked (seed 004: after the integrated number)."""
    confirm_linkage: bool = True
    """The sending of 符号取得要求 can be confirmed (標準仕様書 7.1.2.2)."""

    # -- atena -----------------------------------------------------------------------------------

    match_by: Literal["individual_number", "addressee_number"] = "individual_number"
    """What decides whether a person is known (共通機能 2.4.3(1)⑦)."""
    unique_integrated_number: bool = True
    """Every person gets a number of his own (共通機能 2.4.3(1)⑦)."""
    notify_again: bool = False
    """A known person is notified again (共通機能 図2-13: no)."""
    answer_number: Literal["addressee", "integrated"] = "addressee"
    """The number in 付番結果 (共通機能 2.4.2)."""
    linkage_request_number: Literal["addressee", "integrated"] = "addressee"
    """The number in 符号取得依頼 (共通機能 2.4.2)."""
    message_text: Literal["", "integrated_number", "individual_number"] = ""
    """What the message of 付番結果 tells; the integrated number is a correct variant."""
    notified_number: Literal["integrated", "addressee", "individual"] = "integrated"
    """The number that goes to the 中間サーバー (共通機能 2.4.2)."""
    start_linkage_early: bool = False
    """符号取得依頼 is sent before the number is notified (共通機能 2.4.3(1)⑧⑨: after)."""
    check_grant_type: bool = True
    """Only the client credentials grant is served (共通機能 2.2.5)."""
    check_client: bool = True
    """The client must prove that it knows its secret (共通機能 2.2.5)."""
    check_token: bool = True
    """A token that was not issued here is refused (共通機能 2.2.5)."""
    check_token_expiry: bool = True
    """An expired token is refused (共通機能 2.2.5)."""
    token_lifetime: int = 600
    """Lifetime of an access token in seconds (共通機能 2.2.5: ten minutes at most)."""
