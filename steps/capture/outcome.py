"""What a capture showed, requirement by requirement; every text in it may be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from reports.verdict import Verdict, grade

if TYPE_CHECKING:
    from reports.model import Requirement
    from steps.capture.model import Origin, Trouble

__all__ = ["Outcome", "Proof", "State", "Tally"]

State: TypeAlias = Literal["VIOLATED", "OBSERVED", "NOT_EXERCISED"]
SHOWN = 3
"""Pieces of evidence, and places of trouble, that are kept."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One violation: where, and what was expected and seen, masked.

    ``offset`` and ``length`` are bytes of the telegram, None where the place is no bytes.
    """

    origin: Origin
    record: int
    sender: str
    telegram: str
    label: str
    field: str | None
    field_label: str | None
    offset: int | None
    length: int | None
    expected: str
    actual: str
    note: str | None = None


@dataclass(slots=True)
class Tally:
    """What was seen of one requirement."""

    observed: int = 0
    violated: int = 0
    proofs: list[Proof] = field(default_factory=list)

    def add(self, proof: Proof) -> None:
        """Count a violation; the first ones are kept."""
        self.violated += 1
        if len(self.proofs) < SHOWN:
            self.proofs.append(proof)


@dataclass(slots=True)
class Outcome:
    """What a capture showed.

    Attributes:
        roles: whose requirements were judged.
        requirements: those that bind one of the roles, in the order of the register.
        tallies: by requirement id.
        judgeable: the requirements that a capture can show at all.
        telegrams: messages by telegram; the empty name stands for none of the profile.
        troubles: count by kind, and the first places.
    """

    roles: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    judgeable: frozenset[str]
    tallies: dict[str, Tally] = field(default_factory=dict)
    telegrams: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[Trouble]] = field(default_factory=dict)

    def tally(self, requirement: str) -> Tally:
        """Return the tally of a requirement."""
        return self.tallies.setdefault(requirement, Tally())

    def trouble(self, trouble: Trouble) -> None:
        """Count something that could not be judged."""
        self.troubles[trouble.kind] += 1
        places = self.places.setdefault(trouble.kind, [])
        if len(places) < SHOWN:
            places.append(trouble)

    def state(self, requirement: str) -> State:
        """Return what is said of a requirement; a capture never shows that it is kept."""
        tally = self.tallies.get(requirement)
        if tally is None:
            return "NOT_EXERCISED"
        if tally.violated:
            return "VIOLATED"
        return "OBSERVED" if tally.observed else "NOT_EXERCISED"

    @property
    def exit_code(self) -> int:
        """1 when a binding requirement is violated, 5 when nothing could be judged, else 0."""
        states = {one.id: self.state(one.id) for one in self.requirements}
        broken = [
            one
            for one in self.requirements
            if states[one.id] == "VIOLATED" and grade(one.level, one.rank) is Verdict.FAIL
        ]
        if broken:
            return 1
        return 0 if set(states.values()) - {"NOT_EXERCISED"} else 5
