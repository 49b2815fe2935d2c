"""Every link tried before a run: ports, names, certificates, framing, characters and clocks."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from typing import TYPE_CHECKING, NamedTuple

from reference_impl.adapter import tls_contexts
from steps.attach.finding import Check, Finding
from steps.attach.probe import Probe
from steps.attach.system import System
from steps.clock import now
from steps.drivers.protocol import DriverError, SutLost
from telegram_specs.network import LINKS, Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from steps.bench.network import Bench
    from steps.pixit import Pixit

__all__ = ["LINK_CHECKS", "Opening", "openings", "try_links"]

LINK_CHECKS: Mapping[str, Check] = {
    "codes": Check(
        "市区町村コードが試験用である",
        "municipality codes are for tests",
        "pixit.municipality_code と partner_code に、試験用の異なるコード (999で始まるもの) を書く",
        "set pixit.municipality_code and partner_code to different codes for tests (999…)",
    ),
    "ports": Check(
        "ハーネスの口が開けられる",
        "the harness can listen",
        "pixit.bind をこの機械の番地に、pixit.ports を空いている番号にする",
        "set pixit.bind to an address of this machine and pixit.ports to free ports",
    ),
    "advertised": Check(
        "システムに告げる番地でハーネスに届く",
        "the harness is reached at the address that the system is told",
        "pixit.advertise をシステムから届く番地にし、ファイアウォールを確かめる",
        "set pixit.advertise to an address that the system reaches; look at the firewall",
    ),
    "tls_ours": Check(
        "ハーネスの証明書が、告げる名と期限に合う",
        "the harness's certificate fits the name that is told, and is in date",
        "告げる名を pixit.tls_names に加える。時計を確かめる",
        "add the name to pixit.tls_names; look at the clock of this machine",
    ),
    "adapter": Check(
        "アダプタが挨拶する",
        "the adapter greets",
        "denbun adapter-check を先に行う",
        "run denbun adapter-check first",
    ),
    "theirs": Check(
        "システムの口に届く",
        "the system's listeners are reached",
        "listens か pixit.addresses の番地と、システム側のファイアウォールを確かめる",
        "look at listens or pixit.addresses and at the firewall of the system",
    ),
    "tls_theirs": Check(
        "システムの証明書が、試験用認証局のもので、名と期限に合う",
        "the system's certificate is of the run's CA, fits its name and is in date",
        "hello で渡された certificate と key で待ち受け、番地の名を pixit.tls_names に加える",
        "serve with certificate and key of this hello; add the host name to pixit.tls_names",
    ),
    "framing": Check(
        "電文に、区切りの正しい電文で答える",
        "answers a telegram by one that is framed well",
        "電文長と終端を denbun specs show の通りにする。受付は同じ接続で返す",
        "make length and end mark as denbun specs show has them; answer on the same connection",
    ),
    "characters": Check(
        "統一文字の見本が、往復しても変わらず、受け付けられる",
        "a sample of 統一文字 survives the round trip and is accepted",
        "N型の項目を2バイトの統一文字として読む。私的なプロファイルでは charset を確かめる",
        "read items of type N as two bytes a character; in a private profile look at charset",
    ),
    "clock": Check(
        "システムの時計のずれが1分以内である",
        "the system's clock differs by a minute at most",
        "両方の機械の時刻を合わせる (NTP)",
        "set the clocks of both machines right (NTP)",
    ),
    "back": Check(
        "システムの接続で、システムからハーネスに電文が届く",
        "a telegram of the system reaches the harness on a connection of the system",
        "network.peers の宛先に送る。下の表の口をファイアウォールで開ける",
        "send to network.peers; open the ports of the table below in the firewall",
    ),
}
SAMPLE = "亜髙﨑辻祇ヴア"
"""Kanji of the common ranges and of the compatibility area, and kana."""
FAR = dt.timedelta(minutes=1)
FOR_TESTS = "999"
WITHIN = 3.0


class Opening(NamedTuple):
    """A port that a firewall has to let through; ``way`` is seen from the harness."""

    way: str
    role: str
    link: str
    address: str
    protocol: str


def try_links(bench: Bench) -> Iterator[Finding]:
    """Start a bench and yield what each link is like."""
    pixit = bench.pixit
    yield _codes(pixit)
    yield from _ports(pixit)
    try:
        bench.start()
    except (SutLost, DriverError) as error:
        yield Finding("adapter", "failed", str(error))
    except (OSError, TimeoutError) as error:
        yield Finding("ports", "failed", str(error))
        return
    else:
        yield Finding("adapter", "ok")
    yield from _ours(bench)
    if bench.sut.greeting is None:
        return
    yield from _theirs(bench)
    yield from _spoken(bench)
    event = System(bench, seed=1).event()
    yield Finding("back", event.status, event.detail)


def openings(bench: Bench) -> list[Opening]:
    """Return what passes between harness and system."""
    sides = {"in": bench.hosts.endpoints(), "out": bench.theirs()}
    found: list[Opening] = []
    for link in LINKS.values():
        ours = set(link.roles) - bench.parts
        if link.twin or not ours or not bench.parts & set(link.roles):
            continue
        speaks = bench.security.links(bench.parts).get(link.name, "plain")
        protocol = {"tcp": "TCP", "http": "HTTP"}[link.wire]
        protocol += "" if speaks == "plain" else " + TLS"
        for way, roles in (("in", ours), ("out", bench.parts & set(link.roles))):
            for role in sorted(roles):
                at = sides[way].get((role, link.wire))
                if at and way == "in":
                    at = Endpoint(bench.pixit.advertise or bench.pixit.bind, at.port)
                if _is_sent_to(bench, role, link.name):
                    found.append(Opening(way, role, link.name, str(at or "?"), protocol))
    return found


def _is_sent_to(bench: Bench, role: str, link: str) -> bool:
    """Tell whether somebody opens connections to a role on a link."""
    return any(
        link in spec.links and role in spec.receiver and (spec.http or spec.answer)
        for spec in bench.profile.specs.values()
    )


def _codes(pixit: Pixit) -> Finding:
    codes = pixit.codes()
    told = ", ".join(f"{role} {code}" for role, code in codes.items())
    good = all(code.startswith(FOR_TESTS) for code in codes.values())
    distinct = len(set(codes.values())) == len(codes)
    return Finding("codes", "ok" if good and distinct else "failed", told)


def _ports(pixit: Pixit) -> Iterator[Finding]:
    """Try to listen at every fixed port, and at any port of the address."""
    fixed = [(role, str(wire), port) for role, w in pixit.ports.items() for wire, port in w.items()]
    for role, wire, port in fixed or [("", "", 0)]:
        place = f"{role} {wire} {pixit.bind}:{port}" if role else pixit.bind
        try:
            with socket.create_server((pixit.bind, port)):
                yield Finding("ports", "ok", place)
        except OSError as error:
            yield Finding("ports", "failed", f"{place}: {error.strerror}")


def _ours(bench: Bench) -> Iterator[Finding]:
    """Reach the bench as the system is to reach it."""
    host = bench.pixit.advertise or bench.pixit.bind
    wanted = {(o.role, "tcp" if "TCP" in o.protocol else "http"): o for o in openings(bench)}
    for (role, wire), opening in wanted.items():
        if opening.way != "in":
            continue
        at = Endpoint(host, bench.hosts.endpoints()[role, wire].port)
        place = f"{role} {wire} {at}"
        if (problem := _reach(at)) is not None:
            yield Finding("advertised", "failed", f"{place}: {problem}")
            continue
        yield Finding("advertised", "ok", place)
        if "TLS" in opening.protocol:
            yield _handshake("tls_ours", place, at, tls_contexts(bench.tls)[1])


def _theirs(bench: Bench) -> Iterator[Finding]:
    for (role, wire), at in bench.theirs().items():
        place = f"{role} {wire} {at}"
        if (problem := _reach(at)) is not None:
            yield Finding("theirs", "failed", f"{place}: {problem}")
            continue
        yield Finding("theirs", "ok", place)
        peers = (o.link for o in openings(bench) if (o.way, o.role) == ("out", role))
        peer = next((r for name in peers for r in LINKS[name].roles if r not in bench.parts), "")
        context = bench.security.client(peer, role, wire) if peer else None
        if context:
            yield _handshake("tls_theirs", place, at, context)


def _reach(at: Endpoint) -> str | None:
    """Return why an address is not reached, None when it is."""
    try:
        socket.create_connection((at.host, at.port), WITHIN).close()
    except OSError as error:
        return error.strerror or str(error) or type(error).__name__
    return None


def _handshake(check: str, place: str, at: Endpoint, context: ssl.SSLContext | None) -> Finding:
    assert context is not None
    try:
        with (
            socket.create_connection((at.host, at.port), WITHIN) as plain,
            context.wrap_socket(plain, server_hostname=at.host) as secured,
        ):
            shown = secured.getpeercert() or {}
            names = ", ".join(str(pair[-1]) for pair in shown.get("subjectAltName", ()))
            told = f"{secured.version()}, {names}, {shown.get('notAfter', '')}"
            return Finding(check, "ok", f"{place}: {told}")
    except ssl.SSLCertVerificationError as error:
        return Finding(check, "failed", f"{place}: {error.verify_message}")
    except OSError as error:
        return Finding(check, "failed", f"{place}: {error.strerror or error}")


def _spoken(bench: Bench) -> Iterator[Finding]:
    """Send a telegram, with sample characters where it has room for them."""
    charset = bench.profile.charset
    kept = charset.decode(charset.encode(SAMPLE)) == SAMPLE
    if not kept:
        yield Finding("characters", "failed", f"profile {bench.profile.id}")
    probe = Probe.of(bench)
    endpoint = bench.theirs().get((bench.role, probe.wire))
    unreached = _reach(endpoint) if endpoint else f"nobody told where {bench.role} listens"
    if endpoint is None or unreached is not None:
        yield Finding("framing", "none", unreached or "")
        return
    room = "message" if bench.role == "juki" else None
    try:
        answer = probe.send(endpoint, probe.good())
        yield Finding("framing", "ok" if answer.accepted else "failed", answer.text)
        if room and kept:
            again = probe.send(endpoint, probe.good(**{room: SAMPLE}))
            yield Finding("characters", "ok" if again.accepted else "failed", again.text)
    except OSError as error:
        yield Finding("framing", "failed", error.strerror or str(error))
        return
    if answer.clock is None:
        yield Finding("clock", "none", "the answer does not tell the time")
        return
    away = abs(now() - answer.clock)
    told = f"{answer.clock:%Y-%m-%d %H:%M:%S}, {away.total_seconds():.0f} s"
    yield Finding("clock", "ok" if away <= FAR else "failed", told)
