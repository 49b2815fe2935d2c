"""Drivers as a run makes them, for adapters that tests write."""

from __future__ import annotations

from steps.drivers.conversation import Conversation
from steps.drivers.framing import FRAMINGS
from steps.drivers.process import Log, OwnProcess
from steps.drivers.protocol import Network
from steps.drivers.stdio import Stdio

NETWORK = Network(
    role="juki",
    peers={"cs": {"tcp": "127.0.0.1:9111"}},
    codes={"juki": "999016", "cs": "000001"},
    tls={},
    client={"id": "client", "secret": "synthetic"},
)
TOKEN = "token-of-the-run"


def conversation(transport, log=None, **options) -> Conversation:
    """Return a driver over a transport."""
    return Conversation(transport, log=log or Log(), name="test", token=TOKEN, **options)


def over_stdio(command, *, framing="json", cwd=None, env=None, launch=None, **options):
    """Return a driver of a process of ours, and the process."""
    log = Log()
    process = OwnProcess(command, log=log, cwd=cwd, env=env, speaks=True, launch=launch)
    return conversation(Stdio(process, FRAMINGS[framing]), log, **options), process
