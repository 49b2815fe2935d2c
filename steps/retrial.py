"""Every case of a finished run judged again, from its telegrams and its brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from reports.verdict import ObstacleKind, Verdict, decide
from steps.judge.court import Decision
from steps.ledger import Ledger
from steps.outcome import judged, veiled
from steps.trial import senders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reports.jsonable import Jsonable
    from reports.model import Case, Run
    from reports.transcript import Record
    from steps.register import Register
    from steps.trial import Brief, Trial
    from telegram_specs import Profile

__all__ = ["Basis", "Retried", "by_lattice", "retry"]

Basis = Literal["telegrams", "answers", "course"]
"""What a verdict rests on: telegrams alone; also what a system answered, to commands or questions;
or nothing but how the case went, as nothing was judged."""

PLANNED = frozenset(
    {
        "people",
        "designated",
        "in_use",
        "held_numbers",
        "private",
        "spent_acquisition_numbers",
        "disturbed",
        "municipalities",
        "counterpart",
        "seen",
    }
)
"""Facts that the harness itself brought about; any other is what somebody answered."""
WATCHED = "still_there"
"""The rule by which a case is judged outside of the court: whether a process lives."""


@dataclass(frozen=True, slots=True)
class Retried:
    """A case that was judged again.

    Attributes:
        case_id: the case.
        verdict: as the results have it.
        basis: what it rests on.
        problems: what is not as it follows from the evidence.
    """

    case_id: str
    verdict: Verdict
    basis: Basis
    problems: tuple[str, ...] = ()


def retry(
    run: Run,
    briefs: Mapping[str, Brief],
    records: Sequence[Record],
    profile: Profile,
    register: Register,
) -> Iterator[Retried]:
    """Yield every case of a run, judged again.

    Args:
        run: the results.
        briefs: by digest.
        records: of the whole run, decoded again.
        profile: the one of the run.
        register: the requirements as the header has them.
    """
    ledger, senders, role = Ledger(), senders_of(profile), run.header.role
    for case in run.cases:
        brief = briefs.get(case.brief)
        if case.brief and brief is None:
            problem = "its brief is not there or was changed. expected the one of its digest"
            yield Retried(case.case_id, case.verdict, "course", (problem,))
            continue
        if brief is None:
            yield _unjudged(case)
            continue
        trial = brief.trial(records, ledger, senders)
        decision, failures = _decided(case, trial, register, role)
        problems = (
            *_misplaced(case, brief, records),
            *failures,
            *_differences(case, trial, decision),
        )
        basis = _basis(case, trial, decision, lambda id_: register.binds(id_, role))
        yield Retried(case.case_id, case.verdict, basis, problems)


def _unjudged(case: Case) -> Retried:
    """Return a case that never came before the court."""
    problems = list(by_lattice(case))
    rulings = [one for one in case.judgements if one.rule != WATCHED]
    if rulings or case.verdict in {Verdict.PASS, Verdict.WARN}:
        problems.append(f"{case.verdict} without a brief. expected what was put before the court")
    return Retried(case.case_id, case.verdict, "course", tuple(problems))


def _misplaced(case: Case, brief: Brief, records: Sequence[Record]) -> Iterator[str]:
    """Yield how a brief or the evidence is not that of a case."""
    if brief.case_id != case.case_id:
        yield f"the brief is of case {brief.case_id}. expected one of its own"
    if brief.end > len(records):
        yield f"the brief goes up to record {brief.end}. expected up to {len(records)}"
    seen = range(brief.start + 1, max(case.evidence, default=brief.start) + 1)
    if case.evidence != tuple(seen) or len(seen) < brief.end - brief.start:
        yield f"evidence. expected the records from {brief.start + 1} on, got others"
    if any(
        record.case_id not in {case.case_id, None} for record in records[brief.start : brief.end]
    ):
        yield "evidence. expected records of this case, got those of another"


def _decided(
    case: Case, trial: Trial, register: Register, role: str
) -> tuple[Decision, tuple[str, ...]]:
    """Return what the court decides now, and that it fails where it did not then."""
    try:
        return trial.decide(register, role), ()
    except Exception as error:  # noqa: BLE001 - as when the case was closed
        if any(met.kind is ObstacleKind.HARNESS_ERROR for met in case.obstacles):
            return Decision(), ()
        failed = f"the court fails now ({type(error).__name__}). expected a decision"
        return Decision(), (failed,)


def _differences(case: Case, trial: Trial, decision: Decision) -> Iterator[str]:
    """Yield what is not as the court decides it now."""
    yield from _unlike("findings", decision.findings, case.findings, _is_watched_finding)
    yield from _unlike("judgements", decision.judgements, case.judgements, _is_watched)
    if tuple(dict.fromkeys(decision.observed)) != case.observed:
        yield "observed variants. expected those that the records show, got others"
    secrets = trial.secrets()
    missing = [met for met in decision.obstacles if veiled(met, secrets) not in case.obstacles]
    if missing:
        kinds = ", ".join(sorted({met.kind for met in missing}))
        yield f"obstacles. expected one more ({kinds})"
    held = {one.requirement_id for one in case.judgements if one.held is not None}
    own = case.requirement_ids[:1]
    if case.requirement_ids != (*own, *sorted(held.difference(own))):
        yield "requirements. expected those that were judged, got others"
    yield from by_lattice(case)


def by_lattice(case: Case) -> Iterator[str]:
    """Yield what does not follow from the findings and obstacles of a case."""
    verdict, reason = decide(case.findings, case.obstacles)
    if verdict is not case.verdict:
        yield f"verdict. expected {verdict} by findings and obstacles, got {case.verdict}"
    elif reason != case.reason:
        yield "reason. expected what the obstacles say, got something else"
    blamed = {finding.step for finding in case.findings}
    failed = {number for number, step in enumerate(case.steps) if step.outcome == "failed"}
    if failed - blamed and not case.obstacles:
        yield "a sentence failed. expected a finding or an obstacle that says why"
    if judged(case.steps, case.findings) != case.steps:
        yield "sentences. expected those to have failed whose judgement made the case fail"


def _unlike(
    what: str, decided: Sequence[Jsonable], told: Sequence[Any], is_watched: Any
) -> Iterator[str]:
    """Yield that two lists differ; what was watched outside of the court may follow."""
    now, then = [one.to_json() for one in decided], [one.to_json() for one in told]
    rest = told[len(now) :]
    if then[: len(now)] != now or not all(map(is_watched, rest)):
        yield f"{what}. expected {len(now)} as the evidence shows them, got others ({len(then)})"


def _is_watched(judgement: Any) -> bool:
    return bool(judgement.rule == WATCHED)


def _is_watched_finding(finding: Any) -> bool:
    return finding.evidence is None and finding.place is None


def _basis(case: Case, trial: Trial, decision: Decision, binds: Callable[[str], bool]) -> Basis:
    """Return what the verdict of a case rests on, by what its own rules looked at."""
    own = any(not item.standing and binds(item.requirement_id) for item in trial.pending)
    if not own and not case.findings:
        return "course"
    answered = not decision.facts_read <= PLANNED
    watched = any(map(_is_watched_finding, case.findings)) or case.obstacles
    return "answers" if answered or watched else "telegrams"
