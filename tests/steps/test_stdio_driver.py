"""The stdio driver against small adapters that misbehave, one way each."""

from __future__ import annotations

import sys

import pytest

from steps.drivers import conversation
from steps.drivers.protocol import DriverError, Greeting, Reply, SutLost
from tests.steps.attached import NETWORK, over_stdio

SHORT, LONG = 0.05, 30.0
"""Deadlines: for an answer that does not come, for one that does."""

PRELUDE = """
import json, os, signal, sys

def read():
    return json.loads(sys.stdin.buffer.readline())

def say(asked, **answer):
    print(json.dumps({"v": 1, "seq": asked["seq"], **answer}), flush=True)

def hello(**more):
    asked = read()
    say(asked, **{"status": "ok", "nonce": asked["nonce"], **more})
    return asked

"""
GOODBYE = "\nsay(read(), status='ok')\n"


@pytest.fixture
def processes():
    """Return the process of each driver."""
    return {}


@pytest.fixture
def adapter(processes):
    """Return a function that makes a driver of an adapter's lines."""

    def make(script: str, **options):
        command = [sys.executable, "-S", "-E", "-c", PRELUDE + script]
        driver, processes[driver] = over_stdio(command, **options)
        return driver

    yield make
    for driver in processes:
        driver.kill()
        driver.stop()


@pytest.fixture
def conversing(adapter):
    """Return a function that makes a driver of an adapter that greets well."""

    def make(script: str, **options):
        driver = adapter("hello()\n" + script, **options)
        driver.start(NETWORK)
        return driver

    return make


# -- hello -------------------------------------------------------------------------------


def test_a_greeting_says_who_is_there(adapter):
    driver = adapter(
        "hello(sut={'name': '住民記録', 'version': '2'}, adapter={'name': 'a'}, verbs=['trigger'],"
        " listens={'juki': {'tcp': '127.0.0.1:1'}}, environment='staging')"
    )
    assert driver.start(NETWORK) == Greeting(
        sut={"name": "住民記録", "version": "2"},
        adapter={"name": "a"},
        verbs=("trigger",),
        listens={"juki": {"tcp": "127.0.0.1:1"}},
        environment="staging",
    )


def test_a_greeting_may_say_nothing(adapter):
    assert adapter("hello()").start(NETWORK) == Greeting({}, {}, (), {}, "test")


def test_what_an_adapter_is_told(adapter):
    driver = adapter(
        "asked = read()\nsay(asked, status='ok', nonce=asked['nonce'], sut={'asked': json.dumps("
        "asked, sort_keys=True).replace(asked['nonce'], 'NONCE')})",
        suite="1.2",
        profile={"id": "open"},
    )
    told = driver.start(NETWORK).sut["asked"]
    assert told == (
        '{"cmd": "hello", "deadline_ms": 20000, '
        '"network": {"client": {"id": "client", "secret": "synthetic"}, '
        '"codes": {"cs": "000001", "juki": "999016"}, "links": {}, '
        '"peers": {"cs": {"tcp": "127.0.0.1:9111"}}, "tls": {}}, '
        '"nonce": "NONCE", "profile": {"id": "open"}, "role": "juki", "seq": 1, "suite": "1.2", '
        '"token": "token-of-the-run", "v": 1}'
    )


NO_OBJECT = (
    "not a JSON object. expected one JSON object an answer, in UTF-8; "
    "write messages for people to stderr"
)

BAD_GREETINGS = {
    "garbage": ("read()\nprint('ready.', flush=True)", DriverError, f"hello: {NO_OBJECT}"),
    "no-utf-8": (
        "read()\nsys.stdout.buffer.write(b'\"\\xff\"\\n')",
        DriverError,
        f"hello: {NO_OBJECT}",
    ),
    "deeper-than-json-reads": (
        "read()\nprint('[' * 100000, flush=True)",
        DriverError,
        f"hello: {NO_OBJECT}",
    ),
    "an-array": (
        "read()\nprint('[]', flush=True)",
        DriverError,
        "hello: not a JSON object. expected an object an answer",
    ),
    "no-nonce": (
        "say(read(), status='ok')",
        DriverError,
        "hello: the nonce was not echoed. expected the nonce of the request",
    ),
    "another-nonce": (
        "say(read(), status='ok', nonce='0')",
        DriverError,
        "hello: the nonce was not echoed. expected the nonce of the request",
    ),
    "wrong-seq": (
        "read()\nsay({'seq': 7}, status='ok')",
        DriverError,
        "hello: wrong seq. expected 1, got 7",
    ),
    "says-why-not": (
        "hello(status='error', reason='no database')",
        DriverError,
        "hello: no database",
    ),
    "says-no": ("hello(status='rejected')", DriverError, "hello: rejected"),
    "production": (
        "hello(environment='production')" + GOODBYE,
        DriverError,
        (
            "hello: the system says that it is production. expected a test system; "
            "the suite writes synthetic residents into it"
        ),
    ),
    "dies": (
        "read()\nsys.exit(3)",
        SutLost,
        "hello: the process ended (exit code 3)",
    ),
    "is-killed": (
        "read()\nos.kill(os.getpid(), signal.SIGKILL)",
        SutLost,
        "hello: the process ended (signal 9)",
    ),
    "dies-in-a-line": (
        "read()\nprint('{', end='', flush=True)",
        SutLost,
        "hello: the process ended (exit code 0) in the middle of an answer",
    ),
}


@pytest.mark.parametrize("name", BAD_GREETINGS)
def test_a_bad_greeting(adapter, name):
    script, error, text = BAD_GREETINGS[name]
    with pytest.raises(error) as caught:
        adapter(script).start(NETWORK)
    assert str(caught.value) == text


def test_a_silent_adapter_is_given_up(adapter, monkeypatch):
    monkeypatch.setattr(conversation, "HELLO_WITHIN", SHORT)
    with pytest.raises(SutLost) as caught:
        adapter("read()\nread()").start(NETWORK)
    assert str(caught.value) == "hello: no answer within its deadline"


def test_an_adapter_that_closes_its_output_is_given_up(adapter):
    with pytest.raises(SutLost) as caught:
        adapter("read()\nos.close(1)\nread()").start(NETWORK)
    assert str(caught.value) == "hello: the process closed its output"


def test_a_program_that_is_not_there(tmp_path):
    driver, _ = over_stdio(["/no/such/program"], cwd=tmp_path)
    with pytest.raises(DriverError) as caught:
        driver.start(NETWORK)
    assert str(caught.value) == "/no/such/program: cannot be started: No such file or directory"
    driver.stop()


WRONG_SHAPES = {
    "listens": ("listens=[1]", "'listens'. should be a valid dictionary"),
    "verbs": ("verbs=1", "'verbs'. should be a valid tuple"),
    "version": ("sut={'version': 2}", "'sut/version'. should be a valid string"),
    "environment": ("environment=1", "'environment'. should be a valid string"),
}


@pytest.mark.parametrize("name", WRONG_SHAPES)
def test_a_greeting_of_a_wrong_shape(adapter, name):
    told, text = WRONG_SHAPES[name]
    with pytest.raises(DriverError) as caught:
        adapter(f"hello({told})").start(NETWORK)
    assert str(caught.value) == f"hello: wrong shape of {text}"


def test_an_address_that_is_none(adapter):
    with pytest.raises(DriverError) as caught:
        adapter("hello(listens={'juki': {'tcp': 'nowhere'}})").start(NETWORK)
    assert str(caught.value).endswith("not host:port: 'nowhere'")


# -- commands ----------------------------------------------------------------------------


def test_a_command_and_its_answer(conversing):
    driver = conversing(
        "asked = read()\n"
        "say(asked, status='rejected', stage='final', scope='sut', handle='7', reason='no',"
        " alerts=[{'code': 'stock_low', 'text': 'x'}, 'other'], data=asked)"
    )
    reply = driver.command("trigger", {"action": "birth"}, within=LONG)
    told = {"v": 1, "seq": 2, "cmd": "trigger", "deadline_ms": 30000, "action": "birth"}
    assert reply == Reply("rejected", "final", "sut", ("stock_low", "other"), "7", told, "no")
    assert not reply.ok


@pytest.mark.parametrize("status", ["ok", "rejected", "unsupported", "error"])
def test_every_status(conversing, status):
    driver = conversing(f"say(read(), status='{status}')")
    assert driver.command("reset", {}, within=LONG) == Reply(status)


BAD_ANSWERS = {
    "a-later-seq": (
        "read()\nsay({'seq': 9}, status='ok')",
        "observe: wrong seq. expected 2, got 9",
    ),
    "no-seq": ("read()\nprint('{}', flush=True)", "observe: wrong seq. expected 2, got None"),
    "seq-as-text": (
        "read()\nsay({'seq': '2'}, status='ok')",
        "observe: wrong seq. expected 2, got '2'",
    ),
    "unknown-status": (
        "say(read(), status='fine')",
        (
            "observe: unknown status. "
            "expected one of error, ok, pending, rejected, unsupported, got 'fine'"
        ),
    ),
    "no-status": (
        "say(read())",
        (
            "observe: unknown status. "
            "expected one of error, ok, pending, rejected, unsupported, got None"
        ),
    ),
    "a-megabyte": (
        "say(read(), status='ok', reason='x' * 1_000_000)",
        "observe: an answer of more than 1000000 bytes",
    ),
    "garbage": ("read()\nprint('oops', flush=True)", f"observe: {NO_OBJECT}"),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer(conversing, name):
    script, text = BAD_ANSWERS[name]
    driver = conversing(script)
    with pytest.raises(DriverError) as caught:
        driver.command("observe", {"what": "stock"}, within=LONG)
    assert str(caught.value) == text


def test_just_under_a_megabyte_is_read(conversing):
    driver = conversing("say(read(), status='ok', reason='x' * 999_900)")
    assert len(driver.command("observe", {}, within=LONG).reason) == 999_900


def test_a_late_answer_to_an_earlier_command_is_passed_over(conversing):
    driver = conversing(
        "first = read()\nsecond = read()\nsay(first, status='error')\nsay(second, status='ok')"
    )
    with pytest.raises(SutLost) as caught:
        driver.command("trigger", {}, within=SHORT)
    assert str(caught.value) == "trigger: no answer within its deadline"
    assert driver.command("observe", {}, within=LONG).ok


def test_pending_is_no_answer_yet(conversing):
    driver = conversing(
        "asked = read()\nfor status in ('pending', 'pending', 'ok'):\n    say(asked, status=status)"
    )
    assert driver.command("trigger", {}, within=LONG).ok


def test_pending_does_not_move_the_deadline(conversing):
    driver = conversing("asked = read()\nsay(asked, status='pending')\nread()")
    with pytest.raises(SutLost) as caught:
        driver.command("trigger", {}, within=SHORT)
    assert str(caught.value) == "trigger: no answer within its deadline"


def test_an_adapter_that_died_meanwhile(conversing, processes):
    driver = conversing("sys.exit(4)")
    processes[driver].wait(LONG)
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value) == "observe: the process is not running (exit code 4)"


def test_an_adapter_that_was_never_started():
    with pytest.raises(SutLost) as caught:
        over_stdio(["true"])[0].command("observe", {}, within=LONG)
    assert str(caught.value) == "observe: the process is not running (never was)"


ODD_ANSWERS = {
    "alert": ("alerts=[{'text': 'x'}]", "'alerts/0'. should be a valid string"),
    "alerts": ("alerts=1", "'alerts'. should be a valid tuple"),
    "data": ("data=[1]", "'data'. should be a valid dictionary"),
    "handle": ("handle=7", "'handle'. should be a valid string"),
    "stage": ("stage=['final']", "'stage'. should be a valid string"),
}


@pytest.mark.parametrize("name", ODD_ANSWERS)
def test_an_answer_of_a_wrong_shape(conversing, name):
    told, text = ODD_ANSWERS[name]
    driver = conversing(f"say(read(), status='ok', {told})")
    with pytest.raises(DriverError) as caught:
        driver.command("trigger", {}, within=LONG)
    assert str(caught.value) == f"trigger: wrong shape of {text}"


# -- life --------------------------------------------------------------------------------


def test_a_goodbye_is_no_end_by_itself(conversing):
    driver = conversing(GOODBYE)
    assert (driver.alive(), driver.exit_note(), driver.ended_by_itself()) == (True, "", False)
    driver.stop()
    assert (driver.alive(), driver.exit_note(), driver.ended_by_itself()) == (
        False, "exit code 0", False,
    )  # fmt: skip


def test_who_does_not_say_goodbye_is_ended(conversing, processes):
    driver = conversing("read()\nprint('never', flush=True)\nread()")
    driver.stop()
    assert processes[driver].code() == -9


def test_an_end_by_itself(conversing, processes):
    driver = conversing("sys.exit(70)")
    processes[driver].wait(LONG)
    assert not driver.alive()
    assert (driver.exit_note(), driver.ended_by_itself()) == ("exit code 70", True)


def test_an_end_from_outside(conversing, processes):
    driver = conversing("read()")
    processes[driver]._process.kill()
    processes[driver].wait(LONG)
    assert (driver.exit_note(), driver.ended_by_itself()) == ("signal 9", False)


def test_a_kill_is_ours_and_the_process_can_start_again(conversing):
    driver = conversing("say(read(), status='ok')")
    driver.kill()
    assert (driver.alive(), driver.exit_note(), driver.ended_by_itself()) == (
        False, "signal 9", False,
    )  # fmt: skip
    driver.start(NETWORK)
    assert driver.command("observe", {}, within=LONG).ok


def test_the_tail_of_stderr_is_kept(conversing):
    driver = conversing(
        "sys.stderr.buffer.write(b'x' * 5000 + b'\\xff' + 'の最後の行\\n'.encode())\n"
        "sys.stderr.flush()\nsay(read(), status='ok')"
    )
    driver.command("observe", {}, within=LONG)
    tail = driver.stderr_tail()
    assert tail.endswith("xx\ufffdの最後の行")
    assert len(tail.encode()) <= 4002
    driver.stop()
    assert driver.stderr_tail() == ""


def test_the_environment_and_the_folder_are_the_ones_given(adapter, tmp_path):
    driver = adapter(
        "hello(sut={'cwd': os.getcwd(), 'env': os.environ['ONLY']})",
        cwd=tmp_path,
        env={"ONLY": "this"},
    )
    assert driver.start(NETWORK).sut == {"cwd": str(tmp_path.resolve()), "env": "this"}
