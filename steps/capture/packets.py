"""Packet files: pcap and pcapng, read packet by packet from a stream of bytes.

pcap: draft-ietf-opsawg-pcap; pcapng: draft-ietf-opsawg-pcapng. Both byte orders, micro- and
nanoseconds, several sections and interfaces.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MAGICS", "BrokenFile", "Packet", "read_packets"]

SECTION = b"\x0a\x0d\x0d\x0a"
PCAP = {
    b"\xa1\xb2\xc3\xd4": (">", 1_000),
    b"\xd4\xc3\xb2\xa1": ("<", 1_000),
    b"\xa1\xb2\x3c\x4d": (">", 1),
    b"\x4d\x3c\xb2\xa1": ("<", 1),
}
"""Magic of a pcap file to its byte order and the nanoseconds of a unit of time."""

MAGICS = (SECTION, *PCAP)
"""The first four bytes of a packet file."""

ORDER_MARKS = {b"\x1a\x2b\x3c\x4d": ">", b"\x4d\x3c\x2b\x1a": "<"}
INTERFACE, SIMPLE, ENHANCED, OBSOLETE = 1, 3, 6, 2
TIME_RESOLUTION, TIME_OFFSET = 9, 14
LARGEST = 16 * 1024 * 1024
"""More bytes than any packet or block has; a larger length shows that the file is broken."""


class BrokenFile(ValueError):  # noqa: N818 - it says what happened
    """The file cannot be read on; what stands before was read."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet of a file.

    Attributes:
        number: from 1, as other tools count.
        time_ns: since 1970, 0 where the file does not tell.
        link: link type of its interface.
        data: the bytes captured.
        cut: bytes that were on the line and not captured.
    """

    number: int
    time_ns: int
    link: int
    data: bytes
    cut: int


def read_packets(file: BinaryIO) -> Iterator[Packet]:
    """Yield the packets of a file. Raises BrokenFile at the first byte that cannot be right."""
    magic = file.read(4)
    if magic == SECTION:
        yield from _pcapng(file)
    elif magic in PCAP:
        yield from _pcap(file, *PCAP[magic])
    else:
        raise BrokenFile("not a packet file. expected the magic of pcap or pcapng, got other bytes")


def _exactly(file: BinaryIO, size: int, what: str) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise BrokenFile(f"the file ends in {what}. expected {size} bytes, got {len(data)}")
    return data


def _sound(size: int, what: str) -> int:
    if size > LARGEST:
        raise BrokenFile(f"{what}: impossible length. expected at most {LARGEST}, got {size}")
    return size


def _pcap(file: BinaryIO, order: str, unit_ns: int) -> Iterator[Packet]:
    head = _exactly(file, 20, "the file header")
    link = struct.unpack(f"{order}I", head[16:20])[0] & 0x0FFFFFFF
    number = 0
    while first := file.read(1):
        head = first + _exactly(file, 15, f"the header of packet {number + 1}")
        seconds, fraction, size, whole = struct.unpack(f"{order}4I", head)
        number += 1
        data = _exactly(file, _sound(size, f"packet {number}"), f"packet {number}")
        time_ns = seconds * 1_000_000_000 + fraction * unit_ns
        yield Packet(number, time_ns, link, data, max(whole - size, 0))


@dataclass(frozen=True, slots=True)
class _Interface:
    link: int
    snap: int
    unit: Callable[[int], int]


def _pcapng(file: BinaryIO) -> Iterator[Packet]:
    order, number = "<", 0
    interfaces: list[_Interface] = []
    kind_bytes = SECTION
    while kind_bytes:
        kind_bytes += _rest(file, kind_bytes)
        raw_size = _exactly(file, 4, "a block header")
        if kind_bytes == SECTION:
            mark = _exactly(file, 4, "a section header")
            if mark not in ORDER_MARKS:
                raise BrokenFile("section header: unknown byte order. expected 1a2b3c4d, got other")
            order, interfaces = ORDER_MARKS[mark], []
            _block(file, order, raw_size, read=4)
        else:
            kind = struct.unpack(f"{order}I", kind_bytes)[0]
            body = _block(file, order, raw_size, read=0)
            if kind == INTERFACE:
                interfaces.append(_interface(order, body))
            elif kind in {ENHANCED, SIMPLE, OBSOLETE}:
                number += 1
                yield _packet(order, kind, body, interfaces, number)
        kind_bytes = file.read(1)


def _rest(file: BinaryIO, begun: bytes) -> bytes:
    return b"" if len(begun) > 1 else _exactly(file, 3, "a block header")


def _block(file: BinaryIO, order: str, raw_size: bytes, *, read: int) -> bytes:
    """Return the body of a block of which type, length and ``read`` bytes were read."""
    size = _sound(struct.unpack(f"{order}I", raw_size)[0], "block")
    if size < 12 + read or size % 4:
        raise BrokenFile(f"block: impossible length. expected a multiple of 4, got {size}")
    body = _exactly(file, size - 12 - read, "a block")
    if _exactly(file, 4, "a block") != raw_size:
        raise BrokenFile("block: its two lengths differ. expected the same, got another")
    return body


def _interface(order: str, body: bytes) -> _Interface:
    if len(body) < 8:  # noqa: PLR2004 - the fixed part
        raise BrokenFile(f"interface: too short. expected at least 8 bytes, got {len(body)}")
    link, _, snap = struct.unpack(f"{order}HHI", body[:8])
    per_second, offset = 1_000_000, 0
    for code, value in _options(order, body[8:]):
        if code == TIME_RESOLUTION and value:
            power = value[0] & 0x7F
            per_second = 2**power if value[0] & 0x80 else 10**power
        elif code == TIME_OFFSET and len(value) == 8:  # noqa: PLR2004 - a 64-bit number
            offset = struct.unpack(f"{order}q", value)[0]
    return _Interface(
        link, snap, lambda ticks: offset * 10**9 + ticks * 1_000_000_000 // per_second
    )


def _options(order: str, data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:  # noqa: PLR2004 - code and length
        code, size = struct.unpack(f"{order}HH", data[:4])
        if code == 0:
            return
        yield code, data[4 : 4 + size]
        data = data[4 + size + -size % 4 :]


def _packet(
    order: str, kind: int, body: bytes, interfaces: list[_Interface], number: int
) -> Packet:
    fixed = {SIMPLE: 4, ENHANCED: 20, OBSOLETE: 20}[kind]
    if len(body) < fixed:
        raise BrokenFile(f"packet {number}: too short. expected {fixed} bytes, got {len(body)}")
    which, time = 0, 0
    if kind == SIMPLE:
        whole = struct.unpack(f"{order}I", body[:4])[0]
        size = min(whole, len(body) - 4)
    else:
        form = "IIIII" if kind == ENHANCED else "HHIIII"
        parts = struct.unpack(f"{order}{form}", body[:20])
        which, high, low, size, whole = (parts[0], *parts[-4:])
        time = high << 32 | low
    if which >= len(interfaces):
        raise BrokenFile(f"packet {number}: unknown interface. expected one described, got {which}")
    interface = interfaces[which]
    if kind == SIMPLE and interface.snap:
        size = min(size, interface.snap)
    if size > len(body) - fixed:
        raise BrokenFile(
            f"packet {number}: longer than its block. "
            f"expected at most {len(body) - fixed}, got {size}"
        )
    time_ns = interface.unit(time) if kind != SIMPLE else 0
    data = body[fixed : fixed + size]
    return Packet(number, time_ns, interface.link, data, max(whole - size, 0))
