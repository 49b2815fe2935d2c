"""What runs really judged: each requirement in each role, from the judgements and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.bilingual import fill
from reports.messages import COVERAGE
from reports.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.bilingual import Pair
    from reports.model import Case, Header, Judgement, Requirement, Run

__all__ = ["Coverage", "Duty", "cover"]

OBSERVED = frozenset({Verdict.PASS, Verdict.WARN})
"""Cases that were observed to their end; one that ended early may have judged nothing."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One requirement in one role, and the cases that judged it.

    `kept` are the cases all of whose judgements of it held, `violated` the others; both have the
    requirement's own cases first. `reason` says why no case judged it, None where nobody knows.
    """

    requirement: Requirement
    role: str
    kept: tuple[str, ...] = ()
    violated: tuple[str, ...] = ()
    reason: Pair | None = None

    @property
    def judged(self) -> bool:
        """Whether any case judged it."""
        return bool(self.kept or self.violated)

    @property
    def explained(self) -> bool:
        """Whether it was judged, or it is known why not."""
        return self.judged or self.reason is not None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What several runs judged together.

    `duties` has a row for each requirement in each role that has a run, in the order of the
    register; `silent` are observed cases without a judgement of their own requirement; `absent`
    the roles of the register without a run; `remarks` what weakens or divides the runs.
    """

    duties: tuple[Duty, ...]
    silent: tuple[str, ...]
    absent: tuple[str, ...]
    remarks: tuple[Pair, ...]

    def unexplained(self) -> tuple[Duty, ...]:
        """Return the MUSTs that nobody judged, without a reason for it."""
        musts = (duty for duty in self.duties if duty.requirement.level == "MUST")
        return tuple(duty for duty in musts if not duty.explained)

    @property
    def whole(self) -> bool:
        """Whether every MUST is explained and every observed case judged its own requirement."""
        return not self.unexplained() and not self.silent


def cover(register: Iterable[Requirement], runs: Sequence[Run]) -> Coverage:
    """Return what the runs judged of a register; several runs of one role count together."""
    known = tuple(register)
    by_role: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_role[run.header.role].append(run)
    bound = dict.fromkeys(role for requirement in known for role in requirement.roles)
    return Coverage(
        duties=tuple(
            _duty(requirement, role, by_role[role])
            for requirement in known
            for role in requirement.roles
            if role in by_role
        ),
        silent=tuple(dict.fromkeys(case_id for run in runs for case_id in _silent(run))),
        absent=tuple(role for role in bound if role not in by_role),
        remarks=(*_differences(runs), *(remark for run in runs for remark in _reserved(run))),
    )


def _duty(requirement: Requirement, role: str, runs: Sequence[Run]) -> Duty:
    held: dict[str, bool] = {}
    for run in runs:
        for case in run.cases:
            for judgement in _judgements(case, requirement.id):
                held[case.case_id] = held.get(case.case_id, True) and bool(judgement.held)
    ids = sorted(held, key=lambda case_id: not case_id.startswith(f"{requirement.id}."))
    return Duty(
        requirement,
        role,
        tuple(case_id for case_id in ids if held[case_id]),
        tuple(case_id for case_id in ids if not held[case_id]),
        None if ids else _reason(requirement, [run.header for run in runs]),
    )


def _judgements(case: Case, requirement_id: str) -> Iterator[Judgement]:
    """Yield what a case judged of a requirement; what a broken harness saw counts for nothing."""
    if case.verdict is Verdict.ERROR:
        return
    for judgement in case.judgements:
        if judgement.requirement_id == requirement_id and judgement.held is not None:
            yield judgement


def _reason(requirement: Requirement, headers: Iterable[Header]) -> Pair | None:
    if requirement.untested:
        return requirement.untested, requirement.untested
    option = requirement.option
    if option is not None and all(option not in header.ics for header in headers):
        return fill(COVERAGE["option"], option=option)
    return None


def _silent(run: Run) -> Iterator[str]:
    for case in run.cases:
        own = next(iter(case.requirement_ids), "")
        if case.verdict in OBSERVED and not any(_judgements(case, own)):
            yield case.case_id


def _differences(runs: Sequence[Run]) -> Iterator[Pair]:
    """Yield in what the runs differ: suites and profiles must not be mixed unseen."""
    facts = {
        "suites": [run.header.suite for run in runs],
        "profiles": [_profile(run.header) for run in runs],
    }
    for key, values in facts.items():
        if len(set(values)) > 1:
            told = (f"{run.header.role} {value}" for run, value in zip(runs, values, strict=True))
            yield fill(COVERAGE[key], values=", ".join(dict.fromkeys(told)))


def _profile(header: Header) -> str:
    profile = header.profile
    return f"{profile['id']} {profile['edition']} ({profile.get('digest', '')[:8]})"


def _reserved(run: Run) -> Iterator[Pair]:
    """Yield why a run says less than a whole one."""
    header, footer = run.header, run.footer
    facts = {
        "part": not header.complete_selection,
        "fault": header.fault is not None,
        "interrupted": footer is not None and footer.interrupted,
    }
    for key, holds in facts.items():
        if holds:
            yield fill(COVERAGE[key], role=header.role, fault=header.fault)
