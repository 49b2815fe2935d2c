"""The options of the ICS: what each of them means, and what shows it at work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CLOCK", "OPTIONS", "Option", "Sight"]

CLOCK = "clock"
"""Stands for the passing of minutes among the actions."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What shows that an option is at work in a scenario.

    Attributes:
        telegram: one that the system sends; empty where an accepted action shows it.
        unless: the action after which that telegram shows nothing, it was asked for then.
        after: what must have been asked last before it; empty where that does not matter.
        accepts: arguments of an action that the system accepts.
    """

    telegram: str = ""
    unless: str = ""
    after: str = ""
    accepts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """An ICS option: what it means, and how it shows; None where nothing shows it unclaimed."""

    ja: str
    sight: Sight | None = None


OPTIONS: Mapping[str, Option] = {
    "provisional": Option("仮登録の段階を持つ", Sight(accepts={"until": "provisional"})),
    "gathered_differences": Option(
        "宛名連携の異動差分を、10分以内おきにまとめて提供する",
        Sight("resident_differences", after=CLOCK),
    ),
    "automatic_replenishment": Option(
        "住民票コードが少なくなったとき、補充を自動で求める",
        Sight("juminhyo_code_request", unless="fetch_codes"),
    ),
    "automatic_notice_import": Option(
        "受信した転入通知を、職員の手を介さずに取り込む",
        Sight("notice_report", unless="import_notices"),
    ),
    # Its cases need residents of another municipality, so that without the claim it never shows.
    "shared_cs": Option("CSを共同利用し、複数の構成自治体を受け持つ"),
}
"""The closed list of ICS options."""
