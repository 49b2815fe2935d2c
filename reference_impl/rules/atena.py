"""Rules: updates, deletions, display and flags at atena."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["AtenaRules"]


@subject
class AtenaRules:
    """How atena keeps the basic items of people, beside numbering them."""

    update_basic_items: bool = True
    """An update changes what is displayed later (共通機能 2.4.3(2)⑥)."""
    notify_update: bool = False
    """The 中間サーバー is told of a plain update (共通機能 2.4.3(2)⑦: only of deletions)."""
    update_number: bool = True
    """A changed individual number is entered (共通機能 2.4.3, 1:1 with the integrated one)."""
    number_change_renumbers: bool = False
    """A changed individual number gets another integrated number: a variant (2.4.3, 1:1)."""
    flag_rule: Literal["right", "always", "residents_only"] = "right"
    """When the 統合宛名フラグ is set (共通機能 2.4.3(2)⑥)."""
    deleted_number: Literal["integrated", "addressee"] = "integrated"
    """The number in the notice of a deletion (共通機能 2.4.3(2)⑦)."""
    display_hides: tuple[str, ...] = ()
    """Items that a display answer lacks (共通機能 2.4.3(3)⑪: none)."""
    display_somebody: bool = False
    """A number of nobody is answered with somebody (共通機能 2.4.3(3)⑪: with nobody)."""
