"""Bytes of a masked record as pieces to show: a hex dump for frames, the text for HTTP bodies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.masking import MaskedRecord

WIDTH = 16
HIDDEN = "**"
UNPRINTABLE = "·"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring bytes of one kind.

    `field` is the index of their field, None between fields; `hit` tells that a finding points
    at them; `text` is what to show.
    """

    text: str
    field: int | None
    hit: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class DumpRow:
    """Sixteen bytes from `offset` on, as hex and as characters."""

    offset: int
    hex: tuple[Piece, ...]
    gutter: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Byte:
    index: int
    value: int
    field: int | None
    hit: bool
    hidden: bool

    @property
    def kind(self) -> tuple[int | None, bool, bool]:
        return self.field, self.hit, self.hidden

    @property
    def hex(self) -> str:
        return HIDDEN if self.hidden else f"{self.value:02x}"

    @property
    def char(self) -> str:
        if self.hidden:
            return "*"
        return chr(self.value) if 0x20 <= self.value < 0x7F else UNPRINTABLE  # noqa: PLR2004


def hex_dump(masked: MaskedRecord, hits: Iterable[Span] = ()) -> tuple[DumpRow, ...]:
    """Return the rows of a hex dump; bytes of `hits` (offset, length) are marked."""
    known = _bytes(masked, hits)
    return tuple(
        DumpRow(start, tuple(_hex(known[start : start + WIDTH])), tuple(_gutter(row)))
        for start in range(0, len(known), WIDTH)
        for row in [known[start : start + WIDTH]]
    )


def body_text(masked: MaskedRecord, hits: Iterable[Span] = ()) -> tuple[Piece, ...]:
    """Return an HTTP body as text; what is no UTF-8 shows as U+FFFD."""
    pieces = []
    for (field, hit, hidden), group in groupby(_bytes(masked, hits), lambda byte: byte.kind):
        text = bytes(byte.value for byte in group).decode("utf-8", "replace")
        pieces.append(Piece(text, field, hit, hidden))
    return tuple(pieces)


def _bytes(masked: MaskedRecord, hits: Iterable[Span]) -> list[_Byte]:
    raw = masked.record.raw
    fields: list[int | None] = [None] * len(raw)
    for number, field in enumerate(masked.record.fields):
        for index in _within(raw, field.offset, field.length):
            fields[index] = number
    hit = {index for offset, length in hits for index in _within(raw, offset, max(length, 1))}
    return [
        _Byte(index, value, fields[index], index in hit, bool(masked.hidden[index]))
        for index, value in enumerate(raw)
    ]


def _within(raw: bytes, offset: int, length: int) -> range:
    return range(max(offset, 0), min(offset + length, len(raw)))


def _hex(row: list[_Byte]) -> Iterator[Piece]:
    """Yield pieces whose texts join to `00 01 … 07  08 … 0f`; gaps inside a piece belong to it."""
    for (field, hit, hidden), group in groupby(row, lambda byte: byte.kind):
        known = list(group)
        text = "".join(f"{_gap(byte, row)}{byte.hex}" for byte in known)
        gap = _gap(known[0], row)
        if gap:
            yield Piece(gap, None, hit=False, hidden=False)
        yield Piece(text.removeprefix(gap), field, hit, hidden)


def _gap(byte: _Byte, row: list[_Byte]) -> str:
    column = byte.index - row[0].index
    return "" if column == 0 else "  " if column == WIDTH // 2 else " "


def _gutter(row: list[_Byte]) -> Iterator[Piece]:
    for (field, hit, hidden), group in groupby(row, lambda byte: byte.kind):
        yield Piece("".join(byte.char for byte in group), field, hit, hidden)
