"""Acquiring linkage codes: 取得番号 out, 符号 in (番号法21条の2)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from reference_impl import base, numbers
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.chukan.node import Chukan
    from reference_impl.node import Telegram


class LinkageDesk(Desk["Chukan"]):
    """Allots acquisition numbers and links what comes back to the person they were for."""

    def __init__(self, chukan: Chukan) -> None:
        super().__init__(chukan)
        self.receivers = {"linkage_code_notice": self._on_linkage_code}
        self.actions = {"begin_linkage": self._begin}

    def _begin(self, args: Mapping[str, Any]) -> Outcome:
        integrated = str(args["integrated_number"])
        if self.registers.get("person", integrated) is None:
            return Outcome("rejected", "input", reason="not_notified")
        allotted = self.node.acquisition(integrated, self._allot())
        self.registers.put("acquisition", allotted, {"integrated_number": integrated})
        values = {"integrated_number": integrated, "acquisition_number": allotted}
        self.node.send("atena", "linkage_start", values)
        return Outcome("ok")

    def _allot(self) -> str:
        """Draw a 取得番号 that was never drawn before; only its hash is kept."""
        kept = self.registers.get("setting", "constant_acquisition")
        while kept is None:
            drawn = numbers.random_acquisition_number(self.node.random)
            mark = hashlib.sha256(drawn.encode()).hexdigest()
            if self.registers.get("allotted", mark) is None:
                self.registers.put("allotted", mark, {})
                kept = {"number": drawn}
        if self.rules.acquisition_source == "constant":
            self.registers.put("setting", "constant_acquisition", kept)
        return str(kept["number"])

    def _on_linkage_code(self, telegram: Telegram) -> Telegram:
        given = text_of(telegram.values, "acquisition_number")
        waiting = self.registers.get("acquisition", given)
        persons = self.registers.rows("person")
        if waiting is None and self.rules.link_unknown_acquisition and persons:
            waiting = {"integrated_number": persons[-1][0]}
        if waiting is None:
            text = "求めていない取得番号の符号です。"
            self.node.report(telegram.id, base.NOT_REQUESTED, text)
            return self.node.reply(telegram, base.NOT_REQUESTED)
        person = {"linkage_code": text_of(telegram.values, "linkage_code")}
        self.registers.put("person", str(waiting["integrated_number"]), person)
        if self.rules.forget_acquisition_number:
            self.registers.delete("acquisition", given)
        return self.node.reply(telegram, OK)
