"""Every rule and every kind of fault has a usual cause, and nothing else has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import RecordFault, causes, planned
from steps.bench.breakage import BREAKAGES
from steps.bench.faultplan import KINDS
from steps.judge import court
from steps.judge.model import RULES
from telegram_specs.engine.faults import RULES as FAULTS
from tests.reports import sample

DEATH = "still_there"
"""Judged by the harness itself, by no rule."""


def test_every_rule_has_a_usual_cause():
    assert court.RULE_MODULES
    assert set(causes.RULES) == {*RULES, DEATH}


def test_every_fault_of_a_telegram_has_a_usual_cause():
    assert set(causes.FAULTS) == set(FAULTS)


def test_every_planned_fault_has_the_words_of_the_features():
    assert {name: ja for name, (ja, _) in planned.KINDS.items()} == {
        name: kind.ja for name, kind in KINDS.items()
    }
    assert {name: ja for name, (ja, _) in planned.BREAKAGES.items()} == {
        name: breakage.ja for name, breakage in BREAKAGES.items()
    }


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("lost", ("届かない", "is lost")),
        ("broken:cut", ("途中で切れている", "is cut in its middle")),
        ("without:serial", ("項目がない (serial)", "an item is left out (serial)")),
        ("結果を遅らせる", ("結果を遅らせる", "結果を遅らせる")),
    ],
)
def test_a_planned_fault_is_told_in_both_languages(fault, words):
    assert planned.planned(fault) == words


def test_the_cause_of_a_broken_form_is_that_of_its_fault():
    finding = replace(sample.CASES[6].findings[0], rule="well_formed")
    record = next(each for each in sample.records() if each.seq == finding.evidence)

    assert causes.cause(finding, record) == causes.FAULTS["length"]
    assert causes.cause(finding, None) == causes.RULES["well_formed"]
    other = RecordFault("header.serial", 26, 10, "kind", "", "", "")
    assert causes.cause(finding, replace(record, faults=(other,))) == causes.RULES["well_formed"]


def test_a_finding_of_no_rule_has_no_usual_cause():
    assert causes.cause(sample.FAIL_CASE.findings[0], None) is None
    assert causes.cause(replace(sample.FAIL_CASE.findings[0], rule="sent"), None) == causes.NEVER
