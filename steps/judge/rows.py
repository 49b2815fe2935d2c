"""Rules on telegrams that hold several people: all rows of them, and the rows of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.judge.content import breach_at, leaves
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import identifiers, select
from steps.judge.values import difference, place, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.transcript import Record

__all__ = ["row_is", "row_item_is", "rows_about", "rows_are", "rows_in_order"]


CODE = "juminhyo_code"
SHARED = frozenset({"household_number"})
"""Items that say nothing of whose row it is: they may equal a number of somebody else."""


def rows_of(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path, items) of every row of a telegram's repetitions."""
    for name, value in (record.values or {}).items():
        for index, row in enumerate(value if isinstance(value, list) else ()):
            if isinstance(row, dict):
                yield f"{name}[{index}]", row


def rows_about(evidence: Evidence, telegram: str, person: str) -> list[tuple[Record, str, Any]]:
    """Return (record, path, items) of every row about a person, in their order.

    A row with a 住民票コード is about whose code it is: the name of a head of household may stand
    in the rows of relatives too.
    """
    ids = identifiers(evidence, person)
    return [
        (record, path, row)
        for record in select(evidence, telegram)
        for path, row in rows_of(record)
        if not ids.isdisjoint([row[CODE]] if row.get(CODE) else _own(row))
    ]


def _own(row: Mapping[str, Any]) -> Iterator[str]:
    return (str(text) for item, text in row.items() if item not in SHARED)


@rule("rows_are")
def rows_are(
    evidence: Evidence, *, telegram: str, item: str, expected: Sequence[str] | None, words: str
) -> Result:
    """Judge that the rows of the last such telegram have exactly these texts of an item.

    They may come in several telegrams, too, a part in each.
    """
    found = select(evidence, telegram)
    if not found or expected is None:
        return Result(unclear="該当する電文又は比べる値がない")
    record, wanted = found[-1], sorted(expected)
    actual = leaves(record, item)
    if sorted(text for _, text in actual) == wanted:
        return Result(looked_at=(record.seq,))
    if sorted(text for one in found for _, text in leaves(one, item)) == wanted:
        return Result(looked_at=tuple(one.seq for one in found))
    strange = [path for path, text in actual if text not in expected]
    shown = f"{len(actual)}件、うち{len(strange)}件は異なる値"
    if strange:
        return Result((breach_at(record, strange[0], words, shown),), (record.seq,))
    breach = Breach(words, shown, record.sender, record.seq, place(record))
    return Result((breach,), (record.seq,))


@rule("row_is")
def row_is(
    evidence: Evidence,
    *,
    telegram: str,
    person: str,
    item: str,
    expected: Sequence[str],
    words: str,
) -> Result:
    """Judge an item of a person's part in the telegrams of a kind; it must have such a part."""
    found = select(evidence, telegram)
    if not found or not expected:
        unclear = "該当する電文がない" if expected else "比べる値を照会できない"
        return Result(unclear=unclear)
    about = rows_about(evidence, telegram, person)
    breaches: list[Breach] = []
    for record in found:
        if all(one is not record for one, _, _ in about):
            absent = f"「{person}」が含まれていない"
            breaches.append(Breach(words, absent, record.sender, record.seq, place(record)))
    for record, where, row in about:
        path, actual = f"{where}.{item}", str(row.get(item, ""))
        if actual not in expected:
            note = difference(record, path, expected[0], actual)
            breaches.append(breach_at(record, path, words, show(record, path, actual), note))
    return Result(tuple(breaches), tuple(record.seq for record in found))


@rule("row_item_is")
def row_item_is(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    person: str,
    expected: Sequence[str],
    words: str,
) -> Result:
    """Judge that the last row about a person has one of the expected texts of an item."""
    found = rows_about(evidence, telegram, person)
    if not found or not expected:
        return Result(unclear="該当するレコード又は比べる値がない")
    record, path, row = found[-1]
    text = str(row.get(item, ""))
    if text in expected:
        return Result(looked_at=(record.seq,))
    where = f"{path}.{item}"
    return Result((breach_at(record, where, words, show(record, where, text)),), (record.seq,))


@rule("rows_in_order")
def rows_in_order(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    person: str,
    expected: Sequence[str],
    words: str,
) -> Result:
    """Judge that the rows about a person tell these texts of an item, in this order."""
    found = rows_about(evidence, telegram, person)
    looked = tuple(dict.fromkeys(record.seq for record, _, _ in found))
    if len(found) < len(expected):
        unclear = f"{len(expected)}件のうち{len(found)}件しかない"
        return Result(looked_at=looked, unclear=unclear)
    breaches = tuple(
        breach_at(record, f"{path}.{item}", words, "順序又は値が異なる")
        for (record, path, row), text in zip(found, expected, strict=False)
        if str(row.get(item, "")) != text
    )
    return Result(breaches, looked)
