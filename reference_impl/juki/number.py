"""Individual numbers: asked for again, received, refused (番号法7条, 8条; 施行令2条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.residents import FINAL, PRESENT, Row
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram

_NUMBER_FAULTS = {
    base.HELD_BY_OTHER: "他の者に記載されている個人番号です。CSに確認してください。",
    base.BAD_CHECK_DIGIT: "個人番号の検査用数字が誤っています。CSに確認してください。",
    base.NOT_REQUESTED: "生成を求めていない個人番号です。CSに確認してください。",
}


class NumberDesk(Desk):
    """Takes numbers in."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.stock, self.numbering = juki.stock, juki.numbering
        self.receivers = {"number_issue_result": self._on_number}
        self.actions = {"request_number": self._request_number}

    def _request_number(self, args: Mapping[str, Any]) -> Outcome:
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        numbered = record["individual_number"] and not self.rules.number_for_numbered
        if record["state"] != FINAL or numbered:
            return rejected("input", (), handle, "number_not_missing")
        if self.rules.new_code_on_retry:
            self.numbering.write_code(record)
        self.numbering.request(handle, record)
        self.residents.save(handle, record)
        return Outcome("ok", handle=handle)

    def _on_number(self, telegram: Telegram) -> Telegram:
        result = text_of(telegram.values, "result") or OK
        if result != OK:
            text = "個人番号が生成されませんでした。再び要求してください。"
            self.juki.report(telegram.id, result, text)
            return self.juki.reply(telegram, OK)
        number = text_of(telegram.values, "individual_number")
        owner = self._number_owner(text_of(telegram.values, "juminhyo_code"))
        fault = self._number_fault(owner, number)
        if fault or owner is None:
            self.juki.report(telegram.id, fault, _NUMBER_FAULTS[fault])
            return self.juki.reply(telegram, fault)
        handle, record = owner
        if record["individual_number"] != number or not self.rules.ignore_repeated_number:
            record["individual_number"] = number
            self.stock.remove(record["juminhyo_code"])
            withdrawn = record["removal"].get("event") == "withdrawn"
            if withdrawn and self.rules.number_revives:
                record.update(status=PRESENT, removal={}, held=record["held"][:1])
                withdrawn = False
            if record["state"] == FINAL and not withdrawn:
                self.announcer.announce(handle, record)
            self.residents.save(handle, record)
        return self.juki.reply(telegram, OK, number if self.rules.number_in_receipt else "")

    def _number_owner(self, code: str) -> Row | None:
        owner = self.residents.find("requested_code", code)
        if self.rules.number_owner == "latest" or not (owner or self.rules.refuse_unrequested):
            asked = [row for row in self.residents.rows() if row[1]["requested_code"]]
            return asked[-1] if asked else None
        return owner

    def _number_fault(self, owner: Row | None, number: str) -> str:
        """Give the result code that refuses a number, empty for a number to take."""
        if self.rules.check_number and not self.juki.numbers.is_individual_number(number):
            return base.BAD_CHECK_DIGIT
        if owner is None:
            return base.NOT_REQUESTED
        handle, record = owner
        if record["individual_number"] == number:
            return ""
        if record["individual_number"] and self.rules.refuse_other_number:
            return base.NOT_REQUESTED
        holder = self.residents.find("individual_number", number)
        held = holder is not None and holder[0] != handle
        return base.HELD_BY_OTHER if held and self.rules.refuse_held_number else ""
