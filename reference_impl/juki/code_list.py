"""Fetching and stocking juminhyo codes (住民記録システム標準仕様書 4.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, result_of, rows_of, text_of
from reference_impl.juki.desk import Desk
from reference_impl.juki.stock import REFILL
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram
    from reference_impl.registers import Entry


class CodeListDesk(Desk):
    """Asks for codes and takes lists in."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.stock = juki.stock
        self.receivers = {"juminhyo_code_list": self._on_code_list}
        self.answers = {"juminhyo_code_request": self._codes_answered}
        self.actions = {"fetch_codes": self._fetch_codes}
        self.observations = {"stock": self._observe_stock}
        self.provisions = {"stock": self._provision_stock}

    def _fetch_codes(self, args: Mapping[str, Any]) -> Outcome:
        self.juki.ask_for_codes(int(args.get("count", REFILL)))
        return Outcome("ok")

    def _codes_answered(self, _entry: Entry, answer: Telegram) -> None:
        if result_of(answer) != OK:
            self.registers.delete("setting", "code_request")

    def _on_code_list(self, telegram: Telegram) -> Telegram:
        self.registers.delete("setting", "code_request")
        codes = [text_of(row, "juminhyo_code") for row in rows_of(telegram.values, "codes")]
        member = self.juki.members.addressed(telegram)
        if member != self.juki.own_code and self.rules.member_dispatch == "receiver":
            self.registers.put("member_codes", member, {"codes": codes})
            return self.juki.reply(telegram, OK)
        faults = self.stock.take_in(codes)
        for fault in faults:
            self.juki.report(telegram.id, base.BAD_CHECK_DIGIT, fault)
        refused = faults and self.rules.refuse_faulty_list
        return self.juki.reply(telegram, base.BAD_CHECK_DIGIT if refused else OK)

    def _observe_stock(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"count": len(self.stock.codes()), "threshold": self.stock.threshold}

    def _provision_stock(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        self.stock.replace([str(code) for code in args["codes"]], int(args.get("threshold", 0)))
        return {}
