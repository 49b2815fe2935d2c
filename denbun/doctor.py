"""``denbun doctor``: try every link to a system before it is tested."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import attaching, console, options
from denbun.failures import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun doctor --sut sut.yaml",
    "denbun doctor --sut sut.yaml --lang en",
    "denbun doctor --sut sut.yaml --json",
)
WAYS: Mapping[str, Mapping[str, str]] = {
    "ja": {"in": "システム→ハーネス", "out": "ハーネス→システム"},
    "en": {"in": "system → harness", "out": "harness → system"},
}
HEADS: Mapping[str, tuple[str, ...]] = {
    "ja": ("向き", "待ち受ける役割", "連携", "番地", "方式"),
    "en": ("direction", "listening role", "link", "address", "protocol"),
}


def command(
    *,
    sut: Annotated[
        Path, typer.Option(metavar="FILE", help="The sut.yaml to try.", dir_okay=False, exists=True)
    ],
    role: Annotated[
        str | None, typer.Option(help="Role of the system under test; by default that of the file.")
    ] = None,
    profile: options.Profile = None,
    lang: options.Lang = "ja",
    json: options.Json = False,
) -> int:
    """Try ports, names, certificates, framing, characters and clocks; list ports for the firewall.

    Exit codes: 0 every link is in order, 1 one is not, 3 wrong usage.
    """
    from steps.attach.check import attached
    from steps.attach.links import LINK_CHECKS, openings, try_links
    from steps.sut import load_sut
    from telegram_specs import load_profile
    from telegram_specs.network import SUT_ROLES

    known = load_sut(sut)
    taken = one_of("--role", "role", role or known.role, SUT_ROLES)
    with attached(
        known, role=taken, profile=load_profile(profile), profile_folder=profile, seed=1
    ) as (bench, _):
        findings = list(try_links(bench))
        ports = openings(bench)
    if json:
        told = attaching.facts(findings, LINK_CHECKS, lang)
        console.say_json({"checks": told, "ports": [port._asdict() for port in ports]})
    else:
        attaching.show(findings, LINK_CHECKS, lang)
        console.say()
        rows = [(WAYS[lang][port.way], *port[1:]) for port in ports]
        console.say(console.table(HEADS[lang], rows))
    return 1 if any(found.status == "failed" for found in findings) else 0
