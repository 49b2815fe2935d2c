"""Encoding of the object forms."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram_specs.engine.faults import Refused
from telegram_specs.engine.fields import Field
from telegram_specs.engine.given import Given, text_of
from telegram_specs.engine.places import NOWHERE, TOP, Findings, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fields import Group
    from telegram_specs.engine.objectform import ObjectForm
    from telegram_specs.engine.values import Value

__all__ = ["ObjectWriter"]


@dataclass(slots=True)
class ObjectWriter:
    """One encoding: gathers the members that have a value."""

    form: ObjectForm
    values: Mapping[str, Value]
    found: Findings = field(init=False)

    def __post_init__(self) -> None:
        self.found = Findings(self.form.telegram, self.form.label)

    def write(self) -> tuple[bytes, tuple[Fault, ...]]:
        """Return the body, to be used only when there is no fault."""
        given = Given(self.found, self.form.items, self.values)
        members: dict[str, Any] = {}
        for item in self.form.items:
            if isinstance(item, Field):
                self._put(members, item, TOP, ChainMap(given.top))
            elif given.items(item) or not item.blank:
                members[item.id] = self._items(item, given)
        body = self.form.syntax.dump(members).encode("utf-8", "replace")
        return body, tuple(self.found.faults)

    def _items(self, group: Group, given: Given) -> list[dict[str, Any]]:
        items = []
        for index, values in enumerate(given.items(group)):
            scope = ChainMap(values, given.top)
            members: dict[str, Any] = {}
            for at in group.fields:
                self._put(members, at, TOP.entry(group, index), scope)
            items.append(members)
        return items

    def _put(
        self, members: dict[str, Any], at: Field, place: Place, scope: ChainMap[str, Value]
    ) -> None:
        """Put the member of a field, if any; its own value stands in the first scope."""
        value = scope.maps[0].get(at.id, "")
        try:
            text = at.write(text_of(value), scope)
            at.charset.encode(text)
        except Refused as refused:
            self.found.refuse(place, at, NOWHERE, refused, str(value))
            return
        if not text:
            return
        for name in at.inside:
            members = members.setdefault(name, {})
        members[at.id] = int(text) if at.number else text
