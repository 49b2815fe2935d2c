"""People by their integrated numbers: notified, deleted, displayed (共通機能標準仕様書 2.4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.chukan.node import Chukan
    from reference_impl.node import Telegram


class PersonDesk(Desk["Chukan"]):
    """Stores and forgets integrated numbers; it never keeps who is displayed."""

    def __init__(self, chukan: Chukan) -> None:
        super().__init__(chukan)
        self.receivers = {
            "integrated_number_notice": self._on_notice,
            "integrated_number_deletion": self._on_deletion,
        }
        self.actions = {"request_display": self._request_display}
        self.observations = {"person": self._observe}

    def _on_notice(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "integrated_number")
        if self.rules.store_integrated_number and self.registers.get("person", number) is None:
            self.registers.put("person", number, {"linkage_code": ""})
        return self.node.reply(telegram, OK)

    def _on_deletion(self, telegram: Telegram) -> Telegram:
        self.registers.delete("person", text_of(telegram.values, "integrated_number"))
        return self.node.reply(telegram, OK)

    def _request_display(self, args: Mapping[str, Any]) -> Outcome:
        number = str(args["integrated_number"])
        values = {"municipality_code": self.node.municipality, "integrated_number": number}
        self.node.send("atena", "display_request", values)
        return Outcome("ok")

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        person = self.registers.get("person", str(args["integrated_number"]))
        return {"known": person is not None, "linked": bool(person and person["linkage_code"])}
