#!/usr/bin/env python3
"""Starter of an adapter for denbun, in Python 3.9 or newer, without dependencies. Copy it.

The harness starts this program, writes one command a line (JSON) to its stdin, and reads one answer
a line from its stdout. Messages for people go to stderr. Everything is in docs/sut-protocol.md.
この雛形を写して、あなたのシステムにつなぐところを書き足してください。
"""

import json
import os
import sys

LONGEST = 1_000_000  # bytes of a line
LISTENS = {"tcp": "127.0.0.1:9101", "http": "127.0.0.1:9102"}  # where your system listens
UNSUPPORTED = {"status": "unsupported", "scope": "adapter"}  # the system may, the adapter cannot

network = {}  # what hello told: peers, codes, tls, client


def hello(command):
    """Take note of the network; open your listeners before you answer."""
    if command["token"] != os.environ.get("DENBUN_TOKEN"):  # another run, or not the harness
        return {"status": "error", "reason": "wrong token"}
    network.update(command["network"])
    return {
        "status": "ok",
        "nonce": command["nonce"],
        "environment": "test",  # "production" is refused: the suite writes synthetic residents
        "sut": {"name": "my system", "version": "0"},
        "adapter": {"name": "starter-python", "version": "1"},
        "verbs": ["stop"],  # add provision, trigger, observe, clock as you write them
        "listens": {command["role"]: LISTENS},
    }


def provision(command):
    """Put records into the registers (事前データ); no telegram may leave because of it."""
    return UNSUPPORTED  # command["kind"], command["args"] → {"status": "ok", "handle": ...}


def trigger(command):
    """Do what staff would do (操作), and tell how it came out; do not wait for telegrams."""
    # FIRST EVENT: a dozen lines here reach the wire, see docs/sut-protocol.md.
    return UNSUPPORTED  # command["action"], command["args"] → {"status": "ok", "handle": ...}


def observe(command):
    """Tell what the registers hold (照会)."""
    return UNSUPPORTED  # command["what"], command["args"] → {"status": "ok", "data": {...}}


def stop(command):
    """Close what is open; the program ends behind the answer."""
    return {"status": "ok"}


VERBS = {
    "hello": hello,
    "provision": provision,
    "trigger": trigger,
    "observe": observe,
    "stop": stop,
}


def read(line, last):
    """Return the command of a line; None for what cannot be read or has a seq that was used."""
    try:
        command = json.loads(line)
        return command if len(line) <= LONGEST and command["seq"] > last else None
    except (ValueError, KeyError, TypeError):
        return None


def main():
    last = 0
    for line in sys.stdin.buffer:
        command = read(line, last)
        if command is None:
            print("passed over a line that is no command", file=sys.stderr)
            continue
        last = command["seq"]
        try:
            answer = VERBS.get(command["cmd"], lambda _: UNSUPPORTED)(command)
        except Exception as error:  # noqa: BLE001 - whatever breaks is told, and the run goes on
            answer = {"status": "error", "reason": type(error).__name__}
        text = json.dumps({"v": 1, "seq": last, **answer}, ensure_ascii=False)
        sys.stdout.buffer.write(text.encode() + b"\n")
        sys.stdout.buffer.flush()
        if command["cmd"] == "stop":
            break


if __name__ == "__main__":
    main()
