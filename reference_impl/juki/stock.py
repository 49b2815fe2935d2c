"""The stock of unused juminhyo codes of a municipality (住民記録システム標準仕様書 4.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reference_impl.node import Alert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reference_impl.node import Randomness
    from reference_impl.numbers import Arithmetic
    from reference_impl.registers import Registers
    from reference_impl.rules import Rules

REFILL = 20
"""How many codes are asked for when the stock is low; the text leaves the number free."""

_CHOICES: Final[dict[str, Callable[[Randomness, Sequence[str]], str]]] = {
    "random": lambda random, codes: random.choice(codes),
    "first": lambda _, codes: codes[0],
    "last": lambda _, codes: codes[-1],
    "smallest": lambda _, codes: min(codes),
}


class Stock:
    """Codes that may be written to a new record, the threshold, and the codes in use."""

    def __init__(
        self, registers: Registers, random: Randomness, rules: Rules, numbers: Arithmetic
    ) -> None:
        self._registers, self._random, self._rules = registers, random, rules
        self._numbers = numbers

    @property
    def threshold(self) -> int:
        """The number that the municipality set; 0 until it did."""
        return int((self._registers.get("setting", "threshold") or {"value": 0})["value"])

    def codes(self) -> list[str]:
        """List the codes in the order of their arrival."""
        return [str(row["code"]) for _, row in self._registers.rows("stock")]

    def replace(self, codes: Iterable[str], threshold: int) -> None:
        """Hold exactly these codes."""
        self._clear()
        for code in codes:
            self._add(code)
        self._registers.put("setting", "threshold", {"value": threshold})

    def take_in(self, codes: Sequence[str]) -> list[str]:
        """Add the good codes of a list; tell what is wrong with the others, by row."""
        fresh: list[str] = []
        faults: list[str] = []
        for row, code in enumerate(codes, start=1):
            fault = self._fault(code, fresh)
            if fault:
                faults.append(f"{row}行目: {fault}")
            else:
                fresh.append(code)
        if faults and self._rules.refuse_faulty_list:
            return faults
        if self._rules.list_replaces_stock:
            self._clear()
        for code in fresh[: self._rules.list_limit] if self._rules.keep_list else ():
            self._add(code)
        return faults

    def pick(self) -> str:
        """Choose a code; the stock must not be empty."""
        return _CHOICES[self._rules.code_choice](self._random, self.codes())

    def remove(self, code: str) -> None:
        """Take a code out of the stock, once."""
        found = self._registers.find("stock", "code", code)
        if found:
            self._registers.delete("stock", found[0])

    def mark_used(self, code: str) -> None:
        """Remember that a code stands in a record."""
        self._registers.put("used_code", code, {})

    def is_low(self) -> bool:
        """Tell whether the stock has fallen below the threshold."""
        return len(self.codes()) < self.threshold

    def alerts(self, before: int) -> tuple[Alert, ...]:
        """Give the alert of an automatic numbering; `before` is the count before it."""
        count = before if self._rules.count_stock_before else before - 1
        shown = {
            "below": count < self.threshold,
            "at_or_below": count <= self.threshold,
            "never": False,
        }
        if not shown[self._rules.alert_when]:
            return ()
        text = f"住民票コードの残りが{count}件となり、設定した{self.threshold}件を下回りました。"
        return (Alert("stock_low", text + "CSから取得してください。"),)

    def _fault(self, code: str, fresh: Sequence[str]) -> str:
        rules = self._rules
        if rules.check_list_digits and not self._numbers.is_juminhyo_code(code):
            return "検査数字の誤り"
        if rules.check_list_repeats and code in fresh:
            return "一覧の中の重複"
        held = self._registers.get("used_code", code) is not None or code in self.codes()
        return "使用済み又は蓄積済みの住民票コード" if rules.check_list_used and held else ""

    def _add(self, code: str) -> None:
        self._registers.put("stock", str(self._registers.count("stock")), {"code": code})

    def _clear(self) -> None:
        for key, _ in self._registers.rows("stock"):
            self._registers.delete("stock", key)
