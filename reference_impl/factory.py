"""Builds nodes: role to class, with registers, clock, randomness and rules."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from reference_impl.atena import Atena
from reference_impl.chukan import Chukan
from reference_impl.cs import Cs
from reference_impl.fitting import size_of
from reference_impl.gyomu import Gyomu
from reference_impl.juki import Juki
from reference_impl.node import SYNTHETIC_CODES, Context, Node
from reference_impl.numbers import OWN, Arithmetic
from reference_impl.nws import Nws
from reference_impl.oauth import CLIENTS, Client
from reference_impl.portal import Portal
from reference_impl.registers import Registers
from reference_impl.rules import Rules
from reference_impl.shinsei import Shinsei
from telegram_specs.engine.faults import Refused
from telegram_specs.network import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reference_impl.node import Clock
    from telegram_specs import Profile

__all__ = ["NODES", "build"]

Builder: TypeAlias = "Callable[[Context], Node]"

NODES: dict[str, Builder] = {
    "juki": Juki,
    "cs": Cs,
    "nws": Nws,
    "atena": Atena,
    "chukan": Chukan,
    "shinsei": Shinsei,
    "portal": Portal,
    "gyomu": Gyomu,
    "juki_b": partial(Juki, role="juki_b"),
    "shinsei_b": partial(Shinsei, role="shinsei_b"),
}

SERIALS_SINCE = 1_767_225_600
"""2026-01-01 00:00 UTC: serials start at twenty for each second since, so that runs differ."""
SERIALS_A_SECOND = 20


def first_serial() -> int:
    """Return a ten-digit serial that no earlier run has reached."""
    return int((time.time() - SERIALS_SINCE) * SERIALS_A_SECOND) % 10**10


def mappable(profile: Profile) -> Callable[[str], bool]:
    """Return whether a character has a code on the CS link, as a function."""

    def has_code(char: str) -> bool:
        try:
            profile.charset.encode(char)
        except Refused:
            return False
        return True

    return has_code


def with_sizes(rules: Rules, profile: Profile) -> Rules:
    """Return the rules with what the profile decides: how long names on the CS link may be."""
    notice = profile.spec("identity_notice")
    name, furigana = size_of(notice, "name"), size_of(notice, "furigana")
    return replace(rules, name_size=name, furigana_size=furigana)


def build(
    role: str,
    profile: Profile,
    clock: Clock,
    *,
    seed: int,
    rules: Rules | None = None,
    data: Path | None = None,
    codes: Mapping[str, str] = SYNTHETIC_CODES,
    clients: Mapping[str, Client] = CLIENTS,
    numbers: Arithmetic = OWN,
) -> tuple[Node, Context]:
    """Build the node of a role and what it lives in.

    Args:
        role: a key of ``NODES``.
        profile: tells which characters have a code on the CS link.
        clock: shared by the nodes of one process.
        seed: of the node's random numbers; nodes of one run differ all the same.
        rules: the behaviour, by default the correct one.
        data: folder of the SQLite file, None to keep the registers in memory.
        codes: role to its code on the CS link, both municipalities among them.
        clients: role to the OAuth client that it shows; atena knows them all.
        numbers: how check digits are computed.
    """
    twin = ROLES[role].twin_of
    code = codes["juki_b" if twin else "juki"]
    context = Context(
        registers=Registers(
            data / f"{role}.sqlite3" if data else None, first_serial=first_serial()
        ),
        clock=clock,
        random=random.Random(f"{seed}/{role}"),  # noqa: S311 - synthetic numbers, reproducible
        rules=with_sizes(rules or Rules(), profile),
        municipality_code=code,
        codes=codes,
        organization_code=code,
        mappable=mappable(profile),
        clients=clients,
        numbers=numbers,
    )
    return NODES[role](context), context
