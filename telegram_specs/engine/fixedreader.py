"""Decoding of the fixed form."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from telegram_specs.engine.faults import STRUCTURAL, Refused
from telegram_specs.engine.fields import Field, Group
from telegram_specs.engine.mask import mask
from telegram_specs.engine.places import TOP, Bytes, Findings, Place
from telegram_specs.engine.values import Decoded

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fields import Item
    from telegram_specs.engine.fixedform import FixedForm
    from telegram_specs.engine.values import Value

__all__ = ["FixedReader"]


@dataclass(slots=True)
class FixedReader:
    """One decoding: walks through the data, field by field.

    ``sound`` holds the values without a fault; conditions and counts look only at those.
    """

    form: FixedForm
    data: bytes
    at: int = 0
    values: dict[str, Value] = field(default_factory=dict)
    sound: dict[str, Value] = field(default_factory=dict)
    found: Findings = field(init=False)
    body_end: int = field(init=False)

    def __post_init__(self) -> None:
        self.found = Findings(self.form.telegram, self.form.label)
        trailer = sum(field.width for field in self.form.trailer)
        self.body_end = max(len(self.data) - trailer, 0)

    def read(self) -> Decoded:
        """Return what the data hold."""
        items = self.form.items
        for index, item in enumerate(items):
            if isinstance(item, Group):
                self._group(item, items[index + 1 :])
            elif not self._field(item, TOP, self.values, self.sound):
                break
        self._surplus()
        self._trailer()
        return Decoded(self.values, self._faults(), tuple(self.found.spans))

    def _field(
        self, at: Field, place: Place, values: dict[str, Value], sound: MutableMapping[str, Value]
    ) -> bool:
        """Read one field; False when the data end inside it."""
        where = Bytes(self.at, at.width)
        raw = self.data[self.at : min(self.at + at.width, self.body_end)]
        if len(raw) < at.width:
            self._cut(at, place, len(raw))
            return False
        text = ""
        try:
            text = at.charset.decode(raw)
            value = at.read(text, sound)
            if at.id == self.form.length:
                self._check_length(value)
            sound[at.id] = value
        except Refused as refused:
            value = text.strip(at.padding.blank)
            if not text:  # the charset could not read it
                refused.actual, value = f"{at.width} bytes", raw.hex(" ")
            self.found.refuse(place, at, where, refused, text)
        values[at.id] = value
        self.found.span(place, at, where)
        self.at += at.width
        return True

    def _check_length(self, declared: str) -> None:
        counted = len(self.data) - self.form.uncounted
        if int(declared) != counted:
            raise Refused("length", f"{counted}, the bytes of the telegram", declared)

    def _cut(self, at: Field, place: Place, there: int) -> None:
        """Note a field that the data end in, unless the declared length has told it already."""
        if not self._length_is_told():
            refused = Refused("length", f"{at.width} bytes", str(there))
            self.found.refuse(place, at, Bytes(self.at, there), refused, "")
        self.at = self.body_end

    def _group(self, group: Group, rest: tuple[Item, ...]) -> None:
        """Read the items of a repetition: as many as are there, whatever the count says."""
        items: list[dict[str, Value]] = []
        for index in range(self._items(group, rest)):
            values: dict[str, Value] = {}
            scope: ChainMap[str, Value] = ChainMap({}, self.sound)
            for at in group.fields:
                self._field(at, TOP.entry(group, index), values, scope)
            items.append(values)
        self.values[group.id] = items

    def _items(self, group: Group, rest: tuple[Item, ...]) -> int:
        """Return how many items to read, and note a count that does not agree with the data."""
        assert group.count
        room = self.body_end - self.at - sum(i.width for i in rest if isinstance(i, Field))
        there = max(room, 0) // group.width
        last = not any(isinstance(item, Group) for item in rest)
        if group.count not in self.sound:
            return there if last else 0
        declared = int(str(self.sound[group.count]))
        if declared > group.max:
            self._refuse_count(group, f"at most {group.max}", declared)
        elif (declared > there or (last and declared < there)) and not self._length_is_told():
            self._refuse_count(group, f"{there}, the items that are there", declared)
        return there if last else min(declared, there)

    def _refuse_count(self, group: Group, expected: str, declared: int) -> None:
        span = next(span for span in self.found.spans if span.field == group.count)
        counter = next(item for item in self.form.items if item.id == group.count)
        where = Bytes(span.offset, span.length)
        self.found.add(TOP.of(counter), where, "count", expected, str(declared))

    def _surplus(self) -> None:
        """Note bytes between the last field and the end mark."""
        surplus = Bytes(self.at, self.body_end - self.at)
        if surplus.length > 0 and not self._length_is_told():
            expected, actual = f"the end mark at byte {self.at}", f"{surplus.length} bytes more"
            self.found.add(TOP, surplus, "length", expected, actual)

    def _trailer(self) -> None:
        self.at = self.body_end
        for at in self.form.trailer:
            where = Bytes(self.at, min(at.width, len(self.data) - self.at))
            raw = self.data[self.at : self.at + at.width]
            if raw != at.charset.encode(at.const or ""):
                refused = Refused("end_mark", str(at.const), f"{len(raw)} other bytes")
                self.found.refuse(TOP, at, where, refused, "")
            self.values[at.id] = raw.decode("latin-1")
            self.found.span(TOP, at, where)
            self.at += len(raw)

    def _length_is_told(self) -> bool:
        return any(fault.rule == "length" for fault in self.found.faults)

    def _faults(self) -> tuple[Fault, ...]:
        """Return the faults by place.

        Where fields may have shifted, any of them may show a secret, and is masked.
        """
        faults = sorted(self.found.faults, key=lambda fault: fault.offset)
        if not any(fault.rule in STRUCTURAL for fault in faults):
            return tuple(faults)
        return tuple(
            fault
            if fault.rule in STRUCTURAL or fault.offset < self.form.header_width
            else replace(fault, actual=mask(fault.actual))
            for fault in faults
        )
