"""A browser, and a run that waits for an operator."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import browsing, started
from tests.operator.bridge import Reference

ROOT = Path(__file__).resolve().parents[2]
EVER = 120
SUT = """
product: {name: 橋渡し, version: "1.1"}
role: juki
driver: {kind: operator, terminal: false}
pixit: {settle: 0.05, send_within: 0.4, operator_within: 600}
"""


@pytest.fixture(scope="module")
def chromium():
    """Start a browser; its event loop must have ended before a test of another module runs."""
    with started() as browser:
        yield browser


@pytest.fixture
def browse(chromium):
    """Return a function that opens a page; whatever it says on its console fails the test."""
    with browsing(chromium, "http://127.0.0.1:") as opened:
        yield opened


class Harness:
    """A run of the suite that asks an operator."""

    def __init__(self, *arguments, cwd, stdin=subprocess.DEVNULL):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DENBUN_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "denbun", "run", *map(str, arguments)],
            cwd=cwd,
            env={**env, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def url(self):
        line = self.process.stderr.readline()
        assert "http://127.0.0.1:" in line, line + self.process.stderr.read()
        return line.partition(": ")[2].strip()

    def end(self):
        """Wait for its end; return the exit code and what it said."""
        out, err = self.process.communicate(timeout=EVER)
        assert "Traceback" not in err
        return self.process.returncode, out + err

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def sut(tmp_path):
    path = tmp_path / "operator.yaml"
    path.write_text(SUT, "utf-8")
    return path


@pytest.fixture
def harness(tmp_path):
    """Return a function that starts a run in an empty folder."""
    started = []

    def start(*arguments, **options):
        started.append(Harness(*arguments, cwd=tmp_path, **options))
        return started[-1]

    yield start
    for one in started:
        one.kill()


@pytest.fixture
def reference(tmp_path):
    """Return a function that starts the reference over the registers of this test."""
    started = []

    def start(**options):
        (tmp_path / "registers").mkdir(exist_ok=True)
        started.append(Reference(tmp_path / "registers", **options))
        return started[-1]

    yield start
    for one in started:
        one.close()
