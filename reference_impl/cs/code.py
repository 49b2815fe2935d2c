"""Designating juminhyo codes (住民基本台帳法30条の2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import numbers
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import NO_SERIAL, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram, Values

MAX_CODES = 200
"""Codes that one list holds at most."""

_CODE_BASE = 10
_FIRST_SEQUENTIAL = 1_000_000_001


class CodeDesk(Desk["Cs"]):
    """Gives codes to municipalities, each once."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = {"juminhyo_code_request": self._on_code_request}
        self.actions = {"send_code_list": self._send_code_list}

    def _on_code_request(self, telegram: Telegram) -> Telegram:
        municipality = self.node.municipality_of(telegram)
        count = min(int(text_of(telegram.values, "count") or "0"), MAX_CODES)
        codes = self._designate(municipality, count)
        self._send_list(municipality, codes, text_of(telegram.values, "serial"))
        return self.node.reply(telegram, OK)

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
                digits = numbers.random_digits(self.node.random, _CODE_BASE)
            code = self.node.numbers.with_check_digit(digits, shift=shift)
            if self.registers.get("designated", code) is None:
                self.node.remember_designated(municipality, [code], "list")
                return code

    def _send_list(self, municipality: str, codes: list[str], ref_serial: str) -> None:
        values: Values = {
            "receiver": municipality,
            "ref_serial": ref_serial,
            "count": str(len(codes)),
            "codes": [{"juminhyo_code": code} for code in codes],
        }
        self.node.send_to(municipality, "juminhyo_code_list", values)

    def _send_code_list(self, args: Mapping[str, Any]) -> Outcome:
        """Send a list as given; the good codes that nobody has count as designated by it."""
        municipality = str(args.get("municipality_code") or self.node.municipality)
        codes = [str(code) for code in args["codes"]]
        fresh = (
            code
            for code in codes
            if self.node.numbers.is_juminhyo_code(code)
            and self.registers.get("designated", code) is None
        )
        self.node.remember_designated(municipality, list(fresh), "list")
        self._send_list(municipality, codes, str(args.get("ref_serial") or NO_SERIAL))
        return Outcome("ok")
