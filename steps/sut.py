"""The ``sut.yaml`` of a supplier: product, role, ICS, PIXIT and driver.

Docs: ``docs/sut-protocol.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator, model_validator

from telegram_specs import SpecError, verify
from telegram_specs.engine.document import locate, problem, read_map
from telegram_specs.engine.model import check
from telegram_specs.network import ROLES, SUT_ROLES, Endpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OPTIONS", "Pixit", "SutFile", "load_sut", "reference_sut"]

OPTIONS = {
    "provisional": "仮登録の段階を持つ",
    "gathered_differences": "宛名連携の異動差分を、10分以内おきにまとめて提供する",
    "automatic_replenishment": "住民票コードが少なくなったとき、補充を自動で求める",
    "automatic_notice_import": "受信した転入通知を、職員の手を介さずに取り込む",
    "shared_cs": "CSを共同利用し、複数の構成自治体を受け持つ",
}
"""The closed list of ICS options."""

SutRole = Literal["juki", "cs", "atena", "chukan", "shinsei"]
Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Strict(BaseModel):
    """Unknown keys are errors: a misspelt option must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Product(Strict):
    """What is tested."""

    name: str
    version: str = ""


class DriverChoice(Strict):
    """How the system is reached."""

    kind: Literal["stdio", "reference"]
    command: tuple[str, ...] = ()
    cwd: Path | None = None
    managed: bool = False


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

    @model_validator(mode="after")
    def _somewhere(self) -> OperatorChoice:
        if not (self.page or self.terminal):
            raise ValueError("nowhere to answer. expected `page` or `terminal` to be true")
        return self


class Pixit(Strict):
    """Addresses, time limits (seconds) and codes of one test set-up.

    Attributes:
        bind: address at which the bench listens.
        advertise: address that the system is told to reach the bench at; by default ``bind``.
        ports: bench role to wire (tcp, http) to port; free ports where none is given.
        addresses: role under test to wire to ``host:port``, where ``hello`` does not tell them.
        tls: False for plain HTTP, which the report then says.
        tls_names: further host names for the bench's certificate.
        settle: quiet time after which nothing more is expected.
        send_within: how long a telegram may take after what causes it.
        answer_within: how long an answer on the wire may take.
        command_within: how long the adapter may take for a command.
        quiet_within: how long to wait for the network to become quiet.
        operator_within: how long a person may take for a request, and for each prolongation.
        municipality_code: of the municipality under test, six digits.
        partner_code: of the other municipality, which the bench plays.
        client_id: OAuth client id, by default the synthetic one.
        client_secret: the secret that goes with it.
    """

    bind: str = "127.0.0.1"
    advertise: str = ""
    ports: dict[str, dict[Literal["tcp", "http"], Port]] = {}
    addresses: dict[str, dict[Literal["tcp", "http"], str]] = {}
    tls: bool = True
    tls_names: tuple[str, ...] = ()
    settle: Seconds = 0.3
    send_within: Seconds = 5.0
    answer_within: Seconds = 5.0
    command_within: Seconds = 30.0
    quiet_within: Seconds = 20.0
    operator_within: Annotated[float, Field(gt=0, le=86_400)] = 900.0
    municipality_code: str = "999016"
    partner_code: str = "999024"
    client_id: str = ""
    client_secret: str = Field(default="", repr=False)

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
    says otherwise.
    """

    product: Product
    role: SutRole = "juki"
    driver: Annotated[DriverChoice | OperatorChoice, Field(discriminator="kind")]
    ics: tuple[str, ...] = ()
    pixit: Pixit = Pixit()
    _file: Path | None = PrivateAttr(None)

    @property
    def file(self) -> Path | None:
        """Where it was read from, None for one that was made."""
        return self._file

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
        driver=DriverChoice(kind="reference", managed=True),
        ics=tuple(OPTIONS),
        pixit=REFERENCE_PIXIT,
    )


def load_sut(path: Path) -> SutFile:
    """Read a ``sut.yaml``; SpecError names file:line, what was found and what was expected."""
    tree = read_map(path, path.name)
    found = check(SutFile, tree)
    found._file = path.resolve()  # noqa: SLF001 - ours
    if isinstance(found.driver, OperatorChoice):
        return found
    if found.driver.kind == "stdio" and not found.driver.command:
        mark, pointer = locate(tree, ("driver",))
        raise SpecError(problem(mark, pointer, "key missing", "`command`", "no such key"))
    if found.driver.cwd is None or not found.driver.cwd.is_absolute():
        cwd = path.parent / (found.driver.cwd or ".")
        driver = found.driver.model_copy(update={"cwd": cwd})
        return found.model_copy(update={"driver": driver})
    return found
