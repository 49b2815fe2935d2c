"""A byte-transparent proxy for TCP: passes everything on as it is, and shows it to a listener.

It knows nothing of telegrams. A half-closed connection stays half-closed; a reset is passed on as
a reset; a reader that is slow slows its sender down.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import TYPE_CHECKING, Protocol

from telegram_specs.network import Endpoint

if TYPE_CHECKING:
    from collections.abc import Awaitable

__all__ = ["Listener", "Proxy"]

CHUNK = 65536
RESET = struct.pack("ii", 1, 0)


class Listener(Protocol):
    """Is told what passes; side 0 called, side 1 was called. Must return quickly."""

    def opened(self, number: int, caller: str) -> None:
        """A connection was opened; they are numbered from 1."""
        ...

    def passed(self, number: int, side: int, data: bytes) -> None:
        """Bytes of one side were read and are about to be passed on."""
        ...

    def ended(self, number: int, side: int, *, finished: bool) -> None:
        """One side sends nothing more; ``finished`` tells that it said so itself."""
        ...

    def failed(self, number: int, text: str) -> None:
        """The other side could not be reached."""
        ...


class Proxy:
    """Listens at one address and connects each caller with another."""

    def __init__(self, target: Endpoint, listener: Listener) -> None:
        self._target, self._listener = target, listener
        self._server: asyncio.Server | None = None
        self._count = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.StreamWriter] = set()

    async def listen(self, endpoint: Endpoint) -> Endpoint:
        """Open the listener; return its address, with the port that a port of 0 became."""
        host = endpoint.host.removeprefix("[").removesuffix("]")
        self._server = await asyncio.start_server(self._serve, host, endpoint.port, limit=CHUNK)
        name = self._server.sockets[0].getsockname()
        return Endpoint(endpoint.host, int(name[1]))

    async def close(self) -> None:
        """Close the listener and every connection, and tell the listener of their ends."""
        if self._server:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in [*self._open]:
            writer.transport.abort()
            await _closed(writer)
        self._open.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._count += 1
        try:
            await self._connect(self._count, reader, writer)
        except asyncio.CancelledError:
            return  # the proxy closes; the connections were cut in passing
        finally:
            self._tasks.discard(task)

    async def _connect(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._open.add(writer)
        peer = writer.get_extra_info("peername") or ("", 0)
        self._listener.opened(number, f"{peer[0]}:{peer[1]}")
        host = self._target.host.removeprefix("[").removesuffix("]")
        try:
            other = await asyncio.open_connection(host, self._target.port, limit=CHUNK)
        except OSError as error:
            self._listener.failed(number, error.strerror or type(error).__name__)
            _reset(writer)
            await _closed(writer)
            self._open.discard(writer)
            return
        self._open.add(other[1])
        ways = (
            asyncio.create_task(self._carry(number, 0, reader, other[1])),
            asyncio.create_task(self._carry(number, 1, other[0], writer)),
        )
        try:
            await self._both(ways)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for end in (writer, other[1]):
                end.close()
            for end in (writer, other[1]):
                await _closed(end)
                self._open.discard(end)

    @staticmethod
    async def _both(ways: tuple[Awaitable[bool], Awaitable[bool]]) -> None:
        """Wait until both ways have ended, or one was broken off."""
        waiting = {asyncio.ensure_future(way) for way in ways}
        whole = True
        while waiting and whole:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            whole = all(way.result() for way in done)

    async def _carry(
        self,
        number: int,
        side: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Carry one way to its end; False when it was broken off."""
        finished = False
        try:
            while data := await reader.read(CHUNK):
                self._listener.passed(number, side, data)
                writer.write(data)
                await writer.drain()
            finished = True
            writer.write_eof()
        except (ConnectionError, OSError):
            _reset(writer)
        finally:
            self._listener.ended(number, side, finished=finished)
        return finished


async def _closed(writer: asyncio.StreamWriter) -> None:
    """Wait until a connection is closed, however it ended."""
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection off, so that its other end sees a reset and not an end."""
    own = writer.get_extra_info("socket")
    if own is not None:
        with contextlib.suppress(OSError):
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
