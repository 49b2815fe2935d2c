"""The court: applies rules to evidence and turns breaches into findings of the register."""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from reports.jsonable import Jsonable
from reports.model import Finding, Judgement, Origin
from reports.verdict import Obstacle, ObstacleKind
from steps import judge
from steps.judge.answers import NO_OUTCOME
from steps.judge.model import RULES, Breach, Evidence, Result
from steps.judge.values import items, scrub
from telegram_specs import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from steps.register import Register

__all__ = ["RESTS_ON_OBSERVATION", "Decision", "Pending", "try_case"]

LONGEST_CODE = 2
"""Texts of people up to this length are codes of a list."""
OF_PEOPLE = frozenset({"expected", "former", "integrated", "known", "now", "number", "received"})
"""Parameters of rules that hold what people told or were given."""
DONE = frozenset({"ok", "pending"})
"""Answers after which an operation was, or will be, carried out."""
NOTHING_SEEN = "判定の根拠となるものが観測されていない"
CONSEQUENCES = frozenset(
    {"codes_usable", "delivered", "notice_sent", "numbered_notices", "sent", "text_kept"}
)
"""Rules on what operations lead to: its absence means nothing when one ended in an error."""
JUDGES_REPLIES = frozenset(
    {
        "reply_is",
        "sent_again",
        "alert_shown",
        "text_kept",
        "codes_usable",
        "none_outside",
        "rejected_or_observed",
    }
)
"""Rules that a refused operation does not leave without ground."""
RESTS_ON_OBSERVATION = frozenset({"observed_is", "error_listed", "history_grows"})
"""Rules that rest on the latest observation and on nothing else."""
RULE_MODULES = tuple(
    import_module(f"{judge.__name__}.{module.name}")
    for module in pkgutil.iter_modules(judge.__path__)
    if f"{judge.__name__}.{module.name}" != __name__
)
"""Imported for the rules that they enter into the table."""


@dataclass(frozen=True, slots=True)
class Pending(Jsonable):
    """A judgement that a step or a standing order asked for.

    Attributes:
        requirement_id: what is judged.
        rule: name of the rule.
        params: its parameters.
        start: position of the first record of its window.
        end: position after its last record, None for the end of the case.
        standing: True for what every scenario is judged by; then nothing to look at is no gap.
        step: the sentence that asked for it, from 0.
    """

    requirement_id: str
    rule: str
    params: Mapping[str, Any]
    start: int
    end: int | None = None
    standing: bool = False
    step: int | None = None

    def window(self, evidence: Evidence) -> Evidence:
        """Return the part of the evidence that is looked at."""
        return replace(evidence, records=evidence.records[: self.end], start=self.start)


@dataclass(slots=True)
class Decision:
    """What the court came to; ``facts_read`` are those that the judgements asked for rest on."""

    findings: list[Finding] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    observed: list[str] = field(default_factory=list)
    facts_read: frozenset[str] = frozenset()


class _Read(dict[str, Any]):
    """Facts that remember which of them were looked at."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self.keys_read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.keys_read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_read.add(key)
        return super().get(key, default)


def try_case(
    pending: Iterable[Pending], evidence: Evidence, register: Register, role: str
) -> Decision:
    """Judge everything that was asked for, requirements of other roles left aside.

    What was refused could not be followed by anything: its absence shows nothing, unless the
    scenario is about the refusal.
    """
    decision, pending, facts = Decision(), list(pending), _Read(evidence.facts)
    watched = replace(evidence, facts=facts)
    for item in pending:
        if not register.binds(item.requirement_id, role):
            continue
        window = item.window(evidence if item.standing else watched)
        result = _certain(item, RULES[item.rule](window, **item.params), evidence)
        _enter(decision, item, result, evidence, register)
    decision.facts_read = frozenset(facts.keys_read)
    decision.findings = list(_without_repeats(decision.findings))
    replies = evidence.facts.get("replies", {})
    refused = [key for key, reply in replies.items() if reply["status"] not in DONE]
    if refused and not any(item.rule in JUDGES_REPLIES for item in pending):
        decision.findings = [f for f in decision.findings if f.evidence is not None]
        # What is not supported ended the scenario, and says so by itself.
        if denied := [key for key in refused if replies[key]["status"] != "unsupported"]:
            text = f"操作が行われなかった: {', '.join(denied)}"
            decision.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))
    return decision


def _certain(item: Pending, result: Result, evidence: Evidence) -> Result:
    """Return a result without what did not follow an operation that ended in an error."""
    replies = evidence.facts.get("replies", {}).values()
    if item.rule not in CONSEQUENCES or all(r["status"] != "error" for r in replies):
        return result
    seen = tuple(breach for breach in result.breaches if breach.seq is not None)
    missed = len(seen) < len(result.breaches)
    return replace(result, breaches=seen, unclear=NO_OUTCOME if missed else result.unclear)


def _enter(
    decision: Decision, item: Pending, result: Result, evidence: Evidence, register: Register
) -> None:
    found = [
        _finding(breach, item, register, evidence)
        for breach in result.breaches
        if breach.sender in evidence.parts
    ]
    decision.findings += found
    unclear = result.unclear or (None if result.rests_on_something else NOTHING_SEEN)
    held = None if unclear else not found
    decision.judgements.append(
        Judgement(item.requirement_id, item.rule, _public(item.params), result.looked_at, held)
    )
    if result.observed:
        decision.observed.append(result.observed)
    if unclear and not item.standing and not found:
        text = f"{item.requirement_id}: {unclear}"
        decision.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))
    ours = [breach for breach in result.breaches if breach.sender not in evidence.parts]
    if ours and not evidence.facts.get("disturbed"):
        breach, beside = ours[0], evidence.facts.get("counterpart", ())
        who = "相手方" if breach.sender in beside else "ベンチの役割"
        text = f"{who} {breach.sender}: {breach.expected} / {breach.actual}"
        # What a bench node did wrong is our error; what it never got to do is no observation,
        # nor what it did after a counterpart of which nobody knows whether it is right.
        unclear_whose = breach.seq is None or beside
        kind = ObstacleKind.NOT_OBSERVED if unclear_whose else ObstacleKind.HARNESS_ERROR
        decision.obstacles.append(Obstacle(kind, text))


def _public(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return parameters as they may be written down: what is of people is masked, codes are not.

    A long number is masked wherever it stands.
    """
    listed = {} if params.get("expected") is None else {"expected": _told(params)}
    return {
        name: _hidden(value, _masked if name in OF_PEOPLE else scrub)
        for name, value in {**params, **listed}.items()
    }


def _hidden(value: Any, hide: Callable[[str], str]) -> Any:
    """Return a parameter with each of its texts hidden; names and numbers stay."""
    match value:
        case str():
            return hide(value)
        case Mapping():
            return {key: _hidden(each, hide) for key, each in value.items()}
        case list() | tuple():
            return [_hidden(each, hide) for each in value]
        case _:
            return value


def _masked(text: str) -> str:
    return text if len(text) <= LONGEST_CODE else mask(text)


def _finding(breach: Breach, item: Pending, register: Register, evidence: Evidence) -> Finding:
    requirement = register[item.requirement_id]
    return Finding(
        requirement.id,
        requirement.level,
        requirement.rank,
        breach.expected,
        breach.actual,
        breach.place,
        requirement.source,
        breach.seq,
        breach.label,
        breach.note,
        item.rule,
        item.step,
        _origin(evidence, breach.wanted or _only(_told(item.params))),
        _origin(evidence, breach.found),
    )


def _origin(evidence: Evidence, wanted: str) -> Origin | None:
    """Return the first secret field of the running case that holds a text longer than a code."""
    if len(wanted) <= LONGEST_CODE:
        return None
    return next(
        (
            Origin(record.seq, path)
            for record in evidence.records[evidence.start :]
            for path, text in items(record)
            if text == wanted and any(f.field == path and f.secret for f in record.fields)
        ),
        None,
    )


def _only(texts: Iterable[str]) -> str:
    """Return the text that all of these are, empty where they differ: none is the right one."""
    distinct = set(texts)
    return distinct.pop() if len(distinct) == 1 else ""


def _told(params: Mapping[str, Any]) -> list[str]:
    """Return the texts that parameters call expected."""
    expected = params.get("expected", ())
    return [expected] if isinstance(expected, str) else [str(text) for text in expected]


def _without_repeats(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return findings once each, the first with a note of how often it came again."""
    first: dict[tuple[str, ...], Finding] = {}
    seen: defaultdict[tuple[str, ...], set[int | None]] = defaultdict(set)
    for finding in findings:
        place = finding.place
        where = (place.telegram, place.field or "") if place else ("", "")
        key: tuple[str, ...] = (
            finding.requirement_id,
            *where,
            finding.expected,
            finding.actual,
        )
        first.setdefault(key, finding)
        seen[key].add(finding.evidence)
    for key, finding in first.items():
        note = f"同じ違反がほかに{len(seen[key]) - 1}件" if len(seen[key]) > 1 else None
        yield replace(finding, note="; ".join(filter(None, (finding.note, note))) or None)
