"""The hosts of the bench: the roles that it plays, on one clock and one loop."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from reference_impl.clock import ShiftedClock
from reference_impl.factory import build
from reference_impl.node import Unsupported
from reference_impl.oauth import CLIENTS, Client
from reference_impl.runner import Host
from reference_impl.wire import Timing, Wiring
from steps.bench.arithmetic import ENGINE_NUMBERS
from steps.bench.faultplan import ATTEMPTS
from steps.bench.party import routes
from steps.bench.relay import Relay
from steps.drivers.protocol import Reply
from telegram_specs.network import ROLES, Endpoint

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from reference_impl.node import Outcome
    from steps.background import Background
    from steps.bench.party import Party
    from steps.bench.security import Security
    from steps.bench.tap import BenchTap
    from steps.pixit import Pixit
    from telegram_specs import Profile

__all__ = ["Hosts"]


class Hosts:
    """A host for each role inside, and for each that is outside behind another.

    Args:
        profile: the telegram layouts.
        pixit: of the whole set-up.
        outside: the systems outside, by the roles that they take.
        security: of the links.
        tap: makes the tap of a host.
        seed: of the nodes' random numbers.
        unforeseen: takes what went wrong in a host itself.
        background: the loop on which the hosts live.

    Attributes:
        clock: the one of all roles inside.
        clients: id and secret with which a role asks for a token, by role.
        codes: role to its code on the CS link.
        by_role: the hosts.
    """

    def __init__(
        self,
        *,
        profile: Profile,
        pixit: Pixit,
        outside: Mapping[str, Party],
        security: Security,
        tap: Callable[[], BenchTap],
        seed: int,
        unforeseen: Callable[[Exception], None],
        background: Background,
    ) -> None:
        self._profile = profile
        self._pixit = pixit
        self._outside = outside
        self._security = security
        self._tap = tap
        self._seed = seed
        self._unforeseen = unforeseen
        self._background = background
        self.clock = ShiftedClock()
        self.clients = {
            role: Client(*given) if (given := pixit.client_of(role))[0] else known
            for role, known in CLIENTS.items()
        }
        self.codes = pixit.codes() | {"cs": profile.cs_code}
        led = {party.role for party in outside.values()}
        self.by_role = {name: self._host(name) for name in ROLES if name not in led}

    def _host(self, name: str) -> Host:
        """Return the host of a role; for a role behind one outside, a relay to it."""
        node, context = build(
            name,
            self._profile,
            self.clock,
            seed=self._seed,
            codes=self.codes,
            clients=self.clients,
            numbers=ENGINE_NUMBERS,
        )
        if name in self._outside:
            passed = (s.id for s in self._profile.specs.values() if name in s.receiver and s.answer)
            node = Relay(name, tuple(passed), context)
        row = ROLES[name]
        # A relay passes on to the very role that it stands before.
        peers = [*routes(name), *((name, wire) for wire in ("tcp", "http"))]
        ports = self._pixit.ports.get(name, {})
        wiring = Wiring(
            host=self._pixit.bind,
            tcp=None if row.tcp is None else ports.get("tcp", 0),
            http=None if row.http is None else ports.get("http", 0),
            codes=dict(self.codes),
            server_tls=None if row.http is None else self._security.server(name, "http"),
            tcp_tls=None if row.tcp is None else self._security.server(name, "tcp"),
            contexts={(to, by): self._security.client(name, to, by) for to, by in peers},
        )
        timing = Timing(
            answer_within=self._pixit.answer_within, retry_after=0.02, attempts=ATTEMPTS
        )
        return Host(
            node,
            context,
            self._profile,
            wiring,
            tap=self._tap(),
            timing=timing,
            unforeseen=self._unforeseen,
        )

    def endpoints(self) -> dict[tuple[str, str], Endpoint]:
        """Return where the bench listens, by role and wire."""
        return {
            (name, wire): endpoint
            for name, host in self.by_role.items()
            for wire, endpoint in host.endpoints().items()
        }

    def draw_for(self, case_id: str) -> None:
        """Let the random numbers of the bench's roles depend on the seed and a case alone."""
        for name, host in self.by_role.items():
            drawn = host.context.random
            if isinstance(drawn, Random):
                self._background.call(drawn.seed, f"{self._seed}/{name}/{case_id}")

    # -- time ------------------------------------------------------------------------------------

    def shift(self, day: dt.date) -> None:
        """Move the date of the roles inside."""
        self._background.call(self.clock.shift, day)
        self._begin_day()

    def advance(self, minutes: int) -> None:
        """Let minutes pass for the roles inside."""
        self._background.call(self.clock.advance, 60 * minutes)
        self._begin_day()

    def _begin_day(self) -> None:
        for name, host in self.by_role.items():
            if name not in self._outside:
                self._background.call(_begin_day, host)

    # -- roles -----------------------------------------------------------------------------------

    def act(self, role: str, action: str, args: Mapping[str, Any]) -> Reply:
        """Let a role act."""
        return _reply(self._background.call(self.by_role[role].act, action, args))

    def observe(self, role: str, what: str, args: Mapping[str, Any]) -> Reply:
        """Ask what a role's registers hold."""
        return self._ask(self.by_role[role].node.observe, what, args)

    def provision(self, role: str, kind: str, args: Mapping[str, Any]) -> Reply:
        """Put records into a role's registers, or move its date."""
        return self._ask(self.by_role[role].node.provision, kind, args)

    def clear(self) -> None:
        """Forget all registers."""
        for host in self.by_role.values():
            self._background.call(host.context.registers.clear)

    def _ask(self, method: Any, what: str, args: Mapping[str, Any]) -> Reply:
        try:
            data = self._background.call(method, what, args)
        except Unsupported as error:
            return Reply("unsupported", scope="sut", reason=str(error))
        return Reply("ok", handle=data.get("handle"), data=data)


def _begin_day(host: Host) -> None:
    host.node.day_began()
    host.kick()


def _reply(outcome: Outcome) -> Reply:
    return Reply(
        status=outcome.status,
        stage=outcome.stage,
        scope="sut" if outcome.status == "unsupported" else None,
        alerts=tuple(alert.code for alert in outcome.alerts),
        handle=outcome.handle,
        data=outcome.data,
        reason=outcome.reason,
    )
