"""Rules: online applications and the numbers that tell whose they are."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["ApplicationRules"]


@subject
class ApplicationRules:
    """How shinsei passes online applications on, and what juki does with them."""

    check_office: tuple[str, ...] = ("1", "2", "3")
    """Kinds refused when for another municipality (seed 004: each goes to its own city)."""
    booking_inside: tuple[str, ...] = ("origin_code", "destination_code")
    """Items of a booking that must name our municipality (seed 004: a move inside it)."""
    applicant: Literal["own", "first"] = "own"
    """Whose name and birth date are passed on (seed 004: the applicant's)."""
    after_hours: Literal["at_once", "next_day"] = "at_once"
    """When what came after hours is passed on; the next working day is a variant (FAQ)."""
    lost_after_hours: tuple[str, ...] = ()
    """Kinds that are never passed on when they came after hours (seed 004: none)."""
    window_before: int = 30
    """Days before the move from which a report is taken (デジタル庁FAQ)."""
    window_after: int = 10
    """Days after the move until which a report is taken (デジタル庁FAQ)."""
    refuse_abroad: bool = True
    """A move abroad is not taken online (デジタル庁FAQ)."""
    pass_repeated_on: bool = False
    """The same application is passed on again when it comes again (open profile)."""
    take_changed: bool = False
    """Another application under a used 受付番号 is taken (open profile)."""
    pass_withdrawals_on: bool = True
    """A withdrawal reaches the resident record system (市の案内)."""
    check_withdrawn: bool = True
    """A withdrawal of what never came is refused (受付番号 names what is withdrawn)."""
    serial_owner: Literal["link", "first", "last"] = "link"
    """Whose a serial number is: the 番号紐付情報 says it (共通機能標準仕様書 2.1 2.1.4)."""
    forget_former_serial: bool = True
    """After a renewal the former serial number leads to nobody (申請管理の最新化要件)."""
    forget_revoked_serial: bool = True
    """A revoked serial number leads to nobody (公的個人認証法)."""
    show_unknown_serial: bool = True
    """Staff see that a serial number led to nobody (CERT-003)."""
    pass_unidentified_on: bool = True
    """What nobody was identified for is passed on without a number; keeping it is a variant."""
    online_report_special: bool = True
    """An accepted online report is a special move-out (住基法24条の2第3項)."""
    visit_notice_effect: Literal["none", "move_in_notice"] = "none"
    """A visit notice alone is no report (住基法22条)."""
    match_visits: Literal["later", "on_arrival", "anybody"] = "later"
    """A visit and 転出証明書情報 are matched whichever comes first (デジタル庁FAQ)."""
    withdrawal_effect: Literal["accepted", "on_arrival", "none"] = "accepted"
    """A withdrawn report leads to no removal; taking effect by itself is a variant (市の案内)."""
    withdrawn_can_be_accepted: bool = False
    """A withdrawn report can still be accepted (市の案内: it cannot)."""
    booking_takes_effect: bool = False
    """A booking is taken for the report of a move (住基法23条: the visit is the report)."""
