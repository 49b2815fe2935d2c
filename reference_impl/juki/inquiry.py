"""情報照会: asked for, and its result fetched when needed (共通機能標準仕様書 2.1 2.4.3(4))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import OK, result_of, text_of
from reference_impl.juki.desk import Desk, rejected, unknown
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram
    from reference_impl.registers import Entry

_STATES = {"0": "waiting", "1": "provided", "9": "denied"}


class InquiryDesk(Desk):
    """Keeps inquiries by their numbers, with what was provided."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.actions = {"inquire": self._inquire, "fetch_inquiry": self._fetch}
        self.answers = {
            "inquiry_request": self._answered,
            "inquiry_result_request": self._fetched,
        }
        self.observations = {"inquiry": self._observe}

    def _inquire(self, args: Mapping[str, Any]) -> Outcome:
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        if not record["addressee_asked"]:
            return rejected("input", (), handle, "not_requested")
        number = f"{self.juki.own_code}-{self.registers.serial()}"
        addressee = record["addressee_number"]
        kept = {"state": "sent", "addressee_number": addressee, "contents": []}
        self.registers.put("inquiry", number, kept)
        kind = {"information_kind": str(args["information_kind"])}
        self._send("inquiry_request", number, addressee, kind)
        return Outcome("ok", handle=number)

    def _fetch(self, args: Mapping[str, Any]) -> Outcome:
        number = str(args["inquiry"])
        kept = self.registers.get("inquiry", number)
        if kept is None:
            return unknown(number)
        shown = number if self.rules.fetch_by == "inquiry_number" else f"{number}x"
        self._send("inquiry_result_request", shown, kept["addressee_number"], {}, number)
        return Outcome("ok", handle=number)

    def _send(
        self, telegram: str, number: str, addressee: str, more: Mapping[str, str], ref: str = ""
    ) -> None:
        values = {
            "municipality_code": self.juki.own_code,
            "inquiry_number": number,
            "addressee_number": addressee,
            **more,
        }
        self.juki.send("atena", telegram, values, ref or number)

    def _answered(self, entry: Entry, answer: Telegram) -> None:
        kept = self.registers.get("inquiry", entry.ref)
        if kept is not None:
            kept["state"] = "accepted" if result_of(answer) == OK else "refused"
            self.registers.put("inquiry", entry.ref, kept)

    def _fetched(self, entry: Entry, answer: Telegram) -> None:
        kept = self.registers.get("inquiry", entry.ref)
        if kept is not None and result_of(answer) == OK:
            kept["state"] = _STATES.get(text_of(answer.values, "inquiry_state"), "waiting")
            kept["contents"] = answer.values.get("contents", [])
            self.registers.put("inquiry", entry.ref, kept)

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = self.registers.get("inquiry", str(args["inquiry"])) or {"state": "none"}
        return {"state": kept["state"], "contents": kept.get("contents", [])}
