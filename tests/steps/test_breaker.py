"""The circuit breaker: which cases count, and when the rest is left."""

from __future__ import annotations

import pytest

from reports.verdict import Obstacle, ObstacleKind, Verdict, decide
from steps.breaker import Breaker

LOST = Obstacle(ObstacleKind.SUT_LOST, "x")
BROKEN = Obstacle(ObstacleKind.ADAPTER_BROKEN, "x")
UNPREPARED = Obstacle(ObstacleKind.UNPREPARED, "x")

ROWS = {
    "lost": ([(Verdict.INCONCLUSIVE, LOST)] * 3, True),
    "broken-adapter": ([(Verdict.INCONCLUSIVE, BROKEN), (Verdict.ERROR, LOST)] * 2, True),
    "too-few": ([(Verdict.INCONCLUSIVE, LOST)] * 2, False),
    "one-that-was-completed": (
        [(Verdict.INCONCLUSIVE, LOST)] * 2
        + [(Verdict.PASS, None)]
        + [(Verdict.INCONCLUSIVE, LOST)],
        False,
    ),
    "one-that-found-a-breach": (
        [(Verdict.INCONCLUSIVE, LOST)] * 2 + [(Verdict.FAIL, LOST)] + [(Verdict.ERROR, LOST)],
        False,
    ),
    "something-else": ([(Verdict.INCONCLUSIVE, UNPREPARED)] * 9, False),
}


@pytest.mark.parametrize("name", ROWS)
def test_when_the_rest_is_left(name):
    cases, left = ROWS[name]
    breaker = Breaker(3)
    for verdict, obstacle in cases:
        breaker.note(verdict, [obstacle] if obstacle else [])
    assert (breaker.obstacle() is not None) == left


def test_what_is_left_was_not_run():
    breaker = Breaker(1)
    breaker.note(Verdict.INCONCLUSIVE, [LOST])
    assert decide([], [breaker.obstacle()]) == (
        Verdict.NOT_RUN,
        (
            "続けて1件、試験対象又はアダプタのために完了しなかったので、"
            "残りは実行しない (pixit.give_up_after)"
        ),
    )
