"""The state of the network as the CS tells it (住民記録システム標準仕様書 7.1.1.1, 7.1.2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import OK, text_of
from reference_impl.juki.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram

STATES = {"1": "running", "2": "partial", "3": "stopped"}
UNKNOWN = {"state": "unknown", "since": "", "message": ""}


class ServiceDesk(Desk):
    """Shows staff the latest state of the network."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {"service_status": self._on_status}
        self.observations = {"service_status": self._observe}

    def _on_status(self, telegram: Telegram) -> Telegram:
        shown = self.rules.show_service_status
        known = self.registers.get("setting", "service")
        if shown == "latest" or (shown == "first" and known is None):
            told = {
                "state": STATES[text_of(telegram.values, "state")],
                "since": text_of(telegram.values, "since_date"),
                "message": text_of(telegram.values, "message"),
            }
            self.registers.put("setting", "service", told)
        return self.juki.reply(telegram, OK)

    def _observe(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.registers.get("setting", "service") or UNKNOWN
