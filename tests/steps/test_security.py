"""What each link speaks, and what is told of a handshake that fails."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from reference_impl.adapter import tls_contexts
from steps.bench.ca import make_ca
from steps.bench.security import Security
from steps.pixit import Pixit

PER_LINK = {"cs_link": "true", "atena_link": "mutual", "lgwan_link": "false"}
SPOKEN = {
    "by-default": ({}, {"cs_link": "plain", "atena_link": "tls", "lgwan_link": "tls"}),
    "plain": ({"tls": "false"}, {"cs_link": "plain", "atena_link": "plain", "lgwan_link": "plain"}),
    "by-link": (
        {"tls": PER_LINK},
        {"cs_link": "tls", "atena_link": "mutual", "lgwan_link": "plain", "nws_link": "tls"},
    ),
    "twin": ({"tls": PER_LINK}, {"cs_link_b": "tls", "shinsei_link_b": "tls"}),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_what_a_link_speaks(name):
    given, expected = SPOKEN[name]
    pixit = Pixit.model_validate(given)
    assert {link: pixit.security(link) for link in expected} == expected


def test_a_system_is_told_of_its_own_links():
    security = Security(Pixit.model_validate({"tls": {"lgwan_link": "mutual"}}), ("chukan",), {})
    assert security.links(("chukan",)) == {"lgwan_link": "mutual", "nws_link": "tls"}


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """Return the files of an authority and those of a strange one."""
    return [make_ca(tmp_path_factory.mktemp(name)).by_name() for name in ("ours", "strange")]


def anonymous(files):
    return {name: path for name, path in files.items() if not name.startswith("client_")}


def certified(ours, strange):
    """Return files that trust ours and show the client certificate of a strange authority."""
    shown = ("client_certificate", "client_key")
    return {**ours, **{name: strange[name] for name in shown}}


PEERS = {
    "with-its-certificate": (lambda ours, _: ours, ()),
    "without-one": (
        lambda ours, _: anonymous(ours),
        (
            (
                "TLS, atena (http): クライアント証明書が提示されない "
                "(PEER_DID_NOT_RETURN_A_CERTIFICATE)"
            ),
        ),
    ),
    "with-a-strange-one": (
        certified,
        ("TLS, atena (http): 証明書を検証できない (CERTIFICATE_VERIFY_FAILED)",),
    ),
    "plain": (
        lambda *_: {},
        ("TLS, atena (http): TLSではなく平文のHTTPで接続された (HTTP_REQUEST)",),
    ),
}


async def knock(context, client):
    """Serve with a context and send it a request; return what came back."""

    async def serve(reader, writer):
        await reader.readline()
        writer.write(b"ok")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client)
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            told = await reader.read()
            writer.close()
            return told
    return b""


@pytest.mark.parametrize("name", PEERS)
def test_mutual_tls_tells_who_shows_no_certificate(tls, name):
    files, problems = PEERS[name]
    pixit = Pixit.model_validate({"tls": {"atena_link": "mutual"}})
    security = Security(pixit, ("juki",), tls[0])
    client = tls_contexts(files(*tls))[1]
    told = asyncio.run(knock(security.server("atena", "http"), client))
    assert security.problems() == problems
    assert security.problems() == ()
    assert told == (b"" if problems else b"ok")


def test_hops_inside_the_bench_ask_for_no_certificate(tls):
    pixit = Pixit.model_validate({"tls": {"atena_link": "mutual", "cs_link": "true"}})
    security = Security(pixit, ("juki",), tls[0])
    client = tls_contexts(anonymous(tls[0]))[1]
    assert asyncio.run(knock(security.server("chukan", "http"), client)) == b"ok"
    assert security.client("atena", "chukan", "http") is security.client("nws", "chukan", "http")
    assert security.server("gyomu", "tcp") is None
    assert security.server("cs", "tcp") is not None
    assert security.client("cs", "juki", "tcp") is not None
