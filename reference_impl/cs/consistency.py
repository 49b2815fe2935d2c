"""Comparing what municipalities hold with what they notified (標準仕様書 7.1.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.base import OK, rows_of, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram, Value, Values

ITEMS_DIFFER, NOT_HERE = "1", "2"
COMPARED = ("name", "furigana", "birth_date", "sex", "address", "individual_number")


class ConsistencyDesk(Desk["Cs"]):
    """Answers a consistency check with the codes of those who differ."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = {"consistency_data": self._on_data}
        self.provisions = {"identity": self._provision}

    def _provision(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Take in what was notified of a person long ago."""
        self.registers.put("identity", str(args["juminhyo_code"]), dict(args))
        return {}

    def _on_data(self, telegram: Telegram) -> Telegram:
        told = rows_of(telegram.values, "rows")
        found = [(text_of(row, "juminhyo_code"), self._difference(row)) for row in told]
        differing: list[dict[str, Value]] = [
            {"juminhyo_code": code, "difference": difference}
            for code, difference in found
            if difference
        ]
        municipality = self.node.municipality_of(telegram)
        values: Values = {
            "receiver": municipality,
            "ref_serial": text_of(telegram.values, "serial"),
            "check_date": text_of(telegram.values, "check_date"),
            "count": str(len(differing)),
            "rows": differing,
        }
        self.node.send_to(municipality, "consistency_result", values)
        return self.node.reply(telegram, OK)

    def _difference(self, row: Values) -> str:
        held = self._held(text_of(row, "juminhyo_code"))
        if not held:
            return NOT_HERE
        same = all(_plain(row, item) == _plain(held, item) for item in COMPARED if item in held)
        return "" if same else ITEMS_DIFFER

    def _held(self, code: str) -> Mapping[str, Any]:
        """Give what the CS holds of a person: the latest notice, or what was there before."""
        notices = [row for _, row in self.registers.rows("identity_notice")]
        latest = [row for row in notices if row["juminhyo_code"] == code]
        return latest[-1] if latest else self.registers.get("identity", code) or {}


def _plain(row: Mapping[str, Any], item: str) -> str:
    """Give an item of a person; a date in the western count, whatever the layouts have."""
    return dates.western(text_of(row, item))
