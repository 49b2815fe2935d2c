"""What outlives a scenario: the bench, the people drawn so far, the register, the choices made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.bench.party import Unmet
from steps.judge.content import leaves

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
    """

    bench: Bench
    profile: Profile
    register: Register
    events: Events
    residents: Residents
    ics: frozenset[str]
    given_codes: set[str] = field(default_factory=set)

    def designated(self) -> set[str]:
        """Return every code that was designated to the municipality in this run."""
        listed = {
            text
            for record in self.bench.journal.records
            if record.telegram == "juminhyo_code_list" and record.on_wire
            for _, text in leaves(record, "juminhyo_code")
        }
        return self.given_codes | listed

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
