"""Whether the counterpart did its part: what it left undone or did wrong is not the other's fault.

With two systems outside, what the system under test does may follow from what the counterpart did.
What its telegrams show by themselves is judged all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.jsonable import Jsonable
from reports.verdict import Obstacle, ObstacleKind
from steps.bench.faultplan import KINDS, unheard
from steps.judge.answers import ACCEPTED, decisive, result_of
from steps.judge.court import CONSEQUENCES, Decision, Pending, try_case
from steps.judge.values import is_bent, items, value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reports.transcript import Record
    from steps.judge.model import Evidence
    from steps.register import Register

__all__ = ["PROMPTS", "Counterpart", "try_beside"]

PROMPTS = {
    "juminhyo_code_list": "juminhyo_code_request",
    "number_issue_result": "number_issue_request",
    "number_change_result": "number_change_request",
    "certificate_result": "certificate_request",
    "consistency_result": "consistency_data",
    "certificate_info_delivery": "certificate_info",
    "first_report_notice_delivery": "first_report_notice",
    "move_in_notice_delivery": "move_in_notice",
    "wide_area_request_delivery": "wide_area_request",
    "wide_area_record": "wide_area_request_delivery",
    "wide_area_record_delivery": "wide_area_record",
    "linkage_request": "linkage_start",
    "linkage_code_request": "linkage_request",
    "linkage_code_generation": "linkage_code_request",
    "linkage_code_notice": "linkage_code_generation",
    "integrated_number_notice": "addressee_request",
    "inquiry_submission": "inquiry_request",
    "visit_notice": "application",
    "moving_report": "application",
}
"""Telegram to the one that prompts it; all others follow from what staff or residents do."""

BY_THEMSELVES = frozenset({"well_formed", "kept_away"})
"""Rules on what a telegram shows, whatever the other side did."""
INTACT = frozenset({"held", "twice"})
"""Planned faults after which a telegram still says what its sender meant, and is answered."""
UNDISTURBED = frozenset({"correlated"})
"""Rules by which the counterpart is judged besides, where no fault was planned."""

STICKING = frozenset(name for name, kind in KINDS.items() if kind.sticks)


@dataclass(frozen=True, slots=True)
class Counterpart(Jsonable):
    """The other system in a case.

    Attributes:
        title: how a report names it.
        role: the role by whose requirements it is judged.
        parts: its roles in the network.
        acted: positions of the journal at which it carried out an action in this case.
        given: texts that the harness gave it, whose check digits may be wrong on purpose.
        troubles: what is known to have gone wrong with it.
        standing: the standing judgements of its role.
    """

    title: str
    role: str
    parts: frozenset[str]
    acted: tuple[int, ...]
    given: frozenset[str]
    troubles: tuple[str, ...]
    standing: tuple[Pending, ...]


def try_beside(
    counterpart: Counterpart,
    pending: Sequence[Pending],
    evidence: Evidence,
    register: Register,
    role: str,
) -> Decision:
    """Judge the system under test, and only by what the counterpart's conduct lets be judged.

    A counterpart that broke a rule or was lost leaves what telegrams show by themselves. One that
    may have left something undone leaves no absence to be held against the other, and one of
    whose telegrams the other refused nothing but what telegrams show.
    """
    by_itself = [item for item in pending if item.standing and item.rule in BY_THEMSELVES]
    broken = [
        *counterpart.troubles,
        *_made_good(counterpart, evidence),
        *_breaches(counterpart, evidence, register),
    ]
    if broken:
        decision = try_case(by_itself, evidence, register, role)
        return _undecided(decision, counterpart, broken[0])
    decision = try_case(pending, evidence, register, role)
    if not decision.findings:
        return decision
    for refused in _refused(evidence.parts, counterpart.parts, evidence):
        # Which of the two is right nobody can tell, nor what should have followed.
        return _undecided(try_case(by_itself, evidence, register, role), counterpart, refused)
    doubts = (*_doubts(counterpart, evidence), *_unprompted(pending, evidence))
    doubt = next(iter(doubts), None)
    if doubt is None:
        return decision
    rest = [item for item in pending if item.rule not in CONSEQUENCES]
    certain = try_case(rest, evidence, register, role)
    certain.findings = [finding for finding in certain.findings if finding.evidence is not None]
    if len(certain.findings) == len(decision.findings):
        return decision
    return _undecided(certain, counterpart, doubt)


def _undecided(decision: Decision, counterpart: Counterpart, why: str) -> Decision:
    text = f"{counterpart.title}: {why}"
    decision.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))
    return decision


def _made_good(counterpart: Counterpart, evidence: Evidence) -> Iterator[str]:
    """Yield the planned faults that the counterpart made good, as a bench node would not have."""
    case = evidence.records[evidence.start :]
    for met in case:
        if met.sender not in counterpart.parts or not met.fault:
            continue
        later = [r for r in case if r.seq > met.seq and r.on_wire and not r.fault]
        if any(_again(met, record) for record in later):
            yield f"障害を受けた「{met.label}」が再び送信された"


def _again(met: Record, later: Record) -> bool:
    """Tell whether a telegram comes again that was not heard of, or not as it was."""
    if (met.sender, met.telegram, met.answers) != (later.sender, later.telegram, later.answers):
        return False
    kind, _, item = (met.fault or "").partition(":")
    if unheard(met.fault or ""):
        return value_of(met, "serial") == value_of(later, "serial")
    bent = {item, "created_date", "created_time"}
    before, after = (
        {path: text for path, text in items(record) if path not in bent} for record in (met, later)
    )
    return kind in STICKING and before == after


def _breaches(counterpart: Counterpart, evidence: Evidence, register: Register) -> Iterator[str]:
    """Yield what the counterpart broke, by what it sent itself."""
    rules = BY_THEMSELVES if evidence.facts.get("disturbed") else BY_THEMSELVES | UNDISTURBED
    own = replace(
        evidence,
        parts=counterpart.parts,
        records=tuple(_its_own(record, counterpart) for record in evidence.records),
    )
    standing = [item for item in counterpart.standing if item.rule in rules]
    for finding in try_case(standing, own, register, counterpart.role).findings:
        yield f"{finding.requirement_id}: {finding.expected} / {finding.actual}"


def _its_own(record: Record, counterpart: Counterpart) -> Record:
    """Return a record without what the plan bent and what the harness gave to be sent."""
    if is_bent(record):
        return replace(record, on_wire=False)
    if not record.faults:
        return record
    own = (f for f in record.faults if value_of(record, f.field or "") not in counterpart.given)
    return replace(record, faults=tuple(own))


def _refused(
    refusing: Collection[str], asking: Collection[str], evidence: Evidence
) -> Iterator[str]:
    """Yield what one system sent as it meant it, and the other did not take or answer."""
    for record in evidence.records[evidence.start :]:
        planned = record.fault and record.fault not in INTACT
        crossing = record.sender in asking and record.receiver in refusing and record.on_wire
        if not crossing or planned or record.answers:
            continue
        answer = decisive(evidence.answers_to(record))
        if answer is None:
            yield f"「{record.label}」に応答がない"
        elif result_of(answer) != ACCEPTED and not answer.fault:
            yield f"「{record.label}」の処理結果 {result_of(answer)}"


def _doubts(counterpart: Counterpart, evidence: Evidence) -> Iterator[str]:
    """Yield what the counterpart may have left undone."""
    case = evidence.records[evidence.start :]
    yield from _refused(counterpart.parts, evidence.parts, evidence)
    for result, prompt in PROMPTS.items():
        for record in case:
            asked = record.telegram == prompt and record.receiver in counterpart.parts
            if asked and record.on_wire and not _follows(record, result, case):
                yield f"「{record.label}」への結果がない"
    if counterpart.acted and not any(
        record.sender in counterpart.parts and not record.answers
        for record in evidence.records[counterpart.acted[-1] :]
    ):
        yield "操作の後に電文がない"


def _follows(asked: Record, result: str, case: Sequence[Record]) -> bool:
    return any(record.telegram == result and record.seq > asked.seq for record in case)


def _unprompted(pending: Sequence[Pending], evidence: Evidence) -> Iterator[str]:
    """Yield what could not be sent, as what prompts it never came."""
    case = {r.telegram for r in evidence.records[evidence.start :] if r.on_wire}
    for item in pending:
        telegram = item.params.get("telegram")
        if not item.standing and telegram in PROMPTS and PROMPTS[telegram] not in case:
            yield f"「{item.params.get('label', telegram)}」を促す電文がない"
