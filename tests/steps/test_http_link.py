"""The runner on the HTTP links: refusals, tokens, re-sends, order, TLS."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from reference_impl.adapter import tls_contexts
from reference_impl.wire import Ruling
from steps.bench.ca import make_ca
from tests.steps.hosts import CODES, QUICK, Network, mistaken, once, over_sockets, until

NUMBER = "123456789018"
PERSON = {
    "municipality_code": CODES["juki"],
    "addressee_number": "100000130",
    "individual_number": NUMBER,
    "name": "山田　花子",
    "furigana": "ヤマダ　ハナコ",
    "birth_date": "2026-05-01",
    "birth_date_unknown": "0",
    "birth_date_text": "",
    "sex": "2",
    "address": "見本県見本市中央１丁目",
}


def request_number(net, **values):
    return net.send("juki", "atena", "addressee_request", **{**PERSON, **values})


def exchange(net, role="juki"):
    """Return what a role got: telegram and HTTP status of every answer."""
    return [(p.spec.id, p.http.status) for p in net.taps[role].came if p.request]


@over_sockets
async def test_a_request_fetches_its_token_first():
    async with Network("juki", "atena", "chukan") as net:
        request_number(net)
        request_number(net)
        await net.idle()
        assert exchange(net) == [
            ("token_response", 200),
            ("addressee_response", 200),
            ("addressee_response", 200),
        ]
        asked = [p.http for p in net.taps["atena"].came if p.spec.id == "addressee_request"]
        (token,) = {http.headers["Authorization"] for http in asked}
        granted = next(p for p in net.taps["juki"].came if p.spec.id == "token_response")
        assert token == f"Bearer {granted.values['access_token']}"
        assert {http.target for http in asked} == {"/v1/addressees"}
        assert len(net.taps["chukan"].arrivals("integrated_number_notice")) == 1


@over_sockets
async def test_a_token_response_that_is_none_ends_nothing():
    async with Network("juki", "atena", "chukan") as net:
        broken = Ruling(raws=(b"no token",))
        net.taps["atena"].bend = once("leaving", ("token_request", True), broken)
        request_number(net)
        await net.idle()
        assert exchange(net) == [
            ("token_response", 200),
            ("token_response", 200),
            ("addressee_response", 200),
        ]


async def call(net, method, path, **options):
    url = f"http://{net.hosts['atena'].endpoints()['http']}{path}"
    async with aiohttp.ClientSession() as session, session.request(method, url, **options) as got:
        assert got.headers["Content-Type"] == "application/json;charset=UTF-8"
        return got.status, await got.json()


def refused(detail, title="エラー"):
    return {"title": title, "detail": detail}


CALLS = {
    "no such path": ("POST", "/v1/nothing", {"json": {}}, 404, refused("要求先がありません。")),
    "no such method": ("GET", "/v1/addressees", {}, 404, refused("要求先がありません。")),
    "no JSON": (
        "POST",
        "/v1/addressees",
        {"data": b"{"},
        400,
        refused("エラーが発生しました。"),
    ),
    "nothing in it": (
        "POST",
        "/v1/addressees",
        {"json": {}},
        400,
        refused("エラーが発生しました。"),
    ),
    "no token": (
        "POST",
        "/v1/addressees",
        {"json": {"serial": "1", **PERSON}},
        401,
        refused("アクセストークンが無効です。", "アクセストークンが無効です。"),
    ),
    "a strange token": (
        "POST",
        "/v1/addressees",
        {"json": {"serial": "1", **PERSON}, "headers": {"Authorization": "Bearer x"}},
        401,
        refused("アクセストークンが無効です。", "アクセストークンが無効です。"),
    ),
    "no client": (
        "POST",
        "/oauth2/token",
        {"data": {"grant_type": "client_credentials"}},
        401,
        refused("クライアントを認証できません。", "invalid_client"),
    ),
    "another grant": (
        "POST",
        "/oauth2/token",
        {"data": {"grant_type": "password"}},
        400,
        refused("client_credentials以外の認可方式は使えません。", "unsupported_grant_type"),
    ),
}


@pytest.mark.parametrize("name", CALLS)
@over_sockets
async def test_a_wrong_request_is_refused(name):
    method, path, options, status, expected = CALLS[name]
    async with Network("atena") as net:
        told_status, told = await call(net, method, path, **options)
        assert told_status == status
        assert {k: told[k] for k in expected} == expected


@over_sockets
async def test_an_expired_token_is_renewed_and_nothing_is_lost():
    async with Network("juki", "atena", "chukan") as net:
        request_number(net)
        await net.idle()
        net.hosts["atena"].act("expire_tokens", {})
        serial = request_number(net)
        await net.idle()
        assert exchange(net) == [
            ("token_response", 200),
            ("addressee_response", 200),
            ("error_response", 401),
            ("token_response", 200),
            ("addressee_response", 200),
        ]
        assert net.taps["atena"].arrivals("addressee_request")[1:] == [serial, serial]
        assert len(net.rows("atena", "person")) == 1


@over_sockets
async def test_a_token_can_be_asked_for_anew():
    async with Network("juki", "atena") as net:
        for _ in range(2):
            await net.hosts["juki"].new_token("atena")
        assert exchange(net) == [("token_response", 200)] * 2


ADDRESSEE, ADDRESSEE_ANSWER = ("addressee_request", False), ("addressee_request", True)
HTTP_DISTURBANCES = {
    "unavailable": once("arrived", ADDRESSEE, Ruling(pass_on=False, status=503)),
    "unauthorised": once("arrived", ADDRESSEE, Ruling(pass_on=False, status=401)),
    "hung up": once("arrived", ADDRESSEE, Ruling(pass_on=False)),
    "answer lost": once("leaving", ADDRESSEE_ANSWER, Ruling(pass_on=False)),
}


@pytest.mark.parametrize("name", HTTP_DISTURBANCES)
@over_sockets
async def test_a_request_without_an_answer_is_sent_again_with_one_effect(name):
    async with Network("juki", "atena", "chukan") as net:
        net.taps["atena"].bend = HTTP_DISTURBANCES[name]
        serial = request_number(net)
        await net.idle()
        assert net.taps["atena"].arrivals("addressee_request") == [serial, serial]
        assert exchange(net)[-1] == ("addressee_response", 200)
        assert len(net.rows("atena", "person")) == 1
        assert len(net.taps["chukan"].arrivals("integrated_number_notice")) == 1


@over_sockets
async def test_another_token_may_be_shown_on_purpose():
    async with Network("juki", "atena", "chukan") as net:
        net.taps["juki"].bend = once("leaving", ADDRESSEE, Ruling(authorization=""))
        request_number(net)
        await net.idle()
        asked = [p.http.headers for p in net.taps["atena"].came if p.spec.id == ADDRESSEE[0]]
        assert ["Authorization" in headers for headers in asked] == [False, True]


@over_sockets
async def test_a_mistake_of_our_own_is_told_and_the_next_request_answered():
    async with Network("juki", "atena", "chukan") as net:
        request_number(net)
        await net.idle()
        net.taps["juki"].came.clear()
        link = net.hosts["atena"]._http
        link._response = mistaken(link._response)
        request_number(net)
        await net.idle()
        assert net.mistakes() == ["no such shelf"]
        assert exchange(net) == [("error_response", 500), ("addressee_response", 200)]


@over_sockets
async def test_a_refused_request_leaves_the_outbox():
    async with Network("juki", "atena") as net:
        request_number(net, individual_number="123456789012")
        await net.idle()
        assert exchange(net)[-1] == ("addressee_response", 200)
        assert net.errors("juki") == ["2003"]


@over_sockets
async def test_a_peer_down_and_up_again_gets_everything_in_order():
    async with Network("juki", "atena", "chukan") as net:
        await net.hosts["atena"].mute()
        serials = [request_number(net) for _ in range(3)]
        await until(lambda: "undelivered" in net.errors("juki"))
        assert net.taps["atena"].came == []
        await net.hosts["atena"].listen()
        await net.idle()
        assert net.taps["atena"].arrivals("addressee_request") == serials


@over_sockets
async def test_what_nobody_takes_does_not_leave():
    async with Network("juki", "atena", timing=replace(QUICK, attempts=2)) as net:
        await net.hosts["atena"].mute()
        request_number(net)
        await net.idle()
        assert net.taps["juki"].left == []
        assert net.errors("juki") == ["undelivered"]


@over_sockets
async def test_a_connection_is_opened_once_and_kept():
    async with Network("atena", "chukan") as net:
        opened = []
        chukan = net.hosts["chukan"]._http
        serve = chukan._serve

        async def seen(request):
            opened.append(request.transport)
            return await serve(request)

        await net.hosts["chukan"].mute()
        chukan._serve = seen
        await net.hosts["chukan"].listen()
        for serial in ("1", "2"):
            notice = {"municipality_code": CODES["juki"], "integrated_number": "10000013"}
            net.send("atena", "chukan", "integrated_number_notice", **notice, serial=serial)
        await net.idle()
        assert len(opened) == 2
        assert len(set(opened)) == 1


@pytest.fixture(scope="module")
def ca(tmp_path_factory):
    """The files of a certificate authority and, by the same names, of a strange one."""
    made = [make_ca(tmp_path_factory.mktemp(name)) for name in ("ours", "strange")]
    return [{"ca": str(f.ca), "certificate": str(f.certificate), "key": str(f.key)} for f in made]


@over_sockets
async def test_over_tls(ca):
    async with Network("juki", "atena", "chukan", tls=ca[0]) as net:
        request_number(net)
        await net.idle()
        assert exchange(net) == [("token_response", 200), ("addressee_response", 200)]


@over_sockets
async def test_a_peer_with_a_strange_certificate_is_not_talked_to(ca):
    async with Network("juki", "atena", tls=ca[0], timing=replace(QUICK, attempts=1)) as net:
        net.hosts["juki"].wiring.client_tls = tls_contexts(ca[1])[1]
        request_number(net)
        await net.idle()
        assert net.taps["atena"].came == []
        assert net.errors("juki") == ["undelivered"]


@over_sockets
async def test_plain_http_is_not_answered_over_tls(ca):
    async with Network("atena", tls=ca[0]) as net:
        with pytest.raises(aiohttp.ClientError):
            await call(net, "POST", "/v1/addressees", json={})
        assert net.taps["atena"].came == []


def test_a_key_is_private_to_its_owner(ca):
    assert Path(ca[0]["key"]).stat().st_mode & 0o077 == 0
