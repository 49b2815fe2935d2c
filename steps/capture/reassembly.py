"""One direction of a TCP connection: segments in any order in, the stream and its gaps out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["Arrived", "Gap", "Piece", "Reassembly"]

HALF = 1 << 31
WHOLE = 1 << 32
MOST_WAITING = 4 * 1024 * 1024
"""Bytes kept for a hole to be filled; a sender has no larger window in practice."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The next bytes of the stream, and the packet that brought them."""

    data: bytes
    packet: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of the stream that the capture does not hold."""

    size: int
    packet: int


Piece: TypeAlias = Arrived | Gap


@dataclass(slots=True)
class Reassembly:
    """Puts segments in order; what is read already is never replaced by a later copy.

    A hole is given up, and told of as a gap, once ``most`` bytes wait behind it, or at the end.

    Attributes:
        most: bytes that may wait.
        conflicts: segments that said something else than earlier ones about the same place.
        begun: whether the SYN was seen, so that nothing is missing before the first byte.
        ended: whether everything up to the FIN was seen.
    """

    most: int = MOST_WAITING
    conflicts: int = 0
    begun: bool = False
    _first: int | None = None
    _next: int | None = None
    _waiting: dict[int, tuple[bytes, int, int]] = field(default_factory=dict)
    _held: int = 0
    _tail: bytes = b""
    _fin: int | None = None

    @property
    def ended(self) -> bool:
        """Whether every byte up to the FIN was seen."""
        return self._fin is not None and self._next == self._fin

    def start(self, seq: int) -> None:
        """Take the number of a SYN: the stream begins behind it."""
        self.begun = True
        self._first = seq
        if self._next is None:
            self._next = _after(seq, 1)

    def begins_elsewhere(self, seq: int) -> bool:
        """Tell whether a SYN with this number is not the one that began this direction."""
        return self._first != seq

    def feed(
        self, seq: int, data: bytes, packet: int, *, missing: int = 0, fin: bool = False
    ) -> list[Piece]:
        """Take one segment; return what has become readable.

        ``missing`` counts bytes of the segment, behind ``data``, that were not captured.
        """
        if self._next is None:
            self._next = seq
        if fin and self._fin is None:
            self._fin = _after(seq, len(data) + missing)
        if data or missing:
            self._keep(seq, data, missing, packet)
        found = self._ready()
        while self._held > self.most:
            found += [self._skip(), *self._ready()]
        return found

    def end(self) -> list[Piece]:
        """Give up every hole; return the rest of the stream."""
        found: list[Piece] = []
        while self._waiting:
            found += [self._skip(), *self._ready()]
        if self._fin is not None and self._next is not None:
            lacking = _ahead(self._fin, self._next)
            if lacking > 0:
                found.append(Gap(lacking, 0))
        return found

    def _keep(self, seq: int, data: bytes, missing: int, packet: int) -> None:
        assert self._next is not None
        old = -_ahead(seq, self._next)
        if old > 0:
            self._compare(seq, data)
            data, missing, seq = data[old:], missing - max(old - len(data), 0), self._next
            if not data and missing <= 0:
                return
        known = self._waiting.get(seq)
        if known and len(known[0]) + known[1] >= len(data) + missing:
            self.conflicts += not known[0].startswith(data)
            return
        if known:
            self.conflicts += not data.startswith(known[0])
            data = known[0] + data[len(known[0]) :]  # the first bytes seen are kept
        self._held += len(data) - (len(known[0]) if known else 0)
        self._waiting[seq] = (data, max(missing, 0), packet)

    def _compare(self, seq: int, data: bytes) -> None:
        """Count a repetition that differs, as far back as the stream is remembered."""
        assert self._next is not None
        back = -_ahead(seq, self._next)
        if back > len(self._tail):
            data, back = data[back - len(self._tail) :], len(self._tail)
        known = self._tail[len(self._tail) - back :][: len(data)]
        self.conflicts += known != data[: len(known)]

    def _ready(self) -> list[Piece]:
        found: list[Piece] = []
        assert self._next is not None
        while self._waiting:
            seq = min(self._waiting, key=lambda at: _ahead(at, self._next or 0))
            if _ahead(seq, self._next) > 0:
                break
            data, missing, packet = self._waiting.pop(seq)
            self._held -= len(data)
            old = -_ahead(seq, self._next)
            if old:
                self._compare(seq, data)
            fresh = data[old:]
            missing -= max(old - len(data), 0)
            self._advance(fresh)
            if fresh:
                found.append(Arrived(fresh, packet))
            if missing > 0:
                self._lack(missing, packet, found)
        return found

    def _lack(self, missing: int, packet: int, found: list[Piece]) -> None:
        """Tell of bytes cut off the end of a segment, unless another segment has them."""
        assert self._next is not None
        ahead = [_ahead(at, self._next) for at in self._waiting]
        size = min([missing, *(distance for distance in ahead if distance >= 0)])
        if size > 0:
            self._advance_over(size)
            found.append(Gap(size, packet))

    def _skip(self) -> Gap:
        assert self._next is not None
        seq = min(self._waiting, key=lambda at: _ahead(at, self._next or 0))
        size = _ahead(seq, self._next)
        self._advance_over(size)
        return Gap(size, self._waiting[seq][2])

    def _advance(self, data: bytes) -> None:
        assert self._next is not None
        self._next = _after(self._next, len(data))
        self._tail = (self._tail + data)[-65536:]

    def _advance_over(self, size: int) -> None:
        assert self._next is not None
        self._next = _after(self._next, size)
        self._tail = b""


def _after(seq: int, size: int) -> int:
    return (seq + size) % WHOLE


def _ahead(seq: int, other: int) -> int:
    """Return how far a number is ahead of another, negative behind; numbers go in a circle."""
    return (seq - other + HALF) % WHOLE - HALF
