"""Entering a person into the register: a juminhyo code from the stock, a number from the agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import numbers
from reference_impl.juki import residents
from reference_impl.juki.residents import FINAL, Record
from reference_impl.node import Alert

if TYPE_CHECKING:
    from reference_impl.juki.announcer import Announcer
    from reference_impl.juki.residents import Residents
    from reference_impl.juki.stock import Stock
    from reference_impl.node import Randomness
    from reference_impl.numbers import Arithmetic
    from reference_impl.rules import Rules

__all__ = ["STOCK_EMPTY", "Numbering"]

STOCK_EMPTY = Alert(
    "stock_empty", "住民票コードの蓄積がありません。CSから取得した後に本登録してください。"
)
_CODE_BASE, _NUMBER_BASE = 10, 11


class Numbering:
    """Gives codes out, asks for numbers, and announces who has been entered; saves no record."""

    def __init__(
        self,
        *,
        stock: Stock,
        residents: Residents,
        announcer: Announcer,
        random: Randomness,
        arithmetic: Arithmetic,
        rules: Rules,
    ) -> None:
        self._stock, self._residents, self._announcer = stock, residents, announcer
        self._random, self._numbers, self._rules = random, arithmetic, rules

    def lacks_codes(self) -> bool:
        """Tell whether a code is wanted and the stock is empty."""
        return not self._stock.codes() and self._rules.empty_stock != "made_up"

    def write_code(self, record: Record) -> None:
        """Write a code of the stock to a record (住基法30条の3第2項)."""
        source = self._rules.code_source if self._stock.codes() else "made_up"
        if source == "stock":
            code = self._stock.pick()
        elif source == "head":
            code = self._residents.household(record)["head"]["juminhyo_code"]
        else:
            base_digits = numbers.random_digits(self._random, _CODE_BASE)
            code = self._numbers.with_check_digit(base_digits)
        if self._rules.take_code_from_stock == "at_once":
            self._stock.remove(code)
        self._stock.mark_used(code)
        others = [other for other in self._stock.codes() if other != code]
        record["juminhyo_code"] = code
        record["requested_code"] = code
        if self._rules.request_code == "other" and others:
            record["requested_code"] = others[0]

    def request(self, handle: str, record: Record) -> None:
        """Ask for the number of a record with its code (番号法8条1項)."""
        record["requested_code"] = record["requested_code"] or record["juminhyo_code"]
        self._announcer.number_request(handle, record)

    def enter(
        self, handle: str, record: Record, event: str, event_date: str, *, asked: bool = False
    ) -> None:
        """Make a record final and send what may leave before its number is known.

        `asked` says that the number was asked for already.
        """
        record["state"] = FINAL
        entry = residents.remember(record, residents.change(record, event, event_date))
        number = record["individual_number"]
        if self._rules.two_step_notice and not number:
            self._announcer.notice(handle, record, entry, "")
            record["notified"] = True
        else:
            record["held"].insert(0, entry)
        if self._rules.notice_before_number and not number:
            guess = numbers.random_digits(self._random, _NUMBER_BASE)
            self._announcer.notice(handle, record, entry, self._numbers.with_check_digit(guess))
        if number:
            self._announcer.announce(handle, record)
        elif record["juminhyo_code"] and not asked:
            self.request(handle, record)
