"""市町村CS, prefecture and 機構: joins the desks and knows the municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import Base, text_of
from reference_impl.cs.card import CardDesk
from reference_impl.cs.certificate import CertificateDesk
from reference_impl.cs.code import CodeDesk
from reference_impl.cs.consistency import ConsistencyDesk
from reference_impl.cs.linkage import LinkageDesk
from reference_impl.cs.notice import NoticeDesk
from reference_impl.cs.number import NumberDesk
from reference_impl.cs.relay import RelayDesk
from reference_impl.cs.service import ServiceDesk
from reference_impl.desk import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reference_impl.node import Context, Telegram, Values

DESKS = (
    CodeDesk,
    NumberDesk,
    NoticeDesk,
    RelayDesk,
    LinkageDesk,
    CertificateDesk,
    CardDesk,
    ServiceDesk,
    ConsistencyDesk,
)
"""Every desk; a new kind of work is a new row."""


class Cs(Base):
    """The node; `registers` hold designated codes, issued numbers and received notices."""

    role = "cs"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.own_code = context.codes[self.role]
        self.municipality = context.municipality_code
        self.organization = context.organization_code
        self.members = {context.codes[role]: role for role in ("juki", "juki_b")}
        self.provisions |= {
            "designated": self._provision_designated,
            "person": self._provision_person,
            "member": self._provision_member,
        }
        self.desks = tuple(desk(self) for desk in DESKS)
        join(self, self.desks)

    def day_began(self) -> None:
        """Let every desk do what has become due."""
        for desk in self.desks:
            desk.day_began()

    # -- municipalities -----------------------------------------------------------------------

    def municipality_of(self, telegram: Telegram) -> str:
        """Give the code of the municipality that sent a telegram."""
        return text_of(telegram.values, "sender") or self.municipality

    def reaches(self, municipality: str) -> bool:
        """Tell whether a municipality stands behind this CS."""
        shared = self.registers.get("member", municipality) is not None
        return municipality in self.members or shared

    def send_to(self, municipality: str, telegram_id: str, values: Values) -> None:
        """Send a telegram to the system of a municipality."""
        self.send(self.members.get(municipality, "juki"), telegram_id, values)

    # -- codes and numbers --------------------------------------------------------------------

    def remember_designated(self, municipality: str, codes: Iterable[str], by: str) -> None:
        """Note that codes were designated to a municipality, by a list or by provisioning."""
        for code in codes:
            self.registers.put("designated", code, {"municipality": municipality, "by": by})

    def remember_number(self, code: str, number: str) -> None:
        """Note that a number was issued for a code."""
        self.registers.put("issued", code, {"number": number})
        self.registers.put("number", number, {"code": code})

    def _provision_designated(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        municipality = str(args.get("municipality_code") or self.municipality)
        self.remember_designated(municipality, [str(code) for code in args["codes"]], "provision")
        return {}

    def _provision_person(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        code, number = str(args["juminhyo_code"]), str(args["individual_number"])
        municipality = str(args.get("municipality_code") or self.municipality)
        self.remember_designated(municipality, [code], "provision")
        self.remember_number(code, number)
        return {}

    def _provision_member(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Note a municipality that shares the CS with the one under test."""
        self.registers.put("member", str(args["municipality_code"]), {})
        return {}
