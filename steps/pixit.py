"""PIXIT: addresses, time limits and codes of one test set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import BeforeValidator, Field, field_validator

from telegram_specs import verify
from telegram_specs.engine.model import Model
from telegram_specs.network import LINKS, ROLES, Endpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["REFERENCE_PIXIT", "WAITS", "Pixit", "Port", "Seconds"]

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
WAITS = ("settle", "send_within", "answer_within", "quiet_within")
"""Members that say how long telegrams are waited for."""


class Pixit(Model):
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
    ports: dict[str, dict[Literal["tcp", "http"], Port]] = Field(default_factory=dict)
    addresses: dict[str, dict[Literal["tcp", "http"], str]] = Field(default_factory=dict)
    tls: bool | dict[LinkName, Annotated[Spoken, BeforeValidator(_spoken)]] = True
    tls_names: tuple[str, ...] = ()
    settle: Seconds = 0.3
    send_within: Seconds = 5.0
    answer_within: Seconds = 5.0
    command_within: Seconds = 30.0
    quiet_within: Seconds = 20.0
    deadlines: dict[CommandName, Seconds] = Field(default_factory=dict)
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


REFERENCE_PIXIT = Pixit(
    settle=0.005,
    send_within=0.3,
    answer_within=3.0,
    command_within=20.0,
    quiet_within=6.0,
)
