"""The coverage: what counts as judged, and what a MUST without a judgement needs."""

from __future__ import annotations

import dataclasses

import pytest

from reports import Case, Judgement, Verdict, cover
from tests.reports import sample

BIRTH = next(r for r in sample.REQUIREMENTS if r.id == "BIRTH-001")
KEPT, VIOLATED, OPEN = "kept", "violated", "open"
OUTCOMES = {KEPT: True, VIOLATED: False, OPEN: None}
BOTH = dataclasses.replace(BIRTH, roles=("juki", "cs"))


def case(case_id, *judged, verdict=Verdict.PASS):
    """Return a case that judged BIRTH-001 with these outcomes: kept, violated, open."""
    return Case(
        case_id=case_id,
        title=case_id,
        area="BIRTH",
        verdict=verdict,
        requirement_ids=(case_id.partition(".")[0],),
        judgements=tuple(
            Judgement("BIRTH-001", "order", {}, (), OUTCOMES[told]) for told in judged
        ),
    )


def run(*cases, **members):
    whole = {"fault": None, "complete_selection": True, **members}
    return sample.run_of(*cases, **whole)


def only(*runs, requirement=BIRTH):
    (duty,) = cover([requirement], runs).duties
    return duty


def test_a_judgement_that_held_covers_and_one_that_did_not_violates():
    found = only(run(case("NUM-001.1", KEPT), case("BIRTH-001.1", KEPT), case("BIRTH-001.2", KEPT)))
    assert (found.kept, found.violated) == (("BIRTH-001.1", "BIRTH-001.2", "NUM-001.1"), ())
    mixed = only(run(case("BIRTH-001.1", KEPT, VIOLATED, KEPT), case("BIRTH-001.2", KEPT)))
    assert (mixed.kept, mixed.violated) == (("BIRTH-001.2",), ("BIRTH-001.1",))
    assert found.judged
    assert mixed.judged


@pytest.mark.parametrize(
    "told", [case("BIRTH-001.1"), case("BIRTH-001.1", OPEN)], ids=["none", "nothing-to-look-at"]
)
def test_a_case_without_a_judgement_covers_nothing(told):
    coverage = cover([BIRTH], [run(told)])
    assert [duty.requirement.id for duty in coverage.unexplained()] == ["BIRTH-001"]
    assert coverage.silent == ("BIRTH-001.1",)
    assert not coverage.whole
    assert cover([BIRTH], [run(case("BIRTH-001.1", KEPT))]).whole


def test_what_a_broken_harness_saw_counts_for_nothing():
    coverage = cover([BIRTH], [run(case("BIRTH-001.1", KEPT, verdict=Verdict.ERROR))])
    assert len(coverage.unexplained()) == 1
    assert coverage.silent == ()


def test_each_role_is_covered_for_itself():
    juki = run(case("BIRTH-001.1", KEPT))
    cs = run(case("NUM-001.1"), role="cs")
    coverage = cover([BOTH], [juki, cs])
    assert [(duty.role, duty.judged) for duty in coverage.duties] == [("juki", True), ("cs", False)]
    assert [duty.role for duty in coverage.unexplained()] == ["cs"]
    assert cover([BOTH], [juki]).absent == ("cs",)
    assert cover([BOTH], [juki]).whole


def test_several_runs_of_one_role_count_together():
    first, second = run(case("BIRTH-001.1", KEPT)), run(case("BIRTH-001.2", VIOLATED))
    found = only(first, second)
    assert (found.kept, found.violated) == (("BIRTH-001.1",), ("BIRTH-001.2",))


def test_the_reason_of_the_register_explains():
    untested = dataclasses.replace(BIRTH, untested="電文に表れない")
    assert only(run(), requirement=untested).reason == ("電文に表れない", "電文に表れない")
    assert cover([untested], [run()]).whole
    assert not cover([BIRTH], [run()]).whole


def test_an_option_that_is_not_claimed_explains_and_one_that_is_does_not():
    optional = dataclasses.replace(BIRTH, option="provisional")
    without, claimed = run(ics=()), run(ics=("provisional",))
    reason = only(without, requirement=optional).reason
    assert reason is not None
    assert all("provisional" in text for text in reason)
    assert only(claimed, requirement=optional).reason is None
    assert only(without, claimed, requirement=optional).reason is None


@pytest.mark.parametrize("level", ["SHOULD", "MAY"])
def test_only_a_must_has_to_be_explained(level):
    coverage = cover([dataclasses.replace(BIRTH, level=level)], [run()])
    assert not coverage.duties[0].explained
    assert coverage.whole


REMARKS = {
    "another-suite": ([run(), run(suite="denbun 0.2.0")], "versions of the suite differ"),
    "another-profile": (
        [run(), run(profile={"id": "own", "edition": "1", "digest": "1" * 64})],
        "profiles differ: juki open 2026 (0f0f0f0f), juki own 1 (11111111)",
    ),
    "a-part": ([run(complete_selection=False)], "juki: only a part of the cases was run"),
    "a-fault": ([run(fault="late")], "juki: run with the seeded fault late"),
    "interrupted": ([run(interrupted=True)], "juki: the run was interrupted"),
}


@pytest.mark.parametrize("name", REMARKS)
def test_what_divides_or_weakens_the_runs_is_told(name):
    runs, told = REMARKS[name]
    (remark,) = cover([BIRTH], runs).remarks
    assert remark[1].startswith(told)
    assert remark[0] != remark[1]
    assert cover([BIRTH], [run(), run()]).remarks == ()
