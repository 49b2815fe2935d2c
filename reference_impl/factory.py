"""Builds nodes: role to class, with registers, clock, randomness and rules."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from reference_impl.atena import Atena
from reference_impl.chukan import Chukan
from reference_impl.cs import Cs
from reference_impl.juki import Juki
from reference_impl.node import Context
from reference_impl.numbers import OWN, Arithmetic
from reference_impl.nws import Nws
from reference_impl.oauth import SYNTHETIC_CLIENT, Client
from reference_impl.registers import Registers
from reference_impl.rules import Rules
from telegram_specs.engine.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reference_impl.node import Clock, Node
    from telegram_specs import Profile

__all__ = ["NODES", "build"]

NODES = {"juki": Juki, "cs": Cs, "nws": Nws, "atena": Atena, "chukan": Chukan}

SERIALS_SINCE = 1_767_225_600
"""2026-01-01 00:00 UTC: serials start at twenty for each second since, so that runs differ."""
SERIALS_A_SECOND = 20


def first_serial() -> int:
    """Return a ten-digit serial that no earlier run has reached."""
    return int((time.time() - SERIALS_SINCE) * SERIALS_A_SECOND) % 10**10


def mappable(profile: Profile) -> Callable[[str], bool]:
    """Return whether a character has a code on the CS link, as a function."""
    table = profile.charsets["juki"]

    def has_code(char: str) -> bool:
        try:
            table.encode(char)
        except Refused:
            return False
        return True

    return has_code


def build(
    role: str,
    profile: Profile,
    clock: Clock,
    *,
    seed: int,
    rules: Rules | None = None,
    data: Path | None = None,
    municipality_code: str = "",
    client: Client = SYNTHETIC_CLIENT,
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
        municipality_code: of the municipality that the node serves, by default the profile's.
        client: OAuth client that juki shows and atena knows.
        numbers: how check digits are computed.
    """
    code = municipality_code or profile.municipality_code
    context = Context(
        registers=Registers(
            data / f"{role}.sqlite3" if data else None, first_serial=first_serial()
        ),
        clock=clock,
        random=random.Random(f"{seed}/{role}"),  # noqa: S311 - synthetic numbers, reproducible
        rules=rules or Rules(),
        municipality_code=code,
        organization_code=code,
        mappable=mappable(profile),
        client=client,
        numbers=numbers,
    )
    return NODES[role](context), context
