"""What outlives a scenario: the bench, the people drawn so far, the register, the choices made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from steps.bench.party import Unmet
from steps.judge.content import leaves
from steps.judge.leaks import spent_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.bench.network import Bench
    from steps.events import Events
    from steps.register import Register
    from steps.residents import Residents
    from telegram_specs import Profile

__all__ = ["World"]


@dataclass(slots=True)
class World:
    """The lasting things of a run.

    Attributes:
        bench: the network.
        profile: the telegram layouts.
        register: the requirements.
        events: the table of events and telegrams.
        residents: where people and numbers come from.
        ics: options that the system under test claims.
        given_codes: codes that the harness designated by provisioning.
        lasting: (role, action, arguments) that end the settings which are still to be put back.
    """

    bench: Bench
    profile: Profile
    register: Register
    events: Events
    residents: Residents
    ics: frozenset[str]
    given_codes: set[str] = field(default_factory=set)
    lasting: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    _read: int = 0  # records that were looked at for the two below
    _listed: set[str] = field(default_factory=set)
    _spent: dict[str, int] = field(default_factory=dict)

    def designated(self) -> set[str]:
        """Return every code that was designated to the municipality in this run."""
        self._read_on()
        return self.given_codes | self._listed

    def spent_acquisition_numbers(self) -> dict[str, int]:
        """Return the acquisition numbers of this run whose code was notified, with the record."""
        self._read_on()
        return dict(self._spent)

    def _read_on(self) -> None:
        """Take in what was recorded since the last time; records never change."""
        records = self.bench.journal.records
        for record in records[self._read :]:
            if record.telegram == "juminhyo_code_list" and record.on_wire:
                self._listed.update(text for _, text in leaves(record, "juminhyo_code"))
        self._spent = spent_numbers(records[self._read :]) | self._spent
        self._read = len(records)

    def put_back(self) -> bool:
        """End every lasting setting; tell whether there was one. What is left stays noted.

        Raises SutLost when the system is gone: its registers keep the setting.
        """
        found = bool(self.lasting)
        while self.lasting:
            role, action, args = self.lasting[0]
            self.bench.act(role, action, args)
            del self.lasting[0]
        return found

    def designate(self, codes: list[str], *, home: str = "juki") -> bool:
        """Make codes known as designated to a municipality, to the judge and the CS.

        False when the CS is a counterpart that cannot be told.
        """
        if not self.bench.under_test("cs"):
            args = {"codes": codes, "municipality_code": self.bench.pixit.codes()[home]}
            try:
                self.bench.provision("cs", "designated", args)
            except Unmet:
                return False
        self.given_codes.update(codes)
        return True

    def known_at_cs(self, items: Mapping[str, str], *, home: str = "juki") -> None:
        """Make a person's code and number known to the CS, where it can be told."""
        person = {item: items.get(item) for item in ("juminhyo_code", "individual_number")}
        if not self.bench.under_test("cs") and all(person.values()):
            args = {**person, "municipality_code": self.bench.pixit.codes()[home]}
            with suppress(Unmet):
                self.bench.provision("cs", "person", args)
