"""The ``sut.yaml`` of a supplier: product, role, ICS, PIXIT and driver.

Docs: ``docs/sut-protocol.md``.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)

from telegram_specs import verify
from telegram_specs.engine.document import read_map
from telegram_specs.engine.model import check
from telegram_specs.network import LINKS, ROLES, SUT_ROLES, Endpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CLOCK", "OPTIONS", "Option", "Pixit", "Sight", "SutFile", "load_sut", "reference_sut"]

CLOCK = "clock"
"""Stands for the passing of minutes among the actions."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What shows that an option is at work in a scenario.

    Attributes:
        telegram: one that the system sends; empty where an accepted action shows it.
        unless: the action after which that telegram shows nothing, it was asked for then.
        after: what must have been asked last before it; empty where that does not matter.
        accepts: arguments of an action that the system accepts.
    """

    telegram: str = ""
    unless: str = ""
    after: str = ""
    accepts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """An ICS option: what it means, and how it shows; None where nothing shows it unclaimed."""

    ja: str
    sight: Sight | None = None


OPTIONS: Mapping[str, Option] = {
    "provisional": Option("仮登録の段階を持つ", Sight(accepts={"until": "provisional"})),
    "gathered_differences": Option(
        "宛名連携の異動差分を、10分以内おきにまとめて提供する",
        Sight("resident_differences", after=CLOCK),
    ),
    "automatic_replenishment": Option(
        "住民票コードが少なくなったとき、補充を自動で求める",
        Sight("juminhyo_code_request", unless="fetch_codes"),
    ),
    "automatic_notice_import": Option(
        "受信した転入通知を、職員の手を介さずに取り込む",
        Sight("notice_report", unless="import_notices"),
    ),
    # Its cases need residents of another municipality, so that without the claim it never shows.
    "shared_cs": Option("CSを共同利用し、複数の構成自治体を受け持つ"),
}
"""The closed list of ICS options."""

SutRole = Literal["juki", "cs", "atena", "chukan", "shinsei"]
LinkName = Literal[
    "cs_link",
    "atena_link",
    "jutogai_link",
    "shinsei_link",
    "portal_link",
    "file_link",
    "lgwan_link",
    "nws_link",
]
Spoken = Literal["plain", "tls", "mutual"]


def _spoken(value: object) -> object:
    return {"false": "plain", "true": "tls"}.get(str(value), value)


Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
CommandName = Literal["hello", "provision", "trigger", "flush", "observe", "clock", "reset", "stop"]


class Strict(BaseModel):
    """Unknown keys are errors: a misspelt option must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Product(Strict):
    """What is tested."""

    name: str
    version: str = ""


Command = Annotated[tuple[str, ...], Field(min_length=1)]
Form = Literal["json", "kv"]


class StdioChoice(Strict):
    """A process of ours that speaks on stdin and stdout; ``managed`` when it is the system."""

    kind: Literal["stdio"]
    command: Command
    cwd: Path | None = None
    framing: Form = "json"
    managed: bool = False

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"stdio {self.cwd} {self.command}"


class HttpChoice(Strict):
    """An endpoint of a system that somebody else started; ``remote`` when not on this machine."""

    kind: Literal["http"]
    url: str
    remote: bool = False

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"http {self.url}"

    @model_validator(mode="after")
    def _here(self) -> HttpChoice:
        wrong = ValueError(f"`url` is wrong. expected http://HOST:PORT, got `{self.url}`")
        try:
            parts = urlsplit(self.url)
            _ = parts.port  # what is no port shows itself only here
        except ValueError:
            raise wrong from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise wrong
        if not (self.remote or _is_loopback(parts.hostname)):
            raise ValueError(
                f"`url` is not on this machine. expected a loopback address such as 127.0.0.1, "
                f"or `remote: true` beside it, got `{self.url}`"
            )
        return self


class SpoolChoice(Strict):
    """Two folders: the commands lie in ``in``, the answers in ``out``."""

    kind: Literal["spool"]
    inbox: Annotated[Path, Field(alias="in")]
    outbox: Annotated[Path, Field(alias="out")]
    framing: Form = "json"
    poll: Annotated[float, Field(gt=0, le=60)] = 0.05

    def identity(self) -> str:
        """Say what tells this system from others."""
        return f"spool {self.inbox}"

    @model_validator(mode="after")
    def _two(self) -> SpoolChoice:
        if self.inbox == self.outbox:
            raise ValueError(f"`in` and `out` are one folder. expected two, got `{self.inbox}`")
        return self


Control = Annotated[StdioChoice | HttpChoice | SpoolChoice, Field(discriminator="kind")]


class ManagedChoice(Strict):
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
        return f"managed {self.cwd} {self.start}"

    @model_validator(mode="after")
    def _ends(self) -> ManagedChoice:
        if self.background and not self.stop:
            raise ValueError("`stop` is missing. expected one, as `background` is true")
        return self


class ReferenceChoice(Strict):
    """The bundled system: a process of ours, like any other."""

    kind: Literal["reference"]


class OperatorChoice(Strict):
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


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Pixit(Strict):
    """Addresses, time limits (seconds) and codes of one test set-up.

    Attributes:
        bind: address at which the bench listens.
        advertise: address that the system is told to reach the bench at; by default ``bind``.
        ports: bench role to wire (tcp, http) to port; free ports where none is given.
        addresses: role under test to wire to ``host:port``, where ``hello`` does not tell them.
        tls: False for plain HTTP, which the report then says; or link to plain, tls or mutual.
        tls_names: further host names for the bench's certificate.
        settle: quiet time after which nothing more is expected.
        send_within: how long a telegram may take after what causes it.
        answer_within: how long an answer on the wire may take.
        command_within: how long the adapter may take for a command.
        quiet_within: how long to wait for the network to become quiet.
        deadlines: command to how long it may take, where that differs.
        restarts: how often a system that ended unasked is started again.
        give_up_after: cases in a row without a conversation, after which no more are run.
        operator_within: how long a person may take for a request, and for each prolongation.
        municipality_code: of the municipality under test, six digits.
        partner_code: of the other municipality, which the bench plays.
        client_id: OAuth client id of juki, by default the synthetic one.
        client_secret: the secret that goes with it.
        gyomu_client_id: likewise of the other business system, which the bench plays.
        gyomu_client_secret: the secret that goes with it.
    """

    bind: str = "127.0.0.1"
    advertise: str = ""
    ports: dict[str, dict[Literal["tcp", "http"], Port]] = {}
    addresses: dict[str, dict[Literal["tcp", "http"], str]] = {}
    tls: bool | dict[LinkName, Annotated[Spoken, BeforeValidator(_spoken)]] = True
    tls_names: tuple[str, ...] = ()
    settle: Seconds = 0.3
    send_within: Seconds = 5.0
    answer_within: Seconds = 5.0
    command_within: Seconds = 30.0
    quiet_within: Seconds = 20.0
    deadlines: dict[CommandName, Seconds] = {}
    restarts: Annotated[int, Field(ge=0, le=10_000)] = 50
    give_up_after: Annotated[int, Field(ge=1, le=10_000)] = 10
    operator_within: Annotated[float, Field(gt=0, le=86_400)] = 900.0
    municipality_code: str = "999016"
    partner_code: str = "999024"
    client_id: str = ""
    client_secret: str = Field(default="", repr=False)
    gyomu_client_id: str = ""
    gyomu_client_secret: str = Field(default="", repr=False)

    def client_of(self, role: str) -> tuple[str, str]:
        """Return id and secret of the OAuth client of juki or gyomu, empty where none is given."""
        if role == "gyomu":
            return self.gyomu_client_id, self.gyomu_client_secret
        return self.client_id, self.client_secret

    def security(self, link: str) -> Spoken:
        """Return what a link speaks; the CS link is plain and the others are not, by default."""
        named = self.tls if isinstance(self.tls, dict) else {}
        usual: Spoken = "tls" if LINKS[link].wire == "http" and self.tls is not False else "plain"
        return named.get(cast("LinkName", link.removesuffix("_b")), usual)

    def codes(self) -> dict[str, str]:
        """Return role to its code on the CS link, of both municipalities."""
        return {"juki": self.municipality_code, "juki_b": self.partner_code}

    def addresses_by_role(self) -> dict[str, Mapping[str, str]]:
        """Return the addresses as ``hello`` would tell them."""
        return {
            role: {str(wire): address for wire, address in wires.items()}
            for role, wires in self.addresses.items()
        }

    @field_validator("ports", "addresses")
    @classmethod
    def _roles(cls, value: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
        for role, wires in value.items():
            if role not in ROLES:
                raise ValueError(f"unknown role {role!r}. expected one of {', '.join(ROLES)}")
            for address in wires.values():
                if isinstance(address, str):
                    Endpoint.parse(address)
        return value

    @field_validator("municipality_code", "partner_code")
    @classmethod
    def _checked(cls, value: str) -> str:
        if not verify("municipality_code", value):
            raise ValueError(f"not a municipality code with its check digit: {value!r}")
        return value


class SutFile(Strict):
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

    def identity(self) -> str | None:
        """Say what tells this system from others, None for one that every run has anew."""
        if isinstance(self.driver, ReferenceChoice):
            return None
        known = self.driver.identity() or self._file
        return f"{known} {sorted(self.pixit.addresses.items())}"

    @field_validator("ics")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for option in value:
            if option not in OPTIONS:
                raise ValueError(f"unknown option {option!r}. expected one of {', '.join(OPTIONS)}")
        return value


REFERENCE_PIXIT = Pixit(
    settle=0.005,
    send_within=0.3,
    answer_within=1.0,
    command_within=20.0,
    quiet_within=4.0,
)


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
    changed: dict[str, object] = {"driver": _placed(found.driver, path.parent)}
    if found.expectations is not None:
        changed["expectations"] = path.parent / found.expectations
    placed = found.model_copy(update=changed)
    placed._file = path.resolve()  # noqa: SLF001 - ours
    return placed


def _placed(choice: Any, folder: Path) -> Any:
    """Return the choice of a driver with its paths counted from a folder."""
    placed: dict[str, Any] = {}
    for name in type(choice).model_fields:
        value = getattr(choice, name)
        if isinstance(value, Path) or name == "cwd":
            placed[name] = folder / (value or ".")
        elif isinstance(value, Strict):
            placed[name] = _placed(value, folder)
    return choice.model_copy(update=placed)
