"""The caller's values for one encoding: shape checked, what follows from the spec filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from telegram_specs.engine.faults import Refused
from telegram_specs.engine.fields import Field, Group
from telegram_specs.engine.places import NOWHERE, TOP, Findings, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram_specs.engine.fields import Item
    from telegram_specs.engine.values import Value

__all__ = ["Given", "text_of"]


class Given:
    """Values by field; constants and counts need not be given, unknown names are faults."""

    def __init__(self, found: Findings, items: Iterable[Item], values: Mapping[str, Value]) -> None:
        self._found = found
        known = {item.id: item for item in items}
        groups = [item for item in known.values() if isinstance(item, Group)]
        self.top = self._fields(known.values(), values, TOP)
        self._items = {group.id: self._list(group, values.get(group.id)) for group in groups}
        for group in groups:
            self._count(group, known)

    def items(self, group: Group) -> list[dict[str, Value]]:
        """Return the values of each item of a repetition."""
        return self._items[group.id]

    def fill(self, derived: Mapping[str, Value]) -> None:
        """Set values that follow from the others, whatever was given."""
        self.top.update(derived)

    def _fields(
        self, items: Iterable[Item], values: Mapping[str, Value], place: Place
    ) -> dict[str, Value]:
        known = {item.id: item for item in items}
        for name in values:
            if name not in known:
                expected = "an item of the telegram"
                self._found.add(place.named(name, name), NOWHERE, "extra", expected, name)
        consts: dict[str, Value] = {
            item.id: item.const
            for item in known.values()
            if isinstance(item, Field) and item.const is not None
        }
        return consts | {name: value for name, value in values.items() if name in known}

    def _list(self, group: Group, value: Any) -> list[dict[str, Value]]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            actual = type(value).__name__
            self._found.add(TOP.of(group), NOWHERE, "type", "a list of items", actual)
            return []
        if len(value) > group.max:
            expected, actual = f"at most {group.max}", str(len(value))
            self._found.add(TOP.of(group), NOWHERE, "count", expected, actual)
        return [
            self._fields(group.fields, item, TOP.entry(group, index))
            for index, item in enumerate(value)
        ]

    def _count(self, group: Group, known: Mapping[str, Item]) -> None:
        if group.count is None:
            return
        there = str(len(self._items[group.id]))
        declared = self.top.setdefault(group.count, there)
        if declared != there:
            place = TOP.of(known[group.count])
            self._found.add(place, NOWHERE, "count", there, str(declared))


def text_of(value: Any) -> str:
    """Return a value that is a text; Refused otherwise."""
    if not isinstance(value, str):
        raise Refused("type", "a text", type(value).__name__)
    return value
