"""Help, version, and what is said to those who ask for what there is not."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from denbun import cli
from denbun.__main__ import ROOT
from reference_impl.faults import FAULTS, VARIANTS
from steps.version import SUITE
from telegram_specs import load_profile
from telegram_specs.network import SUT_ROLES

COMMANDS = [
    *((name,) for name in cli.COMMANDS),
    *(("specs", name) for name in cli.SPECS),
    *(("profile", name) for name in cli.PROFILE),
    *(("protocol", name) for name in cli.PROTOCOL),
]


def test_without_a_command_it_helps(denbun):
    said = denbun()
    assert said.code == 0
    assert all(f"\n  {name} " in said.out for name in (*cli.COMMANDS, "specs"))


def test_it_tells_its_version(denbun):
    assert denbun("--version").out == f"denbun {SUITE}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_helps_with_examples(denbun, command):
    said = denbun(*command, "--help")
    examples = said.out.partition("  Examples:\n")[2].splitlines()
    assert (said.code, said.err) == (0, "")
    assert any(line.startswith(f"    denbun {' '.join(command)}") for line in examples)


def test_a_map_of_captures_stands_in_the_help_line_by_line(denbun):
    said = denbun("check", "--help").out
    assert '\n      listeners:\n        - {address: "192.0.2.7:9111", role: cs' in said


def test_a_tap_that_cannot_listen_leaves_no_file(denbun, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        here = f"127.0.0.1:{taken.getsockname()[1]}"
        out = tmp_path / "tap.jsonl"
        said = denbun("tap", "--listen", here, "--to", "127.0.0.1:1", "--out", str(out))
    told = f"--listen: cannot listen there. expected a free address of this machine, got {here}"
    assert (said.code, said.err) == (3, f"denbun: {told}\n")
    assert not out.exists()


def test_help_imports_nothing_that_takes_long():
    script = (
        "import sys; from denbun.cli import main; main(['run', '--help'])\n"
        "slow = {'pytest', 'aiohttp', 'telegram_specs', 'reports', 'faker'}\n"
        "sys.exit(' '.join(slow & sys.modules.keys()) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


USAGE = {
    "unknown-command": (["rum"], "denbun: No such command 'rum'. Did you mean 'run'?"),
    "no-subcommand": (["specs"], "denbun: Missing command."),
    "unknown-option": (
        ["run", "--fast"],
        "denbun: No such option: --fast (Possible options: --fault, --sut)",
    ),
    "jobs": (["faults", "--jobs"], "denbun: Option '--jobs' requires an argument."),
    "role": (
        ["run", "--role", "juuki"],
        "denbun: --role: unknown role. expected one of {roles}, got juuki",
    ),
    "fault": (
        ["run", "--fault", "code-twice-in-lists"],
        (
            "denbun: --fault: unknown fault. expected one of {faults} ids, "
            "got code-twice-in-lists; near: code-twice-in-list, older-notice-wins"
        ),
    ),
    "variant": (
        ["run", "--variant", "basic-klient"],
        (
            "denbun: --variant: unknown variant. expected one of {variants} ids, got basic-klient; "
            "near: basic-client"
        ),
    ),
    "fault-of-another-role": (
        ["run", "--fault", "code-twice-in-list", "--role", "juki"],
        "denbun: --fault: code-twice-in-list is one of cs. expected --role cs, got juki",
    ),
    "fault-and-variant": (
        ["run", "--fault", "code-twice-in-list", "--variant", "basic-client"],
        "denbun: --variant: cannot go with --fault. expected one of them",
    ),
    "resume-and-dry-run": (
        ["run", "--resume", ".", "--dry-run"],
        "denbun: --dry-run: cannot go with --resume. expected one of them",
    ),
    "resume-and-last-failed": (
        ["run", "--resume", ".", "--last-failed"],
        "denbun: --last-failed: cannot go with --resume. expected one of them",
    ),
    "dry-run-and-expectations": (
        ["run", "--dry-run", "--update-expectations"],
        "denbun: --update-expectations: cannot go with --dry-run. expected one of them",
    ),
    "repeat-and-expectations": (
        ["run", "--repeat", "2", "--update-expectations"],
        "denbun: --update-expectations: cannot go with --repeat. expected one of them",
    ),
    "tap-port": (
        ["tap", "--listen", "127.0.0.1:65536", "--to", "127.0.0.1:1"],
        "denbun: --listen: no address. expected HOST:PORT, got 127.0.0.1:65536",
    ),
    "fault-of-a-sut": (
        ["run", "--sut", "sut.yaml", "--fault", "code-twice-in-list"],
        "denbun: --fault: only the reference has it. expected no --sut",
    ),
    "no-sut": (
        ["run", "--sut", "none.yaml"],
        "denbun: Invalid value for '--sut': file 'none.yaml' does not exist.",
    ),
    "out-is-a-file": (["run", "--out", "sut.yaml"], "denbun: sut.yaml: File exists"),
    "faults-role": (
        ["faults", "--role", "nws"],
        "denbun: --role: unknown role. expected one of {roles}, got nws",
    ),
    "faults-fault": (
        ["faults", "--only", "code-twice-in-list,no-such-thing"],
        "denbun: --only: unknown fault. expected one of {faults} ids, got no-such-thing",
    ),
    "serve-role": (
        ["serve", "nws"],
        "denbun: serve: unknown role. expected one of {roles}, got nws",
    ),
    "serve-peer-twice": (
        ["serve", "cs", "--peer", "juki=127.0.0.1:1"],
        "denbun: --peer: juki listens twice. expected juki/tcp or juki/http, got juki",
    ),
    "serve-peer-wire": (
        ["serve", "cs", "--peer", "atena/tcp=127.0.0.1:1"],
        "denbun: --peer: unknown wire of atena. expected one of http, got tcp",
    ),
    "serve-peer-address": (
        ["serve", "cs", "--peer", "atena=somewhere"],
        "denbun: --peer: no address. expected atena=HOST:PORT, got atena=somewhere",
    ),
    "serve-municipality": (
        ["serve", "--municipality", "999017"],
        "denbun: --municipality: expected a code with its check digit, got 999017",
    ),
    "schema": (
        ["specs", "schema", "spec"],
        (
            "denbun: schema: unknown kind of file. expected one of telegram, codes, charset, "
            "profile, good, bad, streams, got spec"
        ),
    ),
    "spec": (
        ["specs", "show", "identity_notise"],
        (
            "profile open: unknown telegram. expected one of {telegrams} ids, got identity_notise; "
            "near: identity_notice, visit_notice"
        ),
    ),
    "profile": (
        ["specs", "list", "--profile", "mine"],
        "mine/profile.yaml:1: no profile. expected a file of this name, got none",
    ),
    "report": (
        ["report", "."],
        "denbun: results.jsonl: no such file. expected the results of a run",
    ),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_told_in_one_line_with_exit_3(denbun, tmp_path, name):
    (tmp_path / "sut.yaml").write_text("")
    arguments, text = USAGE[name]
    said = denbun(*arguments)
    wanted = text.format(
        faults=len(FAULTS),
        variants=len(VARIANTS),
        telegrams=len(load_profile().specs),
        roles=", ".join(SUT_ROLES),
    )
    assert (said.code, said.out, said.err) == (3, "", f"{wanted}\n")


def test_an_unforeseen_error_is_one_line_with_exit_4(denbun, monkeypatch):
    def fail(_folder):
        raise RuntimeError("the number 123456789018\nis nobody's")

    monkeypatch.setattr("telegram_specs.load_profile", fail)
    said = denbun("specs", "list")
    told = "denbun: RuntimeError: the number ************ is nobody's (tests/cli/"
    assert (said.code, said.err.startswith(told), said.err.count("\n")) == (4, True, 1)


def test_a_traceback_is_shown_to_those_who_ask(denbun, monkeypatch):
    monkeypatch.setenv("DENBUN_DEBUG", "1")
    said = denbun("run", "--role", "x")
    assert "Traceback (most recent call last)" in said.err
    assert said.code == 3
