"""Juminhyo codes changed on request or corrected ex officio (住基法30条の4; 住基令30条の4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.numbering import STOCK_EMPTY
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

CODE_HELD = Alert("code_held", "他の者に記載され、又は記載されていた住民票コードです。")
CODE_WRONG = Alert("code_wrong", "住民票コードの検査数字が誤っています。確かめてください。")


class CodeChangeDesk(Desk):
    """Writes another code to a record; the number stays as it is."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.stock, self.numbering = juki.stock, juki.numbering
        self.filings = {"change_code": self._change, "correct_code": self._correct}

    def _change(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        refusal = self._refusal(handle, record, args, "code_changed")
        if refusal is not None:
            return refusal
        if self.numbering.lacks_codes():
            self.juki.refill(urgent=True)
            return rejected("input", (STOCK_EMPTY,), handle)
        alerts = self.stock.alerts(len(self.stock.codes()))
        if final:
            former = record["juminhyo_code"]
            self.numbering.write_code(record)
            self.juki.refill()
            self._settle(handle, record, args, "code_changed", former)
        return Outcome("ok", alerts=alerts, handle=handle)

    def _correct(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        code = str(args["juminhyo_code"])
        refusal = self._refusal(handle, record, args, "code_entered")
        if refusal is not None:
            return refusal
        if not self.juki.numbers.is_juminhyo_code(code):
            return rejected("input", (CODE_WRONG,), handle)
        if self.rules.check_code_held and self.residents.had_by_another(
            handle, "juminhyo_code", code
        ):
            return rejected("input", (CODE_HELD,), handle)
        if final:
            former = record["juminhyo_code"]
            self.stock.remove(code)
            self.stock.mark_used(code)
            record["juminhyo_code"] = code
            self._settle(handle, record, args, "code_entered", former)
        return Outcome("ok", handle=handle)

    def _refusal(
        self, handle: str, record: Record, args: Mapping[str, Any], event: str
    ) -> Outcome | None:
        """Refuse whose number is awaited under the old code, and wrong dates."""
        if record["requested_code"] and not record["individual_number"]:
            return rejected("input", (), handle, "number_awaited")
        errors = checks.filing_errors(event, args, self.juki.today(), self.rules)
        return rejected("input", errors, handle) if errors and self.rules.errors_block else None

    def _settle(
        self, handle: str, record: Record, args: Mapping[str, Any], event: str, former: str
    ) -> None:
        event_date = self.event_date(args)
        if self.rules.reuse_former_code:
            self.stock.replace([*self.stock.codes(), former], self.stock.threshold)
        told = {"former_juminhyo_code": former} if self.rules.tell_former_code else {}
        self.juki.settle(handle, record, event, event_date, told)
        if self.rules.number_on_code_change == "requested":
            self.numbering.request(handle, record)
