"""A proxy between two systems outside the bench: it stands where the bench node would stand.

It passes on what comes, byte for byte, whether it parses or not. The tap sees every passage as at
a bench node in the counterpart's place, and bends what the plan says.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reference_impl.http_link import JSON, error_values
from reference_impl.wire import Http, Passage, Ruling
from steps.bench.messages import (
    HttpMessages,
    Message,
    Messages,
    Telegrams,
    composed,
    response,
)
from steps.bench.party import routes
from telegram_specs.mutate import encode_unchecked
from telegram_specs.network import LINKS, Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reference_impl.wire import Tap
    from steps.bench.party import Party
    from steps.bench.security import Security
    from telegram_specs import Profile, TelegramSpec

__all__ = ["Hop", "Proxy", "Site", "proxies_between"]

TOO_LARGE = 413
LOST = (OSError, TimeoutError)
"""What ends a connection without anybody's mistake."""


@dataclass(frozen=True, slots=True)
class Hop:
    """Who connects to whom through a proxy.

    Attributes:
        sender: the role that connects.
        receiver: the role whose listener it takes the proxy for.
        wire: ``tcp`` or ``http``.
        ours: True when the counterpart connects, as then a bench node would have.
    """

    sender: str
    receiver: str
    wire: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Site:
    """What all proxies of a bench share.

    Attributes:
        within: how long an answer may take (seconds).
        unforeseen: what went wrong in a proxy itself is put there.
    """

    profile: Profile
    tap: Tap
    within: float
    security: Security
    unforeseen: list[Exception] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """A request that was passed on and waits for its answer; copies of it are answered to us."""

    passage: Passage
    is_copy: bool
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Proxy:
    """Listens in the place of a receiver and passes everything on to it."""

    def __init__(
        self, hop: Hop, site: Site, *, bind: Endpoint, target: Callable[[], Endpoint | None]
    ) -> None:
        self.hop = hop
        self.site = site
        self.bind = bind
        self._target = target
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def listen(self) -> None:
        """Open the listener; a port of 0 becomes the one that was given."""
        tls = self.site.security.server(self.hop.receiver, self.hop.wire)
        self._server = await asyncio.start_server(
            self._serve, self.bind.host, self.bind.port, ssl=tls
        )
        self.bind = replace(self.bind, port=int(self._server.sockets[0].getsockname()[1]))

    def endpoints(self) -> dict[str, Endpoint]:
        """Return where this proxy listens, by wire."""
        return {str(self.hop.wire): self.bind}

    async def mute(self) -> None:
        """Close the listener and every connection, as a system that is down."""
        if self._server:
            self._server.close()
            self._server = None
        for writer in tuple(self._open):
            await _closed(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target, far = self._target(), None
        self._open.add(writer)
        try:
            if target is None:
                return
            hop = self.hop
            tls = self.site.security.client(hop.sender, hop.receiver, hop.wire)
            async with asyncio.timeout(self.site.within):
                far_reader, far = await asyncio.open_connection(target.host, target.port, ssl=tls)
            self._open.add(far)
            await _Conversation(self, (reader, writer), (far_reader, far)).run()
        except (*LOST, asyncio.CancelledError):
            return
        except Exception as error:  # noqa: BLE001 - told with the case: nobody else hears of it
            self.site.unforeseen.append(error)
        finally:
            for each in filter(None, (writer, far)):
                self._open.discard(each)
                await _closed(each)


def proxies_between(outside: Mapping[str, Party], site: Site) -> dict[tuple[str, str, str], Proxy]:
    """Return a proxy by (sender, receiver, wire) for whatever two parties have to say."""

    def proxy(sender: str, peer: str, wire: str) -> Proxy:
        party = outside[sender]
        ports = party.ports_towards(peer)
        return Proxy(
            Hop(sender, peer, wire, ours=party.counterpart),
            site,
            bind=Endpoint(party.pixit.bind, ports.get(wire, 0)),
            target=lambda: outside[peer].listens.get((peer, wire)),
        )

    return {
        (sender, peer, wire): proxy(sender, peer, wire)
        for sender, party in outside.items()
        for peer, wire in routes(sender)
        if outside.get(peer, party) is not party
    }


class _Conversation:
    """One connection of the sender, and the one to the receiver that goes with it."""

    def __init__(
        self,
        proxy: Proxy,
        near: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        far: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._hop, self._site = proxy.hop, proxy.site
        self._near, self._far = near[1], far[1]
        self._asked: deque[Asked] = deque()
        self._requests: Messages
        self._answers: Messages
        if self._hop.wire == "tcp":
            self._requests = Telegrams(near[0], self._site.profile.framer())
            self._answers = Telegrams(far[0], self._site.profile.framer())
        else:
            self._requests = HttpMessages(near[0], go_on=self._go_on)
            self._answers = HttpMessages(far[0], answered=self._method)

    async def run(self) -> None:
        """Pass on in both directions until one side ends."""
        asking = asyncio.create_task(self._pass_requests())
        answering = asyncio.create_task(self._pass_answers())
        try:
            await asyncio.wait((asking, answering), return_when=asyncio.FIRST_COMPLETED)
            if asking.done() and not asking.exception() and asking.result():
                # The sender has said all; the receiver may still have something to answer.
                await asyncio.wait((answering,), timeout=self._site.within)
        finally:
            for task in (asking, answering):
                task.cancel()
            ends = await asyncio.gather(asking, answering, return_exceptions=True)
        for error in ends:
            if isinstance(error, Exception) and not isinstance(error, LOST):
                raise error

    def _method(self) -> str:
        oldest = self._asked[0].passage.http if self._asked else None
        return oldest.method if oldest else ""

    async def _go_on(self, data: bytes) -> None:
        self._near.write(data)
        await self._near.drain()

    # -- what the sender says ------------------------------------------------------------------

    async def _pass_requests(self) -> bool:
        """Pass on until the sender ends (True) or the plan ends it (False)."""
        while (message := await self._requests.next()) is not None:
            passage = self._request(message)
            ruling = await self._ruled(passage, ours=self._hop.ours)
            if message.too_long:
                # The answer is the bench's own, and on no record as one of the receiver's.
                await _write(self._near, response(TOO_LARGE, b"", {"Connection": "close"}))
                return False
            if ruling.status:
                await self._refuse(passage, ruling.status)
            elif not ruling.pass_on:
                return False
            else:
                await self._pass_on(message, passage, ruling)
            if ruling.close:
                return False
        if self._far.can_write_eof():
            self._far.write_eof()
        return True

    async def _pass_on(self, message: Message, passage: Passage, ruling: Ruling) -> None:
        previous: Asked | None = None
        for raw in ruling.raws or (message.raw,):
            if previous:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(previous.answered.wait(), self._site.within)
            shown = passage if raw == passage.raw else passage.with_raw(raw)
            previous = Asked(shown, is_copy=previous is not None)
            self._asked.append(previous)
            await _write(self._far, composed(message, raw, ruling.authorization), ruling.pieces)

    async def _refuse(self, request: Passage, status: int) -> None:
        """Answer in the place of the receiver, as the plan says."""
        spec = self._site.profile.spec("error_response")
        raw = encode_unchecked(spec, error_values(status))
        assert request.http is not None
        http = Http(request.http.method, request.http.target, {"Content-Type": JSON}, status)
        answer = Passage(
            request.link,
            request.receiver,
            request.sender,
            raw,
            spec,
            spec.decode(raw),
            http,
            request,
        )
        await self._ruled(answer, ours=not self._hop.ours)
        await _write(self._near, response(status, raw, http.headers))

    # -- what the receiver answers ---------------------------------------------------------------

    async def _pass_answers(self) -> None:
        while (message := await self._answers.next()) is not None:
            asked = self._asked_by(message)
            passage = self._answer(message, asked.passage if asked else None)
            ruling = await self._ruled(passage, ours=not self._hop.ours)
            if asked:
                asked.answered.set()
            if not ruling.pass_on or message.too_long:
                return
            if not (asked and asked.is_copy):
                for raw in ruling.raws or (message.raw,):
                    await _write(self._near, composed(message, raw))
            if ruling.close:
                return

    def _asked_by(self, message: Message) -> Asked | None:
        """Return the request that a message answers; broken bytes leave it waiting."""
        if not self._asked or message.problem:
            return self._asked[0] if self._asked else None
        if message.http is None and (spec := self._site.profile.identify(message.raw)):
            named = spec.decode(message.raw).values.get("ref_serial")
            known = [asked.passage.values.get("serial") for asked in self._asked]
            for _ in range(known.index(named) if named in known else 0):
                self._asked.popleft()
        return self._asked.popleft()

    # -- passages --------------------------------------------------------------------------------

    async def _ruled(self, passage: Passage, *, ours: bool) -> Ruling:
        """Let the tap rule, which sees what the counterpart says as leaving a bench node."""
        tap = self._site.tap
        return await (tap.leaving(passage) if ours else tap.arrived(passage))

    def _request(self, message: Message) -> Passage:
        profile, spec = self._site.profile, None
        if message.http and not message.too_long:
            path = message.http.target.partition("?")[0]
            spec = profile.identify_http(message.http.method, path)
        elif message.problem is None:
            spec = profile.identify(message.raw)
        return self._passage(message, (self._hop.sender, self._hop.receiver), spec)

    def _answer(self, message: Message, request: Passage | None) -> Passage:
        profile, spec = self._site.profile, None
        if message.problem is None and message.http is None:
            spec = profile.identify(message.raw)
        elif message.http and request and request.http and not message.too_long:
            asked, status = request.spec, message.http.status
            message = replace(message, http=replace(message.http, target=request.http.target))
            spec = profile.answer_to(asked, status, message.raw)
        return self._passage(message, (self._hop.receiver, self._hop.sender), spec, request)

    def _passage(
        self,
        message: Message,
        ends: tuple[str, str],
        spec: TelegramSpec | None,
        request: Passage | None = None,
    ) -> Passage:
        known = {*ends}
        link = next(
            (
                name
                for name in (*(spec.links if spec else ()), *LINKS)
                if LINKS[name].wire == self._hop.wire and known <= {*LINKS[name].roles}
            ),
            request.link if request else "",
        )
        return Passage(
            link,
            *ends,
            message.raw,
            spec,
            spec.decode(message.raw) if spec else None,
            message.http,
            request,
            message.problem,
        )


async def _write(writer: asyncio.StreamWriter, data: bytes, pieces: int | None = None) -> None:
    step = pieces or len(data) or 1
    for start in range(0, len(data), step):
        writer.write(data[start : start + step])
        await writer.drain()
        await asyncio.sleep(0)


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, TimeoutError, asyncio.CancelledError):
        async with asyncio.timeout(1):
            await writer.wait_closed()
