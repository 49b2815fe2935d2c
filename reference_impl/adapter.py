"""The reference as a system under test: it speaks the control protocol on stdin and stdout.

It does what any supplier's adapter would do, see ``docs/sut-protocol.md``; telegrams go over its
own sockets.
"""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reference_impl.clock import ShiftedClock
from reference_impl.factory import build
from reference_impl.node import SYNTHETIC_CODES, Outcome, Unsupported
from reference_impl.oauth import CLIENTS, Client
from reference_impl.runner import Host
from reference_impl.wire import Timing, Wiring
from telegram_specs.network import LINKS, ROLES, Endpoint, parts_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from reference_impl.faults import WireChange
    from reference_impl.rules import Rules
    from telegram_specs import Profile

__all__ = ["Adapter", "System"]

VERSION = 1
LONGEST = 1_000_000
"""Bytes of the longest line."""
EXIT_AFTER_STIMULUS = 70
"""Exit code of the seeded fault that makes the process end by itself."""
FLUSH_STEP = 0.002


@dataclass(slots=True)
class System:
    """What the reference process is started as.

    Attributes:
        role: the role that it takes, with the roles behind it.
        profile: the telegram layouts.
        rules: the behaviour.
        changes: wire changes of a seeded fault.
        data: folder of the registers.
        seed: of its random numbers.
        name: what it calls itself at hello.
    """

    role: str
    profile: Profile
    rules: Rules
    data: Path
    changes: tuple[WireChange, ...] = ()
    seed: int = 0
    name: str = "denbun reference"
    clock: ShiftedClock = field(default_factory=ShiftedClock)


class Adapter:
    """Turns commands into calls of the nodes, and outcomes into answers."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._hosts: dict[str, Host] = {}
        self._verbs: dict[str, Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]]] = {
            "hello": self._hello,
            "reset": self._reset,
            "provision": self._provision,
            "trigger": self._trigger,
            "observe": self._observe,
            "clock": self._clock,
            "stop": self._stop,
        }

    async def serve(self) -> None:
        """Read commands from stdin until it ends or ``stop`` comes."""
        # A thread reads, as not every platform's event loop can read a pipe.
        last = 0
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            message = _message(line)
            if message is None or message["seq"] <= last:
                continue  # nothing is done, and nobody waits for it
            last = message["seq"]
            answer = {"v": VERSION, "seq": last, **await self._answer(message)}
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            if message["cmd"] == "stop":
                return

    async def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        verb = self._verbs.get(message["cmd"])
        if verb is None:
            return {"status": "unsupported", "scope": "adapter", "reason": message["cmd"]}
        try:
            return await verb(message)
        except Unsupported as error:
            return {"status": "unsupported", "scope": "sut", "reason": str(error)}
        except (KeyError, TypeError, ValueError) as error:
            return {"status": "error", "reason": f"{type(error).__name__}: {error}"}

    async def _hello(self, message: Mapping[str, Any]) -> dict[str, Any]:
        network = message["network"]
        for role in parts_of(self._system.role):
            host = self._host(role, network)
            await host.listen()
            self._hosts[role] = host
        for host in self._hosts.values():
            for role, other in self._hosts.items():
                for wire, endpoint in other.endpoints().items():
                    host.wiring.peers.setdefault((role, wire), endpoint)
            host.start()
        return {
            "status": "ok",
            "nonce": message["nonce"],
            "environment": "test",
            "sut": {"name": self._system.name, "version": message.get("suite", "")},
            "adapter": {"name": "built-in", "version": message.get("suite", "")},
            "verbs": [verb for verb in self._verbs if verb != "hello"],
            "listens": {
                role: {wire: str(endpoint) for wire, endpoint in host.endpoints().items()}
                for role, host in self._hosts.items()
            },
        }

    def _host(self, role: str, network: Mapping[str, Any]) -> Host:
        system = self._system
        told = {"juki": network.get("client"), "gyomu": network.get("gyomu_client")}
        named = {who: Client(one["id"], one["secret"]) for who, one in told.items() if one}
        node, context = build(
            role,
            system.profile,
            system.clock,
            seed=system.seed,
            rules=system.rules,
            data=system.data,
            codes={**SYNTHETIC_CODES, **network["codes"]},
            clients={**CLIENTS, **named},
        )
        row = ROLES[role]
        spoken = _spoken(role, network.get("links") or {})
        tls = network.get("tls") or {}
        server_tls, client_tls = tls_contexts(tls, mutual="mutual" in spoken["http"].values())
        tcp_tls = tls_contexts(tls, mutual="mutual" in spoken["tcp"].values())[0]
        wiring = Wiring(
            tcp=None if row.tcp is None else 0,
            http=None if row.http is None else 0,
            peers={
                (peer, wire): Endpoint.parse(address)
                for peer, wires in network["peers"].items()
                for wire, address in wires.items()
            },
            codes=dict(network["codes"]),
            server_tls=server_tls,
            client_tls=client_tls,
            tcp_tls=tcp_tls if set(spoken["tcp"].values()) - {"plain"} else None,
            contexts={
                (peer, wire): None if said == "plain" else client_tls
                for wire, peers in spoken.items()
                for peer, said in peers.items()
            },
        )
        if spoken["http"] and set(spoken["http"].values()) == {"plain"}:
            wiring.server_tls = None
        return Host(
            node,
            context,
            system.profile,
            wiring,
            timing=Timing(answer_within=2.0, retry_after=0.02),
            changes=system.changes,
            exit_now=lambda: os._exit(EXIT_AFTER_STIMULUS),
        )

    async def _reset(self, _message: Mapping[str, Any]) -> dict[str, Any]:
        for host in self._hosts.values():
            host.context.registers.clear()
        return {"status": "ok"}

    async def _provision(self, message: Mapping[str, Any]) -> dict[str, Any]:
        data = self._ask("provision", message["kind"], message.get("args") or {})
        return {"status": "ok", "handle": data.get("handle"), "data": data}

    async def _observe(self, message: Mapping[str, Any]) -> dict[str, Any]:
        data = self._ask("observe", message["what"], message.get("args") or {})
        return {"status": "ok", "data": data}

    def _ask(self, verb: str, what: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Ask the nodes in turn for what only one of them knows."""
        refusal = Unsupported(what)
        for host in self._hosts.values():
            try:
                return dict(getattr(host.node, verb)(what, args))
            except Unsupported as error:
                refusal = error
        raise refusal

    async def _trigger(self, message: Mapping[str, Any]) -> dict[str, Any]:
        action, args = message["action"], message.get("args") or {}
        if action == "flush":
            return await self._flush(message)
        outcome = Outcome("unsupported", reason=action)
        for host in self._hosts.values():
            outcome = host.act(action, args)
            if outcome.status != "unsupported":
                break
        answer: dict[str, Any] = {
            "status": outcome.status,
            "stage": outcome.stage,
            "handle": outcome.handle,
            "alerts": [{"code": alert.code, "text": alert.text} for alert in outcome.alerts],
            "data": dict(outcome.data),
            "reason": outcome.reason,
        }
        if outcome.status == "unsupported":
            answer["scope"] = "sut"
        return {key: value for key, value in answer.items() if value not in (None, "", [], {})}

    async def _flush(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Answer when every outbox is empty."""
        until = time.monotonic() + float(message.get("deadline_ms", 1000)) / 1000 * 0.8
        while any(host.busy() for host in self._hosts.values()):
            if time.monotonic() > until:
                return {"status": "error", "reason": "telegrams still wait"}
            await asyncio.sleep(FLUSH_STEP)
        return {"status": "ok"}

    async def _clock(self, message: Mapping[str, Any]) -> dict[str, Any]:
        self._ask("provision", "date", message["args"])
        for host in self._hosts.values():
            host.kick()
        return {"status": "ok"}

    async def _stop(self, _message: Mapping[str, Any]) -> dict[str, Any]:
        for host in self._hosts.values():
            await host.stop()
        return {"status": "ok"}


def _message(line: bytes) -> dict[str, Any] | None:
    """Return a command, None for what is none or too long."""
    try:
        message = json.loads(line) if len(line) <= LONGEST else None
    except (ValueError, RecursionError):
        return None
    known = isinstance(message, dict) and isinstance(message.get("seq"), int) and "cmd" in message
    return message if known else None


def _spoken(role: str, links: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what a role and its peers speak (plain, tls or mutual), by wire and peer."""
    found: dict[str, dict[str, str]] = {"tcp": {}, "http": {}}
    for name, said in links.items():
        link = LINKS[name]
        if role in link.roles:
            found[link.wire] |= {peer: said for peer in link.roles if peer != role}
    return found


def tls_contexts(
    tls: Mapping[str, str], *, mutual: bool = False
) -> tuple[ssl.SSLContext, ssl.SSLContext] | tuple[None, None]:
    """Return server and client contexts from the paths ca, certificate and key (TLS 1.2+).

    The client shows client_certificate and client_key where they are given; a ``mutual`` server
    asks for one of the same ca.
    """
    if not tls:
        return None, None
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.minimum_version = ssl.TLSVersion.TLSv1_2
    server.load_cert_chain(tls["certificate"], tls["key"])
    if mutual:
        server.load_verify_locations(tls["ca"])
        server.verify_mode = ssl.CERT_REQUIRED
    client = ssl.create_default_context(cafile=tls["ca"])
    if "client_certificate" in tls:
        client.load_cert_chain(tls["client_certificate"], tls["client_key"])
    client.minimum_version = ssl.TLSVersion.TLSv1_2
    return server, client
