"""The ledger of a run: what its telegrams have said that outlives a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.judge.content import leaves
from steps.judge.leaks import spent_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.transcript import Record

__all__ = ["Ledger"]


@dataclass(slots=True)
class Ledger:
    """Codes that were listed and acquisition numbers that are spent; records never change.

    Attributes:
        given: codes that the harness designated by provisioning.
    """

    given: set[str] = field(default_factory=set)
    _read: int = 0  # records that were looked at for the two below
    _listed: set[str] = field(default_factory=set)
    _spent: dict[str, int] = field(default_factory=dict)

    def read(self, records: Sequence[Record]) -> None:
        """Take in what was recorded since the last time."""
        for record in records[self._read :]:
            if record.telegram == "juminhyo_code_list" and record.on_wire:
                self._listed.update(text for _, text in leaves(record, "juminhyo_code"))
        self._spent = spent_numbers(records[self._read :]) | self._spent
        self._read = len(records)

    def designated(self) -> set[str]:
        """Return every code that was designated to the municipality."""
        return self.given | self._listed

    def spent(self) -> dict[str, int]:
        """Return the acquisition numbers whose code was notified, with the record."""
        return dict(self._spent)
