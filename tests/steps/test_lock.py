"""The lock that keeps two runs off one system."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from steps.drivers.lock import InUse, Lock
from tests.steps.suites import ROOT

HOLDER = """
import pathlib, sys
from steps.drivers.lock import Lock
lock = Lock("a", folder=pathlib.Path(sys.argv[1]))
lock.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_one_at_a_time(tmp_path):
    first, second = Lock("a", folder=tmp_path), Lock("a", folder=tmp_path)
    first.take()
    with pytest.raises(InUse) as caught:
        second.take()
    assert str(caught.value) == (
        f"the system under test is in use by another run (pid {os.getpid()}). "
        "expected one run at a time; wait for it or end it"
    )
    first.leave()
    second.take()
    second.leave()


def test_another_system_is_another_lock(tmp_path):
    first, second = Lock("a", folder=tmp_path), Lock("b", folder=tmp_path)
    first.take()
    second.take()
    first.leave()
    second.leave()


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout.readline() == b"taken\n"
        lock = Lock("a", folder=tmp_path)
        with pytest.raises(InUse, match=f"pid {holder.pid}"):
            lock.take()
        holder.kill()
        holder.wait()
        lock.take()
        lock.leave()
