"""The control protocol, version 1: what the harness asks of a system and what it hears back.

The page for implementers is ``docs/sut-protocol.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.drivers.framing import Framing

__all__ = [
    "STATUSES",
    "VERSION",
    "CounterpartLost",
    "Driver",
    "DriverError",
    "Greeting",
    "Network",
    "Reply",
    "Skipped",
    "SutLost",
    "Transport",
]

VERSION = 1
STATUSES = ("ok", "rejected", "unsupported", "error", "pending")
"""What an answer may say of its command."""


class DriverError(Exception):
    """The conversation with the adapter broke its own rules; ``text`` says how."""


class SutLost(Exception):  # noqa: N818 - it is what happened, not a defect of ours
    """The system under test is gone or does not answer."""


class CounterpartLost(SutLost):
    """The other system of the run is gone, does not answer, or breaks the conversation."""


class Skipped(Exception):  # noqa: N818 - likewise
    """The person at the system under test leaves the case out; the text says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a system to the harness, from an adapter or from a bench node.

    Attributes:
        status: one of ``STATUSES``.
        stage: where a rejection happened: input, provisional or final.
        scope: who does not support it: sut or adapter.
        alerts: codes of the alerts that staff would see.
        handle: the system's own name for the record that was made or meant.
        data: what was observed.
        reason: the system's words, shown in reports after masking.
    """

    status: str
    stage: str | None = None
    scope: str | None = None
    alerts: tuple[str, ...] = ()
    handle: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.status == "ok"


@dataclass(frozen=True, slots=True)
class Network:
    """What a system is told of the network at ``hello``.

    Attributes:
        role: the role that it takes.
        peers: role to wire (tcp, http) to ``host:port``.
        codes: role to its six-digit code on the CS link.
        tls: paths of ca, certificate, key, client_certificate and client_key; empty where every
            link is plain.
        links: link to plain, tls or mutual.
        client: id and secret of the OAuth client of juki.
        gyomu_client: likewise of the other business system, for atena only.
    """

    role: str
    peers: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, str]
    tls: Mapping[str, str]
    client: Mapping[str, str] = field(repr=False)
    gyomu_client: Mapping[str, str] = field(default_factory=dict, repr=False)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a system says of itself at ``hello``.

    ``offers`` are the actions, observations and provisions it has, None where it does not say.
    """

    sut: Mapping[str, str]
    adapter: Mapping[str, str]
    verbs: tuple[str, ...]
    listens: Mapping[str, Mapping[str, str]]
    environment: str = "test"
    offers: tuple[str, ...] | None = None


class Transport(Protocol):
    """Carries messages to the adapter and back, and knows whether anybody is there.

    Its errors say what happened; the conversation adds to which command.
    """

    framing: Framing

    def open(self) -> None:
        """Make ready for a conversation from its start. Raises SutLost or DriverError."""
        ...

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one command. Raises SutLost."""
        ...

    def receive(self, deadline: float) -> Mapping[str, Any]:
        """Return the next answer; ``deadline`` in monotonic time. Raises SutLost or DriverError."""
        ...

    def alive(self) -> bool:
        """Tell whether the adapter is still there."""
        ...

    def exit_note(self) -> str:
        """Say how it ended, empty while it is there or where nobody can know."""
        ...

    def ended_by_itself(self) -> bool:
        """Tell whether a process of ours ended without a signal and without being asked."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...

    def close(self) -> None:
        """Release everything, after ``stop`` was answered or not."""
        ...


class Driver(Protocol):
    """A way to reach a system under test."""

    name: str
    managed: bool

    def start(self, network: Network) -> Greeting:
        """Reach the system and greet it. Raises SutLost or DriverError."""
        ...

    def command(self, verb: str, body: Mapping[str, Any], *, within: float) -> Reply:
        """Send one command and wait for its answer. Raises SutLost or DriverError."""
        ...

    def alive(self) -> bool:
        """Tell whether the system is still there."""
        ...

    def exit_note(self) -> str:
        """Say how its process ended, empty while it runs."""
        ...

    def ended_by_itself(self) -> bool:
        """Tell whether its process ended without a signal from outside."""
        ...

    def kill(self) -> None:
        """End the process at once, as a power failure would (managed drivers)."""
        ...

    def stop(self) -> None:
        """Say goodbye and release everything."""
        ...

    def stderr_tail(self, since: int = 0) -> str:
        """Return the last lines on stderr, of those behind the first ``since`` bytes."""
        ...

    def stderr_size(self) -> int:
        """Return how many bytes were written to stderr so far."""
        ...
