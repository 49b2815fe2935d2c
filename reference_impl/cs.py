"""市町村CS, prefecture and 機構: designates codes, issues numbers, passes linkage requests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base, numbers
from reference_impl.base import OK, Base, text_of
from reference_impl.node import NO_SERIAL, Outcome
from telegram_specs.network import CS_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reference_impl.node import Context, Telegram, Values

MAX_CODES = 200
"""Codes that one list holds at most."""

_CODE_BASE = 10
_FIRST_SEQUENTIAL = 1_000_000_001
_ERROR_ITEM = 30


class Cs(Base):
    """The node; `registers` hold designated codes, issued numbers and received notices."""

    role = "cs"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.own_code = CS_CODE
        self._municipality, self._organization = (
            context.municipality_code,
            context.organization_code,
        )
        self.receivers = {
            "juminhyo_code_request": self._on_code_request,
            "number_issue_request": self._on_number_request,
            "identity_notice": self._on_identity_notice,
            "delivery_address": self._keep,
            "family_register_notice": self._keep,
            "linkage_code_request": self._on_linkage_request,
        }
        self.actions = {"send_code_list": self._send_code_list, "send_number": self._send_number}
        self.provisions |= {
            "designated": self._provision_designated,
            "person": self._provision_person,
        }

    # -- codes ------------------------------------------------------------------------------

    def _on_code_request(self, telegram: Telegram) -> Telegram:
        municipality = self._sender(telegram)
        count = min(int(text_of(telegram.values, "count") or "0"), MAX_CODES)
        codes = self._designate(municipality, count)
        self._send_list(municipality, codes, text_of(telegram.values, "serial"))
        return self.reply(telegram, OK)

    def _designate(self, municipality: str, count: int) -> list[str]:
        before = [key for key, row in self.registers.rows("designated") if row["by"] == "list"]
        codes = [self._new_code(municipality) for _ in range(count)]
        if self.rules.repeat_designated == "in_list" and count > 1:
            codes[-1] = codes[0]
        if self.rules.repeat_designated == "across_lists" and before and codes:
            codes[0] = before[0]
        return codes

    def _new_code(self, municipality: str) -> str:
        shift = 1 if self.rules.code_check_digit == "off_by_one" else 0
        while True:
            if self.rules.code_generation == "sequential":
                digits = str(self.registers.count("code", first=_FIRST_SEQUENTIAL))
            else:
                digits = numbers.random_digits(self.random, _CODE_BASE)
            code = self.numbers.with_check_digit(digits, shift=shift)
            if self.registers.get("designated", code) is None:
                self._remember_designated(municipality, [code], "list")
                return code

    def _remember_designated(self, municipality: str, codes: Iterable[str], by: str) -> None:
        for code in codes:
            self.registers.put("designated", code, {"municipality": municipality, "by": by})

    def _send_list(self, municipality: str, codes: list[str], ref_serial: str) -> None:
        values: Values = {
            "receiver": municipality,
            "ref_serial": ref_serial,
            "count": str(len(codes)),
            "codes": [{"juminhyo_code": code} for code in codes],
        }
        self.send("juki", "juminhyo_code_list", values)

    def _send_code_list(self, args: Mapping[str, Any]) -> Outcome:
        """Send a list as given; the good codes that nobody has count as designated by it."""
        municipality = str(args.get("municipality_code") or self._municipality)
        codes = [str(code) for code in args["codes"]]
        fresh = (
            code
            for code in codes
            if self.numbers.is_juminhyo_code(code)
            and self.registers.get("designated", code) is None
        )
        self._remember_designated(municipality, list(fresh), "list")
        self._send_list(municipality, codes, str(args.get("ref_serial") or NO_SERIAL))
        return Outcome("ok")

    # -- numbers ----------------------------------------------------------------------------

    def _on_number_request(self, telegram: Telegram) -> Telegram:
        code = text_of(telegram.values, "juminhyo_code")
        municipality = self._sender(telegram)
        designated = self.registers.get("designated", code)
        if designated is None or designated["municipality"] != municipality:
            self.report(telegram.id, base.NOT_DESIGNATED, "指定していない住民票コードです。")
            return self.reply(telegram, base.NOT_DESIGNATED, "juminhyo_code")
        known = self.registers.get("issued", code)
        if known and self.rules.repeated_request == "refuse":
            return self.reply(telegram, base.HELD_BY_OTHER, "juminhyo_code")
        again = self.rules.repeated_request == "new"
        number = str(known["number"]) if known and not again else self._issue(code)
        self._send_result(municipality, code, number, text_of(telegram.values, "serial"))
        return self.reply(telegram, OK)

    def _issue(self, code: str) -> str:
        """Generate a number that nobody has or had (番号法8条2項1号), and remember it."""
        shift = 1 if self.rules.number_check_digit == "off_by_one" else 0
        seed = "constant" if self.rules.number_generation == "constant" else code
        while True:
            digits = numbers.one_way_base(self._key(), seed, self.registers.count(f"of/{code}"))
            if self.rules.number_generation == "readable":
                digits = code
            number = self.numbers.with_check_digit(digits, shift=shift)
            unique = self.registers.get("number", number) is None
            if unique or self.rules.number_generation != "one_way":
                self._remember_number(code, number)
                return number

    def _remember_number(self, code: str, number: str) -> None:
        self.registers.put("issued", code, {"number": number})
        self.registers.put("number", number, {"code": code})

    def _key(self) -> str:
        """Give the key of the conversion, drawn when it is first needed."""
        kept = self.registers.get("setting", "key")
        if kept is None:
            kept = {"key": numbers.random_hex(self.random, 64)}
            self.registers.put("setting", "key", kept)
        return str(kept["key"])

    def _send_result(self, municipality: str, code: str, number: str, ref_serial: str) -> None:
        values = {
            "receiver": municipality,
            "ref_serial": ref_serial,
            "juminhyo_code": code,
            "individual_number": number,
        }
        self.send("juki", "number_issue_result", values)

    def _send_number(self, args: Mapping[str, Any]) -> Outcome:
        self._send_result(
            str(args.get("municipality_code") or self._municipality),
            str(args["juminhyo_code"]),
            str(args["individual_number"]),
            str(args.get("ref_serial") or NO_SERIAL),
        )
        return Outcome("ok")

    # -- notices ----------------------------------------------------------------------------

    def _on_identity_notice(self, telegram: Telegram) -> Telegram:
        code, number = (text_of(telegram.values, i) for i in ("juminhyo_code", "individual_number"))
        if not self.numbers.is_juminhyo_code(code):
            return self._refuse(telegram, base.BAD_CHECK_DIGIT, "juminhyo_code")
        if number and not self.numbers.is_individual_number(number):
            return self._refuse(telegram, base.BAD_CHECK_DIGIT, "individual_number")
        if self.registers.get("designated", code) is None:
            return self._refuse(telegram, base.NOT_DESIGNATED, "juminhyo_code")
        return self._keep(telegram)

    def _refuse(self, telegram: Telegram, result: str, item: str) -> Telegram:
        self.report(telegram.id, result, item)
        return self.reply(telegram, result, item)

    def _keep(self, telegram: Telegram) -> Telegram:
        self.registers.put(telegram.id, str(self.registers.count(telegram.id)), telegram.values)
        return self.reply(telegram, OK)

    # -- linkage ----------------------------------------------------------------------------

    def _on_linkage_request(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "individual_number")
        known = self.registers.get("number", number)
        if known is None:
            self.report(telegram.id, base.NO_RECORD, "個人番号に該当する者がいません。")
            return self.reply(telegram, base.NO_RECORD, "individual_number")
        code = str(known["code"])
        if self.rules.code_of_number == "other":
            others = (key for key, _ in self.registers.rows("designated") if key != code)
            code = next(others, code)
        given = text_of(telegram.values, "acquisition_number")
        values = {
            "organization_code": text_of(telegram.values, "sender") or self._organization,
            "acquisition_number": self.acquisition(number, given),
            "juminhyo_code": code,
        }
        self.send("nws", "linkage_code_generation", values, text_of(telegram.values, "serial"))
        return self.reply(telegram, OK)

    # -- registers --------------------------------------------------------------------------

    def _sender(self, telegram: Telegram) -> str:
        return text_of(telegram.values, "sender") or self._municipality

    def _provision_designated(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        municipality = str(args.get("municipality_code") or self._municipality)
        self._remember_designated(municipality, [str(code) for code in args["codes"]], "provision")
        return {}

    def _provision_person(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        code, number = str(args["juminhyo_code"]), str(args["individual_number"])
        municipality = str(args.get("municipality_code") or self._municipality)
        self._remember_designated(municipality, [code], "provision")
        self._remember_number(code, number)
        return {}
