"""What a node is: telegrams in, answers and outbox entries out, no sockets (sans-IO)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from reference_impl.numbers import OWN, Arithmetic
from reference_impl.oauth import CLIENTS, Client
from reference_impl.rules import CORRECT, Rules
from telegram_specs.network import CS_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from reference_impl.registers import Entry, Registers
    from telegram_specs import Fault

SYNTHETIC_CODES = {"juki": "999016", "juki_b": "999024", "cs": CS_CODE}
"""Codes of the open profile: two fictional municipalities and the CS side."""

T = TypeVar("T")
Value: TypeAlias = "str | list[dict[str, Value]]"
Values: TypeAlias = Mapping[str, Value]

NO_SERIAL = "0000000000"
"""The 参照通番 of a telegram that nobody asked for."""


class Unsupported(Exception):  # noqa: N818 - the word of the control protocol's answer
    """A node does not know the observation or the kind of provision."""


@dataclass(frozen=True, slots=True)
class Telegram:
    """One telegram as values; `sender` and `receiver` are roles, codes stand in the values.

    `status` is the HTTP status of an answer, `auth` the Authorization header of a request,
    `faults` what is wrong with a telegram that the node examines itself.
    Values stay out of the repr: they hold numbers and names.
    """

    id: str
    values: Values = field(repr=False)
    sender: str
    receiver: str
    status: int = 200
    auth: str | None = field(default=None, repr=False)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """A message to staff that lets the work go on (標準仕様書 11.1), with a stable code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action came to.

    `status` is ok, rejected, unsupported or error; `stage` (input, provisional, final) says
    where it was rejected; `handle` names the record that the action made or touched.
    """

    status: str
    stage: str | None = None
    alerts: tuple[Alert, ...] = ()
    handle: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


class Clock(Protocol):
    """The time of day that a node lives in."""

    def now(self) -> datetime:
        """Tell the time; only differences and the date matter."""
        ...

    def shift(self, day: date) -> None:
        """Make `day` the current date; the clock goes on from there."""
        ...

    def advance(self, seconds: float) -> None:
        """Move on by some seconds, as if they had passed."""
        ...


class Randomness(Protocol):
    """The part of `random.Random` that nodes use."""

    def choice(self, seq: Sequence[T], /) -> T:
        """Pick one."""
        ...

    def randrange(self, stop: int, /) -> int:
        """Draw an integer from 0 to `stop` - 1."""
        ...


def is_any(char: str) -> bool:  # noqa: ARG001 - the signature of every charset's test
    """Take every character for one that the CS link can carry."""
    return True


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a node is built from; nothing else reaches it.

    `codes` maps roles to their codes on the CS link; `organization_code` is the body that
    linkage codes are asked for; `mappable` tells whether a
    character has a 住基ネット統一文字; `clients` maps roles to their OAuth clients.
    """

    registers: Registers
    clock: Clock
    random: Randomness
    rules: Rules = CORRECT
    municipality_code: str = "999016"
    codes: Mapping[str, str] = field(default_factory=lambda: dict(SYNTHETIC_CODES))
    organization_code: str = "999016"
    mappable: Callable[[str], bool] = is_any
    clients: Mapping[str, Client] = field(default_factory=lambda: dict(CLIENTS))
    numbers: Arithmetic = OWN


class Node(Protocol):
    """One system of the network, without its sockets.

    `examined` names the telegrams whose faults it judges itself.
    """

    role: str
    registers: Registers
    clock: Clock
    rules: Rules
    examined: frozenset[str]

    def receive(self, telegram: Telegram) -> Telegram:
        """Take a telegram and give its answer; a repeated one gets the stored answer."""
        ...

    def serves(self, code: str) -> bool:
        """Tell whether telegrams with this receiver on the CS link are for this node."""
        ...

    def answered(self, entry: Entry, answer: Telegram) -> None:
        """Take the peer's answer to an outbox entry and strike the entry off."""
        ...

    def undelivered(self, entry: Entry, reason: str) -> None:
        """Take note that an entry could not be delivered; it stays in the outbox."""
        ...

    def day_began(self) -> None:
        """Do what has become due with the current date."""
        ...

    def report(self, telegram: str, code: str, text: str) -> None:
        """Put something on the error list that staff can see."""
        ...

    def act(self, action: str, args: Mapping[str, Any]) -> Outcome:
        """Do what staff would do; an unknown action is `unsupported`."""
        ...

    def observe(self, what: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell what the registers hold; raises Unsupported."""
        ...

    def provision(self, kind: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Put given records into the registers, without telegrams; raises Unsupported."""
        ...
