"""The proxy between two systems on the HTTP links: requests and responses as they are, or bent."""

from __future__ import annotations

import asyncio
import json
import ssl

import pytest

from steps.bench.ca import make_ca
from steps.bench.faultplan import Planned
from steps.bench.messages import HttpMessages, composed
from tests.steps.between import Between, Listener
from tests.steps.hosts import over_sockets
from tests.steps.passages import encode

BODY = json.dumps(json.loads(encode("addressee_request")), indent=3, ensure_ascii=False).encode()
POST = (
    b"POST /v1/addressees?x=1 HTTP/1.1\r\nHost: b\r\nX-Odd:  kept \r\nauthorization: Bearer t\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY)
) + BODY
DONE = b'HTTP/1.1 200 Fine\r\nContent-Length: 15\r\nServer: b\r\n\r\n{"serial": "7"}'
HTTP = {"receiver": "atena", "wire": "http"}


def ask(**members):
    return Between(
        lambda data: [DONE] if data.endswith((BODY, b"\r\n\r\n")) else [], **HTTP | members
    )


@pytest.mark.parametrize("size", [len(POST), 1, 11])
def test_a_request_and_its_response_pass_byte_for_byte(size):
    @over_sockets
    async def scene():
        async with ask() as between:
            pieces = [POST[at : at + size] for at in range(0, len(POST), size)]
            assert await between.exchange(*pieces, count=len(DONE)) == DONE
        assert between.listener.got == POST
        asked, answered = between.journal.records
        assert (asked.telegram, asked.raw, asked.http.method) == ("addressee_request", BODY, "POST")
        assert asked.http.target == "/v1/addressees?x=1"
        assert asked.http.headers["authorization"] == "Bearer t"
        assert (answered.telegram, answered.answers) == ("addressee_response", asked.seq)
        assert (answered.http.status, answered.http.target) == (200, asked.http.target)

    scene()


@over_sockets
async def test_chunks_pass_as_chunks_and_are_read_as_one_body():
    head = b"POST /v1/addressees HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = head + b"5\r\n" + BODY[:5] + b"\r\n%x;x=1\r\n" % (len(BODY) - 5) + BODY[5:]
    chunked += b"\r\n0\r\nX: 1\r\n\r\n"
    async with ask() as between:
        assert await between.exchange(chunked, count=len(DONE)) == DONE
    assert between.listener.got == chunked
    assert between.journal.records[0].raw == BODY


@over_sockets
async def test_a_response_without_length_ends_with_its_connection():
    class Ending(Listener):
        async def serve(self, reader, writer):
            await reader.read(65536)
            writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + BODY)
            writer.close()

    between = ask()
    between.listener = Ending(None)
    async with between:
        assert await between.exchange(POST) == b"HTTP/1.0 200 OK\r\n\r\n" + BODY
    assert between.journal.records[1].raw == BODY


@over_sockets
async def test_what_is_no_http_passes_all_the_same():
    async with Between(lambda _: [b"what?\n"], **HTTP) as between:
        assert await between.exchange(b"HELO there\r\n", count=6) == b"what?\n"
    assert between.listener.got == b"HELO there\r\n"
    assert [(r.sender, r.raw, r.faults[0].rule) for r in between.journal.records] == [
        ("juki", b"HELO there\r\n", "frame"),
        ("atena", b"what?\n", "frame"),
    ]


@over_sockets
async def test_a_request_that_waits_to_go_on_is_told_to():
    head = POST[: -len(BODY) - 2] + b"Expect: 100-continue\r\n\r\n"
    async with ask() as between:
        reader, writer = await between.connect()
        writer.write(head)
        assert await reader.readexactly(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(BODY)
        assert await reader.readexactly(len(DONE)) == DONE
    assert between.listener.got == head + BODY


@pytest.mark.parametrize(("kind", "status"), [("unauthorised", 401), ("unavailable", 503)])
def test_a_planned_refusal_is_answered_in_the_receivers_place(kind, status):
    @over_sockets
    async def scene():
        async with ask() as between:
            between.plan.add(Planned("addressee_request", kind))
            answer = await between.exchange(POST)
            assert answer.startswith(b"HTTP/1.1 %d " % status)
        assert between.listener.got == b""
        refused = between.journal.records[1]
        assert (refused.telegram, refused.http.status, refused.answers) == (
            "error_response", status, 1,
        )  # fmt: skip
        assert refused.faults == ()

    scene()


@over_sockets
async def test_a_bent_request_tells_its_new_length():
    hop = {"sender": "juki", "receiver": "atena", "wire": "http", "ours": True}
    async with Between(lambda _: [DONE], **hop) as between:
        between.plan.add(Planned("addressee_request", "changed", 1, "serial", "12345"))
        between.plan.add(Planned("addressee_request", "token", 1, "Bearer other"))
        assert await between.exchange(POST, count=len(DONE)) == DONE
        first = between.listener.got
        another = POST.replace(b'"serial": "7"', b'"serial": "8"')
        assert await between.exchange(another, count=len(DONE)) == DONE
    head, _, body = first.partition(b"\r\n\r\n")
    assert b"12345" in body
    assert b"Content-Length: %d" % len(body) in head
    second = between.listener.got[len(first) :]
    assert b"Authorization: Bearer other" in second
    assert b"Bearer t\r\n" not in second


@over_sockets
async def test_tls_ends_here_and_begins_again(tmp_path):
    files = make_ca(tmp_path)
    async with ask(tls=files.by_name()) as between:
        _, writer = await between.connect()
        assert writer.get_extra_info("ssl_object").version() in {"TLSv1.2", "TLSv1.3"}
        assert await between.exchange(POST, count=len(DONE)) == DONE
        assert between.listener.got == POST
        strange = ssl.create_default_context()
        with pytest.raises(ssl.SSLError):
            await asyncio.open_connection("127.0.0.1", between.proxy.bind.port, ssl=strange)
    assert [r.telegram for r in between.journal.records] == [
        "addressee_request",
        "addressee_response",
    ]


@over_sockets
async def test_a_message_with_the_same_telegram_is_the_same_bytes():
    reader = asyncio.StreamReader()
    reader.feed_data(POST)
    reader.feed_eof()
    messages = HttpMessages(reader)
    message = await messages.next()
    assert composed(message, BODY) == POST
    assert b"uthorization" not in composed(message, BODY, "")
    assert await messages.next() is None


@over_sockets
async def test_a_length_that_no_body_has_is_none():
    reader = asyncio.StreamReader()
    head = b"POST /v1/addressees HTTP/1.1\r\nContent-Length: %s\r\n\r\n" % (b"9" * 5000)
    reader.feed_data(head)
    reader.feed_eof()
    messages = HttpMessages(reader)
    message = await messages.next()
    assert (message.data, message.raw, message.problem) == (head, b"", None)
    assert await messages.next() is None


HUGE = 16 * 2**20 + 1
TOO_LONG = f"an HTTP body of {HUGE} bytes. expected at most 16777216"
POST_HEAD = (
    b"POST /v1/addressees HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
)


@over_sockets
async def test_a_request_that_is_too_long_is_answered_413_and_passed_to_nobody():
    head = POST_HEAD % HUGE
    async with ask() as between:
        said = await between.exchange(head)
    assert said.startswith(b"HTTP/1.1 413 denbun\r\n")
    assert between.listener.got == b""
    (met,) = between.journal.records
    assert (met.sender, met.way) == ("juki", "received")
    assert [fault.text for fault in met.faults] == [TOO_LONG]


@over_sockets
async def test_an_answer_that_is_too_long_is_noted_and_passed_to_nobody():
    huge = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % HUGE
    async with Between(lambda _: [huge], **HTTP) as between:
        assert await between.exchange(POST) == b""
    asked, answer = between.journal.records
    assert (asked.telegram, answer.answers) == ("addressee_request", asked.seq)
    assert [fault.text for fault in answer.faults] == [TOO_LONG]
