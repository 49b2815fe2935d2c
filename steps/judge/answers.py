"""Rules on answers: on the wire (受付 and responses) and of the control plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import select
from steps.judge.values import place, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.transcript import Record

__all__ = ["alert_shown", "answered", "correlated", "observed_is", "reply_is"]

ACCEPTED = "0000"
HTTP_OK = 200
OUTCOMES = frozenset({"ok", "rejected"})
"""What an operation may come to; anything else says nothing about the system."""
NO_OUTCOME = "操作の結果が分からない"


def result_of(record: Record) -> str:
    """Return the result code of an answer, or its HTTP status when that is not 200."""
    if record.http and record.http.status not in {None, HTTP_OK}:
        return f"HTTP {record.http.status}"
    return value_of(record, "result") or ACCEPTED


def decisive(answers: Sequence[Record]) -> Record | None:
    """Return the answer that took a telegram, else the last one; None without any."""
    took = (answer for answer in answers if result_of(answer) == ACCEPTED)
    return next(took, answers[-1] if answers else None)


@rule("answered")
def answered(
    evidence: Evidence,
    *,
    telegram: str,
    label: str,
    accepted: bool,
    results: Sequence[str] = (),
    person: str | None = None,
    silence_allowed: bool = False,
    last: bool = False,
) -> Result:
    """Judge whether telegrams are accepted or refused by the answers to them and their re-sends.

    ``results`` narrows a refusal to these result codes; ``silence_allowed`` takes a missing
    answer for a refusal, where no answer can be given; ``last`` looks at the last one only.
    """
    asked = [record for record in select(evidence, telegram, person) if not record.answers]
    asked = asked[-1:] if last else asked
    if not asked:
        return Result(unclear=f"「{label}」がない")
    breaches: list[Breach] = []
    looked: list[int] = []
    words = f"「{label}」を{'正常に受け付ける' if accepted else '受け付けず、異常を応答する'}"
    for record in asked:
        answer = decisive(evidence.answers_to(record))
        if answer is None:
            looked.append(record.seq)
            if accepted or not silence_allowed:
                breaches.append(Breach(words, "応答がない", record.receiver))
            continue
        looked.append(answer.seq)
        result = result_of(answer)
        right = (result == ACCEPTED) == accepted
        if right and (accepted or not results or result in results):
            continue
        breaches.append(
            Breach(
                words,
                f"処理結果 {result}",
                answer.sender,
                answer.seq,
                place(answer, "result"),
                "処理結果",
            )
        )
    return Result(tuple(breaches), tuple(looked))


@rule("correlated")
def correlated(evidence: Evidence) -> Result:
    """Judge that answers and later results of the system under test name what they belong to.

    An answer names the telegram that it answers; a result that comes later names some telegram
    that was sent to the system before, or none where it was not asked for.
    """
    by_seq = {record.seq: record for record in evidence.records}
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.records[evidence.start :]:
        if record.sender not in evidence.parts or record.fault or not record.on_wire:
            continue
        item = "ref_serial" if record.link == "cs_link" else "serial"
        named = value_of(record, item)
        if record.answers:
            asked = value_of(by_seq[record.answers], "serial")
            # A reference is digits: what came with another serial cannot be named.
            nameable = item == "serial" or asked.isdecimal()
            expected = {asked if nameable else ""}
        elif item == "ref_serial" and named.strip("0"):
            known = _was_asked(evidence, record, named)
            expected = {named} if known else _serials_before(evidence, record)
        else:
            continue
        if not named or "" in expected:
            continue
        looked.append(record.seq)
        if named not in expected:
            breaches.append(_misreferred(record, item, expected, named))
    return Result(tuple(breaches), tuple(looked))


def _asked_before(evidence: Evidence, record: Record) -> Iterator[Record]:
    """Yield what was sent to a record's sender before it, the latest first: it is likely meant."""
    for asked in reversed(evidence.records[: record.seq - 1]):
        if asked.receiver == record.sender and not asked.answers:
            yield asked


def _was_asked(evidence: Evidence, record: Record, serial: str) -> bool:
    """Tell whether a serial is that of something sent to a record's sender before it."""
    return any(value_of(asked, "serial") == serial for asked in _asked_before(evidence, record))


def _serials_before(evidence: Evidence, record: Record) -> set[str]:
    """Return the serials of what was sent to a record's sender before it."""
    return {value_of(asked, "serial") for asked in _asked_before(evidence, record)} - {""}


def _misreferred(record: Record, item: str, expected: set[str], named: str) -> Breach:
    wanted = f"要求の通番 {next(iter(expected))}" if len(expected) == 1 else "先に届いた要求の通番"
    label = "参照通番" if item == "ref_serial" else "通番"
    where = place(record, item)
    return Breach(f"{wanted} を示す電文", named, record.sender, record.seq, where, label)


def outcome(evidence: Evidence, key: str) -> Mapping[str, Any] | None:
    """Return how an operation came out; None when it was not done or ended in an error."""
    reply: Mapping[str, Any] | None = evidence.facts.get("replies", {}).get(key)
    return reply if reply and reply["status"] in OUTCOMES else None


@rule("reply_is")
def reply_is(
    evidence: Evidence,
    *,
    key: str,
    role: str,
    statuses: Sequence[str],
    words: str,
    alert_will_do: str = "",
) -> Result:
    """Judge how an operation came out; the alert ``alert_will_do`` is as good."""
    reply = outcome(evidence, key)
    if reply is None:
        return Result(unclear=NO_OUTCOME)
    status = reply["status"]
    if status in statuses or alert_will_do in reply["alerts"]:
        return Result(closed=True)
    actual = "受け付けられた" if status == "ok" else f"拒まれた ({reply.get('stage')})"
    return Result((Breach(words, actual, role),), closed=True)


@rule("alert_shown")
def alert_shown(
    evidence: Evidence, *, key: str, role: str, alert: str, words: str, shown: bool
) -> Result:
    """Judge whether an operation showed an alert.

    One that was refused for another reason never came to what the alert is about.
    """
    reply = outcome(evidence, key)
    if reply is None:
        return Result(unclear=NO_OUTCOME)
    seen = alert in reply["alerts"]
    if not seen and reply["status"] == "rejected":
        return Result(unclear="操作が別の理由で拒まれた")
    if seen == shown:
        return Result(closed=True)
    actual = "アラートが表示された" if seen else "アラートは表示されない"
    return Result((Breach(words, actual, role),), closed=True)


@rule("observed_is")
def observed_is(
    evidence: Evidence,
    *,
    key: str,
    role: str,
    expected: Sequence[str],
    words: str,
    secret: bool = False,
) -> Result:
    """Judge what a system tells of its registers."""
    observed = evidence.facts.get("observed", {})
    if key not in observed or not expected:
        return Result(unclear="照会できない")
    actual = observed[key]
    if actual in expected:
        return Result(closed=True)
    shown = "*" * len(actual) if secret and actual else (actual or "空")
    return Result((Breach(words, shown, role, found=actual if secret else ""),), closed=True)
