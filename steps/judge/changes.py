"""Rules on what becomes of a record: its history, its end and its return, its nationality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.notices import CORRECTED, ENTERED, NOTICE, notices
from steps.judge.values import place, show, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.transcript import Record

__all__ = ["history_grows", "nationality_told", "not_brought_back", "told_or_silent"]

REMOVED = "2"


@rule("history_grows")
def history_grows(evidence: Evidence, *, before: str, after: str, role: str) -> Result:
    """Judge that a history begins with what it was before, and has become longer.

    ``before`` and ``after`` name the facts that hold it; each entry is compared as a whole.
    """
    earlier, later = evidence.facts.get(before), evidence.facts.get(after)
    if earlier is None or later is None:
        return Result(unclear="異動履歴を照会できない")
    words = "異動履歴は、前の異動を残したまま増える"
    if list(later[: len(earlier)]) != list(earlier):
        return Result((Breach(words, "前の異動が書き換えられた", role),), closed=True)
    if len(later) <= len(earlier):
        return Result((Breach(words, f"{len(later)}件のまま増えない", role),), closed=True)
    return Result(closed=True)


@rule("not_brought_back")
def not_brought_back(evidence: Evidence, *, person: str) -> Result:
    """Judge that nobody is told to be a resident after all; telling nothing is permitted."""
    found = notices(evidence, person=person)
    looked = tuple(record.seq for record in found)
    if not found or value_of(found[-1], "entry") == REMOVED:
        return Result(looked_at=looked, closed=True)
    last = found[-1]
    actual = show(last, "entry", value_of(last, "entry"))
    words = f"「{person}」は住民に戻らない"
    return Result((breach_at(last, "entry", words, actual),), looked)


@rule("told_or_silent")
def told_or_silent(evidence: Evidence, *, what: str) -> Result:
    """Tell whether 本人確認情報 is sent where no text says it."""
    looked = tuple(record.seq for record in notices(evidence))
    seen = "送信する" if looked else "送信しない"
    return Result(looked_at=looked, closed=True, observed=f"{what}の本人確認情報: {seen}")


@rule("nationality_told")
def nationality_told(
    evidence: Evidence,
    *,
    person: str,
    former: Mapping[str, Sequence[str]],
    now: Mapping[str, Sequence[str]],
) -> Result:
    """Judge that a person goes on under the items of ``now``, after a removal under ``former``.

    Removal and entry may be told in one telegram, whose 旨 and 事由 are free then.
    """
    found = notices(evidence, person=person)
    looked = tuple(record.seq for record in found)
    going_on = [r for r in found if value_of(r, "entry") in {ENTERED, CORRECTED}]
    removals = [r for r in found if value_of(r, "entry") == REMOVED]
    if not going_on:
        words = f"「{person}」の国籍の異動の「本人確認情報」が送信される"
        actual = "消除だけが送信された" if removals else "送信されない"
        where = place(removals[-1], "entry") if removals else Place(NOTICE)
        last = removals[-1].seq if removals else None
        return Result((Breach(words, actual, evidence.sender_of(NOTICE), last, where),), looked)
    breaches = _differing(going_on[-1], now)
    for removal in removals:
        breaches += _differing(removal, former)
        if removal.seq > going_on[-1].seq:
            breaches.append(breach_at(removal, "entry", "消除は記載より前に送信される", "後"))
    way = "消除と記載の二つの電文" if removals else "一つの電文"
    return Result(tuple(breaches), looked, observed=f"国籍の異動の本人確認情報: {way}")


def _differing(record: Record, expected: Mapping[str, Sequence[str]]) -> list[Breach]:
    """Return a breach for every item that has none of the expected texts."""
    return [
        breach_at(record, item, "届け出られた値", show(record, item, value_of(record, item)))
        for item, texts in expected.items()
        if value_of(record, item) not in texts
    ]
