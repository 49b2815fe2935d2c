"""情報照会: taken in, and answered when somebody asks for it (共通機能標準仕様書 2.4.3(4))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import Outcome, Telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.chukan.node import Chukan

WAITING, PROVIDED, DENIED = "0", "1", "9"
STATES = {"waiting": WAITING, "denied": DENIED}
_CONTENTS = [
    {"item": "課税の有無", "content": "課税"},
    {"item": "所得の区分", "content": "区分３"},
]
"""What the bodies behind the 中間サーバー provide: synthetic."""
_MESSAGES = {
    WAITING: "",
    PROVIDED: "情報提供者から提供されました。",
    DENIED: "情報提供者は提供できません。",
}


class InquiryDesk(Desk["Chukan"]):
    """Plays the providers of information, too."""

    def __init__(self, chukan: Chukan) -> None:
        super().__init__(chukan)
        self.receivers = {
            "inquiry_submission": self._on_submission,
            "inquiry_fetch": self._on_fetch,
        }
        self.actions = {"next_result": self._next_result, "release_results": self._release}

    def _next_result(self, args: Mapping[str, Any]) -> Outcome:
        """Say how the providers will answer the next inquiry: waiting or denied."""
        self.registers.put("setting", "next_result", {"state": STATES[str(args["state"])]})
        return Outcome("ok")

    def _release(self, _args: Mapping[str, Any]) -> Outcome:
        """Let every result that is waited for be provided."""
        for number, kept in self.registers.rows("inquiry"):
            if kept["state"] == WAITING:
                self.registers.put("inquiry", number, {**kept, "state": PROVIDED})
        return Outcome("ok")

    def _on_submission(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "inquiry_number")
        integrated = text_of(telegram.values, "integrated_number")
        planned = self.registers.get("setting", "next_result") or {"state": PROVIDED}
        self.registers.delete("setting", "next_result")
        self.registers.put("inquiry", number, {"integrated_number": integrated, **planned})
        return self.node.reply(telegram, OK)

    def _on_fetch(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "inquiry_number")
        kept = self.registers.get("inquiry", number)
        values: dict[str, Any] = {"inquiry_number": number, "result": OK, "message": ""}
        if kept is None:
            values["result"] = base.NOT_REQUESTED
        else:
            values["integrated_number"] = kept["integrated_number"]
            values["inquiry_state"] = kept["state"]
            values["message"] = _MESSAGES[kept["state"]]
            values["contents"] = _CONTENTS if kept["state"] == PROVIDED else []
        return Telegram("inquiry_answer", values, self.node.role, telegram.sender)
