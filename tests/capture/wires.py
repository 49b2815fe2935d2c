"""A writer of packet files of its own: nothing here is shared with the reader."""

import struct

SYN, ACK, FIN, RST = 0x02, 0x10, 0x01, 0x04


def tcp(sport, dport, seq, data=b"", flags=ACK):
    return struct.pack("!HHIIBBHHH", sport, dport, seq % 2**32, 0, 5 << 4, flags, 8192, 0, 0) + data


def ip4(body, src="10.0.0.1", dst="10.0.0.2", proto=6, fragment=0):
    address = [bytes(map(int, text.split("."))) for text in (src, dst)]
    size = 20 + len(body)
    head = struct.pack("!BBHHHBBH", 0x45, 0, size, 7, fragment, 64, proto, 0)
    return head + b"".join(address) + body


def ip6(body, src=1, dst=2, *, hop=False):
    head = struct.pack("!BB", 6, 0) + b"\0" * 6 if hop else b""
    kind = 0 if hop else 6
    addresses = src.to_bytes(16, "big") + dst.to_bytes(16, "big")
    return struct.pack("!IHBB", 6 << 28, len(head + body), kind, 64) + addresses + head + body


def ethernet(body, kind=0x0800, vlans=()):
    tags = b"".join(struct.pack("!HH", tag, 5) for tag in vlans)
    return b"\2" * 6 + b"\4" * 6 + tags + struct.pack("!H", kind) + body


def cooked(body, kind=0x0800):
    return struct.pack("!HHH8sH", 0, 1, 6, b"\1" * 8, kind) + body


def cooked2(body, kind=0x0800):
    return struct.pack("!HHIHBB8s", kind, 0, 1, 1, 0, 6, b"\1" * 8) + body


def loopback(body, family=2, order="<"):
    return struct.pack(f"{order}I", family) + body


def pcap(packets, link=1, order="<", snap=262144, *, nano=False):
    magic = 0xA1B23C4D if nano else 0xA1B2C3D4
    out = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, snap, link)
    for number, data in enumerate(packets):
        kept = data[:snap]
        out += struct.pack(f"{order}IIII", 1_777_593_600, number, len(kept), len(data)) + kept
    return out


def block(kind, body, order="<"):
    body += b"\0" * (-len(body) % 4)
    size = struct.pack(f"{order}I", len(body) + 12)
    return struct.pack(f"{order}I", kind) + size + body + size


def pcapng(packets, links=(1,), order="<"):
    """``packets`` are (interface, bytes)."""
    out = block(0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1), order)
    for link in links:
        option = struct.pack(f"{order}HHB3xHH", 9, 1, 9, 0, 0)
        out += block(1, struct.pack(f"{order}HHI", link, 0, 0) + option, order)
    for number, (interface, data) in enumerate(packets):
        time = 1_777_593_600 * 10**9 + number
        fixed = (interface, time >> 32, time & 0xFFFFFFFF, len(data), len(data))
        out += block(6, struct.pack(f"{order}IIIII", *fixed) + data, order)
    return out


class Talk:
    """A TCP connection as its IP packets."""

    def __init__(self, ports=(50000, 9111), starts=(1000, 2**32 - 20), wrap=ip4):
        self.ports, self.next, self.wrap = ports, list(starts), wrap
        self.packets = []

    def _add(self, side, body):
        ends = (
            {} if self.wrap is ip6 else {"src": f"10.0.0.{side + 1}", "dst": f"10.0.0.{2 - side}"}
        )
        if self.wrap is ip6:
            ends = {"src": side + 1, "dst": 2 - side}
        self.packets.append(self.wrap(body, **ends))

    def raw(self, side, seq, data=b"", flags=ACK):
        here, there = self.ports[side], self.ports[1 - side]
        self._add(side, tcp(here, there, seq, data, flags))

    def open(self):
        for side, flags in ((0, SYN), (1, SYN | ACK)):
            self.raw(side, self.next[side], flags=flags)
            self.next[side] += 1
        return self

    def say(self, side, data, size=0):
        for start in range(0, len(data), size or len(data)):
            piece = data[start : start + (size or len(data))]
            self.raw(side, self.next[side], piece)
            self.next[side] += len(piece)
        return self

    def close(self):
        for side in (0, 1):
            self.raw(side, self.next[side], flags=FIN | ACK)
            self.next[side] += 1
        return self
