"""Systems that a run starts itself, and that do not start, do not stay or do not end."""

from __future__ import annotations

import sys
import time
from contextlib import suppress

import pytest

from steps.drivers.http_endpoint import HttpEndpoint
from steps.drivers.managed import Managed
from steps.drivers.process import Log, OwnProcess
from steps.drivers.protocol import DriverError, SutLost
from tests.steps.attached import NETWORK, TOKEN, conversation
from tests.steps.misbehaviour import LONG, SHORT


def python(script):
    return [sys.executable, "-S", "-c", script]


SLEEPS, EXITS = "import time; time.sleep(1000)", "import sys; print('no licence'); sys.exit(4)"


@pytest.fixture
def managed(endpoint):
    """Return a function that makes a managed driver of an endpoint and commands."""
    drivers = []

    def make(start, *, url="", **options):
        log = Log()
        system = Managed(
            HttpEndpoint(url or endpoint().url, token=TOKEN),
            lambda command: OwnProcess(command, log=log),
            start=python(start),
            **options,
        )
        drivers.append(conversation(system, log, managed=True))
        return drivers[-1]

    yield make
    for driver in drivers:
        with suppress(DriverError):
            driver.kill()
        driver.stop()


NOBODY = "http://127.0.0.1:9"
BAD_STARTS = {
    "ends": (
        EXITS,
        {"url": NOBODY},
        SutLost,
        "driver/start: the process ended (exit code 4)",
    ),
    "never-listens": (
        SLEEPS,
        {"url": NOBODY, "start_within": SHORT},
        SutLost,
        "driver/start: the adapter was started and does not listen",
    ),
    "background-fails": (
        EXITS,
        {"background": True},
        DriverError,
        "driver/start: exit code 4. expected exit code 0",
    ),
}


@pytest.mark.parametrize("name", BAD_STARTS)
def test_managed_does_not_start(managed, name):
    start, options, error, text = BAD_STARTS[name]
    driver = managed(start, **options)
    with pytest.raises(error) as caught:
        driver.start(NETWORK)
    assert str(caught.value) == text
    assert driver.stderr_tail() == ("no licence" if start == EXITS else "")


def test_managed_is_killed_and_starts_again(managed):
    driver = managed(SLEEPS)
    driver.start(NETWORK)
    driver.kill()
    assert (driver.alive(), driver.exit_note(), driver.ended_by_itself()) == (
        False, "signal 9", False,
    )  # fmt: skip
    driver.start(NETWORK)
    assert driver.alive()


def test_managed_ends_in_the_middle(managed, endpoint):
    one = endpoint(b"", before=0.2)
    driver = managed("import sys; sys.stdin.read(); " + EXITS, url=one.url)
    driver.start(NETWORK)  # its stdin is empty: it ends at once
    while driver.alive():
        time.sleep(0.01)
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value) == (
        "observe: the connection was closed without an answer; the system ended (exit code 4)"
    )
    assert (driver.exit_note(), driver.ended_by_itself()) == ("exit code 4", True)


def test_managed_kill_and_stop_are_commands(managed, tmp_path):
    note = f"import pathlib; pathlib.Path({str(tmp_path)!r}, {{!r}}).touch(); {{}}"
    driver = managed(
        SLEEPS,
        stop=python(note.format("stopped", "")),
        kill=python(note.format("killed", "import sys; sys.exit(3)")),
    )
    driver.start(NETWORK)
    with pytest.raises(DriverError) as caught:
        driver.kill()
    assert str(caught.value) == "driver/kill: exit code 3. expected exit code 0"
    driver.start(NETWORK)
    driver.stop()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["killed", "stopped"]


def test_managed_ends_with_a_stop_command_that_fails(managed):
    driver = managed(SLEEPS, stop=python("import sys; sys.exit(3)"))
    driver.start(NETWORK)
    with pytest.raises(DriverError) as caught:
        driver.stop()
    assert str(caught.value) == "driver/stop: exit code 3. expected exit code 0"
    assert driver.exit_note() == "signal 9"
    assert driver.stderr_size() == 0
