"""Drift between the ICS and what was observed."""

from __future__ import annotations

import dataclasses

import pytest

from reports import Drift, Verdict
from reports.drift import drifts
from tests.reports import sample

OPTION = "automatic_replenishment"
REQUIREMENTS = tuple(
    dataclasses.replace(known, option=OPTION) if known.id == "STOCK-006" else known
    for known in sample.REQUIREMENTS
)
PASSED = next(case for case in sample.CASES if case.verdict is Verdict.PASS)
SHOWING = dataclasses.replace(PASSED, shown=(OPTION,))


def header(*ics):
    return dataclasses.replace(sample.HEADER, ics=ics, requirements=REQUIREMENTS)


def about(*verdicts):
    return [
        dataclasses.replace(
            PASSED, case_id=f"STOCK-006.{n}", requirement_ids=("STOCK-006",), verdict=verdict
        )
        for n, verdict in enumerate(verdicts, 1)
    ]


def test_an_option_that_is_seen_at_work_is_drift_unless_it_is_claimed():
    assert drifts(header(OPTION), [SHOWING]) == ()
    assert drifts(header(), [PASSED]) == ()
    assert drifts(header(), [PASSED, SHOWING]) == (
        Drift(OPTION, claimed=False, cases=(PASSED.case_id,)),
    )


@pytest.mark.parametrize(
    ("verdicts", "found"),
    [
        ((Verdict.NOT_COVERED, Verdict.NOT_COVERED), True),
        ((Verdict.NOT_COVERED, Verdict.PASS), False),
        ((Verdict.NOT_COVERED, Verdict.FAIL), False),
        ((), False),
    ],
)
def test_a_claimed_option_none_of_whose_cases_can_be_done_is_drift(verdicts, found):
    cases = about(*verdicts)
    expected = (Drift(OPTION, claimed=True, cases=tuple(c.case_id for c in cases)),)
    assert drifts(header(OPTION), cases) == expected * found
    assert drifts(header(), cases) == ()
