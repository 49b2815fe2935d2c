"""What the runner and whoever watches or bends the wire agree on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from telegram_specs import Decoded, TelegramSpec
    from telegram_specs.network import Endpoint

__all__ = ["PASS", "Http", "Passage", "Ruling", "Tap", "Timing", "Wiring"]


@dataclass(frozen=True, slots=True)
class Http:
    """The HTTP envelope of a telegram; ``status`` is set on answers only."""

    method: str
    target: str
    headers: Mapping[str, str]
    status: int | None = None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Passage:
    """One telegram (or what arrived instead of one) at one end of a hop.

    Attributes:
        link: name of the link.
        sender: role that sent it.
        receiver: role that it is for.
        raw: the bytes, of the body on HTTP links.
        spec: its layout, None when it could not be told.
        decoded: values and faults, None when there is no layout.
        http: the envelope on HTTP links.
        request: the passage that this one answers, None for a request.
        problem: why the bytes could not be framed, None when they could.
    """

    link: str
    sender: str
    receiver: str
    raw: bytes
    spec: TelegramSpec | None = None
    decoded: Decoded | None = None
    http: Http | None = None
    request: Passage | None = None
    problem: str | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        """The decoded values, empty when nothing could be decoded."""
        return self.decoded.values if self.decoded else {}

    def with_raw(self, raw: bytes) -> Passage:
        """Return the same passage with other bytes, decoded again by the same layout."""
        return replace(self, raw=raw, decoded=self.spec.decode(raw) if self.spec else None)

    def with_authorization(self, text: str) -> Passage:
        """Return the same request with another Authorization header, none when it is empty."""
        assert self.http is not None
        headers = {k: v for k, v in self.http.headers.items() if k != "Authorization"}
        shown = headers | ({"Authorization": text} if text else {})
        return replace(self, http=replace(self.http, headers=shown))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What happens to a passage.

    Attributes:
        pass_on: False keeps it from the wire (leaving) or from the node (arrived).
        raws: the bytes to write instead, one after the other, each waiting for its answer;
            empty for the passage's own.
        close: the connection is closed afterwards.
        status: HTTP status to answer with instead of asking the node.
        pieces: bytes that are written at a time, None for all at once.
        authorization: Authorization header to show instead, empty for none.
    """

    pass_on: bool = True
    raws: tuple[bytes, ...] = ()
    close: bool = False
    status: int | None = None
    pieces: int | None = None
    authorization: str | None = None


PASS = Ruling()


class Tap(Protocol):
    """Sees every passage at this end, and may bend it; both calls may take their time."""

    async def leaving(self, passage: Passage) -> Ruling:
        """Rule on bytes that are about to be written."""
        ...

    async def arrived(self, passage: Passage) -> Ruling:
        """Rule on bytes that were read."""
        ...


class OpenTap:
    """Lets everything pass."""

    async def leaving(self, passage: Passage) -> Ruling:  # noqa: ARG002 - the protocol's signature
        """Pass."""
        return PASS

    async def arrived(self, passage: Passage) -> Ruling:  # noqa: ARG002 - the protocol's signature
        """Pass."""
        return PASS


@dataclass(frozen=True, slots=True)
class Timing:
    """Time limits of a host, in seconds.

    Attributes:
        answer_within: how long an answer may take before the connection is given up.
        retry_after: pause before a telegram without answer is sent again.
        attempts: transmissions of one telegram, None for as many as it takes.
    """

    answer_within: float = 2.0
    retry_after: float = 0.05
    attempts: int | None = None


@dataclass(slots=True)
class Wiring:
    """Where a host listens and where its peers do; peers may be filled in or moved later.

    Attributes:
        host: the address to bind.
        tcp: port of the CS link listener, 0 for any free one, None for no listener.
        http: likewise for HTTP.
        peers: (role, wire) to the endpoint of that role's listener.
        codes: role to its six-digit code on the CS link.
        server_tls: context of the HTTP listener, None for plain HTTP.
        client_tls: context of HTTP connections, None for plain HTTP.
        tcp_tls: context of the CS link listener, None for plain TCP.
        contexts: (role, wire) to the context towards that peer, where it is another one.
    """

    host: str = "127.0.0.1"
    tcp: int | None = None
    http: int | None = None
    peers: dict[tuple[str, str], Endpoint] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    server_tls: ssl.SSLContext | None = None
    client_tls: ssl.SSLContext | None = None
    tcp_tls: ssl.SSLContext | None = None
    contexts: dict[tuple[str, str], ssl.SSLContext | None] = field(default_factory=dict)

    def context(self, peer: str, wire: str) -> ssl.SSLContext | None:
        """Return the context of connections to a peer, None for plain ones."""
        return self.contexts.get((peer, wire), self.client_tls if wire == "http" else None)
