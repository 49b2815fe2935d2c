"""The proxy between two systems: bytes as they came, every passage once, the plan on the wire."""

from __future__ import annotations

import asyncio

import pytest

from steps.bench.faultplan import Planned
from tests.steps.between import Between
from tests.steps.hosts import over_sockets
from tests.steps.passages import CODE, answering, asking, encode

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
