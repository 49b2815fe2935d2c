"""Telling municipalities the state of the network (住民記録システム標準仕様書 7.1.1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.desk import Desk
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.cs.node import Cs


class ServiceDesk(Desk["Cs"]):
    """Sends 稼働状況."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.actions = {"send_service_status": self._send}

    def _send(self, args: Mapping[str, Any]) -> Outcome:
        municipality = str(args.get("municipality_code") or self.node.municipality)
        now = self.node.clock.now()
        values = {
            "receiver": municipality,
            "state": str(args["state"]),
            "since_date": now.strftime("%Y-%m-%d"),
            "since_time": now.strftime("%H%M%S"),
            "message": str(args.get("message") or ""),
        }
        self.node.send_to(municipality, "service_status", values)
        return Outcome("ok")
