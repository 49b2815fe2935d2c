"""Rules: 本人確認情報 and 送付先情報 of juki."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["NoticeRules"]


@subject
class NoticeRules:
    """How a node behaves in 本人確認情報 and 送付先情報 of juki."""

    name_size: int = 40
    """Characters of a name in a notice; those of the profile, not a behaviour."""
    furigana_size: int = 60
    """Likewise of its reading."""
    two_step_notice: bool = False
    """記載 without number, then 修正 with it: a correct variant (施行令30条の5第4号)."""
    notice_before_number: bool = False
    """A notice with an invented number leaves at 本登録 (住基法30条の6: after its receipt)."""
    notice_number: Literal["received", "altered"] = "received"
    """The number that a notice carries (住基法30条の6第1項)."""
    notice_event_date: Literal["birth", "today"] = "birth"
    """The date in a birth's notice (施行令30条の5第1号)."""
    notice_extra: Literal["", "head_name", "head_number"] = ""
    """What a notice tells beyond the law (住基法30条の6第1項: nothing)."""
    hold_corrections: bool = True
    """A correction's notice waits for the notice of the birth (標準仕様書 7.1.1.1)."""
    notify_corrections: bool = True
    """A naming is notified as 職権修正等 (住基法30条の6第1項)."""
    delivery_address: Literal["own", "office"] = "own"
    """Which address 送付先情報 names (標準仕様書 7.1.1.4)."""
    keep_postal_zeros: bool = True
    """A postal code keeps its zeros at the left (open profile)."""
    number_in_delivery_address: bool = False
    """送付先情報 carries the individual number in its text (番号法19条: no)."""
    number_in_receipt: bool = False
    """A receipt repeats the individual number (番号法19条: no)."""
    send_register_notice: bool = False
    """戸籍附票記載事項通知 goes out too: a correct variant (住基法19条)."""
