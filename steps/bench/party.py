"""A party: a system outside the bench, the one under test or its counterpart, and its driver."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from steps.drivers.protocol import CounterpartLost, DriverError, SutLost
from telegram_specs.network import LINKS, ROLES, TWINS, Endpoint, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from steps.drivers.protocol import Driver, Greeting, Network, Reply
    from steps.pixit import Pixit

__all__ = ["Asked", "Party", "Unmet", "reached", "routes"]

REACH_WITHIN = 2.0


class Unmet(Exception):  # noqa: N818 - it is what happened, not a defect of ours
    """The counterpart cannot do what a bench node in its place would have done."""


class Asked(NamedTuple):
    """An action that a system was asked for: where in the journal, with what, its answer."""

    position: int
    action: str
    args: Mapping[str, Any]
    status: str


class Party:
    """One system with the roles that it takes, where it listens, and how it is asked.

    Args:
        role: its role in the network, ``juki_b`` for a second ``juki``.
        pixit: its addresses and time limits.
        driver: the way to it.
        counterpart: True for the second system of a run, whose loss is no fault of the first.

    Attributes:
        parts: the role and the roles behind it.
        listens: (role, wire) to where it said it listens.
        greeting: what it said at ``hello``.
        unasked_deaths: how often it ended although nobody asked for it.
        end_is_known: whether its end was counted, or asked for, already.
        acted: positions in the journal at which it carried out an action.
        asked: every action that it was asked for.
        given: every text that it was given to act on, wrong ones among them.
    """

    def __init__(
        self, *, role: str, pixit: Pixit, driver: Driver, counterpart: bool = False
    ) -> None:
        self.role = role
        self.parts = frozenset(parts_of(role))
        self.pixit = pixit
        self.driver = driver
        self.counterpart = counterpart
        self.listens: dict[tuple[str, str], Endpoint] = {}
        self.greeting: Greeting | None = None
        self.unasked_deaths = 0
        self.end_is_known = False
        self._restarts = 0
        self.acted: list[int] = []
        self.asked: list[Asked] = []
        self.given: set[str] = set()
        self._twin = ROLES[role].twin_of is not None

    # -- names -----------------------------------------------------------------------------------

    def own_name(self, role: str) -> str:
        """Return how the system knows a role: to the twin the other municipality is its own."""
        if not self._twin:
            return role
        return ROLES[role].twin_of or TWINS.get(role, role)

    @property
    def known_as(self) -> str:
        """The role that it is told to take."""
        return self.own_name(self.role)

    @property
    def title(self) -> str:
        """How a report names it."""
        return f"相手方 {self.role}" if self.counterpart else self.role

    def ports_towards(self, role: str) -> dict[str, int]:
        """Return wire to the port at which it wants to find a role, where it names one."""
        return {str(w): p for w, p in self.pixit.ports.get(self.own_name(role), {}).items()}

    # -- life ------------------------------------------------------------------------------------

    def greet(self, network: Network) -> None:
        """Start it and hear where it listens. Raises SutLost or DriverError."""
        with self._its_own_loss():
            self.greeting = self.driver.start(network)
        told = _endpoints(self.pixit.addresses_by_role()) | _endpoints(self.greeting.listens)
        named = {(self.own_name(part), part) for part in self.parts}
        self.listens = {
            (part, wire): endpoint
            for own, part in named
            for (role, wire), endpoint in told.items()
            if role == own
        }
        self.end_is_known = False

    def note_death(self) -> None:
        """Count an unasked death, once until the system lives again."""
        if not self.end_is_known and not self.driver.alive():
            self.end_is_known = True
            self.unasked_deaths += 1

    def use_restart(self) -> None:
        """Count that it is started again. Raises SutLost when that was too often."""
        with self._its_own_loss():
            if self._restarts == self.pixit.restarts:
                note = self.driver.exit_note() or "gone"
                raise SutLost(
                    f"the system ended ({note}) and is not started again. "
                    f"expected at most {self._restarts} restarts (pixit.restarts)"
                )
            self._restarts += 1

    def kill(self) -> None:
        """End it as a power failure would."""
        self.driver.kill()
        self.end_is_known = True

    def check_reachable(self, listens: Callable[[Endpoint], bool]) -> None:
        """Raise SutLost when it is gone or nothing listens where it should."""
        with self._its_own_loss():
            if not self.driver.alive():
                raise SutLost(f"the system ended ({self.driver.exit_note()})")
            row = ROLES[self.role]
            for wire, port in (("tcp", row.tcp), ("http", row.http)):
                if port is not None and (self.role, wire) not in self.listens:
                    raise SutLost(f"{self.role}: nobody told where it listens for {wire}")
            for (role, wire), endpoint in self.listens.items():
                if not listens(endpoint):
                    raise SutLost(f"{role} does not listen for {wire} at {endpoint}")

    # -- commands --------------------------------------------------------------------------------

    def command(self, verb: str, body: Mapping[str, Any], *, within: float | None = None) -> Reply:
        """Send one command and wait for its answer. Raises SutLost or DriverError."""
        with self._its_own_loss():
            return self.driver.command(verb, body, within=within or self.pixit.command_within)

    def flush(self) -> bool:
        """Let it send what it still has; False when it cannot say that it has."""
        within = self.pixit.quiet_within
        return self.command("trigger", {"action": "flush"}, within=within).status != "unsupported"

    def stand_in(self, verb: str, body: Mapping[str, Any], what: str) -> Reply:
        """Send a command; raise Unmet when the counterpart cannot do what a bench node can."""
        self.given.update(_texts(body))
        reply = self.command(verb, body)
        if self.counterpart and reply.status == "unsupported":
            raise Unmet(f"{self.title}: {what}: {reply.reason or 'not supported'}")
        return reply

    @contextmanager
    def _its_own_loss(self) -> Iterator[None]:
        """Say of the counterpart that it is the counterpart which was lost."""
        try:
            yield
        except (SutLost, DriverError) as error:
            if not self.counterpart:
                raise
            raise CounterpartLost(f"{self.title}: {error}") from error


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


async def reached(endpoint: Endpoint) -> bool:
    """Tell whether a connection can be opened."""
    try:
        async with asyncio.timeout(REACH_WITHIN):
            _, writer = await asyncio.open_connection(endpoint.host, endpoint.port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


def _texts(value: object) -> Iterator[str]:
    """Yield every text in the arguments of a command."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def _endpoints(told: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], Endpoint]:
    """Return addresses as they are told, by role and wire."""
    return {
        (role, wire): Endpoint.parse(address)
        for role, wires in told.items()
        for wire, address in wires.items()
    }
