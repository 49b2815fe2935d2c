"""What a seeded fault and a correct variant are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Fault", "Level", "Variant", "WireChange"]

Level = Literal["field", "rule", "state", "order", "numbering", "privacy", "format"]
Kind = Literal["value", "byte", "cut", "drop", "twice", "extra_length"]


@dataclass(frozen=True, slots=True)
class WireChange:
    """A change to every outgoing telegram `telegram` of the faulty role.

    * value: the item `field` has the value `to`, which its definition allows;
    * byte: the last bytes of the item are `to` (latin-1); in JSON and forms `to` is its value;
    * cut: the last `to` bytes of the telegram are missing;
    * drop: the telegram is not sent, or with `field` the JSON key is missing;
    * twice: the telegram is sent a second time with a new serial;
    * extra_length: the declared length is `to` more than the real one.
    """

    telegram: str
    kind: Kind
    field: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A wrong behaviour that the requirement `requirement` must uncover.

    `rules` overrides members of `Rules` in the nodes of `role`; `wire` bends what they send.
    """

    id: str
    requirement: str
    role: str
    level: Level
    ja: str
    en: str
    rules: Mapping[str, Any] = field(default_factory=dict)
    wire: tuple[WireChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Another correct behaviour, which must pass; `rules` overrides members of `Rules`."""

    id: str
    role: str
    ja: str
    en: str
    rules: Mapping[str, Any]
