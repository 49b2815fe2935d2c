"""Rules on randomness and one-way conversions: they look for known regularities only."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from steps.judge.content import breach_at, leaves
from steps.judge.model import Evidence, Result, rule
from steps.judge.series import is_number
from steps.judge.values import is_bent, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.transcript import Record

__all__ = ["not_sequential", "one_way", "picked_at_random"]

SMALLEST_STOCK, SMALLEST_SAMPLE = 20, 5
SMALLEST_PAIRS = 4


def monotone(numbers: Sequence[int]) -> bool:
    """Tell whether numbers only rise or only fall.

    >>> monotone([1, 4, 9]), monotone([9, 4, 1]), monotone([1, 4, 2])
    (True, True, False)
    """
    steps = [b - a for a, b in pairwise(numbers)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def regularity(stock: Sequence[str], picks: Sequence[str]) -> str | None:
    """Name the regularity by which codes were picked from a stock, None when none is seen."""
    if monotone([stock.index(pick) for pick in picks]):
        return "一覧の順に選ばれた"
    if monotone([int(pick) for pick in picks]):
        return "大きさの順に選ばれた"
    for name, ordered in (("一覧", list(stock)), ("大きさの順", sorted(stock))):
        ranks = []
        for pick in picks:
            ranks.append((ordered.index(pick), len(ordered)))
            ordered.remove(pick)
        places = {
            "先頭": all(rank == 0 for rank, _ in ranks),
            "末尾": all(rank == size - 1 for rank, size in ranks),
            "中央": all(rank in {size // 2, (size - 1) // 2} for rank, size in ranks),
        }
        for where, always in places.items():
            if always:
                return f"いつも{name}の{where}が選ばれた"
        if len({rank for rank, _ in ranks}) == 1:
            return f"いつも{name}の同じ位置が選ばれた"
    return None


@rule("picked_at_random")
def picked_at_random(
    evidence: Evidence, *, telegram: str, item: str, stock: str, words: str
) -> Result:
    """Judge that codes are not picked by a visible rule; a small sample says nothing."""
    order = list(evidence.facts.get(stock, ()))
    records = [r for r in evidence.telegrams(telegram) if value_of(r, item) in order]
    picks = list(dict.fromkeys(value_of(record, item) for record in records))
    looked = tuple(record.seq for record in records)
    if len(order) < SMALLEST_STOCK or len(picks) < SMALLEST_SAMPLE:
        return Result(unclear="標本が足りない (蓄積20件・付番5件以上を要する)", looked_at=looked)
    seen = regularity(order, picks)
    breaches = (breach_at(records[-1], item, words, seen),) if seen else ()
    return Result(breaches, looked)


@rule("not_sequential")
def not_sequential(evidence: Evidence, *, telegram: str, item: str, words: str) -> Result:
    """Judge that the ten digits of codes do not follow one another by a constant step."""
    found = [(r, p, t) for r in evidence.telegrams(telegram) for p, t in leaves(r, item)]
    found = [(r, p, text) for r, p, text in found if is_number(text)]
    numbers = [int(text[:-1]) for _, _, text in found]
    if len(numbers) < SMALLEST_SAMPLE:
        return Result(unclear="標本が足りない (5件以上を要する)")
    steps = {b - a for a, b in pairwise(numbers)}
    looked = tuple(dict.fromkeys(record.seq for record, _, _ in found))
    if len(steps) == 1 or monotone(numbers):
        record, path, _ = found[-1]
        return Result((breach_at(record, path, words, "規則的な並び"),), looked)
    return Result((), looked)


@rule("one_way")
def one_way(evidence: Evidence, *, telegram: str, source: str, result: str, words: str) -> Result:
    """Judge that no known rule leads from a result back to its source.

    Looked for: the source inside the result, forwards or backwards; a constant difference; each
    digit of the result a fixed shift of one digit of the source.
    """
    pairs: dict[str, tuple[str, Record]] = {}
    for record in evidence.telegrams(telegram, run=True):
        origin, text = value_of(record, source), value_of(record, result)
        if origin and text and not is_bent(record):
            pairs.setdefault(origin, (text, record))
    looked = tuple(record.seq for _, record in pairs.values())
    for origin, (text, record) in pairs.items():
        base = origin[:-1]
        if base in text or base[::-1] in text:
            actual = "元の値がそのまま現れる"
            return Result((breach_at(record, result, words, actual),), looked)
    digits = [(o, t) for o, (t, _) in pairs.items() if is_number(o) and is_number(t)]
    digits = [pair for pair in digits if list(map(len, pair)) == list(map(len, digits[0]))]
    if len(digits) < SMALLEST_PAIRS:
        unclear = None if pairs and not digits else "標本が足りない (4件以上を要する)"
        return Result(unclear=unclear, looked_at=looked)
    if _constant_difference(digits) or _shifted_digits(digits):
        _, record = pairs[digits[-1][0]]
        return Result((breach_at(record, result, words, "一定の規則で元の値に戻る"),), looked)
    return Result((), looked)


def _constant_difference(pairs: Sequence[tuple[str, str]]) -> bool:
    return len({int(text[:-1]) - int(origin) for origin, text in pairs}) == 1 or (
        len({int(text[:-1]) - int(origin[:-1]) for origin, text in pairs}) == 1
    )


def _shifted_digits(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether every digit but the last is one source digit plus a constant, modulo ten."""
    origins = range(len(pairs[0][0]))
    return all(
        any(len({(int(t[i]) - int(o[j])) % 10 for o, t in pairs}) == 1 for j in origins)
        for i in range(len(pairs[0][1]) - 1)
    )
