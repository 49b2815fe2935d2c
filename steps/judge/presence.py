"""Rules on what is sent, what is not, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import belongs_to, identifiers, select
from steps.judge.values import place, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["follows", "not_sent", "sent", "sent_again"]


@rule("sent")
def sent(
    evidence: Evidence,
    *,
    telegram: str,
    label: str,
    person: str | None = None,
    count: int | None = None,
) -> Result:
    """Judge that a telegram is sent, exactly ``count`` times when a count is given."""
    found = select(evidence, telegram, person)
    looked = tuple(record.seq for record in found)
    if found and count in (None, len(found)):
        return Result(looked_at=looked)
    times = f"{count}件" if count is not None else "1件以上"
    whose = f"「{person}」の" if person else ""
    return Result(
        (
            Breach(
                f"{whose}「{label}」が{times}送信される",
                f"{len(found)}件送信された" if found else "送信されない",
                evidence.sender_of(telegram),
                seq=found[-1].seq if found else None,
                place=place(found[-1]) if found else Place(telegram),
            ),
        ),
        looked,
    )


@rule("sent_again")
def sent_again(evidence: Evidence, *, telegram: str, label: str) -> Result:
    """Tell whether a telegram is sent a second time, where it may be and need not be."""
    found = select(evidence, telegram)
    if not found:
        return Result(unclear=f"「{label}」がない")
    again = len(found) > 1
    told = f"「{label}」は再び送信{'される' if again else 'されない'}"
    return Result(looked_at=tuple(record.seq for record in found), closed=True, observed=told)


@rule("not_sent")
def not_sent(
    evidence: Evidence,
    *,
    sender: str,
    telegrams: Sequence[str] = (),
    person: str | None = None,
    except_for: Sequence[str] = (),
    carrying: str | None = None,
    where: Mapping[str, str] | None = None,
) -> Result:
    """Judge that a role sends none of these telegrams (any telegram when none is named).

    ``person`` narrows it to telegrams about that person; ``carrying`` to telegrams in which that
    item is filled; ``where`` to telegrams whose items have these values. It rests on a window
    that was closed by quiet.
    """
    ids = identifiers(evidence, person) if person else None
    breaches = []
    for record in evidence.telegrams():
        asked_for = not telegrams or record.telegram in telegrams
        if record.sender != sender or record.answers or record.telegram in except_for:
            continue
        if not asked_for or (ids is not None and not belongs_to(record, ids)):
            continue
        if carrying and not (record.values or {}).get(carrying):
            continue
        if any(value_of(record, item) != text for item, text in (where or {}).items()):
            continue
        name = record.label or "形式の定まらない電文"
        breaches.append(
            Breach(f"「{name}」は送信されない", "送信された", sender, record.seq, place(record))
        )
    return Result(tuple(breaches), closed=True)


@rule("follows")
def follows(
    evidence: Evidence,
    *,
    telegram: str,
    after: str,
    label: str,
    after_label: str,
    person: str | None = None,
    carrying: str | None = None,
) -> Result:
    """Judge that every such telegram comes after the first of another kind.

    ``carrying`` looks only at telegrams in which that item is filled.
    """
    later = [
        record
        for record in select(evidence, telegram, person)
        if carrying is None or (record.values or {}).get(carrying)
    ]
    earlier = select(evidence, after, person)
    if not later or not earlier:
        return Result(unclear=f"「{label}」と「{after_label}」の両方が送信されてはいない")
    first = earlier[0].seq
    looked = (first, *(record.seq for record in later))
    return Result(
        tuple(
            Breach(
                f"「{label}」は「{after_label}」より後に送信される",
                f"「{after_label}」より前に送信された",
                record.sender,
                record.seq,
                place(record),
            )
            for record in later
            if record.seq < first
        ),
        looked,
    )
