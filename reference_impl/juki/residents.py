"""The resident register of juki: records, households and the history of each record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks
from reference_impl.juki.events import CANCELLATIONS, EVENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.registers import Registers
    from reference_impl.rules import Rules

Record = dict[str, Any]
Row = tuple[str, Record]

FINAL, PROVISIONAL = "final", "provisional"
PRESENT, LEAVING, REMOVED = "present", "leaving", "removed"
"""現存者, 転出予定者, 除票 (標準仕様書 1.1.5)."""

HEAD = "02"
"""続柄 of the head of a household (標準仕様書 1.1.11)."""

TOLD = (
    "name",
    "furigana",
    "former_surname",
    "alias",
    "birth_date",
    "sex",
    "address",
    "juminhyo_code",
    "individual_number",
)
"""Items that a 本人確認情報 tells (住基法30条の6第1項); a change remembers them as they stood."""
_OBSERVED = (*TOLD, "addressee_number", "household", "relation", "nationality")
STATED = ("residence_status", "residence_until", "resident_since", "address_since")
"""Items that no telegram tells: 在留資格, 在留期間の満了日, 住民となった日, 住所を定めた日."""
RESTORED = (*TOLD, "postal_code", *STATED)
"""Items that a cancelled correction gives back."""


def _blank() -> Record:
    return {
        **dict.fromkeys((*_OBSERVED, *STATED, "birth_date_text", "event_date", "report_date"), ""),
        "postal_code": "",
        "register_municipality_code": "",
        "residence_card_number": "",
        "status": PRESENT,
        "delivery": None,
        "requested_code": "",
        "asked_change": {},
        "card": {},
        "notified": False,
        "held": [],
        "history": [],
        "before": [],
        "next_step": {},
        "linkage": "none",
        "addressee_asked": False,
        "removal": {},
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

    def present(self) -> list[Row]:
        """List (handle, record) of those who are on the register now."""
        return [row for row in self.rows() if is_present(row[1])]

    def find(self, item: str, value: str) -> Row | None:
        """Find the first (handle, record) whose item has a value; an empty one is nobody's."""
        return self._registers.find("resident", item, value) if value else None

    def had_by_another(self, handle: str, item: str, value: str) -> bool:
        """Tell whether a record of somebody else has or had a code or number."""
        return any(
            value
            in {
                was.get(name)
                for was in (record, *record["history"])
                for name in (item, f"former_{item}")
            }
            for other, record in self.rows()
            if other != handle
        )

    def household(self, record: Mapping[str, Any]) -> Record:
        """Read the household that a record belongs to."""
        household = self._registers.get("household", record["household"])
        if household is None:
            raise KeyError(f"no household {record['household']!r}")
        return household

    def members(self, household: str) -> list[Row]:
        """List (handle, record) of a household's present members."""
        return [row for row in self.present() if row[1]["household"] == household]

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

    def add_household(self, number: str, head: Mapping[str, Any], place: Mapping[str, Any]) -> str:
        """Write a new household under its 世帯番号, which it keeps, and give its handle."""
        key = f"h{self._registers.count('household')}"
        self._registers.put(
            "household",
            key,
            {
                "number": number,
                "address": str(place["address"]),
                "postal_code": str(place.get("postal_code") or ""),
                "register_municipality_code": str(place.get("register_municipality_code") or ""),
                "head": _head(head),
            },
        )
        return key

    def set_head(self, household: str, head: Mapping[str, Any]) -> None:
        """Write who is the head of a household, by the name it has now."""
        kept = self._registers.get("household", household) or {}
        self._registers.put("household", household, {**kept, "head": _head(head)})

    def place_of(self, household: str) -> dict[str, str]:
        """Give what a new member takes over from a household."""
        kept = self._registers.get("household", household)
        if kept is None:
            raise KeyError(f"no household {household!r}")
        items = ("address", "postal_code", "register_municipality_code")
        return {"household": household, **{item: str(kept[item]) for item in items}}

    def told(self, handle: str) -> dict[str, Any]:
        """Tell what staff see of a record; its state is `none` when there is no such record."""
        record = self.get(handle) or {**_blank(), "state": "none", "status": "none"}
        told = {item: record[item] for item in _OBSERVED}
        return {
            "state": record["state"],
            "status": record["status"],
            **told,
            "removal": record["removal"],
            "history": len(record["history"]),
        }


def _head(record: Mapping[str, Any]) -> dict[str, str]:
    items = ("name", "juminhyo_code", "individual_number")
    return {item: str(record.get(item) or "") for item in items}


def is_present(record: Mapping[str, Any]) -> bool:
    """Tell whether a record is final and not removed."""
    return bool(record["state"] == FINAL and record["status"] != REMOVED)


def settled_record(items: Mapping[str, Any], place: Mapping[str, str]) -> Record:
    """Make the record of somebody who was registered, numbered and notified long ago."""
    return {**_blank(), **place, **items, "state": FINAL, "notified": True}


def entered_record(items: Mapping[str, Any], place: Mapping[str, str]) -> Record:
    """Make the record of somebody who comes to be registered now."""
    return {**_blank(), **place, **items, "state": FINAL}


def born_record(
    args: Mapping[str, Any], place: Mapping[str, str], today: str, rules: Rules
) -> Record:
    """Make the provisional record of a birth from what staff entered."""
    child = {item: str(value) for item, value in args["child"].items() if value}
    birth = child["birth_date"]
    child["birth_date"] = birth if rules.keep_noncalendar_birth else dates.nearest_calendar(birth)
    return {
        **_blank(),
        **place,
        **(checks.cut(child, rules) if rules.overflow == "cut" else child),
        "delivery": args.get("delivery"),
        "event_date": str(args.get("event_date") or child["birth_date"]),
        "report_date": str(args.get("report_date") or today),
        "state": PROVISIONAL,
    }


def change(
    record: Mapping[str, Any], event: str, event_date: str, former: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Describe an event of a record with the items as they stand now.

    `former` holds the former code or number of a record whose code or number changed.
    """
    kind = EVENTS[event]
    return {
        "event": event,
        "entry": kind.entry,
        "reason": kind.reason,
        "event_date": event_date,
        **{item: str(record[item]) for item in TOLD},
        **(former or {}),
    }


def remember(
    record: Record, what: dict[str, str], before: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """Append a change to the history, which is never shortened, and give it.

    `before` is the record before the change, so that a correction can be taken back.
    """
    kept = before or record
    record["history"] = [*record["history"], what]
    record["before"] = [*record["before"], {item: str(kept[item]) for item in RESTORED}]
    return what


def standing(record: Mapping[str, Any]) -> list[int]:
    """Give the places in the history of the events that no later one took back."""
    found: list[int] = []
    for place, what in enumerate(record["history"]):
        if what["event"] in CANCELLATIONS.values():
            del found[-1:]
        else:
            found.append(place)
    return found
