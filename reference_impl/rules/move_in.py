"""Rules: moves into the municipality."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["MoveInRules"]


@subject
class MoveInRules:
    """How juki handles 転入."""

    move_in_code: Literal["last", "new"] = "last"
    """Which code is written to who comes from another municipality (住基法30条の3第1項)."""
    abroad_code: Literal["last", "new"] = "last"
    """Which code is written to who comes back from abroad (住基法30条の3第1項)."""
    new_code_where_unknown: bool = True
    """A new code is written when the last cannot be found out (住基令30条の2第1項)."""
    number_of_old_code: Literal["old", "new", "none"] = "old"
    """The code with which a missing number is asked for (番号法附則3条2項・3項)."""
    request_number_again: bool = False
    """A number that was carried over is asked for again (番号法7条1項: no)."""
    notice_to: tuple[str, ...] = ("former_municipality_code", "last_registered_code")
    """Who is told of a move-in, besides oneself (標準仕様書 7.1.1.1)."""
    notice_when: Literal["final", "provisional"] = "final"
    """When the notice of a move-in leaves: after the entry (住基法9条1項)."""
    notice_of_others: tuple[str, ...] = ()
    """Events beside move-ins that are told by a move-in notice (住基法9条1項: none)."""
    move_in_notice_date: Literal["moved", "today"] = "moved"
    """The date in the identity notice of a move-in (住基令30条の5第1号)."""
    removed_record_found: Literal["input", "final", "never"] = "input"
    """Where a new entry is blocked for who has a removed record (標準仕様書 4.1.1.2, 11.1)."""
    keep_addressee_number: bool = True
    """Who returns keeps the addressee number (標準仕様書 4.1.1.2)."""
    three_items: Literal["alert", "link", "silent"] = "alert"
    """What the same name, sex and birth date mean (標準仕様書 4.1.1.2: an alert only)."""
    code_in_use_refused: bool = True
    """A code of somebody who is present is not written to another (住基法30条の3)."""
    keep_alias: bool = True
    """An alias of the certificate is entered (住基令30条の16)."""
    joint_birth_is_move_in: bool = True
    """A birth filed together with a move-in is a move-in (標準仕様書 4.1.0.1)."""
