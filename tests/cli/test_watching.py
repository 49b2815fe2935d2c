"""Looking at a run: rehearsed, traced, halted behind a failure, repeated."""

from __future__ import annotations

import dataclasses
import json
import os
import pty

import pytest

from denbun.failures import Usage
from denbun.rehearsal import TEXTS
from denbun.repeat import differing, repeat, worst
from denbun.suite import Order
from denbun.trace import trace_line
from reports import Verdict, read_run, read_transcript
from steps.register import load_register
from tests.reports import sample

GREETER = """
import json, sys
for line in sys.stdin:
    told = json.loads(line)
    answer = {"seq": told["seq"], "status": "unsupported", "scope": "adapter"}
    print(told["cmd"], file=open("asked.txt", "a"))
    if told["cmd"] == "hello":
        answer |= {"status": "ok", "nonce": told["nonce"], "adapter": {"name": "greeter"}, %s}
    print(json.dumps(answer), flush=True)
    if told["cmd"] == "stop":
        break
"""


@pytest.fixture
def rehearsed(program, tmp_path):
    """Return a function that rehearses a run with an adapter that says this at hello."""

    def run(hello, *options, command="[python3, greeter.py]", ics="[]"):
        (tmp_path / "greeter.py").write_text(GREETER % hello, "utf-8")
        text = f"product: {{name: x}}\ndriver: {{kind: stdio, command: {command}}}\nics: {ics}\n"
        (tmp_path / "sut.yaml").write_text(text, "utf-8")
        return program("run", "--sut", "sut.yaml", "--dry-run", "--lang", "en", *options)

    return run


def test_a_rehearsal_says_what_the_adapter_lacks_and_sends_only_hello(rehearsed, tmp_path):
    said = rehearsed('"verbs": ["provision"]', "--tags", "BIRTH-004 or STOCK-006")
    register = load_register()
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "cases that would be run: 4 (role juki)",
        f"     1 STOCK {register.areas['STOCK'].en}",
        f"     3 BIRTH {register.areas['BIRTH'].en}",
        "not applicable, the ICS does not claim their option: STOCK-006.1",
        "adapter: greeter, verbs: provision",
        "what the adapter lacks (cases needing it)",
        "  trigger: 3 (BIRTH-004.1, BIRTH-004.2, BIRTH-004.3)",
        TEXTS["untold"][1],
        "MUST requirements that would stay unjudged: 1",
        f"  BIRTH-004 {register['BIRTH-004'].en}",
        "only hello and stop were sent",
    ]
    assert (tmp_path / "asked.txt").read_text().split() == ["hello", "stop"]
    assert not (tmp_path / "conformance-report").exists()


ALL = '"verbs": ["provision", "trigger", "observe", "clock"]'
JUKI = ("household", "stock", "birth", "request_number", "cancel", "resident", "errors")
EVERYTHING = f', "offers": {json.dumps(JUKI)}'


@pytest.mark.parametrize(
    ("offers", "lacking"),
    [
        (', "offers": ["birth", "household", "stock", "resident"]', []),
        (
            ', "offers": ["household", "stock"]',
            ["  trigger birth: 3 (BIRTH-004.1, BIRTH-004.2, BIRTH-004.3)"],
        ),
    ],
)
def test_an_adapter_may_say_which_actions_it_offers(rehearsed, offers, lacking):
    said = rehearsed(ALL + offers, "--tags", "BIRTH-004")
    assert [line for line in said.out.splitlines() if line.startswith("  trigger")] == lacking
    assert ("nothing that is needed is missing" in said.out) == (not lacking)


@pytest.mark.parametrize(("offers", "told"), [("", True), (', "offers": ["birth"]', False)])
def test_what_an_adapter_lacks_is_not_known_where_it_does_not_tell(rehearsed, offers, told):
    said = rehearsed(ALL + offers, "--tags", "BIRTH-004")
    assert ("does not tell what it offers" in said.out) == told
    assert "nothing that is needed is missing" not in said.out


@pytest.mark.parametrize(
    ("offers", "lacking"),
    [
        (', "offers": ["send_number"]', ["nothing that is needed is missing from the adapter"]),
        (
            ', "offers": ["send_code_list"]',
            [
                "what the adapter lacks (cases needing it)",
                "  trigger send_number: 2 (NUM-013.5, NUM-013.9)",
                "MUST requirements that would stay unjudged: 0",
            ],
        ),
    ],
)
def test_a_rehearsal_says_what_the_counterpart_cannot_do(rehearsed, tmp_path, offers, lacking):
    (tmp_path / "other.py").write_text(GREETER % (ALL + offers), "utf-8")
    driver = "driver: {kind: stdio, command: [python3, other.py]}"
    (tmp_path / "cs.yaml").write_text(f"product: {{name: y}}\nrole: cs\n{driver}\n", "utf-8")
    said = rehearsed(f"{ALL}{EVERYTHING}", "--tags", "NUM-013", "--sut", "cs.yaml")
    assert (said.code, said.err) == (0, "")
    _, _, theirs = said.out.partition("the counterpart (role cs)\n")
    assert theirs.splitlines() == [
        "adapter: greeter, verbs: provision, trigger, observe, clock",
        *lacking,
        "only hello and stop were sent",
    ]


def test_a_counterpart_that_cannot_be_started_is_told(rehearsed, tmp_path):
    driver = "driver: {kind: stdio, command: [no-such-program]}"
    (tmp_path / "cs.yaml").write_text(f"product: {{name: y}}\nrole: cs\n{driver}\n", "utf-8")
    said = rehearsed(ALL, "--tags", "NUM-013", "--sut", "cs.yaml")
    _, _, theirs = said.out.partition("the counterpart (role cs)\n")
    assert theirs.startswith("the adapter could not be greeted (")


def test_an_adapter_that_cannot_be_started_is_no_mistake_of_a_rehearsal(rehearsed):
    said = rehearsed(ALL, "--tags", "BIRTH-004", command="[no-such-program]")
    assert said.code == 0
    assert "the adapter could not be greeted (" in said.out


def test_a_rehearsal_of_nothing_exits_5(rehearsed):
    said = rehearsed(ALL, "--role", "chukan", "--tags", "STOCK")
    assert (said.code, said.out) == (5, "")
    assert said.err.startswith("denbun: nothing selected.")


def test_a_trace_tells_each_telegram_and_no_secret(program, tmp_path):
    said = program("run", "--tags", "BIRTH-004.1", "--trace", "--quiet", "--seed", "1")
    records = read_transcript(tmp_path / "conformance-report" / "transcript.jsonl")
    assert said.code == 0
    assert said.err.splitlines() == [trace_line(record.to_json()) for record in records]
    secrets = [field.text for record in records for field in record.fields if field.secret]
    numbers = [v for r in records for v in (r.values or {}).values() if len(str(v)) == 12]
    assert len(records) > 5
    assert secrets
    assert not any(str(number) in said.err for number in numbers)


def test_a_line_of_a_trace_names_time_way_telegram_serial_and_fault():
    record = next(r for r in sample.records() if r.fields and not r.http)
    planned = dataclasses.replace(record, fault="lose", on_wire=False, t_ms=1234)
    serial = next(f.text for f in record.fields if f.field.rpartition(".")[2] == "serial")
    assert trace_line(planned.to_json()) == (
        f"   1.234 {record.link} {record.sender} -> {record.receiver} {record.label} "
        f"#{serial} ! lose (not sent)"
    )
    secret = tuple(dataclasses.replace(field, secret=True) for field in record.fields)
    assert "#" not in trace_line(dataclasses.replace(record, fields=secret).to_json())


FAULTY = ("run", "--fault", "birth-reason-wrong", "--tags", "BIRTH-006.1", "--quiet")


def test_a_run_waits_behind_a_failure_where_somebody_is(started):
    ours, theirs = pty.openpty()
    process = started(*FAULTY, "--pause-on-fail", stdin=theirs)
    os.close(theirs)
    told = b""
    while b"Enter: go on" not in told:
        piece = process.stderr.readline()
        assert piece, told
        told += piece
    assert process.poll() is None
    assert b"results.jsonl, case BIRTH-006.1" in told
    os.write(ours, b"\n")
    process.communicate()
    os.close(ours)
    assert process.returncode == 1


def test_a_run_without_a_terminal_does_not_wait(program):
    said = program(*FAULTY, "--pause-on-fail", given=b"")
    assert said.code == 1
    assert said.err == (
        "denbun: --pause-on-fail: no terminal to wait at; the run goes on by itself\n"
    )


def test_a_repeated_run_has_a_folder_and_a_seed_each(program, tmp_path):
    said = program("run", "--tags", "NUM-004.1", "--repeat", "2", "--seed", "7", "--quiet")
    runs = [read_run(tmp_path / "conformance-report" / n / "results.jsonl") for n in "12"]
    assert said.code == 0
    assert [run.header.seed for run in runs] == [7, 8]
    assert said.out.splitlines()[-1] == "2回の実行で、どの試験項目の判定も同じだった（1）"
    assert said.err == "run 1/2 --seed 7\nrun 2/2 --seed 8\n"


def written(folder, *names):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("of another call")


def ended(order):
    """Stand in for a run that was interrupted before its first case."""
    written(order.out, "results.jsonl")
    return 2, None


def test_no_run_of_an_earlier_call_stays_beside_those_of_this_one(tmp_path, capsys):
    for number in ("1", "3", "10"):
        written(tmp_path / number, "results.jsonl", "transcript.jsonl", "report.html")
    (tmp_path / "10" / "notes.txt").write_text("mine")
    written(tmp_path / "2025", "budget.txt")
    assert repeat(Order(out=tmp_path, seed=7), 2, ended, "en") == 2
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"1/results.jsonl", "10/notes.txt", "2025/budget.txt"}
    assert capsys.readouterr().err.splitlines() == [
        f"denbun: {tmp_path}: removed the earlier runs 3, 10",
        "run 1/2 --seed 7",
    ]


def test_an_operators_open_run_in_such_a_folder_is_not_removed(tmp_path, monkeypatch):
    written(tmp_path / "3", "results.jsonl")

    def spare(folder):
        raise Usage(f"--out: {folder} holds an operator's run")

    monkeypatch.setattr("denbun.repeat.spare", spare)
    with pytest.raises(Usage):
        repeat(Order(out=tmp_path, seed=7), 2, ended, "en")
    assert (tmp_path / "3" / "results.jsonl").exists()


def test_what_differs_between_runs_is_told():
    passed = next(case for case in sample.CASES if case.verdict is Verdict.PASS)
    failed = dataclasses.replace(passed, verdict=Verdict.FAIL)
    others = sample.FAIL_CASE
    runs = [sample.run_of(passed, others), sample.run_of(failed, others), sample.run_of(others)]
    assert differing(runs) == {passed.case_id: ["PASS", "FAIL", ""]}
    assert differing(runs[2:] * 2) == {}


@pytest.mark.parametrize(
    ("codes", "code"), [([0, 0], 0), ([0, 2], 2), ([2, 1, 0], 1), ([1, 4], 4), ([0, 5], 5)]
)
def test_the_worst_exit_code_stands_for_all(codes, code):
    assert worst(codes) == code


def test_less_than_one_run_is_wrong(program):
    said = program("run", "--repeat", "0")
    assert (said.code, said.err) == (3, "denbun: --repeat: expected a number from 1, got 0\n")
