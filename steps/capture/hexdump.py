"""Hex dumps as text: plain pairs, and the forms of xxd, hexdump -C, od and Wireshark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Dump", "is_hexdump", "read_dumps"]

PLAIN = re.compile(r"\s*(?:[0-9A-Fa-f]{2}[\s:\-]*)+")
ROW = re.compile(r"\s*(?P<offset>[0-9A-Fa-f]{4,16})(?P<colon>:?)(?P<rest>\s.*|)$")
PAIR, GROUP = re.compile(r"[0-9A-Fa-f]{2}"), re.compile(r"(?:[0-9A-Fa-f]{2})+")
MOST = 16
LARGEST = 16 * 1024 * 1024
"""As many bytes as rows that are left out may stand for."""


@dataclass(frozen=True, slots=True)
class Dump:
    """The bytes of one dump, the line at which it begins, and why it is not whole (or None)."""

    line: int
    data: bytes
    problem: str | None = None


def is_hexdump(text: str) -> bool:
    """Tell whether the beginning of a text is a hex dump.

    >>> is_hexdump("00000000: 3030 3030"), is_hexdump("30 30 0a"), is_hexdump("000085DB0301")
    (True, True, False)
    """
    first = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    row = ROW.fullmatch(first)
    if row and int(row["offset"], 16) == 0 and _row(row):
        return True
    words = first.split()
    return bool(PLAIN.fullmatch(first)) and (len(words) > 1 or len(first.strip()) > 2 * MOST)


def read_dumps(lines: Iterable[str]) -> Iterator[Dump]:
    """Yield the dumps of a text: an offset of zero, or an empty line between pairs, begins one."""
    known = [(number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1)]
    first = next((line for _, line in known if line.strip() and line[0] != "#"), "")
    row = ROW.fullmatch(first)
    has_offsets = row is not None and int(row["offset"], 16) == 0 and _row(row) is not None
    yield from _with_offsets(known) if has_offsets else _plain(known)


def _plain(lines: Iterable[tuple[int, str]]) -> Iterator[Dump]:
    data, begun = bytearray(), 0
    for number, line in [*lines, (0, "")]:
        if line.strip() and PLAIN.fullmatch(line):
            begun = begun or number
            data += bytes.fromhex(re.sub(r"[\s:\-]", "", line))
        elif data:
            yield Dump(begun, bytes(data))
            data, begun = bytearray(), 0


def _with_offsets(lines: Iterable[tuple[int, str]]) -> Iterator[Dump]:
    data, begun = bytearray(), 0
    last, repeats = b"", False
    for number, line in lines:
        row = ROW.fullmatch(line)
        found = _row(row) if row else None
        if row is None or found is None:
            repeats = repeats or line.strip() == "*"
            continue
        offset = int(row["offset"], 16)
        if offset == 0 and data:
            yield Dump(begun, bytes(data))
            data, begun = bytearray(), 0
        lacking = offset - len(data)
        if repeats and last and 0 < lacking <= LARGEST:
            data += (last * (lacking // len(last) + 1))[:lacking]
        repeats = False
        if offset != len(data):
            text = f"line {number}: offset {offset:x}. expected {len(data):x}"
            yield Dump(begun or number, bytes(data), text)
            data, begun, last = bytearray(), 0, b""
            continue
        begun, last = begun or number, found
        data += found
    if data:
        yield Dump(begun, bytes(data))


def _row(row: re.Match[str]) -> bytes | None:
    """Return the bytes of a row behind its offset, None when it is no such row."""
    rest = row["rest"]
    if row["colon"]:
        words, form = rest[1:].split("  ")[0].split(), GROUP
    else:
        words, form = re.split(r"\s{3,}", rest.partition("|")[0].strip())[0].split(), PAIR
    pairs = "".join(word for word in words if form.fullmatch(word))
    sound = all(form.fullmatch(word) for word in words) and len(pairs) <= 4 * MOST
    return bytes.fromhex(pairs) if sound and (pairs or not rest.strip()) else None
