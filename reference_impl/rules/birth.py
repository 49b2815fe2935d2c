"""Rules: births and what staff enter at juki."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["BirthRules"]


@subject
class BirthRules:
    """How a node behaves in births and what staff enter at juki."""

    code_choice: Literal["random", "first", "last", "smallest"] = "random"
    """How a code is picked from the stock (標準仕様書 4.3.1)."""
    code_source: Literal["stock", "head", "made_up"] = "stock"
    """Where a new code comes from: the designated ones (住基法30条の3第2項)."""
    take_code_from_stock: Literal["at_once", "with_number"] = "at_once"
    """When a picked code leaves the stock (住基法30条の3第2項後段)."""
    request_code: Literal["written", "other"] = "written"
    """Which code the number request carries (番号法8条1項)."""
    sent_when_provisional: tuple[str, ...] = ()
    """Telegrams that leave at 仮登録 (標準仕様書 4.0.8: none)."""
    number_unnamed: bool = True
    """A child without a name is numbered (標準仕様書 1.1.6)."""
    number_foreigners: bool = True
    """A foreign child is numbered (住基法30条の45)."""
    check_event_date: bool = True
    """Dates of events are not in the future (標準仕様書 4.0.3)."""
    check_report_date: bool = True
    """Dates of reports are not in the future (標準仕様書 4.1.0.2)."""
    check_dates_at: Literal["input", "final"] = "input"
    """Where a wrong date is rejected; both are correct (標準仕様書 4.0.3)."""
    errors_block: bool = True
    """An error keeps from going on (標準仕様書 11.1)."""
    alerts_block: bool = False
    """An alert keeps from going on (標準仕様書 11.1: it does not)."""
    require_calendar_report: bool = True
    """The report date is a calendar date (標準仕様書 1.1.8)."""
    allow_unknown_birth: bool = True
    """A birth date may have unknown parts (標準仕様書 1.1.8)."""
    keep_noncalendar_birth: bool = True
    """A birth date off the calendar is kept as it is (標準仕様書 1.1.8)."""
    allow_last_era_days: bool = True
    """明治45年7月30日 and 大正15年12月25日 are dates (標準仕様書 1.1.8)."""
    overflow: Literal["reject", "cut"] = "reject"
    """What happens to a text longer than its item (標準仕様書 4.1.3.1.2)."""
    drop_unmapped: bool = False
    """Characters without a code on the CS link are left out silently (標準仕様書 7.1.1.1)."""
    reject_unmapped: bool = False
    """A name with such a character is rejected instead of substituted: a correct variant."""
    fold_names: bool = False
    """Variant characters of a name are replaced by common ones (標準仕様書 7.1.1.1: never)."""
