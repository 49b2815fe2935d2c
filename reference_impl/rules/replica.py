"""Rules: replicas and inquiries at juki and atena."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["ReplicaRules"]


@subject
class ReplicaRules:
    """How juki and atena handle replicas and inquiries."""

    # -- juki ------------------------------------------------------------------------------------

    replica_key: Literal["addressee_number", "juminhyo_code"] = "addressee_number"
    """The number that a replica is sent under (標準仕様書 7.1.2.3)."""
    replica_members: Literal["all", "one"] = "all"
    """Whose information is sent: the whole household's (番号法別表; 法7条4号)."""
    replica_without_notice: bool = True
    """A change that is not notified updates the replica all the same (標準仕様書 7.1.2.3)."""
    fetch_by: Literal["inquiry_number", "other"] = "inquiry_number"
    """The number by which a result is fetched (共通機能 2.4.3(4)⑩)."""

    # -- atena -----------------------------------------------------------------------------------

    replica_number: Literal["integrated", "addressee"] = "integrated"
    """The number that a replica goes on under (共通機能 2.4.3(3)⑧)."""
    replica_of_another: bool = False
    """A replica goes on under somebody else's number (共通機能 2.4.3(3)⑧: one's own)."""
    faulty_replica: Literal["list", "drop", "refuse_all"] = "list"
    """What a record that cannot be converted means (共通機能 2.4.2: it is listed)."""
    inquiry_result_number: Literal["addressee", "integrated"] = "addressee"
    """The number in 情報照会結果 (共通機能 2.4.2)."""
    inquiry_result_for: Literal["inquiry", "newest", "all"] = "inquiry"
    """What a fetched result answers: its inquiry (共通機能 2.4.2), not the newest open one."""
    edit_inquiry_result: bool = False
    """A result is rewritten on its way (共通機能 2.4.2: it is not)."""
