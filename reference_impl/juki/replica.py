"""副本: household information under 宛名番号 (標準仕様書 7.1.2.3; 住基法7条4号)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.events import EVENTS
from reference_impl.juki.residents import is_present
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record, Row
    from reference_impl.node import Values

HOUSEHOLD = "JK01"
"""Our own code for the information on households."""


class ReplicaDesk(Desk):
    """Sends the replicas of a household whose members are numbered at atena."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.actions = {"send_replica": self._send_replica}

    def followed(self, handle: str, record: Record, event: str) -> None:
        """Send what has changed for the whole household."""
        kind = EVENTS[event]
        silent = not kind.reason and not self.rules.replica_without_notice
        people = self._people(handle, record)
        asked = any(row["addressee_asked"] for _, row in people)
        if kind.replica and asked and not silent:
            self._send(handle, record, people)

    def _send_replica(self, args: Mapping[str, Any]) -> Outcome:
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        people = self._people(handle, record)
        if not people:
            return rejected("input", (), handle, "nobody_to_send")
        self._send(handle, record, people)
        return Outcome("ok", handle=handle)

    def _people(self, handle: str, record: Record) -> list[Row]:
        """List the household as it is now, the given record in its newest state."""
        rows = [(key, record if key == handle else row) for key, row in self.residents.rows()]
        household = record["household"]
        return [row for row in rows if is_present(row[1]) and row[1]["household"] == household]

    def _send(self, handle: str, record: Record, people: list[Row]) -> None:
        household = self.residents.household(record)
        records = [
            {
                "addressee_number": row[self.rules.replica_key],
                "information_code": HOUSEHOLD,
                "household_number": household["number"],
                "relation": row["relation"],
                "updated_on": self.juki.today(),
            }
            for _, row in people
        ]
        if self.rules.replica_members == "one":
            records = records[:1]
        values: Values = {"municipality_code": self.juki.own_code, "records": records}
        self.juki.send("atena", "replica_upload", values, handle)
