"""Passing telegrams on between municipalities, unchanged (住民基本台帳法9条3項, 24条の2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import base, numbers
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram

RELAYED: dict[str, str] = {
    "certificate_info": "certificate_info_delivery",
    "first_report_notice": "first_report_notice_delivery",
    "move_in_notice": "move_in_notice_delivery",
    "wide_area_request": "wide_area_request_delivery",
    "wide_area_record": "wide_area_record_delivery",
}
"""Telegram of one municipality to the one that the other receives; their items are the same."""

HEADER = ("length", "telegram_id", "version", "sender", "receiver", "serial", "ref_serial")
ENVELOPE = frozenset({*HEADER, "created_date", "created_time", "kind", "result", "end_mark"})
"""Items that belong to one hop."""


class RelayDesk(Desk["Cs"]):
    """Carries telegrams to the municipality that their item `destination_code` names."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = dict.fromkeys(RELAYED, self._pass_on)

    def _pass_on(self, telegram: Telegram) -> Telegram:
        destination = text_of(telegram.values, "destination_code")
        if destination[-1:] != numbers.municipality_check_digit(destination[:-1] or "0"):
            self.node.report(telegram.id, base.NO_RECORD, "宛先の市町村がありません。")
            return self.node.reply(telegram, base.NO_RECORD, "destination_code")
        if self.node.reaches(destination):
            self._send_on(telegram, destination)
        return self.node.reply(telegram, OK)

    def _send_on(self, telegram: Telegram, destination: str) -> None:
        """Send to a municipality of the bench; what goes to others leaves our sight."""
        values = {item: text for item, text in telegram.values.items() if item not in ENVELOPE}
        receiver = {"receiver": destination}
        self.node.send_to(destination, RELAYED[telegram.id], {**values, **receiver})
