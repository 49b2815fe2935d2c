"""宛名連携の異動差分: every event of the register for the other systems (標準仕様書 7.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import notices
from reference_impl.juki.desk import Desk
from reference_impl.juki.events import EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

MOST = 1000
"""Records of one file."""


class DifferenceDesk(Desk):
    """Puts what entered the history since the last file into a file, every so many minutes."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self._started = juki.clock.now().timestamp()

    def followed(self, handle: str, record: Record, event: str) -> None:  # noqa: ARG002 - as given
        """Send at once what has just been entered, if there is nothing to wait for."""
        if not self.rules.difference_minutes:
            self.residents.save(handle, record)
            self._send()

    def day_began(self) -> None:
        """Send what is due after the time that has passed."""
        now = self.juki.clock.now().timestamp()
        last = self.registers.get("setting", "differences") or {"at": self._started}
        if abs(now - last["at"]) >= self.rules.difference_minutes * 60:
            self.registers.put("setting", "differences", {"at": now})
            self._send()

    def _send(self) -> None:
        records = list(self._untold())
        for start in range(0, len(records), MOST):
            values = {"records": records[start : start + MOST]}
            self.juki.send("gyomu", "resident_differences", values)

    def _untold(self) -> Iterator[dict[str, Any]]:
        """Give the events that nobody was told, and note that they are told now."""
        for handle, record in self.residents.rows():
            told = (self.registers.get("difference_told", handle) or {"count": 0})["count"]
            history = record["history"]
            for number in range(told, len(history)):
                yield self._row(record, number)
            if len(history) > told:
                self.registers.put("difference_told", handle, {"count": len(history)})

    def _row(self, record: Record, number: int) -> dict[str, Any]:
        what = record["history"][number]
        person = {**record, **what}
        if self.rules.difference_items == "first":
            person |= {item: record["history"][0][item] for item in ("name", "address")}
        return {
            "addressee_number": record["addressee_number"],
            "history_number": str(number + 1),
            "event": EVENTS[what["event"]].ja,
            "event_date": dates.western(what["event_date"]),
            "name": what["name"],
            "furigana": what["furigana"],
            **notices.birth_items(person, self.rules, assume=self.rules.difference_assumes),
            "sex": what["sex"],
            "address": person["address"],
            "residence_state": notices.residence_state([what]),
        }
