"""Known gaps of a system: expected, updated, and told when they are no longer true."""

from __future__ import annotations

import dataclasses
import sys

import pytest

from denbun.expectations import HEAD, revise
from reports import Expectation, Expectations, Verdict, read_run
from steps.ics import OPTIONS
from tests.cli.conftest import ROOT
from tests.reports import sample

FAULT, CASE, REQUIREMENT, TAGS = "birth-reason-wrong", "BIRTH-006.1", "BIRTH-006", "BIRTH-006"
QUICK = "settle: 0.005, send_within: 0.3, answer_within: 1.0, quiet_within: 4.0"


@pytest.fixture
def attached(program, tmp_path):
    """Return a function that runs the suite on a faulty system with these expectations."""

    def run(text, *options, fault=FAULT, ics=tuple(OPTIONS), expectations="known.yaml"):
        (tmp_path / "data").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "reference_impl", "--role", "juki", "--seed", "1"]
        command += ["--data", str(tmp_path / "data"), *(["--fault", fault] if fault else [])]
        lines = [
            "product: {name: faulty}",
            f"driver: {{kind: stdio, managed: true, cwd: {ROOT}, command: {command}}}",
            f"ics: [{', '.join(ics)}]",
            f"pixit: {{{QUICK}}}",
            *([f"expectations: {expectations}"] if expectations else []),
        ]
        (tmp_path / "sut.yaml").write_text("\n".join([*lines, ""]), "utf-8")
        if text is not None:
            (tmp_path / "known.yaml").write_text(text, "utf-8")
        return program("run", "--sut", "sut.yaml", "--out", "out", "--lang", "en", *options)

    return run


def test_a_known_gap_is_written_expected_and_told_when_it_is_gone(attached, tmp_path):
    file, results = tmp_path / "known.yaml", tmp_path / "out" / "results.jsonl"
    said = attached(None, "--tags", TAGS, "--update-expectations")
    assert said.code == 1
    assert "known.yaml: 1 added, 0 changed, 0 removed" in said.out
    assert file.read_text("utf-8") == (
        f"{HEAD}- id: {CASE}\n  verdict: FAIL\n  requirements: [{REQUIREMENT}]\n  reason: TODO\n"
    )

    said = attached(None, "--tags", TAGS)
    run = read_run(results)
    assert said.code == 0
    assert f"FAIL {CASE}" in said.out.partition("cases that came as known.yaml expects")[2]
    assert (run.footer.counts["FAIL"], run.footer.claim.status) == (1, "non_conformant")
    assert run.cases[0].expected == Expectation(
        id=CASE, verdict=Verdict.FAIL, reason="TODO", requirements=(REQUIREMENT,)
    )

    said = attached(None, "--tags", TAGS, fault=None)
    told = f"{CASE}: expected FAIL ({REQUIREMENT}), got PASS. Remove the entry [TODO]"
    assert (said.code, told in said.out) == (1, True)

    said = attached(None, "--tags", TAGS, "--update-expectations", fault=None)
    assert (said.code, file.read_text("utf-8")) == (1, HEAD)
    assert attached(None, "--tags", TAGS, fault=None).code == 0


def test_an_expired_gap_fails_the_run(attached):
    said = attached(
        f"- {{id: {CASE}, verdict: FAIL, reason: next version, expires: 2026-01-31}}\n",
        "--tags",
        TAGS,
    )
    assert said.code == 1
    assert f"{CASE}: expected FAIL until 2026-01-31, which is over." in said.out


def test_an_unclaimed_option_that_is_seen_at_work_is_drift(attached, tmp_path):
    ics = [option for option in OPTIONS if option != "automatic_replenishment"]
    said = attached("", "--tags", "STOCK-007", fault=None, ics=ics)
    run = read_run(tmp_path / "out" / "results.jsonl")
    assert [(d.option, d.claimed, d.cases) for d in run.footer.drift] == [
        ("automatic_replenishment", False, ("STOCK-007.2",))
    ]
    assert (said.code, "drift from the ICS: " in said.out) == (0, True)


WRONG = {
    "unknown case": (
        "- {id: BIRTH-999.1, verdict: FAIL, reason: x}\n",
        ("--tags", TAGS),
        "known.yaml:1 /0/id: unknown case. ",
    ),
    "no file": (None, ("--tags", TAGS), "known.yaml: no such file. "),
    "repeated": (
        "",
        ("--update-expectations", "--repeat", "2"),
        "denbun: --update-expectations: cannot go with --repeat. expected one of them\n",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_expected_exits_3(attached, name):
    text, options, told = WRONG[name]
    said = attached(text, *options)
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith(told)


def test_an_update_needs_a_file_to_write(attached, denbun):
    said = denbun("run", "--update-expectations")
    assert said.code == 3
    assert "the reference has no such file. expected --sut, got none" in said.err
    said = attached(None, "--update-expectations", expectations="")
    assert said.code == 3
    assert "sut.yaml names no file. expected a line such as `expectations: " in said.err


# -- the text of the file ----------------------------------------------------------------------

FILE = """\
# Gaps of version 5.2

# mended soon
- id: BIRTH-004.1   # the order
  verdict: FAIL
  reason: "next version"
- id: BIRTH-001.1
  verdict: FAIL
  reason: gone
# the counter cannot be emptied
- id: STOCK-009.1
  verdict: FAIL
  reason: an old "story"
  issue: https://issues.example/9
  expires: 2026-06-01
# elsewhere
- {id: NUM-001.1, verdict: FAIL, reason: not selected}
# the end
"""
ENTRIES = (
    Expectation(id="BIRTH-004.1", verdict=Verdict.FAIL, reason="next version"),
    Expectation(id="BIRTH-001.1", verdict=Verdict.FAIL, reason="gone"),
    Expectation(
        id="STOCK-009.1",
        verdict=Verdict.FAIL,
        reason='an old "story"',
        issue="https://issues.example/9",
        expires="2026-06-01",
    ),
    Expectation(id="NUM-001.1", verdict=Verdict.FAIL, reason="not selected"),
)
REVISED = """\
# Gaps of version 5.2

# mended soon
- id: BIRTH-004.1   # the order
  verdict: FAIL
  reason: "next version"
# the counter cannot be emptied
- id: STOCK-009.1
  verdict: NOT_COVERED
  reason: "an old \\"story\\""
  issue: "https://issues.example/9"
  expires: 2026-06-01
# elsewhere
- {id: NUM-001.1, verdict: FAIL, reason: not selected}
# the end
- id: NUM-012.1
  verdict: NOT_COVERED
  reason: TODO
"""


def run_of(entries=ENTRIES, *, complete=False, **verdicts):
    """Return a run of some sample cases, some with another verdict, and these expectations."""
    ids = {"BIRTH-004.1", "BIRTH-001.1", "STOCK-009.1", "NUM-012.1"}
    given = {name.replace("_", "-") + ".1": verdict for name, verdict in verdicts.items()}
    cases = [
        dataclasses.replace(case, verdict=given.get(case.case_id, case.verdict))
        for case in sample.CASES
        if case.case_id in ids
    ]
    known = Expectations("known.yaml", "", entries)
    return sample.run_of(*cases, expectations=known, complete_selection=complete)


@pytest.mark.parametrize("complete", [True, False])
def test_an_update_keeps_comments_reasons_and_what_was_not_run(complete):
    text, changes = revise(FILE, run_of(STOCK_009=Verdict.NOT_COVERED, complete=complete))
    assert text == REVISED
    assert list(changes.lines("known.yaml")) == [
        "known.yaml: 1 added, 1 changed, 1 removed",
        "  added: NUM-012.1",
        "  changed: STOCK-009.1",
        "  removed: BIRTH-001.1",
        "  write a reason in place of `reason: TODO` for each added entry",
    ]


def test_what_could_not_be_observed_is_left_to_a_person():
    text, changes = revise(FILE, run_of(NUM_012=Verdict.INCONCLUSIVE))
    assert "NUM-012.1" not in text
    assert changes.left == [
        "STOCK-009.1 (other: expected FAIL, got INCONCLUSIVE)",
        "NUM-012.1 (INCONCLUSIVE)",
    ]


def test_a_list_on_one_line_is_written_anew_and_that_is_told():
    text, changes = revise(
        "# ours\n[{id: BIRTH-004.1, verdict: FAIL, reason: x}]\n", run_of(ENTRIES[:1])
    )
    assert text.startswith('# ours\n- id: BIRTH-004.1\n  verdict: FAIL\n  reason: "next version"\n')
    assert list(changes.lines("f"))[-1].startswith("  comments are lost")
