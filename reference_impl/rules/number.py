"""Rules: individual numbers at juki."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["NumberRules"]


@subject
class NumberRules:
    """How a node behaves in individual numbers at juki."""

    check_number: bool = True
    """A number with a wrong check digit is not written (省令85号5条)."""
    refuse_held_number: bool = True
    """A number that somebody else holds is not written (番号法8条2項1号)."""
    refuse_other_number: bool = True
    """A written number is not replaced by an unasked one (番号法7条)."""
    refuse_unrequested: bool = True
    """A number for an unknown code is written to nobody (番号法7条)."""
    ignore_repeated_number: bool = True
    """The same number again has no effect (番号法7条)."""
    number_owner: Literal["code", "latest"] = "code"
    """Whose record the number is written to (番号法施行令2条)."""
    new_code_on_retry: bool = False
    """A repeated number request draws another code (番号法7条: one person, one code)."""
    number_for_numbered: bool = False
    """A number is requested for somebody who has one (番号法7条1項: no)."""
    change_request: Literal["change", "issue"] = "change"
    """What asks for a changed number: 変更要求, not 生成要求 (番号法7条2項)."""
    write_changed_number: bool = True
    """A changed number takes the place of the former one (番号法7条2項)."""
    tell_former_number: bool = True
    """The notice of a changed number tells the former one (住基令30条の5第4号)."""
    new_code_with_number: bool = False
    """A changed number changes the code too (番号法7条2項: it stays)."""
    correction_asks: bool = False
    """Correcting an error in writing asks for a number (住基令12条3項: no)."""
    refuse_former_number: bool = True
    """A change that brings the former number back is refused (番号法8条2項1号)."""
    answer_number_faults: bool = True
    """A wrong change is refused on the wire; showing it to staff only is a correct variant."""
    deliver_changed_number: bool = True
    """A changed number is sent to its holder by 送付先情報; not to is a correct variant."""
