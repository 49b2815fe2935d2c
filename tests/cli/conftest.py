"""The command line, called in this process or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from denbun import cli

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("PYTEST_", "DENBUN_", "PYTHON", "NO_COLOR", "TERM"))
}


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def denbun(capfd, monkeypatch, tmp_path):
    """Return a function that runs a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return run


@pytest.fixture
def program(tmp_path):
    """Return a function that runs a command as a user does, in an empty folder."""

    def run(*arguments, encoding="utf-8", given=None, cwd=tmp_path, root=ROOT, **environment):
        done = subprocess.run(
            [sys.executable, "-m", "denbun", *map(str, arguments)],
            cwd=cwd,
            env={
                **ENVIRONMENT,
                "PYTHONPATH": str(root),
                "PYTHONIOENCODING": encoding,
                **environment,
            },
            input=given,
            capture_output=True,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """Return the folder of a run that has finished, with its console."""
    folder = tmp_path_factory.mktemp("finished")
    command = [sys.executable, "-m", "denbun", "run", "--tags", "STOCK-007", "--seed", "7"]
    done = subprocess.run(
        [*command, "--lang", "en", "--out", "out"],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    return folder / "out", Said(done.returncode, done.stdout.decode(), done.stderr.decode())
