"""Describing: a telegram as rows for people, one per field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram_specs.engine.faults import STRUCTURAL, printable
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.mask import mask
from telegram_specs.engine.values import flat, generic_path

if TYPE_CHECKING:
    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fields import Field
    from telegram_specs.engine.spec import TelegramSpec
    from telegram_specs.engine.values import Decoded

__all__ = ["Row", "describe", "hidden"]

_UNREADABLE = frozenset({"charset", "json", "csv"})
_UNEXPECTED = frozenset({"extra", "type"})


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a telegram as it is shown; ``hex`` and ``text`` are masked where need be."""

    field: str
    label: str
    offset: int
    length: int
    hex: str
    text: str
    secret: bool
    fault: str | None


def describe(spec: TelegramSpec, data: bytes, *, unmask: bool) -> tuple[Row, ...]:
    """Return the rows of a telegram in the order of its bytes; faults without bytes come last."""
    decoded = spec.decode(data)
    fields = {path: field for path, _, field in leaves(spec.fields)}
    values = dict(flat(decoded.values))
    faults = {fault.field: str(fault) for fault in reversed(decoded.faults)}
    refused = frozenset(faults)
    rows = []
    for span in decoded.spans:
        path = generic_path(span.field)
        secret = path in spec.secrets or _may_have_shifted(spec, decoded, span.offset)
        raw = data[span.offset : span.offset + span.length]
        text = _shown(fields[path], values[span.field], refused=span.field in refused)
        shown = (raw.hex(" "), printable(text) if text else "")
        if secret and not unmask:
            shown = (" ".join(["**"] * len(raw)), mask(text))
        place = (span.field, spec.labels[path], span.offset, span.length)
        rows.append(Row(*place, *shown, secret, faults.pop(span.field, None)))
    bare = (fault for fault in decoded.faults if fault.field in faults)
    return (*rows, *map(_bare, bare))


def hidden(spec: TelegramSpec, data: bytes) -> tuple[tuple[int, int], ...]:
    """Return offset and length of all bytes that must not be shown.

    These are the secrets, what no spec knows, and everything that cannot be told apart from them:
    all of it when the text is broken, all behind the header when fields may have shifted.
    """
    decoded = spec.decode(data)
    if any(fault.rule in _UNREADABLE and not fault.field for fault in decoded.faults):
        return ((0, len(data)),)
    if _may_have_shifted(spec, decoded, len(data)):
        rest = len(data) - spec.clear_bytes
        return ((spec.clear_bytes, rest),) if rest > 0 else ()
    secret = {
        (span.offset, span.length)
        for span in decoded.spans
        if generic_path(span.field) in spec.secrets
    }
    strange = {(f.offset, f.length) for f in decoded.faults if f.rule in _UNEXPECTED}
    return tuple(sorted(secret | strange))


def _may_have_shifted(spec: TelegramSpec, decoded: Decoded, offset: int) -> bool:
    structural = any(fault.rule in STRUCTURAL for fault in decoded.faults)
    return spec.form == "fixed" and structural and offset >= spec.clear_bytes


def _shown(field: Field, value: str, *, refused: bool) -> str:
    """Return what stands on the wire, with its meaning; of a refused field that is the value."""
    return field.shown(value if refused else field.on_wire(value))


def _bare(fault: Fault) -> Row:
    label = fault.label.partition("/")[2]
    return Row(
        fault.field, label, fault.offset, fault.length, "", "", secret=False, fault=str(fault)
    )
