"""The bench: the whole network with the roles of the systems outside left out."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from reference_impl.registers import Entry
from steps.background import Background
from steps.bench.ca import make_ca
from steps.bench.faultplan import FaultPlan
from steps.bench.hosts import Hosts
from steps.bench.keeping import kept
from steps.bench.party import Asked, Unmet, reached, routes
from steps.bench.proxy import Proxy, Site, proxies_between
from steps.bench.security import Security
from steps.bench.tap import BenchTap
from steps.clock import today as real_today
from steps.drivers.protocol import Network
from steps.ics import CLOCK
from telegram_specs.network import LINKS, Endpoint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reference_impl.runner import Host
    from reports.transcript import Record
    from steps.bench.journal import Journal
    from steps.bench.party import Party
    from steps.drivers.protocol import Reply
    from steps.pixit import Pixit
    from telegram_specs import Profile

__all__ = ["Bench"]

SETUP_WITHIN = 20.0


class Bench:
    """Hosts every role but those outside, and reaches the systems outside by their drivers.

    Args:
        profile: the telegram layouts.
        sut: the system under test.
        counterpart: the other system of the run, None where the bench plays all other roles.
        pixit: of the whole set-up.
        journal: where every passage is recorded.
        seed: of the bench nodes' random numbers.
        folder: for the run's certificates.

    ``unforeseen`` holds what went wrong in the bench itself; whoever reads it takes it away.
    """

    def __init__(
        self,
        *,
        profile: Profile,
        sut: Party,
        counterpart: Party | None = None,
        pixit: Pixit,
        journal: Journal,
        seed: int,
        folder: Path,
    ) -> None:
        self.profile = profile
        self.sut = sut
        self.counterpart = counterpart
        self.role, self.parts = sut.role, sut.parts
        self.pixit = pixit
        self.journal = journal
        self.plan = FaultPlan()
        self._down: dict[str, ExitStack] = {}
        self._parties = [sut, *filter(None, [counterpart])]
        self._outside = {part: party for party in self._parties for part in party.parts}
        self._background = Background()
        self.tls: Mapping[str, str] = {}
        if any(pixit.security(link) != "plain" for link in LINKS):
            self.tls = make_ca(folder, names=pixit.tls_names).by_name()
        self.security = Security(pixit, self._outside, self.tls)
        self.unforeseen: list[Exception] = []
        self.hosts = Hosts(
            profile=profile,
            pixit=pixit,
            outside=self._outside,
            security=self.security,
            tap=self._tap,
            seed=seed,
            unforeseen=self.unforeseen.append,
            background=self._background,
        )
        tap = self._tap(transparent=True)
        site = Site(profile, tap, pixit.answer_within, self.security, self.unforeseen)
        self._proxies = proxies_between(self._outside, site)

    # -- life ----------------------------------------------------------------------------------

    def meet(self) -> None:
        """Open every listener and greet the systems outside; nothing is sent on the wire yet."""
        self._background.run(self._listen(), within=SETUP_WITHIN)
        for party in self._parties:
            self._greet(party)

    def start(self) -> None:
        """Meet the systems outside and begin to talk."""
        self.meet()
        self._background.run(self._start(), within=SETUP_WITHIN)

    def stop(self) -> None:
        """Part from the systems outside and close everything; one that fails keeps no other."""
        with ExitStack() as stack:
            stack.callback(self._background.close)
            for ports in self._down.values():
                stack.callback(ports.close)
            stack.callback(lambda: self._background.run(self._stop(), within=SETUP_WITHIN))
            for party in reversed(self._parties):
                stack.callback(party.driver.stop)

    async def _listen(self) -> None:
        for host in self.hosts.by_role.values():
            await host.listen()
        for proxy in self._proxies.values():
            await proxy.listen()

    async def _start(self) -> None:
        for host in self.hosts.by_role.values():
            host.start()

    async def _stop(self) -> None:
        for host in self.hosts.by_role.values():
            await host.stop()
        for proxy in self._proxies.values():
            await proxy.mute()

    def _greet(self, party: Party) -> None:
        addresses = self.hosts.endpoints()
        peers: dict[str, dict[str, str]] = {}
        for part in sorted(party.parts):
            told = addresses | {
                (peer, wire): proxy.bind
                for (sender, peer, wire), proxy in self._proxies.items()
                if sender == part
            }
            for peer, wire in routes(part):
                if (peer, wire) in told:
                    here = party.pixit.advertise or party.pixit.bind
                    ours = Endpoint(here, told[peer, wire].port)
                    peers.setdefault(party.own_name(peer), {})[wire] = str(ours)
        clients = {
            role: {"id": client.id, "secret": client.secret}
            for role, client in self.hosts.clients.items()
        }
        party.greet(
            Network(
                role=party.known_as,
                peers=peers,
                codes={party.own_name(role): code for role, code in self.hosts.codes.items()},
                tls=self.tls,
                links=self.security.links(party.parts),
                client=clients["juki"],
                gyomu_client=clients["gyomu"] if "atena" in party.parts else {},
            )
        )
        theirs = {k: v for each in self._parties for k, v in each.listens.items()}
        for name, host in self.hosts.by_role.items():
            if name in self._outside:
                host.wiring.peers.update({k: v for k, v in theirs.items() if k[0] == name})
                continue
            known = addresses | theirs
            host.wiring.peers.update({k: known[k] for k in routes(name) if k in known})

    def _tap(self, *, transparent: bool = False) -> BenchTap:
        outside = frozenset(self._outside)
        return BenchTap(self.journal, self.plan, outside, transparent=transparent)

    def theirs(self) -> dict[tuple[str, str], Endpoint]:
        """Return where the system under test is said to listen, by role and wire."""
        return dict(self.sut.listens)

    # -- the systems outside ---------------------------------------------------------------------

    def heal(self) -> str | None:
        """Start again what is gone; say how the counterpart had ended without anybody's notice.

        Raises SutLost or DriverError when it cannot be, or was too often.
        """
        unnoticed = None
        for party in self._parties:
            if not party.driver.alive():
                if party.counterpart and not party.end_is_known:
                    unnoticed = f"{party.title}: {party.driver.exit_note() or 'gone'}"
                party.note_death()
                party.use_restart()
                self._greet(party)
        return unnoticed

    def restart(self) -> None:
        """Start the system under test after its end, on the network's date.

        Its registers are what it kept.
        """
        self._greet(self.sut)
        if self.today() != real_today():
            self.set_date(self.sut.role, self.today().isoformat())

    # -- roles ---------------------------------------------------------------------------------

    def inside(self, role: str) -> bool:
        """Tell whether a role is played by the bench."""
        return role not in self._outside

    def under_test(self, role: str) -> bool:
        """Tell whether a role is one of the system under test."""
        return role in self.parts

    def beside(self, role: str) -> bool:
        """Tell whether a role is one of the counterpart."""
        return self.counterpart is not None and role in self.counterpart.parts

    def act(self, role: str, action: str, args: Mapping[str, Any]) -> Reply:
        """Let a role act. Raises SutLost or Unmet."""
        if self.inside(role):
            return self.hosts.act(role, action, args)
        party, position = self._outside[role], len(self.journal.records)
        reply = party.stand_in("trigger", {"action": action, "args": args}, action)
        party.asked.append(Asked(position, action, args, reply.status))
        if reply.ok:
            party.acted.append(position)
        return reply

    def observe(self, role: str, what: str, args: Mapping[str, Any]) -> Reply:
        """Ask what a role's registers hold. Raises SutLost."""
        if self.inside(role):
            return self.hosts.observe(role, what, args)
        return self._outside[role].command("observe", {"what": what, "args": args})

    def provision(self, role: str, kind: str, args: Mapping[str, Any]) -> Reply:
        """Put records into a role's registers. Raises SutLost or Unmet."""
        if self.inside(role):
            return self.hosts.provision(role, kind, args)
        body = {"kind": kind, "args": args}
        return self._outside[role].stand_in("provision", body, f"provision {kind}")

    def set_date(self, role: str, date: str) -> Reply:
        """Move a role's date. Raises SutLost or Unmet."""
        if self.inside(role):
            return self.hosts.provision(role, "date", {"date": date})
        return self._outside[role].stand_in("clock", {"args": {"date": date}}, "clock")

    def today(self) -> dt.date:
        """Return the current date of the network."""
        return self.hosts.clock.now().date()

    def set_date_everywhere(self, date: str) -> Reply:
        """Move the date of the whole network; the answer of the system under test.

        Raises SutLost or Unmet.
        """
        self.hosts.shift(dt.date.fromisoformat(date))
        replies = [self.set_date(party.role, date) for party in self._parties]
        return replies[0]

    def advance_everywhere(self, minutes: int) -> Reply:
        """Let minutes pass in the whole network; the answer of the system under test.

        Raises SutLost.
        """
        self.hosts.advance(minutes)
        body = {"args": {"minutes": minutes}}
        position = len(self.journal.records)
        replies = [party.command(CLOCK, body) for party in self._parties]
        self.sut.asked.append(Asked(position, CLOCK, body["args"], replies[0].status))
        return replies[0]

    def reset(self) -> None:
        """Forget all registers, of the bench and, where they offer that, of the systems."""
        for party in self._parties:
            party.command("reset", {})
        self.hosts.clear()

    def new_token(self, role: str, provider: str) -> None:
        """Let a bench role ask for a new access token. Raises Unmet for the counterpart."""
        if self.beside(role):
            raise Unmet(f"{self._outside[role].title}: a new access token cannot be asked for")
        if self.inside(role):
            self._background.run(self.hosts.by_role[role].new_token(provider), within=SETUP_WITHIN)

    def send_again(self, record: Record) -> None:
        """Let a bench role send a telegram again, with its serial. Raises Unmet for others."""
        if not self.inside(record.sender):
            title = self._outside[record.sender].title
            raise Unmet(f"{title}: a telegram cannot be sent again with its serial")
        host, values = self.hosts.by_role[record.sender], record.values or {}
        entry = Entry(0, record.receiver, record.telegram or "", values, str(values["serial"]))
        self._background.run(host.send_again(entry), within=SETUP_WITHIN)

    # -- disturbances ----------------------------------------------------------------------------

    def take_down(self, role: str) -> None:
        """Make a bench node unreachable, or the counterpart to the system under test."""
        listeners = self._listeners(role)
        ports = self._down.setdefault(role, ExitStack())
        for listener in listeners:
            self._background.run(listener.mute(), within=SETUP_WITHIN)
            for place in listener.endpoints().values():
                ports.enter_context(kept(place))

    def bring_up(self, role: str) -> None:
        """Make it reachable again, at the same ports."""
        with self._down.pop(role, ExitStack()):
            for listener in self._listeners(role):
                self._background.run(listener.listen(), within=SETUP_WITHIN)

    def _listeners(self, role: str) -> list[Host] | list[Proxy]:
        """Return what listens for a role towards the system under test."""
        if self.inside(role):
            return [self.hosts.by_role[role]]
        found = [proxy for (_, peer, _), proxy in self._proxies.items() if peer == role]
        if not found:
            raise Unmet(f"{self._outside[role].title} cannot be made unreachable")
        return found

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
        # The counterpart cannot send what is, or is about to be, held.
        holds = self._background.call(self.plan.holds)
        parties = [self.sut] if holds else self._parties
        flushed = [party.flush() for party in parties]
        if len(parties) < len(self._parties) or not all(flushed):
            self.journal.settle(self.pixit.send_within, within=self.pixit.quiet_within)

    def _busy(self) -> bool:
        def any_busy() -> bool:
            hosts = self.hosts.by_role.values()
            return any(host.busy() for host in hosts) and not self.plan.holding()

        return self._background.call(any_busy)

    def check_reachable(self) -> None:
        """Raise SutLost when a system is gone or nothing listens where it should."""
        for party in self._parties:
            party.check_reachable(
                lambda endpoint: self._background.run(reached(endpoint), within=SETUP_WITHIN)
            )
