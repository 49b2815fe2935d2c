"""Hosts of the reference on ports of their own, joined in one loop, each with a tap."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from dataclasses import replace

from reference_impl.adapter import tls_contexts
from reference_impl.clock import ShiftedClock
from reference_impl.factory import build
from reference_impl.rules import Rules
from reference_impl.runner import Host
from reference_impl.wire import PASS, Timing, Wiring
from telegram_specs import load_profile
from telegram_specs.network import ROLES

PROFILE = load_profile()
CODES = {"juki": "999016", "cs": "000001"}
EVER = 30.0
"""Seconds after which a test gives up; nothing that works comes near."""
QUICK = Timing(answer_within=0.2, retry_after=0.01)


def over_sockets(scene):
    """Run an async test on a loop of its own."""

    @functools.wraps(scene)
    def run(*args, **kwargs):
        asyncio.run(asyncio.wait_for(scene(*args, **kwargs), EVER))

    return run


async def until(holds):
    """Wait until a condition of the registers holds."""
    while not holds():  # noqa: ASYNC110 - nothing tells when a register changes
        await asyncio.sleep(0.002)


class Seen:
    """A tap that keeps what passes; `bend` may rule on it."""

    def __init__(self):
        self.left, self.came = [], []
        self.bend = lambda _end, _passage: PASS

    async def leaving(self, passage):
        self.left.append(passage)
        return self.bend("leaving", passage)

    async def arrived(self, passage):
        self.came.append(passage)
        return self.bend("arrived", passage)

    def arrivals(self, telegram, item="serial"):
        return [p.values[item] for p in self.came if p.spec and p.spec.id == telegram]


class Network(contextlib.AsyncExitStack):
    """Hosts of some roles on ports of their own, each with its tap."""

    def __init__(self, *roles, tls=None, timing=QUICK, **rules):
        super().__init__()
        clock = ShiftedClock()
        self.taps = {role: Seen() for role in roles}
        self.hosts = {}
        self.exits, self.unforeseen = [], []
        server_tls, client_tls = tls_contexts(tls or {})
        for role in roles:
            own = replace(Rules(), **rules.get(role, {}))
            node, context = build(role, PROFILE, clock, seed=1, rules=own)
            self.callback(context.registers.close)
            wiring = Wiring(
                tcp=None if ROLES[role].tcp is None else 0,
                http=None if ROLES[role].http is None else 0,
                codes=dict(CODES),
                server_tls=server_tls,
                client_tls=client_tls,
            )
            self.hosts[role] = Host(
                node,
                context,
                PROFILE,
                wiring,
                tap=self.taps[role],
                timing=timing,
                exit_now=lambda role=role: self.exits.append(role),
                unforeseen=self.unforeseen.append,
            )

    async def __aexit__(self, kind, *rest):
        try:
            return await super().__aexit__(kind, *rest)
        finally:
            assert kind or not self.unforeseen

    def mistakes(self):
        """Return what was unforeseen, and take it away."""
        told = [str(error) for error in self.unforeseen]
        self.unforeseen.clear()
        return told

    async def __aenter__(self):
        for host in self.hosts.values():
            await host.listen()
            self.push_async_callback(host.stop)
        known = {
            (role, wire): endpoint
            for role, host in self.hosts.items()
            for wire, endpoint in host.endpoints().items()
        }
        for role, host in self.hosts.items():
            host.wiring.peers.update({k: v for k, v in known.items() if k[0] != role})
            host.start()
        return self

    def send(self, role, to, telegram, **values):
        """Put a telegram into a role's outbox, past its node; return its serial."""
        entry = self.hosts[role].context.registers.send(to, telegram, values)
        self.hosts[role].kick()
        return entry.serial

    async def idle(self):
        """Wait until every outbox is empty."""
        await until(lambda: not any(host.busy() for host in self.hosts.values()))

    def rows(self, role, table):
        return self.hosts[role].context.registers.rows(table)

    def stock(self):
        return self.hosts["juki"].node.observe("stock", {})["count"]

    def errors(self, role):
        return [line["code"] for line in self.hosts[role].node.observe("errors", {})["errors"]]


def mistaken(function):
    """Return a function that makes a mistake of its own once, and then does what it should."""
    left = [LookupError("no such shelf")]

    def first_wrong(*arguments):
        if left:
            raise left.pop()
        return function(*arguments)

    return first_wrong


def once(end, telegram, ruling):
    """Return a bend that rules on the first passage of one kind at one end."""
    left = [ruling]

    def bend(at, passage):
        asked = passage.request or passage
        met = (at, asked.spec and asked.spec.id, bool(passage.request)) == (end, *telegram)
        return left.pop() if met and left else PASS

    return bend
