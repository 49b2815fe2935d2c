"""Rules: certificate information and special move-ins."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["SpecialRules"]


@subject
class SpecialRules:
    """How juki handles 転出証明書情報 and 特例転入."""

    push_certificate: bool = True
    """The planned municipality is told at the report (住基法24条の2第3項)."""
    push_certificate_next_day: bool = False
    """It is sent on the day after the report: a correct variant (24条の2第3項 names no day)."""
    certificate_to: Literal["asked", "planned", "register"] = "asked"
    """Who gets it: the planned municipality, or who tells of the first report (24条の2第6項)."""
    certificate_omits: tuple[str, ...] = ()
    """Items of who leaves that it leaves out (住基令24条の3: none)."""
    members_included: bool = True
    """Cardless members who move with a card holder are included (24条の2第2項)."""
    certificate_members_most: int = 20
    """People whom it tells of at most (open profile)."""
    certificate_of_emigrant: bool = False
    """It is sent for a move abroad too (24条の2第3項: to municipalities)."""
    answer_first_report: bool = True
    """It is sent when the first report was made elsewhere or later (24条の2第6項)."""
    certificate_sent_again: bool = True
    """Staff can send it again; both are correct (標準仕様書 7.1.1.1, 4.1.3.0.4)."""
    answer_any_first_report: bool = False
    """It is sent of who reported no move-out, too (24条の2第6項: of who did)."""
    newest_certificate: bool = True
    """What comes later takes the place of what was received before."""
    certificate_kept_longer: int = 0
    """Days for which unused information is kept beyond thirty (住基令24条の4)."""
    send_first_report: bool = True
    """The former municipality is told of a first report without information (24条の2第5項)."""
    special_exclusions: tuple[str, ...] = ("late", "elsewhere", "card")
    """What ends the special rule (住基令24条の2)."""
    special_days_more: int = 0
    """Days beyond fourteen for which a report is special (住基令24条の2)."""
    special_planned_days_more: int = 0
    """Days beyond thirty after the planned date for which a report is special (住基令24条の2)."""
    late_special_refused: bool = False
    """Who is excluded is turned away (24条の2: it is a move-in like any other)."""
    enter_from: Literal["information", "report"] = "information"
    """What a special move-in is entered from (標準仕様書 4.1.1.3)."""
    correct_certificate: bool = True
    """Staff can correct what was received (標準仕様書 4.1.1.3)."""
    kept_of_former: tuple[str, ...] = ("name",)
    """What the removed record of who returns says better (標準仕様書 4.1.1.2: the name)."""
