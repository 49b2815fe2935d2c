"""Expectations over verdicts: what came of each entry, and what a run exits with."""

from __future__ import annotations

import dataclasses

import pytest

from reports import Expectation, Expectations, Verdict, exit_code, read_run
from reports.expectations import EXPECTABLE, State, compare
from reports.stream import ResultWriter
from tests.reports import sample

DAY = sample.HEADER.created[:10]
BEFORE, AFTER = "2026-04-30", "2026-05-02"
CASES = {case.verdict: case for case in sample.CASES}
FAILED = sample.FAIL_CASE


def known(case_id, verdict, **members):
    return Expectation(id=case_id, verdict=verdict, reason="known", **members)


def run_with(case, *entries, **members):
    given = {"complete_selection": True, "fault": None, **members}
    return sample.run_of(case, expectations=Expectations("known.yaml", "5a", entries), **given)


def states(run):
    return {outcome.expectation.id: outcome.state for outcome in compare(run)}


def test_every_entry_of_the_sample_has_the_state_that_it_was_made_for():
    assert states(sample.known_run()) == {
        "BIRTH-004.1": State.MET,
        "NUM-012.1": State.MET,
        "BIRTH-001.1": State.BETTER,
        "STOCK-009.1": State.OTHER,
        "STOCK-006.1": State.EXPIRED,
        "ATENA-003.1": State.UNUSED,
    }


@pytest.mark.parametrize("verdict", EXPECTABLE)
def test_what_came_as_expected_does_not_decide_the_exit_code_and_stays_what_it_is(verdict):
    case = CASES[verdict]
    plain = sample.run_of(case, complete_selection=True, fault=None)
    run = run_with(case, known(case.case_id, verdict))
    assert exit_code(plain) == {Verdict.FAIL: 1, Verdict.WARN: 0}.get(verdict, 2)
    assert (exit_code(run), states(run)) == (0, {case.case_id: State.MET})
    assert run.footer.counts == plain.footer.counts
    assert run.footer.claim == plain.footer.claim
    assert exit_code(run, strict=True) == 2


@pytest.mark.parametrize(
    ("entry", "state", "code"),
    [
        ({"requirements": ("BIRTH-004",)}, State.MET, 0),
        ({"requirements": ("BIRTH-004", "BIRTH-006")}, State.OTHER, 1),
        ({"requirements": ("BIRTH-006",)}, State.OTHER, 1),
        ({"expires": DAY}, State.MET, 0),
        ({"expires": AFTER}, State.MET, 0),
        ({"expires": BEFORE}, State.EXPIRED, 1),
    ],
)
def test_a_breach_is_expected_of_its_requirements_until_its_day(entry, state, code):
    run = run_with(FAILED, known(FAILED.case_id, Verdict.FAIL, **entry))
    assert (states(run), exit_code(run)) == ({FAILED.case_id: state}, code)


@pytest.mark.parametrize(
    ("came", "expected", "state", "code"),
    [
        (Verdict.PASS, Verdict.FAIL, State.BETTER, 1),
        (Verdict.PASS, Verdict.NOT_COVERED, State.BETTER, 1),
        (Verdict.WARN, Verdict.FAIL, State.BETTER, 1),
        (Verdict.NOT_APPLICABLE, Verdict.FAIL, State.UNUSED, 1),
        (Verdict.FAIL, Verdict.NOT_COVERED, State.OTHER, 1),
        (Verdict.INCONCLUSIVE, Verdict.FAIL, State.OTHER, 2),
        (Verdict.NOT_COVERED, Verdict.INCONCLUSIVE, State.OTHER, 2),
        (Verdict.ERROR, Verdict.FAIL, State.OTHER, 4),
    ],
)
def test_another_verdict_counts_as_what_it_is(came, expected, state, code):
    run = run_with(CASES[came], known(CASES[came].case_id, expected))
    assert (states(run), exit_code(run)) == ({CASES[came].case_id: state}, code)


@pytest.mark.parametrize("complete", [True, False])
def test_the_case_of_another_role_says_nothing_about_its_entry(complete):
    passed = CASES[Verdict.PASS]
    run = run_with(passed, known("NUM-001.1", Verdict.FAIL), complete_selection=complete)
    assert (states(run), exit_code(run)) == ({}, 0)


def test_a_case_that_was_never_reached_says_nothing_about_its_entry():
    run = run_with(
        CASES[Verdict.PASS],
        known("NUM-001.1", Verdict.FAIL),
        missing=("NUM-001.1",),
        interrupted=True,
    )
    assert (states(run), exit_code(run)) == ({}, 2)


def test_other_failures_still_decide():
    other = dataclasses.replace(FAILED, case_id="BIRTH-004.2")
    entry = Expectations("known.yaml", "5a", (known(FAILED.case_id, Verdict.FAIL),))
    run = sample.run_of(FAILED, other, expectations=entry, complete_selection=True, fault=None)
    assert exit_code(run) == 1


def test_expectations_and_drift_come_back_from_a_stream(tmp_path):
    run = sample.known_run()
    first = sample.KNOWN.entries[0]
    case = dataclasses.replace(run.cases[0], expected=first)
    with ResultWriter(tmp_path / "results.jsonl") as writer:
        writer.header(run.header)
        for each in (case, *run.cases[1:]):
            writer.case(each)
        writer.footer(run.footer)
    back = read_run(tmp_path / "results.jsonl")
    assert (back.header.expectations, back.cases[0].expected) == (sample.KNOWN, first)
    assert back.footer.drift == run.footer.drift != ()


def test_an_entry_expires_at_midnight_in_japan():
    entry = known(FAILED.case_id, Verdict.FAIL, expires="2026-05-01")
    last = run_with(FAILED, entry, created="2026-05-01T14:59:59+00:00")
    next_day = run_with(FAILED, entry, created="2026-05-01T15:00:00+00:00")

    assert states(last) == {FAILED.case_id: State.MET}
    assert states(next_day) == {FAILED.case_id: State.EXPIRED}
