"""更新, 削除 and 表示 of who is registered (共通機能標準仕様書 2.1 2.4.3(2), (3)⑩⑪)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk
from reference_impl.node import Outcome, Telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.atena.node import Atena
    from reference_impl.registers import Document

RESIDENT_BUSINESS = "001"
"""業務ID of 住民基本台帳."""
_ON_REGISTER = "1"
"""住民状態 of those on the register (住登者)."""
BASIC = (
    "name",
    "furigana",
    "birth_date",
    "birth_date_unknown",
    "birth_date_text",
    "sex",
    "address",
)
_FIRST_ANEW = 87_654_321


def flag_key(business: str, addressee: str) -> str:
    """Give the key of a 統合宛名フラグ: it belongs to 業務ID and 宛名番号."""
    return f"{business}/{addressee}"


class UpdateDesk(Desk["Atena"]):
    """Keeps the basic items of people, forgets people, tells the 中間サーバー whom it displays."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {"addressee_update": self._on_update, "display_request": self._on_display}
        self.actions = {"delete_addressee": self._delete}
        self.observations = {"addressee": self._observe}

    # -- 更新 -------------------------------------------------------------------------------

    def _on_update(self, telegram: Telegram) -> Telegram:
        values = telegram.values
        number, former = (text_of(values, f"{w}individual_number") for w in ("", "former_"))
        record = self.registers.get("person", former or number)
        if record is None:
            self.node.report(telegram.id, base.NO_RECORD, "個人番号に該当する者がいません。")
            return self.node.reply(telegram, base.NO_RECORD)
        business, addressee = text_of(values, "business_id"), text_of(values, "addressee_number")
        if former and self.rules.update_number:
            self._renumber(record, former, number)
        record["addressee_numbers"] = sorted({*record["addressee_numbers"], addressee})
        if self.rules.update_basic_items:
            record["basic"] = {item: text_of(values, item) for item in BASIC}
        self.node.save(record)
        self._set_flag(business, addressee, text_of(values, "residence_state"))
        if self.rules.notify_update:
            self._tell("integrated_number_notice", record)
        return self.node.reply(telegram, OK)

    def _renumber(self, record: Document, former: str, number: str) -> None:
        """Enter a changed individual number; the integrated one stays."""
        self.registers.delete("person", former)
        record["individual_number"] = number
        if self.rules.number_change_renumbers:
            record["integrated_number"] = self.node.new_addressee_number("anew", _FIRST_ANEW)
            self._tell("integrated_number_notice", record)

    def _set_flag(self, business: str, addressee: str, state: str) -> None:
        wanted = business == RESIDENT_BUSINESS or state != _ON_REGISTER
        if self.rules.flag_rule == "always":
            wanted = True
        elif self.rules.flag_rule == "residents_only":
            wanted = business == RESIDENT_BUSINESS
        if wanted:
            self.registers.put("flag", flag_key(business, addressee), {"set": True})

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        key = flag_key(str(args["business_id"]), str(args["addressee_number"]))
        known = self.node.person_by_addressee(str(args["addressee_number"])) is not None
        return {"known": known, "flag": self.registers.get("flag", key) is not None}

    # -- 削除 -------------------------------------------------------------------------------

    def _delete(self, args: Mapping[str, Any]) -> Outcome:
        record = self.node.person_by_addressee(str(args["addressee_number"]))
        if record is None:
            return Outcome("rejected", "input", reason="no_record")
        self.registers.delete("person", record["individual_number"])
        self._tell("integrated_number_deletion", record)
        return Outcome("ok")

    def _tell(self, telegram: str, record: Document) -> None:
        number = record["integrated_number"]
        if telegram == "integrated_number_deletion" and self.rules.deleted_number == "addressee":
            number = record["addressee_number"]
        values = {"municipality_code": self.node.municipality, "integrated_number": number}
        self.node.send("chukan", telegram, values)

    # -- 表示 -------------------------------------------------------------------------------

    def _on_display(self, telegram: Telegram) -> Telegram:
        integrated = text_of(telegram.values, "integrated_number")
        record = self.node.person_by_integrated(integrated)
        if record is None and self.rules.display_somebody:
            record = next((row for _, row in self.registers.rows("person")), None)
        if record is None:
            nobody = {"result": base.NO_RECORD, "message": "該当する者がいません。"}
            return Telegram("display_response", nobody, self.node.role, telegram.sender)
        person = {"individual_number": record["individual_number"], **record["basic"]}
        told = {item: text for item, text in person.items() if item not in self.rules.display_hides}
        values = {"result": OK, "message": "", "integrated_number": integrated, **told}
        return Telegram("display_response", values, self.node.role, telegram.sender)
