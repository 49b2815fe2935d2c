"""What outlives a scenario: the bench, the people drawn so far, the register, the choices made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from steps.bench.party import Unmet
from steps.ledger import Ledger

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
        ledger: what telegrams and the harness have said of codes and numbers so far.
        lasting: (role, action, arguments) that end the settings which are still to be put back.
    """

    bench: Bench
    profile: Profile
    register: Register
    events: Events
    residents: Residents
    ics: frozenset[str]
    ledger: Ledger = field(default_factory=Ledger)
    lasting: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def begin(self, case_id: str) -> None:
        """Let people and random numbers of a case depend on it and the seed alone."""
        self.residents.begin(case_id)
        self.bench.hosts.draw_for(case_id)

    def designated(self) -> set[str]:
        """Return every code that was designated to the municipality in this run."""
        self.ledger.read(self.bench.journal.records)
        return self.ledger.designated()

    def spent_acquisition_numbers(self) -> dict[str, int]:
        """Return the acquisition numbers of this run whose code was notified, with the record."""
        self.ledger.read(self.bench.journal.records)
        return self.ledger.spent()

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
        self.ledger.given.update(codes)
        return True

    def known_at_cs(self, items: Mapping[str, str], *, home: str = "juki") -> None:
        """Make a person's code and number known to the CS, where it can be told."""
        person = {item: items.get(item) for item in ("juminhyo_code", "individual_number")}
        if not self.bench.under_test("cs") and all(person.values()):
            args = {**person, "municipality_code": self.bench.pixit.codes()[home]}
            with suppress(Unmet):
                self.bench.provision("cs", "person", args)
