"""What a record says of a telegram besides its bytes: its faults and its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.transcript import RecordFault, RecordField

if TYPE_CHECKING:
    from telegram_specs import Decoded, TelegramSpec

__all__ = ["faults_of", "fields_of"]


def faults_of(
    decoded: Decoded | None, raw: bytes, problem: str | None = None
) -> tuple[RecordFault, ...]:
    """Return the faults of a telegram; ``problem`` says why the bytes could not be framed."""
    if problem:
        framed = "a telegram that ends where its length says"
        return (RecordFault(None, 0, len(raw), "frame", framed, problem, problem),)
    return tuple(
        RecordFault(f.field, f.offset, f.length, f.rule, f.expected, f.actual, str(f))
        for f in (decoded.faults if decoded else ())
    )


def fields_of(
    spec: TelegramSpec | None, raw: bytes, *, unmask: bool = False
) -> tuple[RecordField, ...]:
    """Return a telegram field by field, secrets masked unless ``unmask`` is asked for."""
    rows = spec.describe(raw, unmask=unmask) if spec else ()
    return tuple(
        RecordField(r.field, r.label, r.offset, r.length, r.secret and not unmask, r.text)
        for r in rows
    )
