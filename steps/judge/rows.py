"""Rules on telegrams that speak of several people: the part of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import identifiers, select
from steps.judge.values import difference, items, place, show, value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reports.transcript import Record

__all__ = ["row_is", "rows_of"]

CODE = ".juminhyo_code"
"""What tells the part of a person; a name may stand in the parts of relatives too."""


def rows_of(record: Record, ids: Collection[str]) -> list[str]:
    """Return the paths, such as ``persons[1]``, of the parts about a person."""
    found = (path for path, text in items(record) if path.endswith(CODE) and text in ids)
    return [path.removesuffix(CODE) for path in found]


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
    ids = identifiers(evidence, person)
    breaches: list[Breach] = []
    for record in found:
        rows = rows_of(record, ids)
        if not rows:
            absent = f"「{person}」が含まれていない"
            breaches.append(Breach(words, absent, record.sender, record.seq, place(record)))
        for row in rows:
            path = f"{row}.{item}"
            actual = value_of(record, path)
            if actual not in expected:
                note = difference(record, path, expected[0], actual)
                breaches.append(breach_at(record, path, words, show(record, path, actual), note))
    return Result(tuple(breaches), tuple(record.seq for record in found))
