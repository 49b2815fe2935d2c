"""Encoding of the fixed form."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram_specs.engine.faults import Refused
from telegram_specs.engine.fields import Field, Group
from telegram_specs.engine.given import Given, text_of
from telegram_specs.engine.places import TOP, Bytes, Findings, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fixedform import FixedForm
    from telegram_specs.engine.values import Value

__all__ = ["FixedWriter"]


@dataclass(slots=True)
class FixedWriter:
    """One encoding: appends field after field; a field at fault leaves zero bytes in its place."""

    form: FixedForm
    values: Mapping[str, Value]
    buffer: bytearray = field(default_factory=bytearray)
    found: Findings = field(init=False)

    def __post_init__(self) -> None:
        self.found = Findings(self.form.telegram, self.form.label)

    def write(self) -> tuple[bytes, tuple[Fault, ...]]:
        """Return the telegram, to be used only when there is no fault."""
        items = (*self.form.items, *self.form.trailer)
        given = Given(self.found, items, self.values)
        total = sum(
            item.width * (len(given.items(item)) if isinstance(item, Group) else 1)
            for item in items
        )
        given.fill({self.form.length: str(total - self.form.uncounted)})
        for item in items:
            if isinstance(item, Field):
                self._field(item, TOP, given.top, given.top)
                continue
            for index, values in enumerate(given.items(item)):
                for at in item.fields:
                    scope = ChainMap(values, given.top)
                    self._field(at, TOP.entry(item, index), values, scope)
        return bytes(self.buffer), tuple(self.found.faults)

    def _field(
        self, at: Field, place: Place, values: Mapping[str, Value], scope: Mapping[str, Value]
    ) -> None:
        value = values.get(at.id, "")
        raw = bytes(at.width)
        try:
            raw = at.charset.encode(at.write(text_of(value), scope))
        except Refused as refused:
            where = Bytes(len(self.buffer), at.width)
            self.found.refuse(place, at, where, refused, str(value))
        self.buffer += raw
