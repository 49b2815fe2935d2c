"""``denbun run`` from its start to its report."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import signal
import termios
import threading
import time
import zipfile

import pytest

from reports import read_run, read_transcript
from reports.forms import FORMS
from telegram_specs.network import SUT_ROLES

EVER = 120
"""Seconds after which a run that hangs is given up."""
REPORTS = {"report.html", "junit.xml", "summary.md", "badge.svg", "ctrf.json"}
FILES = {"results.jsonl", "transcript.jsonl", "briefs.jsonl", *REPORTS}
CASE = {"case_id", "title", "tags", "requirement_ids", "verdict", "findings", "evidence"}

BROKEN_ENGINE = """
import dataclasses, sys
from telegram_specs.engine.checkdigit import FORMULAS
formula = FORMULAS["individual_number"]
weights = (formula.weights[0] + 1, *formula.weights[1:])
FORMULAS["individual_number"] = dataclasses.replace(formula, weights=weights)
from denbun.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_run_says_its_verdicts_and_where_its_report_is(finished, chosen):
    folder, said = finished
    lines = said.out.splitlines()
    count = len(chosen)
    assert (said.code, said.err) == (0, f"cases {count}/{count} PASS {count}\n")
    assert [line.split()[0] for line in lines[1:5] if line[:1].isalnum()] == [
        "FUGO",
        "NUM",
        "total",
    ]
    assert lines[-1] == "report: conformance-report/report.html"
    assert {path.name for path in folder.iterdir()} == FILES


def test_its_results_have_the_shape_that_others_rely_on(finished, chosen):
    folder, _ = finished
    lines = [
        json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()
    ]
    _, *cases, _ = lines
    assert [line["kind"] for line in lines] == ["header", *["case"] * len(chosen), "footer"]
    assert {case["case_id"] for case in cases} == chosen
    assert all(case.keys() >= CASE for case in cases)


def numbers_of(folder) -> set[str]:
    """Return the numbers and codes of people that stand in a transcript."""
    secrets = ("individual_number", "juminhyo_code", "acquisition_number")
    values = [record.values or {} for record in read_transcript(folder / "transcript.jsonl")]
    return {value[name] for value in values for name in secrets if value.get(name)}


def shows(text: str, number: str) -> bool:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    forms = (number, wide, number.encode().hex(), number.encode("utf-16-be").hex())
    return any(form in text for form in forms)


def test_no_number_of_its_transcript_stands_in_anything_to_be_shown(finished):
    folder, said = finished
    numbers = numbers_of(folder)
    shown = said.out + said.err
    for name in FILES - {"transcript.jsonl", "briefs.jsonl"}:
        shown += (folder / name).read_text("utf-8")
    assert numbers
    assert not [number for number in numbers if shows(shown, number)]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_shows_a_number_of_the_transcript(denbun, finished, tmp_path, form):
    folder, _ = finished
    out = tmp_path / FORMS[form].file
    assert denbun("report", folder, "--format", form, "--out", out).code == 0
    data = out.read_bytes()
    if zipfile.is_zipfile(out):
        with zipfile.ZipFile(out) as archive:
            data = b"\n".join(map(archive.read, archive.namelist()))
    numbers = numbers_of(folder)
    assert numbers
    assert not [number for number in numbers if shows(data.decode(), number)]


def test_a_seeded_fault_exits_1_and_names_the_bytes(program, tmp_path):
    said = program("run", "--fault", "birth-reason-wrong", "--tags", "BIRTH-006", "--out", "out")
    run = read_run(tmp_path / "out" / "results.jsonl")
    place = run.cases[0].findings[0].place
    assert (said.code, run.header.role, run.header.fault) == (1, "juki", "birth-reason-wrong")
    assert place.to_json() == {
        "telegram": "identity_notice",
        "field": "reason",
        "offset": 66,
        "length": 2,
    }
    assert "本人確認情報/変更の事由 @ bytes 66–67" in said.out
    assert said.err.splitlines()[0].startswith("FAIL BIRTH-006.1 ")


def test_a_row_of_an_outline_can_be_chosen(program, tmp_path):
    case_id = "FORMAT-002.2[end_mark]"
    said = program("run", "--tags", f"@{case_id}", "--quiet", "--lang", "en")
    run = read_run(tmp_path / "conformance-report" / "results.jsonl")
    assert (said.code, said.out) == (0, "report: conformance-report/report.html\n")
    assert run.header.selected == (case_id,)


def test_nothing_selected_exits_5_and_leaves_nothing_stale(program, tmp_path):
    out = tmp_path / "conformance-report"
    out.mkdir()
    for name in FILES:
        (out / name).write_text("of another run")
    said = program("run", "--role", "chukan", "--tags", "STOCK")
    told = "denbun: nothing selected. expected a scenario of the role, got none for --tags STOCK\n"
    assert (said.code, said.err) == (5, told)
    assert "of another run" not in "".join(path.read_text("utf-8") for path in out.iterdir())


*OTHERS, LAST = map(repr, SUT_ROLES)
ROLES = f"{', '.join(OTHERS)} or {LAST}"
WRONG = {
    "tags": (
        ["--tags", "NUM and ("],
        (
            "denbun: --tags: NUM and (: at column 10: expected not OR left parenthesis OR "
            "identifier; got end of input\n"
        ),
    ),
    "sut": (
        ["--sut", "sut.yaml"],
        f"sut.yaml:2 /role: wrong value. expected {ROLES}, got `juky`\n",
    ),
    "profile": (
        ["--profile", "none"],
        "none/profile.yaml:1: no profile. expected a file of this name, got none\n",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_run_exits_3(program, tmp_path, name):
    text = "product: {name: x}\nrole: juky\ndriver: {kind: stdio, command: [x]}\n"
    (tmp_path / "sut.yaml").write_text(text, "utf-8")
    arguments, told = WRONG[name]
    said = program("run", *arguments)
    assert (said.code, said.out, said.err) == (3, "", told)


def test_an_engine_that_contradicts_the_samples_exits_4(program):
    said = program("run", "--tags", "STOCK", start=("-c", BROKEN_ENGINE))
    assert said.code == 4
    assert "check digit individual_number: wrong on a published sample" in said.err


BROKEN_RUN = """
import sys
from denbun.cli import main
from steps.drivers.operator.session import SessionError
from steps.run import SuiteRun
def fails(*_arguments):
    raise {error}
SuiteRun.{method} = fails
sys.exit(main(sys.argv[1:]))
"""
AT_FAULT = {
    "before-the-first-case": (
        ("_bring_up", "SessionError('operator.jsonl: another `seed`')"),
        (3, "operator.jsonl: another `seed`\n"),
    ),
    "behind-a-case": (
        ("_comments", "OSError(28, 'No space left on device', 'x')"),
        (3, "denbun: x: No space left on device\n"),
    ),
    "of-our-own": (
        ("_comments", "KeyError('999016111111')"),
        (4, "denbun: KeyError: '************'\n"),
    ),
}


@pytest.mark.parametrize("name", AT_FAULT)
def test_what_keeps_a_case_from_being_written_down_ends_the_run(program, tmp_path, name):
    (method, error), told = AT_FAULT[name]
    broken = BROKEN_RUN.format(method=method, error=error)
    said = program("run", "--tags", "STOCK", "--quiet", "--seed", "1", start=("-c", broken))
    assert (said.code, re.sub(r" \(steps/.*\)", "", said.err)) == told
    results = tmp_path / "conformance-report" / "results.jsonl"
    if results.exists():
        run = read_run(results)
        assert (len(run.footer.harness_errors), run.footer.exit_code, run.cases) == (1, 4, ())


MISTAKEN = """
import sys
from denbun.cli import main
from steps.run import SuiteRun
known = SuiteRun.{method}
def mistaken(run, *arguments):
    run.world.bench.unforeseen.append(LookupError('no such road'))
    return known(run, *arguments)
SuiteRun.{method} = mistaken
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("method", ["begin", "finish"])
def test_a_mistake_of_the_bench_while_no_case_runs_is_told_at_the_end(program, tmp_path, method):
    chosen = ("--role", "cs", "--tags", "STOCK-001.1", "--quiet")
    said = program("run", *chosen, start=("-c", MISTAKEN.format(method=method)))
    run = read_run(tmp_path / "conformance-report" / "results.jsonl")
    (told,) = run.footer.harness_errors
    assert (said.code, told.partition(" (")[0]) == (4, "LookupError: no such road")
    assert [case.verdict for case in run.cases] == ["PASS"]


def begun(results):
    """Wait until a run has its first case."""
    deadline = time.monotonic() + EVER
    while not results.exists() or b'"kind":"case"' not in results.read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def interrupted(process, results):
    """Interrupt a run behind its first case, and return what it said."""
    begun(results)
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=EVER)


def test_ctrl_c_ends_a_repeated_run(started, tmp_path):
    process = started("run", "--tags", "STOCK", "--repeat", "3", "--seed", "1", "--quiet")
    interrupted(process, tmp_path / "conformance-report" / "1" / "results.jsonl")
    assert process.returncode == 2
    assert [path.name for path in (tmp_path / "conformance-report").iterdir()] == ["1"]


def test_ctrl_c_leaves_a_whole_report_and_exits_2(started, tmp_path):
    process = started("run", "--tags", "STOCK or BIRTH", "--seed", "1", "--lang", "en")
    results = tmp_path / "conformance-report" / "results.jsonl"
    out, err = interrupted(process, results)
    assert (process.returncode, b"Traceback" in err) == (2, False)
    footer = read_run(results).footer
    assert (bool(footer.missing), footer.interrupted) == (True, True)
    assert out.decode().splitlines()[-1] == "report: conformance-report/report.html"
    assert {path.name for path in results.parent.iterdir()} == FILES


def test_ctrl_c_at_a_terminal_leaves_a_report_that_holds(started, denbun, tmp_path):
    ours, theirs = pty.openpty()

    def takes_the_terminal():
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    process = started(
        *("run", "--tags", "STOCK or BIRTH", "--seed", "1", "--lang", "en"),
        more={"TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=takes_the_terminal,
    )
    os.close(theirs)
    shown = bytearray()
    reader = threading.Thread(target=read_all, args=(ours, shown))
    reader.start()
    begun(tmp_path / "conformance-report" / "results.jsonl")
    os.write(ours, b"\x03")  # to the whole foreground group, the system under test included
    assert process.wait(EVER) == 2
    reader.join(EVER)
    os.close(ours)
    run = read_run(tmp_path / "conformance-report" / "results.jsonl")
    assert (run.footer.interrupted, run.footer.unasked_deaths) == (True, 0)
    assert {case.verdict for case in run.cases} == {"PASS"}
    text = shown.decode()
    assert "Traceback" not in text
    assert "report: conformance-report/report.html" in text
    assert denbun("verify", tmp_path / "conformance-report").code == 0


def read_all(terminal, shown):
    try:
        while data := os.read(terminal, 4096):
            shown += data
    except OSError:  # how Linux says that the other end is closed
        pass
