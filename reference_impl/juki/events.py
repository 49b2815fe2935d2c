"""The events of a record as data: what they do to it and how 本人確認情報 names them.

異動事由 of 標準仕様書 1.2.2 are kept in the history; 規則11条 names fewer, and those travel.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CANCELLATIONS", "CORRECTED", "ENTERED", "EVENTS", "REMOVED", "Event"]

ENTERED, REMOVED, CORRECTED = "1", "2", "3"
"""旨: 記載, 消除, 修正 (住基令30条の5)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event.

    Attributes:
        ja: 異動事由 in the history (標準仕様書 1.2.2).
        entry: 旨 of the notice.
        reason: 事由 of the notice (規則11条), empty for an event without notice.
        register: True when the 戸籍の附票 has to follow (住基法19条1項).
        replica: True when the household's 副本 changes (標準仕様書 7.1.2.3).
        basic: True when the basic items that others hold change.
        may_be_ahead: True when the date of the event may lie ahead (標準仕様書 4.0.3).
        loose_date: True when the date may be unknown or off the calendar (標準仕様書 1.1.8).
    """

    ja: str
    entry: str
    reason: str
    register: bool = False
    replica: bool = True
    basic: bool = True
    may_be_ahead: bool = False
    loose_date: bool = False


EVENTS = {
    "birth": Event("出生", ENTERED, "12", loose_date=True),
    "move_in": Event("国内転入", ENTERED, "11", register=True),
    "move_in_abroad": Event("国外転入等", ENTERED, "11", register=True),
    "entry": Event("職権記載", ENTERED, "13", register=True),
    "entry_naturalised": Event("職権記載(帰化等)", ENTERED, "13"),
    "entry_nationality_lost": Event("職権記載(国籍喪失)", ENTERED, "13"),
    "restored": Event("異動の取消し(増)", ENTERED, "13"),
    "move_out": Event("国内転出", REMOVED, "21", may_be_ahead=True),
    "move_out_abroad": Event("国外転出", REMOVED, "21", register=True, may_be_ahead=True),
    "death": Event("死亡", REMOVED, "22", loose_date=True),
    "disappeared": Event("職権消除", REMOVED, "23", loose_date=True),
    "removal": Event("職権消除", REMOVED, "23"),
    "removal_naturalised": Event("職権消除(帰化等)", REMOVED, "23"),
    "removal_nationality_lost": Event("職権消除(国籍喪失)", REMOVED, "23"),
    "withdrawn": Event("異動の取消し(減)", REMOVED, "23"),
    "move": Event("転居", CORRECTED, "31", register=True),
    "minor": Event("軽微な修正", CORRECTED, "32", register=True),
    "ex_officio": Event("職権修正", CORRECTED, "33", register=True),
    "clerical": Event("誤記修正", CORRECTED, "33", register=True),
    "undone": Event("異動の取消し(修正)", CORRECTED, "33", register=True),
    "former_surname": Event("旧氏の記載等", CORRECTED, "33", register=True),
    "alias": Event("通称の記載等", CORRECTED, "33"),
    "code_changed": Event("住民票コードの変更請求", CORRECTED, "41", replica=False),
    "code_entered": Event("住民票コードの職権記載", CORRECTED, "42", replica=False),
    "number_changed": Event("個人番号の変更請求", CORRECTED, "51", replica=False),
    "number_corrected": Event("個人番号の職権修正", CORRECTED, "52", replica=False),
    "number_entered": Event("個人番号の職権記載", CORRECTED, "53", replica=False),
    "household": Event("世帯変更", CORRECTED, "", basic=False),
    "recreated": Event("改製", CORRECTED, "", replica=False, basic=False),
    "residence_status": Event("在留資格等の修正", CORRECTED, "", basic=False),
}
"""Every event by its name in the registers."""

CANCELLATIONS = {ENTERED: "withdrawn", REMOVED: "restored", CORRECTED: "undone"}
"""旨 of an event to the one that takes it back (標準仕様書 4.6.0.1)."""
