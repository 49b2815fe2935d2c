"""The circuit breaker of a run: with nobody to talk to, there is no use in going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.verdict import Obstacle, ObstacleKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Breaker", "spoke_not"]

SILENT = {ObstacleKind.SUT_LOST, ObstacleKind.ADAPTER_BROKEN}
NOT_COMPLETED = {Verdict.INCONCLUSIVE, Verdict.ERROR}


def spoke_not(obstacles: Collection[Obstacle]) -> bool:
    """Tell whether the system or its adapter kept a case from its end."""
    return any(obstacle.kind in SILENT for obstacle in obstacles)


class Breaker:
    """Counts the cases in a row that the system or its adapter kept from their end.

    Args:
        limit: as many of them end the run.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._row = 0

    def note(self, verdict: Verdict, obstacles: Collection[Obstacle]) -> None:
        """Count a case that was run."""
        self._row = self._row + 1 if verdict in NOT_COMPLETED and spoke_not(obstacles) else 0

    def obstacle(self) -> Obstacle | None:
        """Return what stands in the way of every further case, None while the run goes on."""
        if self._row < self._limit:
            return None
        text = (
            f"続けて{self._limit}件、試験対象又はアダプタのために完了しなかったので、"
            "残りは実行しない (pixit.give_up_after)"
        )
        return Obstacle(ObstacleKind.GIVEN_UP, text)
