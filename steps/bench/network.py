"""The bench: the whole network with the roles of the system under test left out."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import time
from typing import TYPE_CHECKING, Any

from reference_impl.clock import ShiftedClock
from reference_impl.factory import build
from reference_impl.node import Unsupported
from reference_impl.oauth import SYNTHETIC_CLIENT, Client
from reference_impl.runner import Host
from reference_impl.wire import Timing, Wiring
from steps.bench.arithmetic import ENGINE_NUMBERS
from steps.bench.background import Background
from steps.bench.ca import make_ca
from steps.bench.faultplan import FaultPlan
from steps.bench.relay import Relay
from steps.bench.security import Security
from steps.bench.tap import BenchTap
from steps.drivers.protocol import Greeting, Network, Reply, SutLost
from telegram_specs.network import LINKS, ROLES, Endpoint, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reference_impl.node import Outcome
    from steps.bench.journal import Journal
    from steps.drivers.protocol import Driver
    from steps.sut import Pixit
    from telegram_specs import Profile

__all__ = ["Bench"]

SETUP_WITHIN = 20.0
REACH_WITHIN = 2.0
ATTEMPTS = 3
"""How often a bench node sends a telegram that stays without an answer."""


def routes(role: str) -> list[tuple[str, str]]:
    """Return (peer, wire) of every listener that a role may send to."""
    found: list[tuple[str, str]] = []
    for link in LINKS.values():
        if role in link.roles:
            for peer in link.roles:
                listener = ROLES[peer].tcp if link.wire == "tcp" else ROLES[peer].http
                if peer != role and listener is not None:
                    found.append((peer, link.wire))
    return found


class Bench:
    """Hosts every role but those under test, and reaches the system under test by its driver.

    Args:
        profile: the telegram layouts.
        role: the role under test.
        pixit: addresses, time limits and codes.
        driver: the way to the system under test.
        journal: where every passage is recorded.
        seed: of the bench nodes' random numbers.
        folder: for the run's certificates.
    """

    def __init__(
        self,
        *,
        profile: Profile,
        role: str,
        pixit: Pixit,
        driver: Driver,
        journal: Journal,
        seed: int,
        folder: Path,
    ) -> None:
        self.profile = profile
        self.role = role
        self.parts = frozenset(parts_of(role))
        self.pixit = pixit
        self.driver = driver
        self.journal = journal
        self.plan = FaultPlan()
        self.greeting: Greeting | None = None
        self.unasked_deaths = 0
        self._restarts = 0
        self._end_is_known = False
        self._down: set[str] = set()
        self._theirs: dict[tuple[str, str], Endpoint] = {}
        self._seed = seed
        self._clock = ShiftedClock()
        self._background = Background()
        self._client = Client(pixit.client_id, pixit.client_secret) if pixit.client_id else None
        self.tls: Mapping[str, str] = {}
        if any(pixit.security(link) != "plain" for link in LINKS):
            self.tls = make_ca(folder, names=pixit.tls_names).by_name()
        self.security = Security(pixit, self.parts, self.tls)
        self._codes = pixit.codes() | {"cs": profile.cs_code}
        self._hosts = {name: self._host(name) for name in ROLES if name != role}

    # -- life ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Open every listener, greet the system under test and begin to talk."""
        self._background.run(self._listen(), within=SETUP_WITHIN)
        self._greet()
        self._background.run(self._start(), within=SETUP_WITHIN)

    def stop(self) -> None:
        """Part from the system under test and close everything."""
        self.driver.stop()
        self._background.run(self._stop(), within=SETUP_WITHIN)
        self._background.close()

    async def _listen(self) -> None:
        for host in self._hosts.values():
            await host.listen()

    async def _start(self) -> None:
        for host in self._hosts.values():
            host.start()

    async def _stop(self) -> None:
        for host in self._hosts.values():
            await host.stop()

    def _greet(self) -> None:
        addresses = self.ours()
        peers: dict[str, dict[str, str]] = {}
        for part in sorted(self.parts):
            for peer, wire in routes(part):
                if (peer, wire) in addresses:
                    port = addresses[peer, wire].port
                    ours = Endpoint(self.pixit.advertise or self.pixit.bind, port)
                    peers.setdefault(peer, {})[wire] = str(ours)
        client = self._client or SYNTHETIC_CLIENT
        self.greeting = self.driver.start(
            Network(
                role=self.role,
                peers=peers,
                codes=self._codes,
                tls=self.tls,
                links=self.security.links(),
                client={"id": client.id, "secret": client.secret},
            )
        )
        told = _endpoints(self.pixit.addresses_by_role()) | _endpoints(self.greeting.listens)
        self._theirs = theirs = {k: v for k, v in told.items() if k[0] in self.parts}
        for name, host in self._hosts.items():
            if name in self.parts:
                host.wiring.peers.update({k: v for k, v in theirs.items() if k[0] == name})
                continue
            known = addresses | theirs
            host.wiring.peers.update({k: known[k] for k in routes(name) if k in known})

    def ours(self) -> dict[tuple[str, str], Endpoint]:
        """Return where the bench listens, by role and wire."""
        return {
            (name, wire): endpoint
            for name, host in self._hosts.items()
            for wire, endpoint in host.endpoints().items()
        }

    def theirs(self) -> dict[tuple[str, str], Endpoint]:
        """Return where the system under test is said to listen, by role and wire."""
        return dict(self._theirs)

    def _host(self, name: str) -> Host:
        """Return the host of a role; for a role behind the one under test, a relay to it."""
        node, context = build(
            name,
            self.profile,
            self._clock,
            seed=self._seed,
            codes=self._codes,
            client=self._client or SYNTHETIC_CLIENT,
            numbers=ENGINE_NUMBERS,
        )
        if name in self.parts:
            passed = (s.id for s in self.profile.specs.values() if name in s.receiver and s.answer)
            node = Relay(name, tuple(passed), context)
        row = ROLES[name]
        ports = self.pixit.ports.get(name, {})
        wiring = Wiring(
            host=self.pixit.bind,
            tcp=None if row.tcp is None else ports.get("tcp", 0),
            http=None if row.http is None else ports.get("http", 0),
            codes=dict(self._codes),
            server_tls=None if row.http is None else self.security.server(name, "http"),
            tcp_tls=None if row.tcp is None else self.security.server(name, "tcp"),
            contexts={(to, by): self.security.client(name, to, by) for to, by in routes(name)},
        )
        timing = Timing(answer_within=self.pixit.answer_within, retry_after=0.02, attempts=ATTEMPTS)
        tap = BenchTap(self.journal, self.plan, self.parts)
        return Host(node, context, self.profile, wiring, tap=tap, timing=timing)

    # -- the system under test -------------------------------------------------------------------

    def heal(self) -> str | None:
        """Start the system again when it is gone; say how it had ended, None when it had not.

        Raises SutLost or DriverError when it cannot be, or was too often.
        """
        if self.driver.alive():
            return None
        note = self.driver.exit_note() or "gone"
        self.note_death()
        if self._restarts == self.pixit.restarts:
            raise SutLost(
                f"the system ended ({note}) and is not started again. "
                f"expected at most {self._restarts} restarts (pixit.restarts)"
            )
        self._restarts += 1
        self.restart()
        return note

    def note_death(self) -> None:
        """Count an unasked death, once until the system lives again."""
        if not self._end_is_known and not self.driver.alive():
            self._end_is_known = True
            self.unasked_deaths += 1

    def restart(self) -> None:
        """Start the system after its end; its registers are what it kept."""
        self._greet()
        self._end_is_known = False

    def kill(self) -> None:
        """End the system as a power failure would."""
        self.driver.kill()
        self._end_is_known = True

    # -- roles ---------------------------------------------------------------------------------

    def inside(self, role: str) -> bool:
        """Tell whether a role is played by the bench."""
        return role not in self.parts

    def act(self, role: str, action: str, args: Mapping[str, Any]) -> Reply:
        """Let a role act. Raises SutLost."""
        if self.inside(role):
            return _reply(self._background.call(self._hosts[role].act, action, args))
        body = {"action": action, "args": args}
        return self.driver.command("trigger", body, within=self.pixit.command_within)

    def observe(self, role: str, what: str, args: Mapping[str, Any]) -> Reply:
        """Ask what a role's registers hold. Raises SutLost."""
        if self.inside(role):
            return self._ask(self._hosts[role].node.observe, what, args)
        body = {"what": what, "args": args}
        return self.driver.command("observe", body, within=self.pixit.command_within)

    def provision(self, role: str, kind: str, args: Mapping[str, Any]) -> Reply:
        """Put records into a role's registers. Raises SutLost."""
        if self.inside(role):
            return self._ask(self._hosts[role].node.provision, kind, args)
        body = {"kind": kind, "args": args}
        return self.driver.command("provision", body, within=self.pixit.command_within)

    def set_date(self, role: str, date: str) -> Reply:
        """Move a role's date. Raises SutLost."""
        if self.inside(role):
            return self._ask(self._hosts[role].node.provision, "date", {"date": date})
        return self.driver.command(
            "clock", {"args": {"date": date}}, within=self.pixit.command_within
        )

    def today(self) -> dt.date:
        """Return the current date of the network."""
        return self._clock.now().date()

    def set_date_everywhere(self, date: str) -> Reply:
        """Move the date of the whole network; the answer of the system under test.

        Raises SutLost.
        """
        self._background.call(self._clock.shift, dt.date.fromisoformat(date))
        for name in self._hosts:
            if self.inside(name):
                self._background.call(self._begin_day, name)
        return self.set_date(self.role, date)

    def advance_everywhere(self, minutes: int) -> Reply:
        """Let minutes pass in the whole network; the answer of the system under test.

        Raises SutLost.
        """
        self._background.call(self._clock.advance, 60 * minutes)
        for name in self._hosts:
            if self.inside(name):
                self._background.call(self._begin_day, name)
        body = {"args": {"minutes": minutes}}
        return self.driver.command("clock", body, within=self.pixit.command_within)

    def reset(self) -> None:
        """Forget all registers, of the bench and, where it offers that, of the system."""
        self.driver.command("reset", {}, within=self.pixit.command_within)
        for host in self._hosts.values():
            self._background.call(host.context.registers.clear)

    def _begin_day(self, name: str) -> None:
        host = self._hosts[name]
        host.node.day_began()
        host.kick()

    def _ask(self, method: Any, what: str, args: Mapping[str, Any]) -> Reply:
        try:
            data = self._background.call(method, what, args)
        except Unsupported as error:
            return Reply("unsupported", scope="sut", reason=str(error))
        return Reply("ok", handle=data.get("handle"), data=data)

    def new_token(self, role: str, provider: str) -> None:
        """Let a bench role ask for a new access token."""
        if self.inside(role):
            self._background.run(self._hosts[role].new_token(provider), within=SETUP_WITHIN)

    # -- disturbances ----------------------------------------------------------------------------

    def take_down(self, role: str) -> None:
        """Make a bench node unreachable."""
        self._down.add(role)
        self._background.run(self._hosts[role].mute(), within=SETUP_WITHIN)

    def bring_up(self, role: str) -> None:
        """Make it reachable again, at the same ports."""
        self._down.discard(role)
        self._background.run(self._hosts[role].listen(), within=SETUP_WITHIN)

    def release(self, telegram: str) -> None:
        """Let go of held telegrams."""
        self._background.call(self.plan.release, telegram)

    def end_disturbances(self) -> None:
        """Forget what was planned for the scenario, let go of what is held, repair what is down."""
        self._background.call(self.plan.clear)
        for role in tuple(self._down):
            self.bring_up(role)

    # -- waiting ---------------------------------------------------------------------------------

    def quiesce(self) -> bool:
        """Wait until nothing is under way any more; False when it never got quiet.

        Raises SutLost when the system does not answer.
        """
        deadline = time.monotonic() + self.pixit.quiet_within
        while True:
            seen = len(self.journal.records)
            self._flush()
            self.journal.settle(self.pixit.settle, within=self.pixit.quiet_within)
            if len(self.journal.records) == seen and not self._busy():
                return True
            if time.monotonic() > deadline:
                return False

    def _flush(self) -> None:
        """Let the system send what it still has; with a peer down it cannot, so wait instead."""
        if self._down:
            self.journal.settle(self.pixit.send_within, within=self.pixit.quiet_within)
            return
        reply = self.driver.command("trigger", {"action": "flush"}, within=self.pixit.quiet_within)
        if reply.status == "unsupported":
            self.journal.settle(self.pixit.send_within, within=self.pixit.quiet_within)

    def _busy(self) -> bool:
        def any_busy() -> bool:
            return any(host.busy() for host in self._hosts.values()) and not self.plan.holding()

        return self._background.call(any_busy)

    def check_reachable(self) -> None:
        """Raise SutLost when the system is gone or nothing listens where it should."""
        if not self.driver.alive():
            raise SutLost(f"the system ended ({self.driver.exit_note()})")
        row = ROLES[self.role]
        for wire, port in (("tcp", row.tcp), ("http", row.http)):
            if port is not None and (self.role, wire) not in self._theirs:
                raise SutLost(f"{self.role}: nobody told where it listens for {wire}")
        for (role, wire), endpoint in self._theirs.items():
            if not self._background.run(_listens(endpoint), within=SETUP_WITHIN):
                raise SutLost(f"{role} does not listen for {wire} at {endpoint}")


def _endpoints(told: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], Endpoint]:
    """Return addresses as they are told, by role and wire."""
    return {
        (role, wire): Endpoint.parse(address)
        for role, wires in told.items()
        for wire, address in wires.items()
    }


async def _listens(endpoint: Endpoint) -> bool:
    """Tell whether a connection can be opened."""
    try:
        async with asyncio.timeout(REACH_WITHIN):
            _, writer = await asyncio.open_connection(endpoint.host, endpoint.port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


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
