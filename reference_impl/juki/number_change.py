"""Changes of individual numbers: on request, ex officio, and corrections of errors in writing.

番号法7条2項, 8条1項; 住民基本台帳法施行令12条3項, 30条の5第4号; 住民記録システム標準仕様書 4.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record, Row
    from reference_impl.node import Telegram

KINDS = {"request": ("1", "number_changed"), "ex_officio": ("2", "number_corrected")}
"""Kind of a change to its 変更の区分 and the event of the record."""
NUMBER_HELD = Alert("number_held", "他の者に記載され、又は記載されていた個人番号です。")
NUMBER_WRONG = Alert("number_wrong", "個人番号の検査用数字が誤っています。確かめてください。")
_FAULTS = {
    base.NOT_REQUESTED: "変更を求めていない者の個人番号です。CSに確認してください。",
    base.BAD_CHECK_DIGIT: "個人番号の検査用数字が誤っています。CSに確認してください。",
    base.HELD_BY_OTHER: "他の者の個人番号です。CSに確認してください。",
    base.WRONG_ITEM: "従前の個人番号が返されました。CSに確認してください。",
}


class NumberChangeDesk(Desk):
    """Asks for another number and writes it in the place of the former one."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"change_number": self._change, "correct_number": self._correct}
        self.receivers = {"number_change_result": self._on_result}

    def _change(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        kind = str(args.get("kind", "request"))
        if kind not in KINDS:
            return Outcome("error", reason=f"no kind of change {kind!r}")
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        asked, event = KINDS[kind]
        refusal = self._refusal(handle, args, event)
        if refusal is not None:
            return refusal
        if not record["individual_number"] or record["asked_change"]:
            reason = "number_awaited" if record["asked_change"] else "number_missing"
            return rejected("input", (), handle, reason)
        if final:
            event_date = self.event_date(args)
            record["asked_change"] = {"event": event, "event_date": event_date}
            self._ask(handle, record, asked)
            self.residents.save(handle, record)
        return Outcome("ok", handle=handle)

    def _ask(self, handle: str, record: Record, kind: str) -> None:
        code = {"juminhyo_code": record["juminhyo_code"]}
        if self.rules.change_request == "issue":
            self.juki.send("cs", "number_issue_request", code, handle)
        else:
            self.juki.send("cs", "number_change_request", {**code, "change_kind": kind}, handle)

    def _correct(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Write the number that should stand there (誤記), or that is missing (記載漏れ)."""
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        number = str(args["individual_number"])
        event = "number_corrected" if record["individual_number"] else "number_entered"
        refusal = self._refusal(handle, args, event)
        if refusal is not None:
            return refusal
        if self.rules.check_number and not self.juki.numbers.is_individual_number(number):
            return rejected("input", (NUMBER_WRONG,), handle)
        if self._is_held(handle, number):
            return rejected("input", (NUMBER_HELD,), handle)
        if final:
            event_date = self.event_date(args)
            self._write(handle, record, number, event, event_date)
            if self.rules.correction_asks:
                self._ask(handle, record, "2")
        return Outcome("ok", handle=handle)

    def _refusal(self, handle: str, args: Mapping[str, Any], event: str) -> Outcome | None:
        """Refuse wrong dates."""
        errors = checks.filing_errors(event, args, self.juki.today(), self.rules)
        return rejected("input", errors, handle) if errors and self.rules.errors_block else None

    def _on_result(self, telegram: Telegram) -> Telegram:
        owner = self._owner(text_of(telegram.values, "juminhyo_code"))
        result = text_of(telegram.values, "result") or OK
        number = text_of(telegram.values, "individual_number")
        fault = self._fault(owner, number) if result == OK else ""
        if fault or owner is None:
            fault = fault or base.NOT_REQUESTED
            self.juki.report(telegram.id, fault, _FAULTS[fault])
            return self.juki.reply(telegram, fault if self.rules.answer_number_faults else OK)
        handle, record = owner
        asked = record["asked_change"] or {
            "event": "number_changed",
            "event_date": self.juki.today(),
        }
        record["asked_change"] = {}
        if result != OK:
            self.juki.report(telegram.id, result, "個人番号が変更されませんでした。")
            self.residents.save(handle, record)
        elif self.rules.write_changed_number:
            self._write(handle, record, number, asked["event"], asked["event_date"])
            if self.rules.deliver_changed_number:
                self.announcer.delivery(handle, record)
        return self.juki.reply(telegram, OK)

    def _owner(self, code: str) -> Row | None:
        """Give the record of a code, if a change was asked for it."""
        owner = self.residents.find("juminhyo_code", code)
        if owner is None or not (owner[1]["asked_change"] or not self.rules.refuse_unrequested):
            return None
        return owner

    def _fault(self, owner: Row | None, number: str) -> str:
        """Give the result code that refuses a number, empty for a number to take."""
        if owner is None:
            return base.NOT_REQUESTED
        handle, record = owner
        if self.rules.check_number and not self.juki.numbers.is_individual_number(number):
            return base.BAD_CHECK_DIGIT
        if self._is_held(handle, number):
            return base.HELD_BY_OTHER
        own = {
            record["individual_number"],
            *(was["individual_number"] for was in record["history"]),
        }
        return base.WRONG_ITEM if number in own and self.rules.refuse_former_number else ""

    def _is_held(self, handle: str, number: str) -> bool:
        had = self.residents.had_by_another(handle, "individual_number", number)
        return had and self.rules.refuse_held_number

    def _write(self, handle: str, record: Record, number: str, event: str, event_date: str) -> None:
        """Put a number in the place of the former one and tell it (住基令30条の5第4号)."""
        former = record["individual_number"]
        record["individual_number"] = number
        if self.rules.new_code_with_number:
            self.juki.numbering.write_code(record)
        told = {"former_individual_number": former} if self.rules.tell_former_number else {}
        self.juki.settle(handle, record, event, event_date, told)
