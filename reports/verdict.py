"""The verdict lattice: of a finding and a case, and the claim of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from reports.jsonable import Jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model import Case, Finding, Header, Requirement, Run

Level = Literal["MUST", "SHOULD", "MAY"]
Rank = Literal["law", "specification", "formula", "profile", "seed", "inference"]

BINDING: frozenset[str] = frozenset({"law", "specification", "formula", "profile"})
"""Ranks of a source that a system can be held to; seed and inference are our own reading."""


class Verdict(StrEnum):
    """What became of a case; the order is that of the columns of every report."""

    PASS = "PASS"  # noqa: S105  not a password
    FAIL = "FAIL"
    WARN = "WARN"
    INCONCLUSIVE = "INCONCLUSIVE"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_COVERED = "NOT_COVERED"
    NOT_RUN = "NOT_RUN"
    ERROR = "ERROR"


SEVERITY: tuple[Verdict, ...] = (
    Verdict.ERROR,
    Verdict.FAIL,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_RUN,
    Verdict.NOT_COVERED,
    Verdict.WARN,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
)
"""Worst first: which verdict stands for several cases of one requirement."""

UNDETERMINED: frozenset[Verdict] = frozenset(
    {Verdict.INCONCLUSIVE, Verdict.NOT_RUN, Verdict.NOT_COVERED}
)


def grade(level: Level, rank: Rank) -> Verdict:
    """Return what a breach of a requirement is worth: FAIL, WARN, or PASS for a MAY.

    A MAY cannot be broken; what is found about it is reported and changes no verdict.
    """
    if level == "MAY":
        return Verdict.PASS
    return Verdict.FAIL if level == "MUST" and rank in BINDING else Verdict.WARN


class ObstacleKind(StrEnum):
    """What kept a case from being observed to its end."""

    HARNESS_ERROR = "harness_error"
    SUT_LOST = "sut_lost"
    ADAPTER_BROKEN = "adapter_broken"
    UNPREPARED = "unprepared"
    NOT_OBSERVED = "not_observed"
    DRIFT = "drift"
    UNSUPPORTED_SUT = "unsupported_sut"
    UNSUPPORTED_ADAPTER = "unsupported_adapter"
    UNSUPPORTED_SUT_AGREES_ICS = "unsupported_sut_agrees_ics"
    OUTSIDE_PROFILE = "outside_profile"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Obstacle(Jsonable):
    """One thing that stood in the way of a case; `text` says it to the reader, masked."""

    kind: ObstacleKind
    text: str


_LATTICE: tuple[tuple[ObstacleKind | Verdict, Verdict], ...] = (
    # what happened                             verdict of the case
    # A broken harness cannot be trusted with what it saw before, a breach included.
    (ObstacleKind.HARNESS_ERROR, Verdict.ERROR),
    # What was observed broken stays broken, whatever happened afterwards.
    (Verdict.FAIL, Verdict.FAIL),
    # From here on the MUSTs of the case are not decided: a WARN seen on the way must not hide it.
    (ObstacleKind.SUT_LOST, Verdict.INCONCLUSIVE),
    (ObstacleKind.ADAPTER_BROKEN, Verdict.INCONCLUSIVE),
    (ObstacleKind.UNPREPARED, Verdict.INCONCLUSIVE),
    (ObstacleKind.NOT_OBSERVED, Verdict.INCONCLUSIVE),
    # The run ended before the case: too many in front of it had no conversation.
    (ObstacleKind.GIVEN_UP, Verdict.NOT_RUN),
    # The system says no to what its ICS claims: nothing was broken, nothing was tested.
    (ObstacleKind.DRIFT, Verdict.NOT_COVERED),
    # The system lacks what no option covers: nothing was claimed of it, nothing was tested.
    (ObstacleKind.UNSUPPORTED_SUT, Verdict.NOT_COVERED),
    (ObstacleKind.UNSUPPORTED_ADAPTER, Verdict.NOT_COVERED),
    (ObstacleKind.UNSUPPORTED_SUT_AGREES_ICS, Verdict.NOT_APPLICABLE),
    # The profile has nothing of what the case is about, so no system can keep or break it.
    (ObstacleKind.OUTSIDE_PROFILE, Verdict.NOT_APPLICABLE),
    # Everything was observed.
    (Verdict.WARN, Verdict.WARN),
)
"""First row that applies decides; no row: PASS."""

_PREFIX: dict[ObstacleKind, str] = {
    ObstacleKind.DRIFT: "drift: ",
    ObstacleKind.UNSUPPORTED_SUT: "sut: ",
}


def decide(findings: Iterable[Finding], obstacles: Iterable[Obstacle] = ()) -> tuple[Verdict, str]:
    """Return the verdict of a case and the reason for it.

    The reason joins the texts of all obstacles, those that decided first; it is empty where
    nothing stood in the way.
    """
    met = tuple(obstacles)
    happened: set[ObstacleKind | Verdict] = {finding.verdict for finding in findings}
    happened |= {obstacle.kind for obstacle in met}
    order = [cause for cause, _ in _LATTICE]
    verdict = next((verdict for cause, verdict in _LATTICE if cause in happened), Verdict.PASS)
    ranked = sorted(met, key=lambda obstacle: order.index(obstacle.kind))
    texts = (_PREFIX.get(obstacle.kind, "") + obstacle.text for obstacle in ranked)
    return verdict, "; ".join(dict.fromkeys(texts))


ClaimStatus = Literal["conformant", "not_determined", "non_conformant"]


@dataclass(frozen=True, slots=True)
class Claim(Jsonable):
    """Whether a run shows conformance to a profile and edition, in words of both languages.

    `missing` lists what stands against it: `BIRTH-004: NOT_COVERED (BIRTH-004.2)` for a
    requirement, `FAIL: BIRTH-001.1` for a failed case, or one of `selection`, `requirements`,
    `interrupted`, `unasked_deaths`, `harness_errors`, `fault`, `invalid`, alone or with
    `: detail`.
    """

    made: bool
    status: ClaimStatus
    text_ja: str
    text_en: str
    missing: tuple[str, ...] = ()


_CLAIM_TEXTS: dict[ClaimStatus, tuple[str, str]] = {
    "conformant": (
        "プロファイル「{profile}」{edition}版に適合",
        "conformant to profile {profile}, edition {edition}",
    ),
    "not_determined": (
        "プロファイル「{profile}」{edition}版への適合は判定できない",
        "conformance to profile {profile}, edition {edition}, is not determined",
    ),
    "non_conformant": (
        "プロファイル「{profile}」{edition}版に不適合",
        "not conformant to profile {profile}, edition {edition}",
    ),
}


def claim(run: Run) -> Claim:
    """Return the claim that the run supports.

    It is made only when the selection was complete, nothing went wrong with the run, no case
    failed, and every tested MUST of the role under test is covered: by a PASS (or a WARN, which
    is about something else) that holds a judgement of it, or by a NOT_APPLICABLE whose option
    the ICS does not claim.
    """
    cases = run.accounted()
    failed = tuple(f"FAIL: {case.case_id}" for case in cases if case.verdict is Verdict.FAIL)
    gaps = (_gap(run.header, requirement, cases) for requirement in duties(run.header))
    missing = (*_run_gaps(run), *failed, *(gap for gap in gaps if gap))
    status: ClaimStatus = "conformant"
    if missing:
        status = "non_conformant" if failed else "not_determined"
    profile = run.header.profile
    ja, en = (
        text.format(profile=profile["id"], edition=profile["edition"])
        for text in _CLAIM_TEXTS[status]
    )
    return Claim(not missing, status, ja, en, missing)


def duties(header: Header) -> tuple[Requirement, ...]:
    """Return the MUST requirements of the role under test that the suite tests."""
    return tuple(
        requirement
        for requirement in header.requirements
        if requirement.level == "MUST"
        and header.role in requirement.roles
        and not requirement.untested
    )


def _run_gaps(run: Run) -> tuple[str, ...]:
    header, footer = run.header, run.footer
    gaps = [f"invalid: {problem}" for problem in run.problems()]
    if not header.complete_selection:
        gaps.append("selection")
    if not duties(header):
        gaps.append("requirements")
    if header.fault:
        gaps.append(f"fault: {header.fault}")
    if footer is not None:
        gaps += ["interrupted"] * footer.interrupted
        gaps += [f"unasked_deaths: {footer.unasked_deaths}"] * bool(footer.unasked_deaths)
        gaps += [f"harness_errors: {len(footer.harness_errors)}"] * bool(footer.harness_errors)
    return tuple(gaps)


def _gap(header: Header, requirement: Requirement, cases: Sequence[Case]) -> str | None:
    """Return what is missing for one requirement, or None where it is covered.

    A FAIL is not missing, it is listed by itself; nor is a case that nobody selected, the partial
    selection is.
    """
    own = [case for case in cases if requirement.id in case.requirement_ids]
    blocking = [case for case in own if case.verdict in UNDETERMINED | {Verdict.ERROR}]
    if blocking:
        worst = min((case.verdict for case in blocking), key=SEVERITY.index)
        ids = ", ".join(case.case_id for case in blocking)
        return f"{requirement.id}: {worst} ({ids})"
    failed = any(case.verdict is Verdict.FAIL for case in own)
    if failed or any(_covers(header, requirement, case) for case in own):
        return None
    if not own:
        return f"{requirement.id}: no case" if header.complete_selection else None
    ids = ", ".join(f"{case.case_id} {case.verdict}" for case in own)
    return f"{requirement.id}: no evidence ({ids})"


def _covers(header: Header, requirement: Requirement, case: Case) -> bool:
    if case.verdict is Verdict.NOT_APPLICABLE:
        return requirement.option is not None and requirement.option not in header.ics
    return any(
        judgement.requirement_id == requirement.id and judgement.held is not None
        for judgement in case.judgements
    )


def count(cases: Iterable[Case]) -> dict[str, int]:
    """Return how many cases have each verdict, all eight, zeros included."""
    counted = Counter(case.verdict for case in cases)
    return {verdict.value: counted[verdict] for verdict in Verdict}
