"""The bench: who is told of whom, and when the system under test counts as lost."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import pytest

from steps.bench.background import Background
from steps.bench.journal import Journal
from steps.bench.network import Bench, routes
from steps.drivers.protocol import Greeting, SutLost
from steps.sut import Pixit
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
def background():
    found = Background()
    yield found
    found.close()


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Endpoint("127.0.0.1", server.getsockname()[1])


@pytest.fixture
def nobody():
    """Return an address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return Endpoint("127.0.0.1", port)


def driver(*, alive=True, note=""):
    return SimpleNamespace(alive=lambda: alive, exit_note=lambda: note)


def reaching(background, role, known, process):
    """Return a bench of which only the way to the system under test is there."""
    return SimpleNamespace(role=role, driver=process, _theirs=known, _background=background)


def test_a_system_that_listens_is_reached(background, listener):
    known = {("juki", "tcp"): listener, ("juki", "http"): listener}
    Bench.check_reachable(reaching(background, "juki", known, driver()))


def lost(background, role, known, process):
    with pytest.raises(SutLost) as caught:
        Bench.check_reachable(reaching(background, role, known, process))
    return str(caught.value)


def test_a_system_that_has_ended_is_lost(background):
    process = driver(alive=False, note="signal 9")
    assert lost(background, "cs", {}, process) == "the system ended (signal 9)"


def test_a_system_of_unknown_address_is_lost(background, listener):
    assert lost(background, "cs", {}, driver()) == "cs: nobody told where it listens for tcp"
    one = {("juki", "tcp"): listener}
    assert lost(background, "juki", one, driver()) == "juki: nobody told where it listens for http"


def test_a_deaf_system_is_lost(background, nobody):
    known = {("cs", "tcp"): nobody}
    assert lost(background, "cs", known, driver()) == f"cs does not listen for tcp at {nobody}"


class Mortal:
    """A driver whose system dies and is started again, unless it cannot be."""

    name, managed = "mortal", True

    def __init__(self, *, listens=None, note=""):
        self.lives, self.startable, self.note = False, True, note
        self.listens = listens or {}
        self.starts = 0

    def start(self, _network):
        self.starts += 1
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


@pytest.fixture
def bench(tmp_path):
    """Return a function that makes a bench with a driver, on addresses of its own."""
    made = []

    def make(driver, role="juki", **pixit):
        plain = Pixit(tls=False, **pixit)
        made.append(
            Bench(
                profile=PROFILE,
                role=role,
                pixit=plain,
                driver=driver,
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
    assert (one.heal(), one.unasked_deaths, mortal.starts) == (None, 0, 0)


@pytest.mark.parametrize(("note", "told"), [("signal 9", "signal 9"), ("", "gone")])
def test_a_dead_system_is_started_again_and_counted(bench, note, told):
    mortal = Mortal(note=note)
    one = bench(mortal)
    assert (one.heal(), one.unasked_deaths, mortal.starts) == (told, 1, 1)


def test_every_death_is_counted_once(bench):
    mortal = Mortal()
    one = bench(mortal)
    mortal.startable = False
    for _ in range(3):
        with pytest.raises(SutLost):
            one.heal()
    one.note_death()
    assert (one.unasked_deaths, mortal.starts) == (1, 3)
    mortal.startable = True
    one.heal()
    one.note_death()
    assert one.unasked_deaths == 1
    mortal.lives = False
    one.note_death()
    assert one.unasked_deaths == 2


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
    assert (mortal.starts, one.unasked_deaths) == (2, 3)


def test_an_end_that_was_asked_for_is_not_counted(bench):
    mortal = Mortal()
    one = bench(mortal)
    one.restart()
    one.kill()
    one.note_death()
    assert one.unasked_deaths == 0


def test_an_address_is_known_by_role_and_wire(bench):
    told = {"juki": {"tcp": "192.0.2.1:1"}, "cs": {"tcp": "192.0.2.3:3"}}
    known = {
        "juki": {"tcp": "192.0.2.2:2", "http": "192.0.2.2:4"},
        "atena": {"http": "192.0.2.4:5"},
    }
    one = bench(Mortal(listens=told), addresses=known)
    one.restart()
    assert {place: str(endpoint) for place, endpoint in one._theirs.items()} == {
        ("juki", "tcp"): "192.0.2.1:1",
        ("juki", "http"): "192.0.2.2:4",
    }
    assert str(one._hosts["cs"].wiring.peers["juki", "tcp"]) == "192.0.2.1:1"
    assert ("cs", "tcp") not in one._hosts["nws"].wiring.peers
