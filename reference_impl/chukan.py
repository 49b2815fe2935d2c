"""自治体中間サーバー: stores integrated numbers and linkage codes, allots acquisition numbers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from reference_impl import base, numbers
from reference_impl.base import OK, Base, text_of
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context, Telegram


class Chukan(Base):
    """The node; `registers` hold persons by integrated number and open acquisitions."""

    role = "chukan"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.receivers = {
            "integrated_number_notice": self._on_notice,
            "linkage_code_notice": self._on_linkage_code,
        }
        self.actions = {"begin_linkage": self._begin_linkage}
        self.observations |= {"person": self._observe_person}

    def _on_notice(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "integrated_number")
        if self.rules.store_integrated_number and self.registers.get("person", number) is None:
            self.registers.put("person", number, {"linkage_code": ""})
        return self.reply(telegram, OK)

    def _begin_linkage(self, args: Mapping[str, Any]) -> Outcome:
        integrated = str(args["integrated_number"])
        if self.registers.get("person", integrated) is None:
            return Outcome("rejected", "input", reason="not_notified")
        allotted = self.acquisition(integrated, self._allot())
        self.registers.put("acquisition", allotted, {"integrated_number": integrated})
        values = {"integrated_number": integrated, "acquisition_number": allotted}
        self.send("atena", "linkage_start", values)
        return Outcome("ok")

    def _allot(self) -> str:
        """Draw a 取得番号 that was never drawn before; only its hash is kept."""
        kept = self.registers.get("setting", "constant_acquisition")
        while kept is None:
            drawn = numbers.random_acquisition_number(self.random)
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
            self.report(telegram.id, base.NOT_REQUESTED, "求めていない取得番号の符号です。")
            return self.reply(telegram, base.NOT_REQUESTED)
        person = {"linkage_code": text_of(telegram.values, "linkage_code")}
        self.registers.put("person", str(waiting["integrated_number"]), person)
        if self.rules.forget_acquisition_number:
            self.registers.delete("acquisition", given)
        return self.reply(telegram, OK)

    def _observe_person(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        person = self.registers.get("person", str(args["integrated_number"]))
        return {"known": person is not None, "linked": bool(person and person["linkage_code"])}
