"""The ``sut.yaml`` of a supplier: product, role, the ICS and PIXIT that go with it, and driver.

Docs: ``docs/sut-protocol.md``.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, field_validator, model_validator

from steps.ics import OPTIONS
from steps.pixit import REFERENCE_PIXIT, Pixit, Port, Seconds
from telegram_specs import SpecError
from telegram_specs.engine.document import Map, locate, problem, read_map
from telegram_specs.engine.model import Model, check
from telegram_specs.network import SUT_ROLES, Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SutFile", "SutRole", "load_sut", "reference_sut", "wrong_in"]

SutRole = Literal["juki", "cs", "atena", "chukan", "shinsei"]


PAGE_IS_IN_THE_WAY = frozenset({"127.0.0.1", "localhost", "0.0.0.0"})  # noqa: S104 - a name
"""Addresses of the bench that share their ports with an operator's page."""


class Product(Model):
    """What is tested."""

    name: str
    version: str = ""


Command = Annotated[tuple[str, ...], Field(min_length=1)]
Form = Literal["json", "kv"]


def _whole(path: Path | None) -> Path | None:
    """Return a path that is the same wherever it is looked at from."""
    return path.resolve() if path else None


class StdioChoice(Model):
    """A process of ours that speaks on stdin and stdout; ``managed`` when it is the system."""

    kind: Literal["stdio"]
    command: Command
    cwd: Path | None = None
    framing: Form = "json"
    managed: bool = False

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"stdio {_whole(self.cwd)} {self.command}"


class HttpChoice(Model):
    """An endpoint of a system that somebody else started; ``remote`` when not on this machine."""

    kind: Literal["http"]
    url: str
    remote: bool = False

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"http {_place(self.url)}"

    @model_validator(mode="after")
    def _here(self) -> HttpChoice:
        host = _host_of(self.url)
        if host is None:
            raise ValueError(f"`url` is wrong. expected http://HOST:PORT, got `{self.url}`")
        if not (self.remote or _is_loopback(host)):
            raise ValueError(
                f"`url` is not on this machine. expected a loopback address such as 127.0.0.1, "
                f"or `remote: true` beside it, got `{self.url}`"
            )
        return self


class SpoolChoice(Model):
    """Two folders: the commands lie in ``in``, the answers in ``out``."""

    kind: Literal["spool"]
    inbox: Annotated[Path, Field(alias="in")]
    outbox: Annotated[Path, Field(alias="out")]
    framing: Form = "json"
    poll: Annotated[float, Field(gt=0, le=60)] = 0.05

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"spool {_whole(self.inbox)}"

    @model_validator(mode="after")
    def _two(self) -> SpoolChoice:
        if self.inbox == self.outbox:
            raise ValueError(f"`in` and `out` are one folder. expected two, got `{self.inbox}`")
        return self


Control = Annotated[StdioChoice | HttpChoice | SpoolChoice, Field(discriminator="kind")]


class ManagedChoice(Model):
    """A system that is started, ended and killed by us, with another driver for the commands."""

    kind: Literal["managed"]
    start: Command
    stop: tuple[str, ...] = ()
    kill: tuple[str, ...] = ()
    cwd: Path | None = None
    background: bool = False
    start_within: Seconds = 60.0
    control: Control

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"managed {_whole(self.cwd)} {self.start}"

    @model_validator(mode="after")
    def _ends(self) -> ManagedChoice:
        if self.background and not self.stop:
            raise ValueError("`stop` is missing. expected one, as `background` is true")
        return self


class ReferenceChoice(Model):
    """The bundled system: a process of ours, like any other."""

    kind: Literal["reference"]


class OperatorChoice(Model):
    """A person at the system.

    Attributes:
        page: True for the local web page.
        terminal: True for the terminal that the run was started in.
        port: of the page, 0 for a free one.
        asks_to_send: True for a system in which staff send what waits; the person is asked to.
    """

    kind: Literal["operator"]
    page: bool = True
    terminal: bool = True
    port: Port = 0
    asks_to_send: bool = False

    def identity(self) -> str | None:
        """Say what tells this system from others: a page at one place, else None."""
        return f"operator {self.port}" if self.port else None

    @model_validator(mode="after")
    def _somewhere(self) -> OperatorChoice:
        if not (self.page or self.terminal):
            raise ValueError("nowhere to answer. expected `page` or `terminal` to be true")
        return self


DriverChoice = Annotated[
    StdioChoice | HttpChoice | SpoolChoice | ManagedChoice | OperatorChoice | ReferenceChoice,
    Field(discriminator="kind"),
]
"""How the system is reached."""


def _host_of(url: str) -> str | None:
    """Return the host of ``http://HOST:PORT``, None for any other text."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and not parts.path.strip("/") and parts.port != 0
    except ValueError:  # no such port can be, or brackets that are not closed
        return None
    return parts.hostname if fits else None


def _place(url: str) -> str:
    """Return host and port of an address or URL, in one spelling for each of them."""
    parts = urlsplit(url if "://" in url else f"//{url}")
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class SutFile(Model):
    """One system under test.

    ``ics`` lists the options that it claims; ``role`` is what it takes unless the command line
    says otherwise; ``expectations`` is the file of its known gaps.
    """

    product: Product
    role: SutRole = "juki"
    driver: DriverChoice
    ics: tuple[str, ...] = ()
    pixit: Pixit = Pixit()
    expectations: Path | None = None
    _file: Path | None = PrivateAttr(None)

    @property
    def file(self) -> Path | None:
        """Where it was read from, None for one that was made."""
        return self._file

    def identities(self) -> tuple[str, ...]:
        """Say what no other run may use meanwhile; nothing for a system that every run has anew.

        The adapter, what drives a managed system, and each address of the system itself: other
        spellings, another file or another adapter make no other system of it. One command may
        serve several systems, which only their addresses tell apart.
        """
        driver = self.driver
        if isinstance(driver, ReferenceChoice):
            return ()
        wires = self.pixit.addresses_by_role().values()
        places = sorted({_place(address) for wire in wires for address in wire.values()})
        own = driver.identity() or str(self._file)
        if isinstance(driver, StdioChoice | ManagedChoice):
            own = f"{own} {places}"
        control = driver.control if isinstance(driver, ManagedChoice) else None
        driven = () if control is None or control.kind == "stdio" else (control.identity(),)
        return (own, *driven, *(f"address {place}" for place in places))

    @field_validator("ics")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for option in value:
            if option not in OPTIONS:
                raise ValueError(f"unknown option {option!r}. expected one of {', '.join(OPTIONS)}")
        return value


def reference_sut(role: str) -> SutFile:
    """Return the entry of the bundled reference in a role."""
    assert role in SUT_ROLES
    return SutFile(
        product=Product(name="denbun reference"),
        role=cast("SutRole", role),
        driver=ReferenceChoice(kind="reference"),
        ics=tuple(OPTIONS),
        pixit=REFERENCE_PIXIT,
    )


def load_sut(path: Path) -> SutFile:
    """Read a ``sut.yaml``; SpecError names file:line, what was found and what was expected."""
    tree = read_map(path, path.name)
    found = check(SutFile, tree)
    if clashes := [*_clashes(tree, found)]:
        raise SpecError(*clashes)
    changed: dict[str, object] = {"driver": _placed(found.driver, path.parent)}
    if found.expectations is not None:
        changed["expectations"] = path.parent / found.expectations
    placed = found.model_copy(update=changed)
    placed._file = path.resolve()  # noqa: SLF001 - ours
    return placed


def _clashes(tree: Map, found: SutFile) -> Iterator[str]:
    """Yield the fixed ports that the bench could not listen at, as something else is to.

    One file may serve for several roles: whoever is outside has no port of the bench's, and a
    port is one role's alone, whichever of them are outside.
    """
    pixit, driver = found.pixit, found.driver
    known: dict[int, tuple[str, str]] = {}
    if isinstance(driver, OperatorChoice) and driver.page and pixit.bind in PAGE_IS_IN_THE_WAY:
        known[driver.port] = ("", "the page of `driver` is there")
    for role, wires in pixit.addresses.items():
        for wire, text in wires.items():
            if (address := Endpoint.parse(text)).host == pixit.bind:
                known[address.port] = (role, f"the system's {role} {wire} is there")
    for role, ports in pixit.ports.items():
        for wire, port in ports.items():
            owner, what = known.get(port, (role, ""))
            if port and owner != role:
                mark, pointer = locate(tree, ("pixit", "ports", role, wire))
                yield problem(mark, pointer, what, "a port of its own, or 0 for any", str(port))
            known[port] = ("", f"the bench's {role} {wire} is there")


def wrong_in(file: Path, path: tuple[str, ...], what: str, expected: str, got: str) -> str:
    """Say what is wrong at a place of a ``sut.yaml``: file:line, what, expected, found."""
    return problem(*locate(read_map(file, file.name), path), what, expected, got)


def _placed(choice: Any, folder: Path) -> Any:
    """Return the choice of a driver with its paths counted from a folder."""
    placed: dict[str, Any] = {}
    for name in type(choice).model_fields:
        value = getattr(choice, name)
        if isinstance(value, Path) or name == "cwd":
            placed[name] = folder / (value or ".")
        elif isinstance(value, Model):
            placed[name] = _placed(value, folder)
    return choice.model_copy(update=placed)
