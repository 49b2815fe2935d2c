"""付番: one integrated number for each individual number (共通機能標準仕様書 2.1 2.4.3(1))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import base, numbers
from reference_impl.atena.update import BASIC, RESIDENT_BUSINESS, flag_key
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import Telegram

if TYPE_CHECKING:
    from reference_impl.atena.node import Atena
    from reference_impl.registers import Document, Entry

_FIRST_INTEGRATED = 98_765_431
_MESSAGES = {
    "": "",
    "integrated_number": "団体内統合宛名番号 {integrated_number} で登録しました。",
    "individual_number": "個人番号 {individual_number} の者を登録しました。",
}


class AddresseeDesk(Desk["Atena"]):
    """Numbers people and tells the 中間サーバー."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {"addressee_request": self._on_request}
        self.answers = {"linkage_request": self._linkage_answered}

    def _on_request(self, telegram: Telegram) -> Telegram:
        number, addressee = (
            text_of(telegram.values, item) for item in ("individual_number", "addressee_number")
        )
        if not self.node.numbers.is_individual_number(number):
            text = "個人番号の検査用数字が誤っています。"
            self.node.report(telegram.id, base.BAD_CHECK_DIGIT, text)
            return self._answer(telegram, base.BAD_CHECK_DIGIT, addressee)
        key = self.rules.match_by
        found = self.registers.find("person", key, text_of(telegram.values, key))
        record = found[1] if found else self._new_person(number)
        record["addressee_number"] = addressee
        record["addressee_numbers"] = sorted({*record["addressee_numbers"], addressee})
        record["basic"] = {item: text_of(telegram.values, item) for item in BASIC}
        self.registers.put("person", number, record)
        self.registers.put("flag", flag_key(RESIDENT_BUSINESS, addressee), {"set": True})
        if found is None or self.rules.notify_again:
            self._notify(record)
        return self._answer(telegram, OK, addressee, record)

    def _new_person(self, number: str) -> Document:
        earlier = self.registers.rows("person")
        integrated = self.node.new_addressee_number("integrated", _FIRST_INTEGRATED)
        if earlier and not self.rules.unique_integrated_number:
            integrated = earlier[0][1]["integrated_number"]
        return {
            "individual_number": number,
            "integrated_number": integrated,
            "addressee_numbers": [],
        }

    def _notify(self, record: Document) -> None:
        """Tell the 中間サーバー a new integrated number."""
        if self.rules.start_linkage_early:
            own = numbers.random_acquisition_number(self.node.random)
            self.node.linkage.send_request(record, own, record["individual_number"])
            return
        self._send_notice(record)

    def _send_notice(self, record: Document) -> None:
        notified = {
            "integrated": record["integrated_number"],
            "addressee": record["addressee_number"],
            "individual": record["individual_number"],
        }
        values = {
            "municipality_code": self.node.municipality,
            "integrated_number": notified[self.rules.notified_number],
        }
        self.node.send("chukan", "integrated_number_notice", values)

    def _answer(
        self, telegram: Telegram, result: str, addressee: str, record: Document | None = None
    ) -> Telegram:
        """Answer a 付番依頼: with the addressee number, never the integrated one."""
        number, message = addressee, ""
        if record is not None:
            message = _MESSAGES[self.rules.message_text].format_map(record)
        if record is not None and self.rules.answer_number == "integrated":
            number = record["integrated_number"]
        values = {"result": result, "addressee_number": number, "message": message}
        return Telegram("addressee_response", values, self.node.role, telegram.sender)

    def _linkage_answered(self, entry: Entry, _answer: Telegram) -> None:
        record = self.registers.get("person", entry.ref) if entry.ref else None
        if record is not None:
            self._send_notice(record)
