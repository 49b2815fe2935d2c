"""符号の取得: the integrated number becomes the addressee number (共通機能標準仕様書 2.1 2.4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from reference_impl.atena.node import Atena
    from reference_impl.node import Telegram
    from reference_impl.registers import Document


class LinkageDesk(Desk["Atena"]):
    """Passes the start of an acquisition on to the resident record system."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {"linkage_start": self._on_start}

    def _on_start(self, telegram: Telegram) -> Telegram:
        record = self.node.person_by_integrated(text_of(telegram.values, "integrated_number"))
        if record is None:
            text = "団体内統合宛名番号に該当する者がいません。"
            self.node.report(telegram.id, base.NO_RECORD, text)
            return self.node.reply(telegram, base.NO_RECORD)
        self.send_request(record, text_of(telegram.values, "acquisition_number"))
        return self.node.reply(telegram, OK)

    def send_request(self, record: Document, given: str, ref: str = "") -> None:
        """Send a 符号取得依頼 with the 取得番号 that was given."""
        number = str(record["individual_number"])
        told = f"{self.rules.linkage_request_number}_number"
        values = {
            "addressee_number": record[told],
            "acquisition_number": self.node.acquisition(number, given, number),
        }
        self.node.send("juki", "linkage_request", values, ref)
