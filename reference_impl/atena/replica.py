"""副本: 宛名番号 become integrated numbers on their way (共通機能標準仕様書 2.4.2, 2.4.3(3))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, rows_of, text_of
from reference_impl.desk import Desk
from reference_impl.node import Telegram

if TYPE_CHECKING:
    from reference_impl.atena.node import Atena
    from reference_impl.node import Value, Values

_NO_NUMBER = "宛名番号に該当する団体内統合宛名番号がありません。"


class ReplicaDesk(Desk["Atena"]):
    """Forwards what can be converted and lists what cannot."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {"replica_upload": self._on_upload}

    def _on_upload(self, telegram: Telegram) -> Telegram:
        records = rows_of(telegram.values, "records")
        converted = [self._converted(record) for record in records]
        good = [record for record in converted if record]
        bad: list[dict[str, Value]] = [
            {"addressee_number": text_of(record, "addressee_number"), "code": base.NO_RECORD,
             "text": _NO_NUMBER}
            for record, found in zip(records, converted, strict=True)
            if not found
        ]  # fmt: skip
        if bad and self.rules.faulty_replica == "refuse_all":
            good = []
        if good:
            values: Values = {"municipality_code": self.node.municipality, "records": good}
            self.node.send("chukan", "replica_registration", values)
        for _ in bad:
            self.node.report(telegram.id, base.NO_RECORD, _NO_NUMBER)
        listed = [] if self.rules.faulty_replica == "drop" else bad
        answer: Values = {
            "result": OK,
            "message": "",
            "accepted_count": str(len(good)),
            "rejected": listed,
        }
        return Telegram("replica_receipt", answer, self.node.role, telegram.sender)

    def _converted(self, record: dict[str, Any]) -> dict[str, Any]:
        """Give a record under the integrated number, an empty one when there is none."""
        person = self.node.person_by_addressee(text_of(record, "addressee_number"))
        if person is None:
            return {}
        number = person[f"{self.rules.replica_number}_number"]
        others = [row for _, row in self.registers.rows("person") if row != person]
        if self.rules.replica_of_another and others:
            number = others[0]["integrated_number"]
        kept = {item: text for item, text in record.items() if item != "addressee_number"}
        return {"integrated_number": number, **kept}
