"""The command line, called in this process or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from denbun import cli
from steps.cases import case_of
from steps.index import scenarios
from steps.register import FEATURES, load_register
from tests.cli import copied

ROOT = Path(__file__).resolve().parents[2]
CHOSEN_CASE, CHOSEN_REQUIREMENT = "NUM-004.1", "FUGO-002"


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def environment(**more):
    """Return our environment without what changes how a program prints."""
    changing = ("PYTEST_", "DENBUN_", "PYTHON", "NO_COLOR", "TERM")
    known = {name: value for name, value in os.environ.items() if not name.startswith(changing)}
    return {**known, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **more}


@pytest.fixture
def denbun(capfd, monkeypatch, tmp_path):
    """Return a function that runs a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return run


def run_program(*arguments, cwd, start=(), given=None, **more):
    """Run a command as a user does; ``start`` is what Python is given instead of the command."""
    env = environment(**more)
    if start or not copied.AVAILABLE:
        command = [sys.executable, *(start or ("-m", "denbun")), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=cwd, env=env, input=given, capture_output=True, check=False
        )
    else:
        done = copied.run([str(argument) for argument in arguments], cwd=cwd, env=env, given=given)
    encoding = env["PYTHONIOENCODING"]
    said = Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
    assert "Traceback" not in said.err
    return said


@pytest.fixture
def program(tmp_path):
    """Return a function that runs a command as a user does, in an empty folder."""

    def run(*arguments, **more):
        return run_program(*arguments, cwd=tmp_path, **more)

    return run


@pytest.fixture
def started(tmp_path):
    """Return a function that starts a command and leaves it running."""
    processes = []

    def start(*arguments, more=(), **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        command = [sys.executable, "-m", "denbun", *map(str, arguments)]
        env = environment(**dict(more))
        processes.append(subprocess.Popen(command, cwd=tmp_path, env=env, **options))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """Return the folder of a run that has finished, and what it said."""
    folder = tmp_path_factory.mktemp("finished")
    tags = f"@{CHOSEN_CASE} or {CHOSEN_REQUIREMENT}"
    said = run_program("run", "--tags", tags, "--seed", "3", "--lang", "en", cwd=folder)
    return folder / "conformance-report", said


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    """Return the folder of a run with one FAIL, BIRTH-006.1, and one PASS, the chosen case."""
    folder = tmp_path_factory.mktemp("faulty")
    tags = f"@BIRTH-006.1 or @{CHOSEN_CASE}"
    arguments = ("--fault", "birth-reason-wrong", "--tags", tags, "--seed", "5", "--quiet")
    assert run_program("run", *arguments, cwd=folder).code == 1
    return folder / "conformance-report"


@pytest.fixture(scope="session")
def chosen():
    """Return the ids of the cases that the finished run was to run, as the features have them."""
    register = load_register()
    cases = [
        case_of(scenario.title, scenario.tags, register, row.get("id"))
        for path in FEATURES.rglob("*.feature")
        for scenario in scenarios(path)
        for row in scenario.rows or ({},)
    ]
    return {
        case.id
        for case in cases
        if "juki" in case.roles
        and (case.id == CHOSEN_CASE or case.requirement == CHOSEN_REQUIREMENT)
    }
