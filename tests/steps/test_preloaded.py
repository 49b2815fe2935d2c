"""The reference as a copy of a loaded process: like any other process to the stdio driver."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from steps.drivers.preloaded import AVAILABLE, Preloaded
from steps.drivers.protocol import Network, SutLost
from tests.steps.attached import over_stdio

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="the platform cannot copy a process")

NETWORK = Network(
    role="chukan", peers={}, codes={"juki": "999016", "cs": "000001"}, tls={}, client={}
)


@pytest.fixture
def start(tmp_path):
    """Return a function that starts the reference with arguments, without a greeting."""
    drivers = []

    def make(*arguments: str):
        given = [*arguments, "--data", str(tmp_path)]
        driver, _ = over_stdio(["-"], managed=True, launch=partial(Preloaded, given))
        drivers.append(driver)
        return driver

    yield make
    for driver in drivers:
        driver.stop()


def test_it_converses_and_ends_when_it_is_asked_to(start):
    driver = start("--role", "chukan")

    greeting = driver.start(NETWORK)
    reply = driver.command("observe", {"what": "nothing-like-this", "args": {}}, within=30)
    driver.stop()

    assert (greeting.sut["name"], reply.status) == ("denbun reference", "unsupported")
    assert not driver.alive()


def test_it_is_killed_like_a_process_and_starts_again(start):
    driver = start("--role", "chukan")
    driver.start(NETWORK)

    driver.kill()

    assert driver.exit_note() == f"signal {signal.SIGKILL.value}"
    driver.start(NETWORK)
    assert driver.alive()


def test_two_copies_are_two_processes(tmp_path):
    with Path(os.devnull).open("wb") as stderr:
        copies = [
            Preloaded(["--role", "chukan", "--data", str(tmp_path / name)], stderr)
            for name in ("a", "b")
        ]
    copies[0].kill()

    assert copies[0].wait(30) == -signal.SIGKILL
    assert copies[1].poll() is None
    assert copies[0].pid != copies[1].pid
    copies[1].kill()
    copies[1].wait(30)
    for copy in copies:
        copy.stdin.close()
        copy.stdout.close()


def test_what_it_says_on_stderr_and_its_exit_code_are_kept(start):
    driver = start("--role", "nobody")

    with pytest.raises(SutLost, match="exit code 2"):
        driver.start(NETWORK)

    assert "invalid choice: 'nobody'" in driver.stderr_tail()
