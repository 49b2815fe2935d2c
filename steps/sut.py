"""The ``sut.yaml`` of a supplier: product, role, ICS, PIXIT and driver.

Docs: ``docs/sut-protocol.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, field_validator

from telegram_specs import SpecError, verify
from telegram_specs.engine.document import locate, problem, read_map
from telegram_specs.engine.model import check
from telegram_specs.network import ROLES, SUT_ROLES, Endpoint

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
    tls: bool = True
    tls_names: tuple[str, ...] = ()
    settle: Seconds = 0.3
    send_within: Seconds = 5.0
    answer_within: Seconds = 5.0
    command_within: Seconds = 30.0
    quiet_within: Seconds = 20.0
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
    if found.driver.kind == "stdio" and not found.driver.command:
        mark, pointer = locate(tree, ("driver",))
        raise SpecError(problem(mark, pointer, "key missing", "`command`", "no such key"))
    cwd = path.parent / (found.driver.cwd or ".")
    changed: dict[str, object] = {"driver": found.driver.model_copy(update={"cwd": cwd})}
    if found.expectations is not None:
        changed["expectations"] = path.parent / found.expectations
    return found.model_copy(update=changed)
