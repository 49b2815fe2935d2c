"""A packet file as conversations: connections told apart, reassembled, cut into messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from steps.capture.conversation import Conversation
from steps.capture.model import Item, Origin, Trouble
from steps.capture.packets import BrokenFile, read_packets
from steps.capture.reassembly import Arrived, Reassembly
from steps.capture.segments import Skipped, segment_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.capture.mapping import CaptureMap
    from steps.capture.packets import Packet
    from steps.capture.reassembly import Piece
    from steps.capture.segments import Address, Segment
    from telegram_specs import Profile

__all__ = ["PacketFile"]

MOST_OPEN = 4096
"""Connections followed at a time; the one that was silent longest is closed for a new one."""


@dataclass(slots=True)
class _Connection:
    number: int
    ends: tuple[Address, Address]
    talk: Conversation | None
    halves: tuple[Reassembly, Reassembly] = field(
        default_factory=lambda: (Reassembly(), Reassembly())
    )
    over: list[bool] = field(default_factory=lambda: [False, False])
    done: bool = False
    time_ms: int = 0


class PacketFile:
    """Reads one packet file."""

    def __init__(self, name: str, file: BinaryIO, profile: Profile, known: CaptureMap) -> None:
        self._name, self._file, self._profile, self._map = name, file, profile, known
        self._open: dict[frozenset[Address], _Connection] = {}
        self._count = 0

    def items(self) -> Iterator[Item]:
        """Yield what the file holds, in the order in which it became complete."""
        try:
            for packet in read_packets(self._file):
                yield from self._packet(packet)
        except BrokenFile as error:
            yield Trouble("unreadable", Origin(self._name, offset=self._file.tell()), str(error))
        for connection in self._open.values():
            yield from self._finish(connection)

    def _packet(self, packet: Packet) -> Iterator[Item]:
        where = Origin(self._name, packet.number, 0, packet.time_ns // 1_000_000)
        segment = segment_of(packet)
        if isinstance(segment, Skipped):
            yield Trouble(segment.kind, where, segment.text, len(packet.data))
            return
        if segment.missing:
            text = f"{segment.missing} bytes of the segment were not captured"
            yield Trouble("truncated", where, text, segment.missing)
        connection, items = self._connection(segment)
        yield from items
        if connection.talk is None:
            if segment.payload and not connection.done:
                connection.done = True
                text = f"{segment.source} - {segment.target}: not in the map"
                yield Trouble("foreign", where, text)
            return
        if connection.done:
            return  # a late copy of what was read
        side = connection.ends.index(segment.source)
        half = connection.halves[side]
        connection.time_ms = where.time_ms
        if segment.syn:
            half.start(segment.seq)
        else:
            before = half.conflicts
            pieces = half.feed(
                segment.seq,
                segment.payload,
                packet.number,
                missing=segment.missing,
                fin=segment.fin,
            )
            if half.conflicts > before:
                yield Trouble("conflict", where, "the segment says other bytes than before")
            yield from self._pieces(connection, side, pieces, where.time_ms)
        if half.ended and not connection.over[side]:
            connection.over[side] = True
            yield from connection.talk.end(side)
        if segment.rst or all(connection.over):
            yield from self._finish(connection)

    def _connection(self, segment: Segment) -> tuple[_Connection, list[Item]]:
        """Return the connection of a segment, a new one where a SYN begins another."""
        ends = (segment.source, segment.target)
        key = frozenset(ends)
        known = self._open.pop(key, None)
        items: list[Item] = []
        if known and segment.syn and not segment.ack and self._another(known, segment):
            items += self._finish(known)
            known = None
        if known is None:
            if len(self._open) >= MOST_OPEN:
                items += self._finish(self._open.pop(next(iter(self._open))))
            known = self._new(ends, begun=segment.syn)
        self._open[key] = known
        return known, items

    @staticmethod
    def _another(known: _Connection, segment: Segment) -> bool:
        """Tell whether a SYN opens a new connection and does not repeat that of this one."""
        return known.done or known.halves[known.ends.index(segment.source)].begins_elsewhere(
            segment.seq
        )

    def _new(self, ends: tuple[Address, Address], *, begun: bool) -> _Connection:
        self._count += 1
        found = self._map.listener(ends)
        if found is None and self._map.listeners:
            return _Connection(self._count, ends, None)
        listener = found[0] if found else None
        talk = Conversation(
            self._profile,
            self._name,
            (self._name, self._count),
            (str(ends[0]), str(ends[1])),
            spoken="tls" if listener and listener.spoken == "tls" else None,
            link=listener.link if listener else "",
            begun=begun,
        )
        return _Connection(self._count, ends, talk)

    def _pieces(
        self, connection: _Connection, side: int, pieces: list[Piece], time_ms: int
    ) -> Iterator[Item]:
        assert connection.talk is not None
        for piece in pieces:
            if isinstance(piece, Arrived):
                yield from connection.talk.feed(side, piece.data, piece.packet, time_ms)
            else:
                yield from connection.talk.gap(side, piece.size, piece.packet, time_ms)

    def _finish(self, connection: _Connection) -> Iterator[Item]:
        if connection.talk is None or connection.done:
            return
        connection.done = True
        for side in (0, 1):
            half = connection.halves[side]
            yield from self._pieces(connection, side, half.end(), connection.time_ms)
            if not connection.over[side]:
                connection.over[side] = True
                yield from connection.talk.end(side, finished=half.ended)
        connection.halves = (Reassembly(), Reassembly())
