"""Fields as compiled from YAML: one object per field, all its axes chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from telegram_specs.engine.checkdigit import verify
from telegram_specs.engine.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from telegram_specs.engine.charset import Charset
    from telegram_specs.engine.codes import CodeList
    from telegram_specs.engine.kinds import Kind
    from telegram_specs.engine.padding import Padding
    from telegram_specs.engine.values import Value

__all__ = ["Condition", "Field", "Group", "Item", "leaves"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is filled exactly when another one (``field``) has one of these values."""

    field: str
    label: str
    values: tuple[str, ...]

    def holds(self, scope: Mapping[str, Value]) -> bool | None:
        """Return whether the field must be filled, None when the other one could not be read."""
        other = scope.get(self.field)
        return None if other is None else other in self.values

    def __str__(self) -> str:
        return f"{self.label} is {' or '.join(self.values)}"


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of a telegram.

    Attributes:
        id: name in values; the last part of the path.
        label: official or Japanese name.
        type: letter of the spec language: ``9 X N T DATE TIME``.
        size: characters on the wire, the most of them where nothing is padded.
        kind, padding, charset: the rules of each axis.
        width: bytes on the fixed form.
        blank: whether the value may be empty.
        const: the only value, or None.
        codes: values and labels, and what stands on the wire for a value, or None.
        check: kind of check digit, or None.
        when: the condition under which it is filled, or None.
        substitute: whether characters outside the charset are replaced when encoding.
        number: whether it is a number in JSON.
        either: whether it may be a number in JSON as well as a text.
        inside: names of the JSON objects around it.
        secret: whether it is masked wherever it is shown.
        since, until: first and last edition of the layout that has it, or None.
        ref, doc: source and remark.
    """

    id: str
    label: str
    type: str
    size: int
    kind: Kind
    padding: Padding
    charset: Charset
    width: int
    blank: bool = False
    const: str | None = None
    codes: CodeList | None = None
    check: str | None = None
    when: Condition | None = None
    substitute: bool = False
    number: bool = False
    either: bool = False
    inside: tuple[str, ...] = ()
    secret: bool = False
    since: str | None = None
    until: str | None = None
    ref: str | None = None
    doc: str | None = None

    def read(self, text: str, scope: Mapping[str, Value]) -> str:
        """Return the value in the text of the whole field; Refused when a rule is broken.

        ``scope`` holds the values of the fields before it that could be read.
        """
        if not text.strip(self.padding.blank):
            self._allow_blank(scope)
            return ""
        self._allow_filled(scope)
        wire = self.kind.read(self.padding.strip(text, self.size))
        if self.codes is None:
            self._allow(wire)
            return wire
        value = self.codes.meant.get(wire, "")
        self._allow(value, self.codes.meant)
        return value

    def write(self, value: str, scope: Mapping[str, Value]) -> str:
        """Return the text of the whole field; Refused when a rule is broken."""
        if not value:
            self._allow_blank(scope)
            return self.padding.blank * self.size
        self._allow_filled(scope)
        text = self.kind.write(self.on_wire(value))
        if self.substitute:
            text = self.charset.substituted(text)
        filled = self.padding.fill(text, self.size)
        self._allow(value, self.codes or ())
        return filled

    def on_wire(self, value: str) -> str:
        """Return what stands on the wire for a value; itself where no code list says more."""
        return value if self.codes is None else self.codes.wire.get(value, value)

    def shown(self, text: str) -> str:
        """Return what stands on the wire with its meaning, if it has one."""
        return text if self.codes is None else self.codes.shown(text)

    def _allow(self, value: str, known: Iterable[str] = ()) -> None:
        if self.const is not None and value != self.const:
            raise Refused("const", self.on_wire(self.const))
        if self.codes is not None and value not in self.codes:
            raise Refused("code", f"one of {', '.join(known)}")
        if self.check is not None and not verify(self.check, value):
            raise Refused("check", f"a right check digit ({self.check})")

    def _allow_blank(self, scope: Mapping[str, Value]) -> None:
        if self.when:
            if self.when.holds(scope):
                raise Refused("when", f"a value, as {self.when}", "nothing")
        elif not self.blank:
            raise Refused("required", "a value", "nothing")

    def _allow_filled(self, scope: Mapping[str, Value]) -> None:
        if self.when and self.when.holds(scope) is False:
            raise Refused("when", f"nothing unless {self.when}")


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A repetition of fields: as many items as the field ``count`` says, at most ``max``."""

    id: str
    label: str
    fields: tuple[Field, ...]
    max: int
    count: str | None = None
    blank: bool = False

    @property
    def width(self) -> int:
        """Bytes of one item on the fixed form."""
        return sum(field.width for field in self.fields)


Item: TypeAlias = Field | Group


def leaves(items: tuple[Item, ...]) -> Iterator[tuple[str, str, Field]]:
    """Yield generic path, label and field of every field, those in repetitions included."""
    for item in items:
        if isinstance(item, Field):
            yield item.id, item.label, item
        else:
            for field in item.fields:
                yield f"{item.id}[].{field.id}", f"{item.label}/{field.label}", field
