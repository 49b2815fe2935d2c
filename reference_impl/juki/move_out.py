"""転出: leaving for another municipality or abroad (住基法24条; 標準仕様書 1.1.5, 4.1.3.0.1).

Who has reported a move-out stays on the register as 転出予定者 until the planned date arrives or
the municipality of the new home tells of the move-in, whichever is first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks
from reference_impl.juki.certificate_info import CertificateInfoDesk
from reference_impl.juki.desk import Desk, rejected, unknown
from reference_impl.juki.residents import LEAVING, PRESENT, REMOVED, Record, is_present
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

__all__ = ["MoveOutDesk", "remove"]

EVENT_OF = {"domestic": "move_out", "abroad": "move_out_abroad"}
EX_OFFICIO = Alert("ex_officio", "異動日から14日を経過しています。職権で消除します。")


class MoveOutDesk(Desk):
    """Takes move-outs, takes records off the register in time, and takes move-outs back."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"move_out": self._move_out, "cancel_move_out": self._cancel}

    # -- 転出届 ----------------------------------------------------------------------------

    def _move_out(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        handles = handles_of(args)
        if missing := [handle for handle in handles if self.residents.get(handle) is None]:
            return unknown(missing[0])
        rows = [(handle, self.residents.get(handle) or {}) for handle in handles]
        if not all(is_present(record) and record["status"] == PRESENT for _, record in rows):
            return rejected("input", (), handles[0], "not_present")
        removal = self._removal(args)
        dated = {**args, "event_date": removal["planned_date"]}
        ahead = removal["planned_date"] > self.juki.today()
        if ahead and self.rules.future_move_out_refused:
            return rejected("input", (), handles[0], "planned_date_future")
        errors = checks.filing_errors("move_out", dated, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors, handles[0])
        if final:
            for handle, record in rows:
                self._leave(handle, record, {**removal, "handles": handles})
            self.juki.desk(CertificateInfoDesk).move_out_reported(handles, removal)
        late = (EX_OFFICIO,) if removal["event"] == "removal" else ()
        return Outcome("ok", alerts=(*errors, *late), handle=handles[0])

    def _removal(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Describe the intended removal: whereto, when, and as which event."""
        today = self.juki.today()
        planned = str(args.get("planned_date") or args.get("event_date") or today)
        kind = str(args.get("kind") or "domestic")
        reported = str(args.get("report_date") or today)
        late = dates.days_after(planned, reported) > self.rules.move_out_days
        return {
            "kind": kind,
            "event": "removal" if late else EVENT_OF[kind],
            "planned_date": planned,
            "report_date": reported,
            "destination_code": str(args.get("destination_municipality_code") or ""),
            "destination_address": str(args.get("destination_address") or ""),
            "special": bool(args.get("special")) and not late,
        }

    def _leave(self, handle: str, record: Record, removal: Mapping[str, Any]) -> None:
        record.update(status=LEAVING, removal=dict(removal))
        self.residents.save(handle, record)
        if self._is_due(record) and self.rules.remove_due_at_once:
            remove(self.juki, handle, record, removal["planned_date"])

    # -- 消除 ------------------------------------------------------------------------------

    def day_began(self) -> None:
        """Take off the register whose planned date has arrived."""
        for handle, record in self.residents.rows():
            if record["status"] == LEAVING and self._is_due(record):
                remove(self.juki, handle, record, record["removal"]["planned_date"])

    def _is_due(self, record: Record) -> bool:
        planned = dates.western(record["removal"]["planned_date"])
        return self.rules.remove_at_report or planned <= self.juki.today()

    # -- 取消し ----------------------------------------------------------------------------

    def _cancel(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Take a 転出届 back, which is no 異動の取消し as long as nobody was removed.

        Before the planned date the history holds no event yet that `cancel` could take back, and
        nothing was told; after it the record is restored, as 異動の取消し(増) would.
        """
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        if not record["removal"] or record["removal"].get("event") not in CANCELLABLE:
            return rejected("input", (), handle, "no_move_out")
        if final and self.rules.cancel_move_out:
            was_removed = record["status"] == REMOVED
            record.update(status=PRESENT, removal={})
            self.residents.save(handle, record)
            if was_removed:
                self.juki.settle(handle, record, "restored", self.juki.today())
        return Outcome("ok", handle=handle)


CANCELLABLE = (*EVENT_OF.values(), "removal")


def remove(juki: Juki, handle: str, record: Record, day: str) -> None:
    """Take a leaving person off the register as of `day`, and notify it; saves.

    The notice carries the planned date even when `day` is another one (住基令30条の5第2号).
    """
    removal = record["removal"]
    record.update(status=REMOVED, removal={**removal, "date": day})
    told = removal["planned_date"] if juki.rules.removal_notice_date == "planned" else day
    new = {"address": removal["destination_address"]}
    changed = new if juki.rules.removal_notice_address == "new" else None
    juki.settle(handle, record, removal["event"], told, changed)


def handles_of(args: Mapping[str, Any]) -> list[str]:
    """Give the records that a filing is about: a household, or one person."""
    return [str(handle) for handle in args.get("handles") or (args["handle"],)]
