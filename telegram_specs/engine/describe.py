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

__all__ = ["Row", "describe"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a telegram as it is shown; ``hex`` and ``text`` are masked where need be.

    What stands there in another shape than the field's, or where no field stands, has no text,
    and its bytes are shown to nobody.
    """

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
    shapeless = {fault.field for fault in decoded.faults if fault.rule == "type"}
    rows = []
    for span in decoded.spans:
        path = generic_path(span.field)
        secret = _is_secret(spec, decoded, span.field, span.offset)
        raw = data[span.offset : span.offset + span.length]
        text = _shown(fields[path], values[span.field], refused=span.field in refused)
        shown = (raw.hex(" "), printable(text) if text else "")
        if (secret or span.field in shapeless) and not unmask:
            shown = (" ".join(["**"] * len(raw)), mask(text))
        place = (span.field, spec.labels[path], span.offset, span.length)
        rows.append(Row(*place, *shown, secret, faults.pop(span.field, None)))
    bare = (fault for fault in decoded.faults if fault.field in faults)
    return (*rows, *(_bare(spec, decoded, fault) for fault in bare))


def _is_secret(spec: TelegramSpec, decoded: Decoded, field: str, offset: int) -> bool:
    """Tell whether a field is a secret, or may hold one as fields may have shifted."""
    structural = any(fault.rule in STRUCTURAL for fault in decoded.faults)
    shifted = spec.form == "fixed" and structural and offset >= spec.clear_bytes
    return shifted or generic_path(field) in spec.secrets


def _shown(field: Field, value: str, *, refused: bool) -> str:
    """Return what stands on the wire, with its meaning; of a refused field that is the value."""
    return field.shown(value if refused else field.on_wire(value))


def _bare(spec: TelegramSpec, decoded: Decoded, fault: Fault) -> Row:
    """Return the row of a fault that stands at no field."""
    place = (fault.field, fault.label.partition("/")[2], fault.offset, fault.length)
    secret = _is_secret(spec, decoded, fault.field, fault.offset)
    return Row(*place, "", "", secret, str(fault))
