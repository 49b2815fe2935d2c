"""A proxy between a sender of a test and a receiver that it plays."""

from __future__ import annotations

import asyncio
import contextlib

from reference_impl.adapter import tls_contexts
from steps.bench.faultplan import FaultPlan
from steps.bench.journal import Journal
from steps.bench.proxy import Hop, Proxy, Site
from steps.bench.security import Security
from steps.bench.tap import BenchTap
from steps.pixit import Pixit
from telegram_specs.network import Endpoint
from tests.steps.hosts import PROFILE

OUTSIDE = frozenset({"juki", "cs", "nws", "atena"})


class Listener:
    """The receiver: keeps what comes, and answers each piece as a function says."""

    def __init__(self, answer):
        self.answer, self.got, self.server = answer, b"", None
        self.connections = 0

    async def serve(self, reader, writer):
        self.connections += 1
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                self.got += data
                for one in self.answer(data):
                    writer.write(one)
                    await writer.drain()
        writer.close()


class Between(contextlib.AsyncExitStack):
    """A proxy with its plan and journal, and the receiver behind it."""

    def __init__(self, answer, *, sender="juki", receiver="cs", wire="tcp", ours=False, tls=None):
        super().__init__()
        self.listener = Listener(answer)
        self.plan, self.journal = FaultPlan(), Journal()
        self.server_tls, self.client_tls = tls_contexts(tls or {})
        tap = BenchTap(self.journal, self.plan, OUTSIDE, transparent=True)
        site = Site(PROFILE, tap, 0.5, Security(Pixit(tls=bool(tls)), OUTSIDE, tls or {}))
        self.target = None
        self.proxy = Proxy(
            Hop(sender, receiver, wire, ours),
            site,
            bind=Endpoint("127.0.0.1", 0),
            target=lambda: self.target,
        )

    async def __aenter__(self):
        tls = self.server_tls if self.proxy.hop.wire == "http" else None
        server = await asyncio.start_server(self.listener.serve, "127.0.0.1", 0, ssl=tls)
        self.callback(server.close)
        self.target = Endpoint("127.0.0.1", server.sockets[0].getsockname()[1])
        await self.proxy.listen()
        self.push_async_callback(self.proxy.mute)
        return self

    async def connect(self):
        tls = self.client_tls if self.proxy.hop.wire == "http" else None
        reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy.bind.port, ssl=tls)
        self.callback(writer.close)
        return reader, writer

    async def exchange(self, *pieces, count=None):
        """Send pieces one by one; return what comes back, ``count`` bytes or up to the end."""
        reader, writer = await self.connect()
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.005)
        if count is None:
            with contextlib.suppress(ConnectionError):
                writer.write_eof()
                return await reader.read()
            return b""
        return await reader.readexactly(count)

    def seen(self):
        """Return each record as (sender, way, telegram, on the wire, fault, what it answers)."""
        return [
            (r.sender, r.way, r.telegram, r.on_wire, r.fault, r.answers)
            for r in self.journal.records
        ]
