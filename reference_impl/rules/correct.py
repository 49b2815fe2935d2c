"""Rules: corrections, cancellations and changes of many addresses at once."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["CorrectRules"]


@subject
class CorrectRules:
    """How juki handles 職権修正, 軽微な修正, 異動の取消し and 住所一括変更."""

    silent_events: tuple[str, ...] = ()
    """Events that are not notified although they should be (住基法30条の6第1項: none)."""
    told_needlessly: tuple[str, ...] = ()
    """Events that are notified although no item of the notice changes (none; 改製 may be)."""
    overwriting_events: tuple[str, ...] = ()
    """Events that take the place of the last one in the history (標準仕様書 4.6.0.1: none)."""
    minor_event: Literal["minor", "ex_officio"] = "minor"
    """What a correction chosen as 軽微な修正 is notified as (施行規則11条3項2号)."""
    warn_of_real_change: bool = True
    """A real change of name entered as 軽微な修正 shows an alert (標準仕様書 4.2.3.2)."""
    loose_since: bool = True
    """住民となった日 and 住所を定めた日 may be unknown or off the calendar (標準仕様書 1.1.8)."""
    keep_known_code: bool = True
    """Who had a code and a number is entered under them (住基法30条の3第1項)."""
    restored_code: Literal["own", "new"] = "own"
    """The code of a restored record (住基法30条の3第1項)."""
    restored_number: Literal["own", "none"] = "own"
    """The number of a restored record (番号法7条1項)."""
    number_revives: bool = False
    """A number that arrives after a cancelled entry brings the person back (番号法7条)."""
    bulk_event: Literal["minor", "move"] = "minor"
    """What a change of many addresses is notified as (標準仕様書 9.7)."""
    bulk_changes_removed: bool = False
    """A change of many addresses notifies who is no resident any more (標準仕様書 9.7)."""
    bulk_changes_all: bool = False
    """A change of many addresses notifies whose address it does not touch (標準仕様書 9.7)."""
    bulk_changes_leaving: bool = False
    """A change of many addresses covers who is about to leave: a correct variant (9.7)."""
