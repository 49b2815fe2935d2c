"""A birth from beginning to end over each transport, in the real suite and over real sockets."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.steps.suites import EVER, ROOT, ended

BRIDGE = Path(__file__).with_name("bridge.py")
BIRTH = "BIRTH-001.1 or STOCK-005.1 or NUM-004.1"
POWER_FAILURE = "NUM-013.6"
TOKEN = "token-of-both"
KILLER = """
import os, pathlib, signal, sys
pid = int(pathlib.Path(sys.argv[1]).read_text())
os.killpg(pid, signal.SIGKILL)
"""
STARTER = """
import pathlib, subprocess, sys
with open(sys.argv[1] + ".log", "wb") as log:
    started = subprocess.Popen(sys.argv[2:], stdout=log, stderr=log, start_new_session=True)
pathlib.Path(sys.argv[1]).write_text(str(started.pid))
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def bridge(way, folder, *where):
    return [sys.executable, str(BRIDGE), way, str(folder), *map(str, where)]


def kv(folder):
    driver = {"kind": "stdio", "framing": "kv", "command": bridge("kv", folder)}
    return {**driver, "managed": True}, None


def http(folder):
    port = free_port()
    return {"kind": "http", "url": f"http://127.0.0.1:{port}"}, bridge("http", folder, port)


def spool(folder):
    places = {"in": str(folder / "in"), "out": str(folder / "out")}
    return {"kind": "spool", **places, "poll": 0.005}, bridge("spool", folder, *places.values())


def managed(folder):
    control, start = http(folder)
    return {"kind": "managed", "start": start, "control": control}, None


def managed_in_the_background(folder):
    control, start = http(folder)
    pid = str(folder / "pid")
    kill = [sys.executable, "-c", KILLER, pid]
    return {
        "kind": "managed",
        "start": [sys.executable, "-c", STARTER, pid, *start],
        "stop": kill,
        "kill": kill,
        "background": True,
        "control": control,
    }, None


WAYS = {
    "kv": (kv, f"{BIRTH} or {POWER_FAILURE}"),
    "http": (http, BIRTH),
    "spool": (spool, BIRTH),
    "managed": (managed, f"{BIRTH} or {POWER_FAILURE}"),
    "managed-in-the-background": (managed_in_the_background, f"{BIRTH} or {POWER_FAILURE}"),
}
"""Name to what makes the driver of sut.yaml and the command of who serves it, and selection."""


def run_over(folder, way, marks):
    driver, command = way(folder)
    path = folder / "sut.yaml"
    sut = {
        "product": {"name": "outside"},
        "driver": driver,
        "ics": ["provisional", "automatic_replenishment"],
        "pixit": {"settle": 0.02, "send_within": 0.3, "answer_within": 2},
    }
    path.write_text(json.dumps(sut), "utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DENBUN_TOKEN": TOKEN}
    served = subprocess.Popen(command, env=env, cwd=ROOT) if command else None
    try:
        return ended(folder / "out", marks, "--sut", str(path), DENBUN_TOKEN=TOKEN)
    finally:
        if served:
            served.kill()
            served.wait(EVER)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that gives the run over a way; two are under way at a time."""
    with ThreadPoolExecutor(2) as pool:
        started = {
            name: pool.submit(run_over, tmp_path_factory.mktemp(name), *row)
            for name, row in WAYS.items()
        }
        yield lambda name: started[name].result()


@pytest.mark.parametrize("name", WAYS)
def test_a_birth_passes_over_every_transport(run, name):
    found = run(name)
    selected = WAYS[name][1].split(" or ")
    assert found.verdicts() == dict.fromkeys(sorted(selected), "PASS"), found.text
    assert (found.code, found.run.footer.unasked_deaths) == (0, 0)
    assert (
        found.run.header.driver
        == json.loads((found.out.parent / "sut.yaml").read_text())["driver"]["kind"]
    )


@pytest.mark.parametrize("name", WAYS)
def test_the_token_stands_in_no_result(run, name):
    out = run(name).out
    assert [path.name for path in out.iterdir() if TOKEN in path.read_text("utf-8")] == []
