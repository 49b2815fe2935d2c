"""Rules on the form of telegrams and on the closed world of a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.values import body, place, value_of
from telegram_specs.engine import faults as engine
from telegram_specs.engine.phrases import PARTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reports.transcript import Record, RecordFault

__all__ = ["closed_world", "well_formed"]

CHECK = "check"
WHAT: Mapping[str, str] = {rule: PARTS[text] for rule, text in engine.WHAT.items()}
"""Kinds of faults of a telegram, in the words of a report."""


@rule("well_formed")
def well_formed(
    evidence: Evidence,
    *,
    only: Collection[str] = (),
    but: Collection[str] = (),
    faults: Collection[str] = (),
) -> Result:
    """Judge that the telegrams of the system under test agree with their layouts.

    ``only`` looks at check digits of these items alone; ``but`` leaves the check digits of these
    items to the requirements that are about them; ``faults`` narrows to these fault rules.
    """
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.records[evidence.start :]:
        if record.sender not in evidence.parts or not record.on_wire:
            continue
        looked.append(record.seq)
        if record.telegram is None and not record.faults and not only:
            breaches.append(_unknown(record))
        for fault in record.faults:
            leaf = (fault.field or "").rpartition(".")[2]
            about_check = fault.rule == CHECK
            if (only and not (about_check and leaf in only)) or (about_check and leaf in but):
                continue
            if faults and fault.rule not in faults:
                continue
            if about_check and _wrong_when_given(evidence, value_of(record, fault.field or "")):
                continue
            breaches.append(_faulty(record, fault))
    return Result(tuple(breaches), tuple(looked))


def _wrong_when_given(evidence: Evidence, text: str) -> bool:
    """Tell whether the bench was the first to show this text with its wrong check digit.

    Whether the system under test may take and pass it on is for other requirements to say.
    """
    shown = (
        record.sender
        for record in evidence.records
        for fault in record.faults
        if fault.rule == CHECK and value_of(record, fault.field or "") == text
    )
    return bool(text) and next(shown) not in evidence.parts


def _faulty(record: Record, fault: RecordFault) -> Breach:
    row = next((row for row in record.fields if row.field == fault.field), None)
    return Breach(
        fault.expected,
        fault.actual,
        record.sender,
        record.seq,
        Place(record.telegram or "unknown", fault.field, fault.offset, fault.length),
        row.label if row else None,
        WHAT.get(fault.rule, fault.rule),
    )


def _unknown(record: Record) -> Breach:
    return Breach(
        "プロファイルに定めのある電文",
        f"定めのない電文 ({len(record.raw)}バイト)",
        record.sender,
        record.seq,
        place(record),
    )


@rule("closed_world")
def closed_world(evidence: Evidence, *, allowed: Sequence[str], once: Sequence[str] = ()) -> Result:
    """Judge that the system under test sends only what its events require or permit.

    ``once`` names telegrams whose content must not be sent again under a new serial; a re-send
    has the same serial. Windows with planned faults may need a second request, so they are left
    out of that.
    """
    breaches: list[Breach] = []
    looked: list[int] = []
    disturbed = evidence.facts.get("disturbed", False)
    seen: dict[tuple[str, str], Record] = {}
    for record in evidence.telegrams():
        if record.sender not in evidence.parts or record.answers or record.telegram is None:
            continue
        looked.append(record.seq)
        if record.telegram not in allowed:
            words = f"「{record.label}」を伴わない異動"
            breaches.append(Breach(words, "送信された", record.sender, record.seq, place(record)))
        elif record.telegram in once and not disturbed:
            first = seen.setdefault((record.telegram, body(record)), record)
            if first is not record:
                breaches.append(
                    Breach(
                        f"「{record.label}」は一度だけ送信される",
                        f"同じ内容が別の通番で送信された (記録{first.seq})",
                        record.sender,
                        record.seq,
                        place(record),
                    )
                )
    return Result(tuple(breaches), tuple(looked), closed=True)
