"""What encoding replaces: characters without a code, in fields that allow a substitute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_specs.engine.faults import Fault
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.values import flat, generic_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from telegram_specs.engine.spec import TelegramSpec
    from telegram_specs.engine.values import Value

__all__ = ["substituted"]


def substituted(spec: TelegramSpec, values: Mapping[str, Value], data: bytes) -> tuple[Fault, ...]:
    """Return what would be a fault of the values in any other field, by its place in the data."""
    return tuple(_substituted(spec, values, data))


def _substituted(spec: TelegramSpec, values: Mapping[str, Value], data: bytes) -> Iterator[Fault]:
    fields = {path: field for path, _, field in leaves(spec.fields)}
    given = dict(flat(values))
    for span in spec.decode(data).spans:
        path = generic_path(span.field)
        field, text = fields[path], given.get(span.field, "")
        if not field.substitute:
            continue
        written = field.charset.substituted(text)
        lost = [i for i, (a, b) in enumerate(zip(text, written, strict=True)) if a != b]
        if lost:
            which = ", ".join(str(index + 1) for index in lost)
            codes = ", ".join(f"U+{ord(text[index]):04X}" for index in lost)
            yield Fault(
                spec.id,
                f"{spec.label}/{spec.labels[path]}",
                span.field,
                span.offset,
                span.length,
                "charset",
                f"characters of {field.charset.name} (not character {which})",
                f"{codes}, written as {written[lost[0]]}",
            )
