"""Places in a telegram: collects spans and faults while a codec walks through the fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from telegram_specs.engine.faults import Fault, Refused, Rule, printable
from telegram_specs.engine.values import Span

if TYPE_CHECKING:
    from telegram_specs.engine.fields import Field, Group, Item

__all__ = ["NOWHERE", "TOP", "Bytes", "Findings", "Place"]


class Bytes(NamedTuple):
    """Bytes of a telegram: the first one, and how many."""

    offset: int
    length: int


NOWHERE = Bytes(-1, 0)
"""The place of a value that has no bytes yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by path and label: of a field, of an item of a repetition, or of the whole."""

    path: str = ""
    label: str = ""

    def of(self, item: Item) -> Place:
        """Return the place of a field or repetition here."""
        return self.named(item.id, item.label)

    def named(self, name: str, label: str) -> Place:
        """Return the place of something here that is no field."""
        if not self.path:
            return Place(name, label)
        return Place(f"{self.path}.{name}", f"{self.label}/{label}")

    def entry(self, group: Group, index: int) -> Place:
        """Return the place of one item of a repetition here."""
        return self.named(f"{group.id}[{index}]", f"{group.label}[{index}]")


TOP = Place()


@dataclass(slots=True)
class Findings:
    """Spans and faults of one telegram, in the order in which they were met."""

    telegram: str
    label: str
    spans: list[Span] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, place: Place, where: Bytes, rule: Rule, expected: str, actual: str) -> None:
        """Note a fault."""
        label = f"{self.label}/{place.label}" if place.label else self.label
        self.faults.append(Fault(self.telegram, label, place.path, *where, rule, expected, actual))

    def refuse(self, place: Place, at: Field, where: Bytes, refused: Refused, text: str) -> None:
        """Note that a rule refused the text of a field; a secret one is masked here."""
        actual = refused.actual or printable(text, secret=at.secret)
        self.add(place.of(at), where, refused.rule, refused.expected, actual)

    def span(self, place: Place, at: Field, where: Bytes) -> None:
        """Note where a field stands."""
        path = f"{place.path}.{at.id}" if place.path else at.id
        self.spans.append(Span(path, *where))
