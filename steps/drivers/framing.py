"""Framings: how a message of the control plane becomes bytes, and where it ends in a stream."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from steps.drivers import kv
from steps.drivers.protocol import DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FRAMINGS", "LONGEST", "Cutter", "Framing", "Raw", "too_long"]

LONGEST = 1_000_000
"""Bytes of the longest message."""


class Raw(dict[str, Any]):
    """A message that goes out as given bytes, to see what an adapter makes of them."""

    def __init__(self, data: bytes, seq: int) -> None:
        super().__init__(seq=seq, cmd="")
        self.data = data


@dataclass(frozen=True, slots=True)
class Framing:
    """One form of the messages.

    Attributes:
        name: as ``sut.yaml`` calls it.
        write: returns a message with its end.
        read: returns the message of some bytes; raises DriverError.
        blank_ends: True when a blank line ends a message, False when every line is one.
        typed: whether numbers and flags are told apart from texts.
    """

    name: str
    write: Callable[[Mapping[str, Any]], bytes]
    read: Callable[[bytes], dict[str, Any]]
    blank_ends: bool
    typed: bool

    def whole(self, data: bytes) -> bool:
        """Tell whether bytes hold a message to its end."""
        return bool(Cutter(self).feed(data))


class Cutter:
    """Cuts a stream into messages; of one that is too long it keeps nothing."""

    def __init__(self, framing: Framing) -> None:
        self._blank_ends = framing.blank_ends
        self._line = bytearray()
        self._lines = bytearray()
        self._overflow = False

    @property
    def rest(self) -> int:
        """How many bytes wait for the end of their message."""
        return len(self._lines) + len(self._line)

    def feed(self, data: bytes) -> list[bytes | None]:
        """Take bytes; return the messages that they end, None for one that is too long."""
        found: list[bytes | None] = []
        *ended, rest = data.split(b"\n")
        for piece in ended:
            self._take(piece)
            line = bytes(self._line) + b"\n"
            self._line.clear()
            blank = not line.strip()
            if self._blank_ends and not blank:
                self._lines += line
                continue
            if self._lines or self._overflow or not self._blank_ends:
                found.append(None if self._overflow else bytes(self._lines) + line)
            self._lines.clear()
            self._overflow = False
        self._take(rest)
        return found

    def _take(self, piece: bytes) -> None:
        if self._overflow or self.rest + len(piece) > LONGEST:
            self._overflow = True
            # What tells a blank line from others is kept, so that the end is found.
            filled = bool(self._line.strip() or piece.strip())
            self._lines.clear()
            self._line[:] = b"." * filled
            return
        self._line += piece


def too_long() -> DriverError:
    """Return the error for a message that is too long."""
    return DriverError(f"an answer of more than {LONGEST} bytes")


def _write_json(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode() + b"\n"


def _read_json(data: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        raise DriverError(
            "not a JSON object. expected one JSON object an answer, in UTF-8; "
            "write messages for people to stderr"
        ) from None
    if not isinstance(answer, dict):
        raise DriverError("not a JSON object. expected an object an answer")
    return answer


def _or_raw(write: Callable[[Mapping[str, Any]], bytes]) -> Callable[[Mapping[str, Any]], bytes]:
    def written(message: Mapping[str, Any]) -> bytes:
        return message.data if isinstance(message, Raw) else write(message)

    return written


FRAMINGS = {
    framing.name: framing
    for framing in (
        Framing("json", _or_raw(_write_json), _read_json, blank_ends=False, typed=True),
        Framing("kv", _or_raw(kv.write), kv.read, blank_ends=True, typed=False),
    )
}
