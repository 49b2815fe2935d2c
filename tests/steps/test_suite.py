"""The suite from end to end, in processes of its own, over real sockets."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reports import read_transcript
from steps.drivers.lock import Lock
from steps.sut import load_sut
from steps.verification import verify
from tests.steps.suites import EVER, PYTEST, ROOT, Ended, command, ended, environment

GREETER = Path(__file__).with_name("greeter.py")
BROKEN_ENGINE = """
import dataclasses, sys, pytest
from telegram_specs.engine.checkdigit import FORMULAS
formula = FORMULAS["individual_number"]
weights = (formula.weights[0] + 1, *formula.weights[1:])
FORMULAS["individual_number"] = dataclasses.replace(formula, weights=weights)
sys.exit(pytest.main(sys.argv[1:]))
"""


QUICK = "settle: '0.02', send_within: '0.1', answer_within: '1'"


def adapter(folder, role, *arguments, more="restarts: 9", name="sut", waits=QUICK):
    """Write the sut.yaml of an adapter and return the option that attaches it."""
    words = json.dumps([sys.executable, *map(str, arguments)], ensure_ascii=False)
    path = folder / f"{name}.yaml"
    path.write_text(
        f"product: {{name: outside}}\nrole: {role}\n"
        f"driver: {{kind: stdio, command: {words}, cwd: {ROOT}}}\n"
        "ics: [provisional, automatic_replenishment]\n"
        f"pixit: {{{waits}, {more}}}\n",
        encoding="utf-8",
    )
    return ("--sut", str(path))


def greeter(role, listens, answer):
    def options(folder):
        return adapter(folder, role, GREETER, json.dumps(listens), json.dumps(answer))

    return options


def outside(folder):
    return adapter(folder, "cs", "-m", "reference_impl", "--role", "cs")


NEVER_LOOKS = """
from reference_impl import __main__
from reference_impl.adapter import Adapter

async def unsupported(self, message):
    return {"status": "unsupported", "scope": "adapter"}

Adapter._observe = unsupported
__main__.main()
"""
NEVER_MOVES = """
from reference_impl import __main__
from reference_impl.adapter import Adapter

async def unsupported(self, message):
    return {"status": "unsupported", "scope": "adapter"}

Adapter._clock = unsupported
__main__.main()
"""
ANONYMOUS = """
from reference_impl import __main__, adapter

contexts = adapter.tls_contexts

def without_a_certificate(tls, **options):
    shown = {name: path for name, path in tls.items() if not name.startswith("client_")}
    return contexts(shown, **options)

adapter.tls_contexts = without_a_certificate
__main__.main()
"""
BABBLES = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    told = {"seq": asked["seq"], "status": "ok", "nonce": asked.get("nonce")}
    print(json.dumps(told) if asked["cmd"] in ("hello", "stop") else "out of paper", flush=True)
    print("番号", "123456789018", asked["seq"], file=sys.stderr, flush=True)
"""
STARTS_ONCE = """
import json, pathlib, sys
asked = json.loads(sys.stdin.readline())
started = pathlib.Path(sys.argv[1])
if not started.exists():
    started.touch()
    greeting = {"seq": asked["seq"], "status": "ok", "nonce": asked["nonce"]}
    print(json.dumps(greeting), flush=True)
    sys.stdin.readline()
sys.exit(3)
"""


def blind(folder):
    return adapter(folder, "juki", "-c", NEVER_LOOKS, "--role", "juki")


def babbling(folder):
    return adapter(folder, "juki", "-c", BABBLES, more="give_up_after: 2")


MUTUAL = "tls: {cs_link: true, atena_link: mutual}"


def anonymous(folder):
    return adapter(folder, "juki", "-c", ANONYMOUS, "--role", "juki", more=MUTUAL)


def certified(folder):
    return adapter(folder, "juki", "-m", "reference_impl", "--role", "juki", more=MUTUAL)


def mortal(folder):
    return adapter(folder, "juki", "-c", STARTS_ONCE, folder / "started")


def without_a_clock(folder):
    return adapter(folder, "atena", "-c", NEVER_MOVES, "--role", "atena")


CLOSED = "127.0.0.1:9"
UNSUPPORTED = {"status": "unsupported", "scope": "adapter"}
AGREED = {"status": "ok", "handle": "1", "data": {}}
SUITES = {
    "juki": ("FORMAT-001.1", lambda _: ("--role", "juki")),
    "cs": ("FORMAT-001.1", lambda _: ("--role", "cs")),
    "atena": ("FORMAT-001.1", lambda _: ("--role", "atena")),
    "chukan": ("FORMAT-001.1", lambda _: ("--role", "chukan")),
    "outside": ("NUM-014.1 or STOCK-001.1", outside),
    "ends-by-itself": ("NUM-004.1", lambda _: ("--denbun-fault", "juki-ends-after-number")),
    "changed-engine": ("BIRTH-003", lambda _: (), ("-c", BROKEN_ENGINE)),
    "only-greets": (
        "BIRTH-003 or STOCK-001 or ATENA-001",
        greeter("juki", {}, UNSUPPORTED),
    ),
    "nobody-there": ("STOCK-003", greeter("cs", {"cs": {"tcp": CLOSED}}, UNSUPPORTED)),
    "never-looks": ("COMMON-006.1 or FORMAT-001.1", blind),
    "shows-no-certificate": ("ATENA-001.1", anonymous),
    "shows-its-certificate": ("ATENA-001.1", certified),
    "has-no-clock": ("AUTH-001.3 or JUTOGAI-004.3", without_a_clock),
    "has-a-clock": ("AUTH-001.3 or JUTOGAI-004.3", lambda _: ("--role", "atena")),
    "beside-a-broken-node": (
        "ATENA-001.1",
        lambda _: ("--role", "juki", "-p", "tests.steps.broken_node"),
    ),
    "babbles": ("BIRTH-003 or STOCK-005 or NUM-004", babbling),
    "starts-once": ("BIRTH-003 or STOCK-005", mortal),
    "agrees-to-everything": (
        "BIRTH-003 or BIRTH-004.1 or FORMAT-002.1 or STOCK-005 or STOCK-009.1",
        greeter("juki", {"juki": {"tcp": CLOSED, "http": CLOSED}}, AGREED),
    ),
}
"""Name to selection, options and program; they run side by side, two at a time."""


@pytest.fixture(scope="module", autouse=True)
def suite(tmp_path_factory):
    """Return a function that gives a suite by its name, when it has ended.

    They are started before the first test, so that those from outside run meanwhile.
    """

    def start(name):
        marks, options, *program = SUITES[name]
        folder = tmp_path_factory.mktemp(name)
        return ended(folder / "out", marks, *options(folder), program=(*program, PYTEST)[0])

    with ThreadPoolExecutor(2) as pool:
        started = {name: pool.submit(start, name) for name in SUITES}
        yield lambda name: started[name].result()
        pool.shutdown(cancel_futures=True)


# -- what happens from outside -------------------------------------------------------------


class Watched:
    """A suite that waits at a point, so that something can happen to it or to its system."""

    def __init__(self, folder, point, marks, *options):
        self.out = folder / "out"
        self._folder = folder
        self._log = (folder / "log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            command(self.out, marks, "-p", "tests.steps.gate", *options),
            cwd=ROOT,
            env=environment(DENBUN_GATE=f"{point}:{folder}"),
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self.wait_for_gate()

    def wait_for_gate(self):
        """Wait until the suite stands at its gate."""
        self._until((self._folder / "reached").exists)

    def _until(self, holds):
        deadline = time.monotonic() + EVER
        while not holds():
            assert self.process.poll() is None, Path(self._log.name).read_text("utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def system(self, role=""):
        """Return the pid of the reference (in a role): a child of the suite by its command line."""
        known = {"reference_impl", role} - {""}
        (pid,) = (pid for pid in children(self.process.pid) if known <= {*words(pid)})
        return pid

    def kill_system(self, role=""):
        """Kill the system as a shell would, and wait until it is dead with all its threads."""
        pid = self.system(role)
        handle = os.pidfd_open(pid)
        os.kill(pid, signal.SIGKILL)
        dead, _, _ = select.select([handle], [], [], EVER)
        os.close(handle)
        assert dead

    def go_on(self):
        """Let the suite go on from its gate."""
        (self._folder / "reached").unlink()

    def to_the_end(self):
        """Let the suite go on from every gate until it has ended."""
        deadline = time.monotonic() + EVER
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            (self._folder / "reached").unlink(missing_ok=True)
            time.sleep(0.01)
        self._log.seek(0)
        return Ended(self.process.returncode, self._log.read(), self.out)

    def close(self):
        self.process.kill()
        self.process.wait()
        self._log.close()


def words(pid):
    """Return the command line of a process, nothing when it has ended."""
    try:
        return Path("/proc", str(pid), "cmdline").read_bytes().decode().split("\0")[:-1]
    except OSError:
        return []


def children(pid):
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            yield int(stat.parent.name)


@pytest.fixture
def watch(tmp_path):
    started = []

    def start(point, marks):
        started.append(Watched(tmp_path, point, marks))
        return started[-1]

    yield start
    for watched in started:
        watched.close()


def test_a_kill_during_a_scenario_never_passes_it(watch):
    watched = watch("event", "BIRTH-003.1")
    watched.kill_system()
    found = watched.to_the_end()
    (case,) = found.run.cases
    assert case.verdict == "INCONCLUSIVE"
    assert "signal 9" in case.reason
    assert [f for f in case.findings if f.requirement_id == "ROBUST-001"] == []
    footer = found.run.footer
    assert (footer.unasked_deaths, footer.exit_code, footer.claim.made) == (1, 2, False)


def test_a_kill_between_scenarios_and_one_after_the_last_are_counted(watch):
    watched = watch("case", "BIRTH-003")
    watched.kill_system()
    watched.go_on()
    watched.wait_for_gate()
    watched.kill_system()
    found = watched.to_the_end()
    assert found.verdicts() == {"BIRTH-003.1": "PASS", "BIRTH-003.2": "PASS"}
    footer = found.run.footer
    assert (footer.unasked_deaths, footer.exit_code, footer.claim.made) == (2, 2, False)
    assert "unasked_deaths: 2" in footer.claim.missing


def test_an_interrupted_run_leaves_a_valid_footer(watch):
    watched = watch("event", "BIRTH-003")
    watched.process.send_signal(signal.SIGINT)
    found = watched.to_the_end()
    run = found.run
    assert run.problems() == ()
    assert (run.footer.interrupted, run.footer.exit_code) == (True, 2)
    assert set(found.verdicts().values()) <= {"INCONCLUSIVE"}
    assert set(run.footer.missing) | set(found.verdicts()) == {"BIRTH-003.1", "BIRTH-003.2"}


# -- what works ----------------------------------------------------------------------------


JUDGED = sorted(SUITES.keys() - {"changed-engine"})


@pytest.mark.parametrize("name", JUDGED)
def test_what_was_found_follows_from_its_evidence(suite, name):
    assert verify(suite(name).out).refusals == []


@pytest.mark.parametrize("role", ["juki", "cs", "atena", "chukan"])
def test_the_reference_passes_in_every_role(suite, role):
    found = suite(role)
    assert (found.code, found.verdicts()) == (0, {"FORMAT-001.1": "PASS"}), found.text
    run = found.run
    assert (run.header.role, run.footer.exit_code, run.footer.unasked_deaths) == (role, 0, 0)
    assert not run.footer.claim.made
    records = read_transcript(found.out / "transcript.jsonl")
    parts = {role, "nws"} if role == "cs" else {role}
    looked = {
        seq for j in run.cases[0].judgements if j.rule == "well_formed" for seq in j.looked_at
    }
    assert looked
    assert {records[seq - 1].sender for seq in looked} <= parts
    assert {record.case_id for record in records} <= {"FORMAT-001.1", None}
    read_transcript(found.out / "transcript.jsonl", tail=run.footer.transcript_tail_hash)


def test_an_outside_system_passes(suite):
    found = suite("outside")
    assert (found.code, found.verdicts()) == (0, {"NUM-014.1": "PASS", "STOCK-001.1": "PASS"})
    assert (found.run.header.driver, found.run.header.role) == ("stdio", "cs")


# -- what is broken ------------------------------------------------------------------------


def test_a_system_that_ends_by_itself(suite):
    found = suite("ends-by-itself")
    (case,) = found.run.cases
    (finding,) = [f for f in case.findings if f.requirement_id == "ROBUST-001"]
    assert (finding.expected, finding.actual) == (
        "終了せずに処理を続ける", "自ら終了した (exit code 70)",
    )  # fmt: skip
    assert (case.verdict, found.run.footer.exit_code) == ("FAIL", 1)
    assert found.run.footer.unasked_deaths == 1


def test_a_changed_engine_ends_the_run_before_it_begins(suite):
    found = suite("changed-engine")
    assert found.code == 4
    assert "check digit individual_number: wrong on a published sample" in found.text
    assert "Traceback" not in found.text
    assert not found.out.exists()


# -- what cannot be seen -------------------------------------------------------------------


def test_an_adapter_that_only_greets_covers_nothing(suite):
    found = suite("only-greets")
    assert set(found.verdicts().values()) == {"NOT_COVERED"}
    assert found.run.footer.exit_code == 2
    assert not found.run.footer.claim.made


def test_a_system_that_is_not_there_breaks_nothing(suite):
    found = suite("nobody-there")
    assert set(found.verdicts().values()) == {"INCONCLUSIVE"}
    assert f"cs does not listen for tcp at {CLOSED}" in found.run.cases[0].reason


def test_an_adapter_that_agrees_to_everything_shows_nothing(suite):
    found = suite("agrees-to-everything")
    assert set(found.verdicts().values()) == {"INCONCLUSIVE"}
    for case in found.run.cases:
        assert case.reason == f"juki does not listen for tcp at {CLOSED}"


def test_an_adapter_that_cannot_look_leaves_open_what_rests_on_it(suite):
    found = suite("never-looks")
    assert found.verdicts() == {"COMMON-006.1": "NOT_COVERED", "FORMAT-001.1": "PASS"}
    assert found.case("COMMON-006.1").reason == "observe errors: not supported"


def test_a_system_without_a_clock_leaves_every_expired_token_uncovered(suite):
    cases = {"AUTH-001.3", "JUTOGAI-004.3"}
    assert suite("has-a-clock").verdicts() == dict.fromkeys(cases, "PASS")
    found = suite("has-no-clock")
    assert found.verdicts() == dict.fromkeys(cases, "NOT_COVERED")
    told = {case.reason for case in found.run.cases}
    assert told == {"the date of the system under test cannot be moved"}


def test_a_mistake_of_a_bench_node_is_an_error_of_the_harness(suite):
    (case,) = suite("beside-a-broken-node").run.cases
    assert (case.verdict, case.findings) == ("ERROR", ())
    assert case.reason.startswith("LookupError: no such shelf (")


def test_a_system_that_cannot_be_started_again_died_once(suite):
    found = suite("starts-once")
    first, *others = found.run.cases
    assert (first.verdict, first.reason.partition(";")[0]) == (
        "INCONCLUSIVE", "provision: the process ended (exit code 3)",
    )  # fmt: skip
    assert len(others) > 1
    told = {(str(case.verdict), case.reason) for case in others}
    assert told == {("INCONCLUSIVE", "hello: the process ended (exit code 3)")}
    assert found.run.footer.unasked_deaths == 1


def test_a_run_without_a_conversation_is_given_up(suite):
    found = suite("babbles")
    first, second, *others = found.run.cases
    said = "provision: not a JSON object"
    for case in (first, second):
        assert (case.verdict, case.reason[: len(said)]) == ("INCONCLUSIVE", said)
        assert "stderr: 番号 ************" in case.reason
    assert len(others) > 1
    assert {(str(case.verdict), case.reason) for case in others} == {
        (
            "NOT_RUN",
            (
                "続けて2件、試験対象又はアダプタのために完了しなかったので、"
                "残りは実行しない (pixit.give_up_after)"
            ),
        )
    }
    footer = found.run.footer
    assert found.run.problems() == ()
    assert (footer.exit_code, footer.missing, footer.unasked_deaths) == (2, (), 0)


def test_two_runs_do_not_share_a_system(tmp_path):
    options = greeter("juki", {}, UNSUPPORTED)(tmp_path)
    lock = Lock(load_sut(tmp_path / "sut.yaml").identities()[-1])
    lock.take()
    found = ended(tmp_path / "out", "BIRTH-003", *options)
    lock.leave()
    assert found.code == pytest.ExitCode.USAGE_ERROR
    assert f"in use by another run (pid {os.getpid()})" in found.text
    assert "Traceback" not in found.text
    assert not found.out.exists()


def test_a_system_without_a_client_certificate_is_told_so(suite):
    assert suite("shows-its-certificate").verdicts() == {"ATENA-001.1": "PASS"}
    (case,) = suite("shows-no-certificate").run.cases
    assert case.verdict != "PASS"
    assert (
        "TLS, atena (http): クライアント証明書が提示されない (PEER_DID_NOT_RETURN_A_CERTIFICATE)"
    ) in case.reason
