"""JSON with places: a scan that knows which characters each value came from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["Node", "Number", "TextError", "scan"]

_SPACE = re.compile(r"[ \t\n\r]*")
_DEEPEST = 32


class Number(str):
    """A number as it was written."""

    __slots__ = ()


class TextError(ValueError):
    """The text is not of its form; ``at`` is the character where that shows."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Node:
    """One value: text, Number, True, False, None, ``dict`` of nodes or ``list`` of nodes.

    ``start`` and ``end`` count characters; ``repeated`` holds the nodes of keys given twice.
    """

    value: Any
    start: int
    end: int
    repeated: tuple[tuple[str, Node], ...] = ()

    @property
    def shape(self) -> str:
        """What kind of value it is, for messages."""
        return _SHAPES.get(type(self.value), "true, false or null")


_SHAPES: dict[type, str] = {dict: "an object", list: "a list", str: "a text", Number: "a number"}


def _no_constant(name: str) -> Any:
    raise ValueError(f"a JSON value, not {name}")


_DECODER = json.JSONDecoder(
    parse_int=Number, parse_float=Number, parse_constant=_no_constant
)  # numbers stay text: nothing is rounded, and none is too long


def scan(text: str) -> Node:
    """Return the tree of a whole JSON text; TextError otherwise."""
    node = _value(text, _skip(text, 0), 0)
    end = _skip(text, node.end)
    if end != len(text):
        raise TextError("the end of the text", end)
    return node


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    assert found
    return found.end()


def _value(text: str, at: int, depth: int) -> Node:
    if depth > _DEEPEST:
        raise TextError(f"at most {_DEEPEST} levels", at)
    if text[at : at + 1] == "{":
        return _object(text, at, depth)
    if text[at : at + 1] == "[":
        return _array(text, at, depth)
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise TextError("a JSON value", min(error.pos, len(text))) from None
    except ValueError as error:
        raise TextError(str(error), at) from None
    return Node(value, at, end)


def _object(text: str, start: int, depth: int) -> Node:
    members: dict[str, Node] = {}
    repeated: list[tuple[str, Node]] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "}" or members:
        key, at = _key(text, at)
        node = _value(text, _skip(text, _expect(text, at, ":")), depth + 1)
        if key in members:
            repeated.append((key, node))
        else:
            members[key] = node
        at = _skip(text, node.end)
        if text[at : at + 1] == "}":
            break
        at = _skip(text, _expect(text, at, ","))
    return Node(members, start, at + 1, tuple(repeated))


def _array(text: str, start: int, depth: int) -> Node:
    nodes: list[Node] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "]" or nodes:
        node = _value(text, at, depth + 1)
        nodes.append(node)
        at = _skip(text, node.end)
        if text[at : at + 1] == "]":
            break
        at = _skip(text, _expect(text, at, ","))
    return Node(nodes, start, at + 1)


def _key(text: str, at: int) -> tuple[str, int]:
    start = _expect(text, at, '"') - 1
    node = _value(text, start, 0)
    return str(node.value), node.end


def _expect(text: str, at: int, char: str) -> int:
    """Return the place behind a character, blanks before it skipped."""
    at = _skip(text, at)
    if text[at : at + 1] != char:
        raise TextError(f"`{char}`", at)
    return at + 1
