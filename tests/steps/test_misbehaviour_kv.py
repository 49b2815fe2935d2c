"""Adapters that misbehave over kv on stdin and stdout."""

from __future__ import annotations

import sys

import pytest

from steps.drivers.protocol import DriverError, SutLost
from tests.steps.attached import NETWORK, TOKEN, over_stdio
from tests.steps.misbehaviour import LATE, LONG, SHORT, misbehaves

UNHURRIED = 2.0
"""Deadline before which a part of an answer has come, on a busy machine too."""
KV = r"""
import os, sys, time

def read():
    told = {}
    for line in sys.stdin:
        line = line.rstrip("\n")
        if not line and told:
            return told
        key, _, value = line.partition("=")
        told[key] = value
    sys.exit()

def say(asked, *lines):
    print("seq=" + asked["seq"], *lines, "", sep="\n", flush=True)

asked = read()
assert asked["cmd"] == "hello" and asked["token"] == os.environ["DENBUN_TOKEN"]
say(asked, "status=ok", "nonce=" + asked["nonce"])
"""
GOES_ON = "\nwhile True: say(read(), 'status=unsupported')\n"
BAD_KV = {
    "garbage": (
        "read(); print('ready.\\n', flush=True)",
        DriverError,
        (
            "observe: line 1 is not key=value. expected key=value lines and a blank line on "
            "stdout; write messages for people to stderr"
        ),
    ),
    "not-utf-8": (
        "read(); sys.stdout.buffer.write(b'reason=\\x8e\\x52\\n\\n'); sys.stdout.flush()",
        DriverError,
        "observe: not UTF-8 (byte 8 of the answer)",
    ),
    "wrong-seq": (
        "read(); say({'seq': '9'}, 'status=ok')",
        DriverError,
        "observe: wrong seq. expected 2, got 9",
    ),
    "no-seq": (
        "read(); print('status=ok\\n', flush=True)",
        DriverError,
        "observe: wrong seq. expected 2, got None",
    ),
    "several-statuses": (
        "say(read(), 'status.1=ok', 'status.2=error')",
        DriverError,
        (
            "observe: unknown status. "
            "expected one of error, ok, pending, rejected, unsupported, got ['ok', 'error']"
        ),
    ),
    "unknown-status": (
        "say(read(), 'status=fine')",
        DriverError,
        (
            "observe: unknown status. "
            "expected one of error, ok, pending, rejected, unsupported, got 'fine'"
        ),
    ),
    "a-megabyte": (
        "say(read(), 'status=ok', 'reason=' + 'x' * 1000000)",
        DriverError,
        "observe: an answer of more than 1000000 bytes",
    ),
    "no-number": (
        "say(read(), 'status=ok', 'data.count=many')",
        DriverError,
        "observe: wrong value of 'count'. expected a number",
    ),
    "nothing": ("read()", SutLost, LATE),
    "late-answers-without-end": (
        (
            "read()\nend = time.monotonic() + 1\n"
            "while time.monotonic() < end: say({'seq': '1'}, 'status=ok')"
        ),
        SutLost,
        LATE,
    ),
}


@pytest.fixture
def kv_adapter(monkeypatch):
    """Return a function that makes a driver of an adapter that greets well in kv."""
    monkeypatch.setenv("DENBUN_TOKEN", TOKEN)
    drivers = []

    def make(script):
        command = [sys.executable, "-S", "-X", "utf8", "-c", KV + script]
        drivers.append(over_stdio(command, framing="kv")[0])
        return drivers[-1]

    yield make
    for driver in drivers:
        driver.kill()
        driver.stop()


@pytest.mark.parametrize("name", BAD_KV)
def test_kv(kv_adapter, name):
    script, error, text = BAD_KV[name]
    within = SHORT if error is SutLost else LONG
    misbehaves(kv_adapter(script + GOES_ON), error, text, within)


def test_kv_half_a_message(kv_adapter):
    half = (
        "a = read(); print('seq=' + a['seq'], flush=True)\n"
        "b = read(); print(); say(b, 'status=unsupported')"
    )
    text = f"{LATE}; 6 bytes came without their end"
    misbehaves(kv_adapter(half + GOES_ON), SutLost, text, UNHURRIED)


def test_kv_twice(kv_adapter):
    driver = kv_adapter("a = read()\nsay(a, 'status=ok')\nsay(a, 'status=error')" + GOES_ON)
    driver.start(NETWORK)
    assert driver.command("observe", {"what": "stock"}, within=LONG).ok
    assert driver.command("observe", {"what": "stock"}, within=LONG).status == "unsupported"


def test_kv_types_are_those_of_the_catalogue(kv_adapter):
    driver = kv_adapter("say(read(), 'status=ok', 'data.count=7', 'data.threshold=02', 'data.x=1')")
    driver.start(NETWORK)
    reply = driver.command("observe", {"what": "stock"}, within=LONG)
    assert reply.data == {"count": 7, "threshold": 2, "x": "1"}


ENDS = {
    "dies": ("read(); sys.exit(3)", "observe: the process ended (exit code 3)"),
    "dies-in-a-message": (
        "read(); print('seq=2', flush=True); sys.exit(3)",
        "observe: the process ended (exit code 3) in the middle of an answer",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_kv_ends(kv_adapter, name):
    script, text = ENDS[name]
    driver = kv_adapter(script)
    driver.start(NETWORK)
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value) == text
