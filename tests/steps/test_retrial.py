"""A case is judged again as it was judged, also where the court could not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from reports.model import Case
from reports.verdict import Obstacle, ObstacleKind, decide
from steps.judge.court import Pending
from steps.judge.model import RULES, Result
from steps.register import load_register
from steps.retrial import retry
from steps.trial import Brief
from telegram_specs import load_profile

OWN = "BIRTH-001"
FAILED = Obstacle(ObstacleKind.HARNESS_ERROR, "ZeroDivisionError: division by zero")


def broken(_seen):
    return Result(closed=bool(1 // 0))


def again(*obstacles):
    """Judge a case again that was put before the court with one question and met obstacles."""
    verdict, reason = decide((), obstacles)
    case = Case(
        case_id="BIRTH-001.1",
        title="",
        area="BIRTH",
        requirement_ids=(OWN,),
        verdict=verdict,
        reason=reason,
        obstacles=obstacles,
        brief="digest",
    )
    brief = Brief(
        case_id=case.case_id,
        seed=1,
        parts=("juki",),
        start=0,
        end=0,
        pending=(Pending(OWN, "breaks", {}, 0),),
        facts={"people": {}, "in_use": [], "held_numbers": [], "private": []},
    )
    run = SimpleNamespace(header=SimpleNamespace(role="juki"), cases=(case,))
    (found,) = retry(run, {"digest": brief}, (), load_profile(), load_register())
    return found.basis, found.problems


@pytest.fixture(autouse=True)
def _rules(monkeypatch):
    monkeypatch.setitem(RULES, "breaks", broken)


def test_a_court_that_failed_then_may_fail_now():
    assert again(FAILED) == ("answers", ())


def test_a_court_that_decided_then_may_not_fail_now():
    met = Obstacle(ObstacleKind.NOT_OBSERVED, "BIRTH-001: -")
    told = "the court fails now (ZeroDivisionError). expected a decision"
    assert again(met) == ("answers", (told,))
