"""The network as data: which systems there are, which links join them, who listens where.

Every other place asks this table; a new role or link is a new row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["LINKS", "ROLES", "SUT_ROLES", "Endpoint", "Link", "Role", "parts_of"]

CS_CODE = "000001"
"""Code of the CS and agency side on the CS link: ours, synthetic, with a valid check digit."""


@dataclass(frozen=True, slots=True)
class Role:
    """One system of the network.

    Attributes:
        name: the short name on command lines and in records.
        ja: the Japanese name, as the features and reports write it.
        en: the English name.
        tcp: default port of its CS link listener, None where it has none.
        http: default port of its HTTP listener, None where it has none.
        behind: the role whose supplier also supplies this one, None for a role of its own.
    """

    name: str
    ja: str
    en: str
    tcp: int | None = None
    http: int | None = None
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link between systems.

    Attributes:
        name: the name in records.
        ja: the Japanese name.
        wire: ``tcp`` for fixed-length telegrams, ``http`` for JSON bodies.
        roles: who takes part.
        token_at: the role that asks its callers for an access token, None where nobody does.
    """

    name: str
    ja: str
    wire: Literal["tcp", "http"]
    roles: tuple[str, ...]
    token_at: str | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Endpoint:
        """Read ``host:port``; ValueError when it is neither."""
        host, colon, port = text.rpartition(":")
        if not colon or not port.isdecimal():
            raise ValueError(f"not host:port: {text!r}")
        return cls(host, int(port))


ROLES = {
    role.name: role
    for role in (
        Role("juki", "住民記録システム", "resident record system", tcp=9101, http=9102),
        Role("cs", "住基ネットCS", "CS with prefecture and agency", tcp=9111),
        Role("nws", "情報提供ネットワークシステム", "information network", http=9122, behind="cs"),
        Role("atena", "団体内統合宛名システム", "integrated addressee system", http=9132),
        Role("chukan", "中間サーバー", "intermediate server", http=9142),
    )
}

LINKS = {
    link.name: link
    for link in (
        Link("cs_link", "CS連携", "tcp", ("juki", "cs")),
        Link("atena_link", "団体内統合宛名連携", "http", ("juki", "atena"), token_at="atena"),  # noqa: S106 - a role
        Link("lgwan_link", "LGWAN", "http", ("atena", "chukan")),
        Link("nws_link", "情報提供ネットワーク", "http", ("cs", "nws", "chukan")),
    )
}

SUT_ROLES = tuple(role.name for role in ROLES.values() if role.behind is None)
"""The roles that a system under test can take."""


def parts_of(role: str) -> tuple[str, ...]:
    """Return the role and the roles behind it, as one supplier delivers them.

    >>> parts_of("cs")
    ('cs', 'nws')
    """
    return (role, *(other.name for other in ROLES.values() if other.behind == role))
