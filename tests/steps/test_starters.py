"""The adapter that the page shows to be copied: it converses, and refuses a wrong token."""

from __future__ import annotations

import os
import re

import pytest

from steps.drivers.protocol import DriverError
from tests.steps.attached import NETWORK, TOKEN, over_stdio
from tests.steps.suites import ROOT

PAGE = (ROOT / "docs/sut-protocol.md").read_text("utf-8")
LISTENS = {"juki": {"tcp": "127.0.0.1:9101", "http": "127.0.0.1:9102"}}


def in_the_page(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


STARTERS = {
    "shell": (["sh", "-c", *in_the_page("sh")], "kv"),
}


@pytest.fixture
def start():
    drivers = []

    def make(name, token):
        command, framing = STARTERS[name]
        env = {**os.environ, "DENBUN_TOKEN": token}
        drivers.append(over_stdio(command, framing=framing, env=env)[0])
        return drivers[-1]

    yield make
    for driver in drivers:
        driver.kill()
        driver.stop()


@pytest.mark.parametrize("name", STARTERS)
def test_it_converses(start, name):
    driver = start(name, TOKEN)
    assert driver.start(NETWORK).listens == LISTENS
    assert driver.command("observe", {"what": "stock"}, within=30).status == "unsupported"
    driver.stop()
    assert driver.exit_note() == "exit code 0"


@pytest.mark.parametrize("name", STARTERS)
def test_it_refuses_a_wrong_token(start, name):
    with pytest.raises(DriverError, match=r"^hello: (wrong token|unsupported)$"):
        start(name, "another").start(NETWORK)
