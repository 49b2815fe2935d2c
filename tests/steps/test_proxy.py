"""The proxy between two systems: bytes as they came, every passage once, the plan on the wire."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl

import pytest

from reference_impl.adapter import tls_contexts
from steps.bench.ca import make_ca
from steps.bench.faultplan import FaultPlan, Planned
from steps.bench.journal import Journal
from steps.bench.messages import HttpMessages, composed
from steps.bench.proxy import Hop, Proxy, Site
from steps.bench.security import Security
from steps.bench.tap import BenchTap
from steps.pixit import Pixit
from telegram_specs.network import Endpoint
from tests.steps.hosts import PROFILE, over_sockets
from tests.steps.passages import CODE, answering, asking, encode

OUTSIDE = frozenset({"juki", "cs", "nws", "atena"})


class Listener:
    """The receiver: keeps what comes, and answers each piece as a function says."""

    def __init__(self, answer):
        self.answer, self.got, self.server = answer, b"", None
        self.connections = 0

    async def serve(self, reader, writer):
        self.connections += 1
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                self.got += data
                for one in self.answer(data):
                    writer.write(one)
                    await writer.drain()
        writer.close()


class Between(contextlib.AsyncExitStack):
    """A proxy with its plan and journal, and the receiver behind it."""

    def __init__(self, answer, *, sender="juki", receiver="cs", wire="tcp", ours=False, tls=None):
        super().__init__()
        self.listener = Listener(answer)
        self.plan, self.journal = FaultPlan(), Journal()
        self.server_tls, self.client_tls = tls_contexts(tls or {})
        tap = BenchTap(self.journal, self.plan, OUTSIDE, transparent=True)
        site = Site(PROFILE, tap, 0.5, Security(Pixit(tls=bool(tls)), OUTSIDE, tls or {}))
        self.target = None
        self.proxy = Proxy(
            Hop(sender, receiver, wire, ours),
            site,
            bind=Endpoint("127.0.0.1", 0),
            target=lambda: self.target,
        )

    async def __aenter__(self):
        tls = self.server_tls if self.proxy.hop.wire == "http" else None
        server = await asyncio.start_server(self.listener.serve, "127.0.0.1", 0, ssl=tls)
        self.callback(server.close)
        self.target = Endpoint("127.0.0.1", server.sockets[0].getsockname()[1])
        await self.proxy.listen()
        self.push_async_callback(self.proxy.mute)
        return self

    async def connect(self):
        tls = self.client_tls if self.proxy.hop.wire == "http" else None
        reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy.bind.port, ssl=tls)
        self.callback(writer.close)
        return reader, writer

    async def exchange(self, *pieces, count=None):
        """Send pieces one by one; return what comes back, ``count`` bytes or up to the end."""
        reader, writer = await self.connect()
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.005)
        if count is None:
            with contextlib.suppress(ConnectionError):
                writer.write_eof()
                return await reader.read()
            return b""
        return await reader.readexactly(count)

    def seen(self):
        """Return each record as (sender, way, telegram, on the wire, fault, what it answers)."""
        return [
            (r.sender, r.way, r.telegram, r.on_wire, r.fault, r.answers)
            for r in self.journal.records
        ]


REQUEST = encode("number_issue_request")
RECEIPT = answering(asking("number_issue_request")).raw
BOTH = [
    ("juki", "received", "number_issue_request", True, None, None),
    ("cs", "sent", "receipt", True, None, 1),
]


def accepting(data):
    """Answer whole telegrams with their receipt, anything else with nothing."""
    return [RECEIPT] if data.endswith(REQUEST) else []


@over_sockets
async def test_a_telegram_and_its_receipt_pass_as_they_are():
    async with Between(accepting) as between:
        assert await between.exchange(REQUEST, count=len(RECEIPT)) == RECEIPT
    assert between.listener.got == REQUEST
    assert between.seen() == BOTH
    assert [r.raw for r in between.journal.records] == [REQUEST, RECEIPT]
    assert {r.link for r in between.journal.records} == {"cs_link"}


@over_sockets
async def test_a_mistake_of_the_proxy_itself_is_kept_and_ends_the_connection(monkeypatch):
    async def wrong(*_):
        raise LookupError("no such road")

    async with Between(accepting) as between:
        monkeypatch.setattr(between.proxy.site.tap, "arrived", wrong)
        assert await between.exchange(REQUEST) == b""
        assert list(map(str, between.proxy.site.unforeseen)) == ["no such road"]


@over_sockets
async def test_an_end_in_the_middle_is_no_mistake_of_the_proxy():
    async with Between(accepting) as between:
        await between.exchange(REQUEST[:7])
        between.target = None
        assert await between.exchange(REQUEST) == b""
    assert between.proxy.site.unforeseen == []


@over_sockets
async def test_the_counterpart_is_recorded_as_a_bench_node_would_be():
    asked = asking("number_issue_result")
    result, answer = asked.raw, answering(asked).raw
    hop = {"sender": "cs", "receiver": "juki", "ours": True}
    async with Between(lambda _: [answer], **hop) as between:
        assert await between.exchange(result, count=len(answer)) == answer
    assert between.seen() == [
        ("cs", "sent", "number_issue_result", True, None, None),
        ("juki", "received", "receipt", True, None, 1),
    ]


@pytest.mark.parametrize("size", [1, 7, len(REQUEST) - 1])
def test_a_split_telegram_arrives_whole(size):
    @over_sockets
    async def scene():
        pieces = [REQUEST[at : at + size] for at in range(0, len(REQUEST), size)]
        async with Between(accepting) as between:
            assert await between.exchange(*pieces, count=len(RECEIPT)) == RECEIPT
        assert between.listener.got == REQUEST
        assert between.seen() == BOTH

    scene()


@over_sockets
async def test_two_telegrams_in_one_piece_are_two_passages():
    def twice(data):
        return [RECEIPT] * data.count(REQUEST)

    async with Between(twice) as between:
        assert await between.exchange(REQUEST * 2, count=2 * len(RECEIPT)) == RECEIPT * 2
    assert between.listener.got == REQUEST * 2
    assert sorted(record[2] for record in between.seen()) == [
        "number_issue_request", "number_issue_request", "receipt", "receipt",
    ]  # fmt: skip


GARBAGE = b"no telegram at all, but bytes all the same"


@over_sockets
async def test_garbage_passes_and_is_recorded_as_a_framing_fault():
    async with Between(lambda _: []) as between:
        await between.exchange(GARBAGE)
    assert between.listener.got == GARBAGE
    assert b"".join(r.raw for r in between.journal.records) == GARBAGE
    assert {r.telegram for r in between.journal.records} == {None}
    assert all(r.faults[0].rule == "frame" for r in between.journal.records)


@over_sockets
async def test_a_telegram_that_is_cut_passes_as_far_as_it_came():
    async with Between(lambda _: []) as between:
        await between.exchange(REQUEST[:40])
    assert between.listener.got == REQUEST[:40]
    (record,) = between.journal.records
    assert (record.raw, record.faults[0].rule) == (REQUEST[:40], "frame")


@over_sockets
async def test_a_receipt_to_something_else_passes_all_the_same():
    other = RECEIPT.replace(REQUEST[26:36], b"9999999999")
    assert other != RECEIPT
    async with Between(lambda _: [other]) as between:
        assert await between.exchange(REQUEST, count=len(other)) == other


@over_sockets
async def test_what_nobody_takes_is_not_recorded():
    async with Between(accepting) as between:
        between.target = None
        assert await between.exchange(REQUEST) == b""
    assert between.journal.records == ()


# -- the plan --------------------------------------------------------------------------------


@over_sockets
async def test_what_is_lost_does_not_arrive_and_ends_the_connection():
    async with Between(accepting) as between:
        between.plan.add(Planned("number_issue_request", "lost"))
        assert await between.exchange(REQUEST) == b""
        assert between.listener.got == b""
        assert await between.exchange(REQUEST, count=len(RECEIPT)) == RECEIPT
    assert between.seen()[0] == ("juki", "received", "number_issue_request", True, "lost", None)
    assert between.listener.got == REQUEST


@over_sockets
async def test_a_lost_telegram_of_the_counterpart_was_never_on_the_wire():
    async with Between(accepting, sender="cs", receiver="juki", ours=True) as between:
        between.plan.add(Planned("number_issue_request", "lost"))
        assert await between.exchange(REQUEST) == b""
    assert between.listener.got == b""
    assert [record[3:5] for record in between.seen()] == [(False, "lost")]


@over_sockets
async def test_an_answer_that_is_lost_ends_the_connection():
    async with Between(accepting) as between:
        between.plan.add(Planned("number_issue_request", "answer_lost"))
        assert await between.exchange(REQUEST) == b""
    assert between.listener.got == REQUEST
    assert between.seen()[1][3:] == (False, "answer_lost", 1)


@over_sockets
async def test_what_is_held_passes_when_it_is_released():
    async with Between(accepting) as between:
        between.plan.add(Planned("number_issue_request", "held"))
        waiting = asyncio.create_task(between.exchange(REQUEST, count=len(RECEIPT)))
        while not between.plan.holding():  # noqa: ASYNC110 - nothing tells when it is held
            await asyncio.sleep(0.002)
        assert between.listener.got == b""
        between.plan.release("number_issue_request")
        assert await waiting == RECEIPT
    assert between.listener.got == REQUEST


@over_sockets
async def test_what_comes_twice_is_answered_to_its_sender_once():
    hop = {"sender": "cs", "receiver": "juki", "ours": True}
    async with Between(accepting, **hop) as between:
        between.plan.add(Planned("number_issue_request", "twice"))
        assert await between.exchange(REQUEST) == RECEIPT
    assert between.listener.got == REQUEST * 2
    assert [(record[2], record[5]) for record in between.seen()] == [
        ("number_issue_request", None),
        ("number_issue_request", None),
        ("receipt", 1),
        ("receipt", 2),
    ]


@over_sockets
async def test_a_bent_item_arrives_bent():
    hop = {"sender": "cs", "receiver": "juki", "ours": True}
    async with Between(lambda _: [RECEIPT], **hop) as between:
        planned = Planned("number_issue_request", "changed", 1, "juminhyo_code", "11111111113")
        between.plan.add(planned)
        assert await between.exchange(REQUEST, count=len(RECEIPT)) == RECEIPT
    assert between.listener.got == REQUEST.replace(CODE.encode(), b"11111111113")
    assert between.seen()[0][4] == "changed:juminhyo_code"


@over_sockets
async def test_a_proxy_that_is_down_takes_nobody_and_comes_back_at_its_port():
    async with Between(accepting) as between:
        port = between.proxy.bind.port
        await between.proxy.mute()
        with pytest.raises(ConnectionError):
            await between.connect()
        await between.proxy.listen()
        assert between.proxy.bind.port == port
        assert await between.exchange(REQUEST, count=len(RECEIPT)) == RECEIPT


# -- HTTP ------------------------------------------------------------------------------------

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
