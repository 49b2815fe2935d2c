"""Rules on several values together: series, sets, bounds and order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from steps.judge.content import breach_at, leaves
from steps.judge.model import Evidence, Result, rule
from steps.judge.rows import rows_about
from steps.judge.selection import select
from steps.judge.values import body, show, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.transcript import Record

__all__ = [
    "at_most",
    "is_number",
    "items_in_order",
    "none_outside",
    "serial_series",
    "values_seen",
]

LONGEST_NUMBER = 40
SHORTEST_SERIES = 2
LARGEST_STEP = 9
"""Other people may be numbered in between; a step beyond this is no serial any more."""


def is_number(text: str) -> bool:
    """Tell whether a text is digits with a check digit behind, of a length that can be read."""
    return text.isdecimal() and 1 < len(text) <= LONGEST_NUMBER


@rule("serial_series")
def serial_series(
    evidence: Evidence, *, telegram: str, item: str, words: str, people: Sequence[str] = ()
) -> Result:
    """Judge that numbers without their check digit go up in small steps.

    A telegram that says again what was said before is left out. ``people`` asks for the number in
    the last row about each of them, in the order in which they came by it.
    """
    told = (
        _last_rows(evidence, telegram, item, people)
        if people
        else _told_once(evidence, telegram, item)
    )
    found = [(record, path, text) for record, path, text in told if is_number(text)]
    least = max(SHORTEST_SERIES, len(people))
    if len(found) < least:
        return Result(unclear=f"{least}件以上の番号がない")
    looked = tuple(dict.fromkeys(record.seq for record, _, _ in found))
    breaches = []
    for (_, _, before), (record, path, text) in pairwise(found):
        step = int(text[:-1]) - int(before[:-1])
        if not 1 <= step <= LARGEST_STEP:
            breaches.append(breach_at(record, path, words, f"前の番号との差 {step}"))
    return Result(tuple(breaches), looked)


def _told_once(evidence: Evidence, telegram: str, item: str) -> Iterator[tuple[Record, str, str]]:
    once: dict[str, Record] = {}
    for record in evidence.telegrams(telegram):
        once.setdefault(body(record), record)
    for record in once.values():
        yield record, item, value_of(record, item)


def _last_rows(
    evidence: Evidence, telegram: str, item: str, people: Sequence[str]
) -> Iterator[tuple[Record, str, str]]:
    for person in people:
        for record, path, row in rows_about(evidence, telegram, person)[-1:]:
            yield record, f"{path}.{item}", str(row.get(item, ""))


@rule("at_most")
def at_most(evidence: Evidence, *, telegram: str, item: str, limit: int, words: str) -> Result:
    """Judge that a number is positive and at most ``limit``."""
    found = [record for record in evidence.telegrams(telegram) if value_of(record, item)]
    if not found:
        return Result(unclear="該当する電文がない")
    breaches = tuple(
        breach_at(record, item, words, value_of(record, item))
        for record in found
        if not (
            is_number(f"0{value_of(record, item)}") and 0 < int(value_of(record, item)) <= limit
        )
    )
    return Result(breaches, tuple(record.seq for record in found))


@rule("values_seen")
def values_seen(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    count: int,
    words: str,
    person: str | None = None,
) -> Result:
    """Judge how many different values an item has."""
    found = select(evidence, telegram, person)
    values = [(record, value_of(record, item)) for record in found if value_of(record, item)]
    if not values:
        return Result(unclear="該当する電文がない")
    different = list(dict.fromkeys(text for _, text in values))
    looked = tuple(record.seq for record, _ in values)
    if len(different) == count:
        return Result((), looked)
    record, _ = values[-1]
    return Result((breach_at(record, item, words, f"{len(different)}種類の値"),), looked)


@rule("none_outside")
def none_outside(evidence: Evidence, *, telegram: str, item: str, among: str, words: str) -> Result:
    """Judge that no such telegram has a value outside a known set; having none is fine."""
    known = frozenset(evidence.facts.get(among, ()))
    found = [(r, p, t) for r in evidence.telegrams(telegram) for p, t in leaves(r, item)]
    breaches = tuple(
        breach_at(record, path, words, show(record, path, text))
        for record, path, text in found
        if text not in known
    )
    return Result(breaches, tuple(record.seq for record, _, _ in found), closed=True)


@rule("items_in_order")
def items_in_order(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    person: str,
    expected: Sequence[str],
    words: str,
) -> Result:
    """Judge that a person's telegrams tell these values of an item, in this order.

    One that says at once again what the one before it said, under whatever serial, changes no
    order; one that says an earlier value behind all of them does.
    """
    found = [record for record in select(evidence, telegram, person) if not record.answers]
    looked = tuple(record.seq for record in found)
    told = _without_repeats(found, item, expected)
    if len(told) < len(expected):
        return Result(looked_at=looked, unclear=f"{len(expected)}件のうち{len(told)}件しかない")
    wrong = [r for r, text in zip(told, expected, strict=False) if value_of(r, item) != text]
    stale = set(expected) - {expected[-1]}
    wrong += [record for record in told[len(expected) :] if value_of(record, item) in stale]
    return Result(tuple(breach_at(record, item, words, "順序が異なる") for record in wrong), looked)


def _without_repeats(found: Sequence[Record], item: str, expected: Sequence[str]) -> list[Record]:
    """Leave out what repeats the telegram before it, unless the value is due once more."""
    told: list[Record] = []
    for record in found:
        due = expected[len(told)] if len(told) < len(expected) else None
        repeats = bool(told) and body(record) == body(told[-1])
        if not repeats or value_of(record, item) == due:
            told.append(record)
    return told
