"""Known gaps: what a supplier expects of single cases, laid over their verdicts.

An expectation never changes a verdict, a count or the claim. It changes which exit code the run
ends with, and where the case stands in a report.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.jsonable import Jsonable
from reports.moments import japan_day
from reports.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model import Case, Run

EXPECTABLE: tuple[Verdict, ...] = (
    Verdict.FAIL,
    Verdict.WARN,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_COVERED,
)
"""What may be expected: not what says nothing about the system, nor that all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Jsonable):
    """One entry of an expectations file.

    `requirements` are those that are broken, all others must be kept; empty where any may be.
    `expires` is the last day on which it holds, ISO 8601, empty where it holds for ever.
    """

    id: str
    verdict: Verdict
    reason: str
    requirements: tuple[str, ...] = ()
    issue: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Expectations(Jsonable):
    """An expectations file: as it was named, the SHA-256 of its bytes, its entries."""

    file: str
    digest: str
    entries: tuple[Expectation, ...]

    def of(self, case_id: str) -> Expectation | None:
        """Return the entry of a case, None where it has none."""
        return next((entry for entry in self.entries if entry.id == case_id), None)


class State(StrEnum):
    """What became of an expectation."""

    MET = "met"
    OTHER = "other"
    BETTER = "better"
    EXPIRED = "expired"
    UNUSED = "unused"


FAILING = frozenset({State.BETTER, State.EXPIRED, State.UNUSED})
"""What makes a run fail by itself; with another verdict the case counts as what it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An expectation, its state and the case that came; `broken` are the requirements it broke."""

    expectation: Expectation
    state: State
    case: Case
    broken: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Tell whether the file must be changed before a run can succeed."""
        return self.state in FAILING


def broken_by(case: Case) -> tuple[str, ...]:
    """Return the requirements that a case found broken, as far as they make it FAIL or WARN."""
    grades = {Verdict.FAIL} if case.verdict is Verdict.FAIL else {Verdict.WARN}
    ids = (found.requirement_id for found in case.findings if found.verdict in grades)
    return tuple(sorted(set(ids)))


def compare(run: Run) -> tuple[Outcome, ...]:
    """Return what became of every expectation that this run could tell something about.

    A case that was not selected, is one of another role, or was never reached says nothing about
    its entry.
    """
    known = run.header.expectations
    if known is None:
        return ()
    cases = {case.case_id: case for case in run.accounted()}
    found = (_outcome(entry, run, cases) for entry in known.entries)
    return tuple(outcome for outcome in found if outcome)


def met(run: Run) -> Mapping[str, Outcome]:
    """Return the outcomes of the cases that came as expected, by case id."""
    return {each.expectation.id: each for each in compare(run) if each.state is State.MET}


def _outcome(entry: Expectation, run: Run, cases: Mapping[str, Case]) -> Outcome | None:
    case = cases.get(entry.id)
    if case is None or case.verdict is Verdict.NOT_RUN:
        return None
    return Outcome(entry, _state(entry, case, japan_day(run.header.created)), case, broken_by(case))


def _state(entry: Expectation, case: Case, today: str) -> State:
    if case.verdict is Verdict.NOT_APPLICABLE:
        return State.UNUSED
    if case.verdict is Verdict.PASS or (
        case.verdict is Verdict.WARN and entry.verdict is not Verdict.WARN
    ):
        return State.BETTER
    same = entry.requirements in {(), broken_by(case)}
    if case.verdict is not entry.verdict or not same:
        return State.OTHER
    return State.EXPIRED if entry.expires and entry.expires < today else State.MET
