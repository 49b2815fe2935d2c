"""A browser, and a run that waits for an operator."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operator.bridge import Reference

ROOT = Path(__file__).resolve().parents[2]
EVER = 120
SUT = """
product: {name: 橋渡し, version: "1.1"}
role: juki
driver: {kind: operator, terminal: false}
pixit: {settle: 0.05, send_within: 0.4, operator_within: 600}
"""


def lacking(what):
    """Skip for want of something, but never where everything was set up."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; .ci/run sets it up")
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        lacking("no chromium on the path")
    if importlib.util.find_spec("playwright") is None:
        lacking("playwright is not installed")
    with importlib.import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium):
    """Return a function that opens a page; whatever it says on its console fails the test."""
    said, foreseen = [], []
    context = chromium.new_context()

    def opened(url):
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: outside(request.url))
        page.goto(url)
        return page

    def outside(url):
        if not url.startswith(("http://127.0.0.1:", "data:")):
            said.append(f"request to {url}")

    opened.foreseen = foreseen
    yield opened
    context.close()
    assert [text for text in said if not any(part in text for part in foreseen)] == []


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
