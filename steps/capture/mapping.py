"""The map of a capture: which address is which role, on which link, in which framing."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator, model_validator

from telegram_specs.engine.document import read_map
from telegram_specs.engine.model import Model, check
from telegram_specs.network import LINKS, ROLES

if TYPE_CHECKING:
    from pathlib import Path

    from steps.capture.segments import Address

__all__ = ["CaptureMap", "Listener", "load_map"]


def _known(what: str, name: str, table: object) -> str:
    names = list(table)  # type: ignore[call-overload]
    if name not in names:
        raise ValueError(f"unknown {what}. expected one of {', '.join(names)}, got {name}")
    return name


class Listener(Model):
    """One listening address.

    Attributes:
        address: ``host:port``, ``host`` or ``:port``; IPv6 in brackets.
        role: who listens there.
        link: the link that is spoken there.
        framing: ``fixed``, ``http`` or ``tls``; by default as the link's.
        peer: who calls, None for whoever the telegrams name.
    """

    address: str
    role: str
    link: str
    framing: Literal["fixed", "http", "tls"] | None = None
    peer: str | None = None

    @field_validator("role", "peer")
    @classmethod
    def _role(cls, value: str | None) -> str | None:
        return value if value is None else _known("role", value, ROLES)

    @field_validator("link")
    @classmethod
    def _link(cls, value: str) -> str:
        return _known("link", value, LINKS)

    @field_validator("address")
    @classmethod
    def _address(cls, value: str) -> str:
        cls.split(value)
        return value

    @model_validator(mode="after")
    def _fits(self) -> Listener:
        roles = LINKS[self.link].roles
        for role in (self.role, self.peer):
            if role is not None and role not in roles:
                raise ValueError(
                    f"{role} has no end of {self.link}. expected one of {', '.join(roles)}"
                )
        return self

    @staticmethod
    def split(text: str) -> tuple[str, int]:
        """Return host (empty for any) and port (0 for any). Raises ValueError."""
        host, colon, port = text.rpartition(":")
        if text.startswith("[") and text.endswith("]"):
            host, colon, port = text, "", ""
        elif not colon:
            host, port = text, ""
        host = host.removeprefix("[").removesuffix("]")
        if (colon and not port.isdecimal()) or int(port or 0) > 65535:  # noqa: PLR2004
            raise ValueError(f"not an address. expected host:port, host or :port, got {text}")
        try:
            return (str(ipaddress.ip_address(host)) if host else ""), int(port or 0)
        except ValueError:
            raise ValueError(
                f"not an address. expected an IPv4 or IPv6 address before the port, got {text}"
            ) from None

    def takes(self, end: Address) -> bool:
        """Tell whether an end of a connection is this address."""
        host, port = self.split(self.address)
        return host in {"", end.host} and port in {0, end.port}

    @property
    def spoken(self) -> Literal["fixed", "http", "tls"]:
        """What is spoken there."""
        return self.framing or ("fixed" if LINKS[self.link].wire == "tcp" else "http")


class CaptureMap(Model):
    """A map: listeners, and the role of each code of the CS link (municipality or CS)."""

    listeners: tuple[Listener, ...] = ()
    codes: dict[str, str] = Field(default_factory=dict)

    @field_validator("codes")
    @classmethod
    def _roles(cls, value: dict[str, str]) -> dict[str, str]:
        for role in value.values():
            _known("role", role, ROLES)
        return value

    def listener(self, ends: tuple[Address, Address]) -> tuple[Listener, int] | None:
        """Return the listener of a connection and which end it is, None for a stranger.

        The most exact address wins; where both ends fit equally, the second end listens.
        """
        found = [
            (sum(map(bool, Listener.split(one.address))), side, number)
            for number, one in enumerate(self.listeners)
            for side in (0, 1)
            if one.takes(ends[side])
        ]
        if not found:
            return None
        _, side, number = max(found, key=lambda row: (row[0], row[1], -row[2]))
        return self.listeners[number], side


def load_map(path: Path) -> CaptureMap:
    """Read a map; SpecError names file:line, what was found and what was expected."""
    return check(CaptureMap, read_map(path, path.name))
