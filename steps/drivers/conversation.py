"""The conversation with an adapter: the same over every transport and in every framing."""

from __future__ import annotations

import secrets
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError, field_validator

from steps.catalogue import Argument, load_catalogue
from steps.drivers.protocol import STATUSES, VERSION, DriverError, Greeting, Network, Reply, SutLost
from telegram_specs.network import Endpoint, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steps.drivers.process import Log
    from steps.drivers.protocol import Transport

__all__ = ["Conversation"]

HELLO_WITHIN = 20.0
STOP_WITHIN = 2.0


class HelloAnswer(BaseModel):
    """What may stand in the answer to ``hello``."""

    sut: dict[str, str] = {}
    adapter: dict[str, str] = {}
    verbs: tuple[str, ...] = ()
    listens: dict[str, dict[str, str]] = {}
    environment: str = "test"
    offers: tuple[str, ...] | None = None

    @field_validator("listens")
    @classmethod
    def _endpoints(cls, value: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for wires in value.values():
            for address in wires.values():
                Endpoint.parse(address)
        return value


class ShownAlert(BaseModel):
    """An alert with its code; its text is for people."""

    code: str


class CommandAnswer(BaseModel):
    """What may stand in any other answer."""

    stage: str | None = None
    scope: str | None = None
    alerts: tuple[str | ShownAlert, ...] = ()
    handle: str | None = None
    data: dict[str, Any] = {}
    reason: str = ""


M = TypeVar("M", bound=BaseModel)


class Conversation:
    """Drives a system over a transport: asks, waits, and understands the answers.

    Args:
        transport: carries the messages.
        log: the stderr of the processes that we started.
        name: the kind of the driver.
        managed: True when killing and starting it again kills and starts the system itself.
        suite: version of the suite, told at hello.
        profile: id and edition of the profile, told at hello.
        token: of the run, told at hello.
        deadlines: seconds by command (a verb, or ``flush``) that differ from the usual ones.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        log: Log,
        name: str,
        managed: bool = False,
        suite: str = "",
        profile: Mapping[str, str] | None = None,
        token: str = "",
        deadlines: Mapping[str, float] | None = None,
    ) -> None:
        self.name = name
        self.managed = managed
        self.transport = transport
        self._log = log
        self._suite = suite
        self._profile = dict(profile or {})
        self._token = token
        self._deadlines = dict(deadlines or {})
        self._parts: tuple[str, ...] = ()
        self._seq = 0
        self._parted = True

    # -- life ----------------------------------------------------------------------------------

    def start(self, network: Network) -> Greeting:
        """Open the transport and greet."""
        self._parts = parts_of(network.role)
        within = self._deadlines.get("hello", HELLO_WITHIN)
        self._parted = False
        self.transport.open()
        return self._greet(network, within)

    def _greet(self, network: Network, within: float) -> Greeting:
        nonce = secrets.token_hex(8)
        body = {
            "suite": self._suite,
            "profile": self._profile,
            "nonce": nonce,
            "token": self._token,
            "role": network.role,
            "network": {
                "peers": network.peers,
                "codes": network.codes,
                "tls": network.tls,
                "links": network.links,
                "client": network.client,
                **({"gyomu_client": network.gyomu_client} if network.gyomu_client else {}),
            },
        }
        answer = self._exchange("hello", body, within=within)
        if answer.get("status") not in ("ok", None):
            raise DriverError(f"hello: {answer.get('reason') or answer['status']}")
        if answer.get("nonce") != nonce:
            raise DriverError("hello: the nonce was not echoed. expected the nonce of the request")
        if answer.get("status") != "ok":
            raise DriverError("hello: no status. expected 'ok'")
        told = _shaped(HelloAnswer, answer, "hello")
        greeting = Greeting(
            sut=told.sut,
            adapter=told.adapter,
            verbs=told.verbs,
            listens=told.listens,
            environment=told.environment,
            offers=told.offers,
        )
        if greeting.environment == "production":
            self.stop()
            raise DriverError(
                "hello: the system says that it is production. expected a test system; "
                "the suite writes synthetic residents into it"
            )
        return greeting

    def alive(self) -> bool:
        """Tell whether the system is there."""
        return self.transport.alive()

    def exit_note(self) -> str:
        """Say how its process ended."""
        return self.transport.exit_note()

    def ended_by_itself(self) -> bool:
        """Tell whether its process ended without a signal and without being asked."""
        return self.transport.ended_by_itself()

    def kill(self) -> None:
        """End it at once."""
        self.transport.kill()

    def stop(self) -> None:
        """Ask it to end, once, and release everything, whatever goes wrong on the way."""
        parted, self._parted = self._parted, True
        with ExitStack() as stack:
            stack.callback(self._log.close)
            stack.callback(self.transport.close)
            if not parted and self.transport.alive():
                try:
                    self._exchange("stop", {}, within=self._deadlines.get("stop", STOP_WITHIN))
                except (SutLost, DriverError):
                    self.transport.kill()

    def stderr_tail(self, since: int = 0) -> str:
        """Return the last lines of stderr, without the token."""
        tail = self._log.tail(since)
        return tail.replace(self._token, "***") if self._token else tail

    def stderr_size(self) -> int:
        """Return how many bytes were written to stderr so far."""
        return self._log.size()

    # -- conversation ----------------------------------------------------------------------------

    def command(self, verb: str, body: Mapping[str, Any], *, within: float) -> Reply:
        """Send one command and wait for its answer."""
        named = "flush" if body.get("action") == "flush" else verb
        answer = self._exchange(verb, body, within=self._deadlines.get(named, within))
        status = answer.get("status")
        if status not in STATUSES:
            raise DriverError(
                f"{verb}: unknown status. expected one of {', '.join(sorted(STATUSES))}, "
                f"got {status!r}"
            )
        told = _shaped(CommandAnswer, answer, verb)
        return Reply(
            status=status,
            stage=told.stage,
            scope=told.scope,
            alerts=tuple(a if isinstance(a, str) else a.code for a in told.alerts),
            handle=told.handle,
            data=self._typed(verb, body, told.data),
            reason=told.reason,
        )

    def _exchange(self, verb: str, body: Mapping[str, Any], *, within: float) -> Mapping[str, Any]:
        self._seq += 1
        message = {"v": VERSION, "seq": self._seq, "cmd": verb, "deadline_ms": int(within * 1000)}
        deadline = time.monotonic() + within
        try:
            self.transport.send({**message, **body})
            return self._answer(deadline)
        except (SutLost, DriverError) as error:
            raise type(error)(f"{verb}: {error}") from None

    def _answer(self, deadline: float) -> Mapping[str, Any]:
        """Return the answer to the last command; late ones and ``pending`` are passed over."""
        while True:
            answer = self.transport.receive(deadline)
            seq = answer.get("seq")
            # A late answer to an earlier command: its own command was given up already.
            late = isinstance(seq, int) and seq < self._seq
            if seq != self._seq and not late:
                raise DriverError(f"wrong seq. expected {self._seq}, got {seq!r}")
            if not late and answer.get("status") != "pending":
                return answer
            if time.monotonic() > deadline:
                raise SutLost("no answer within its deadline")

    def _typed(self, verb: str, body: Mapping[str, Any], data: dict[str, Any]) -> dict[str, Any]:
        """Return data with its numbers and flags, where the framing has texts only."""
        if self.transport.framing.typed or verb != "observe":
            return data
        known = load_catalogue().entries["observations"]
        entries = (known.get((part, str(body.get("what")))) for part in self._parts)
        arguments = next((entry.data for entry in entries if entry), ())
        try:
            return _converted(arguments, data)
        except ValueError as error:
            raise DriverError(f"{verb}: {error}") from None


def _converted(arguments: Iterable[Argument], data: Mapping[str, Any]) -> dict[str, Any]:
    known = {argument.id: argument for argument in arguments}
    return {
        key: _value(known[key], value) if key in known else value for key, value in data.items()
    }


def _value(argument: Argument, value: Any) -> Any:
    """Return a text as the catalogue means it. Raises ValueError."""
    match argument.type, value:
        case "count", str():
            if not value.isdecimal():
                raise ValueError(f"wrong value of {argument.id!r}. expected a number")
            return int(value)
        case "flag", str():
            if value not in {"true", "false"}:
                raise ValueError(f"wrong value of {argument.id!r}. expected true or false")
            return value == "true"
        case "items", dict():
            return _converted(argument.items, value)
        case "list", list():
            return [_converted(argument.items, v) if isinstance(v, dict) else v for v in value]
    return value


def _shaped(model: type[M], answer: Mapping[str, Any], verb: str) -> M:
    """Return an answer as its model. Raises DriverError that names the member that is wrong."""
    given = {key: value for key, value in answer.items() if value is not None}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        member = "/".join(str(step) for step in first["loc"][:2])
        raise DriverError(
            f"{verb}: wrong shape of {member!r}. {first['msg'].removeprefix('Input ')}"
        ) from None
