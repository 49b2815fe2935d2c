"""Rules: the stock of juminhyo codes at juki."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["StockRules"]


@subject
class StockRules:
    """How a node behaves in the stock of juminhyo codes at juki."""

    keep_list: bool = True
    """Received codes are stocked (標準仕様書 4.3.1)."""
    list_limit: int | None = None
    """How many codes of one list are stocked; None is all of them (標準仕様書 4.3.1)."""
    list_replaces_stock: bool = False
    """A received list takes the place of the stock (good codes must not be lost)."""
    check_list_digits: bool = True
    """Codes with a wrong check digit are left out (施行規則1条)."""
    check_list_used: bool = True
    """Codes that are in use or in stock are left out (住基法30条の3第2項)."""
    check_list_repeats: bool = True
    """A code that stands twice in one list is taken once (住基法30条の3第2項)."""
    refuse_faulty_list: bool = False
    """A list with a faulty row is refused as a whole: a correct variant."""
    alert_when: Literal["below", "at_or_below", "never"] = "below"
    """When `stock_low` is shown at automatic numbering (標準仕様書 4.3.1)."""
    count_stock_before: bool = False
    """The count before the assignment decides on the alert: a correct variant."""
    ask_when_low: bool = True
    """More codes are asked for when the stock is low (規則14条2項)."""
    empty_stock: Literal["reject", "made_up", "discard"] = "reject"
    """What an empty stock means: the record stays provisional (住基法30条の3第2項)."""
