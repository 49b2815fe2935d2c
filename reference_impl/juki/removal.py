"""死亡, 失踪 and 職権消除: who is no resident any more (標準仕様書 4.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.residents import REMOVED
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

DEATHS = ("death", "disappeared")
"""Kinds of a death, which are events of their own (標準仕様書 4.2.2.1, 4.2.2.2)."""


class RemovalDesk(Desk):
    """Takes records off the register for good."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"death": self._death, "remove": self._remove}

    def _death(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        kind = str(args.get("kind") or "death")
        if kind not in DEATHS:
            return Outcome("error", reason=f"no kind of death {kind!r}")
        return self._take_off(args, kind, final=final)

    def _remove(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        return self._take_off(args, "removal", final=final)

    def _take_off(self, args: Mapping[str, Any], event: str, *, final: bool) -> Outcome:
        found = self.subject(args, present=not self.rules.removed_die_again)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        day = self.event_date(args)
        errors = checks.filing_errors(event, args, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors, handle)
        loose = not dates.is_calendar(day)
        if loose and self.rules.loose_death_date == "refused":
            return rejected("input", (), handle, "event_date_wrong")
        if final:
            changed = loose and self.rules.loose_death_date == "today"
            record.update(status=REMOVED, removal={"event": event, "date": day})
            self.juki.settle(handle, record, event, self.juki.today() if changed else day)
        return Outcome("ok", alerts=errors, handle=handle)
