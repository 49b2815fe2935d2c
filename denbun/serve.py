"""``denbun serve``: the bundled systems on fixed ports, for people who develop against them."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import Usage, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from denbun.watch import Watch
    from reference_impl.clock import ShiftedClock
    from reference_impl.runner import Host
    from telegram_specs import Profile
    from telegram_specs.network import Endpoint

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun serve",
    "denbun serve cs",
    "denbun serve cs atena chukan --peer juki/tcp=10.0.0.5:9101 --peer juki/http=10.0.0.5:9102",
    "denbun serve atena --tls certificates --verbose",
)
HERE = "127.0.0.1"


def command(
    *,
    roles: Annotated[
        list[str] | None, typer.Argument(metavar="[ROLE]...", help="Roles to serve; all if none.")
    ] = None,
    bind: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    peer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE[/WIRE]=HOST:PORT",
            help="Where a role outside listens; by default at its own port here.",
        ),
    ] = None,
    municipality: Annotated[
        str | None, typer.Option(metavar="CODE", help="The municipality that is served.")
    ] = None,
    tls: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Serve HTTPS; a test CA is written to the folder."),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show every field.")] = False,
    profile: options.Profile = None,
) -> int:
    """Run roles of the reference until Ctrl-C, and print each telegram as it passes."""
    from telegram_specs import load_profile
    from telegram_specs.network import SUT_ROLES, parts_of

    chosen = [one_of("serve", "role", role, SUT_ROLES) for role in roles or SUT_ROLES]
    served = [part for role in dict.fromkeys(chosen) for part in parts_of(role)]
    known = load_profile(profile)
    site = _Site(
        profile=known,
        bind=bind,
        peers=_peers(peer or ()),
        code=_code(municipality or known.municipality_code),
        tls=_certificates(tls) if tls else {},
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(site, served, verbose=verbose))
    return 0


@dataclass(frozen=True, slots=True)
class _Site:
    """What all served roles share; ``peers`` are those of the command line only."""

    profile: Profile
    bind: str
    peers: Mapping[tuple[str, str], Endpoint]
    code: str
    tls: Mapping[str, str]


def _code(code: str) -> str:
    from telegram_specs import verify

    if not verify("municipality_code", code):
        raise Usage(f"--municipality: expected a code with its check digit, got {code}")
    return code


def _peers(given: Sequence[str]) -> dict[tuple[str, str], Endpoint]:
    """Read ``ROLE=HOST:PORT``, with ``/tcp`` or ``/http`` for a role that listens on both."""
    from telegram_specs.network import ROLES, Endpoint

    peers: dict[tuple[str, str], Endpoint] = {}
    for text in given:
        place, _, address = text.partition("=")
        role, _, wire = place.partition("/")
        one_of("--peer", "role", role, ROLES)
        wires = [name for name in ("tcp", "http") if getattr(ROLES[role], name) is not None]
        if not wire and len(wires) > 1:
            raise Usage(
                f"--peer: {role} listens twice. expected {role}/tcp or {role}/http, got {role}"
            )
        wire = one_of("--peer", f"wire of {role}", wire or wires[0], wires)
        try:
            peers[role, wire] = Endpoint.parse(address)
        except ValueError:
            raise Usage(f"--peer: no address. expected {place}=HOST:PORT, got {text}") from None
    return peers


def _certificates(folder: Path) -> dict[str, str]:
    from steps.bench.ca import make_ca

    folder.mkdir(parents=True, exist_ok=True)
    files = make_ca(folder, names=(socket.gethostname(),))
    return {"ca": str(files.ca), "certificate": str(files.certificate), "key": str(files.key)}


async def _serve(site: _Site, served: Sequence[str], *, verbose: bool) -> None:
    from denbun.watch import Watch
    from reference_impl.clock import ShiftedClock

    asyncio.get_running_loop().set_exception_handler(_complain)
    clock = ShiftedClock()
    watch = Watch(clock, served, verbose=verbose)
    hosts = [_host(site, role, clock, watch) for role in served]
    try:
        for host in hosts:
            await host.listen()
        for host in hosts:
            host.start()
        _announce(site, hosts)
        await asyncio.Event().wait()
    finally:
        for host in hosts:
            await host.stop()


def _complain(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Say an error of our own in one line; the other connections go on."""
    from steps.unforeseen import told

    error = context.get("exception")
    console.complain(f"denbun: {told(error) if error else context['message']}")


def _host(site: _Site, role: str, clock: ShiftedClock, watch: Watch) -> Host:
    from reference_impl.adapter import tls_contexts
    from reference_impl.factory import build
    from reference_impl.node import SYNTHETIC_CODES
    from reference_impl.runner import Host
    from reference_impl.wire import Timing, Wiring
    from steps.bench.party import routes
    from telegram_specs.network import ROLES, Endpoint

    codes = {**SYNTHETIC_CODES, "juki": site.code, "cs": site.profile.cs_code}
    node, context = build(role, site.profile, clock, seed=secrets.randbelow(2**31), codes=codes)
    server_tls, client_tls = tls_contexts(site.tls)
    row = ROLES[role]
    wiring = Wiring(
        host=site.bind,
        tcp=row.tcp,
        http=row.http,
        peers={
            (peer, wire): site.peers.get((peer, wire)) or Endpoint(HERE, getattr(ROLES[peer], wire))
            for peer, wire in routes(role)
        },
        codes=codes,
        server_tls=server_tls,
        client_tls=client_tls,
    )
    timing = Timing(answer_within=5.0, retry_after=1.0)
    return Host(node, context, site.profile, wiring, tap=watch, timing=timing)


def _announce(site: _Site, hosts: Sequence[Host]) -> None:
    from reference_impl.oauth import SYNTHETIC_CLIENT
    from telegram_specs.network import ROLES

    profile, served = site.profile, {host.role for host in hosts}
    http = (
        f"HTTPS (test CA: {site.tls['ca']})" if site.tls else "plain HTTP, not for conformance runs"
    )
    console.say(f"profile {profile.id} {profile.edition} ({profile.status}), {http}; Ctrl-C ends")
    listening = [
        ("serving", host.role, wire, str(endpoint), ROLES[host.role].ja)
        for host in hosts
        for wire, endpoint in host.endpoints().items()
    ]
    outside = {
        ("expecting", role, wire, str(endpoint), ROLES[role].ja)
        for host in hosts
        for (role, wire), endpoint in host.wiring.peers.items()
        if role not in served
    }
    console.say(console.table(("", "role", "wire", "address", ""), [*listening, *sorted(outside)]))
    client = SYNTHETIC_CLIENT
    console.say(f"token client (synthetic): id {client.id} secret {client.secret}")
