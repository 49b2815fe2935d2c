"""What a run adds up to: by area, by requirement, and what was not tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.ending import exit_code
from reports.expectations import met
from reports.verdict import SEVERITY, Verdict, claim, count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reports.model import Case, Requirement, Run
    from reports.verdict import Claim

NOT_TESTED = (Verdict.NOT_COVERED, Verdict.NOT_APPLICABLE, Verdict.NOT_RUN)
NOT_DECIDED = (Verdict.ERROR, Verdict.INCONCLUSIVE, *NOT_TESTED)
ATTENTION = (Verdict.FAIL, Verdict.WARN)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """How many cases of one area have each verdict."""

    area: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All cases of the area."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement, the cases that speak about it, and what they say together.

    `verdict` is None where no case does.
    """

    requirement: Requirement
    cases: tuple[tuple[str, Verdict], ...]

    @property
    def verdict(self) -> Verdict | None:
        """The worst of the cases."""
        return min((verdict for _, verdict in self.cases), key=SEVERITY.index, default=None)


@dataclass(frozen=True, slots=True)
class Undecided:
    """Cases of one verdict with one reason."""

    verdict: Verdict
    reason: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One requirement that no case judged.

    `why` is a key of `reasons.UNJUDGED`: the worst verdict of its cases, or why it has none.
    """

    requirement: Requirement
    why: str
    reasons: tuple[str, ...] = ()
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """How many requirements of the role under test there are, and how many were judged."""

    total: int
    judged: int
    elsewhere: int

    @property
    def rest(self) -> int:
        """How many of the role were not judged; `elsewhere` counts those of other roles."""
        return self.total - self.judged


def conclusion(run: Run) -> tuple[Claim, int]:
    """Return claim and exit code as the footer has them, computed where there is none."""
    footer = run.footer
    if footer is None or footer.claim is None:
        return claim(run), exit_code(run)
    return footer.claim, footer.exit_code


def areas(run: Run) -> tuple[AreaRow, ...]:
    """Return a row for each area with cases, in the order of the register."""
    cases = run.accounted()
    order = [requirement.area for requirement in run.header.requirements]
    known = dict.fromkeys([*order, *(case.area for case in cases)])
    rows = (AreaRow(area, count(case for case in cases if case.area == area)) for area in known)
    return tuple(row for row in rows if row.total)


def requirements(run: Run) -> tuple[RequirementRow, ...]:
    """Return a row for each requirement of the role under test, and each that a case judged."""
    cases = run.accounted()
    rows = []
    for requirement in run.header.requirements:
        own = tuple(
            (case.case_id, _verdict_on(requirement.id, case))
            for case in cases
            if _speaks_about(requirement.id, case)
        )
        if own or run.header.role in requirement.roles:
            rows.append(RequirementRow(requirement, own))
    return tuple(rows)


def unjudged(run: Run) -> Iterator[Unjudged]:
    """Yield the requirements without a verdict, those of other roles too, and why."""
    rows = requirements(run)
    cases = {case.case_id: case for case in run.accounted()}
    for row in rows:
        if any(verdict not in NOT_DECIDED for _, verdict in row.cases):
            continue
        ids = tuple(case_id for case_id, _ in row.cases)
        reasons = dict.fromkeys(cases[case_id].reason for case_id in ids)
        if row.verdict:
            yield Unjudged(row.requirement, row.verdict, tuple(filter(None, reasons)), ids)
        else:
            yield _without_case(run, row.requirement)
    own = {row.requirement.id for row in rows}
    for requirement in run.header.requirements:
        if requirement.id not in own:
            yield Unjudged(requirement, "role", (", ".join(requirement.roles),))


def judged(run: Run) -> Judged:
    """Return how many requirements a run judged, of how many."""
    open_ones = [each.why == "role" for each in unjudged(run)]
    total = len(requirements(run))
    return Judged(total, total - open_ones.count(False), open_ones.count(True))


def _without_case(run: Run, requirement: Requirement) -> Unjudged:
    """Return why no case of a run speaks about a requirement of its role."""
    if requirement.untested:
        return Unjudged(requirement, "suite", (requirement.untested,))
    if requirement.option and requirement.option not in run.header.ics:
        return Unjudged(requirement, "option", (f"ICS: {requirement.option}",))
    return Unjudged(requirement, "selection")


def undecided(run: Run) -> tuple[Undecided, ...]:
    """Return the cases that decide nothing, those with one verdict and reason together.

    Those that came as expected are told apart and are not among them.
    """
    known = met(run)
    groups: dict[tuple[Verdict, str], list[str]] = {}
    for case in run.accounted():
        if case.verdict in NOT_DECIDED and case.case_id not in known:
            groups.setdefault((case.verdict, case.reason), []).append(case.case_id)
    rows = [Undecided(verdict, reason, tuple(ids)) for (verdict, reason), ids in groups.items()]
    return tuple(sorted(rows, key=lambda row: NOT_DECIDED.index(row.verdict)))


def expected(run: Run) -> tuple[Case, ...]:
    """Return the cases that came as expected, in the order of the verdicts' severity."""
    known = met(run)
    found = (case for case in run.accounted() if case.case_id in known)
    return tuple(sorted(found, key=lambda case: SEVERITY.index(case.verdict)))


def _speaks_about(requirement_id: str, case: Case) -> bool:
    return requirement_id in case.requirement_ids or any(
        finding.requirement_id == requirement_id for finding in case.findings
    )


def _verdict_on(requirement_id: str, case: Case) -> Verdict:
    """Return what one case says about one requirement.

    A case that broke another requirement still keeps this one where a judgement says so; a case
    without a judgement of it says nothing.
    """
    if case.verdict in NOT_DECIDED:
        return case.verdict
    own = [finding for finding in case.findings if finding.requirement_id == requirement_id]
    if own:
        return min((finding.verdict for finding in own), key=SEVERITY.index)
    judged = any(
        judgement.requirement_id == requirement_id and judgement.held is not None
        for judgement in case.judgements
    )
    return Verdict.PASS if judged else Verdict.INCONCLUSIVE
