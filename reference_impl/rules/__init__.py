"""The behaviour of the reference as data: a member for each thing that a fault can break.

Nodes read these members and never know a fault's name. The defaults are the correct behaviour;
where the public text leaves a choice, the other correct value is named as a variant. Each module
holds the members of one subject, with the clause beside each.
"""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.rules.addressee import AddresseeRules
from reference_impl.rules.agency import AgencyRules
from reference_impl.rules.application import ApplicationRules
from reference_impl.rules.atena import AtenaRules
from reference_impl.rules.birth import BirthRules
from reference_impl.rules.card import CardRules
from reference_impl.rules.certificate import CertificateRules
from reference_impl.rules.code import CodeRules
from reference_impl.rules.common import CommonRules
from reference_impl.rules.correct import CorrectRules
from reference_impl.rules.death import DeathRules
from reference_impl.rules.difference import DifferenceRules
from reference_impl.rules.jutogai import JutogaiRules
from reference_impl.rules.link import LinkRules
from reference_impl.rules.move import MoveRules
from reference_impl.rules.move_in import MoveInRules
from reference_impl.rules.move_in_notice import MoveInNoticeRules
from reference_impl.rules.move_out import MoveOutRules
from reference_impl.rules.name import NameRules
from reference_impl.rules.nation import NationRules
from reference_impl.rules.notice import NoticeRules
from reference_impl.rules.number import NumberRules
from reference_impl.rules.replica import ReplicaRules
from reference_impl.rules.special import SpecialRules
from reference_impl.rules.stock import StockRules

__all__ = ["CORRECT", "Rules"]


@dataclass(frozen=True)
class Rules(
    AddresseeRules,
    AgencyRules,
    ApplicationRules,
    AtenaRules,
    BirthRules,
    DifferenceRules,
    JutogaiRules,
    CardRules,
    CertificateRules,
    CodeRules,
    CorrectRules,
    DeathRules,
    CommonRules,
    LinkRules,
    MoveInRules,
    MoveInNoticeRules,
    MoveOutRules,
    MoveRules,
    NameRules,
    NationRules,
    NoticeRules,
    NumberRules,
    SpecialRules,
    ReplicaRules,
    StockRules,
):
    """How a node behaves, all subjects together."""


CORRECT = Rules()
"""The reference without a fault."""
