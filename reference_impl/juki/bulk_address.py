"""住所一括変更: many addresses at once, as where a street gets another name (標準仕様書 9.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected, unknown
from reference_impl.juki.residents import LEAVING, PRESENT, REMOVED, Record
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki


class BulkAddressDesk(Desk):
    """Changes one part of the addresses of the people that staff extracted before."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"bulk_address": self._change}

    def _change(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        handles = [str(handle) for handle in args["handles"]]
        rows = [(handle, self.residents.get(handle)) for handle in handles]
        if missing := [handle for handle, record in rows if record is None]:
            return unknown(missing[0])
        errors = checks.filing_errors("minor", args, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors)
        old, new = str(args["old"]), str(args["new"])
        event_date = self.event_date(args)
        for handle, record in rows if final else ():
            if record is not None and self._is_meant(record, old):
                record["address"] = record["address"].replace(old, new)
                self.juki.settle(handle, record, self.rules.bulk_event, event_date)
                self.announcer.delivery(handle, record)
        return Outcome("ok", alerts=errors)

    def _is_meant(self, record: Record, old: str) -> bool:
        """Tell whether an address changes; who left or is about to leave is passed over."""
        meant = {
            PRESENT: True,
            LEAVING: self.rules.bulk_changes_leaving,
            REMOVED: self.rules.bulk_changes_removed,
        }
        return meant[record["status"]] and (old in record["address"] or self.rules.bulk_changes_all)
