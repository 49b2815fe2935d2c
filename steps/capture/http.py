"""HTTP/1.1 in one direction of a connection: bytes in, whole messages out; finds its way back.

Source: RFC 9112. Unlike a server it must go on behind a gap, and it begins anywhere.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["START", "HttpEvent", "HttpFault", "HttpMessage", "HttpReader"]

METHODS = "GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT"
START = re.compile(
    rb"(?:(?P<method>%s) (?P<target>[^\s]{1,8000}) HTTP/1\.[01]"
    rb"|HTTP/1\.[01] (?P<status>[1-5][0-9]{2})(?: [^\r\n]{0,1000})?)\r?\n" % METHODS.encode()
)
"""The first line of a message."""

HEAD_END = re.compile(rb"\r?\n\r?\n")
CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
LENGTH = re.compile("[0-9]{1,18}")
"""A Content-Length that some message may have."""
LONGEST_HEAD = 65536
LONGEST_LINE = 1024
LARGEST_BODY = 16 * 1024 * 1024
NO_CONTENT, NOT_MODIFIED, INFORMATIONAL = 204, 304, 200


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """A whole message; ``status`` is None for a request; ``offset`` counts in the direction."""

    method: str
    target: str
    status: int | None
    headers: dict[str, str]
    body: bytes
    offset: int


@dataclass(frozen=True, slots=True)
class HttpFault:
    """Bytes that are no whole message; ``half`` tells that the message was cut."""

    offset: int
    size: int
    text: str
    half: bool


HttpEvent: TypeAlias = HttpMessage | HttpFault


@dataclass(slots=True)
class _Open:
    """A message whose head is read; ``left`` is None for a body that ends with the stream."""

    head: HttpMessage
    chunked: bool
    left: int | None
    body: bytearray
    whole: bool = True
    trailer: bool = False
    chunk_ends: bool = False


class HttpReader:
    """Reads one direction. ``methods`` is filled by the other one: what was asked, in order."""

    def __init__(self) -> None:
        self.methods: deque[str] = deque()
        self._buffer = bytearray()
        self._offset = 0
        self._open: _Open | None = None
        self._lost = 0  # bytes dropped while looking for the next message

    def feed(self, data: bytes) -> list[HttpEvent]:
        """Take the next bytes; return what they complete."""
        self._buffer += data
        return self._drain()

    def gap(self, size: int) -> list[HttpEvent]:
        """Take a hole of so many bytes; the message that it falls into is lost."""
        message = self._open
        if message and not message.chunked and message.left and size < message.left:
            self._body(message)
            message.whole = False
            message.left -= size
            self._offset += size
            return self._drain()
        events = self._cut("a gap in the message")
        self._offset += size
        self._lost = 0
        return events

    def end(self) -> list[HttpEvent]:
        """Take the end of the stream."""
        message = self._open
        if message and not message.chunked and message.left is None:
            self._open = None
            return [*self._finished(message), *self._told_lost()]
        return [*self._cut("the stream ends in the message"), *self._told_lost()]

    def _drain(self) -> list[HttpEvent]:
        events: list[HttpEvent] = []
        progress = True
        while progress:
            before = len(self._buffer), self._open
            events += self._message() if self._open else self._head()
            progress = (len(self._buffer), self._open) != before and bool(self._buffer)
        return events

    def _head(self) -> list[HttpEvent]:
        while self._buffer.startswith((b"\r", b"\n")):
            self._drop(1)
        start = START.search(self._buffer)
        if start is None:
            # The beginning of a start line may stand at the end.
            spare = len(self._buffer) - 8192
            if spare > 0:
                self._lost += spare
                self._drop(spare)
            return []
        if start.start():
            self._lost += start.start()
            self._drop(start.start())
            return self._told_lost()
        end = HEAD_END.search(self._buffer)
        if end is None:
            return self._cut("the head does not end") if len(self._buffer) > LONGEST_HEAD else []
        told = START.match(self._buffer)
        assert told is not None
        head = self._read_head(told, bytes(self._buffer[told.end() : end.start()]))
        self._drop(end.end())
        self._open = self._opened(head)
        return self._message()

    def _read_head(self, start: re.Match[bytes], lines: bytes) -> HttpMessage:
        headers: dict[str, str] = {}
        for line in re.split(rb"\r?\n", lines):
            name, colon, value = line.decode("latin-1").partition(":")
            if colon:
                headers[name.strip()] = value.strip()
        text = {k: (v or b"").decode("latin-1") for k, v in start.groupdict().items()}
        status = int(text["status"]) if text["status"] else None
        return HttpMessage(text["method"], text["target"], status, headers, b"", self._offset)

    def _opened(self, head: HttpMessage) -> _Open:
        known = {name.lower(): value for name, value in head.headers.items()}
        chunked = known.get("transfer-encoding", "").lower().endswith("chunked")
        length = known.get("content-length", "").partition(",")[0].strip()
        left = int(length) if LENGTH.fullmatch(length) else None
        if head.status is None:
            left = left or 0
        elif head.status >= INFORMATIONAL:
            asked = self.methods.popleft() if self.methods else ""
            if asked == "HEAD" or head.status in {NO_CONTENT, NOT_MODIFIED}:
                chunked, left = False, 0
        else:
            chunked, left = False, 0
        return _Open(head, chunked, left, bytearray())

    def _message(self) -> list[HttpEvent]:
        message = self._open
        assert message is not None
        try:
            whole = self._chunks(message) if message.chunked else self._body(message)
        except ValueError as error:
            return self._cut(str(error))
        if not whole:
            return []
        self._open = None
        return self._finished(message)

    def _body(self, message: _Open) -> bool:
        """Take bytes of the body; tell whether it is complete."""
        take = len(self._buffer) if message.left is None else min(message.left, len(self._buffer))
        self._take(message, take)
        if message.left is not None:
            message.left -= take
        return message.left == 0

    def _chunks(self, message: _Open) -> bool:
        """Take chunks; tell whether the last one and the trailer are read."""
        while self._buffer:
            if message.trailer:
                line = self._line()
                if line is None:
                    return False
                if not line:
                    return True
            elif message.left:
                message.chunk_ends = self._body(message)
            elif message.chunk_ends:
                if self._line() is None:
                    return False
                message.chunk_ends = False
            elif not self._chunk(message):
                return False
        return False

    def _line(self) -> bytes | None:
        """Take a line and return it without its end, None while it has none."""
        end = self._buffer.find(b"\n")
        if end < 0:
            return None
        line = bytes(self._buffer[:end]).strip()
        self._drop(end + 1)
        return line

    def _chunk(self, message: _Open) -> bool:
        """Take the size that stands before a chunk; ValueError where none does."""
        found = CHUNK_LINE.match(self._buffer)
        if not found:
            if b"\n" in self._buffer[:LONGEST_LINE] or len(self._buffer) > LONGEST_LINE:
                raise ValueError("no size before a chunk")
            return False
        size = int(found[1], 16)
        self._drop(found.end())
        message.left, message.trailer = size, size == 0
        return True

    def _take(self, message: _Open, count: int) -> None:
        if len(message.body) + count <= LARGEST_BODY:
            message.body += self._buffer[:count]
        else:
            message.whole = False
        self._drop(count)

    def _finished(self, message: _Open) -> list[HttpEvent]:
        head = message.head
        if head.status is not None and head.status < INFORMATIONAL:
            return []
        if not message.whole:
            size = self._offset - head.offset
            return [HttpFault(head.offset, size, "bytes of the body are missing", half=True)]
        body = _unpacked(head.headers, bytes(message.body))
        return [HttpMessage(head.method, head.target, head.status, head.headers, body, head.offset)]

    def _cut(self, text: str) -> list[HttpEvent]:
        """Give up the open message and what is in the buffer."""
        message, self._open = self._open, None
        begun = message.head.offset if message else self._offset
        start = message is not None or START.match(self._buffer) is not None
        size = self._offset + len(self._buffer) - begun
        if not start:
            self._lost += len(self._buffer)
        self._drop(len(self._buffer))
        return [HttpFault(begun, size, text, half=True)] if start and size else self._told_lost()

    def _told_lost(self) -> list[HttpEvent]:
        lost, self._lost = self._lost, 0
        text = "bytes between messages"
        return [HttpFault(self._offset - lost, lost, text, half=False)] if lost else []

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._offset += count


def _unpacked(headers: dict[str, str], body: bytes) -> bytes:
    """Undo the content coding, as far as it is gzip or deflate and sound."""
    coding = next((v.lower() for k, v in headers.items() if k.lower() == "content-encoding"), "")
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return body
    try:
        return zlib.decompressobj(47).decompress(body, LARGEST_BODY)
    except zlib.error:
        return body
