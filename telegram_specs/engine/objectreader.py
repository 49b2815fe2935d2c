"""Decoding of the object forms."""

from __future__ import annotations

import re
from collections import ChainMap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from telegram_specs.engine.faults import Refused
from telegram_specs.engine.fields import Field
from telegram_specs.engine.jsontree import Node, TextError
from telegram_specs.engine.places import TOP, Bytes, Findings, Place
from telegram_specs.engine.values import Decoded

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from telegram_specs.engine.fields import Group, Item
    from telegram_specs.engine.objectform import ObjectForm
    from telegram_specs.engine.values import Value

__all__ = ["SAFE_NAME", "ObjectReader"]

Names: TypeAlias = "dict[str, Names]"

SAFE_NAME = re.compile(r"[A-Za-z_]{1,40}[0-9]{0,3}")
"""Names that may be shown when nobody knows them; any other may hold a secret."""


@dataclass(slots=True)
class ObjectReader:
    """One decoding: walks through the tree, field by field."""

    form: ObjectForm
    text: str = ""
    found: Findings = field(init=False)

    def __post_init__(self) -> None:
        self.found = Findings(self.form.telegram, self.form.label)

    def read(self, data: bytes) -> Decoded:
        """Return what a body holds."""
        values: dict[str, Value] = {}
        try:
            self.text = data.decode("utf-8")
            root = self.form.syntax.scan(self.text)
            self._members(self.form.items, root, TOP, values, {})
        except UnicodeDecodeError as error:
            where = Bytes(error.start, 1)
            self.found.add(TOP, where, "charset", "UTF-8", "another byte")
        except TextError as error:
            where = Bytes(self._byte(error.at), 0)
            self.found.add(TOP, where, self.form.syntax.rule, str(error), "something else")
        faults = sorted(self.found.faults, key=lambda fault: fault.offset)
        return Decoded(values, tuple(faults), tuple(self.found.spans))

    def _members(
        self,
        items: tuple[Item, ...],
        node: Node,
        place: Place,
        values: dict[str, Value],
        sound: MutableMapping[str, Value],
    ) -> None:
        if not isinstance(node.value, dict):
            self._refuse_shape(place, node, "an object")
            return
        for item in items:
            child, holder = _find(item, node)
            where = self._missing(holder) if child is None else self._bytes(child)
            if isinstance(item, Field):
                values[item.id] = self._field(item, child, where, place, sound)
            else:
                values[item.id] = self._group(item, child, where, sound)
        self._extras(_names(items), node, place)

    def _field(
        self,
        at: Field,
        node: Node | None,
        where: Bytes,
        place: Place,
        sound: MutableMapping[str, Value],
    ) -> str:
        text = ""
        try:
            if node is not None:
                self.found.span(place, at, where)
                text = _scalar(at, node)
            value = at.read(text, sound)
            at.charset.encode(value)
        except Refused as refused:
            told = refused if node or not at.inside else _inside(at, refused)
            self.found.refuse(place, at, where, told, text)
            return text
        sound[at.id] = value
        return value

    def _group(
        self, group: Group, node: Node | None, where: Bytes, sound: Mapping[str, Value]
    ) -> list[dict[str, Value]]:
        if node is None:
            if not group.blank:
                self.found.add(TOP.of(group), where, "required", "a value", "nothing")
            return []
        if not isinstance(node.value, list):
            self._refuse_shape(TOP.of(group), node, "a list")
            return []
        if len(node.value) > group.max:
            expected, actual = f"at most {group.max}", str(len(node.value))
            self.found.add(TOP.of(group), where, "count", expected, actual)
        items: list[dict[str, Value]] = []
        for index, child in enumerate(node.value):
            values: dict[str, Value] = {}
            scope: ChainMap[str, Value] = ChainMap({}, dict(sound))
            self._members(group.fields, child, TOP.entry(group, index), values, scope)
            items.append(values)
        return items

    def _extras(self, known: Names, node: Node, place: Place) -> None:
        """Note members that nobody knows, and objects that are none."""
        for name, inner in known.items():
            child = node.value.get(name)
            if inner and child and isinstance(child.value, dict):
                self._extras(inner, child, place.named(name, name))
            elif inner and child:
                self._refuse_shape(place.named(name, name), child, "an object")
        unknown = [(name, child) for name, child in node.value.items() if name not in known]
        for name, child in (*unknown, *node.repeated):
            shown = name if SAFE_NAME.fullmatch(name) else "?"
            expected = "an item once" if name in known else "an item of the telegram"
            place_of_it = place.named(shown, shown)
            self.found.add(place_of_it, self._bytes(child), "extra", expected, shown)

    def _refuse_shape(self, place: Place, node: Node, expected: str) -> None:
        self.found.add(place, self._bytes(node), "type", expected, node.shape)

    def _byte(self, char: int) -> int:
        """Return the byte at which a character begins."""
        return char if self.text.isascii() else len(self.text[:char].encode())

    def _bytes(self, node: Node) -> Bytes:
        start = self._byte(node.start)
        return Bytes(start, self._byte(node.end) - start)

    def _missing(self, parent: Node) -> Bytes:
        """Return the place of a member that is not there: where its object ends."""
        return Bytes(self._byte(max(parent.end - 1, parent.start)), 0)


def _inside(at: Field, refused: Refused) -> Refused:
    """Return the refusal of a missing member with the objects that it is looked for in."""
    return Refused(refused.rule, f"{refused.expected} inside {'/'.join(at.inside)}", refused.actual)


def _find(item: Item, node: Node) -> tuple[Node | None, Node]:
    """Return the node of an item, None where there is none, and the object that it belongs to."""
    for name in item.inside if isinstance(item, Field) else ():
        inner = node.value.get(name)
        if inner is None or not isinstance(inner.value, dict):
            return None, node
        node = inner
    return node.value.get(item.id), node


def _names(items: tuple[Item, ...]) -> Names:
    """Return the names of members; that of an object leads to the names inside it."""
    names: Names = {}
    for item in items:
        inside = names
        for name in item.inside if isinstance(item, Field) else ():
            inside = inside.setdefault(name, {})
        inside[item.id] = {}
    return names


def _scalar(at: Field, node: Node) -> str:
    shape = "a number" if at.number else "a text"
    if at.either and node.shape == "a number":
        return str(node.value)
    if node.shape != shape:
        raise Refused("type", shape, node.shape)
    return str(node.value)
