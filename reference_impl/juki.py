"""住民記録システム of one municipality: stock, birth, number, corrections, linkage requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reference_impl import base, checks, dates, numbers, residents
from reference_impl.announcer import Announcer
from reference_impl.base import OK, Base, result_of, text_of
from reference_impl.node import Alert, Outcome
from reference_impl.residents import FINAL, PROVISIONAL, Record, Residents
from reference_impl.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context, Telegram
    from reference_impl.registers import Entry

REFILL = 20
"""How many codes are asked for when the stock is low; the text leaves the number free."""

_FIRST_ADDRESSEE = 23_456_781
_DOMESTIC = ("", "日本")
_NAMES = ("name", "furigana")
_CODE_BASE, _NUMBER_BASE = 10, 11
_LONG_DIGITS = re.compile(r"[0-9]{9,15}")
_NUMBER_FAULTS = {
    base.HELD_BY_OTHER: "他の者に記載されている個人番号です。CSに確認してください。",
    base.BAD_CHECK_DIGIT: "個人番号の検査用数字が誤っています。CSに確認してください。",
    base.NOT_REQUESTED: "生成を求めていない個人番号です。CSに確認してください。",
}


class Juki(Base):
    """The node; `registers` hold stock, records, households and what waits for an answer."""

    role = "juki"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.own_code = context.municipality_code
        self.stock = Stock(self.registers, self.random, self.rules, self.numbers)
        self.residents = Residents(self.registers)
        self.announcer = Announcer(self, context, self.residents)
        self.receivers = {
            "juminhyo_code_list": self._on_code_list,
            "number_issue_result": self._on_number,
            "linkage_request": self._on_linkage_request,
        }
        self.answers = {
            "juminhyo_code_request": self._codes_answered,
            "addressee_request": self._addressee_answered,
            "linkage_code_request": self._linkage_answered,
        }
        self.actions = {
            "fetch_codes": self._fetch_codes,
            "birth": self._birth,
            "finalise": self._finalise_action,
            "request_number": self._request_number,
            "correct": self._correct,
            "request_addressee": self._request_addressee,
        }
        self.observations |= {
            "resident": lambda args: self.residents.told(str(args["handle"])),
            "stock": self._observe_stock,
            "linkage_request": self._observe_linkage,
        }
        self.provisions |= {"stock": self._provision_stock, "household": self._provision_household}

    # -- stock ------------------------------------------------------------------------------

    def _fetch_codes(self, args: Mapping[str, Any]) -> Outcome:
        self._ask_for_codes(int(args.get("count", REFILL)))
        return Outcome("ok")

    def _ask_for_codes(self, count: int) -> None:
        self.registers.put("setting", "code_request", {})
        self.send("cs", "juminhyo_code_request", {"count": str(count)})

    def _ask_unless_asked(self) -> None:
        if self.registers.get("setting", "code_request") is None:
            self._ask_for_codes(REFILL)

    def _codes_answered(self, _entry: Entry, answer: Telegram) -> None:
        if result_of(answer) != OK:
            self.registers.delete("setting", "code_request")

    def _on_code_list(self, telegram: Telegram) -> Telegram:
        self.registers.delete("setting", "code_request")
        rows = telegram.values.get("codes", [])
        codes = [text_of(row, "juminhyo_code") for row in rows if isinstance(row, dict)]
        faults = self.stock.take_in(codes)
        for fault in faults:
            self.report(telegram.id, base.BAD_CHECK_DIGIT, fault)
        refused = faults and self.rules.refuse_faulty_list
        return self.reply(telegram, base.BAD_CHECK_DIGIT if refused else OK)

    # -- birth ------------------------------------------------------------------------------

    def _birth(self, args: Mapping[str, Any]) -> Outcome:
        record = residents.new_record(args, self.today(), self.rules)
        self.residents.household(record)
        unmapped = self.announcer.writing.unmapped(record["name"] + record["furigana"])
        errors = checks.text_errors(record, unmapped, self.rules)
        if self.rules.check_dates_at == "input":
            errors += checks.date_errors(record, self.today(), self.rules)
        if errors and self.rules.errors_block:
            return _rejected("input", errors)
        alerts = errors + checks.text_alerts(unmapped, self.rules)
        record["addressee_number"] = self.new_addressee_number("addressee", _FIRST_ADDRESSEE)
        handle = self.residents.add(record)
        self._send_early(handle, record)
        if args.get("until", FINAL) == PROVISIONAL:
            return Outcome("ok", alerts=alerts, handle=handle)
        return self._finalise(handle, record, alerts)

    def _finalise_action(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        record = self.residents.get(handle)
        return self._finalise(handle, record) if record else _unknown(handle)

    def _finalise(self, handle: str, record: Record, alerts: tuple[Alert, ...] = ()) -> Outcome:
        if record["state"] != PROVISIONAL:
            return _rejected(FINAL, (), handle, "not_provisional")
        if self.rules.check_dates_at == FINAL:
            errors = checks.date_errors(record, self.today(), self.rules)
            if errors and self.rules.errors_block:
                return _rejected(FINAL, errors, handle)
        needs_code = self._is_numbered(record) and not record["juminhyo_code"]
        before = len(self.stock.codes())
        if needs_code and not before and self.rules.empty_stock != "made_up":
            return self._out_of_stock(handle)
        if needs_code:
            alerts += self.stock.alerts(before)
        if alerts and self.rules.alerts_block:
            return _rejected(FINAL, alerts, handle)
        if needs_code:
            self._write_code(record)
        if needs_code and self.stock.is_low() and self.rules.ask_when_low:
            self._ask_unless_asked()
        self._enter(handle, record)
        return Outcome("ok", alerts=alerts, handle=handle)

    def _enter(self, handle: str, record: Record) -> None:
        """Make a record final and send what may leave before the number is known."""
        record["state"] = FINAL
        today = self.rules.notice_event_date == "today"
        event_date = self.today() if today else dates.western(record["birth_date"])
        birth = residents.remember(record, residents.ENTERED, residents.BIRTH, event_date)
        if self.rules.two_step_notice:
            self.announcer.notice(handle, record, birth, "")
        if self.rules.notice_before_number:
            guess = numbers.random_digits(self.random, _NUMBER_BASE)
            self.announcer.notice(handle, record, birth, self.numbers.with_check_digit(guess))
        record["notified"] = self.rules.two_step_notice
        if record["individual_number"]:
            self.announcer.announce(handle, record)
        elif self._is_numbered(record) and not self._has_asked_early():
            self.announcer.number_request(handle, record)
        self.residents.save(handle, record)

    def _has_asked_early(self) -> bool:
        return "number_issue_request" in self.rules.sent_when_provisional

    def _send_early(self, handle: str, record: Record) -> None:
        """Send what the rules let leave at 仮登録; by default nothing."""
        early = self.rules.sent_when_provisional
        if early and self.stock.codes():
            self._write_code(record)
        if self._has_asked_early():
            self.announcer.number_request(handle, record)
        if "identity_notice" in early:
            event_date = dates.western(record["birth_date"])
            what = residents.change(record, residents.ENTERED, residents.BIRTH, event_date)
            self.announcer.notice(handle, record, what, "")
        self.residents.save(handle, record)

    def _out_of_stock(self, handle: str) -> Outcome:
        if self.rules.empty_stock == "discard":
            self.residents.remove(handle)
        self._ask_unless_asked()
        text = "住民票コードの蓄積がありません。CSから取得した後に本登録してください。"
        return _rejected(FINAL, (Alert("stock_empty", text),), handle)

    def _write_code(self, record: Record) -> None:
        source = self.rules.code_source if self.stock.codes() else "made_up"
        if source == "stock":
            code = self.stock.pick()
        elif source == "head":
            code = self.residents.household(record)["head"]["juminhyo_code"]
        else:
            base_digits = numbers.random_digits(self.random, _CODE_BASE)
            code = self.numbers.with_check_digit(base_digits)
        if self.rules.take_code_from_stock == "at_once":
            self.stock.remove(code)
        self.stock.mark_used(code)
        others = [other for other in self.stock.codes() if other != code]
        record["juminhyo_code"] = code
        record["requested_code"] = code
        if self.rules.request_code == "other" and others:
            record["requested_code"] = others[0]

    def _is_numbered(self, record: Record) -> bool:
        foreign = record["nationality"] not in _DOMESTIC
        named = bool(record["name"]) or self.rules.number_unnamed
        return named and (self.rules.number_foreigners or not foreign)

    # -- number -----------------------------------------------------------------------------

    def _request_number(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        record = self.residents.get(handle)
        if record is None:
            return _unknown(handle)
        if record["state"] != FINAL or record["individual_number"]:
            return _rejected("input", (), handle, "number_not_missing")
        if self.rules.new_code_on_retry:
            self._write_code(record)
        record["requested_code"] = record["requested_code"] or record["juminhyo_code"]
        self.announcer.number_request(handle, record)
        self.residents.save(handle, record)
        return Outcome("ok", handle=handle)

    def _on_number(self, telegram: Telegram) -> Telegram:
        result = text_of(telegram.values, "result") or OK
        if result != OK:
            text = "個人番号が生成されませんでした。再び要求してください。"
            self.report(telegram.id, result, text)
            return self.reply(telegram, OK)
        number = text_of(telegram.values, "individual_number")
        owner = self._number_owner(text_of(telegram.values, "juminhyo_code"))
        fault = self._number_fault(owner, number)
        if fault or owner is None:
            self.report(telegram.id, fault, _NUMBER_FAULTS[fault])
            return self.reply(telegram, fault)
        handle, record = owner
        if record["individual_number"] != number or not self.rules.ignore_repeated_number:
            record["individual_number"] = number
            self.stock.remove(record["juminhyo_code"])
            if record["state"] == FINAL:
                self.announcer.announce(handle, record)
            self.residents.save(handle, record)
        return self.reply(telegram, OK, number if self.rules.number_in_receipt else "")

    def _number_owner(self, code: str) -> residents.Row | None:
        owner = self.residents.find("requested_code", code)
        if self.rules.number_owner == "latest" or not (owner or self.rules.refuse_unrequested):
            asked = [row for row in self.residents.rows() if row[1]["requested_code"]]
            return asked[-1] if asked else None
        return owner

    def _number_fault(self, owner: residents.Row | None, number: str) -> str:
        """Give the result code that refuses a number, empty for a number to take."""
        if self.rules.check_number and not self.numbers.is_individual_number(number):
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

    # -- corrections ------------------------------------------------------------------------

    def _correct(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        items = {item: str(args["items"][item]) for item in _NAMES if item in args["items"]}
        record = self.residents.get(handle)
        if record is None:
            return _unknown(handle)
        if record["state"] != FINAL:
            return _rejected("input", (), handle, "not_final")
        unmapped = self.announcer.writing.unmapped("".join(items.values()))
        errors = checks.text_errors(items, unmapped, self.rules)
        if errors and self.rules.errors_block:
            return _rejected("input", errors, handle)
        record |= checks.cut(items) if self.rules.overflow == "cut" else items
        what = residents.remember(record, residents.CORRECTED, residents.EX_OFFICIO, self.today())
        self.announcer.correction(handle, record, what)
        self.residents.save(handle, record)
        return Outcome(
            "ok", alerts=errors + checks.text_alerts(unmapped, self.rules), handle=handle
        )

    # -- addressee and linkage ----------------------------------------------------------------

    def _request_addressee(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        record = self.residents.get(handle)
        if record is None:
            return _unknown(handle)
        if not record["individual_number"]:
            return _rejected("input", (), handle, "number_missing")
        record["addressee_number"] = args.get("addressee_number") or record["addressee_number"]
        self.announcer.addressee_request(handle, record)
        self.residents.save(handle, record)
        return Outcome("ok", handle=handle)

    def _addressee_answered(self, entry: Entry, answer: Telegram) -> None:
        record = self.residents.get(entry.ref)
        if record is None:
            return
        if self.rules.import_integrated_number and result_of(answer) == OK:
            in_text = _LONG_DIGITS.search(text_of(answer.values, "message"))
            told = text_of(answer.values, "addressee_number")
            record["addressee_number"] = in_text[0] if in_text else told
        self.announcer.next_step(entry.telegram_id, entry.ref, record)
        self.residents.save(entry.ref, record)

    def _on_linkage_request(self, telegram: Telegram) -> Telegram:
        found = self.residents.find(
            "addressee_number", text_of(telegram.values, "addressee_number")
        )
        if found is None or not found[1]["individual_number"]:
            self.report(telegram.id, base.NO_RECORD, "宛名番号に該当する者がいません。")
            return self.reply(telegram, base.NO_RECORD)
        handle, record = found
        given = text_of(telegram.values, "acquisition_number")
        self.announcer.linkage_request(handle, record, given)
        self.residents.save(handle, record)
        return self.reply(telegram, OK)

    def _linkage_answered(self, entry: Entry, answer: Telegram) -> None:
        record = self.residents.get(entry.ref)
        if record is None:
            return
        if self.rules.confirm_linkage:
            record["linkage"] = "accepted" if result_of(answer) == OK else "refused"
        self.announcer.next_step(entry.telegram_id, entry.ref, record)
        self.residents.save(entry.ref, record)

    # -- registers --------------------------------------------------------------------------

    def _observe_stock(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"count": len(self.stock.codes()), "threshold": self.stock.threshold}

    def _observe_linkage(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        record = self.residents.get(str(args["handle"]))
        return {"state": record["linkage"] if record else "none"}

    def _provision_stock(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        self.stock.replace([str(code) for code in args["codes"]], int(args.get("threshold", 0)))
        return {}

    def _provision_household(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        addressee = self.new_addressee_number("addressee", _FIRST_ADDRESSEE)
        code = args["head"].get("juminhyo_code")
        if code:
            self.stock.mark_used(str(code))
        return self.residents.add_household(args, addressee)


def _rejected(
    stage: str, alerts: tuple[Alert, ...], handle: str | None = None, reason: str = ""
) -> Outcome:
    return Outcome("rejected", stage, alerts, handle, reason=reason or alerts[0].code)


def _unknown(handle: str) -> Outcome:
    return Outcome("error", reason=f"no record {handle!r}")
