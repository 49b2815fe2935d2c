"""Linkage codes: 取得番号 in, 取得番号 with the individual number out (番号法施行令27条1項)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, result_of, text_of
from reference_impl.juki.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram
    from reference_impl.registers import Entry


class LinkageDesk(Desk):
    """Passes requests for linkage codes on to the CS; it never learns the code."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {"linkage_request": self._on_request}
        self.answers = {"linkage_code_request": self._answered}
        self.observations = {"linkage_request": self._observe}

    def _on_request(self, telegram: Telegram) -> Telegram:
        found = self.residents.find(
            "addressee_number", text_of(telegram.values, "addressee_number")
        )
        residents = self.residents.present()
        if found is None and residents and not self.rules.refuse_unknown_addressee:
            found = residents[0]
        if found is None or not found[1]["individual_number"]:
            self.juki.report(telegram.id, base.NO_RECORD, "宛名番号に該当する者がいません。")
            return self.juki.reply(telegram, base.NO_RECORD)
        handle, record = found
        given = text_of(telegram.values, "acquisition_number")
        self.announcer.linkage_request(handle, record, given)
        self.residents.save(handle, record)
        return self.juki.reply(telegram, OK)

    def _answered(self, entry: Entry, answer: Telegram) -> None:
        record = self.residents.get(entry.ref)
        if record is None:
            return
        if self.rules.confirm_linkage:
            record["linkage"] = "accepted" if result_of(answer) == OK else "refused"
        self.announcer.next_step(entry.telegram_id, entry.ref, record)
        self.residents.save(entry.ref, record)

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        record = self.residents.get(str(args["handle"]))
        return {"state": record["linkage"] if record else "none"}
