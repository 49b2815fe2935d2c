from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import replace

import pytest

from reference_impl.atena import Atena
from reference_impl.chukan import Chukan
from reference_impl.cs import Cs
from reference_impl.gyomu import Gyomu
from reference_impl.juki import Juki
from reference_impl.node import NO_SERIAL, Context, Telegram
from reference_impl.nws import Nws
from reference_impl.oauth import SYNTHETIC_CLIENT, TokenClient
from reference_impl.portal import Portal
from reference_impl.registers import Registers
from reference_impl.rules import Rules
from reference_impl.shinsei import Shinsei
from telegram_specs.network import CS_CODE

NODES = {
    "juki": Juki,
    "cs": Cs,
    "nws": Nws,
    "atena": Atena,
    "chukan": Chukan,
    "shinsei": Shinsei,
    "portal": Portal,
    "gyomu": Gyomu,
}
CODES = {"juki": "999016", "cs": CS_CODE}
JST = dt.timezone(dt.timedelta(hours=9))


class ManualClock:
    def __init__(self):
        self.time = dt.datetime(2026, 5, 10, 9, 0, tzinfo=JST)

    def now(self):
        return self.time

    def shift(self, day):
        self.time = dt.datetime.combine(day, self.time.timetz())

    def advance(self, seconds):
        self.time += dt.timedelta(seconds=seconds)


class World:
    """All nodes of the network, joined by hand instead of by sockets."""

    def __init__(self, folder=None, *, mappable=lambda char: ord(char) <= 0xFFFF, **rules):
        self.clock = ManualClock()
        self.log = []
        self.answers = []
        self.lost = set()
        self.down = set()
        self.nodes = {}
        for role, node in NODES.items():
            context = Context(
                Registers(folder / f"{role}.sqlite3" if folder else None),
                self.clock,
                random.Random(f"1/{role}"),
                replace(Rules(), **rules.get(role, {})),
                mappable=mappable,
            )
            self.nodes[role] = node(context)
        self.tokens = TokenClient(SYNTHETIC_CLIENT, lambda: self.clock.now().timestamp())

    def __getattr__(self, role):
        return self.__dict__["nodes"][role]

    def close(self):
        for node in self.nodes.values():
            node.registers.close()

    # -- telegrams --------------------------------------------------------------------------

    def telegram(self, sender, receiver, telegram_id, serial="0000000001", auth=None, /, **values):
        header = {"serial": serial}
        if {sender, receiver} <= set(CODES):
            codes = {"sender": CODES[sender], "receiver": CODES[receiver]}
            header |= {**codes, "ref_serial": NO_SERIAL, "result": "0000"}
        return Telegram(telegram_id, {**header, **values}, sender, receiver, auth=auth)

    def pump(self):
        """Carry telegrams until every outbox is empty or what it holds is lost or cannot go."""
        hops = list(itertools.product(NODES, NODES))
        while sum(self._carry(role, peer) for role, peer in hops):
            pass

    def _carry(self, role, peer):
        node = self.nodes[role]
        entry = node.registers.next(peer)
        if entry is None:
            return False
        if peer in self.down:
            node.undelivered(entry, "接続できません。")
            return False
        if entry.telegram_id in self.lost:
            node.registers.done(entry)
            return True
        auth = self.authorization() if (role, peer) == ("juki", "atena") else None
        values = dict(entry.values)
        telegram = self.telegram(role, peer, entry.telegram_id, entry.serial, auth, **values)
        self.log.append(telegram)
        answer = self.nodes[peer].receive(telegram)
        self.answers.append(answer)
        node.answered(entry, answer)
        return True

    def authorization(self):
        if self.tokens.authorization is None:
            call = self.tokens.call()
            request = Telegram("token_request", call.values, "juki", "atena", auth=call.auth)
            self.tokens.accept(self.atena.receive(request).values)
        return self.tokens.authorization

    def sent(self, telegram_id, *items):
        """Give the values, or the named items, of every telegram of one kind that arrived."""
        found = [t.values for t in self.log if t.id == telegram_id]
        return [tuple(values[item] for item in items) for values in found] if items else found

    def ids(self, *roles):
        """Give the ids of what was sent, by these senders or by all."""
        return [t.id for t in self.log if not roles or t.sender in roles]

    # -- people -----------------------------------------------------------------------------

    def household(self, **head):
        codes = {"juminhyo_code": "24727059608", "individual_number": "123456789018"}
        head = {
            "name": "山田　太郎",
            "furigana": "やまだ　たろう",
            "sex": "1",
            "birth_date": "1990-04-01",
            **codes,
            **head,
        }
        self.cs.provision("person", {item: head[item] for item in codes})
        args = {
            "head": head,
            "address": "架空県架空市一丁目２番３号",
            "postal_code": "9990001",
            "register_municipality_code": "999024",
        }
        return self.juki.provision("household", args)["handle"]

    def stock(self, *codes, threshold=0):
        self.cs.provision("designated", {"codes": codes})
        self.juki.provision("stock", {"codes": codes, "threshold": threshold})

    def birth(self, household, *, until="final", dates=None, **child):
        args = {"household": household, "child": baby(**child), "until": until, **(dates or {})}
        return self.juki.act("birth", args)

    def waiting(self, codes):
        """Register a birth that waits for its number; give the handle and the code."""
        self.stock(*codes)
        handle = self.birth(self.household()).handle
        return handle, self.resident(handle)["juminhyo_code"]

    def number_result(self, code, number, serial="0000000001", **values):
        """Let a number arrive at juki; give the result of its receipt."""
        body = {"juminhyo_code": code, "individual_number": number, **values}
        telegram = self.telegram("cs", "juki", "number_issue_result", serial, **body)
        return self.juki.receive(telegram).values["result"]

    def resident(self, handle):
        return self.juki.observe("resident", {"handle": handle})

    def errors(self, role="juki"):
        return self.nodes[role].observe("errors", {})["errors"]


def baby(**child):
    items = {"name": "山田　花子", "furigana": "やまだ　はなこ", "sex": "2"}
    return {**items, "birth_date": "2026-05-01", **child}


CODES_IN_STOCK = ("24846016224", "25208017643", "12345678903", "10000871090")


@pytest.fixture
def build():
    worlds = []

    def make(folder=None, **options):
        worlds.append(World(folder, **options))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()


@pytest.fixture
def world(build):
    return build()


@pytest.fixture
def born(world):
    """Register and number the birth of a child, in a world with a stock of four codes."""
    world.stock(*CODES_IN_STOCK)
    handle = world.birth(world.household()).handle
    world.pump()
    return handle


@pytest.fixture
def codes():
    return CODES_IN_STOCK
