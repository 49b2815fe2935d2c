"""Restraints on the issue of certificates (発行抑止; 住民記録システム標準仕様書 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki.desk import Desk, rejected
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record
    from reference_impl.registers import Registers
    from reference_impl.rules import Rules

__all__ = ["RestraintDesk", "is_restrained"]

SET, ENDED, ENDED_FOR_ONCE = "1", "2", "3"
TABLE = "restraint"


def is_restrained(registers: Registers, handle: str, today: str, rules: Rules) -> bool:
    """Tell whether nothing may be issued of a record; a temporary end is for one issue here."""
    kept = registers.get(TABLE, handle)
    if kept is None or dates.days_after(kept["start_date"], today) < rules.restraint_begins:
        return False
    end_date, ends = kept["end_date"], rules.restraint_ends
    return not end_date or ends is None or dates.days_after(end_date, today) <= ends


class RestraintDesk(Desk):
    """Sets and ends restraints, and tells the CS."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.actions = {"restrain": self._restrain, "lift_restraint": self._lift}

    def _restrain(self, args: Mapping[str, Any]) -> Outcome:
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        start_date = str(args.get("start_date") or self.juki.today())
        end_date = str(args.get("end_date") or "")
        self.registers.put(TABLE, handle, {"start_date": start_date, "end_date": end_date})
        if self.rules.tell_restraint:
            self._tell(handle, record, SET)
        if self.rules.restraint_silences:
            self.residents.save(handle, record | {"notified": False})
        return Outcome("ok", handle=handle)

    def _lift(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        record = self.residents.get(handle)
        if record is None or self.registers.get(TABLE, handle) is None:
            return rejected("input", (), handle, "not_restrained")
        if args.get("temporary"):
            if self.rules.tell_temporary_end:
                self._tell(handle, record, ENDED_FOR_ONCE)
            return Outcome("ok", handle=handle)
        if self.rules.tell_restraint_end:
            self._tell(handle, record, ENDED)
        self.registers.delete(TABLE, handle)
        return Outcome("ok", handle=handle)

    def _tell(self, handle: str, record: Record, restraint: str) -> None:
        kept = self.registers.get(TABLE, handle) or {}
        ended = self.juki.today() if restraint == ENDED else kept["end_date"]
        values = {
            "juminhyo_code": record["juminhyo_code"],
            "restraint": restraint,
            "start_date": kept["start_date"],
            "end_date": ended,
        }
        self.juki.send("cs", "issue_restraint", values, handle)
