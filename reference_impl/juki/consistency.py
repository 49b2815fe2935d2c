"""The consistency check with what the CS holds (住民記録システム標準仕様書 7.1.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.base import OK, rows_of, text_of
from reference_impl.juki.desk import Desk, unknown
from reference_impl.juki.residents import FINAL
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record
    from reference_impl.node import Telegram, Value

_TEXTS = ("name", "furigana", "former_surname", "alias")
_PLAIN = ("juminhyo_code", "individual_number", "sex")


class ConsistencyDesk(Desk):
    """Tells the CS the items of 本人確認情報 as the records hold them, and shows differences."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {"consistency_result": self._on_result}
        self.actions = {"check_consistency": self._check}
        self.observations = {"consistency": self._observe}

    def _check(self, args: Mapping[str, Any]) -> Outcome:
        everyone = [handle for handle, _ in self.residents.present()]
        handles = [str(handle) for handle in args.get("handles") or everyone]
        rows: list[dict[str, Value]] = []
        for handle in handles:
            record = self.residents.get(handle)
            if record is None or record["state"] != FINAL:
                return unknown(handle)
            rows.append(self._row(record))
        self.registers.put("setting", "consistency", {"differing": [], "results": 0})
        size = self.rules.consistency_rows
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            values: dict[str, Value] = {"check_date": self.juki.today(), "count": str(len(part))}
            self.juki.send("cs", "consistency_data", {**values, "rows": part})
        return Outcome("ok")

    def _row(self, record: Record) -> dict[str, Value]:
        written = self.announcer.writing.written
        kept = self.residents.household(record)
        source = kept if self.rules.consistency_source == "household" else record
        return {
            **{item: str(record[item]) for item in _PLAIN},
            **{item: written(str(record[item])) for item in _TEXTS},
            "birth_date": dates.era_form(record["birth_date"]),
            "address": written(str(source["address"])),
        }

    def _on_result(self, telegram: Telegram) -> Telegram:
        codes = [text_of(row, "juminhyo_code") for row in rows_of(telegram.values, "rows")]
        shown = self._observe({})
        known = list(shown["differing"])
        if self.rules.show_differences:
            known = list(dict.fromkeys([*known, *codes]))
        told = {"differing": known, "results": shown["results"] + 1}
        self.registers.put("setting", "consistency", told)
        return self.juki.reply(telegram, OK)

    def _observe(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        nothing = {"differing": [], "results": 0}
        return self.registers.get("setting", "consistency") or nothing
