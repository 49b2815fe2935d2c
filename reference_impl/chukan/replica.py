"""副本: what other bodies may be given about a person (共通機能標準仕様書 2.4.3(3))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.base import OK, rows_of, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from reference_impl.chukan.node import Chukan
    from reference_impl.node import Telegram


class ReplicaDesk(Desk["Chukan"]):
    """Keeps the newest record of a person and a kind of information."""

    def __init__(self, chukan: Chukan) -> None:
        super().__init__(chukan)
        self.receivers = {"replica_registration": self._on_registration}

    def _on_registration(self, telegram: Telegram) -> Telegram:
        for record in rows_of(telegram.values, "records"):
            items = ("integrated_number", "information_code")
            key = "/".join(text_of(record, item) for item in items)
            self.registers.put("replica", key, record)
        return self.node.reply(telegram, OK)
