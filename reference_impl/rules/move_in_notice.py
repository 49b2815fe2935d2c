"""Rules: what others tell of people who moved in there."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["MoveInNoticeRules"]


@subject
class MoveInNoticeRules:
    """How juki takes a 転入通知."""

    import_by_itself: bool = True
    """A notice is taken in without staff (標準仕様書 4.1.3.1.2)."""
    report_notice: bool = True
    """The prefecture is told that a notice came (住基令13条3項・4項)."""
    planned_values: Literal["kept", "overwritten"] = "kept"
    """What becomes of the planned values beside the confirmed ones (標準仕様書 4.1.3.1.1)."""
    accept_early_notice: bool = True
    """A notice is taken before the planned date (標準仕様書 4.1.3.1.1)."""
    notice_taken: Literal["newest", "first", "last_arrived"] = "newest"
    """Which of several notices of a person counts (標準仕様書 4.1.3.1.2)."""
    accept_after_ex_officio: bool = True
    """A notice is taken for a person removed ex officio (標準仕様書 4.1.3.1.1)."""
    show_notice_faults: bool = True
    """Garbled and overlong items are shown to staff (標準仕様書 4.1.3.1.2)."""
    correct_notice_items: bool = True
    """Staff can correct such an item (標準仕様書 4.1.3.1.2)."""
    list_missing_notices: bool = True
    """Who left and was not confirmed is on a list (標準仕様書 4.1.3.1.4)."""
    take_off_missing_list: bool = True
    """A notice takes its person off that list (標準仕様書 4.1.3.1.4)."""
    check_notice_person: bool = True
    """Name and birth date of a notice must be those of its code (標準仕様書 4.1.3.1.2)."""
    unknown_notice: Literal["error", "same_name", "silent"] = "error"
    """What a notice with an unknown code means: an import error (標準仕様書 4.1.3.1.2)."""
