"""情報提供ネットワークシステム: gives each organisation a linkage code of its own for a person."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from reference_impl import numbers
from reference_impl.base import OK, Base, text_of
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context, Telegram

_CODE_SIZE = 64
_ERROR_ITEM = 30
"""Characters of the item in which a fault tells a code to juki."""


class Nws(Base):
    """The node; `registers` hold linkage codes by organisation and person, nothing else."""

    role = "nws"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._municipality = context.municipality_code
        self.receivers = {
            "linkage_code_generation": self._on_generation,
            "code_change_notice": self._on_code_change,
        }
        self.actions = {"send_linkage_code": self._send_linkage_code}

    def _on_generation(self, telegram: Telegram) -> Telegram:
        organization, code, given = (
            text_of(telegram.values, item)
            for item in ("organization_code", "juminhyo_code", "acquisition_number")
        )
        linkage_code = self._linkage_code(organization, code)
        returned = given
        if not self.rules.return_acquisition_number:
            returned = numbers.random_acquisition_number(self.random)
        self._notify(returned, linkage_code)
        if self.rules.linkage_code_to_juki:
            self._tell_juki(linkage_code)
        return self.reply(telegram, OK)

    def _on_code_change(self, telegram: Telegram) -> Telegram:
        """Keep every linkage code of a person whose juminhyo code changed (住基法30条の9の2)."""
        former, code = (
            text_of(telegram.values, item) for item in ("former_juminhyo_code", "juminhyo_code")
        )
        for key, kept in self.registers.rows("linkage") if self.rules.keep_linkage_code else ():
            organization, _, owner = key.partition("/")
            if owner == former:
                self.registers.put("linkage", f"{organization}/{code}", kept)
        return self.reply(telegram, OK)

    def _tell_juki(self, linkage_code: str) -> None:
        """Tell the resident record system what it must not know; it has the CS's link for it."""
        values = {
            "receiver": self._municipality,
            "result": OK,
            "error_item": linkage_code[:_ERROR_ITEM],
        }
        self.send("juki", "receipt", values)

    def _linkage_code(self, organization: str, code: str) -> str:
        """Give the code of a person for an organisation, always the same one."""
        key = f"{organization}/{code}"
        kept = self.registers.get("linkage", key)
        if kept is None:
            kept = {"code": self._new_linkage_code(organization, code)}
            self.registers.put("linkage", key, kept)
        return str(kept["code"])

    def _new_linkage_code(self, organization: str, code: str) -> str:
        fixed = {
            "readable": code.zfill(_CODE_SIZE),
            "person": hashlib.sha256(code.encode()).hexdigest(),
            "organization": hashlib.sha256(organization.encode()).hexdigest(),
        }
        source = self.rules.linkage_code_source
        while source == "random":
            drawn = numbers.random_hex(self.random, _CODE_SIZE)
            if self.registers.find("linkage", "code", drawn) is None:
                return drawn
        return fixed[source]

    def _notify(self, acquisition_number: str, linkage_code: str) -> None:
        values = {"acquisition_number": acquisition_number, "linkage_code": linkage_code}
        self.send("chukan", "linkage_code_notice", values)

    def _send_linkage_code(self, args: Mapping[str, Any]) -> Outcome:
        self._notify(str(args["acquisition_number"]), str(args["linkage_code"]))
        return Outcome("ok")
