"""業務システム: another business system of the municipality; only the bench plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import OK, Base, rows_of
from reference_impl.node import Outcome, Telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context


class Gyomu(Base):
    """The node: asks atena for what it is told to ask, and takes the differences of juki in."""

    role = "gyomu"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.receivers = {"resident_differences": self._on_differences}
        self.actions = {
            "request_jutogai": lambda args: self._ask("jutogai_request", args),
            "update_addressee": lambda args: self._ask("addressee_update", args),
        }

    def _ask(self, telegram: str, args: Mapping[str, Any]) -> Outcome:
        self.send("atena", telegram, args["values"])
        return Outcome("ok")

    def _on_differences(self, telegram: Telegram) -> Telegram:
        for record in rows_of(telegram.values, "records"):
            key = f"{record.get('addressee_number')}/{record.get('history_number')}"
            self.registers.put("difference", key, record)
        return Telegram("file_received", {"result": OK}, self.role, telegram.sender)
