"""The HTTP links of a host: JSON telegrams, TLS unless the wiring says otherwise, bearer tokens."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web
from yarl import URL

from reference_impl.delivery import Delivery
from reference_impl.node import Telegram
from reference_impl.token_store import TokenStore
from reference_impl.wire import Http, Passage, Ruling
from telegram_specs.network import LINKS, ROLES

if TYPE_CHECKING:
    from reference_impl.node import Values
    from reference_impl.registers import Entry
    from reference_impl.runner import Host
    from telegram_specs import TelegramSpec

__all__ = ["JSON", "HttpLink", "error_values"]

OK, BAD_REQUEST, UNAUTHORIZED, NOT_FOUND = 200, 400, 401, 404
INTERNAL_ERROR = 500
SERVER_ERRORS = range(INTERNAL_ERROR, 600)
JSON = "application/json;charset=UTF-8"
SENDER = "Denbun-Sender"
"""Header by which a role that only the bench plays says who it is."""


class HttpLink:
    """Serves the peers' requests and carries ours over kept connections."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._runner: web.ServerRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._tokens = TokenStore(
            host.role, host.context, host.profile, host.variants, self._request
        )

    async def listen(self, address: str, port: int) -> int:
        """Open the listener and return its port."""
        server = web.Server(self._serve, access_log=None)
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(
            self._runner, address, port, ssl_context=self._host.wiring.server_tls, backlog=128
        )
        await site.start()
        return int(self._runner.addresses[0][1])

    async def new_token(self, provider: str) -> None:
        """Drop the access token for a provider and ask for a new one."""
        self._tokens.refused(provider)
        await self._tokens.authorization(provider)

    async def close(self) -> None:
        """Close the listener and every connection."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if self._session:
            await self._session.close()
            self._session = None

    # -- the peer asks -------------------------------------------------------------------------

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        raw = await request.read()
        try:
            return await self._answered(request, raw)
        except Exception as error:  # noqa: BLE001 - the tap sees nothing of this answer
            self._host.unforeseen(error)
            return web.Response(status=INTERNAL_ERROR)

    async def _answered(self, request: web.BaseRequest, raw: bytes) -> web.StreamResponse:
        passage = self._inbound_passage(request, raw)
        ruling = await self._host.tap.arrived(passage)
        if ruling.status:
            answer = Telegram("error_response", {}, self._host.role, "", status=ruling.status)
        elif ruling.pass_on:
            answer = self._host.answer(passage)
        else:
            return _hang_up(request)
        response = self._response(passage, answer)
        ruling = await self._host.tap.leaving(response)
        if not ruling.pass_on:
            return _hang_up(request)
        assert response.http is not None
        return web.Response(
            body=b"".join(ruling.raws) or response.raw,
            status=response.http.status or OK,
            headers={"Content-Type": JSON},
        )

    def _inbound_passage(self, request: web.BaseRequest, raw: bytes) -> Passage:
        host = self._host
        spec = host.profile.identify_http(request.method, request.path)
        return Passage(
            host.link_to(spec, "http"),
            host.peer_on("http", spec, request.headers.get(SENDER, "")),
            host.role,
            raw,
            spec,
            spec.decode(raw) if spec else None,
            http=Http(request.method, request.path_qs, dict(request.headers)),
        )

    def _response(self, request: Passage, answer: Telegram) -> Passage:
        refused = answer.id in {"", "receipt"} or "error_item" in answer.values
        status = answer.status
        if refused and request.spec is None:
            status = NOT_FOUND
        elif refused:
            status = BAD_REQUEST
        spec = self._host.profile.spec(answer.id if status == OK else "error_response")
        values = (
            answer.values if answer.values and not refused else error_values(status, answer.values)
        )
        raw = self._host.body(spec, Telegram(spec.id, values, "", ""), request)
        assert request.http is not None
        http = Http(request.http.method, request.http.target, {"Content-Type": JSON}, status)
        return Passage(
            request.link,
            self._host.role,
            request.sender,
            raw,
            spec,
            spec.decode(raw),
            http=http,
            request=request,
        )

    # -- we ask --------------------------------------------------------------------------------

    async def transmit(self, spec: TelegramSpec, raw: bytes, entry: Entry) -> Delivery:
        """Send one telegram; a refused token or a server error leaves it in the outbox."""
        assert spec.http is not None
        headers: dict[str, str] = {}
        target = spec.http[1]
        if LINKS[spec.links[0]].token_at == entry.to:
            authorization = await self._tokens.authorization(entry.to)
            if authorization is None:
                return Delivery()
            headers, target = self._tokens.shown(authorization, target)
        status, answer, planned_end = await self._request(spec, raw, entry.to, headers, target)
        if status == UNAUTHORIZED and self._tokens.refused(entry.to):
            return Delivery()
        if status in SERVER_ERRORS:
            return Delivery()
        return Delivery(answer, settled=answer is not None or planned_end)

    async def _request(
        self,
        spec: TelegramSpec,
        raw: bytes,
        peer: str,
        headers: dict[str, str],
        target: str,
    ) -> tuple[int, Telegram | None, bool]:
        """Exchange one request and its response.

        Returns the HTTP status (0 for none), the answer, and whether a planned end lost it.
        """
        host = self._host
        assert spec.http is not None
        content = {"Content-Type": spec.content_type or "application/json"}
        if ROLES[host.role].bench_only:
            content[SENDER] = host.role
        passage = Passage(
            spec.links[0],
            host.role,
            peer,
            raw,
            spec,
            spec.decode(raw),
            http=Http(spec.http[0], target, content | headers),
        )
        status, answer = 0, None
        if not await self._connected(passage):
            return status, answer, False
        ruling = await host.tap.leaving(passage)
        if ruling.pass_on:
            for one in ruling.raws or (raw,):
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                    status, answer = await self._exchange(passage, one, ruling)
        return status, answer, not ruling.pass_on

    async def _exchange(
        self, request: Passage, raw: bytes, ruling: Ruling
    ) -> tuple[int, Telegram | None]:
        host, spec = self._host, request.spec
        request = request if raw == request.raw else request.with_raw(raw)
        shown = request
        if ruling.authorization is not None:
            shown = request.with_authorization(ruling.authorization)
        http = shown.http
        assert http is not None
        assert spec is not None
        tls = host.wiring.context(request.receiver, "http") or False
        url, limit = self._url(shown), self._limit()
        async with self._client().request(
            http.method, url, data=raw, headers=http.headers, timeout=limit, ssl=tls
        ) as response:
            body = await response.read()
        answer_spec = host.profile.answer_to(spec, response.status, body)
        assert answer_spec is not None
        passage = Passage(
            request.link,
            request.receiver,
            host.role,
            body,
            answer_spec,
            answer_spec.decode(body),
            http=Http(http.method, http.target, dict(response.headers), response.status),
            request=request,
        )
        ruling = await host.tap.arrived(passage)
        if not ruling.pass_on:
            return 0, None
        answer = Telegram(
            answer_spec.id, dict(passage.values), passage.sender, host.role, response.status
        )
        return response.status, answer

    async def _connected(self, request: Passage) -> bool:
        """Open the connection that a request will use, unless one is kept; False when none is.

        What nobody takes does not leave, and the tap is to see only what does.
        """
        tls = self._host.wiring.context(request.receiver, "http") or False
        connector = self._client().connector
        assert connector is not None
        opening = aiohttp.ClientRequest("GET", self._url(request), ssl=tls)
        try:
            connection = await connector.connect(opening, [], self._limit())
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False
        connection.release()
        return True

    def _url(self, request: Passage) -> URL:
        assert request.http is not None
        endpoint = self._host.wiring.peers[request.receiver, "http"]
        secured = self._host.wiring.context(request.receiver, "http")
        scheme = "https" if secured else "http"
        return URL(f"{scheme}://{endpoint}{request.http.target}")

    def _limit(self) -> aiohttp.ClientTimeout:
        within = self._host.timing.answer_within
        return aiohttp.ClientTimeout(total=within, connect=within)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=False, limit=0),
                skip_auto_headers=("User-Agent", "Accept-Encoding"),
            )
        return self._session


def error_values(status: int, told: Values | None = None) -> Values:
    """Return title and detail of an error body, as the published REST contract words them."""
    details = {
        BAD_REQUEST: "エラーが発生しました。",
        UNAUTHORIZED: "アクセストークンが無効です。",
        NOT_FOUND: "要求先がありません。",
    }
    detail = details.get(status, "想定外のエラーが発生しました。")
    values = {"title": "エラー", "detail": detail}
    return told if told and "title" in told else values


def _hang_up(request: web.BaseRequest) -> web.StreamResponse:
    """Cut the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()
