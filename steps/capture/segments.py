"""From a packet to its TCP segment: link layer, VLAN tags, IPv4 or IPv6, TCP. Pure."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.capture.packets import Packet

__all__ = ["Address", "Segment", "Skipped", "segment_of"]

IPV4, IPV6 = 0x0800, 0x86DD
VLAN_TAGS = frozenset({0x8100, 0x88A8, 0x9100})
PPPOE = 0x8864
TCP = 6
EXTENSIONS = frozenset({0, 43, 60, 135})
"""IPv6 headers that stand before TCP: hop-by-hop, routing, destination options, mobility."""
FRAGMENT, AUTHENTICATION = 44, 51
FIN, SYN, RST = 1, 2, 4


class Address(NamedTuple):
    """One end of a connection."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Segment:
    """One TCP segment; ``missing`` counts the bytes at its end that were not captured."""

    source: Address
    target: Address
    seq: int
    payload: bytes
    syn: bool = False
    ack: bool = False
    fin: bool = False
    rst: bool = False
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A packet without a TCP segment: ``kind`` of trouble, and why."""

    kind: str
    text: str


def _ethernet(data: bytes) -> tuple[int, bytes]:
    return _tagged(_number(data, 12), data[14:])


def _tagged(kind: int, rest: bytes) -> tuple[int, bytes]:
    while kind in VLAN_TAGS:
        kind, rest = _number(rest, 2), rest[4:]
    if kind == PPPOE:
        point = {0x0021: IPV4, 0x0057: IPV6}
        return point.get(_number(rest, 6), 0), rest[8:]
    return kind, rest


def _cooked(data: bytes) -> tuple[int, bytes]:
    return _tagged(_number(data, 14), data[16:])


def _cooked2(data: bytes) -> tuple[int, bytes]:
    return _tagged(_number(data, 0), data[20:])


def _loopback(data: bytes) -> tuple[int, bytes]:
    """Read the family in either byte order: it is that of the machine that captured."""
    families = {2: IPV4, 10: IPV6, 23: IPV6, 24: IPV6, 28: IPV6, 30: IPV6}
    word = data[:4]
    family = min(int.from_bytes(word, "big"), int.from_bytes(word, "little"))
    return families.get(family, 0), data[4:]


def _raw(data: bytes) -> tuple[int, bytes]:
    return {4: IPV4, 6: IPV6}.get(data[0] >> 4 if data else 0, 0), data


LINKS: dict[int, Callable[[bytes], tuple[int, bytes]]] = {
    0: _loopback,
    1: _ethernet,
    12: _raw,
    14: _raw,
    101: _raw,
    108: _loopback,
    113: _cooked,
    228: _raw,
    229: _raw,
    276: _cooked2,
}
"""Link type to the reader of its header: returns the EtherType and what follows."""


def segment_of(packet: Packet) -> Segment | Skipped:
    """Return the TCP segment of a packet, or why there is none."""
    reader = LINKS.get(packet.link)
    if reader is None:
        return Skipped("foreign", f"link type {packet.link} is not read")
    try:
        kind, data = reader(packet.data)
        if kind == IPV4:
            return _ipv4(data, packet.cut)
        if kind == IPV6:
            return _ipv6(data, packet.cut)
    except (struct.error, IndexError, ValueError):
        cut = "truncated" if packet.cut else "unreadable"
        return Skipped(cut, "the packet ends in its headers")
    return Skipped("foreign", "not IP")


def _ipv4(data: bytes, cut: int) -> Segment | Skipped:
    size = (data[0] & 0x0F) * 4
    total = _number(data, 2)
    if data[0] >> 4 != 4 or size < 20 or len(data) < size:  # noqa: PLR2004 - version, header
        return Skipped("unreadable", "a wrong IPv4 header")
    if _number(data, 6) & 0x3FFF:
        return Skipped("fragment", "an IP fragment; fragments are not put together")
    if data[9] != TCP:
        return Skipped("foreign", "not TCP")
    # A length of zero is left to the network card by senders that offload.
    body, missing = _body(data[size:], (total or len(data) + cut) - size, cut)
    return _tcp(_host(data[12:16]), _host(data[16:20]), body, missing)


def _ipv6(data: bytes, cut: int) -> Segment | Skipped:
    if len(data) < 40 or data[0] >> 4 != 6:  # noqa: PLR2004 - header, version
        return Skipped("unreadable", "a wrong IPv6 header")
    following, at = data[6], 40
    while following in EXTENSIONS or following == AUTHENTICATION:
        step = (data[at + 1] + 2) * 4 if following == AUTHENTICATION else (data[at + 1] + 1) * 8
        following, at = data[at], at + step
    if following == FRAGMENT:
        return Skipped("fragment", "an IP fragment; fragments are not put together")
    if following != TCP:
        return Skipped("foreign", "not TCP")
    declared = _number(data, 4) or len(data) + cut - 40
    body, missing = _body(data[at:], declared - (at - 40), cut)
    return _tcp(_host(data[8:24]), _host(data[24:40]), body, missing)


def _body(data: bytes, declared: int, cut: int) -> tuple[bytes, int]:
    """Return the bytes that IP declares, without padding, and how many were not captured."""
    body = data[: max(declared, 0)]
    return body, max(declared - len(body), 0) if cut else 0


def _tcp(source: str, target: str, data: bytes, missing: int) -> Segment:
    ports = struct.unpack_from("!HHII", data)
    size, flags = (data[12] >> 4) * 4, data[13]
    if size < 20 or len(data) < size:  # noqa: PLR2004 - a TCP header
        raise ValueError("TCP header")
    return Segment(
        Address(source, ports[0]),
        Address(target, ports[1]),
        ports[2],
        data[size:],
        syn=bool(flags & SYN),
        ack=bool(flags & 16),
        fin=bool(flags & FIN),
        rst=bool(flags & RST),
        missing=missing,
    )


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("!H", data, at)[0])


def _host(data: bytes) -> str:
    found = ipaddress.ip_address(data)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
