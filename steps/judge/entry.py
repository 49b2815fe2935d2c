"""Rules on entries into the register: who is told, and how a return is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.answers import ACCEPTED, NO_OUTCOME, decisive, outcome, result_of
from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import select
from steps.judge.values import place, show, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["item_values", "rejected_or_observed", "telegram_or_paper"]


@rule("item_values")
def item_values(
    evidence: Evidence, *, telegram: str, item: str, expected: Sequence[str], words: str
) -> Result:
    """Judge that an item of all such telegrams together has these values, each once."""
    found = list(select(evidence, telegram))
    values = [value_of(record, item) for record in found]
    looked = tuple(record.seq for record in found)
    breaches = [
        breach_at(record, item, words, show(record, item, text))
        for record, text in zip(found, values, strict=True)
        if text not in expected
    ]
    missing = [text for text in expected if text not in values]
    if missing or len(values) > len(set(values)):
        last = found[-1] if found else None
        actual = f"{len(found)}件送信され、{len(set(values))}通りの値" if found else "送信されない"
        seq, where = (last.seq, place(last, item)) if last else (None, Place(telegram))
        breaches.append(Breach(words, actual, evidence.sender_of(telegram), seq, where))
    return Result(tuple(breaches), looked, closed=not found)


@rule("rejected_or_observed")
def rejected_or_observed(
    evidence: Evidence, *, key: str, role: str, observed: str, expected: str, words: str
) -> Result:
    """Judge that an operation was refused, or that the register then holds a known text.

    `expected` names a fact; nothing is said where neither the text nor the register is known.
    """
    reply = outcome(evidence, key)
    if reply is None:
        return Result(unclear=NO_OUTCOME)
    if reply["status"] == "rejected":
        return Result(closed=True, observed="新規入力を抑止する")
    seen = evidence.facts.get("observed", {}).get(observed)
    known = evidence.facts.get(expected, ())
    if seen is None or not known:
        return Result(unclear="照会できない")
    if seen in known:
        return Result(closed=True, observed="再転入者として引き継ぐ")
    return Result((Breach(words, "新たに付番された", role),), closed=True)


@rule("telegram_or_paper")
def telegram_or_paper(evidence: Evidence, *, telegram: str, words: str) -> Result:
    """Judge what was sent after the line had been down: one telegram, accepted, or none at all.

    Paper is as good then; the report names the way that was seen.
    """
    found = list(select(evidence, telegram))
    looked = tuple(record.seq for record in found)
    if not found:
        return Result(closed=True, observed="電文は送られない（紙による通知）")
    last = found[-1]
    answer = decisive(evidence.answers_to(last))
    if len(found) == 1 and answer is not None and result_of(answer) == ACCEPTED:
        return Result(looked_at=looked, closed=True, observed="回線の復旧後に電文で伝える")
    actual = "受け付けられていない" if len(found) == 1 else f"{len(found)}件送信された"
    breach = Breach(words, actual, last.sender, last.seq, place(last))
    return Result((breach,), looked, closed=True)
