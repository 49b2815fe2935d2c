"""The bench: who is told of whom, and when the system under test counts as lost."""

from __future__ import annotations

import asyncio
import socket
import sys
from types import SimpleNamespace

import pytest

from steps.bench.journal import Journal
from steps.bench.network import Bench
from steps.bench.party import Party, Unmet, reached, routes
from steps.drivers.protocol import CounterpartLost, DriverError, Greeting, Reply, SutLost
from steps.pixit import Pixit
from telegram_specs.network import Endpoint
from tests.steps.passages import PROFILE

ROUTES = {
    "juki": {("cs", "tcp"), ("atena", "http"), ("shinsei", "http"), ("gyomu", "http")},
    "juki_b": {("cs", "tcp"), ("shinsei_b", "http")},
    "cs": {("juki", "tcp"), ("juki_b", "tcp"), ("nws", "http"), ("chukan", "http")},
    "atena": {("juki", "http"), ("chukan", "http"), ("gyomu", "http")},
    "chukan": {("atena", "http"), ("nws", "http")},
}


@pytest.mark.parametrize("role", ROUTES)
def test_whom_a_role_sends_to(role):
    assert set(routes(role)) == ROUTES[role]


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Endpoint("127.0.0.1", server.getsockname()[1])


@pytest.fixture
def nobody():
    """Return an address at which nothing listens, nor anybody else can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield Endpoint("127.0.0.1", taken.getsockname()[1])


def driver(*, alive=True, note=""):
    return SimpleNamespace(alive=lambda: alive, exit_note=lambda: note)


def party(role, known, process, *, counterpart=False):
    """Return a system outside of which only its addresses and its life are known."""
    found = Party(role=role, pixit=Pixit(), driver=process, counterpart=counterpart)
    found.listens = known
    return found


def reach(found):
    found.check_reachable(lambda endpoint: asyncio.run(reached(endpoint)))


def test_a_system_that_listens_is_reached(listener):
    reach(party("juki", {("juki", "tcp"): listener, ("juki", "http"): listener}, driver()))


def lost(role, known, process):
    with pytest.raises(SutLost) as caught:
        reach(party(role, known, process))
    return str(caught.value)


def test_a_system_that_has_ended_is_lost():
    process = driver(alive=False, note="signal 9")
    assert lost("cs", {}, process) == "the system ended (signal 9)"


def test_a_counterpart_that_has_ended_is_named():
    process = driver(alive=False, note="signal 9")
    with pytest.raises(CounterpartLost) as caught:
        reach(party("cs", {}, process, counterpart=True))
    assert str(caught.value) == "相手方 cs: the system ended (signal 9)"


def test_a_system_of_unknown_address_is_lost(listener):
    assert lost("cs", {}, driver()) == "cs: nobody told where it listens for tcp"
    one = {("juki", "tcp"): listener}
    assert lost("juki", one, driver()) == "juki: nobody told where it listens for http"


def test_a_deaf_system_is_lost(nobody):
    known = {("cs", "tcp"): nobody}
    assert lost("cs", known, driver()) == f"cs does not listen for tcp at {nobody}"


class Mortal:
    """A driver whose system dies and is started again, unless it cannot be."""

    name, managed = "mortal", True

    def __init__(self, *, listens=None, note="", reply=None):
        self.lives, self.startable, self.note = False, True, note
        self.reply, self.asked, self.network = reply, [], None
        self.listens = listens or {}
        self.starts = 0

    def start(self, network):
        self.starts += 1
        self.network = network
        if not self.startable:
            raise SutLost("hello: the process ended (exit code 1)")
        self.lives = True
        return Greeting({}, {}, (), self.listens)

    def alive(self):
        return self.lives

    def exit_note(self):
        return "" if self.lives else self.note

    def kill(self):
        self.lives = False

    def command(self, verb, body, *, within):
        assert within > 0
        self.asked.append((verb, body))
        return self.reply


@pytest.fixture
def bench(tmp_path):
    """Return a function that makes a bench with a driver, on addresses of its own."""
    made = []

    def make(driver, role="juki", counterpart=None, **pixit):
        plain = Pixit(tls=False, **pixit)
        sut = Party(role=role, pixit=plain, driver=driver)
        made.append(
            Bench(
                profile=PROFILE,
                sut=sut,
                counterpart=counterpart,
                pixit=plain,
                journal=Journal(),
                seed=1,
                folder=tmp_path,
            )
        )
        return made[-1]

    yield make
    for one in made:
        one._background.close()


def test_a_living_system_needs_no_healing(bench):
    mortal = Mortal()
    mortal.lives = True
    one = bench(mortal)
    assert (one.heal(), one.sut.unasked_deaths, mortal.starts) == (None, 0, 0)


def test_a_dead_system_is_started_again_and_counted(bench):
    mortal = Mortal(note="signal 9")
    one = bench(mortal)
    assert (one.heal(), one.sut.unasked_deaths, mortal.starts) == (None, 1, 1)


def test_every_death_is_counted_once(bench):
    mortal = Mortal()
    one = bench(mortal)
    mortal.startable = False
    for _ in range(3):
        with pytest.raises(SutLost):
            one.heal()
    one.sut.note_death()
    assert (one.sut.unasked_deaths, mortal.starts) == (1, 3)
    mortal.startable = True
    one.heal()
    one.sut.note_death()
    assert one.sut.unasked_deaths == 1
    mortal.lives = False
    one.sut.note_death()
    assert one.sut.unasked_deaths == 2


def test_a_system_that_ends_too_often_is_not_started_again(bench):
    mortal = Mortal(note="exit code 1")
    one = bench(mortal, restarts=2)
    for _ in range(2):
        one.heal()
        mortal.lives = False
    with pytest.raises(SutLost) as caught:
        one.heal()
    assert str(caught.value) == (
        "the system ended (exit code 1) and is not started again. "
        "expected at most 2 restarts (pixit.restarts)"
    )
    assert (mortal.starts, one.sut.unasked_deaths) == (2, 3)


def test_an_end_that_was_asked_for_is_not_counted(bench):
    mortal = Mortal()
    one = bench(mortal)
    one.restart()
    one.sut.kill()
    one.sut.note_death()
    assert one.sut.unasked_deaths == 0


def test_an_address_is_known_by_role_and_wire(bench):
    told = {"juki": {"tcp": "192.0.2.1:1"}, "cs": {"tcp": "192.0.2.3:3"}}
    known = {
        "juki": {"tcp": "192.0.2.2:2", "http": "192.0.2.2:4"},
        "atena": {"http": "192.0.2.4:5"},
    }
    one = bench(Mortal(listens=told), addresses=known)
    one.restart()
    assert {place: str(endpoint) for place, endpoint in one.sut.listens.items()} == {
        ("juki", "tcp"): "192.0.2.1:1",
        ("juki", "http"): "192.0.2.2:4",
    }
    assert str(one.hosts.by_role["cs"].wiring.peers["juki", "tcp"]) == "192.0.2.1:1"
    assert ("cs", "tcp") not in one.hosts.by_role["nws"].wiring.peers


# -- with a counterpart ----------------------------------------------------------------------


def beside(role, mortal, **pixit):
    return Party(role=role, pixit=Pixit(tls=False, **pixit), driver=mortal, counterpart=True)


def living(**members):
    mortal = Mortal(**members)
    mortal.lives = True
    return mortal


def test_the_bench_plays_no_role_of_the_counterpart(bench):
    one = bench(living(), counterpart=beside("cs", living()))
    assert [role for role in ("juki", "cs", "nws", "atena") if one.inside(role)] == ["atena"]
    assert "cs" not in one.hosts.by_role
    assert (one.under_test("juki"), one.beside("juki")) == (True, False)
    assert (one.under_test("cs"), one.beside("cs"), one.beside("nws")) == (False, True, True)


def test_each_is_told_a_proxy_as_the_other(bench):
    told = {"juki": {"tcp": "192.0.2.1:1", "http": "192.0.2.1:2"}}
    ours, theirs = Mortal(listens=told), Mortal(listens={"cs": {"tcp": "192.0.2.3:3"}})
    one = bench(ours, counterpart=beside("cs", theirs))
    one.start()
    known = {hop: proxy.bind for hop, proxy in one._proxies.items()}
    assert set(known) == {("juki", "cs", "tcp"), ("cs", "juki", "tcp")}
    assert ours.network.peers["cs"] == {"tcp": str(known["juki", "cs", "tcp"])}
    assert theirs.network.peers["juki"] == {"tcp": str(known["cs", "juki", "tcp"])}
    assert str(one._proxies["juki", "cs", "tcp"]._target()) == "192.0.2.3:3"
    assert str(one._proxies["cs", "juki", "tcp"]._target()) == "192.0.2.1:1"
    assert str(one.hosts.by_role["atena"].wiring.peers["juki", "http"]) == "192.0.2.1:2"
    one._background.run(one._stop())


def test_the_other_municipality_is_told_of_the_network_as_its_own(bench):
    theirs = Mortal(listens={"juki": {"tcp": "192.0.2.3:3", "http": "192.0.2.3:4"}})
    one = bench(Mortal(), counterpart=beside("juki_b", theirs))
    one.start()
    told = theirs.network
    assert (told.role, set(told.peers)) == ("juki", {"cs", "shinsei"})
    assert told.codes == {"juki": "999024", "juki_b": "999016", "cs": "000001"}
    assert set(one.counterpart.listens) == {("juki_b", "tcp"), ("juki_b", "http")}
    assert str(one.hosts.by_role["cs"].wiring.peers["juki_b", "tcp"]) == "192.0.2.3:3"
    assert one._proxies == {}
    one._background.run(one._stop())


def test_a_system_that_cannot_be_left_keeps_no_other_from_its_end(bench):
    stopped = []

    def fails():
        raise DriverError("driver/stop: exit code 3. expected exit code 0")

    ours, theirs = living(), living()
    ours.stop, theirs.stop = fails, lambda: stopped.append("counterpart")
    one = bench(ours, counterpart=beside("cs", theirs))
    one.start()
    with pytest.raises(DriverError, match="exit code 3"):
        one.stop()
    assert (stopped, one._background.loop.is_closed()) == (["counterpart"], True)


def test_what_a_counterpart_cannot_do_is_unmet(bench):
    one = bench(living(), counterpart=beside("cs", living(reply=Reply("unsupported"))))
    for asked in (
        lambda: one.act("cs", "send_number", {}),
        lambda: one.provision("cs", "designated", {}),
        lambda: one.set_date("cs", "2026-05-02"),
        lambda: one.new_token("cs", "atena"),
        lambda: one.send_again(SimpleNamespace(sender="cs")),
    ):
        with pytest.raises(Unmet, match="相手方 cs: "):
            asked()
    assert one.observe("cs", "errors", {}).status == "unsupported"
    assert one.counterpart.acted == []


def test_what_a_counterpart_did_is_noted(bench):
    mortal = living(reply=Reply("ok"))
    one = bench(living(), counterpart=beside("cs", mortal))
    assert one.act("cs", "send_number", {"x": "1"}).ok
    assert mortal.asked == [("trigger", {"action": "send_number", "args": {"x": "1"}})]
    assert one.counterpart.acted == [0]


def test_an_unnoticed_end_of_the_counterpart_is_told_and_is_no_death_of_the_other(bench):
    mortal = Mortal(note="signal 9")
    one = bench(living(), counterpart=beside("cs", mortal))
    assert one.heal() == "相手方 cs: signal 9"
    assert (one.sut.unasked_deaths, one.counterpart.unasked_deaths, mortal.starts) == (0, 1, 1)
    assert one.heal() is None


def test_a_counterpart_without_a_way_between_cannot_be_taken_down(bench):
    one = bench(living(), counterpart=beside("juki_b", living()))
    with pytest.raises(Unmet):
        one.take_down("juki_b")


@pytest.fixture
def listening(bench):
    """Return a bench whose roles listen, beside a driver that only greets."""
    driver = living()
    driver.stop = lambda: None
    one = bench(driver)
    one.meet()
    yield one
    one.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a port without a listener")
def test_nobody_gets_the_ports_of_what_is_down(listening):
    place = listening.hosts.by_role["cs"].endpoints()["tcp"]
    where = (place.host, place.port)

    listening.take_down("cs")
    with pytest.raises(ConnectionRefusedError), socket.create_connection(where):
        pass
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(where)
    listening.bring_up("cs")

    with socket.create_connection(where):
        assert listening.hosts.by_role["cs"].endpoints()["tcp"] == place


def test_a_bench_may_end_while_something_is_down(listening):
    listening.take_down("cs")
    listening.take_down("cs")
