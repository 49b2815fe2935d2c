"""異動の取消し: taking back the last event of a record (標準仕様書 4.6.0.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import residents
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.events import CANCELLATIONS, CORRECTED, ENTERED, EVENTS
from reference_impl.juki.residents import FINAL, PRESENT, REMOVED, Record
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki


class CancellationDesk(Desk):
    """Takes events back: 増 restores, 減 removes, 修正 gives the former items back."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.numbering = juki.numbering
        self.filings = {"cancel": self._cancel}

    def _cancel(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Take the last event of the history back; a 転出届 not yet due is `cancel_move_out`'s."""
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        standing = residents.standing(record)
        if record["state"] != FINAL or not standing:
            return rejected("input", (), handle, "nothing_to_cancel")
        if final:
            self._take_back(handle, record, standing[-1])
        return Outcome("ok", handle=handle)

    def _take_back(self, handle: str, record: Record, place: int) -> None:
        entry = EVENTS[record["history"][place]["event"]].entry
        event, today = CANCELLATIONS[entry], self.juki.today()
        if entry == ENTERED:
            record.update(status=REMOVED, removal={"event": event, "date": today})
        elif entry == CORRECTED:
            record |= record["before"][place]
        else:
            record.update(status=PRESENT, removal={})
            self._renumber(handle, record)
        self.juki.settle(handle, record, event, today)

    def _renumber(self, handle: str, record: Record) -> None:
        """Break what a restored record keeps, where the rules say so."""
        if self.rules.restored_code == "new":
            self.numbering.write_code(record)
        if self.rules.restored_number == "none":
            record.update(individual_number="", requested_code="")
            self.numbering.request(handle, record)
