"""The bench: who is told of whom, and when the system under test counts as lost."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import pytest

from steps.bench.background import Background
from steps.bench.network import Bench, routes
from steps.drivers.protocol import SutLost
from telegram_specs.network import Endpoint

ROUTES = {
    "juki": {("cs", "tcp"), ("atena", "http")},
    "cs": {("juki", "tcp"), ("nws", "http"), ("chukan", "http")},
    "atena": {("juki", "http"), ("chukan", "http")},
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


def healing(process):
    restarts = []
    bench = SimpleNamespace(driver=process, unasked_deaths=0, restart=lambda: restarts.append(1))
    return Bench.heal(bench), bench.unasked_deaths, restarts


def test_a_living_system_needs_no_healing():
    assert healing(driver()) == (None, 0, [])


@pytest.mark.parametrize(("note", "told"), [("signal 9", "signal 9"), ("", "gone")])
def test_a_dead_system_is_started_again_and_counted(note, told):
    assert healing(driver(alive=False, note=note)) == (told, 1, [1])
