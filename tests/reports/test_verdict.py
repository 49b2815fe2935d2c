from __future__ import annotations

import dataclasses
from itertools import product

import pytest

from reports import (
    Finding,
    Judgement,
    Obstacle,
    ObstacleKind,
    Run,
    Verdict,
    claim,
    conclude,
    decide,
    exit_code,
    grade,
)
from reports.verdict import BINDING, SEVERITY
from tests.reports import sample

RANKS = ("law", "specification", "formula", "profile", "seed", "inference")
PASS_CASE = next(case for case in sample.CASES if case.verdict is Verdict.PASS)
BIRTH_001 = next(item for item in sample.REQUIREMENTS if item.id == "BIRTH-001")
MUST_BROKEN = sample.FAIL_CASE.findings[0]
SHOULD_BROKEN = dataclasses.replace(MUST_BROKEN, level="SHOULD")
SAID = "text of the obstacle"


def case_of(verdict: Verdict, **members):
    return dataclasses.replace(PASS_CASE, verdict=verdict, **members)


def claimable(*cases, **members) -> Run:
    known = {"requirements": (BIRTH_001,), "complete_selection": True, "fault": None, **members}
    return sample.run_of(*cases, **known)


def test_the_eight_verdicts_have_one_severity_each():
    assert sorted(SEVERITY) == sorted(Verdict)
    assert len(Verdict) == 8


@pytest.mark.parametrize(("level", "rank"), list(product(("MUST", "SHOULD", "MAY"), RANKS)))
def test_only_a_must_of_a_binding_rank_fails(level, rank):
    expected = Verdict.PASS if level == "MAY" else Verdict.WARN
    if level == "MUST" and rank in BINDING:
        expected = Verdict.FAIL

    assert grade(level, rank) is expected


def test_binding_ranks_are_those_of_public_texts_and_the_profile():
    assert set(RANKS) - BINDING == {"seed", "inference"}


@pytest.mark.parametrize(
    ("findings", "kinds", "verdict"),
    [
        ([], [], Verdict.PASS),
        ([MUST_BROKEN], [], Verdict.FAIL),
        ([SHOULD_BROKEN], [], Verdict.WARN),
        ([SHOULD_BROKEN, MUST_BROKEN], [], Verdict.FAIL),
        ([], ["harness_error"], Verdict.ERROR),
        ([MUST_BROKEN], ["harness_error"], Verdict.ERROR),
        ([MUST_BROKEN], ["sut_lost"], Verdict.FAIL),
        ([SHOULD_BROKEN], ["sut_lost"], Verdict.INCONCLUSIVE),
        ([], ["sut_lost"], Verdict.INCONCLUSIVE),
        ([], ["unprepared"], Verdict.INCONCLUSIVE),
        ([], ["not_observed"], Verdict.INCONCLUSIVE),
        ([], ["drift"], Verdict.NOT_COVERED),
        ([], ["unsupported_sut"], Verdict.NOT_COVERED),
        ([], ["unsupported_adapter"], Verdict.NOT_COVERED),
        ([SHOULD_BROKEN], ["unsupported_adapter"], Verdict.NOT_COVERED),
        ([], ["unsupported_sut_agrees_ics"], Verdict.NOT_APPLICABLE),
        ([], ["outside_profile"], Verdict.NOT_APPLICABLE),
        ([SHOULD_BROKEN], ["outside_profile"], Verdict.NOT_APPLICABLE),
        ([], ["outside_profile", "unsupported_adapter"], Verdict.NOT_COVERED),
        ([], ["unsupported_adapter", "sut_lost"], Verdict.INCONCLUSIVE),
        ([], ["unsupported_sut_agrees_ics", "unsupported_adapter"], Verdict.NOT_COVERED),
        ([], ["sut_lost", "harness_error"], Verdict.ERROR),
    ],
)
def test_verdict_of_a_case_follows_from_what_happened(findings, kinds, verdict):
    obstacles = [Obstacle(ObstacleKind(kind), SAID) for kind in kinds]

    assert decide(findings, obstacles)[0] is verdict


def test_every_obstacle_has_a_place_in_the_lattice():
    verdicts = {kind: decide([], [Obstacle(kind, SAID)])[0] for kind in ObstacleKind}

    assert Verdict.PASS not in verdicts.values()


def test_reason_names_the_obstacle_that_decided_first():
    obstacles = [
        Obstacle(ObstacleKind.DRIFT, "「特例転入」は未対応と答えた"),
        Obstacle(ObstacleKind.SUT_LOST, "接続が切れた"),
        Obstacle(ObstacleKind.SUT_LOST, "接続が切れた"),
    ]

    assert decide([], obstacles) == (
        Verdict.INCONCLUSIVE,
        "接続が切れた; drift: 「特例転入」は未対応と答えた",
    )


def test_pass_has_no_reason():
    assert decide([]) == (Verdict.PASS, "")


EXIT_CODES = {
    Verdict.PASS: 0,
    Verdict.FAIL: 1,
    Verdict.WARN: 0,
    Verdict.INCONCLUSIVE: 2,
    Verdict.NOT_APPLICABLE: 0,
    Verdict.NOT_COVERED: 2,
    Verdict.NOT_RUN: 2,
    Verdict.ERROR: 4,
}
PRECEDENCE = (4, 1, 2, 0)


@pytest.mark.parametrize(("one", "other"), list(product(Verdict, Verdict)))
def test_exit_code_of_two_cases_is_the_first_in_precedence(one, other):
    second = case_of(other, case_id="BIRTH-001.2")
    run = claimable(case_of(one), second)
    expected = min((EXIT_CODES[one], EXIT_CODES[other]), key=PRECEDENCE.index)

    assert exit_code(run) == expected
    assert run.footer.exit_code == expected


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"unasked_deaths": 1}, 2),
        ({"interrupted": True}, 2),
        ({"harness_errors": ("the bench stopped",)}, 4),
    ],
)
def test_what_went_wrong_with_the_run_decides_its_exit_code(members, code):
    assert exit_code(claimable(PASS_CASE, **members)) == code


def test_nothing_selected_exits_5():
    assert exit_code(claimable()) == 5
    assert exit_code(claimable(), strict=True) == 5


def test_nothing_selected_and_interrupted_exits_2():
    assert exit_code(claimable(interrupted=True)) == 2


def test_run_without_footer_exits_4():
    assert exit_code(dataclasses.replace(claimable(PASS_CASE), footer=None)) == 4


def test_deleted_case_exits_4():
    assert exit_code(dataclasses.replace(claimable(PASS_CASE), cases=())) == 4


def test_case_that_was_never_reached_exits_2():
    run = claimable(PASS_CASE, missing=("BIRTH-001.2",))

    assert run.footer.missing == ("BIRTH-001.2",)
    assert run.footer.counts["NOT_RUN"] == 1
    assert exit_code(run) == 2


def test_strict_turns_a_missing_claim_into_2():
    run = claimable(PASS_CASE, complete_selection=False)

    assert exit_code(run) == 0
    assert exit_code(run, strict=True) == 2
    assert exit_code(claimable(PASS_CASE), strict=True) == 0


def test_conclude_keeps_the_strict_exit_code():
    header = claimable(PASS_CASE, complete_selection=False).header

    footer = conclude(header, [PASS_CASE], ended="", transcript_tail_hash="", strict=True)

    assert footer.exit_code == 2


def test_claim_names_profile_and_edition():
    made = claim(claimable(PASS_CASE))

    assert made.made
    assert made.status == "conformant"
    assert made.missing == ()
    assert made.text_ja == "プロファイル「open」2026版に適合"
    assert made.text_en == "conformant to profile open, edition 2026"


def test_footer_holds_the_claim_of_the_run():
    for run in (claimable(PASS_CASE), sample.full_run()):
        assert run.footer.claim == claim(run)


NO_JUDGEMENT = {"judgements": ()}
UNDECIDED = {"judgements": (Judgement("BIRTH-001", "order", {}, (), held=None),)}
OPTIONAL = dataclasses.replace(BIRTH_001, option="特例転入")
OTHER_ROLE = dataclasses.replace(BIRTH_001, id="NUM-001", roles=("cs",))
UNTESTED = dataclasses.replace(BIRTH_001, id="NUM-002", untested="電文に表れない")
SHOULD = dataclasses.replace(BIRTH_001, id="NUM-003", level="SHOULD")
UNCOVERED = dataclasses.replace(BIRTH_001, id="NUM-004")


@pytest.mark.parametrize(
    ("cases", "members", "missing"),
    [
        ([case_of(Verdict.WARN)], {}, ()),
        ([case_of(Verdict.NOT_APPLICABLE)], {"requirements": (OPTIONAL,), "ics": ()}, ()),
        (
            [case_of(Verdict.NOT_APPLICABLE)],
            {"requirements": (OPTIONAL,), "ics": ("特例転入",)},
            ("BIRTH-001: no evidence (BIRTH-001.1 NOT_APPLICABLE)",),
        ),
        (
            [case_of(Verdict.NOT_APPLICABLE)],
            {},
            ("BIRTH-001: no evidence (BIRTH-001.1 NOT_APPLICABLE)",),
        ),
        ([PASS_CASE], {"requirements": (BIRTH_001, OTHER_ROLE, UNTESTED, SHOULD)}, ()),
        ([PASS_CASE], {"requirements": (BIRTH_001, UNCOVERED)}, ("NUM-004: no case",)),
        ([PASS_CASE], {"requirements": (SHOULD,)}, ("requirements",)),
        ([], {}, ("BIRTH-001: no case",)),
        (
            [case_of(Verdict.PASS, **NO_JUDGEMENT)],
            {},
            ("BIRTH-001: no evidence (BIRTH-001.1 PASS)",),
        ),
        (
            [case_of(Verdict.PASS, **UNDECIDED)],
            {},
            ("BIRTH-001: no evidence (BIRTH-001.1 PASS)",),
        ),
        ([case_of(Verdict.FAIL)], {}, ("FAIL: BIRTH-001.1",)),
        ([case_of(Verdict.INCONCLUSIVE)], {}, ("BIRTH-001: INCONCLUSIVE (BIRTH-001.1)",)),
        ([case_of(Verdict.NOT_COVERED)], {}, ("BIRTH-001: NOT_COVERED (BIRTH-001.1)",)),
        ([case_of(Verdict.NOT_RUN)], {}, ("BIRTH-001: NOT_RUN (BIRTH-001.1)",)),
        ([case_of(Verdict.ERROR)], {}, ("BIRTH-001: ERROR (BIRTH-001.1)",)),
        (
            [PASS_CASE, case_of(Verdict.NOT_COVERED, case_id="BIRTH-001.2")],
            {},
            ("BIRTH-001: NOT_COVERED (BIRTH-001.2)",),
        ),
        ([PASS_CASE], {"complete_selection": False}, ("selection",)),
        ([PASS_CASE], {"fault": "juki.x"}, ("fault: juki.x",)),
        ([PASS_CASE], {"interrupted": True}, ("interrupted",)),
        ([PASS_CASE], {"unasked_deaths": 2}, ("unasked_deaths: 2",)),
        ([PASS_CASE], {"harness_errors": ("x",)}, ("harness_errors: 1",)),
    ],
)
def test_claim_lacks_what_was_not_shown(cases, members, missing):
    made = claim(claimable(*cases, **members))

    assert made.missing == missing
    assert made.made is not bool(missing)


def test_failed_case_makes_the_run_non_conformant():
    made = claim(claimable(case_of(Verdict.FAIL), complete_selection=False))

    assert made.status == "non_conformant"
    assert made.text_ja == "プロファイル「open」2026版に不適合"
    assert made.text_en == "not conformant to profile open, edition 2026"


def test_gap_makes_the_run_not_determined():
    made = claim(claimable(case_of(Verdict.NOT_COVERED)))

    assert made.status == "not_determined"
    assert made.text_ja == "プロファイル「open」2026版への適合は判定できない"
    assert made.text_en == "conformance to profile open, edition 2026, is not determined"


def test_invalid_run_makes_no_claim():
    run = dataclasses.replace(claimable(PASS_CASE), footer=None)

    assert claim(run).missing == ("invalid: no footer",)


def test_finding_about_a_may_changes_no_verdict():
    finding = Finding("NUM-001", "MAY", "law", "a", "b", None, "法")

    assert decide([finding]) == (Verdict.PASS, "")
