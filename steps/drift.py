"""Which ICS options a scenario shows at work: a pure reading of what was asked and what passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.ics import OPTIONS
from steps.judge.values import is_bent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reports.transcript import Record
    from steps.bench.party import Asked
    from steps.ics import Sight

__all__ = ["options_shown"]


def options_shown(
    parts: Collection[str], asked: Sequence[Asked], records: Sequence[Record], start: int
) -> tuple[str, ...]:
    """Return the options that the system with these roles showed since a position in the journal.

    ``asked`` and ``records`` are those of the whole run.
    """
    here = [each for each in asked if each.position >= start]
    sent = [
        (position, record.telegram)
        for position, record in enumerate(records[start:], start)
        if record.sender in parts and record.on_wire and not is_bent(record)
    ]
    return tuple(
        name
        for name, option in OPTIONS.items()
        if option.sight and _is_seen(option.sight, here, sent)
    )


def _is_seen(sight: Sight, asked: Sequence[Asked], sent: Sequence[tuple[int, str | None]]) -> bool:
    if sight.accepts:
        return any(
            each.status == "ok" and sight.accepts.items() <= each.args.items() for each in asked
        )
    passed = [position for position, telegram in sent if telegram == sight.telegram]
    return bool(passed) and _unprompted(sight, asked, passed[0])


def _unprompted(sight: Sight, asked: Sequence[Asked], position: int) -> bool:
    """Tell whether what was asked before the first telegram leaves it to show the option."""
    before = [each.action for each in asked if each.position <= position]
    return sight.unless not in before and (not sight.after or before[-1:] == [sight.after])
