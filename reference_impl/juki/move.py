"""転居: a move within the municipality (住基法23条; 住民記録システム標準仕様書 4.1.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.events import EVENTS
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

ROOM = "　"
"""Stands between an address and its 方書."""
SAME_LOT = Alert("same_address", "住所が変わっていません。異動の要否を確かめてください。")


class MoveDesk(Desk):
    """Takes moves, and tells the municipality of the family register of new addresses."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"move": self._move}

    def _move(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        errors = checks.filing_errors("move", args, self.juki.today(), self.rules)
        same = str(args["address"]) == record["address"]
        if same and self.rules.move_of_house_refused:
            errors += (SAME_LOT,)
        if errors and self.rules.errors_block:
            return rejected("input", errors, handle)
        if final:
            self._settle(handle, record, args)
        return Outcome("ok", alerts=errors, handle=handle)

    def _settle(self, handle: str, record: Record, args: Mapping[str, Any]) -> None:
        old = record["address"]
        new = {item: str(args[item]) for item in ("address", "postal_code") if args.get(item)}
        record |= new | ({"address": old} if self.rules.move_notice == "old" else {})
        event_date = self.event_date(args)
        room_only = record["address"].startswith(old + ROOM)
        silent = room_only and not self.rules.notify_room_change
        self.juki.settle(handle, record, "household" if silent else "move", event_date)

    def followed(self, handle: str, record: Record, event: str) -> None:
        """Tell the municipality of the family register what it has to enter there."""
        wanted = EVENTS[event].register and self.rules.register_notice_on_move
        if wanted and record["register_municipality_code"]:
            self.announcer.register_notice(handle, record, record["history"][-1]["event_date"])
