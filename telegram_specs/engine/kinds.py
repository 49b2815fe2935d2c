"""Kinds of fields: which texts a field may hold, once padding is gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from telegram_specs.engine.faults import Refused

__all__ = ["DIGITS", "FREE_TEXT", "FULL_WIDTH", "LINES", "PRINTABLE", "TIME", "Kind"]


class Kind(Protocol):
    """The way between the text on the wire and the value; Refused where there is none."""

    def read(self, text: str, /) -> str:
        """Return the value of a text."""
        ...

    def write(self, value: str, /) -> str:
        """Return the text of a value."""
        ...


@dataclass(frozen=True, slots=True)
class _Plain:
    """A kind whose values are its texts: a set of characters."""

    pattern: re.Pattern[str]
    expected: str

    def read(self, text: str) -> str:
        if not self.pattern.fullmatch(text):
            raise Refused("kind", self.expected)
        return text

    write = read


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day, hhmmss."""

    pattern: re.Pattern[str]

    def read(self, text: str) -> str:
        DIGITS.read(text)
        if not self.pattern.fullmatch(text):
            raise Refused("time", "hhmmss from 000000 to 235959")
        return text

    write = read


# [0-9] and not \d or isdigit(), which take full-width and superscript digits for digits.
DIGITS = _Plain(re.compile(r"[0-9]+"), "digits")
PRINTABLE = _Plain(re.compile(r"[\x20-\x7e]+"), "half-width characters")
FULL_WIDTH = _Plain(
    re.compile(r"[^\x00-\x7f\x80-\x9f\uff61-\uff9f\uffe8-\uffee]+"), "full-width characters"
)
FREE_TEXT = _Plain(re.compile(r"[^\x00-\x1f\x7f-\x9f]+"), "text without control characters")
LINES = _Plain(
    re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+"),
    "text without control characters but tabs and line ends",
)
TIME = _Clock(re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"))
