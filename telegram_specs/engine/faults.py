"""Faults: what is wrong with a telegram, as values that render themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from telegram_specs.engine.mask import mask

__all__ = ["RULES", "STRUCTURAL", "WHAT", "Fault", "Refused", "Rule", "printable"]

Rule: TypeAlias = Literal[
    "frame", "length", "end_mark", "kind", "charset", "padding", "const", "code", "check",
    "date", "time", "count", "when", "required", "extra", "json", "csv", "type", "size",
]  # fmt: skip
RULES: tuple[Rule, ...] = get_args(Rule)

STRUCTURAL: frozenset[Rule] = frozenset({"frame", "length", "end_mark", "count"})
"""After one of these nobody knows which bytes belong to which field."""

WHAT: dict[Rule, str] = {
    "frame": "broken frame",
    "length": "wrong length",
    "end_mark": "wrong end mark",
    "kind": "wrong kind of characters",
    "charset": "character outside the charset",
    "padding": "wrong padding",
    "const": "wrong constant",
    "code": "unknown code",
    "check": "wrong check digit",
    "date": "wrong date",
    "time": "wrong time",
    "count": "wrong number of items",
    "when": "condition not kept",
    "required": "value missing",
    "extra": "unknown item",
    "json": "broken text",
    "csv": "broken table",
    "type": "wrong type",
    "size": "wrong size",
}
"""What is wrong when a rule is broken; ``phrases`` has the Japanese."""


class Refused(Exception):  # noqa: N818 (never leaves the engine)
    """A rule refused a value; whoever knows the place turns it into a fault."""

    rule: Rule

    def __init__(self, rule: Rule, expected: str, actual: str | None = None) -> None:
        super().__init__(rule, expected, actual)
        self.rule = rule
        self.expected = expected
        self.actual = actual


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a telegram; secrets in it are masked already.

    Attributes:
        telegram: id of the spec.
        label: ``電文/項目`` for people.
        field: path of the field, such as ``codes[2].juminhyo_code``; empty for the whole telegram.
        offset: first byte, counted from 0; -1 for a value that has no bytes yet.
        length: bytes at fault; 0 where something is missing.
        rule: which rule was broken, one of RULES.
        expected: what the rule asks for.
        actual: what was there.
    """

    telegram: str
    label: str
    field: str
    offset: int
    length: int
    rule: Rule
    expected: str
    actual: str

    def __str__(self) -> str:
        where = f"{self.label}{_bytes(self.offset, self.length)}"
        return f"{where}: {WHAT[self.rule]}. expected {self.expected}, got {self.actual}"


def _bytes(offset: int, length: int) -> str:
    if offset < 0:
        return ""
    if length <= 1:
        return f" @ byte {offset}"
    return f" @ bytes {offset}–{offset + length - 1}"


def printable(text: str, *, secret: bool = False) -> str:
    """Return a text as a message may show it: masked, or with control characters spelled out."""
    if not text:
        return "nothing"
    if secret:
        return mask(text)
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char.isprintable() or char == "\u3000":
        return char
    return char.encode("unicode_escape").decode()
