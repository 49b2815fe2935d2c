"""Applies the wire changes of a seeded fault to what a host is about to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_specs.mutate import declare_length, drop_item, overwrite, set_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reference_impl.faults import WireChange
    from telegram_specs import TelegramSpec

__all__ = ["variants"]


def variants(
    changes: Iterable[WireChange],
    spec: TelegramSpec,
    raw: bytes,
    new_serial: Callable[[], str],
) -> list[bytes]:
    """Return what is sent instead of a telegram: itself, bent, nothing, or twice."""
    found = [raw]
    for change in changes:
        if change.telegram != spec.id:
            continue
        match change.kind:
            case "value":
                found = [set_item(spec, one, change.field, change.to) for one in found]
            case "byte":
                tail = change.to.encode("latin-1")
                found = [overwrite(spec, one, change.field, tail) for one in found]
            case "cut":
                found = [one[: -int(change.to)] for one in found]
            case "extra_length":
                found = [declare_length(spec, one, int(change.to)) for one in found]
            case "twice":
                found = [*found, *(set_item(spec, one, "serial", new_serial()) for one in found)]
            case "drop":
                found = [drop_item(spec, one, change.field) for one in found if change.field]
    return found
