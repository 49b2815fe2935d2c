"""Charsets: the way between characters and their bytes. Nothing is ever normalised.

A table of 16-bit codes is data (``charsets/*.yaml``), so that a private profile can bring its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, Protocol

from telegram_specs.engine.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["ASCII", "CP932", "UTF8", "Charset", "Table"]


class Charset(Protocol):
    """A named way between text and bytes; Refused where there is none."""

    @property
    def name(self) -> str:
        """The name in YAML."""
        ...

    @property
    def width(self) -> int:
        """Bytes of one character, 0 when that differs from character to character."""
        ...

    @property
    def stray(self) -> bytes:
        """Bytes as wide as a character that are read as none, empty where all are."""
        ...

    def decode(self, raw: bytes) -> str:
        """Return the text of whole characters."""
        ...

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text."""
        ...

    def substituted(self, text: str) -> str:
        """Return the text with a substitute for every character that has no bytes."""
        ...


@dataclass(frozen=True, slots=True)
class _Half:
    """Half-width characters, one byte each; which of them are allowed is decided by the kind."""

    name: str = "ascii"
    width: int = 1
    stray: bytes = b""

    def decode(self, raw: bytes) -> str:
        return raw.decode("latin-1")

    def encode(self, text: str) -> bytes:
        return text.encode("ascii")

    def substituted(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class _Utf8:
    """UTF-8, of the JSON links."""

    name: str = "utf-8"
    width: int = 0
    stray: bytes = b"\xff"

    def decode(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused("charset", f"UTF-8 (not byte {error.start + 1})") from None

    def encode(self, text: str) -> bytes:
        try:
            return text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise _outside(self.name, error.start) from None

    def substituted(self, text: str) -> str:
        return text.encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class _Cp932:
    """Shift_JIS as Windows has it, for characters of two bytes.

    Some mappings differ from those of JIS (the wave dash, for one): such a character would come
    back as another one and is refused. Some characters have two codes; both are read, and the one
    that Windows prefers is written.
    """

    name: str = "cp932"
    width: int = 2
    substitute: str = "〓"
    stray: bytes = b"\x85\x40"

    def decode(self, raw: bytes) -> str:
        try:
            text = raw.decode("cp932")
        except UnicodeDecodeError as error:
            raise Refused("charset", f"cp932 (not byte {error.start + 1})") from None
        for index, char in enumerate(text):
            if char in _CP932_SINGLE:
                raise _outside(self.name, index)
        return text

    def encode(self, text: str) -> bytes:
        codes = [_cp932(char) for char in text]
        if None in codes:
            raise _outside(self.name, codes.index(None))
        return b"".join(filter(None, codes))

    def substituted(self, text: str) -> str:
        return "".join(char if _cp932(char) else self.substitute for char in text)


def _cp932(char: str) -> bytes | None:
    code = _CP932_IBM.get(char) or char.encode("cp932", "ignore")
    return code if len(code) == _WIDE and code.decode("cp932") == char else None


def _ibm_codes() -> Iterator[tuple[str, bytes]]:
    """Yield the characters that Windows writes with IBM's code and Python with NEC's."""
    for code in (bytes(pair) for pair in product(range(0xFA, 0xFD), range(0x40, 0xFD))):
        char = code.decode("cp932", "ignore")
        if len(char) == 1 and char.encode("cp932")[0] in {0xED, 0xEE}:
            yield char, code


_WIDE = 2
_CODES = 0x10000
_CP932_SINGLE = "\uf8f0\uf8f1\uf8f2\uf8f3"
"""What Python reads single bytes as that have no character."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of 16-bit codes.

    Attributes:
        same: texts of characters whose codes agree with UCS.
        to_text: the code points of the other codes, by code.
        to_code: the same the other way.
        unmapped: first and last code of ranges without characters in UCS, and what is there.
        substitute: the character to write in place of one that has no code.
    """

    name: str
    same: re.Pattern[str]
    to_text: Mapping[int, int]
    to_code: Mapping[int, int]
    unmapped: tuple[tuple[int, int, str], ...]
    substitute: str
    width: int = 2

    @classmethod
    def build(
        cls,
        name: str,
        ranges: Iterable[tuple[int, int]],
        pairs: Mapping[int, int],
        unmapped: Iterable[tuple[int, int, str]],
        substitute: int,
    ) -> Table:
        """Compile a table: ranges that agree with UCS, pairs of code and code point, the rest."""
        letters = "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)
        same = re.compile(f"[{letters}]*")
        to_code = {point: code for code, point in pairs.items()}
        return cls(name, same, dict(pairs), to_code, tuple(unmapped), chr(substitute))

    @property
    def stray(self) -> bytes:
        """A code without character, where there is one of a range that is known to have none."""
        codes = chain((first for first, _, _ in self.unmapped), range(_CODES))
        free = (code for code in codes if not self._reads(code))
        return next((code.to_bytes(2, "big") for code in free), b"")

    def decode(self, raw: bytes) -> str:
        """Return the text of 16-bit codes."""
        text = raw.decode("utf-16-be", "surrogatepass")
        if self.same.fullmatch(text):
            return text
        codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
        text = "".join(chr(self.to_text.get(code, code)) for code in codes)
        for index, code in enumerate(codes):
            if not self._reads(code):
                raise _outside(self.name, index, self._label(code))
        return text

    def encode(self, text: str) -> bytes:
        """Return the 16-bit codes of a text."""
        if self.same.fullmatch(text):
            return text.encode("utf-16-be")
        for index, char in enumerate(text):
            if not self._has(char):
                raise _outside(self.name, index)
        return text.translate(self.to_code).encode("utf-16-be")

    def substituted(self, text: str) -> str:
        """Return the text with the substitute for every character that has no code."""
        return "".join(char if self._has(char) else self.substitute for char in text)

    def _label(self, code: int) -> str:
        labels = (label for first, last, label in self.unmapped if first <= code <= last)
        return next(labels, "")

    def _reads(self, code: int) -> bool:
        return code in self.to_text or self.same.fullmatch(chr(code)) is not None

    def _has(self, char: str) -> bool:
        return ord(char) in self.to_code or self.same.fullmatch(char) is not None


def _outside(name: str, index: int, label: str = "") -> Refused:
    what = f"not character {index + 1}" + (f", {label}" if label else "")
    return Refused("charset", f"characters of {name} ({what})")


_CP932_IBM = dict(_ibm_codes())
ASCII = _Half()
UTF8 = _Utf8()
CP932 = _Cp932()
