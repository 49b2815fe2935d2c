"""The CS link of a host: fixed-length telegrams over TCP, one outstanding on each connection."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from reference_impl.delivery import Delivery
from reference_impl.node import Telegram
from reference_impl.wire import Passage, Ruling
from telegram_specs import Frame, Framer, FramingFault, TelegramSpec

if TYPE_CHECKING:
    import ssl

    from reference_impl.registers import Entry
    from reference_impl.runner import Host
    from telegram_specs.network import Endpoint

__all__ = ["FixedLink"]

CHUNK = 65536


class Connection:
    """One open connection and the framer of what it brings."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, framer: Framer
    ) -> None:
        self.reader, self.writer, self._framer = reader, writer, framer
        self._ready: list[Frame | FramingFault] = []

    async def receive(self) -> Frame | FramingFault | None:
        """Return the next frame or framing fault, None at the end of the stream."""
        while not self._ready:
            data = await self.reader.read(CHUNK)
            if not data:
                return self._framer.end()
            self._ready = self._framer.feed(data)
        return self._ready.pop(0)

    async def send(self, raw: bytes, pieces: int | None = None) -> None:
        """Write bytes, all at once or in pieces that go out one by one."""
        step = pieces or len(raw)
        for start in range(0, len(raw), step):
            self.writer.write(raw[start : start + step])
            await self.writer.drain()
            await asyncio.sleep(0)

    async def close(self) -> None:
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()


class FixedLink:
    """Serves the peer's telegrams and carries ours, each on its own connection."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._server: asyncio.Server | None = None
        self._inbound: set[Connection] = set()
        self._outbound: dict[Endpoint, Connection] = {}

    async def listen(self, address: str, port: int) -> int:
        """Open the listener and return its port."""
        self._server = await asyncio.start_server(
            self._serve, address, port, ssl=self._host.wiring.tcp_tls
        )
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Close the listener and every connection."""
        if self._server:
            self._server.close()
            self._server = None
        for connection in [*self._inbound, *self._outbound.values()]:
            await connection.close()
        self._outbound.clear()

    # -- the peer asks -------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(reader, writer, self._host.profile.framer())
        self._inbound.add(connection)
        try:
            await self._converse(connection)
        except (OSError, asyncio.CancelledError):
            return
        except Exception as error:  # noqa: BLE001 - it ends this connection, not the listener
            self._host.unforeseen(error)
        finally:
            self._inbound.discard(connection)
            await connection.close()

    async def _converse(self, connection: Connection) -> None:
        while True:
            item = await connection.receive()
            if item is None:
                return
            passage = self._inbound_passage(item)
            ruling = await self._host.tap.arrived(passage)
            if ruling.pass_on and not await self._answer(connection, passage):
                return
            if ruling.close or (isinstance(item, FramingFault) and item.fatal):
                return

    async def _answer(self, connection: Connection, passage: Passage) -> bool:
        """Answer one telegram; False when the connection is to be closed without more."""
        if self._host.deaf:
            return True
        answer = self._host.answer(passage)
        if passage.problem and self._host.context.rules.on_broken == "close":
            return False
        raw = self._host.receipt(passage, answer)
        spec = self._host.profile.spec("receipt")
        leaving = Passage(
            passage.link,
            self._host.role,
            passage.sender,
            raw,
            spec,
            spec.decode(raw),
            request=passage,
        )
        ruling = await self._host.tap.leaving(leaving)
        if ruling.pass_on:
            await connection.send(b"".join(ruling.raws) or raw)
        return not ruling.close

    def _inbound_passage(self, item: Frame | FramingFault) -> Passage:
        host = self._host
        spec = host.profile.identify(item.raw) if isinstance(item, Frame) else None
        decoded = spec.decode(item.raw) if spec else None
        shown = str(decoded.values.get("sender", "")) if decoded else ""
        return Passage(
            host.link_to(spec, "tcp"),
            host.peer_on("tcp", spec, shown),
            host.role,
            item.raw,
            spec,
            decoded,
            problem=item.text if isinstance(item, FramingFault) else None,
        )

    # -- we ask --------------------------------------------------------------------------------

    async def transmit(self, spec: TelegramSpec, raw: bytes, entry: Entry) -> Delivery:
        """Send one telegram and wait for its answer on the same connection."""
        host = self._host
        endpoint = host.wiring.peers[entry.to, "tcp"]
        try:
            async with asyncio.timeout(host.timing.answer_within):
                connection = await self._connect(endpoint, host.wiring.context(entry.to, "tcp"))
        except (OSError, TimeoutError):
            return Delivery()
        link = host.link_to(spec, "tcp")
        passage = Passage(link, host.role, entry.to, raw, spec, spec.decode(raw))
        ruling = await host.tap.leaving(passage)
        answer: Telegram | None = None
        if ruling.pass_on:
            for one in ruling.raws or (raw,):
                answer = await self._exchange(connection, one, ruling, passage)
        if ruling.close or (ruling.pass_on and answer is None):
            await self._drop(endpoint)
        planned_end = not ruling.pass_on or ruling.close
        return Delivery(answer, settled=answer is not None or planned_end)

    async def _exchange(
        self, connection: Connection, raw: bytes, ruling: Ruling, passage: Passage
    ) -> Telegram | None:
        try:
            async with asyncio.timeout(self._host.timing.answer_within):
                await connection.send(raw, ruling.pieces)
                if ruling.close:
                    return None
                sent = passage if raw == passage.raw else passage.with_raw(raw)
                return await self._await_answer(connection, sent)
        except (OSError, TimeoutError):
            return None

    async def _await_answer(self, connection: Connection, request: Passage) -> Telegram | None:
        """Read until the answer that refers to our serial; None when tap or peer ends it."""
        while (item := await connection.receive()) is not None:
            passage = self._inbound_passage(item)
            passage = replace(passage, sender=request.receiver, request=request)
            ruling = await self._host.tap.arrived(passage)
            if not ruling.pass_on:
                return None
            refers = passage.values.get("ref_serial") == request.values.get("serial")
            if passage.spec and refers and not (passage.decoded and passage.decoded.faults):
                return Telegram(
                    passage.spec.id, dict(passage.values), passage.sender, self._host.role
                )
        return None

    async def _connect(self, endpoint: Endpoint, tls: ssl.SSLContext | None) -> Connection:
        connection = self._outbound.get(endpoint)
        if connection is None or connection.reader.at_eof() or connection.writer.is_closing():
            await self._drop(endpoint)
            reader, writer = await asyncio.open_connection(endpoint.host, endpoint.port, ssl=tls)
            connection = Connection(reader, writer, self._host.profile.framer())
            self._outbound[endpoint] = connection
        return connection

    async def _drop(self, endpoint: Endpoint) -> None:
        connection = self._outbound.pop(endpoint, None)
        if connection:
            await connection.close()
