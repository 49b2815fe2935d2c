"""Rules: manual linkage, re-sending, consistency checks, restraints, wide-area issue."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["CommonRules"]


@subject
class CommonRules:
    """How juki handles what is common to all events."""

    manual_linkage: Literal["keep", "ignore", "lose", "newest_first", "send_again"] = "keep"
    """What manual linkage does to telegrams for the CS: they wait (標準仕様書 7.1.1.1)."""
    resend: Literal["chosen", "unchanged", "first", "none"] = "chosen"
    """What is sent again: the last telegram with the chosen reason (標準仕様書 7.1.1.1)."""
    resend_unsent: bool = False
    """What was never sent can be sent again with made up contents (標準仕様書 7.1.1.1: no)."""
    show_service_status: Literal["latest", "first", "none"] = "latest"
    """Which state of the network staff can see (標準仕様書 7.1.1.1)."""
    consistency_source: Literal["record", "household"] = "record"
    """Where the address of a consistency check comes from (標準仕様書 7.1.1.2)."""
    consistency_rows: int = 30
    """People that one telegram of a check holds; fewer is a correct variant (open profile)."""
    show_differences: bool = True
    """Staff see who differs (標準仕様書 7.1.1.2)."""
    tell_restraint: bool = True
    """A restraint on issue goes to the CS (標準仕様書 3.1)."""
    tell_restraint_end: bool = True
    """So does its end (標準仕様書 3.1)."""
    tell_temporary_end: bool = False
    """A temporary end goes to the CS too (標準仕様書 3.1: that is not needed)."""
    restraint_silences: bool = False
    """A restrained person's events are not notified (住基法30条の6: they are)."""
    restraint_begins: int = 0
    """Days after its first day on which a restraint begins to hold (open profile: that day)."""
    restraint_ends: int | None = None
    """Days after its last day until which a restraint holds; None: until it is lifted (3.1)."""
    wide_area_answers: bool = True
    """A request for a wide-area copy is answered (住基法12条の4第3項)."""
    wide_area_source: Literal["record", "household", "filing"] = "record"
    """Where the address of a wide-area record comes from (住基法12条の4第3項)."""
    wide_area_stranger: bool = False
    """A request about nobody is answered with the record of somebody else."""
    wide_area_unasked: Literal["", "household", "number", "code"] = ""
    """What a wide-area record tells without a special request (住基法12条の4第4項: nothing)."""
    wide_area_omits: Literal["", "household", "number", "code"] = ""
    """What it omits in spite of a special request (住基法12条の4第4項: nothing)."""
    wide_area_remarks: Literal["", "register", "pension"] = ""
    """What it tells in its remarks (住基法12条の4第1項: nothing of the kind)."""
    wide_area_refusal: Literal["answer", "receipt"] = "answer"
    """How the want of a record is told: by an answer or by the receipt; both are correct."""
    wide_area_heeds_restraint: bool = True
    """The record of a restrained person is not returned (標準仕様書 3.1, 3.4)."""
    member_dispatch: Literal["receiver", "none"] = "receiver"
    """By what telegrams of a shared CS are sorted to its members (標準仕様書 7.1.1.1)."""
    normalise_texts: bool = False
    """Texts are brought to a normal form on their way to the CS (標準仕様書 7.1.1.1: never)."""
