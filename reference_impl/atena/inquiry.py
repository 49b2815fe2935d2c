"""情報照会: submitted, and fetched later; only the number changes (共通機能標準仕様書 2.4.3(4))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import Telegram

if TYPE_CHECKING:
    from reference_impl.atena.node import Atena
    from reference_impl.registers import Document, Entry

WAITING = "0"
_PASSED = ("result", "message", "inquiry_state", "contents")
"""What is returned as the 中間サーバー gave it."""


class InquiryDesk(Desk["Atena"]):
    """Passes inquiries on, asks for their results when the business system asks for them."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {
            "inquiry_request": self._on_request,
            "inquiry_result_request": self._on_result_request,
        }
        self.answers = {"inquiry_fetch": self._fetched}

    def _on_request(self, telegram: Telegram) -> Telegram:
        values = telegram.values
        addressee, number = (text_of(values, i) for i in ("addressee_number", "inquiry_number"))
        person = self.node.person_by_addressee(addressee)
        if person is None:
            self.node.report(telegram.id, base.NO_RECORD, "宛名番号に該当する者がいません。")
            return self.node.reply(telegram, base.NO_RECORD)
        integrated = person["integrated_number"]
        self.registers.put("inquiry", number, {"addressee": addressee, "integrated": integrated})
        kind = {"information_kind": text_of(values, "information_kind")}
        self.node.send("chukan", "inquiry_submission", {**self._named(number, integrated), **kind})
        return self.node.reply(telegram, OK)

    def _on_result_request(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "inquiry_number")
        inquiry = self.registers.get("inquiry", number)
        if inquiry is None:
            unknown = {"result": base.NOT_REQUESTED, "message": "", "inquiry_number": number}
            return Telegram("inquiry_result", unknown, self.node.role, telegram.sender)
        kept = self._kept(number)
        if kept is None:
            named = self._named(number, inquiry["integrated"])
            self.node.send("chukan", "inquiry_fetch", named, number)
            kept = {"result": OK, "message": "", "inquiry_state": WAITING}
        told = {item: kept[item] for item in _PASSED if item in kept}
        values = {**told, "inquiry_number": number, "addressee_number": self._shown(inquiry)}
        return Telegram("inquiry_result", values, self.node.role, telegram.sender)

    def _kept(self, number: str) -> Document | None:
        shared = self.rules.inquiry_result_for == "all"
        return self.registers.get("inquiry_answer", "" if shared else number)

    def _answers(self, number: str) -> str:
        """Return what a result is kept under that was fetched for an inquiry."""
        if self.rules.inquiry_result_for == "all":
            return ""
        if self.rules.inquiry_result_for == "newest":
            asked = (one for one, _ in reversed(self.registers.rows("inquiry")))
            return next((one for one in asked if self._kept(one) is None), number)
        return number

    def _shown(self, inquiry: Document) -> str:
        integrated = self.rules.inquiry_result_number == "integrated"
        return str(inquiry["integrated" if integrated else "addressee"])

    def _named(self, number: str, integrated: str) -> dict[str, str]:
        return {
            "municipality_code": self.node.municipality,
            "inquiry_number": number,
            "integrated_number": integrated,
        }

    def _fetched(self, entry: Entry, answer: Telegram) -> None:
        """Keep a result as it came; one that is not there yet is asked for again later."""
        if text_of(answer.values, "inquiry_state") in {"", WAITING}:
            return
        kept = {item: answer.values[item] for item in _PASSED if item in answer.values}
        if self.rules.edit_inquiry_result:
            kept = {**kept, "message": "照会が完了しました。", "contents": []}
        self.registers.put("inquiry_answer", self._answers(entry.ref), kept)
