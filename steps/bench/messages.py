"""What passes through a proxy: the bytes of one message as they came, and what they say.

Every byte of a stream ends up in exactly one message, whether it parses or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reference_impl.wire import Http
from telegram_specs import Framer, FramingFault

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Mapping

__all__ = ["HttpMessages", "Message", "Messages", "Telegrams", "composed", "response"]

CHUNK = 65536
MAX_HEAD = 65536
MAX_BODY = 16 * 2**20
"""Bytes of a body that are kept; every telegram is smaller by far."""
END_OF_HEAD = b"\r\n\r\n"
REQUEST = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ \r\n]+) HTTP/1\.[01]\Z")
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: [^\r\n]*)?\Z")
LENGTH = re.compile("[0-9]{1,18}")
"""A Content-Length that some message may have."""
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
INTERIM = range(100, 200)
WITHOUT_BODY = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a stream.

    Attributes:
        data: its bytes as they came.
        raw: the telegram in it, on HTTP links the body.
        http: the envelope on HTTP links.
        problem: why the bytes are no message, None when they are one.
        too_long: True when no more of it was read than may be kept, nor is anything behind it.
    """

    data: bytes
    raw: bytes
    http: Http | None = None
    problem: str | None = None
    too_long: bool = False


class _TooLongError(Exception):
    """A body is longer than what is kept; the text says how long."""


class Messages(Protocol):
    """One direction of one connection as messages."""

    async def next(self) -> Message | None:
        """Return the next message, None at the end."""
        ...


class Telegrams:
    """Fixed-length telegrams of the CS link."""

    def __init__(self, reader: asyncio.StreamReader, framer: Framer) -> None:
        self._reader, self._framer = reader, framer
        self._ready: list[Message] = []
        self._ended = False

    async def next(self) -> Message | None:
        """Return the next telegram, or the bytes that are none."""
        while not self._ready:
            if self._ended:
                return None
            data = await self._reader.read(CHUNK)
            self._ended = not data
            left = self._framer.end() if self._ended else None
            events = self._framer.feed(data) if data else [left] if left else []
            self._ready = [
                Message(e.raw, e.raw, problem=e.text if isinstance(e, FramingFault) else None)
                for e in events
            ]
        return self._ready.pop(0)


class HttpMessages:
    """HTTP/1.1 requests or, with ``answered``, responses.

    Args:
        reader: where they come from.
        answered: gives the method of the request that the next response answers.
        go_on: called when a request waits for 100 Continue before it shows its body.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        *,
        answered: Callable[[], str] | None = None,
        go_on: Callable[[bytes], Awaitable[None]] | None = None,
    ) -> None:
        self._reader, self._answered, self._go_on = reader, answered, go_on
        self._line_of = STATUS if answered else REQUEST
        self._buffer = bytearray()
        self._lost = self._ended = False
        self._most = MAX_BODY

    async def next(self) -> Message | None:
        """Return the next message; after bytes that are none, whatever comes as it comes."""
        while True:
            end = await self._head()
            if end is None:
                return self._rest()
            start, *lines = bytes(self._buffer[:end]).split(b"\r\n")
            headers = dict(_header(line) for line in lines if line)
            shown = self._line_of.fullmatch(start)
            if shown is None:
                return self._rest()
            if self._answered is None:
                http = Http(shown[1].decode(), shown[2].decode("latin-1"), headers)
            elif int(shown[1]) in INTERIM:
                del self._buffer[:end]
                continue
            else:
                http = Http(self._answered(), "", headers, int(shown[1]))
            return await self._whole(end, http)

    async def _head(self) -> int | None:
        """Return where the next head ends, None where there is none."""
        while not self._lost:
            end = self._buffer.find(END_OF_HEAD)
            if end >= 0:
                return end + len(END_OF_HEAD)
            line, newline, _ = bytes(self._buffer).partition(b"\n")
            strange = newline and not self._line_of.fullmatch(line.removesuffix(b"\r"))
            if strange or len(self._buffer) > MAX_HEAD or not await self._more():
                return None
        if not self._buffer:
            await self._more()
        return None

    def _rest(self) -> Message | None:
        """Return what is there as bytes that are no message."""
        self._lost, data = True, bytes(self._buffer)
        self._buffer.clear()
        if not data:
            return None
        return Message(data, data, problem=f"{len(data)} bytes that are no HTTP message")

    async def _whole(self, end: int, http: Http) -> Message:
        try:
            return await self._within(end, http)
        except _TooLongError as error:
            self._lost, data = True, bytes(self._buffer)
            self._buffer.clear()
            told = f"an HTTP body of {error} bytes. expected at most {MAX_BODY}"
            return Message(data, data[end:], http, told, too_long=True)

    async def _within(self, end: int, http: Http) -> Message:
        """Return the message whose head ends there. Raises _TooLongError."""
        named = {name.lower(): text for name, text in http.headers.items()}
        self._most = end + MAX_BODY
        is_chunked = named.get("transfer-encoding", "").lower() == "chunked"
        length = None if is_chunked else self._length(http, named)
        if named.get("expect", "").lower() == "100-continue" and self._go_on:
            await self._go_on(CONTINUE)
        stop, body = await (self._chunks(end) if is_chunked else self._plain(end, length))
        data = bytes(self._buffer[: len(self._buffer) if stop is None else stop])
        del self._buffer[: len(data)]
        problem = "the stream ends in the HTTP message" if stop is None else None
        return Message(data, body, http, problem)

    def _length(self, http: Http, named: Mapping[str, str]) -> int | None:
        """Return the length of a body that is not chunked, None for one up to the end.

        Raises _TooLongError.
        """
        told = named.get("content-length", "")
        bodiless = http.method == "HEAD" or http.status in WITHOUT_BODY
        counted = LENGTH.fullmatch(told)
        if bodiless or not (counted or self._answered):
            return 0
        if counted and int(told) > MAX_BODY:
            raise _TooLongError(told)
        return int(told) if counted else None

    async def _plain(self, end: int, length: int | None) -> tuple[int | None, bytes]:
        """Return where a message ends whose body is not chunked, and the body."""
        if length is None:
            while await self._more():
                pass
            return len(self._buffer), bytes(self._buffer[end:])
        stop = end + length
        while len(self._buffer) < stop and await self._more():
            pass
        whole = len(self._buffer) >= stop
        return stop if whole else None, bytes(self._buffer[end:stop])

    async def _chunks(self, place: int) -> tuple[int | None, bytes]:
        """Return where a chunked body ends, and what it says."""
        body = b""
        while True:
            line = await self._line(place)
            size = re.match(rb"[0-9A-Fa-f]+", self._buffer[place : line or place])
            if line is None or size is None:
                return None, body
            length = int(size[0], 16)
            if length == 0:
                return await self._trailer(line), body
            stop = line + length + 2
            while len(self._buffer) < stop:
                if not await self._more():
                    return None, body
            body += self._buffer[line : stop - 2]
            place = stop

    async def _trailer(self, place: int) -> int | None:
        while (line := await self._line(place)) is not None:
            if line == place + 2:
                return line
            place = line
        return None

    async def _line(self, place: int) -> int | None:
        """Return where the line that begins at a place ends, None where the stream ends first."""
        while (end := self._buffer.find(b"\r\n", place)) < 0:
            if not await self._more():
                return None
        return end + 2

    async def _more(self) -> bool:
        if self._ended:
            return False
        if len(self._buffer) > self._most:
            raise _TooLongError(f"more than {MAX_BODY}")
        data = await self._reader.read(CHUNK)
        self._ended = not data
        self._buffer += data
        return bool(data)


def composed(message: Message, raw: bytes, authorization: str | None = None) -> bytes:
    """Return a message with another telegram in it, byte for byte the same where nothing differs.

    ``authorization`` replaces the Authorization header of a request; empty removes it.
    """
    if message.http is None:
        return raw
    if raw == message.raw and authorization is None:
        return message.data
    start, *lines = message.data.partition(END_OF_HEAD)[0].split(b"\r\n")
    gone = {"content-length", "transfer-encoding"}
    gone |= {"authorization"} if authorization is not None else set()
    kept = [line for line in lines if _header(line)[0].lower() not in gone]
    kept.append(b"Content-Length: %d" % len(raw))
    if authorization:
        kept.append(b"Authorization: " + authorization.encode("latin-1"))
    return b"\r\n".join([start, *kept, b"", raw])


def response(status: int, raw: bytes, headers: Mapping[str, str]) -> bytes:
    """Return an HTTP response of our own."""
    told = {**headers, "Content-Length": str(len(raw))}
    lines = [f"HTTP/1.1 {status} denbun", *(f"{name}: {text}" for name, text in told.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + raw


def _header(line: bytes) -> tuple[str, str]:
    name, _, text = line.decode("latin-1").partition(":")
    return name.strip(), text.strip()
