"""Who speaks TLS with whom on the bench, by the PIXIT, and what the peers did wrong at it."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from reference_impl.adapter import tls_contexts
from telegram_specs.network import LINKS, link_between

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from steps.pixit import Pixit

__all__ = ["Security"]

MEANINGS = {
    "PEER_DID_NOT_RETURN_A_CERTIFICATE": "クライアント証明書が提示されない",
    "CERTIFICATE_VERIFY_FAILED": "証明書を検証できない",
    "HTTP_REQUEST": "TLSではなく平文のHTTPで接続された",
    "WRONG_VERSION_NUMBER": "TLSではない通信がされた",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "クライアント証明書を求められたが、渡せない",
    "TLSV1_ALERT_UNKNOWN_CA": "ベンチの証明書が、試験用認証局のものと認められない",
}
"""What the reasons of OpenSSL mean to the reader; others are shown as they are."""
NO_FAULT = (ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLEOFError, ssl.SSLZeroReturnError)
"""What a handshake raises that goes on, or whose connection was only closed."""


class Security:
    """Contexts for every hop of the bench.

    Args:
        pixit: says what each link speaks.
        parts: the roles of every system outside the bench.
        tls: paths of the run's certificates.
    """

    def __init__(self, pixit: Pixit, parts: Collection[str], tls: Mapping[str, str]) -> None:
        self._pixit = pixit
        self._parts = parts
        self._tls = tls
        self._problems: list[str] = []
        self._inside = tls_contexts(tls)
        """Of hops inside the bench; nothing goes wrong there."""

    def links(self, parts: Collection[str]) -> dict[str, str]:
        """Return what each link of a system with these roles speaks, as ``hello`` tells it.

        A link of the other municipality has the name that its own system knows it by.
        """
        own = (link.name for link in LINKS.values() if not set(link.roles).isdisjoint(parts))
        return {name.removesuffix("_b"): self._pixit.security(name) for name in own}

    def server(self, role: str, wire: str) -> ssl.SSLContext | None:
        """Return the context of a listener of the bench, None for a plain one."""
        speaks = self._speaks(role, wire)
        if speaks == "plain":
            return None
        if not any(link_between(role, part, wire) for part in self._parts):
            return self._inside[0]
        context = tls_contexts(self._tls, mutual=speaks == "mutual")[0]
        return self._watched(context, f"{role} ({wire})")

    def client(self, role: str, peer: str, wire: str) -> ssl.SSLContext | None:
        """Return the context for connections from a role to a peer, None for plain ones."""
        link = link_between(role, peer, wire) if peer in self._parts else None
        speaks = self._pixit.security(link.name) if link else self._speaks(peer, wire)
        if speaks == "plain":
            return None
        if link is None:
            return self._inside[1]
        return self._watched(tls_contexts(self._tls)[1], f"{role} → {peer} ({wire})")

    def problems(self) -> tuple[str, ...]:
        """Return what went wrong at handshakes since the last call, each once."""
        found = tuple(dict.fromkeys(self._problems))
        self._problems.clear()
        return found

    def _speaks(self, role: str, wire: str) -> str:
        """Return what a listener of the bench speaks: what its link with the system does."""
        for part in sorted(self._parts):
            if link := link_between(role, part, wire):
                return self._pixit.security(link.name)
        others = (link.name for link in LINKS.values() if link.wire == wire and role in link.roles)
        return "tls" if any(self._pixit.security(name) != "plain" for name in others) else "plain"

    def _watched(self, context: ssl.SSLContext | None, place: str) -> ssl.SSLContext | None:
        """Return a context whose failed handshakes are noted: nobody else is told of them."""
        note = self._problems.append

        class Watched(ssl.SSLObject):
            def do_handshake(self) -> None:
                try:
                    super().do_handshake()
                except NO_FAULT:
                    raise
                except ssl.SSLError as error:
                    reason = str(error.reason or error)
                    note(f"TLS, {place}: {MEANINGS.get(reason, reason)} ({reason})")
                    raise

        if context is not None:
            context.sslobject_class = Watched
        return context
