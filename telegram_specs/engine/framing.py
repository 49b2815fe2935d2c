"""Framing of the fixed form: cuts a stream of bytes into telegrams, whatever its pieces are.

Every byte of the stream ends up in exactly one frame or framing fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Event", "Frame", "Framer", "Frames", "FramingFault"]


_NUMBER = re.compile(rb"[0-9]+")


@dataclass(frozen=True)
class Frames:
    """What the framing knows of the telegrams of a profile.

    Attributes:
        length, telegram_id: offset and bytes of these header fields.
        header_width: bytes of the header.
        end_mark: the bytes at the end of every telegram, empty if there are none.
        max_length: bytes of the longest telegram.
        uncounted: bytes of a telegram that its declared length leaves out.
        telegrams: spec id by telegram id on the wire.
    """

    length: tuple[int, int]
    telegram_id: tuple[int, int]
    header_width: int
    end_mark: bytes
    max_length: int
    telegrams: Mapping[bytes, str]
    uncounted: int = 0

    @property
    def min_length(self) -> int:
        """Bytes of the shortest telegram."""
        return self.header_width + len(self.end_mark)

    @property
    def reach(self) -> int:
        """Bytes after which a header can be told from other bytes."""
        return max(sum(self.length), sum(self.telegram_id))

    def telegram(self, data: bytes | bytearray) -> str | None:
        """Return the spec id of the telegram that the header names, None if nobody knows it."""
        return self.telegrams.get(_slice(data, self.telegram_id))

    def declared(self, data: bytes | bytearray) -> int | None:
        """Return the bytes of the telegram by its declared length, None if that is no number."""
        text = _slice(data, self.length)
        whole = len(text) == self.length[1] and _NUMBER.fullmatch(text)
        return int(text) + self.uncounted if whole else None

    @cached_property
    def _headers(self) -> re.Pattern[bytes]:
        """Where a header may begin: a known telegram id, or a length behind an end mark.

        As look-aheads, to find those that begin inside another.
        """
        ids = b"|".join(re.escape(telegram) for telegram in self.telegrams) or b"(?!)"
        parts = sorted([(*self.length, b"[0-9]{%d}" % self.length[1]), (*self.telegram_id, ids)])
        known, at = b"", 0
        for offset, length, part in parts:
            known += b".{%d}(?:%s)" % (offset - at, part)
            at = offset + length
        behind = b"(?<=%s)" % re.escape(self.end_mark) if self.end_mark else b"(?!)"
        digits = b".{%d}[0-9]{%d}" % self.length
        return re.compile(b"(?=%s)|%s(?=%s)" % (known, behind, digits), re.DOTALL)

    def header_in(
        self, data: bytes | bytearray, start: int, likely: int | None = None
    ) -> int | None:
        """Return where, from ``start`` on, the first header begins.

        At the ``likely`` place a sound length is enough.
        """
        places = {found.start() for found in self._headers.finditer(data, start)}
        for place in sorted(places if likely is None else places | {likely}):
            declared = self.declared(data[place : place + sum(self.length)]) or 0
            if self.min_length <= declared <= self.max_length:
                return place
        return None


def _slice(data: bytes | bytearray, place: tuple[int, int]) -> bytes:
    offset, length = place
    return bytes(data[offset : offset + length])


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole telegram; ``offset`` counts from the start of the stream."""

    raw: bytes
    offset: int

    def __repr__(self) -> str:
        return f"Frame({len(self.raw)} bytes at {self.offset})"


@dataclass(frozen=True, slots=True)
class FramingFault:
    """Bytes of the stream that are no telegram.

    Attributes:
        raw: the bytes; they may hold secrets.
        offset: their place in the stream.
        text: what is wrong with them.
        fatal: whether the connection must be closed, as nothing tells where the next one begins.
    """

    raw: bytes
    offset: int
    text: str
    fatal: bool

    def __repr__(self) -> str:
        return f"FramingFault({len(self.raw)} bytes at {self.offset}: {self.text})"

    def __str__(self) -> str:
        return self.text


Event: TypeAlias = Frame | FramingFault


class Framer:
    """Cuts one direction of one connection; feed it bytes, it returns what has become complete."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._buffer = bytearray()
        self._offset = 0
        self._lost = False
        self._told = 0  # bytes at the start of the buffer that a fault has told of
        self._likely: int | None = None  # where the next header should begin, if that is known

    def feed(self, data: bytes) -> list[Event]:
        """Take the next bytes of the stream; return the frames and faults that they complete."""
        self._buffer += data
        events: list[Event] = []
        while (event := self._next()) is not None:
            events.append(event)
        return events

    def end(self) -> FramingFault | None:
        """Take the end of the stream; return what is wrong with the bytes left over."""
        end = len(self._buffer)
        if end == self._told:
            return None
        what, expected = self._strange(end) if self._lost else self._unfinished()
        return self._fault(end, what, expected, fatal=True)

    def _next(self) -> Event | None:
        return self._skipped() if self._lost else self._telegram()

    def _skipped(self) -> Event | None:
        """Go on at the next header, if one is there; first tell of what was skipped for it."""
        following = self._frames.header_in(self._buffer, 0, self._likely)
        end = len(self._buffer)
        if following is None:
            too_many = end - self._told > self._frames.max_length
            return self._lose(end, *self._strange(end), fatal=True) if too_many else None
        self._lost = False
        if following > self._told:
            return self._fault(following, *self._strange(following), fatal=False)
        self._drop(following)
        return self._telegram()

    def _telegram(self) -> Event | None:
        if len(self._buffer) < sum(self._frames.length):
            return None
        declared = self._frames.declared(self._buffer)
        wrong = self._wrong_length(declared)
        if wrong:
            return self._no_length(*wrong)
        assert declared is not None
        if len(self._buffer) < declared:
            return None
        if not self._buffer[:declared].endswith(self._frames.end_mark):
            return self._no_end_mark(declared)
        frame = Frame(bytes(self._buffer[:declared]), self._offset)
        self._drop(declared)
        return frame

    def _wrong_length(self, declared: int | None) -> tuple[str, str] | None:
        frames = self._frames
        if declared is None:
            return "the declared length is no number", f"{frames.length[1]} digits, got others"
        if declared < frames.min_length:
            expected = f"at least {frames.min_length}, got {declared}"
            return "declared shorter than header and end mark", expected
        if declared > frames.max_length:
            expected = f"at most {frames.max_length}, got {declared}"
            return "declared longer than any telegram", expected
        return None

    def _no_length(self, what: str, expected: str) -> FramingFault:
        following = self._frames.header_in(self._buffer, 1)
        if following is None:
            return self._lose(len(self._buffer), what, expected, fatal=True)
        return self._fault(following, what, expected, fatal=False)

    def _no_end_mark(self, declared: int) -> FramingFault:
        following = self._frames.header_in(self._buffer, 1, declared)
        end = len(self._buffer) if following is None else following
        if end != declared and self._buffer[:end].endswith(self._frames.end_mark):
            what, expected = _differs(end, declared)
        else:
            end = declared if following is None else following
            place = declared - len(self._frames.end_mark)
            what = "no end mark where the declared length ends"
            expected = f"it at byte {place}, got other bytes"
        if following is None:
            fault = self._lose(end, what, expected, fatal=False)
            self._likely = self._told if end == declared else None
            return fault
        return self._fault(end, what, expected, fatal=False)

    def _strange(self, end: int) -> tuple[str, str]:
        return f"{end - self._told} bytes between telegrams", "a header, got bytes that are none"

    def _unfinished(self) -> tuple[str, str]:
        """Return what is wrong with a telegram in which the stream ends, and what was expected."""
        there = len(self._buffer)
        if there < self._frames.header_width:
            width = self._frames.header_width
            return "the stream ends in the header", f"{width} bytes, got {there}"
        declared = self._frames.declared(self._buffer) or 0
        if self._buffer.endswith(self._frames.end_mark):
            return _differs(there, declared)
        return "the stream ends in the telegram", f"{declared} bytes, got {there}"

    def _lose(self, end: int, what: str, expected: str, *, fatal: bool) -> FramingFault:
        """Tell of the bytes up to ``end``, and go on to look for a header.

        It may have begun in the last bytes told of, so that these are kept.
        """
        fault = self._tell(end, what, expected, fatal=fatal)
        kept = min(self._frames.reach - 1 + len(self._frames.end_mark), end - 1)
        self._drop(end - kept)
        self._lost, self._told = True, kept
        return fault

    def _fault(self, end: int, what: str, expected: str, *, fatal: bool) -> FramingFault:
        """Tell of the bytes up to ``end``, and go on behind them."""
        fault = self._tell(end, what, expected, fatal=fatal)
        self._drop(end)
        return fault

    def _tell(self, end: int, what: str, expected: str, *, fatal: bool) -> FramingFault:
        offset = self._offset + self._told
        text = f"frame @ byte {offset}: {what}. expected {expected}"
        return FramingFault(bytes(self._buffer[self._told : end]), offset, text, fatal)

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._offset += count
        self._told = 0
        self._likely = None


def _differs(there: int, declared: int) -> tuple[str, str]:
    """Return how a telegram of ``there`` bytes differs from its declared length."""
    more = (
        f"{there - declared} bytes more" if there > declared else f"{declared - there} bytes fewer"
    )
    return f"{more} than declared", f"{declared} bytes, got {there}"
