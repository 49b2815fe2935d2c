"""Generating individual numbers, and others in their place (番号法7条2項, 8条2項)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base, numbers
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import NO_SERIAL, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram


class NumberDesk(Desk["Cs"]):
    """Generates numbers and tells them."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = {
            "number_issue_request": self._on_number_request,
            "number_change_request": self._on_change_request,
        }
        self.actions = {"send_number": self._send_number, "send_number_change": self._send_change}
        self._first_key = numbers.random_hex(self.node.random, 64)

    def _on_number_request(self, telegram: Telegram) -> Telegram:
        code = text_of(telegram.values, "juminhyo_code")
        municipality = self.node.municipality_of(telegram)
        designated = self.registers.get("designated", code)
        if designated is None or designated["municipality"] != municipality:
            self.node.report(telegram.id, base.NOT_DESIGNATED, "指定していない住民票コードです。")
            return self.node.reply(telegram, base.NOT_DESIGNATED, "juminhyo_code")
        known = self.registers.get("issued", code)
        if known and self.rules.repeated_request == "refuse":
            return self.node.reply(telegram, base.HELD_BY_OTHER, "juminhyo_code")
        again = self.rules.repeated_request == "new"
        number = str(known["number"]) if known and not again else self._issue(code)
        self._send_result(municipality, code, number, text_of(telegram.values, "serial"))
        return self.node.reply(telegram, OK)

    def _on_change_request(self, telegram: Telegram) -> Telegram:
        code = text_of(telegram.values, "juminhyo_code")
        known = self.registers.get("issued", code)
        if known is None:
            self.node.report(telegram.id, base.NO_RECORD, "個人番号を指定していない者です。")
            return self.node.reply(telegram, base.NO_RECORD, "juminhyo_code")
        former = str(known["number"])
        numbers = {
            "individual_number": former
            if self.rules.changed_number == "former"
            else self._issue(code),
            "former_individual_number": former,
        }
        municipality = self.node.municipality_of(telegram)
        serial = text_of(telegram.values, "serial")
        self._send_changed(municipality, {"juminhyo_code": code, **numbers}, serial)
        return self.node.reply(telegram, OK)

    def _send_changed(self, municipality: str, items: Mapping[str, str], ref_serial: str) -> None:
        header = {"receiver": municipality, "ref_serial": ref_serial}
        self.node.send_to(municipality, "number_change_result", {**header, **items})

    def _send_change(self, args: Mapping[str, Any]) -> Outcome:
        """Send a 個人番号変更結果 as given."""
        items = ("juminhyo_code", "individual_number", "former_individual_number")
        self._send_changed(
            str(args.get("municipality_code") or self.node.municipality),
            {item: str(args[item]) for item in items},
            str(args.get("ref_serial") or NO_SERIAL),
        )
        return Outcome("ok")

    def _issue(self, code: str) -> str:
        """Generate a number that nobody has or had (番号法8条2項1号), and remember it."""
        shift = 1 if self.rules.number_check_digit == "off_by_one" else 0
        seed = "constant" if self.rules.number_generation == "constant" else code
        while True:
            digits = numbers.one_way_base(self._key(), seed, self.registers.count(f"of/{code}"))
            if self.rules.number_generation == "readable":
                digits = code
            number = self.node.numbers.with_check_digit(digits, shift=shift)
            unique = self.registers.get("number", number) is None
            if unique or self.rules.number_generation != "one_way":
                self.node.remember_number(code, number)
                return number

    def _key(self) -> str:
        """Give the key of the conversion, kept from when it was first needed."""
        kept = self.registers.get("setting", "key")
        if kept is None:
            kept = {"key": self._first_key}
            self.registers.put("setting", "key", kept)
        return str(kept["key"])

    def _send_result(self, municipality: str, code: str, number: str, ref_serial: str) -> None:
        values = {
            "receiver": municipality,
            "ref_serial": ref_serial,
            "juminhyo_code": code,
            "individual_number": number,
        }
        self.node.send_to(municipality, "number_issue_result", values)

    def _send_number(self, args: Mapping[str, Any]) -> Outcome:
        self._send_result(
            str(args.get("municipality_code") or self.node.municipality),
            str(args["juminhyo_code"]),
            str(args["individual_number"]),
            str(args.get("ref_serial") or NO_SERIAL),
        )
        return Outcome("ok")
