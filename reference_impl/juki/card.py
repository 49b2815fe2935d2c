"""Individual number cards: renewals are answered, states are kept (標準仕様書 7.1.1.3, 7.1.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, rows_of, text_of
from reference_impl.juki.desk import Desk
from reference_impl.juki.residents import is_present

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Row
    from reference_impl.node import Telegram

_ITEMS = ("card_status", "issued_date", "expiry_date")


class CardDesk(Desk):
    """Takes 更新対象者データ and カード発行状況 in."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {"renewal_list": self._on_renewals, "card_status": self._on_status}
        self.observations = {"card": self._observe}

    def _on_renewals(self, telegram: Telegram) -> Telegram:
        """Match the persons of a list with the register and tell where their cards go."""
        codes = [text_of(row, "juminhyo_code") for row in rows_of(telegram.values, "persons")]
        found = [self._holder(code) for code in codes]
        for number, holder in enumerate(found, start=1):
            if holder is None:
                text = f"{number}人目の更新対象者が住民にいません。"
                self.juki.report(telegram.id, base.NO_RECORD, text)
        complete = all(found) or self.rules.match_renewals
        for holder in found if complete and self.rules.answer_renewals else ():
            if holder is not None:
                self.announcer.delivery(*holder, self.rules.renewal_print_kind)
        return self.juki.reply(telegram, OK)

    def _on_status(self, telegram: Telegram) -> Telegram:
        holder = self._holder(text_of(telegram.values, "juminhyo_code"))
        if holder is None:
            self.juki.report(telegram.id, base.NO_RECORD, "カードの住民票コードの者がいません。")
            return self.juki.reply(telegram, base.NO_RECORD, "juminhyo_code")
        handle, record = holder
        first = not record["card"] or self.rules.newest_card_status
        if self.rules.keep_card_status and first:
            record["card"] = {item: text_of(telegram.values, item) for item in _ITEMS}
            self.residents.save(handle, record)
        return self.juki.reply(telegram, OK)

    def _holder(self, code: str) -> Row | None:
        found = self.residents.find("juminhyo_code", code)
        return found if found and is_present(found[1]) else None

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        record = self.residents.get(str(args["handle"]))
        card = record["card"] if record else {}
        return {item: card.get(item, "") for item in _ITEMS}
