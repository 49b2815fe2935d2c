"""The trial of a case: what was asked, what was seen, and the brief that lets it be held again.

A brief is private, as it holds what the harness knows of the people of a scenario. What follows
from the telegrams of the run is not in it: it is read from the transcript again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping  # noqa: TC003  pydantic reads annotations
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.jsonable import Jsonable, ShapeError, line
from reports.ownerfile import open_private
from steps.counterpart import Counterpart, try_beside
from steps.judge.court import Decision, Pending, try_case
from steps.judge.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.transcript import Record
    from steps.ledger import Ledger
    from steps.register import Register
    from telegram_specs import Profile

__all__ = ["Brief", "BriefError", "BriefWriter", "Trial", "read_briefs", "senders_of"]

READ_AGAIN = ("designated", "spent_acquisition_numbers")
"""Facts that follow from the telegrams of the run and from the codes given."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the court is given: judgements that were asked for, evidence, and the counterpart."""

    pending: tuple[Pending, ...]
    evidence: Evidence
    counterpart: Counterpart | None = None

    def decide(self, register: Register, role: str) -> Decision:
        """Let the court decide."""
        if self.counterpart:
            return try_beside(self.counterpart, self.pending, self.evidence, register, role)
        return try_case(self.pending, self.evidence, register, role)

    def secrets(self) -> set[str]:
        """Return what is known of the people and may not be shown."""
        facts = self.evidence.facts
        listed = ("designated", "in_use", "held_numbers", "private")
        people = (text for known in facts["people"].values() for text in known["identifiers"])
        veiled = facts.get("veiled", ())
        return {*people, *veiled, *(text for kind in listed for text in facts[kind])} - {""}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Brief(Jsonable):
    """A trial without its telegrams.

    Attributes:
        case_id: the case.
        seed: of the people and random numbers of its part of the run.
        parts: the roles that the system under test takes.
        start: position of the first record of the case.
        end: position after the last one that the court saw.
        pending: what was to be judged.
        facts: what the harness knew and was told.
        given: codes that it designated since the brief before.
    """

    case_id: str
    seed: int
    parts: tuple[str, ...]
    start: int
    end: int
    pending: tuple[Pending, ...]
    facts: Mapping[str, Any]
    given: tuple[str, ...] = ()
    counterpart: Counterpart | None = None

    def trial(
        self, records: Sequence[Record], ledger: Ledger, senders: Mapping[str, tuple[str, ...]]
    ) -> Trial:
        """Return the trial over the records of a run; briefs are taken in their order.

        Args:
            records: of the whole run.
            ledger: of the briefs before; it takes in what this one gave and saw.
            senders: as ``senders_of`` gives them.
        """
        seen = tuple(records[: self.end])
        ledger.given.update(self.given)
        ledger.read(seen)
        facts = {
            **self.facts,
            "designated": sorted(ledger.designated()),
            "spent_acquisition_numbers": ledger.spent(),
        }
        evidence = Evidence(frozenset(self.parts), seen, self.start, facts, senders)
        return Trial(self.pending, evidence, self.counterpart)


def senders_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return the roles that may send each telegram."""
    return {spec.id: spec.sender for spec in profile.specs.values()}


class BriefWriter:
    """Appends briefs to a file that only its owner may read."""

    def __init__(self, path: Path, *, resume: bool = False) -> None:
        """Begin a file, or go on behind its last whole line."""
        if resume and path.exists():
            data = path.read_bytes()
            os.truncate(path, data.rfind(b"\n") + 1)
        self._file = os.fdopen(open_private(path, go_on=resume), "wb")
        self._given: set[str] = set()

    def write(self, case_id: str, trial: Trial, *, seed: int, given: set[str]) -> str:
        """Append the brief of a trial; return its digest."""
        evidence = trial.evidence
        brief = Brief(
            case_id=case_id,
            seed=seed,
            parts=tuple(sorted(evidence.parts)),
            start=evidence.start,
            end=len(evidence.records),
            pending=trial.pending,
            facts={k: v for k, v in evidence.facts.items() if k not in READ_AGAIN},
            given=tuple(sorted(given - self._given)),
            counterpart=trial.counterpart,
        )
        self._given |= given
        data = line(brief.to_json())
        self._file.write(data)
        self._file.flush()
        return _digest(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class BriefError(ValueError):
    """A line of briefs.jsonl is none; ``line`` counts from 1."""

    def __init__(self, place: str, number: int, message: str) -> None:
        self.line = number
        super().__init__(f"{place}:{number}: {message}")


def read_briefs(path: Path) -> dict[str, Brief]:
    """Return the briefs of a run by their digest. Raises BriefError or OSError."""
    briefs = {}
    for number, raw in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
        if not raw.endswith(b"\n"):
            raise BriefError(path.name, number, "truncated line. expected a line end, got none")
        try:
            briefs[_digest(raw)] = Brief.from_json(json.loads(raw))
        except (ValueError, ShapeError) as error:
            told = error.message if isinstance(error, ShapeError) else "no JSON"
            raise BriefError(path.name, number, f"{told}. expected a brief") from None
    return briefs


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
