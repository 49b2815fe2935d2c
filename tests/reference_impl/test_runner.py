"""The runner on the CS link: framing, answers, re-sends, order, restarts of a peer."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

import pytest

from reference_impl.runner import Host
from reference_impl.wire import PASS, Ruling
from telegram_specs import Frame
from telegram_specs.mutate import declare_length, overwrite, set_item
from tests.steps.hosts import CODES, PROFILE, QUICK, Network, mistaken, once, over_sockets, until


@over_sockets
async def test_codes_are_fetched():
    async with Network("juki", "cs") as net:
        assert net.hosts["juki"].act("fetch_codes", {"count": 3}).status == "ok"
        await net.idle()
        assert net.stock() == 3
        passed = [(p.sender, p.spec.id) for p in net.taps["juki"].left + net.taps["juki"].came]
        assert sorted(passed) == [
            ("cs", "juminhyo_code_list"),
            ("cs", "receipt"),
            ("juki", "juminhyo_code_request"),
            ("juki", "receipt"),
        ]


def code_request(serial="0000000007", **values):
    header = {
        "sender": CODES["juki"],
        "receiver": CODES["cs"],
        "serial": serial,
        "ref_serial": "0000000000",
        "created_date": "2026-05-10",
        "created_time": "090000",
        "result": "0000",
    }
    return PROFILE.spec("juminhyo_code_request").encode({**header, "count": "1", **values})


class Caller:
    """A peer that writes bytes to a host and reads its answers."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer
        self._framer = PROFILE.framer()
        self._ready = []

    @classmethod
    @contextlib.asynccontextmanager
    async def to(cls, host):
        reader, writer = await asyncio.open_connection("127.0.0.1", host.wiring.tcp)
        try:
            yield cls(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def write(self, *pieces):
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()
            await asyncio.sleep(0)

    def end(self):
        self._writer.write_eof()

    async def answer(self):
        """Return the values of the next receipt, None when the host hung up."""
        while not self._ready:
            data = await self._reader.read(65536)
            if not data:
                return None
            self._ready = self._framer.feed(data)
        frame = self._ready.pop(0)
        assert isinstance(frame, Frame)
        decoded = PROFILE.identify(frame.raw).decode(frame.raw)
        assert {fault.rule for fault in decoded.faults} <= {"check"}
        return decoded.values

    async def told(self):
        values = await self.answer()
        return values and tuple(values[item] for item in ("result", "error_item", "ref_serial"))


GOOD = ("0000", "", "0000000007")
RAW = code_request()
SPLITS = {
    "whole": (RAW,),
    "byte by byte": tuple(RAW[i : i + 1] for i in range(len(RAW))),
    "in the middle of the header": (RAW[:30], RAW[30:]),
    "before the end mark": (RAW[:-2], RAW[-2:]),
    "in the end mark": (RAW[:-1], RAW[-1:]),
}


@pytest.mark.parametrize("split", SPLITS)
@over_sockets
async def test_a_stream_may_be_split_anywhere(split):
    async with Network("cs") as net, Caller.to(net.hosts["cs"]) as caller:
        await caller.write(*SPLITS[split])
        assert await caller.told() == GOOD


@over_sockets
async def test_telegrams_that_come_together_are_answered_in_their_order():
    async with Network("cs") as net, Caller.to(net.hosts["cs"]) as caller:
        serials = [f"{number:010d}" for number in range(1, 6)]
        await caller.write(b"".join(map(code_request, serials)))
        assert [(await caller.told())[2] for _ in serials] == serials
        assert len(net.rows("cs", "designated")) == 5


SPEC = PROFILE.spec("juminhyo_code_request")
WRONG = {
    "end mark": (overwrite(SPEC, RAW, "end_mark", b"%%"), ("1001", "", "0000000007")),
    "unknown telegram": (
        set_item(SPEC, RAW, "telegram_id", "DB7777"),
        ("1002", "", "0000000007"),
    ),
    "letters among digits": (set_item(SPEC, RAW, "count", "A1B"), ("1003", "count", "0000000007")),
    "code without meaning": (set_item(SPEC, RAW, "kind", "9"), ("1003", "kind", "0000000007")),
    "no day of the calendar": (
        set_item(SPEC, RAW, "created_date", "20260230"),
        ("1003", "created_date", "0000000007"),
    ),
    "for somebody else": (
        set_item(SPEC, RAW, "receiver", "999024"),
        ("1004", "receiver", "0000000007"),
    ),
    "sender of letters": (
        set_item(SPEC, RAW, "sender", "ABCDEF"),
        ("1003", "sender", "0000000007"),
    ),
    "blank serial": (set_item(SPEC, RAW, "serial", ""), ("1003", "serial", "0000000000")),
    "an answer to nothing": (
        set_item(SPEC, RAW, "telegram_id", "DB9001"),
        ("1003", "kind", "0000000007"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
@over_sockets
async def test_a_wrong_telegram_is_refused_and_shown_and_the_next_one_answered(name):
    raw, told = WRONG[name]
    async with Network("cs") as net, Caller.to(net.hosts["cs"]) as caller:
        await caller.write(raw)
        assert await caller.told() == told
        await caller.write(code_request("0000000008"))
        assert await caller.told() == ("0000", "", "0000000008")
        assert net.errors("cs") == [told[0]]
        assert len(net.rows("cs", "designated")) == 1


@over_sockets
async def test_a_code_with_a_wrong_check_digit_is_answered_as_it_came():
    async with Network("cs") as net, Caller.to(net.hosts["cs"]) as caller:
        await caller.write(set_item(SPEC, RAW, "sender", "999017"))
        assert (await caller.answer())["receiver"] == "999017"


NO_SERIAL = {
    "a telegram": (set_item(SPEC, RAW, "serial", "ABCDEFGHIJ"), "1003"),
    "no telegram": (b"GET / HTTP/1.1\r\n\r\n" + b"x" * 5000, "1001"),
}


@pytest.mark.parametrize("name", NO_SERIAL)
@over_sockets
async def test_letters_where_the_serial_stands_are_refused(name):
    raw, result = NO_SERIAL[name]
    async with Network("cs") as net, Caller.to(net.hosts["cs"]) as caller:
        await caller.write(raw)
        values = await caller.answer()
        assert (values["result"], values["ref_serial"]) == (result, "0000000000")


LOST = {
    "too short a length": (declare_length(SPEC, RAW, -2), "1001"),
    "too long a length": (declare_length(SPEC, RAW, 2), None),
    "cut": (RAW[:40], None),
    "no telegram at all": (b"0" * 5000, "1001"),
}


@pytest.mark.parametrize("name", LOST)
@over_sockets
async def test_after_a_broken_stream_a_new_connection_is_served(name):
    raw, result = LOST[name]
    async with Network("cs") as net:
        async with Caller.to(net.hosts["cs"]) as caller:
            await caller.write(raw)
            if result is None:
                caller.end()
            values = await caller.answer()
            assert values["result"] == (result or "1001")
        async with Caller.to(net.hosts["cs"]) as caller:
            await caller.write(RAW)
            assert await caller.told() == GOOD
        assert len(net.rows("cs", "designated")) == 1


@over_sockets
async def test_the_same_telegram_again_gets_the_same_answer_and_has_one_effect():
    async with Network("cs") as net, Caller.to(net.hosts["cs"]) as caller:
        for _ in range(2):
            await caller.write(RAW)
            assert await caller.told() == GOOD
        assert len(net.rows("cs", "designated")) == 1
        await caller.write(code_request(count="2"))
        assert await caller.told() == GOOD
        assert len(net.rows("cs", "designated")) == 3


REQUESTED, ANSWERED = ("juminhyo_code_request", False), ("juminhyo_code_request", True)
WRONG_SERIAL = "9999999999"
DISTURBANCES = {
    "answer lost, connection ended": (
        "cs",
        once("leaving", ANSWERED, Ruling(pass_on=False, close=True)),
    ),
    "answer lost, connection kept": ("cs", once("leaving", ANSWERED, Ruling(pass_on=False))),
    "connection ended before the answer": (
        "cs",
        once("arrived", REQUESTED, Ruling(pass_on=False, close=True)),
    ),
    "answer ignored": ("juki", once("arrived", ANSWERED, Ruling(pass_on=False))),
}


@pytest.mark.parametrize("name", DISTURBANCES)
@over_sockets
async def test_a_lost_answer_makes_one_resend_with_one_effect(name):
    role, bend = DISTURBANCES[name]
    async with Network("juki", "cs") as net:
        net.taps[role].bend = bend
        net.hosts["juki"].act("fetch_codes", {"count": 3})
        await net.idle()
        serials = net.taps["cs"].arrivals("juminhyo_code_request")
        assert len(serials) == 2
        assert len(set(serials)) == 1
        assert net.taps["juki"].arrivals("juminhyo_code_list", "count") == ["3"]
        assert (net.stock(), len(net.rows("cs", "designated"))) == (3, 3)
        assert net.errors("juki") == ["undelivered"]


@over_sockets
async def test_an_answer_that_names_another_serial_is_none():
    async with Network("juki", "cs") as net:

        def misdirect(end, passage):
            met = (end, passage.request is not None) == ("leaving", True)
            if not met or net.taps["cs"].left.index(passage) > 0:
                return PASS
            return Ruling(raws=(set_item(passage.spec, passage.raw, "ref_serial", WRONG_SERIAL),))

        net.taps["cs"].bend = misdirect
        net.hosts["juki"].act("fetch_codes", {"count": 3})
        await net.idle()
        assert len(set(net.taps["cs"].arrivals("juminhyo_code_request"))) == 1
        assert net.stock() == 3


@over_sockets
async def test_a_telegram_that_is_lost_on_purpose_is_not_sent_again():
    async with Network("juki", "cs") as net:
        net.taps["juki"].bend = once("leaving", REQUESTED, Ruling(pass_on=False))
        net.hosts["juki"].act("fetch_codes", {"count": 3})
        await net.idle()
        assert net.taps["cs"].came == []


@over_sockets
async def test_copies_wait_for_their_answers_one_after_the_other():
    async with Network("juki", "cs") as net:

        def copy(end, passage):
            if end == "leaving" and passage.request is None:
                other = set_item(passage.spec, passage.raw, "serial", WRONG_SERIAL)
                return Ruling(raws=(passage.raw, other, passage.raw), pieces=7)
            return PASS

        net.taps["juki"].bend = copy
        net.hosts["juki"].act("fetch_codes", {"count": 1})
        await net.idle()
        first, other, again = net.taps["cs"].arrivals("juminhyo_code_request")
        assert (other, again) == (WRONG_SERIAL, first)
        named = [p.values["ref_serial"] for p in net.taps["juki"].came if p.request]
        assert named == [first, other, again]
        assert net.stock() == 2


@over_sockets
async def test_a_peer_that_comes_back_gets_everything_in_order():
    async with Network("juki", "cs") as net:
        net.hosts["juki"].act("fetch_codes", {"count": 1})
        await net.idle()
        port = net.hosts["cs"].wiring.tcp
        await net.hosts["cs"].mute()
        sent = [net.send("juki", "cs", "juminhyo_code_request", count="1") for _ in range(3)]
        await until(lambda: "undelivered" in net.errors("juki"))
        await net.hosts["cs"].listen()
        assert net.hosts["cs"].wiring.tcp == port
        await net.idle()
        assert net.taps["cs"].arrivals("juminhyo_code_request")[1:] == sent
        assert net.stock() == 4


@over_sockets
async def test_after_so_many_attempts_a_telegram_is_given_up():
    async with Network("juki", "cs", timing=replace(QUICK, attempts=2)) as net:
        net.taps["cs"].bend = lambda end, _: Ruling(pass_on=end == "leaving", close=True)
        net.send("juki", "cs", "juminhyo_code_request", count="1")
        await net.idle()
        assert len(net.taps["cs"].came) == 2
        assert net.stock() == 0


@over_sockets
async def test_a_mistake_of_our_own_is_told_and_ends_one_connection():
    async with Network("juki", "cs") as net:
        node = net.hosts["cs"].node
        node.receive = mistaken(node.receive)
        net.send("juki", "cs", "juminhyo_code_request", count="1")
        await net.idle()
        assert net.mistakes() == ["no such shelf"]
        assert net.stock() == 1


@over_sockets
async def test_a_mistake_about_an_answer_keeps_nothing_back():
    async with Network("juki", "cs") as net:
        node = net.hosts["juki"].node
        node.answered = mistaken(node.answered)
        sent = [net.send("juki", "cs", "juminhyo_code_request", count="1") for _ in range(2)]
        await net.idle()
        assert net.mistakes() == ["no such shelf"]
        assert net.taps["cs"].arrivals("juminhyo_code_request") == sent


@over_sockets
async def test_an_outbox_that_fails_is_told():
    async with Network("juki", "cs") as net:
        registers = net.hosts["juki"].context.registers
        registers.next = mistaken(registers.next)
        net.hosts["juki"].kick()
        await until(lambda: net.unforeseen)
        assert net.mistakes() == ["no such shelf"]


@over_sockets
async def test_a_mistake_that_nobody_takes_goes_to_the_loop():
    told = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    async with Network("cs") as net:
        known = net.hosts["cs"]
        error = LookupError("no such shelf")
        Host(known.node, known.context, PROFILE, known.wiring).unforeseen(error)
    assert [context["exception"] for context in told] == [error]


@over_sockets
async def test_what_cannot_be_encoded_is_refused_by_the_host_itself():
    async with Network("juki", "cs") as net:
        net.send("juki", "cs", "juminhyo_code_request", count="many")
        await net.idle()
        assert net.taps["juki"].left == []
        assert net.errors("juki") == ["1003"]


@pytest.mark.parametrize(
    ("rules", "exits", "served"),
    [({}, [], True), ({"on_broken": "deaf"}, [], False), ({"on_broken": "exit"}, ["cs"], True)],
    ids=["goes on", "deaf", "exit"],
)
@over_sockets
async def test_what_follows_a_broken_telegram_is_a_rule(rules, exits, served):
    async with Network("cs", cs=rules) as net, Caller.to(net.hosts["cs"]) as caller:
        await caller.write(WRONG["end mark"][0])
        await caller.told()
        await caller.write(RAW)
        caller.end()
        assert (await caller.told() == GOOD) is served
        assert net.exits == exits


@over_sockets
async def test_an_end_after_a_telegram_is_a_rule():
    ending = {"exit_after": "juminhyo_code_request"}
    async with Network("cs", cs=ending) as net, Caller.to(net.hosts["cs"]) as caller:
        await caller.write(RAW)
        await caller.told()
        assert net.exits == ["cs"]
