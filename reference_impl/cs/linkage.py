"""Passing linkage requests on to the information network (番号法施行令27条3項)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram


class LinkageDesk(Desk["Cs"]):
    """Turns the individual number into the juminhyo code."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = {"linkage_code_request": self._on_linkage_request}

    def _on_linkage_request(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "individual_number")
        known = self.registers.get("number", number)
        issued = self.registers.rows("number")
        if known is None and issued and not self.rules.refuse_unknown_number:
            known = issued[-1][1]
        if known is None:
            self.node.report(telegram.id, base.NO_RECORD, "個人番号に該当する者がいません。")
            return self.node.reply(telegram, base.NO_RECORD, "individual_number")
        code = str(known["code"])
        if self.rules.code_of_number == "other":
            others = (key for key, _ in self.registers.rows("designated") if key != code)
            code = next(others, code)
        given = text_of(telegram.values, "acquisition_number")
        values = {
            "organization_code": text_of(telegram.values, "sender") or self.node.organization,
            "acquisition_number": self.node.acquisition(number, given),
            "juminhyo_code": code,
        }
        self.registers.put("provided", code, {})
        self.node.send("nws", "linkage_code_generation", values, text_of(telegram.values, "serial"))
        return self.node.reply(telegram, OK)
