"""The network as data: which systems there are, which links join them, who listens where.

Every other place asks this table; a new role or link is a new row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "LINKS",
    "ROLES",
    "SUT_ROLES",
    "TWINS",
    "Endpoint",
    "Link",
    "Role",
    "link_between",
    "parts_of",
]

LAST_PORT = 65535
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
        twin_of: the role that this one is in the other municipality, None for all others.
        bench_only: True for a role that no system under test takes.
    """

    name: str
    ja: str
    en: str
    tcp: int | None = None
    http: int | None = None
    behind: str | None = None
    twin_of: str | None = None
    bench_only: bool = False


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

    @property
    def twin(self) -> bool:
        """Whether it joins systems of the other municipality only as a copy of another link."""
        return self.name.endswith("_b")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Endpoint:
        """Read ``host:port``; ValueError when it is neither, or no such port can be."""
        host, colon, port = text.rpartition(":")
        try:
            host.encode("idna")  # what no name server can be asked for is no host
            number = int(port) if colon and port.isdecimal() else LAST_PORT + 1
        except ValueError:
            number = LAST_PORT + 1
        if number > LAST_PORT:
            raise ValueError(f"not host:port: {text!r}")
        return cls(host, number)


ROLES = {
    role.name: role
    for role in (
        Role("juki", "住民記録システム", "resident record system", tcp=9101, http=9102),
        Role("cs", "住基ネットCS", "CS with prefecture and agency", tcp=9111),
        Role("nws", "情報提供ネットワークシステム", "information network", http=9122, behind="cs"),
        Role("atena", "団体内統合宛名システム", "integrated addressee system", http=9132),
        Role("chukan", "中間サーバー", "intermediate server", http=9142),
        Role("shinsei", "申請管理システム", "application management system", http=9152),
        Role("portal", "マイナポータル", "portal of the residents", bench_only=True),
        Role("gyomu", "業務システム", "other business system", http=9162, bench_only=True),
        Role(
            "juki_b",
            "市町村Bの住民記録システム",
            "resident record system of municipality B",
            tcp=9201,
            http=9202,
            twin_of="juki",
            bench_only=True,
        ),
        Role(
            "shinsei_b",
            "市町村Bの申請管理システム",
            "application management system of municipality B",
            http=9252,
            twin_of="shinsei",
            bench_only=True,
        ),
    )
}

LINKS = {
    link.name: link
    for link in (
        Link("cs_link", "CS連携", "tcp", ("juki", "cs")),
        Link("cs_link_b", "CS連携（市町村B）", "tcp", ("juki_b", "cs")),
        Link("atena_link", "団体内統合宛名連携", "http", ("juki", "atena"), token_at="atena"),  # noqa: S106 - a role
        Link("jutogai_link", "住登外者宛名連携", "http", ("gyomu", "atena"), token_at="atena"),  # noqa: S106 - a role
        Link("shinsei_link", "申請管理連携", "http", ("shinsei", "juki")),
        Link("shinsei_link_b", "申請管理連携（市町村B）", "http", ("shinsei_b", "juki_b")),
        Link("portal_link", "マイナポータル連携", "http", ("portal", "shinsei")),
        Link("portal_link_b", "マイナポータル連携（市町村B）", "http", ("portal", "shinsei_b")),
        Link("file_link", "庁内データ連携", "http", ("juki", "gyomu")),
        Link("lgwan_link", "LGWAN", "http", ("atena", "chukan")),
        Link("nws_link", "情報提供ネットワーク", "http", ("cs", "nws", "chukan")),
    )
}

SUT_ROLES = tuple(
    role.name for role in ROLES.values() if role.behind is None and not role.bench_only
)
"""The roles that a system under test can take."""


TWINS = {role.twin_of: role.name for role in ROLES.values() if role.twin_of}
"""Role to the same role in the other municipality."""


def link_between(one: str, other: str, wire: str) -> Link | None:
    """Return the link that joins two roles over a wire, None where none does.

    >>> link_between("atena", "juki", "http").name
    'atena_link'
    """
    if one == other:
        return None
    joining = (k for k in LINKS.values() if k.wire == wire and {one, other} <= set(k.roles))
    return next(joining, None)


def parts_of(role: str) -> tuple[str, ...]:
    """Return the role and the roles behind it, as one supplier delivers them.

    >>> parts_of("cs")
    ('cs', 'nws')
    """
    return (role, *(other.name for other in ROLES.values() if other.behind == role))
