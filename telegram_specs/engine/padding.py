"""Padding: what fills a field that its value does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from telegram_specs.engine.faults import Refused

__all__ = ["AT_MOST", "IDEOGRAPHIC_SPACE", "SPACE", "WHOLE", "WHOLE_OR_NONE", "ZERO", "Padding"]


class Padding(Protocol):
    """The way between a value and the text of its whole field; Refused where there is none."""

    @property
    def blank(self) -> str:
        """The character that fills a field without a value, empty where nothing is filled."""
        ...

    def strip(self, text: str, size: int) -> str:
        """Return the value in the text of a whole field of ``size`` characters."""
        ...

    def fill(self, text: str, size: int) -> str:
        """Return the text of a whole field of ``size`` characters."""
        ...


@dataclass(frozen=True, slots=True)
class _Exact:
    """No padding: the value is as long as the field."""

    blank: str

    def strip(self, text: str, size: int) -> str:
        if len(text) != size:
            raise Refused("size", f"{size} characters", str(len(text)))
        return text

    fill = strip


@dataclass(frozen=True, slots=True)
class _AtMost:
    """No padding: the value is not longer than the field."""

    blank: str = ""

    def strip(self, text: str, size: int) -> str:
        if len(text) > size:
            raise Refused("size", f"at most {size} characters", str(len(text)))
        return text

    fill = strip


@dataclass(frozen=True, slots=True)
class _Right:
    """The value at the left, one character repeated at its right."""

    blank: str

    def strip(self, text: str, size: int) -> str:  # noqa: ARG002 (as wide as it is)
        return self._at_left(text.rstrip(self.blank))

    def fill(self, text: str, size: int) -> str:
        if len(text) > size:
            raise Refused("size", f"at most {size} characters", str(len(text)))
        if text.endswith(self.blank):
            raise Refused("padding", "no blank at the end of the value")
        return self._at_left(text).ljust(size, self.blank)

    def _at_left(self, value: str) -> str:
        if value.startswith(self.blank):
            raise Refused("padding", "no blank before the value")
        return value


@dataclass(frozen=True, slots=True)
class _LeftZero:
    """A number at the right, zeros at its left."""

    blank: str = " "

    def strip(self, text: str, size: int) -> str:  # noqa: ARG002 (as wide as it is)
        if " " in text:
            raise Refused("padding", "zeros at the left of the number")
        return text.lstrip("0") or "0"

    def fill(self, text: str, size: int) -> str:
        if len(text) > size:
            raise Refused("size", f"at most {size} digits", str(len(text)))
        if text != "0" and text.startswith("0"):
            raise Refused("padding", "a number without leading zeros")
        return text.rjust(size, "0")


WHOLE = _Exact(" ")
"""The value fills the field."""
WHOLE_OR_NONE = _Exact("")
"""Likewise, where a field without value is empty rather than blank."""
AT_MOST = _AtMost()
ZERO = _LeftZero()
SPACE = _Right(" ")
IDEOGRAPHIC_SPACE = _Right("\u3000")
