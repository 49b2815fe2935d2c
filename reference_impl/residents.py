"""The resident register of juki: records, households and the history of each record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import checks, dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.registers import Registers
    from reference_impl.rules import Rules

Record = dict[str, Any]
Row = tuple[str, Record]

FINAL, PROVISIONAL = "final", "provisional"

ENTERED, CORRECTED = "1", "3"
"""旨: 記載 and 修正 (住基令30条の5)."""
BIRTH, EX_OFFICIO, NUMBER_ENTERED = "12", "33", "53"
"""事由: 出生, 職権修正等, 個人番号の職権記載 (住基則11条)."""

_TOLD = ("juminhyo_code", "individual_number", "addressee_number", "name")


def _blank() -> Record:
    return {
        "name": "",
        "furigana": "",
        "birth_date_text": "",
        "nationality": "",
        "event_date": "",
        "report_date": "",
        "household": "",
        "delivery": None,
        "juminhyo_code": "",
        "requested_code": "",
        "individual_number": "",
        "addressee_number": "",
        "notified": False,
        "held": [],
        "history": [],
        "next_step": {},
        "linkage": "none",
    }


class Residents:
    """Records by handle: `r1`, `r2` and so on; those of households are `h1`, `h2`."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def get(self, handle: str) -> Record | None:
        """Read a record, None when there is none."""
        return self._registers.get("resident", handle)

    def rows(self) -> list[Row]:
        """List (handle, record), oldest first."""
        return self._registers.rows("resident")

    def find(self, item: str, value: str) -> Row | None:
        """Find the first (handle, record) whose item has a value; an empty one is nobody's."""
        return self._registers.find("resident", item, value) if value else None

    def household(self, record: Mapping[str, Any]) -> Record:
        """Read the household that a record belongs to."""
        household = self._registers.get("household", record["household"])
        if household is None:
            raise KeyError(f"no household {record['household']!r}")
        return household

    def save(self, handle: str, record: Mapping[str, Any]) -> None:
        """Write a record."""
        self._registers.put("resident", handle, record)

    def add(self, record: Mapping[str, Any]) -> str:
        """Write a new record and give its handle."""
        handle = f"r{self._registers.count('resident')}"
        self.save(handle, record)
        return handle

    def remove(self, handle: str) -> None:
        """Forget a record."""
        self._registers.delete("resident", handle)

    def add_household(self, args: Mapping[str, Any], addressee_number: str) -> dict[str, str]:
        """Write a household with its head, all of it numbered and notified before."""
        key = f"h{self._registers.count('household')}"
        head = dict(args["head"])
        self._registers.put(
            "household",
            key,
            {
                "address": str(args["address"]),
                "postal_code": str(args.get("postal_code") or ""),
                "register_municipality_code": str(args.get("register_municipality_code") or ""),
                "head": {item: str(head.get(item) or "") for item in ("name", *_TOLD[:2])},
            },
        )
        own = {"household": key, "state": FINAL, "notified": True}
        record = {**_blank(), **head, **own, "addressee_number": addressee_number}
        return {"handle": key, "head": self.add(record)}

    def told(self, handle: str) -> dict[str, Any]:
        """Tell what staff see of a record; its state is `none` when there is no such record."""
        record = self.get(handle) or {**_blank(), "state": "none"}
        told = {item: record[item] for item in _TOLD}
        return {"state": record["state"], **told, "history": len(record["history"])}


def new_record(args: Mapping[str, Any], today: str, rules: Rules) -> Record:
    """Make the provisional record of a birth from what staff entered."""
    child = {item: str(value) for item, value in args["child"].items() if value}
    birth = child["birth_date"]
    child["birth_date"] = birth if rules.keep_noncalendar_birth else dates.nearest_calendar(birth)
    return {
        **_blank(),
        **(checks.cut(child) if rules.overflow == "cut" else child),
        "household": str(args["household"]),
        "delivery": args.get("delivery"),
        "event_date": str(args.get("event_date") or child["birth_date"]),
        "report_date": str(args.get("report_date") or today),
        "state": PROVISIONAL,
    }


def change(record: Mapping[str, Any], entry: str, reason: str, event_date: str) -> dict[str, str]:
    """Describe a change with the names as they stand now."""
    return {
        "entry": entry,
        "reason": reason,
        "event_date": event_date,
        "name": record["name"],
        "furigana": record["furigana"],
    }


def remember(record: Record, entry: str, reason: str, event_date: str) -> dict[str, str]:
    """Append a change to the history, which is never shortened, and give it."""
    latest = change(record, entry, reason, event_date)
    record["history"] = [*record["history"], latest]
    return latest
